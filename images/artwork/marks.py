"""The shipped campaign's logo: bars that have been bent apart, and what is seen through them."""

from __future__ import annotations

import math

from PIL import Image, ImageDraw

SUPERSAMPLED = 4
DARK = (20, 22, 27)
ACCENT = (255, 90, 60)
PAPER = (247, 242, 232)


def bow(height: float, bend: float, reach: float, steps: int = 200) -> list[tuple[float, float]]:
    """A bar's middle line from top to bottom: how far it gives way at which height."""
    points = []
    for step in range(steps + 1):
        y = height * step / steps
        away = (y - height / 2) / (reach * height)
        points.append((bend * math.exp(-away * away), y))
    return points


def bar(
    draw: ImageDraw.ImageDraw,
    x: float,
    height: float,
    thick: float,
    bend: float,
    reach: float,
    colour: tuple[int, ...],
) -> None:
    """Draw one bar of equal thickness along its bow."""
    line = bow(height, bend, reach)
    left = [(x + dx - thick / 2, y) for dx, y in line]
    right = [(x + dx + thick / 2, y) for dx, y in reversed(line)]
    draw.polygon(left + right, fill=colour)


def logo(side: int = 512) -> Image.Image:
    """A round mark: four bars, the inner two bent apart around a point of light."""
    many = side * SUPERSAMPLED
    image = Image.new("RGBA", (many, many), (*ACCENT, 0))
    disc = Image.new("L", (many, many), 0)
    ImageDraw.Draw(disc).ellipse((0, 0, many - 1, many - 1), fill=255)
    face = Image.new("RGBA", (many, many), (*ACCENT, 255))
    draw = ImageDraw.Draw(face)
    thick = many * 0.082
    middle = many / 2
    for offset, bend in ((-0.315, -0.02), (-0.115, -0.095), (0.115, 0.095), (0.315, 0.02)):
        bar(draw, middle + offset * many, many, thick, bend * many, 0.2, (*DARK, 255))
    radius = many * 0.085
    draw.ellipse(
        (middle - radius, middle - radius, middle + radius, middle + radius), fill=(*PAPER, 255)
    )
    image.paste(face, (0, 0), disc)
    return image.resize((side, side), Image.Resampling.BOX)
