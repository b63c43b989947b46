"""The clocks: what was promised on a ticket, how much of it is left, and why.

Pure functions of the terms of an agreement, a ticket, its events, onsite time and now. Nothing
here reads a clock, a disk or a database; instants are integer microseconds since the epoch UTC.
Begin with `clocks.evaluate` and `explain.explain`.
"""
