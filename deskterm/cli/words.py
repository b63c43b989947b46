"""How commands are put together, so that they all look and explain themselves alike."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Annotated, Any

import typer


def group(app: typer.Typer, name: str, about: str) -> typer.Typer:
    """A group of commands under the word `name`."""
    made = typer.Typer(help=about, short_help=about, rich_markup_mode=None)
    app.add_typer(made, name=name)
    return made


def command(
    app: typer.Typer, name: str, run: Callable[..., Any], *examples: str, hidden: bool = False
) -> None:
    """Add the command `name`; its help is the docstring of `run`, with `examples` below it."""
    lines = ["\b", "Example:" if len(examples) == 1 else "Examples:"]
    lines += [f"  deskterm {example}" for example in examples]
    app.command(
        name,
        epilog="\n".join(lines),
        # Said whole: the list of commands would cut the first sentence off.
        short_help=(run.__doc__ or "").strip().partition("\n")[0],
        hidden=hidden,
        context_settings={"help_option_names": ["-h", "--help"]},
    )(run)


def listed(names: Sequence[str]) -> str:
    """Names in a sentence: ``a``, ``a and b``, ``a, b and c``."""
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last


AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]
Number = Annotated[int, typer.Argument(metavar="N", help="The ticket's number.", min=1)]
