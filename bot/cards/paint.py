"""Draws a laid-out sheet: ground, shapes, logo, glyphs, and the file's bytes.

Pillow neither antialiases shapes nor places glyphs between pixels, so both are drawn larger
and reduced. Bytes are the same each time: no time stamps, nothing random.
"""

from __future__ import annotations

import io
import itertools
import math
import threading
from dataclasses import dataclass
from functools import lru_cache

from PIL import Image, ImageDraw

from bot.cards.colour import RGB, Palette, mix
from bot.cards.sheet import Line, LogoPlace, Shape, Sheet

SUPERSAMPLED = 4
_LARGE = 60
"""From this size on, two samples a pixel do for glyphs."""
_JPEG_QUALITY = 85
_RAMP = 14
"""Steps of an edge between two colours."""
_LOGO_TONES = 32

_drawing = threading.Lock()
"""FreeType faces are shared by all threads and are not safe to use at once."""


@dataclass(frozen=True, slots=True)
class Ground:
    """What lies under the words: an image of the card's size, and how it is best stored."""

    image: Image.Image
    tones: tuple[RGB, ...]
    """Its main colours where it is flat; empty for a photo."""


def paint(sheet: Sheet, palette: Palette, ground: Ground, logo: Image.Image | None) -> Image.Image:
    """Draw the card in RGB."""
    with _drawing:
        image = ground.image.copy()
        for shape in sheet.shapes:
            _draw_shape(image, shape, palette.of(shape.role))
        if logo is not None and sheet.logo is not None:
            place = sheet.logo
            image.paste(logo, (round(place.x), round(place.y)), logo)
        for line in sheet.lines:
            _draw_line(image, line, palette.of(line.role))
        return image


def encode(image: Image.Image, sheet: Sheet, palette: Palette, tones: tuple[RGB, ...]) -> bytes:
    """Return the file's bytes: PNG with a palette for flat cards (`tones`), else JPEG 4:4:4.

    X has never turned palette PNGs into JPEG; 4:2:0 visibly dulls coloured words.
    """
    out = io.BytesIO()
    if not tones:
        image.save(out, "JPEG", quality=_JPEG_QUALITY, subsampling=0, optimize=True)
        return out.getvalue()
    colours = _colours(palette, tones, _logo_tones(image, sheet.logo))
    flat = image.quantize(palette=colours, dither=Image.Dither.NONE)
    flat.save(out, "PNG", compress_level=6)
    return out.getvalue()


def _draw_shape(image: Image.Image, shape: Shape, colour: RGB) -> None:
    mask, corner = _shape_mask(shape)
    image.paste(colour, corner, mask)


@lru_cache(maxsize=64)
def _shape_mask(shape: Shape) -> tuple[Image.Image, tuple[int, int]]:
    left, top = math.floor(shape.x), math.floor(shape.y)
    width, height = math.ceil(shape.x + shape.width) - left, math.ceil(shape.y + shape.height) - top
    many = SUPERSAMPLED
    mask = Image.new("L", (width * many, height * many), 0)
    x, y = (shape.x - left) * many, (shape.y - top) * many
    # Pillow's rectangles include their far edge.
    far = (x + shape.width * many - 1, y + shape.height * many - 1)
    ImageDraw.Draw(mask).rounded_rectangle((x, y, *far), radius=shape.radius * many, fill=255)
    return mask.reduce(many), (left, top)


def _draw_line(image: Image.Image, line: Line, colour: RGB) -> None:
    many = SUPERSAMPLED if line.size < _LARGE else 2
    pad = line.size // 2
    width = math.ceil(line.face.width(line.text) * line.size) + 2 * pad
    above, below = math.ceil(line.size * 1.3), math.ceil(line.size * 0.5)
    left, top = math.floor(line.x) - pad, math.floor(line.baseline) - above
    strip = Image.new("L", (width * many, (above + below) * many), 0)
    draw = ImageDraw.Draw(strip)
    font = line.face.font(line.size * many)
    start = (line.x - left) * many
    baseline = round((round(line.baseline) - top) * many)
    for char, place in zip(line.text, line.face.places(line.text), strict=True):
        if char not in " \u00a0":
            x = round(start + place * line.size * many)
            draw.text((x, baseline), char, font=font, fill=255, anchor="ls")
    image.paste(colour, (left, top), strip.reduce(many))


@lru_cache(maxsize=32)
def _colours(palette: Palette, tones: tuple[RGB, ...], logo: tuple[RGB, ...]) -> Image.Image:
    """Make a palette image: the card's colours and the steps of the edges between them."""
    wanted: list[RGB] = [*tones, *logo]
    words = (palette.ink, palette.accent, palette.muted, palette.fill)
    pairs = [(tone, word) for tone in tones[:3] for word in words]
    pairs += [(palette.fill, palette.on_fill), (palette.fill, palette.track)]
    pairs += [(tone, palette.track) for tone in tones[:2]] + list(itertools.pairwise(tones))
    steps = max(2, min(_RAMP, (250 - len(wanted)) // max(1, len(set(pairs)))))
    for one, other in dict.fromkeys(pairs):
        wanted += [mix(one, other, step / (steps - 1)) for step in range(steps)]
    wanted += [palette.rule, palette.track]
    distinct = list(dict.fromkeys(wanted))[:256]
    image = Image.new("P", (1, 1))
    flat = [channel for colour in distinct for channel in colour]
    image.putpalette(flat + list(distinct[0]) * (256 - len(distinct)))
    return image


def _logo_tones(image: Image.Image, place: LogoPlace | None) -> tuple[RGB, ...]:
    """Return the main colours of the logo as it stands on the card."""
    if place is None:
        return ()
    box = (place.x, place.y, place.x + place.side, place.y + place.side)
    part = image.crop((round(box[0]), round(box[1]), round(box[2]), round(box[3])))
    few = part.quantize(_LOGO_TONES, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    channels = few.getpalette() or []
    found = range(0, 3 * len(few.getcolors(256) or []), 3)
    return tuple((channels[at], channels[at + 1], channels[at + 2]) for at in found)
