"""The palette of a flat card: its colours, and the steps of the edges between them.

A card's words and shapes are each of one colour on one other. So all the colours it can show
are known before it is drawn, and it is drawn directly as indexes into them: no search for the
nearest colour, and the same palette for all cards of a look.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

from PIL import Image

from bot.cards.colour import RGB, mix

Pair: TypeAlias = tuple[RGB, RGB]
"""A colour, and what it stands on."""

MOST = 256
STEPS = 14
"""Colours between the two of a pair: an edge that the eye takes for smooth."""
FEWEST_STEPS = 4
_KEPT = 128
"""Corners of shapes that are remembered in their colours."""


@dataclass(frozen=True, slots=True)
class Ramp:
    """How coverage becomes indexes: tables for `Image.point`."""

    indexes: bytes
    covered: bytes
    """255 where anything is to be seen at all."""


class Colours:
    """A palette and what leads into it."""

    def __init__(self, places: dict[RGB, int], pairs: tuple[Pair, ...], steps: int) -> None:
        self._places = places
        self._corners: dict[tuple[int, RGB, RGB], tuple[Image.Image, Image.Image, Image.Image]] = {}
        self._where: dict[tuple[RGB, ...], list[bytes]] = {}
        nearest = [round(cover * (steps + 1) / 255) for cover in range(256)]
        covered = bytes(255 if at else 0 for at in nearest)
        self._ramps = {}
        for pair in pairs:
            tones = _tones(pair, steps)
            self._ramps[pair] = Ramp(bytes(places[tones[at]] for at in nearest), covered)

    def at(self, colour: RGB) -> int:
        """Look up a colour's index."""
        return self._places[colour]

    def tinted(self, mask: Image.Image, colour: RGB, on: RGB) -> tuple[Image.Image, Image.Image]:
        """Turn coverage into indexes, and where they show."""
        ramp = self._ramps[colour, on]
        # As bytes: `Image.point` would turn its table into numbers at each call.
        covered = mask.tobytes()
        indexes = Image.frombuffer(
            "L", mask.size, covered.translate(ramp.indexes), "raw", "L", 0, 1
        )
        shown = Image.frombuffer("L", mask.size, covered.translate(ramp.covered), "raw", "L", 0, 1)
        return indexes, shown

    def corner(self, mask: Image.Image, colour: RGB, on: RGB) -> tuple[Image.Image, Image.Image]:
        """Do the same for a small mask that comes again, and remember it."""
        key = id(mask), colour, on
        found = self._corners.get(key)
        if found is None:
            if len(self._corners) >= _KEPT:
                self._corners.clear()
            # With the mask itself, so that no other can take its id.
            found = self._corners[key] = (mask, *self.tinted(mask, colour, on))
        return found[1:]

    def table(self, colours: tuple[RGB, ...]) -> bytes:
        """Lead indexes into `colours` to those of this palette."""
        return bytes(self._places[colour] for colour in colours).ljust(MOST, b"\0")

    def where(self, grounds: tuple[RGB, ...]) -> list[bytes]:
        """For each of `grounds`: 255 at the indexes that look most like it, else 0."""
        found = self._where.get(grounds)
        if found is None:
            found = self._where[grounds] = self._parted(grounds)
        return found

    def _parted(self, grounds: tuple[RGB, ...]) -> list[bytes]:
        def off(colour: RGB, ground: RGB) -> int:
            return sum((a - b) ** 2 for a, b in zip(colour, ground, strict=True))

        found = [
            min(range(len(grounds)), key=lambda at: off(colour, grounds[at]))
            for colour in self._places
        ]
        found += [0] * (MOST - len(found))
        return [bytes(255 if each == at else 0 for each in found) for at in range(len(grounds))]

    @property
    def channels(self) -> list[int]:
        """The palette as Pillow takes it."""
        return [channel for colour in self._places for channel in colour]


@lru_cache(maxsize=32)
def colours(solid: tuple[RGB, ...], pairs: tuple[Pair, ...]) -> Colours | None:
    """Make a palette, with fewer steps where there are many pairs; None where it is too full."""
    for steps in range(STEPS, FEWEST_STEPS - 1, -1):
        tones = [tone for pair in pairs for tone in _tones(pair, steps)]
        found = dict.fromkeys((*solid, *tones))
        if len(found) <= MOST:
            return Colours({colour: at for at, colour in enumerate(found)}, pairs, steps)
    return None


def _grey(like: Image.Image, data: bytes) -> Image.Image:
    return Image.frombuffer("L", like.size, data, "raw", "L", 0, 1)


def _tones(pair: Pair, steps: int) -> list[RGB]:
    """Mix the colours of an edge, both ends included."""
    colour, on = pair
    return [mix(on, colour, step / (steps + 1)) for step in range(steps + 2)]
