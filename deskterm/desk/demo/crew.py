"""Several processes telling blocks, handed over in the order in which they are to be written."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor

from deskterm.desk.demo.scale import Block
from deskterm.desk.demo.telling import Setup, Teller
from deskterm.desk.intake.composing import Composed

#: Blocks told ahead of the writing; more would only fill the memory.
_AHEAD = 3

_teller: Teller | None = None


def told(
    setup: Setup, plan: Sequence[Block], workers: int | None = None
) -> Iterator[list[Composed]]:
    """The blocks of `plan`, told; by this process alone where there are few."""
    count = min(workers or os.cpu_count() or 1, 4)
    if len(plan) <= 4 or count < 2:
        teller = Teller(setup)
        for block in plan:
            yield teller.tell(block)
        return
    with ProcessPoolExecutor(count, initializer=_hire, initargs=(setup, os.getpid())) as pool:
        waiting: deque[Future[list[Composed]]] = deque()
        try:
            for block in plan:
                waiting.append(pool.submit(_tell, block))
                if len(waiting) >= count + _AHEAD:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def _hire(setup: Setup, writer: int) -> None:
    global _teller
    # Ctrl-C is for the one who writes, who sends the others home.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_go_home_with, args=(writer,), daemon=True).start()
    _teller = Teller(setup)


def _go_home_with(writer: int) -> None:
    """End this process once the one it tells for is gone, however it went."""
    while os.getppid() == writer:
        time.sleep(1)
    os._exit(1)


def _tell(block: Block) -> list[Composed]:
    assert _teller is not None, "tellers are hired before they tell"
    return _teller.tell(block)
