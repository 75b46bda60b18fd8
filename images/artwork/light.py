"""Light and lens: gradients, clouds of noise, glow, haze, depth of field, grain.

All sizes are pixels of the picture, all strengths 0 to 1. Nothing here reads a clock or the
system's randomness: the same seed draws the same picture.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from itertools import pairwise
from random import Random
from typing import TypeAlias

from PIL import Image, ImageChops, ImageFilter

RGB: TypeAlias = tuple[int, int, int]
Size: TypeAlias = tuple[int, int]
Point: TypeAlias = tuple[float, float]
Stop: TypeAlias = tuple[float, RGB]

EDGE_OF_GRADIENT = 181
"""What Pillow's radial gradient has reached at the middle of its sides."""


def dice(seed: str) -> Random:
    """Chance that falls the same way each time."""
    return Random(seed)  # noqa: S311 - pictures, not secrets


def colours(text: str) -> tuple[RGB, ...]:
    """Colours as they are written down, in hexadecimal."""
    return tuple((v >> 16, v >> 8 & 255, v & 255) for v in (int(one, 16) for one in text.split()))


def mix(one: RGB, other: RGB, share: float) -> RGB:
    """A colour between two; `share` of the other."""
    a, b, c = (round(x + (y - x) * share) for x, y in zip(one, other, strict=True))
    return a, b, c


def scaled(colour: RGB, factor: float) -> RGB:
    """The colour under more or less light."""
    a, b, c = (max(0, min(255, round(x * factor))) for x in colour)
    return a, b, c


def curve(image: Image.Image, of: Callable[[float], float]) -> Image.Image:
    """Every channel through one function of 0 to 1."""
    table = [max(0, min(255, round(255 * of(v / 255)))) for v in range(256)]
    return image.point(table * len(image.getbands()))


def faded(mask: Image.Image, strength: float) -> Image.Image:
    """A weaker mask."""
    return curve(mask, lambda v: v * strength)


def ramp(size: Size, stops: Sequence[Stop]) -> Image.Image:
    """A gradient from top (0) to bottom (1) through the given colours."""
    height = size[1]
    column = Image.new("RGB", (1, height))
    for y in range(height):
        at = y / max(1, height - 1)
        for (low, one), (high, other) in pairwise(stops):
            if at <= high:
                share = 0 if high == low else max(0.0, (at - low) / (high - low))
                column.putpixel((0, y), mix(one, other, share * share * (3 - 2 * share)))
                break
    return column.resize(size)


def slope(size: Size, start: float, end: float) -> Image.Image:
    """A mask that rises from 0 at the share `start` of the height to full at `end`."""
    black, white = (0, 0, 0), (255, 255, 255)
    if start < end:
        stops = ((0.0, black), (start, black), (end, white), (1.0, white))
    else:
        stops = ((0.0, white), (end, white), (start, black), (1.0, black))
    return ramp(size, stops).getchannel(0)


def clouds(rng: Random, size: Size, cell: tuple[float, float], octaves: int = 4) -> Image.Image:
    """Smooth noise around 128, its largest features about `cell` wide and high."""
    total = Image.new("L", size, 128)
    weight = 1.0
    for octave in range(octaves):
        across, down = (
            max(2, math.ceil(s / c * 2**octave)) + 1 for s, c in zip(size, cell, strict=True)
        )
        if across >= size[0] or down >= size[1]:
            break
        seed = Image.frombytes("L", (across, down), rng.randbytes(across * down))
        layer = seed.resize(size, Image.Resampling.BICUBIC)
        weight = 1 if octave == 0 else weight * 0.5
        total = Image.blend(total, layer, 1.0) if octave == 0 else lean(total, layer, weight)
    return total


def lean(base: Image.Image, noise: Image.Image, amount: float) -> Image.Image:
    """The base pushed up and down by noise around 128."""
    if amount <= 0:
        return base
    gentle = curve(noise, lambda v: 0.5 + (v - 0.5) * amount)
    return ImageChops.add(base, gentle, 1.0, -128)


