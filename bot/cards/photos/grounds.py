"""Makes pictures fit to be written on: the smallest scrim that lets words on them be read.

Measured is what really lies under the words: the 2nd and the 98th percentile of luminance of
the picture's own pixels there. The scrim is the campaign's dark with light words, or its
light with dark ones, whichever takes less away from the picture. A busy picture under an even
scrim is blurred first: on detail nothing reads well at any contrast.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TypeAlias, cast

from PIL import Image, ImageFilter, ImageStat

from bot.cards import colour, files
from bot.cards.colour import BLACK, RGB, TEXT, WHITE
from bot.cards.photos.cropped import cropped, pixels
from bot.cards.scene import Box, Photo, Scrim
from bot.model import Brand

Area: TypeAlias = tuple[int, int, int, int]
"""Left, top, right, bottom in pixels of the cropped picture."""

EXTREME = 0.02
"""The share of a picture's darkest and of its lightest parts that may be less readable."""
_SAMPLES = 2000
"""Pixels that are looked at."""
_STEPS = 64
_BUSY = 16.0
"""Mean edge strength (0 to 255) under words from which a picture is too busy to read on."""
_RISE = 0.35
"""Share of the height in which a fading scrim comes to its full strength."""
_OWN_SIDE = 0.1
"""So much stronger a scrim may be that is dark where the brand is, or light."""
_DARKER = 0.05
"""So much stronger a dark one may be anyhow: it leaves a picture its depth, a light one is fog."""
_LIGHT_INK, _DARK_INK = 0.6, 0.1
"""Luminance from which a brand's colour makes light words, and up to which dark ones."""
_FLAT_COLOURS, _FLAT_SHARE = 5, 0.97
_MOST_COLOURS = 1 << 14


@dataclass(frozen=True, slots=True)
class PhotoGround:
    """How a picture is made readable, and what then lies under the words."""

    scrim: Scrim | None
    """None where none is needed."""
    blurred: bool
    grounds: tuple[RGB, ...]
    """The darkest and the lightest of it."""
    flat: bool
    """It has few colours, like a drawing."""


def measured(
    root: Path,
    path: Path,
    focus: tuple[float, float] | None,
    box: Box,
    under: tuple[Box, ...],
    brand: Brand,
    shape: str,
) -> PhotoGround:
    """Find the smallest scrim with which words in the boxes `under` reach 4.5:1.

    `shape` is `even` or `fade`: from the words' top downwards, rising above them. Where that
    leaves no room to rise, it is even.

    Raises:
        CardError: the picture cannot be used.
    """
    return _measured(root, path, focus, box, under, brand, shape, files.digest(root, path))


@lru_cache(maxsize=64)
def _measured(
    root: Path,
    path: Path,
    focus: tuple[float, float] | None,
    box: Box,
    under: tuple[Box, ...],
    brand: Brand,
    shape: str,
    _key: str,
) -> PhotoGround:
    left, top, width, height = pixels(box)
    image = cropped(root, path, (width, height), focus)
    flat = _is_flat(image)
    areas = _areas(under, left, top, image.size)
    blurred = shape == "even" and bool(under) and not flat and _edges(image, areas) > _BUSY
    if blurred:
        image = cropped(root, path, (width, height), focus, blurred=True)
    sample = _sample(image, areas, colour.parse(brand.background))
    if not under:
        return PhotoGround(None, False, _extremes(sample), flat)
    strength, shown = _smallest(sample, brand)
    fade_from = min(area[1] for area in areas) / height - _RISE if shape == "fade" else 0.0
    scrim = Scrim(shown, strength, max(0.0, round(fade_from, 3))) if strength else None
    return PhotoGround(scrim, blurred, _extremes(_veiled(sample, shown, strength)), flat)


def grounds_at(root: Path, photo: Photo, box: Box, brand: Brand) -> tuple[RGB, RGB]:
    """Give the darkest and the lightest of a picture under one box, as it is shown there.

    What stands in a calm corner can keep colours that would not do on all of the picture.

    Raises:
        CardError: the picture cannot be used.
    """
    return _grounds_at(root, photo, box, brand, files.digest(root, photo.path))


@lru_cache(maxsize=256)
def _grounds_at(root: Path, photo: Photo, box: Box, brand: Brand, _key: str) -> tuple[RGB, RGB]:
    left, top, width, height = pixels(photo.box)
    image = cropped(root, photo.path, (width, height), photo.focus, blurred=photo.blurred)
    (area,) = _areas((box,), left, top, image.size)
    part = image.crop(area)
    if photo.scrim is not None:
        veil(part, photo.scrim, area[1], height)
    return _extremes(_sample(part, [(0, 0, *part.size)], colour.parse(brand.background)))


