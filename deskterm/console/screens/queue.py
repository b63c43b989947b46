"""The queue: what breaks next, and every frequent step on it one key away.

One method per action of its catalog, named after the action's id.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from deskterm.console.catalog.queue import FILTERING
from deskterm.console.deeds import Deed
from deskterm.console.screens.base import draft_key
from deskterm.console.screens.queue_list import QueueList
from deskterm.console.screens.ticket_keys import TO_ME
from deskterm.console.widgets.lines import Choice
from deskterm.console.widgets.ticket_table import TicketTable
from deskterm.desk.errors import Conflict
from deskterm.desk.filters import KEYS, FilterError, parse_filter
from deskterm.desk.model import StepField, StepForm

if TYPE_CHECKING:
    from deskterm.console.actions import Action
    from deskterm.console.dialogs.help import Topic
    from deskterm.console.widgets.filter_bar import FilterBar


_SAVING: Final = StepForm(
    "save-view", "Save as a view", (StepField("name", "Its name", required=True),), None
)

#: What a list can be sorted by beside its columns.
_FURTHER_ORDERS: Final = {
    "answer": "Answer", "fix": "Fix", "who": "Who", "opened": "Opened", "updated": "Last change",
    "status": "Status",
}  # fmt: skip
#: Columns whose titles are too short to be chosen by.
_SAID_IN_FULL: Final = {"number": "Number", "priority": "Priority"}

#: The language of `deskterm.desk.filters`, as help tells it.
_LANGUAGE: Final = (
    ("word", "what a ticket's text has a word beginning with"),
    *((f"{key}:", meaning) for key, meaning in KEYS.items()),
    ("a,b", "after a key: one or the other"),
    ("-", "before a word or key: not that"),
    ('"a b"', "keeps words together"),
)


class QueueScreen(QueueList):
    """The list of `QueueList` with its keys."""

    def __init__(self) -> None:
        super().__init__()
        self.last_filter = ""

    # Moving ---------------------------------------------------------------------------------

    def do_down(self) -> None:
        self.table.move(1)

    def do_up(self) -> None:
        self.table.move(-1)

    def do_page_down(self) -> None:
        self.table.move(self.table.page_rows)

    def do_page_up(self) -> None:
        self.table.move(-self.table.page_rows)

    def do_first(self) -> None:
        self.table.move_to(0)

    def do_last(self) -> None:
        self.table.move_to(self.table.total - 1)

    # Views and order ------------------------------------------------------------------------

    def _step_view(self, by: int) -> None:
        at = next((i for i, view in enumerate(self.views) if view.id == self.view.id), 0)
        self.go_to_view(self.views[(at + by) % len(self.views)])

    def do_next_view(self) -> None:
        self._step_view(1)

    def do_previous_view(self) -> None:
        self._step_view(-1)

    def do_view(self, number: int = 1) -> None:
        """The view with that number in the list."""
        if number <= len(self.views):
            self.go_to_view(self.views[number - 1])

    def do_sort(self) -> None:
        """Choose a column by name; the one it is sorted by already is turned round."""
        orders = {placed.column.order: placed.column.title for placed in self.table.lines.placed}
        orders = {**orders, "due": "Due"}
        orders |= {name: title for name, title in _FURTHER_ORDERS.items() if name not in orders}
        choices = [Choice("", "as the view sorts")]
        names = {**orders, **_SAID_IN_FULL}
        choices += [Choice(order, names[order]) for order in orders]
        current = (self.order or "").removeprefix("-")

        def chosen(column: str | None) -> None:
            if column is not None:
                self.sort_by(column or None)

        self.open_window("choose", "Sort by", choices, current, then=chosen)

    def sort_by(self, column: str | None) -> None:
        """Sort by `column`, the other way round if it is sorted by it; None is the view's order."""
        if column is None:
            self.order = None
        else:
            self.order = f"-{column}" if self.order == column else column
        self.table.set_order(column, reverse=(self.order or "").startswith("-"))
        self.read_rows(anew=True)

    def do_preview(self) -> None:
        self.preview_wanted = not self.preview.display
        self.fold()

    # Filter ---------------------------------------------------------------------------------

    def do_filter(self) -> None:
        """Open the filter line, or go back to it; what was cleared last is offered again."""
        from deskterm.console.widgets.filter_bar import FilterBar

        bar = self.filter_bar
        self.desk_app.hold_keys()
        if bar is None:
            bar = FilterBar(self.last_filter)
            self.query_one("#list-frame").mount(bar, before=0)
            if self.last_filter:
                self.filter_typed(self.last_filter)
        bar.call_after_refresh(lambda: bar.query_one("Input").focus())

    def filter_typed(self, text: str) -> None:
        """Show what matches `text`; while it cannot be read, what matched before stays."""
        bar = self.filter_bar
        there = bar is not None and bar.is_mounted
        try:
            wanted = parse_filter(text)
        except FilterError as error:
            if bar is not None and there:
                bar.say(error.sentence, wrong=True)
            return
        self.last_filter = text
        fresh = wanted if wanted else None
        if bar is not None and there and (fresh is None or fresh == self.filter):
            # Nothing is read again that would take the place of what was said last.
            bar.say("")
            self._say_matched(None)
        if fresh != self.filter:
            self.filter = fresh
            self.read_rows(anew=True)

    def do_save_view(self) -> None:
        """Keep what is filtered for under a name."""
        text, desk = self.last_filter, self.desk
        if self.filter is None:
            self.desk_app.say("There is no filter to save; / begins one.", "warning")
            return

        def named(fields: dict[str, str] | None) -> None:
            if fields is None:
                return
            name, views = fields["name"], desk.views

            def save() -> Deed:
                before = {str(view.name): str(view.filter) for view in views.list()}
                saved = str(views.save(name, text).name)

                def take_back() -> str:
                    if saved in before:
                        views.save(saved, before[saved])
                        return f"“{saved}” shows again what it did before."
                    views.delete(saved)
                    return f"The view “{saved}” is forgotten again."

                instead = ", in place of what it showed before" if saved in before else ""
                return Deed(f"Saved as “{saved}”{instead}.", take_back)

            def kept(deed: Deed) -> None:
                self.desk_app.keep_draft(draft_key(_SAVING.id, 0), {})
                self.did(deed)
                self.desk_app.read_news()

            self.write(save, kept, group="views", says="saving the view …")

        self.open_window("step", _SAVING, (), then=named)

    def do_forget_view(self) -> None:
        """Delete the saved view that is shown."""
        view, desk = self.view, self.desk
        if not view.saved:
            self.desk_app.say("Only views you saved yourself can be forgotten.", "warning")
            return
        views, name = desk.views, view.id

        def forget() -> Deed:
            before = {str(each.name): str(each.filter) for each in views.list()}
            views.delete(name)

            def take_back() -> str:
                views.save(name, before[name])
                return f"The view “{name}” is back."

            return Deed(f"The view “{name}” is forgotten.", take_back)

        def forgotten(deed: Deed) -> None:
            if self.view.id == name:
                self.go_to_view(self.views[0])
            self.did(deed)
            self.desk_app.read_news()

        self.write(forget, forgotten, group="views", says="forgetting the view …")

    def clear_filter(self) -> None:
        """Close the filter line; the list is whole again and keeps its cursor."""
        bar = self.filter_bar
        if bar is not None:
            bar.remove()
        self.table.focus()
        if self.filter is not None:
            self.filter = None
            self.read_rows(anew=True)

    def do_back(self) -> None:
        """One step back: out of the filter, then the marks."""
        if self.filter_bar is not None:
            self.clear_filter()
        elif self.table.marks:
            self.table.clear_marks()
            self.refresh_footer()

    # Tickets --------------------------------------------------------------------------------

    def do_mark(self) -> None:
        self.table.toggle_mark()
        self.table.move(1)
        self.refresh_footer()

    def do_open(self) -> None:
        number = self.table.number
        if number is not None:
            self.open_window("ticket", number, [row.number for row in self.table.rows])

    def do_new(self) -> None:
        def opened(number: int | None) -> None:
            if number is not None:
                self.reload()
                self.table.go_to_number(number)

        if self.desk_app.stranger and not self.desk_app.read_only:
            key = self.desk_app.key_of("app.begin")
            self.desk_app.say(f"The desk does not know you yet; {key} begins.", "warning")
            return
        self.open_window("new", then=opened)

    def do_take(self) -> None:
        """Take the first ticket nobody has, in the order of what breaks next."""
        desk = self.desk

        def take() -> Any:
            while True:
                page = desk.queue.page("unassigned", None, None, 0, 1)
                if not page.rows:
                    return None
                row = page.rows[0]
                with suppress(Conflict):
                    # Whoever was quicker has that one; there may be another.
                    done = desk.tickets.do("assign", row.number, TO_ME, row.version)
                    return replace(done, sentence=f"{row.number} is yours: {row.subject}.")

        def taken(done: Any) -> None:
            if done is None:
                self.desk_app.say("Every open ticket has somebody.")
            else:
                self.step_done("assign", done)
                self.table.go_to_number(done.number)

        self.write(take, taken, group="take", says="taking the next ticket …")

    # What widgets say -----------------------------------------------------------------------

    def on_ticket_table_row_chosen(self, _message: TicketTable.RowChosen) -> None:
        """A double click opens."""
        self.action_act("queue.open")

    def on_ticket_table_header_clicked(self, message: TicketTable.HeaderClicked) -> None:
        """A click on a header sorts by it, another turns it round."""
        self.sort_by(message.column)

    def on_filter_bar_filter_typed(self, message: FilterBar.FilterTyped) -> None:
        """Show what matches, as it is typed; Esc may have been quicker."""
        if self.filter_bar is not None:
            self.filter_typed(message.text)

    @property
    def _typing(self) -> bool:
        return self.filter_bar is not None and self.focused is not self.table

    def on_descendant_focus(self) -> None:
        """The footer shows the keys of whatever they go to."""
        self.footer.set_actions(FILTERING if self._typing else self.actions())

    def help_actions(self) -> tuple[Action, ...]:
        """See `ActionHost.help_actions`; most keys are text while a filter is typed."""
        return FILTERING if self._typing else self.actions()

    def help_topics(self) -> Sequence[Topic]:
        """See `ActionHost.help_topics`: the language of filters while one is typed."""
        return (("What a filter is made of", _LANGUAGE),) if self._typing else ()

    def on_filter_bar_filter_kept(self) -> None:
        """The keys go back to the list."""
        self.table.focus()
