"""Pictures to crop and to write on: a scene with something in it, at a known place."""

from __future__ import annotations

from pathlib import Path

from PIL import Image, ImageDraw, ImageFilter

from bot.cards.colour import RGB


def with_subject(
    size: tuple[int, int], at: tuple[float, float], radius: float = 0.12
) -> Image.Image:
    """Make a soft gradient with one detailed thing in it, its middle at shares `at`."""
    image = Image.linear_gradient("L").resize(size).convert("RGB").point(lambda v: 90 + v // 4)
    draw = ImageDraw.Draw(image)
    reach = radius * min(size)
    x, y = at[0] * size[0], at[1] * size[1]
    for ring in range(8):
        out = reach * (8 - ring) / 8
        colour = (230, 120, 60) if ring % 2 else (30, 40, 80)
        draw.ellipse((x - out, y - out, x + out, y + out), fill=colour)
    return image.filter(ImageFilter.GaussianBlur(min(size) / 400))


def mosaic(size: tuple[int, int], colours: list[RGB], blocks: int = 12) -> Image.Image:
    """Make a picture of blocks in the colours given, in turn."""
    small = Image.new("RGB", (blocks, blocks))
    small.putdata([colours[at % len(colours)] for at in range(blocks * blocks)])
    return small.resize(size, Image.Resampling.NEAREST)


def put(root: Path, image: Image.Image, name: str = "images/picture.png") -> Path:
    """Save a picture below the root; returns its path there."""
    (root / name).parent.mkdir(parents=True, exist_ok=True)
    image.save(root / name, compress_level=1)
    return Path(name)
