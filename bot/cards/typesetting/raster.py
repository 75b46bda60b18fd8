"""Glyphs to pixels: the coverage mask of a line, and its emoji in their colours.

Drawing a line takes about a third of a millisecond, so the masks of large type are not kept. Small
lines come again on each card (a name, a hashtag): the last few are. Emoji take longer; they are
kept up to `KEPT` bytes. Everything here may run in several threads at once.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from math import floor
from pathlib import Path

import uharfbuzz as hb
from PIL import Image, ImageChops

from bot.cards.typesetting.fonts import Library
from bot.cards.typesetting.nouns import Line, Run

KEPT = 4 * 1024 * 1024
"""Bytes of drawn emoji that are kept."""
SMALL = 40.0
"""Masks of type up to so many pixels are kept."""
_LINES = 48
_JOINED = frozenset(("Adlm", "Arab", "Beng", "Deva", "Guru", "Nkoo", "Syrc"))
"""Scripts whose letters overlap along level strokes. HarfBuzz adds up what each covers of a pixel:
where two strokes that fill half of it overlap, their edge would have a tick."""
_FINER = 4
"""Rows in which a pixel of theirs is drawn: an edge is covered in part in one of them at most."""


@dataclass(frozen=True, slots=True)
class Mask:
    """How much of each pixel a line covers."""

    image: Image.Image
    """Mode L."""
    left: int
    """Of the image, from the whole pixel that the line's start lies in."""
    top: int
    """Of the image, from the baseline; negative is above it."""


@dataclass(frozen=True, slots=True)
class ColourGlyph:
    """An emoji, placed as a `Mask` is."""

    image: Image.Image
    """Mode RGBA; shared, never to be drawn into."""
    left: int
    top: int


def mask(line: Line, size: float, x: float, library: Library) -> Mask | None:
    """Draw all of a line but its emoji; None where nothing is to be seen.

    Args:
        line: what to draw.
        size: pixels per em.
        x: where the line starts on the card, in pixels; its fraction counts.
        library: where the line was shaped.
    """
    if size > SMALL:
        return _mask(line, size, x - floor(x), library)
    # By the line itself, which is kept with its mask: to hash all its glyphs takes too long.
    key = (id(line), size, x - floor(x))
    with _lock:
        if key in _lines:
            _lines.move_to_end(key)
            return _lines[key][1]
    made = _mask(line, size, x - floor(x), library)
    with _lock:
        _lines[key] = (line, made)
        if len(_lines) > _LINES:
            _lines.popitem(last=False)
    return made


_lock = threading.Lock()
_lines: OrderedDict[tuple[int, float, float], tuple[Line, Mask | None]] = OrderedDict()


def _mask(line: Line, size: float, start: float, library: Library) -> Mask | None:
    runs = [run for run in line.runs if not run.coloured]
    # Outlines of OpenType and of TrueType turn in opposite directions: where glyphs of both
    # overlap, they would cancel each other out.
    cubic = [run for run in runs if run.face.suffix == ".otf"]
    quadratic = [run for run in runs if run.face.suffix != ".otf"]
    joined = [run for run in quadratic if library.at(run.face).scripts & _JOINED]
    apart = [run for run in quadratic if run not in joined]
    drawn = [_drawn(part, size, start, library) for part in (cubic, apart) if part]
    if joined:
        drawn.append(_drawn(joined, size, start, library, _FINER))
    return _together([one for one in drawn if one])


def colour_glyphs(line: Line, size: float, x: float, library: Library) -> tuple[ColourGlyph, ...]:
    """Draw the emoji of a line, each on whole pixels. Arguments are those of `mask`."""
    start = x - floor(x)
    found = []
    for run in line.runs:
        for glyph in run.glyphs if run.coloured else ():
            emoji = _emoji(library, run.face, glyph.id, size)
            if emoji is not None:
                left = emoji.left + round(start + glyph.x * size)
                found.append(ColourGlyph(emoji.image, left, emoji.top + round(glyph.y * size)))
    return tuple(found)


def _drawn(
    runs: Iterable[Run], size: float, start: float, library: Library, finer: int = 1
) -> Mask | None:
    """Draw glyphs, each pixel in `finer` rows."""
    draw = hb.RasterDraw()
    for run in runs:
        face = library.at(run.face)
        font, scale = face.font, face.unit * size
        for glyph in run.glyphs:
            up = -glyph.y * size * finer
            draw.transform = (scale, 0, 0, scale * finer, start + glyph.x * size, up)
            draw.draw_glyph(font, glyph.id)
    rendered = draw.render()
    image = _image(rendered, "L", "L")
    if image is None:
        return None
    left, top = _corner(rendered)
    if finer == 1:
        return Mask(image, left, top)
    above = top % finer
    rows = Image.new("L", (image.width, -(-(above + image.height) // finer) * finer))
    rows.paste(image, (0, above))
    return Mask(rows.reduce((1, finer)), left, top // finer)


def _together(masks: list[Mask]) -> Mask | None:
    if len(masks) < 2:
        return masks[0] if masks else None
    left, top = min(one.left for one in masks), min(one.top for one in masks)
    right = max(one.left + one.image.width for one in masks)
    bottom = max(one.top + one.image.height for one in masks)
    whole = Image.new("L", (right - left, bottom - top))
    for one in masks:
        place = (one.left - left, one.top - top)
        box = (*place, place[0] + one.image.width, place[1] + one.image.height)
        whole.paste(ImageChops.lighter(whole.crop(box), one.image), place)
    return Mask(whole, left, top)


def _corner(rendered: hb.RasterImage) -> tuple[int, int]:
    extents = rendered.extents
    return extents.x_origin, -extents.y_origin - extents.height


def _image(rendered: hb.RasterImage, mode: str, raw: str) -> Image.Image | None:
    # HarfBuzz stores the lowest row first.
    extents = rendered.extents
    if not extents.width or not extents.height:
        return None
    size = (extents.width, extents.height)
    return Image.frombuffer(mode, size, rendered.buffer, "raw", raw, extents.stride, -1)


_emoji_lock = threading.Lock()
_kept: OrderedDict[tuple[Path, int, float], ColourGlyph | None] = OrderedDict()


def _emoji(library: Library, path: Path, glyph: int, size: float) -> ColourGlyph | None:
    key = (path, glyph, size)
    with _emoji_lock:
        if key in _kept:
            _kept.move_to_end(key)
            return _kept[key]
    painted = _painted(library, path, glyph, size)
    with _emoji_lock:
        _kept[key] = painted
        while len(_kept) > 1 and sum(map(_bytes, _kept.values())) > KEPT:
            _kept.popitem(last=False)
    return painted


def _bytes(emoji: ColourGlyph | None) -> int:
    # Even of what has no picture, no endless number is kept.
    return 1024 if emoji is None else 4 * emoji.image.width * emoji.image.height


def _painted(library: Library, path: Path, glyph: int, size: float) -> ColourGlyph | None:
    face = library.at(path)
    scale = face.unit * size
    paint = hb.RasterPaint()
    paint.transform = (scale, 0, 0, scale, 0, 0)
    extents = face.font.get_glyph_extents(glyph)
    if extents is None or not paint.set_glyph_extents(extents):
        return None
    paint.paint_glyph(face.font, glyph)
    rendered = paint.render()
    image = _image(rendered, "RGBa", "BGRa")
    return None if image is None else ColourGlyph(image.convert("RGBA"), *_corner(rendered))