def falloff(side: int, of: Callable[[float], float]) -> Image.Image:
    """A round mask; `of` says how bright at a distance from its middle of 0 to 1."""
    small = Image.radial_gradient("L")
    table = [v / EDGE_OF_GRADIENT for v in range(256)]
    levels = [0 if d >= 1 else max(0, min(255, round(255 * of(d)))) for d in table]
    return small.point(levels).resize((side, side), Image.Resampling.BICUBIC)


def lay_light(base: Image.Image, colour: RGB, mask: Image.Image, at: tuple[int, int]) -> None:
    """Add light of a colour where the mask is, as film does: never past white."""
    box = (
        max(0, at[0]),
        max(0, at[1]),
        min(base.width, at[0] + mask.width),
        min(base.height, at[1] + mask.height),
    )
    if box[0] >= box[2] or box[1] >= box[3]:
        return
    cut = mask.crop((box[0] - at[0], box[1] - at[1], box[2] - at[0], box[3] - at[1]))
    light = Image.merge("RGB", [faded(cut, c / 255) for c in colour])
    base.paste(ImageChops.screen(base.crop(box), light), box[:2])


def glow(
    base: Image.Image,
    centre: Point,
    radius: float,
    colour: RGB,
    strength: float = 1.0,
    fall: float = 2.0,
) -> None:
    """A soft light around a point; `fall` is how quickly it dies away."""
    side = max(2, round(radius * 2))
    mask = falloff(side, lambda d: strength * (1 - d) ** fall)
    lay_light(base, colour, mask, (round(centre[0] - radius), round(centre[1] - radius)))


def bokeh(base: Image.Image, centre: Point, radius: float, colour: RGB, strength: float) -> None:
    """A light out of focus: the disc of the lens's opening, a little brighter at its rim."""
    side = max(6, round(radius * 2.3))
    soft = min(0.5, 1.6 / radius)

    def disc(d: float) -> float:
        inside = d * 1.15
        edge = max(0.0, min(1.0, (1 - inside) / soft))
        return strength * edge * (0.72 + 0.28 * min(1.0, inside) ** 4)

    mask = falloff(side, disc)
    lay_light(base, colour, mask, (round(centre[0] - side / 2), round(centre[1] - side / 2)))


def blurred(image: Image.Image, radius: float) -> Image.Image:
    """Out of focus; a transparent layer keeps its colours at its edges."""
    if radius <= 0:
        return image
    if image.mode == "RGBA":
        done = image.convert("RGBa").filter(ImageFilter.GaussianBlur(radius))
        return done.convert("RGBA")
    return image.filter(ImageFilter.GaussianBlur(radius))


def hazed(layer: Image.Image, air: RGB, share: float) -> Image.Image:
    """A layer as seen through `share` of air."""
    plain = Image.blend(layer.convert("RGB"), Image.new("RGB", layer.size, air), share)
    plain.putalpha(layer.getchannel("A"))
    return plain


def bloom(image: Image.Image, above: float, strength: float, radii: Sequence[float]) -> Image.Image:
    """What is brighter than `above` spills over, as in a lens."""
    small = curve(image.reduce(4), lambda v: max(0.0, (v - above) / (1 - above)) * strength)
    for radius in radii:
        spill = small.filter(ImageFilter.GaussianBlur(radius / 4))
        image = ImageChops.screen(image, spill.resize(image.size, Image.Resampling.BICUBIC))
    return image


def vignette(image: Image.Image, strength: float) -> Image.Image:
    """Corners a little darker."""
    mask = Image.radial_gradient("L").resize(image.size, Image.Resampling.BICUBIC)
    shade = curve(mask, lambda v: 1 - strength * v**2.4)
    return ImageChops.multiply(image, Image.merge("RGB", [shade] * 3))


def grain(image: Image.Image, rng: Random, amount: float, softness: float = 0.7) -> Image.Image:
    """Film grain of brightness alone; `amount` is about its standard deviation in levels."""
    count = image.width * image.height
    one, other = (Image.frombytes("L", image.size, rng.randbytes(count)) for _ in range(2))
    noise = Image.blend(one, other, 0.5).filter(ImageFilter.GaussianBlur(softness))
    spread = 52 / (1 + 3.2 * softness)
    noise = curve(noise, lambda v: 0.5 + (v - 0.5) * amount / spread)
    return ImageChops.add(image, Image.merge("RGB", [noise] * 3), 1.0, -128)
