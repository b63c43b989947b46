"""``deskterm visits``: the planner on the command line."""

from __future__ import annotations

import typer

from deskterm.cli import visits_around as around
from deskterm.cli import visits_read as read
from deskterm.cli import visits_steps as steps
from deskterm.cli.words import command, group


def register(app: typer.Typer) -> None:
    """Add the commands to `app`."""
    visits = group(app, "visits", "Onsite visits: what is free, booking, attending, the ledger.")
    command(visits, "week", read.week, "visits week", "visits week --customer Oakfield --json")
    command(
        visits, "free", read.free, "visits free --customer Oakfield --date 2026-11-24",
        "visits free --customer Oakfield --ticket 1042",
    )  # fmt: skip
    command(visits, "check", read.check, "visits check", "visits check --customer Oakfield")
    command(visits, "day", read.day, "visits day", "visits day --engineer Kim --date 2026-11-24")
    command(
        visits, "show", read.show, "visits show 17",
        "visits show 17 --condition --format html --to condition.html",
    )  # fmt: skip
    command(visits, "history", read.history, "visits history 17")
    command(visits, "ledger", read.ledger, "visits ledger Oakfield")
    command(visits, "displaced", read.displaced, "visits displaced")
    command(
        visits, "book", steps.book,
        "visits book --customer Oakfield --date 2026-11-24 --slot am --engineer Kim",
    )  # fmt: skip
    command(
        visits, "series", steps.series,
        "visits series --customer Oakfield --slot am --first 2026-09-08 --every fortnightly",
    )  # fmt: skip
    command(visits, "callout", steps.callout, "visits callout 1042 --engineer Kim")
    command(visits, "move", steps.move, "visits move 17 --date 2026-11-25 --slot pm")
    command(visits, "assign", steps.assign, "visits assign 17 --engineer Sam")
    command(visits, "cancel", steps.cancel, 'visits cancel 17 --by customer --why "INSET day"')
    command(visits, "arrive", steps.arrive, "visits arrive 17")
    command(visits, "depart", steps.depart, "visits depart 17")
    command(visits, "no-show", steps.no_show, "visits no-show 17 --by outside --why snow")
    command(visits, "undo", steps.undo, "visits undo 17")
    command(visits, "in-lieu", steps.in_lieu, "visits in-lieu 17 --minutes 180")
    command(visits, "forfeit", steps.forfeit, 'visits forfeit 17 --why "agreed 3 Nov"')
    command(visits, "adjust", steps.adjust, 'visits adjust Oakfield 2 --why "bought two more"')
    command(
        visits, "redact", steps.redact, 'visits redact 2041 --why "asked for by the customer"'
    )
    command(visits, "ics", read.ics, "visits ics --engineer Kim --to kim.ics")
    command(visits, "away", around.away, "visits away Kim 2026-12-01 2026-12-04 --kind training")
    command(visits, "back", around.back, "visits back 3")
    command(
        visits, "hours", around.hours, "visits hours Kim mon=08:00-12:00 tue=08:00-18:00",
        "visits hours Kim",
    )  # fmt: skip
    command(
        visits, "terms", around.terms, "visits terms terms-2026.csv --area Kent", "visits terms"
    )
    command(
        visits, "term", around.term, 'visits term "Autumn 2026" 2026-09-03 2026-12-18 --area Kent',
        'visits term "INSET day" 2026-11-25 --off --customer Oakfield',
    )  # fmt: skip
    command(visits, "no-term", around.no_term, "visits no-term 4")
    command(visits, "area", around.area, "visits area Oakfield Kent")
    command(visits, "unit", around.unit, 'visits unit Oakfield "Epson 1" --room 4')
    command(visits, "tick", around.tick, 'visits tick 17 av 2 --result fault --note "lamp dim"')
