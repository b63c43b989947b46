"""New tickets through the use case, each durable before the next, on the large desk."""

from __future__ import annotations

import statistics
import time

from deskterm.desk.model import NewTicket
from tests.benchmarks._copy import copied_desk
from tests.benchmarks._result import Result

ROUNDS = 9
EACH = 60


def run() -> list[Result]:
    with copied_desk() as desk:
        customers = [line.customer.id for line in desk.customers.list()]
        number = 0

        def open_one() -> None:
            nonlocal number
            number += 1
            customer = customers[number % len(customers)]
            desk.tickets.new(
                NewTicket(customer, f"Printer {number} prints half pages", body="Since the move.")
            )

        for _ in customers:
            open_one()  # every policy has been read once
        rates = []
        for _ in range(ROUNDS):
            begin = time.perf_counter()
            for _ in range(EACH):
                open_one()
            rates.append(EACH / (time.perf_counter() - begin))
    return [
        Result("new tickets on the large desk, durable", statistics.median(rates), "at least", 200,
               "/s"),
    ]  # fmt: skip
