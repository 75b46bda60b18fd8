"""The brand's logo: fitted to its box, and for flat cards reduced to few colours of its own."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import cast

from PIL import Image

from bot.cards import files
from bot.cards.colour import RGB
from bot.cards.photos import supplied
from bot.cards.scene import Logo

MOST_COLOURS = 40
_SNAP = 8
"""How far a channel of a mixed colour may be from one of the logo's main colours to become it."""
_MAIN = 0.01
"""Share of the logo from which a colour is one of its main ones."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A logo at its size, RGBA, and where it goes."""

    image: Image.Image
    left: int
    top: int


@dataclass(frozen=True, slots=True)
class Reduced:
    """A logo on a plain ground: which of its colours each pixel has."""

    image: Image.Image
    """Mode L: indexes into `colours`."""
    shown: Image.Image
    """Mode 1: where the logo is at all."""
    colours: tuple[RGB, ...]


def placed(root: Path, logo: Logo) -> Placed:
    """Fit the logo into its box, in the box's middle.

    Raises:
        CardError: it cannot be used.
    """
    wide, high = max(1, round(logo.box.width)), max(1, round(logo.box.height))
    image = _fitted(root, logo.path, (wide, high), files.digest(root, logo.path))
    left = round(logo.box.x + (logo.box.width - image.width) / 2)
    return Placed(image, left, round(logo.box.y + (logo.box.height - image.height) / 2))


@lru_cache(maxsize=8)
def _fitted(root: Path, path: Path, size: tuple[int, int], _key: str) -> Image.Image:
    with supplied.opened(path, root) as file:
        image = file.convert("RGBA")
    scale = min(size[0] / image.width, size[1] / image.height)
    fitted = max(1, round(image.width * scale)), max(1, round(image.height * scale))
    return image.resize(fitted, Image.Resampling.LANCZOS, reducing_gap=3.0)


def reduced(root: Path, logo: Logo, on: RGB) -> Reduced:
    """Reduce a logo on a plain ground to at most `MOST_COLOURS` colours.

    Raises:
        CardError: it cannot be used.
    """
    image = placed(root, logo).image
    return _reduced(root, logo.path, image.size, on, files.digest(root, logo.path))


@lru_cache(maxsize=16)
def _reduced(root: Path, path: Path, size: tuple[int, int], on: RGB, key: str) -> Reduced:
    image = _fitted(root, path, size, key)
    over = Image.new("RGB", image.size, on)
    over.paste(image, mask=image)
    few = over.quantize(MOST_COLOURS, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    channels = few.getpalette() or []
    mixed = list(zip(channels[::3], channels[1::3], channels[2::3], strict=True))
    counted = over.getcolors(image.width * image.height) or []
    least = _MAIN * image.width * image.height
    main = [cast("RGB", each) for count, each in sorted(counted, reverse=True) if count >= least]
    indexes = Image.frombytes("L", few.size, few.tobytes())
    shown = image.getchannel("A").point([0] * 4 + [255] * 252)
    return Reduced(indexes, shown, tuple(_snapped(each, main) for each in mixed[:MOST_COLOURS]))


def _snapped(mixed: RGB, main: list[RGB]) -> RGB:
    """Give a colour that was averaged with its neighbours back what the logo really has."""
    for each in main:
        if all(abs(a - b) <= _SNAP for a, b in zip(mixed, each, strict=True)):
            return each
    return mixed
