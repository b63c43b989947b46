"""The commented start of a policy of one's own, for `deskterm policy new`."""

from __future__ import annotations

from deskterm.policy.reading.table import ID, ID_WORDS


def template(policy_id: str) -> str:
    """A policy file with this id that is right as it stands and says how to go on.

    Raises `ValueError` for an id that no policy can have.
    """
    if not ID.fullmatch(policy_id):
        raise ValueError(f"a policy needs {ID_WORDS}")
    name = policy_id.replace("-", " ").replace("_", " ").strip().capitalize()
    return _TEMPLATE.replace("@ID@", policy_id).replace("@NAME@", name)


_TEMPLATE = """\
# @NAME@: what our support agreement promises.
#
# Lines that begin with # are remarks. Change the values, then see whether all is right:
#     deskterm policy check THIS-FILE
#     deskterm policy show @ID@
# Write beside each part which clause of the agreement it comes from.

id      = "@ID@"
name    = "@NAME@"
version = "1"
source  = "Name and date of the agreement"
summary = "What it is about, in one sentence."

# How people may ask: phone, email, portal, chat, voicemail, onsite, web.
channels = ["phone", "email", "portal"]

# A running clock is shown as at risk from this share of its allowance on.
warning_share = 0.75

# How the queue is ordered: priority, affected, due, opened.
queue_order = ["priority", "opened"]

# How often performance is reported: month, quarter or year.
report_every = "quarter"

# A yearly closure; its dates are entered on the desk every year.
# shutdown = "Christmas shutdown"

# --- Opening hours ---------------------------------------------------------------------------

# An end before the start is on the next day: "08:00-01:00". Several stretches a day are a list:
# "mon-fri" = ["08:00-12:00", "13:00-17:00"]. Days that are not listed are closed.
# Public holidays by country, or country and part: "GB-ENG", "US", "DE-BY". "closed" takes the day's
# hours away, "limited" only marks the day.
[calendars.desk]
name     = "Service desk"
tz       = "Europe/London"
hours    = { "mon-fri" = "09:00-17:00" }
holidays = { closed = ["GB-ENG"] }
clause   = "1.1"

# Where engineers work on site, a second calendar says when.
# [calendars.onsite]
# name     = "Onsite support"
# tz       = "Europe/London"
# hours    = { "mon-fri" = "08:00-18:00" }
# holidays = { closed = ["GB-ENG"] }

# --- Priorities, highest first -----------------------------------------------------------------

[[priorities]]
id         = "high"
name       = "High"
definition = "Work stands still"

[[priorities]]
id         = "normal"
name       = "Normal"
definition = "Work goes on with difficulty"

[[priorities]]
id         = "low"
name       = "Low"
definition = "Questions and wishes"

# A priority is found from a grid of how wide (impact) and how bad (urgency) it is.
# Where the agreement has a plain list instead, write kind = "list" and leave out the rest of this
# part.
[triage]
kind   = "grid"
rows   = "urgency"    # which of the two goes downwards
clause = "2.1"

[[triage.impact]]
id   = "many"
name = "Many"
help = "a group of people"

[[triage.impact]]
id   = "one"
name = "One"
help = "one person"

[[triage.urgency]]
id   = "stopped"
name = "Stopped"
help = "work cannot go on"

[[triage.urgency]]
id   = "hindered"
name = "Hindered"
help = "work goes on with difficulty"

[[triage.urgency]]
id   = "wish"
name = "Wish"
help = "nothing fails"

# One line for each row, in the order of the columns above.
[triage.grid]
#           many      one
stopped  = ["high",   "normal"]
hindered = ["normal", "normal"]
wish     = ["low",    "low"]

# --- Promises ----------------------------------------------------------------------------------

# The first row of a clock that fits a ticket counts; where none fits nothing is promised.
# Durations: "30 working minutes", "4 working hours", "2 working days", "2 working weeks",
# "72 hours" (day and night), "next business day", "none". One for all, or one for each priority.
# Events that start and stop: opened, triaged, acknowledged, responded, updated, workaround,
# action_planned, escalated, code_fix, resolved, closed, arrived.
# Only some tickets: when = { channel = ["email"], type = ["incident"], priority = ["high"] }

[[targets]]
clock    = "first_response"
name     = "First response"
start    = "opened"
stop     = ["responded", "workaround", "resolved"]
calendar = "desk"
goal     = 0.95
clause   = "3.1"

[targets.amount]
high   = "1 working hour"
normal = "4 working hours"
low    = "1 working day"

# reopens: where the promise is the end of the work, reopening a ticket continues its clock.
[[targets]]
clock    = "resolution"
name     = "Time to fix"
start    = "opened"
stop     = ["resolved"]
calendar = "desk"
reopens  = true
goal     = 0.95
clause   = "3.2"

[targets.amount]
high   = "1 working day"
normal = "3 working days"
low    = "none"

# --- Figures -----------------------------------------------------------------------------------

[[kpis]]
id      = "response"
name    = "First response in time"
measure = "in_time"
clocks  = ["first_response"]
goal    = 0.95
clause  = "4.1"

# The policies that come with deskterm show what else can be said: packages with visits and slots,
# regions, tiers, classes, checklists, escalation. To begin with a copy of one of them:
#     deskterm policy new ID --like OTHER-ID
"""
