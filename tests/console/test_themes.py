"""Both themes can be read by everybody."""

from __future__ import annotations

import pytest

from deskterm.console.themes import (
    DARK_PALETTE,
    LIGHT_PALETTE,
    TEXT_ON,
    Palette,
    contrast,
    theme_for,
)


@pytest.mark.parametrize("palette", [DARK_PALETTE, LIGHT_PALETTE], ids=["dark", "light"])
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


def test_a_terminal_without_colours_or_with_few_decides_the_theme() -> None:
    assert theme_for("light", no_color=False, colours="truecolor") == "deskterm-light"
    assert theme_for("light", no_color=False, colours="standard") == "deskterm-16"
    assert theme_for("light", no_color=True, colours="truecolor") == "deskterm-mono"
