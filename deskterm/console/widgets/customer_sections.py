"""The parts of a customer's card as lines; what can be opened carries a target."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from deskterm.console.change_words import change_lines
from deskterm.console.clocktext import Localise, clock_text, due_clock, due_text, span_words
from deskterm.console.glyphs import Glyphs
from deskterm.console.variation_words import day_words, variation_words
from deskterm.console.widgets.painted import Line, Span
from deskterm.console.widgets.ticket_columns import fit
from deskterm.console.wrapping import wrapped
from deskterm.desk.customer_sheet import CustomerSheet
from deskterm.desk.model import QueueRow

#: Lines of the change log that are shown; the rest is on the command line.
_LOGGED = 30


class CardWriter:
    """Writes the lines of one card at one width and one moment."""

    def __init__(
        self,
        sheet: CustomerSheet,
        width: int,
        now_us: int,
        local: Localise,
        glyphs: Glyphs,
        keys: dict[str, str],
    ) -> None:
        self.sheet, self.width, self.now_us = sheet, width, now_us
        self.local, self.glyphs, self.keys = local, glyphs, keys

    def lines(self) -> list[Line]:
        """The whole card."""
        sections = (
            self._agreement(), self._warnings(), self._open(), self._contacts(), self._sites(),
            self._notes(), self._variations(), self._covered(), self._boundaries(),
            self._recent(), self._log(),
        )  # fmt: skip
        lines: list[Line] = []
        for section in sections:
            written = list(section)
            if written and lines:
                lines.append([])
            lines += written
        return lines

    # Helpers ----------------------------------------------------------------------------------

    def _head(self, title: str, key: str = "", words: str = "") -> Line:
        line = [Span(title, "accent")]
        if key:
            line += [Span(f"  {self.keys.get(key, '')}", "key", target=f"customers.{key}"),
                     Span(f" {words}", "quiet", target=f"customers.{key}")]  # fmt: skip
        return line

    def _wrap(self, text: str, ink: str, indent: int = 1, target: str | None = None) -> list[Line]:
        return [
            [Span(" " * indent), Span(part, ink, target=target)]
            for part in wrapped(text, max(10, self.width - indent))
        ]

    def _flow(self, parts: Sequence[Span]) -> list[Line]:
        lines: list[list[Span]] = []
        for part in parts:
            if lines and sum(s.width for s in lines[-1]) + part.width + 3 <= self.width:
                lines[-1] += [Span(f" {self.glyphs.dot} ", "quiet"), part]
            else:
                lines.append([part])
        return [*lines]

    # Sections ---------------------------------------------------------------------------------

    def _agreement(self) -> Iterator[Line]:
        sheet, cover = self.sheet, self.sheet.cover
        if cover is None:
            yield [Span("No agreement", "risk"), Span("  nothing is promised", "quiet")]
            return
        yield self._head("Agreement", "agreement", "change")
        agreement = cover.agreement
        parts = [Span(agreement.policy_name, "strong")]
        if agreement.package_name:
            parts.append(Span(agreement.package_name, "ink"))
        if sheet.region:
            parts.append(Span(sheet.region, "ink"))
        if agreement.tier:
            parts.append(Span(cover.tiers.get(agreement.tier, agreement.tier), "ink"))
        verb = "starts" if sheet.starts_later else "since"
        dates = f"{verb} {day_words(agreement.start)}"
        if agreement.end:
            dates += f", ends {day_words(agreement.end)}"
        parts.append(Span(dates, "risk" if sheet.starts_later else "quiet"))
        if sheet.phase:
            parts.append(Span(f"phase {sheet.phase}", "ink"))
        if agreement.visits is not None:
            parts.append(Span(f"{agreement.visits} visits bought", "quiet"))
        yield from self._flow(parts)
        hours = [Span(cover.hours, "ink")]
        if cover.changes_us is not None:
            if cover.open:
                closes = span_words(cover.changes_us - self.now_us)
                hours.append(Span(f"open, closes in {closes}", "track"))
            else:
                opens = due_text(cover.changes_us, self.now_us, self.local, self.glyphs)
                hours.append(Span(f"closed, opens {opens}", "held"))
        yield from self._flow(hours)
        customer = sheet.card.customer
        ways = [Span(each, "quiet") for each in (customer.phone, customer.domain) if each]
        if ways:
            yield from self._flow(ways)

    def _warnings(self) -> Iterator[Line]:
        sheet = self.sheet
        flags = list(sheet.cover.flags) if sheet.cover is not None else []
        if sheet.closure_missing is not None:
            key = self.keys.get("closure", "")
            flags.append(
                f"No dates are entered for the {sheet.closure} of {sheet.closure_missing}: clocks"
                f" run through it. {key} enters them."
            )
        for flag in flags:
            yield from self._wrap(f"{self.glyphs.risk} {flag}", "risk", 0)

    def _ticket(self, row: QueueRow) -> Line:
        target = f"ticket:{row.number}"
        cell = due_clock(row)
        clock = clock_text(cell, self.now_us, self.glyphs, triaged=row.priority is not None)
        due = ""
        if cell is not None and cell.phase == "running":
            due = due_text(cell.due_us, self.now_us, self.local, self.glyphs)
        room = max(8, self.width - 42)
        return [
            Span(f" {row.number:>5} ", "number", target=target),
            Span(fit(row.priority_name, 9, self.glyphs.ellipsis) + " ", "ink", target=target),
            Span(fit(clock.text, 10, self.glyphs.ellipsis) + " ", clock.mood, target=target),
            Span(fit(due, 12, self.glyphs.ellipsis) + " ", "quiet", target=target),
            Span(fit(row.subject, room, self.glyphs.ellipsis), "ink", target=target),
        ]

    def _open(self) -> Iterator[Line]:
        count = self.sheet.card.open_tickets
        yield self._head(f"Open tickets {count}" if count else "Open tickets", "new", "new ticket")
        if not self.sheet.open:
            yield [Span(" Nothing is open.", "quiet")]
        for row in self.sheet.open:
            yield self._ticket(row)
        if count > len(self.sheet.open):
            yield [Span(f" and {count - len(self.sheet.open)} more", "quiet")]

    def _contacts(self) -> Iterator[Line]:
        card, roles = self.sheet.card, self.sheet.roles
        yield self._head("Contacts", "contact", "add")
        said = [roles.get(each.role, each.role) for each in card.contacts]
        widest = min(28, max((len(words) for words in said), default=0))
        name = min(24, max((len(each.name) for each in card.contacts), default=0)) + 1
        for contact in card.contacts:
            target = f"contact:{contact.id}"
            role = roles.get(contact.role, contact.role.replace("_", " "))
            ways = "  ".join(each for each in (contact.phone, contact.email) if each)
            yield [
                Span(" ", target=target),
                Span(fit(contact.name, name, self.glyphs.ellipsis) + " ", "ink", target=target),
                Span(fit(role, widest, self.glyphs.ellipsis) + " ", "quiet", target=target),
                Span(fit(ways, max(1, self.width - name - widest - 3), self.glyphs.ellipsis), "ink",
                     target=target),
            ]  # fmt: skip
        there = {contact.role for contact in card.contacts}
        missing = [name for role, name in roles.items() if role not in there]
        if missing:
            yield from self._wrap(f"not named yet: {', '.join(missing)}", "quiet")
        elif not card.contacts:
            yield [Span(" Nobody is named yet.", "quiet")]

    def _sites(self) -> Iterator[Line]:
        yield self._head("Sites", "site", "add")
        for site in self.sheet.card.sites:
            target = f"site:{site.id}"
            address = ", ".join(part for part in site.address.split("\n") if part.strip())
            first, *rest = wrapped(
                f"{site.name}  {address}" if address else site.name, self.width - 1
            )
            yield [Span(" ", target=target), Span(first, "ink", target=target)]
            for part in rest:
                yield [Span("   "), Span(part, "quiet")]
            if site.access.strip():
                yield from self._wrap(f"access: {site.access}", "quiet", 3)
        if not self.sheet.card.sites:
            name = self.sheet.card.customer.name
            first = f"; the first visit goes to “{name}”" if self.sheet.visits_bought else ""
            yield from self._wrap(f"No site yet{first}.", "quiet")

    def _notes(self) -> Iterator[Line]:
        yield self._head("Notes", "notes", "edit")
        notes = self.sheet.card.customer.notes.strip()
        yield from self._wrap(notes or "Nothing is noted.", "ink" if notes else "quiet")

    def _variations(self) -> Iterator[Line]:
        if self.sheet.cover is None:
            return
        yield self._head("Variations", "vary", "enter one; open clocks move with it")
        found = self.sheet.card.variations
        if not found:
            yield [Span(" The agreement holds as it is written.", "quiet")]
        for each in found:
            words = variation_words(each)
            words = words[:1].upper() + words[1:]
            whose = "all under the policy" if each.policy is not None else ""
            entered = due_text(each.entered_us, self.now_us, self.local, self.glyphs)
            by = f"entered {entered}" + (f" by {each.agent}" if each.agent else "")
            more = ", ".join(part for part in (whose, each.reason, by) if part)
            target = f"variation:{each.id}"
            if each.withdrawn_us is not None:
                back = due_text(each.withdrawn_us, self.now_us, self.local, self.glyphs)
                yield from self._wrap(words, "struck")
                yield from self._wrap(f"taken back {back}; {more}", "quiet", 3)
            else:
                yield from self._wrap(words, "ink", target=target)
                yield from self._wrap(more, "quiet", 3)

    def _covered(self) -> Iterator[Line]:
        cover, glyphs = self.sheet.cover, self.glyphs
        if cover is None or not cover.cover:
            return
        yield self._head("What is covered")
        marks = {
            "yes": (glyphs.met, "met", ""), "limited": (glyphs.risk, "risk", "limited: "),
            "quote": (glyphs.unknown, "risk", "quote: "),
            "no": (glyphs.missed, "missed", "not covered: "),
        }  # fmt: skip
        widest = min(22, max(len(entry.area) for entry in cover.cover))
        side = 3 + widest + len(glyphs.met)
        for entry in sorted(cover.cover, key=lambda e: list(marks).index(e.cover)):
            mark, ink, word = marks[entry.cover]
            first, *rest = wrapped(f"{word}{entry.text}", max(10, self.width - side))
            area = fit(entry.area, widest, glyphs.ellipsis)
            yield [Span(f" {mark} ", ink), Span(f"{area} ", "strong"), Span(first, "ink")]
            for part in rest:
                yield [Span(" " * side), Span(part, "ink")]

    def _boundaries(self) -> Iterator[Line]:
        if not self.sheet.boundaries:
            return
        yield self._head("Who does what")
        for each in self.sheet.boundaries:
            said = ", ".join(f"{party} {does}" for party, does in each.who.items())
            words = said or "not settled yet: agree it with the customer"
            note = f" ({each.note})" if each.note else ""
            first, *rest = wrapped(f"{words}{note}", max(10, self.width - 27))
            yield [Span(f" {fit(each.name, 25, self.glyphs.ellipsis)} ", "ink"),
                   Span(first, "ink" if said else "quiet")]  # fmt: skip
            for part in rest:
                yield [Span(" " * 27), Span(part, "ink" if said else "quiet")]

    def _recent(self) -> Iterator[Line]:
        if not self.sheet.recent:
            return
        yield self._head("Recently done")
        for row in self.sheet.recent:
            target = f"ticket:{row.number}"
            opened = due_text(row.opened_us, self.now_us, self.local, self.glyphs)
            yield [
                Span(f" {row.number:>5} ", "number", target=target),
                Span(fit(row.status, 9, self.glyphs.ellipsis) + " ", "quiet", target=target),
                Span(fit(opened, 13, self.glyphs.ellipsis) + " ", "quiet", target=target),
                Span(fit(row.subject, max(8, self.width - 32), self.glyphs.ellipsis), "ink",
                     target=target),
            ]  # fmt: skip

    def _called(self) -> dict[tuple[str, str], str]:
        """What the values of an agreement are called, by field and id."""
        sheet = self.sheet
        fields = {"package": sheet.packages, "region": sheet.regions, "phase": sheet.phases}
        called = {(field, key): name for field, named in fields.items() for key, name in named}
        if sheet.cover is not None:
            called |= {("tier", key): name for key, name in sheet.cover.tiers.items()}
            agreement = sheet.cover.agreement
            called["policy", agreement.policy] = agreement.policy_name
        return called | {("role", key): name for key, name in sheet.roles.items()}

    def _log(self) -> Iterator[Line]:
        card = self.sheet.card
        names: dict[tuple[str, int], str] = {("contact", c.id): c.name for c in card.contacts}
        names |= {("site", s.id): s.name for s in card.sites}
        told = change_lines(self.sheet.changes, names, self._called())
        if not told:
            return
        yield self._head("Changes")
        for entry in told[:_LOGGED]:
            at = due_text(entry.at_us, self.now_us, self.local, self.glyphs)
            first, *rest = wrapped(f"{entry.agent}  {entry.words}", max(10, self.width - 15))
            yield [Span(f" {at:<13} ", "quiet"), Span(first, "ink")]
            for part in rest:
                yield [Span(" " * 15), Span(part, "ink")]
        if len(told) > _LOGGED:
            yield [Span(f" and {len(told) - _LOGGED} older: deskterm customer changes", "quiet")]
