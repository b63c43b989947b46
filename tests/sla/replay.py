"""Adds an explanation up again, as a customer with pencil and paper would."""

from __future__ import annotations

from itertools import pairwise

from deskterm.sla.explanation import Explanation


def replay(explanation: Explanation) -> None:
    """Check that the lines of an explanation give what its clock says."""
    clock = explanation.clock
    counted = [line for line in explanation.lines if line.kind == "counted"]
    for line in counted:
        assert line.to_us is not None
        assert line.to_us - line.from_us == line.amount_us > 0
    for line, following in pairwise(counted):
        assert line.to_us is not None
        assert line.to_us <= following.from_us
    assert [line.from_us for line in explanation.lines] == sorted(
        line.from_us for line in explanation.lines
    )
    for line, following in pairwise(one for one in explanation.lines if one.kind != "priority"):
        if line.to_us is not None and "break" not in (line.kind, following.kind):
            assert line.to_us <= following.from_us, "no stretch is told twice"
    total = sum(line.amount_us for line in counted)
    assert explanation.total_us() == total
    assert explanation.title
    assert explanation.sentence.endswith(".")
    assert explanation.text().startswith(explanation.title)
    if clock.allowed_us is None:
        assert explanation.lines == ()
        return
    assert clock.started_us is not None
    if counted:
        assert counted[0].from_us >= clock.started_us
    if clock.due_us is not None:
        assert total == clock.allowed_us
        ends = [line.to_us for line in counted]
        # Time that a pause took away at the very end stands for the due time as well.
        ends += [
            line.to_us
            for line in explanation.lines
            if line.kind in ("held", "resolved") and line.amount_us
        ]
        if clock.due_us not in ends:
            assert counted[-1].to_us is not None
            last = max(end for end in ends if end is not None)
            assert clock.axis is not None
            assert clock.due_us < last
            assert clock.axis.position(clock.due_us) == clock.axis.position(last)
    elif clock.state == "paused":
        assert total == clock.used_us
    elif clock.missing_us is not None:
        assert total == clock.allowed_us - clock.missing_us
