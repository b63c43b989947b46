"""The least a Textual program with a database could do: the yardstick for starting."""

import sqlmodel
from textual.app import App, ComposeResult
from textual.widgets import Static


class EmptyApp(App[None]):
    """One word on the screen."""

    def compose(self) -> ComposeResult:
        yield Static("painted", name=sqlmodel.__name__)


if __name__ == "__main__":
    EmptyApp().run()
