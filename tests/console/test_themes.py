"""Both themes can be read by everybody."""

from __future__ import annotations

import pytest
from rich._palettes import EIGHT_BIT_PALETTE
from rich.color import Color, ColorSystem

from deskterm.console.themes import (
    DARK_256_PALETTE,
    DARK_PALETTE,
    LIGHT_256_PALETTE,
    LIGHT_PALETTE,
    TEXT_ON,
    Palette,
    contrast,
    of_choice,
    theme_for,
)


@pytest.mark.parametrize(
    "palette",
    [DARK_PALETTE, LIGHT_PALETTE, DARK_256_PALETTE, LIGHT_256_PALETTE],
    ids=["dark", "light", "dark-256", "light-256"],
)
@pytest.mark.parametrize(
    ("ink", "paper"), [(ink, paper) for ink, papers in TEXT_ON.items() for paper in papers]
)
def test_text_has_a_contrast_of_four_and_a_half_on_all_it_is_written_on(
    palette: Palette, ink: str, paper: str
) -> None:
    assert contrast(getattr(palette, ink), getattr(palette, paper)) >= 4.5


def test_contrast_is_the_one_of_the_web_guidelines() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("palette", [DARK_256_PALETTE, LIGHT_256_PALETTE], ids=["dark", "light"])
def test_a_terminal_with_256_colours_shows_nearly_those_of_its_palette(palette: Palette) -> None:
    as_shown = Palette(*(_in_256(colour) for colour in palette))
    for name, meant, seen in zip(Palette._fields, palette, as_shown, strict=True):
        apart = [
            abs(int(meant[at : at + 2], 16) - int(seen[at : at + 2], 16)) for at in (1, 3, 5)
        ]
        assert max(apart) <= 10, f"{name}: {meant} is shown as {seen}"
    for ink, papers in TEXT_ON.items():
        for paper in papers:
            ratio = contrast(getattr(as_shown, ink), getattr(as_shown, paper))
            assert ratio >= 4.5, f"{ink} on {paper}: {ratio:.2f}"
    standing_out = as_shown.paper, as_shown.paper_resting, as_shown.paper_marked
    assert len({*standing_out, as_shown.paper_cursor}) == 4


def _in_256(colour: str) -> str:
    number = Color.parse(colour).downgrade(ColorSystem.EIGHT_BIT).number
    assert number is not None
    return EIGHT_BIT_PALETTE[number].hex


def test_another_theme_is_one_of_those_the_terminal_shows() -> None:
    assert of_choice("deskterm-dark") == "deskterm-light"
    assert of_choice("deskterm-light-256") == "deskterm-dark-256"
    assert of_choice("deskterm-light-256", "light") == "deskterm-light-256"
    assert of_choice("deskterm-16") is None


def test_a_terminal_without_colours_or_with_few_decides_the_theme() -> None:
    assert theme_for("light", no_color=False, colours="truecolor") == "deskterm-light"
    assert theme_for("light", no_color=False, colours="256") == "deskterm-light-256"
    assert theme_for("light", no_color=False, colours="standard") == "deskterm-16"
    assert theme_for("light", no_color=True, colours="truecolor") == "deskterm-mono"