def veil(part: Image.Image, scrim: Scrim, top: int, height: int) -> None:
    """Lay a scrim over part of a picture: that which begins at row `top` of its `height`."""
    full = round(255 * scrim.strength)
    mask = Image.new("L", part.size, full)
    if scrim.fade_from > 0:
        rises = (
            ((top + row + 0.5) / height - scrim.fade_from) / _RISE for row in range(part.height)
        )
        steps = (min(max(each, 0.0), 1.0) for each in rises)
        column = bytes(round(full * each * each * (3 - 2 * each)) for each in steps)
        mask = Image.frombytes("L", (1, part.height), column).resize(
            part.size, Image.Resampling.NEAREST
        )
    alpha = part.getchannel("A") if part.mode == "RGBA" else None
    part.paste(scrim.colour, (0, 0), mask)
    if alpha is not None:
        part.putalpha(alpha)


def _areas(under: tuple[Box, ...], left: int, top: int, size: tuple[int, int]) -> list[Area]:
    """Find where on the picture words stand; all of it where none do."""
    found = []
    for box in under:
        x, y = max(0, int(box.x) - left), max(0, int(box.y) - top)
        right = min(size[0], int(box.x + box.width) + 1 - left)
        bottom = min(size[1], int(box.y + box.height) + 1 - top)
        if x < right and y < bottom:
            found.append((x, y, right, bottom))
    return found or [(0, 0, *size)]


def _sample(image: Image.Image, areas: list[Area], behind: RGB) -> Counter[RGB]:
    """Count the colours of some pixels under the words, as they are: not one of them averaged."""
    counted: Counter[RGB] = Counter()
    inked = sum((right - x) * (bottom - y) for x, y, right, bottom in areas)
    apart = max(1.0, (inked / _SAMPLES) ** 0.5)
    for area in areas:
        part = image.crop(area)
        size = max(1, int(part.width / apart)), max(1, int(part.height / apart))
        part = part.resize(size, Image.Resampling.NEAREST)
        if part.mode == "RGBA":
            ground = Image.new("RGBA", size, (*behind, 255))
            part = Image.alpha_composite(ground, part).convert("RGB")
        for count, seen in part.getcolors(size[0] * size[1]) or []:
            counted[cast("RGB", seen)] += count
    return counted


def _veiled(sample: Counter[RGB], shown: RGB, strength: float) -> Counter[RGB]:
    red, green, blue = (
        [round(channel + (end - channel) * strength) for channel in range(256)] for end in shown
    )
    veiled: Counter[RGB] = Counter()
    for (r, g, b), count in sample.items():
        veiled[red[r], green[g], blue[b]] += count
    return veiled


def _extremes(sample: Counter[RGB]) -> tuple[RGB, RGB]:
    """Find the colours at the 2nd and 98th percentile of luminance."""
    ordered = sorted(sample, key=colour.luminance)
    return _reached(sample, ordered), _reached(sample, ordered[::-1])


def _reached(sample: Counter[RGB], ordered: list[RGB]) -> RGB:
    allowed = sample.total() * EXTREME
    for seen in ordered:
        allowed -= sample[seen]
        if allowed < 0:
            return seen
    return ordered[-1]


def _smallest(sample: Counter[RGB], brand: Brand) -> tuple[float, RGB]:
    """Find the weakest scrim and its colour: the brand's dark or its light."""
    own = [colour.parse(brand.ink), colour.parse(brand.background)]
    light = next((each for each in own if colour.luminance(each) >= _LIGHT_INK), WHITE)
    dark = next((each for each in own if colour.luminance(each) <= _DARK_INK), BLACK)
    night, paper = colour.role(brand, "night"), colour.role(brand, "paper")
    darkened = _needed(sample, night, light)
    lightened = _needed(sample, paper, dark)
    ground = colour.luminance(own[1])
    bias = _DARKER
    if ground <= _DARK_INK:
        bias += _OWN_SIDE
    elif ground >= _LIGHT_INK:
        bias -= _OWN_SIDE
    return (darkened, night) if darkened <= lightened + bias else (lightened, paper)


def _needed(sample: Counter[RGB], shown: RGB, ink: RGB) -> float:
    """Find how strong a scrim of colour `shown` must be for words in `ink`, 0 to 1.

    The two ends are followed first; mixing may change the order of colours that are as light
    as each other, so all of the sample has the last word.
    """
    ends = _extremes(sample)
    for step in range(_STEPS + 1):
        strength = step / _STEPS
        mixed = tuple(colour.mix(end, shown, strength) for end in ends)
        if colour.least_contrast(ink, mixed) >= TEXT:
            true = _extremes(_veiled(sample, shown, strength))
            if colour.least_contrast(ink, true) >= TEXT:
                return strength
    return 1.0


def _edges(image: Image.Image, areas: list[Area]) -> float:
    """Measure how busy the picture is where words stand: mean edge strength, 0 to 255."""
    edges = [
        image.crop(area).convert("L").reduce(2).filter(ImageFilter.FIND_EDGES) for area in areas
    ]
    inked = sum(part.width * part.height for part in edges)
    return sum(ImageStat.Stat(part).sum[0] for part in edges) / inked


def _is_flat(image: Image.Image) -> bool:
    found = image.getcolors(_MOST_COLOURS)
    if not found:
        return False
    largest = sorted((count for count, _ in found), reverse=True)[:_FLAT_COLOURS]
    return sum(largest) >= _FLAT_SHARE * image.width * image.height
