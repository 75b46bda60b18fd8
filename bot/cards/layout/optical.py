"""Where the ink of a line begins and ends: what the eye takes for its edge.

A capital H stands away from where its line begins, at 150 px as far as the stroke of a small
letter is wide. Lines that start at one edge are moved so that their ink does.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from bot.cards.typesetting.fonts import Library
from bot.cards.typesetting.nouns import Line

MOST = 0.12
"""Further in or out, in em, it is no side bearing but a shape that is meant to stand there."""


def bearings(line: Line, library: Library) -> tuple[float, float]:
    """Measure the room between a line's ends and its ink, left and right, in em."""
    inked = [
        (glyph.x + start, glyph.x + end)
        for run in line.runs
        if not run.coloured
        for glyph in run.glyphs
        for start, end in [_ink(library, run.face, glyph.id)]
        if end > start
    ]
    if not inked:
        return 0.0, 0.0
    left = min(start for start, _ in inked)
    right = line.width - max(end for _, end in inked)
    return _sane(left), _sane(right)


def _sane(bearing: float) -> float:
    return bearing if bearing <= MOST else 0.0


@lru_cache(maxsize=8192)
def _ink(library: Library, path: Path, glyph: int) -> tuple[float, float]:
    """Measure where a glyph's ink begins and ends, from its origin, in em."""
    face = library.at(path)
    extents = face.font.get_glyph_extents(glyph)
    if extents is None:
        return 0.0, 0.0
    unit = face.unit
    return extents.x_bearing * unit, (extents.x_bearing + extents.width) * unit
