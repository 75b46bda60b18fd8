"""Figures in light: outlines become shaded pictures with a lit side, a dark side and a rim."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from random import Random

from PIL import Image, ImageChops, ImageFilter, ImageOps

from images.artwork.light import RGB, clouds, curve, dice, faded, lean
from images.artwork.outline import mask, moved
from images.artwork.people import Figure, Part


@dataclass(frozen=True, slots=True)
class Lighting:
    """Where light comes from and what it does."""

    towards: tuple[float, float]
    """To the light; y is negative for above. Its length is of no matter."""
    dark: RGB
    """What falls on white paper in the shade."""
    key: RGB
    """What falls on white paper in the light."""
    rim: RGB
    rim_strength: float
    rim_width: float
    """In heads."""
    relief: float = 1.0
    fill: float = 0.38
    """How much of the key reaches what faces us: 0 against the light, 1 with it."""


TEXTURE = 1400


@lru_cache
def texture(stuff: str) -> Image.Image:
    """Folds, strands or fibres, to be cut from."""
    rng = dice(f"stuff {stuff}")
    coarse, fine, share = GRAIN_OF[stuff]
    size = (TEXTURE, TEXTURE)
    return lean(clouds(rng, size, coarse, 3), clouds(rng, size, fine, 2), share)


GRAIN_OF = {
    "cloth": ((110.0, 200.0), (7.0, 7.0), 0.22),
    "hair": ((40.0, 260.0), (6.0, 150.0), 0.9),
    "skin": ((200.0, 200.0), (9.0, 9.0), 0.1),
    "card": ((500.0, 500.0), (12.0, 12.0), 0.2),
    "flag": ((150.0, 700.0), (7.0, 7.0), 0.08),
}
"""Width and height of large features, of small ones, and the weight of these."""
MARGIN = 0.25
"""Around a figure, in heads, so that light and shade have room."""
DEPTH = {"cloth": 0.42, "hair": 0.5, "skin": 0.14, "card": 0.07, "flag": 0.9}


def lit(colour: RGB, light: RGB) -> RGB:
    """A colour under a light."""
    a, b, c = (round(x * y / 255) for x, y in zip(colour, light, strict=True))
    return a, b, c


def shaded(
    part: Part, cover: Image.Image, head: float, light: Lighting, rng: Random
) -> Image.Image:
    """One part's colours, for its mask."""
    length = math.hypot(*light.towards) or 1.0
    ux, uy = light.towards[0] / length, light.towards[1] / length
    form = max(1.0, part.form * head)
    shade = Image.new("L", cover.size, 110)
    if part.stuff != "card":
        for reach, weight in ((form, 1.25), (form * 0.35, 0.5)):
            soft = cover.filter(ImageFilter.GaussianBlur(reach * 0.6))
            step = reach * 0.7
            ahead = ImageChops.offset(soft, round(-ux * step), round(-uy * step))
            slope = ImageChops.subtract(soft, ahead, 1.0, 128)
            shade = lean(shade, slope, weight * light.relief)
    grown = texture(part.stuff)
    scale = max(0.25, head / 260)
    width, height = (min(TEXTURE, max(8, math.ceil(s / scale))) for s in cover.size)
    x, y = rng.randrange(TEXTURE - width + 1), rng.randrange(TEXTURE - height + 1)
    cut = grown.crop((x, y, x + width, y + height)).resize(cover.size, Image.Resampling.BICUBIC)
    shade = lean(shade, cut, DEPTH[part.stuff])
    middle = tuple(
        round(d + (k - d) * light.fill) for d, k in zip(light.dark, light.key, strict=True)
    )
    return ImageOps.colorize(
        shade,
        lit(part.colour, light.dark),
        lit(part.colour, light.key),
        lit(part.colour, (middle[0], middle[1], middle[2])),
        20,
        235,
        118,
    )


def paint(
    figure: Figure, head: float, light: Lighting, rng: Random
) -> tuple[Image.Image, tuple[int, int]]:
    """A figure whose head is `head` pixels high; and where its corner is, seen from that head."""
    points = [p for part in figure.parts for o in part.outlines for p in o]
    left, top = min(x for x, _ in points) - MARGIN, min(y for _, y in points) - MARGIN
    right, bottom = max(x for x, _ in points) + MARGIN, max(y for _, y in points) + MARGIN
    size = (max(4, math.ceil((right - left) * head)), max(4, math.ceil((bottom - top) * head)))
    whole = Image.new("L", size, 0)
    image = Image.new("RGB", size, lit((90, 90, 90), light.dark))
    for part in figure.parts:
        cover = mask(size, [moved(o, -left * head, -top * head, head) for o in part.outlines])
        if part.stuff != "card":
            contact(image, cover, head)
        image.paste(shaded(part, cover, head, light, rng), (0, 0), cover)
        whole = ImageChops.lighter(whole, cover)
    if light.rim_strength > 0:
        image = rimmed(image, whole, head, light, rng)
    image.putalpha(whole)
    return image, (round(left * head), round(top * head))


def contact(image: Image.Image, cover: Image.Image, head: float) -> None:
    """The little shade that what lies in front throws on what is behind it."""
    reach = max(1.0, head * 0.07)
    shade = ImageChops.offset(cover.filter(ImageFilter.GaussianBlur(reach)), 0, round(reach))
    image.paste(Image.new("RGB", image.size, (0, 0, 0)), (0, 0), faded(shade, 0.45))


def rimmed(
    image: Image.Image, whole: Image.Image, head: float, light: Lighting, rng: Random
) -> Image.Image:
    """Light from behind on the edges that face it."""
    length = math.hypot(*light.towards) or 1.0
    width = max(1.0, light.rim_width * head)
    dx, dy = (-c / length * width for c in light.towards)
    inner = ImageChops.offset(
        whole.filter(ImageFilter.GaussianBlur(width * 0.45)), round(dx), round(dy)
    )
    rim = ImageChops.multiply(ImageChops.invert(inner), whole)
    uneven = clouds(rng, whole.size, (head * 0.5, head * 0.5), 3)
    uneven = curve(uneven, lambda v: min(1.0, max(0.15, 0.35 + (v - 0.3) * 1.4)))
    rim = faded(ImageChops.multiply(rim, uneven), light.rim_strength)
    tint = Image.merge("RGB", [faded(rim, c / 255) for c in light.rim])
    return ImageChops.screen(image, tint)
