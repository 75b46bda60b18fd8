"""Where the ink of a line begins and ends: what the eye takes for its edge.

A capital H stands away from where its line begins, at 150 px as far as the stroke of a small
letter is wide. Lines that start at one edge are moved so that their ink does.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from bot.cards.typesetting.fonts import Library
from bot.cards.typesetting.nouns import Line, Run

MOST = 0.12
"""Further in or out, in em, it is no side bearing but a shape that is meant to stand there."""


def bearings(line: Line, library: Library) -> tuple[float, float]:
    """Measure the room between a line's ends and its ink, left and right, in em."""
    left = right = 0.0
    for run in line.runs[:1]:
        if run.glyphs and not run.coloured:
            glyph = run.glyphs[0]
            left = glyph.x + _ink(library, run.face, glyph.id)[0]
    for run in line.runs[-1:]:
        if run.glyphs and not run.coloured:
            right = line.width - max(_end(library, run, at) for at in range(-2, 0))
    return _sane(left), _sane(right)


def _end(library: Library, run: Run, at: int) -> float:
    """Find where a glyph's ink ends; of two, because the last may be a mark on the other."""
    glyph = run.glyphs[max(at, -len(run.glyphs))]
    return glyph.x + _ink(library, run.face, glyph.id)[1]


def _sane(bearing: float) -> float:
    return bearing if -MOST <= bearing <= MOST else 0.0


@lru_cache(maxsize=8192)
def _ink(library: Library, path: Path, glyph: int) -> tuple[float, float]:
    """Measure where a glyph's ink begins and ends, from its origin, in em."""
    face = library.at(path)
    extents = face.font.get_glyph_extents(glyph)
    if extents is None:
        return 0.0, 0.0
    unit = face.unit
    return extents.x_bearing * unit, (extents.x_bearing + extents.width) * unit
