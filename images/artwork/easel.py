"""Painting in grey as with an airbrush: outlines laid over each other, hard or soft.

Outlines are in heads from the middle of the head that is painted, x to the right, y downwards.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from PIL import Image, ImageChops, ImageFilter

from images.artwork import light as li
from images.artwork.light import Point, Size
from images.artwork.outline import mask, moved


class Easel:
    """A grey picture, where its head is, and the airbrush."""

    def __init__(self, image: Image.Image, middle: Point, head: float) -> None:
        self.image, self.middle, self.head = image, middle, head

    @property
    def size(self) -> Size:
        """Of the picture."""
        return self.image.size

    def cover(self, *outlines: Sequence[Point]) -> Image.Image:
        """What outlines cover, as a mask."""
        return mask(self.size, [moved(o, *self.middle, self.head) for o in outlines])

    def fill(self, tone: int, cover: Image.Image) -> None:
        """Lay a tone where the mask is."""
        self.image.paste(tone, (0, 0, *self.size), cover)

    def brush(
        self,
        tone: int,
        soft: float,
        *outlines: Sequence[Point],
        strength: float = 1.0,
        within: Image.Image | None = None,
    ) -> None:
        """Lay a tone over outlines, `soft` pixels at the edge, inside a mask if there is one."""
        cover = li.blurred(self.cover(*outlines), soft)
        if within:
            cover = ImageChops.multiply(cover, within)
        self.fill(tone, li.faded(cover, strength))

    def rim(
        self, within: Image.Image, towards: Point, width: float, tone: int, strength: float
    ) -> None:
        """Light on the edges of a mask that face it."""
        length = math.hypot(*towards)
        dx, dy = (round(-c / length * width) for c in towards)
        inner = Image.new("L", self.size, 255)  # beyond its border the picture goes on
        inner.paste(within.filter(ImageFilter.GaussianBlur(width * 0.5)), (dx, dy))
        edge = ImageChops.multiply(ImageChops.invert(inner), within)
        self.fill(tone, li.faded(edge, strength))
