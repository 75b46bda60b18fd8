"""Scenes to draw: words set with the shipped fonts, shapes, pictures."""

from __future__ import annotations

from pathlib import Path

from bot.cards.colour import RGB
from bot.cards.scene import Box, Item, Scene, Shape, Words
from bot.cards.typesetting import fit, fonts
from bot.cards.typesetting.nouns import Font
from tests.cards.examples import ROOT

LIBRARY = fonts.library(fonts.folder_of(ROOT))
DARK: RGB = (20, 22, 27)
PAPER: RGB = (247, 242, 232)
ACCENT: RGB = (255, 90, 60)
LOGO = Path("images/logos/free-assange.png")


def words(
    text: str,
    *,
    at: tuple[float, float] = (72.3, 60.0),
    size: float = 64.0,
    colour: RGB = PAPER,
    on: RGB | None = DARK,
    family: str = "display",
) -> Words:
    """Set a text, up to four lines in 1000 pixels."""
    font = Font(family, "en")
    block = fit.at_size(text, font, LIBRARY, width=1000, size=size, leading=1.2, most=4)
    assert block is not None, text
    return Words("headline", block, at[1], (at[0],) * len(block.lines), colour, on)


def bar(box: Box, colour: RGB = ACCENT, on: RGB | None = DARK, radius: float = 0.0) -> Shape:
    """Make a rectangle."""
    return Shape(box, colour, on, radius)


def scene(*items: Item, size: tuple[int, int] = (1200, 675), ground: RGB = DARK) -> Scene:
    """Put items on a card."""
    return Scene(*size, ground, items)
