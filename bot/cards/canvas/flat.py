"""Draws cards of plain colours, words and a logo directly as palette indexes.

    scene -> its colours and the steps between them -> masks to indexes by a table -> PNG8

Neither blending nor a search for colours is left to do. What reaches over several grounds is
drawn once for each, where that ground is.
"""

from __future__ import annotations

from collections.abc import Callable
from math import floor
from pathlib import Path

from PIL import Image, ImageChops

from bot.cards.canvas import logos, shapes
from bot.cards.canvas.grounds import grounds
from bot.cards.canvas.ramps import Colours, Pair, colours
from bot.cards.colour import RGB
from bot.cards.scene import Logo, Scene, Shape, Words
from bot.cards.typesetting import raster
from bot.cards.typesetting.fonts import Library


def paint(scene: Scene, root: Path, library: Library) -> Image.Image | None:
    """Draw a scene without pictures and emoji; None where its colours are too many.

    Raises:
        CardError: the logo cannot be used.
    """
    under = [grounds(scene, at) for at in range(len(scene.items))]
    palette = _palette(scene, under, root)
    if palette is None:
        return None
    brush = _Brush(scene, palette)
    for item, on in zip(scene.items, under, strict=True):
        if isinstance(item, Words):
            brush.words(item, on, library)
        elif isinstance(item, Shape):
            brush.shape(item, on)
        elif isinstance(item, Logo):
            brush.logo(item, on, root)
    brush.image.putpalette(palette.channels)
    return brush.image


def _palette(scene: Scene, under: list[tuple[RGB, ...]], root: Path) -> Colours | None:
    solid: dict[RGB, None] = {scene.ground: None}
    pairs: dict[Pair, None] = {}
    for item, on in zip(scene.items, under, strict=True):
        if isinstance(item, Logo):
            for ground in on:
                solid.update(dict.fromkeys(logos.reduced(root, item, ground).colours))
        elif isinstance(item, Shape | Words):
            solid[item.colour] = None
            if isinstance(item, Words) or shapes.has_soft_edges(item):
                pairs.update(dict.fromkeys((item.colour, ground) for ground in on))
    return colours(tuple(solid), tuple(pairs))


class _Brush:
    """Draws on one canvas of indexes."""

    def __init__(self, scene: Scene, palette: Colours) -> None:
        self._palette = palette
        # Indexes are numbers like grey is: mode L takes a palette in the end without a copy.
        self.image = Image.new("L", (scene.width, scene.height), palette.at(scene.ground))

    def words(self, words: Words, on: tuple[RGB, ...], library: Library) -> None:
        block = words.block
        for line, x, down in zip(block.lines, words.lefts, block.baselines, strict=True):
            mask = raster.mask(line, block.size, x, library)
            if mask is not None:
                place = floor(x) + mask.left, round(words.y + down) + mask.top
                self._cover(mask.image, place, words.colour, on, self._palette.tinted)

    def shape(self, shape: Shape, on: tuple[RGB, ...]) -> None:
        found = shapes.pieces(shape, *self.image.size)
        for area in found.solid:
            self.image.paste(self._palette.at(shape.colour), area)
        for stamp in found.soft:
            tinted = self._palette.tinted if shape.points else self._palette.corner
            self._cover(stamp.image, (stamp.left, stamp.top), shape.colour, on, tinted)

    def _cover(
        self,
        mask: Image.Image,
        place: tuple[int, int],
        colour: RGB,
        on: tuple[RGB, ...],
        tinted: Callable[[Image.Image, RGB, RGB], tuple[Image.Image, Image.Image]],
    ) -> None:
        """Lay a colour over what is there, as much as `mask` covers."""
        parts = self._parts(mask.size, place, on)
        for ground, part in zip(on, parts, strict=True):
            indexes, covered = tinted(mask, colour, ground)
            if part is not None:
                covered = ImageChops.darker(covered, part)
            self.image.paste(indexes, place, covered)

    def logo(self, logo: Logo, on: tuple[RGB, ...], root: Path) -> None:
        place = logos.placed(root, logo)
        corner = place.left, place.top
        parts = self._parts(place.image.size, corner, on)
        for ground, part in zip(on, parts, strict=True):
            few = logos.reduced(root, logo, ground)
            shown = few.shown if part is None else ImageChops.darker(few.shown, part)
            self.image.paste(few.image.point(self._palette.table(few.colours)), corner, shown)

    def _parts(
        self, size: tuple[int, int], place: tuple[int, int], on: tuple[RGB, ...]
    ) -> list[Image.Image | None]:
        """Find where in an area which of the grounds lies; None: everywhere."""
        if len(on) == 1:
            return [None]
        there = self.image.crop((*place, place[0] + size[0], place[1] + size[1]))
        return [there.point(table) for table in self._palette.where(on)]
