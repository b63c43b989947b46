"""Onsite visits: what can be booked and why not, what is owed, and what was delivered.

Pure: terms, calendars, people and events come in as arguments, answers go out as plain data. It
knows the policy document and working time, and neither the clocks of tickets nor any database.
"""
