"""Draws cards with pictures or colour emoji, in RGB."""

from __future__ import annotations

from functools import lru_cache
from math import floor
from pathlib import Path

from PIL import Image, ImageChops

from bot.cards.canvas import logos, shapes
from bot.cards.photos.cropped import cropped, pixels
from bot.cards.photos.grounds import veil
from bot.cards.scene import Box, Photo, Scene, Shape, Words
from bot.cards.typesetting import raster
from bot.cards.typesetting.fonts import Library

_OPAQUE = (0, 0, 0)


def paint(scene: Scene, root: Path, library: Library) -> Image.Image:
    """Draw any scene.

    Raises:
        CardError: the logo or a picture cannot be used.
    """
    image = Image.new("RGB", (scene.width, scene.height), scene.ground)
    for item in scene.items:
        if isinstance(item, Words):
            _words(image, item, library)
        elif isinstance(item, Shape):
            found = shapes.pieces(item, *image.size)
            for area in found.solid:
                image.paste(item.colour, area)
            for stamp in found.soft:
                image.paste(item.colour, (stamp.left, stamp.top), stamp.image)
        elif isinstance(item, Photo):
            _photo(image, item, root)
        else:
            logo = logos.placed(root, item)
            image.paste(logo.image, (logo.left, logo.top), logo.image)
    return image


def _words(image: Image.Image, words: Words, library: Library) -> None:
    block = words.block
    for line, x, down in zip(block.lines, words.lefts, block.baselines, strict=True):
        left, baseline = floor(x), round(words.y + down)
        mask = raster.mask(line, block.size, x, library)
        if mask is not None:
            image.paste(words.colour, (left + mask.left, baseline + mask.top), mask.image)
        for glyph in raster.colour_glyphs(line, block.size, x, library):
            image.paste(glyph.image, (left + glyph.left, baseline + glyph.top), glyph.image)


def _photo(image: Image.Image, photo: Photo, root: Path) -> None:
    left, top, width, height = pixels(photo.box)
    picture = cropped(root, photo.path, (width, height), photo.focus, blurred=photo.blurred)
    if photo.scrim is not None:
        picture = picture.copy()
        veil(picture, photo.scrim, 0, height)
    mask = picture.getchannel("A") if picture.mode == "RGBA" else None
    if photo.radius > 0:
        rounded = _rounded(width, height, photo.radius)
        mask = rounded if mask is None else ImageChops.multiply(mask, rounded)
    # Of RGBA, Pillow pastes the colours; what is seen of them the mask says.
    image.paste(picture, (left, top), mask)


@lru_cache(maxsize=4)
def _rounded(width: int, height: int, radius: float) -> Image.Image:
    mask = Image.new("L", (width, height), 0)
    whole = Shape(Box(0, 0, width, height), _OPAQUE, None, radius)
    found = shapes.pieces(whole, width, height)
    for area in found.solid:
        mask.paste(255, area)
    for stamp in found.soft:
        mask.paste(stamp.image, (stamp.left, stamp.top))
    return mask
