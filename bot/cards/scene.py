"""A card as it was laid out: what stands where, in which colour; nothing is drawn yet.

Layout decides places and colours, the canvas only draws. Everything is in pixels of the card,
x to the right and y downwards; items are drawn in their order.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from bot.cards.colour import RGB
from bot.cards.typesetting.nouns import Block

Point: TypeAlias = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Words:
    """A block of text."""

    field: str
    """Which of the card's words: headline, quote, hashtag."""
    block: Block
    y: float
    """Top of the block."""
    lefts: tuple[float, ...]
    """Left end of each of its lines."""
    colour: RGB
    on: RGB | None
    """The plain colour behind it; None on a picture."""


@dataclass(frozen=True, slots=True)
class Shape:
    """A filled polygon, or a rectangle with rounded corners where it has no points."""

    box: Box
    colour: RGB
    on: RGB | None
    """The plain colour behind it; None on a picture."""
    radius: float = 0.0
    points: tuple[Point, ...] = ()


@dataclass(frozen=True, slots=True)
class Scrim:
    """A veil of one colour over a picture, so that words on it can be read."""

    colour: RGB
    strength: float
    """0 to 1, where it is strongest."""
    fade_from: float
    """Share of the height (0 top, 1 bottom) where a fading scrim begins; 0 veils all evenly."""


@dataclass(frozen=True, slots=True)
class Photo:
    """A picture file, cropped to a box."""

    path: Path
    """Relative to the root."""
    box: Box
    focus: tuple[float, float] | None = None
    """What must stay in view, as shares from left and top; None: found by looking."""
    radius: float = 0.0
    """Of its corners; half of the side makes a circle."""
    blurred: bool = False
    scrim: Scrim | None = None


@dataclass(frozen=True, slots=True)
class Logo:
    """The brand's logo, scaled to fit its box, transparent where it is."""

    path: Path
    box: Box
    on: RGB | None


Item: TypeAlias = Words | Shape | Photo | Logo


@dataclass(frozen=True, slots=True)
class Scene:
    """One card, ready to be drawn."""

    width: int
    height: int
    ground: RGB
    """What the canvas is filled with first."""
    items: tuple[Item, ...]
