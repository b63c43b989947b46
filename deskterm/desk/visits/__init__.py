"""Visits through the desk's door: the planner's reads and every step on a visit.

The rules are `deskterm.visits`; this folder brings them what the database knows and writes down
what was decided: event, row and clocks in one transaction.
"""
