"""Reading what is on the screen for whether it can be read: its contrast, in both themes."""

from __future__ import annotations

from textual.pilot import Pilot

from deskterm.console.themes import contrast, of_choice
from tests.console.quiet import quiet
from tests.console.screens import strips

#: WCAG 2.1, success criterion 1.4.3.
_LEAST = 4.5
#: Frames, bars and scrollbars are drawn, not read; those of a terminal without UTF-8 as well.
_DRAWN = set(" ─│┌┐└┘├┤╭╮╰╯█░▌▔▁▂▃▄▅▆▇▊▎▏•+-|#=")


def unreadable(pilot: Pilot[None]) -> list[str]:
    """Texts on the screen whose contrast is below four and a half."""
    found = []
    for strip in strips(pilot):
        for text, style, _ in strip:
            if not set(text) - _DRAWN or style is None:
                continue
            ink, paper = style.color, style.bgcolor
            assert ink is not None and paper is not None and ink.triplet and paper.triplet, text
            ratio = contrast(ink.triplet.hex, paper.triplet.hex)
            if ratio < _LEAST:
                found.append(
                    f"{text.strip()!r} {ink.triplet.hex} on {paper.triplet.hex}: {ratio:.2f}"
                )
    return found


async def unreadable_in_both_themes(pilot: Pilot[None]) -> list[str]:
    """What cannot be read of the screen or window, as it is and in the other theme.

    Nothing is found where there are no themes to choose between. The screen is left as it was.
    """
    app = pilot.app
    window, theme = app.screen, app.theme
    other = of_choice(theme)
    if other is None:
        return []
    found = []
    for each in (theme, other):
        app.theme = each
        await quiet(pilot)
        if window.is_modal:
            # What lies behind a window is dimmed on purpose; only the window is read.
            window.styles.background = window.styles.background.with_alpha(1)
            await quiet(pilot)
        found += [f"{each}: {text}" for text in unreadable(pilot)]
        window.styles.inline.clear_rule("background")
    app.theme = theme
    await quiet(pilot)
    return found
