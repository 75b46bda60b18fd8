"""Two pictures of a line: how far they are from being the same."""

from __future__ import annotations

from PIL import Image, ImageChops, ImageFilter

from bot.cards.typesetting import raster
from bot.cards.typesetting.fonts import Library
from bot.cards.typesetting.nouns import Line

_NEAR = 2
"""Pixels that a shape may be off."""
_SHADE = 64
"""What is lighter or darker by no more than this counts as equal."""
_AROUND = 4
"""How far the window reaches from its middle."""
WINDOW = (2 * _AROUND + 1) ** 2
_EMPTY = (0, 0, 1, 1)


def drawn(line: Line, size: float, library: Library) -> Image.Image:
    """Draw a line in black on white, as our cards' canvas would."""
    width, height = round((line.width + 2) * size), round(4 * size)
    picture = Image.new("RGB", (width, height), "white")
    left, base = round(size), round(2.4 * size)
    found = raster.mask(line, size, left, library)
    if found is not None:
        picture.paste("black", (left + found.left, base + found.top), found.image)
    for emoji in raster.colour_glyphs(line, size, left, library):
        picture.paste(emoji.image, (left + emoji.left, base + emoji.top), emoji.image)
    return picture


def difference(one: Image.Image, other: Image.Image) -> float:
    """Measure how much ink one of two pictures has, at the worst place, and the other has not.

    Both are cut to their ink first. A pixel counts where its shade does not occur in the other
    picture within `_NEAR` pixels. So all the letters may be a hair off; but a dot that is missing
    or stands elsewhere is many such pixels close together, however long the line. Returned is
    their number in the window, of `WINDOW` pixels, that has most of them.
    """
    if _is_grey(one) and _is_grey(other):
        one, other = one.convert("L"), other.convert("L")
    one, other = _ink(one), _ink(other)
    size = (max(one.width, other.width), max(one.height, other.height))
    one, other = _on_paper(one, size), _on_paper(other, size)
    unlike = ImageChops.lighter(_beyond(one, other), _beyond(other, one))
    bands = [band.point(_counts) for band in unlike.split()]
    whole = bands[0]
    for band in bands[1:]:
        whole = ImageChops.lighter(whole, band)
    crowded = whole.filter(ImageFilter.BoxBlur(_AROUND)).getextrema()[1]
    assert isinstance(crowded, int)
    return crowded / 255 * WINDOW


def _is_grey(picture: Image.Image) -> bool:
    red, green, blue = picture.split()
    return red.tobytes() == green.tobytes() == blue.tobytes()


def _ink(picture: Image.Image) -> Image.Image:
    """Cut to what is not paper, with paper made black."""
    turned = ImageChops.invert(picture)
    return turned.crop(turned.point(_inked).getbbox() or _EMPTY)


def _inked(value: float) -> int:
    return 255 if value > 127 else 0


def _counts(value: float) -> int:
    return 255 if value > _SHADE else 0


def _on_paper(ink: Image.Image, size: tuple[int, int]) -> Image.Image:
    margin = _NEAR + _AROUND
    paper = Image.new(ink.mode, (size[0] + 2 * margin, size[1] + 2 * margin))
    paper.paste(ink, (margin, margin))
    return paper


def _beyond(one: Image.Image, other: Image.Image) -> Image.Image:
    """Tell by how much each pixel of `one` is out of the shades that `other` has near it."""
    darkest = lightest = other
    for dx, dy in ((1, 0), (0, 1)):
        row_dark, row_light = darkest, lightest
        for step in range(1, _NEAR + 1):
            for sign in (step, -step):
                dark = ImageChops.offset(row_dark, dx * sign, dy * sign)
                light = ImageChops.offset(row_light, dx * sign, dy * sign)
                darkest = ImageChops.lighter(darkest, dark)
                lightest = ImageChops.darker(lightest, light)
    above = ImageChops.subtract(one, darkest)
    return ImageChops.lighter(above, ImageChops.subtract(lightest, one))
