"""Marks to a scene: mirrored where the card runs from right to left, and in colours.

What lies under each text is looked up among what was drawn before it; its colour is computed
against exactly that. So a template names roles, and cannot make words that cannot be read.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from bot.cards import colour
from bot.cards.colour import RGB
from bot.cards.layout.card import Card
from bot.cards.layout.frames import Mark, PhotoMark, ShapeMark, TextMark
from bot.cards.layout.optical import bearings
from bot.cards.layout.values import GROUNDS, Tint
from bot.cards.photos import grounds as photo_grounds
from bot.cards.photos.visible import visible
from bot.cards.scene import Box, Item, Logo, Photo, Scene, Shape, Words

_SEEN = 0.5
"""A logo of which less than this share stands out from its ground gets a plate of its own."""
_INSET = 0.12
"""How much smaller a logo is on a plate, at each side, and how round the plate's corners are."""


@dataclass(frozen=True, slots=True)
class _Under:
    """Something that was drawn and may lie under what comes."""

    box: Box
    grounds: tuple[RGB, ...]
    on_it: RGB | None = None
    """The brand's colour for words on it; None where any that can be read will do."""
    solid: bool = True
    """A rectangle, which hides what is below it; a polygon does so only where it is."""
    picture: bool = False
    group: int = 0
    """Of shapes that make one figure, like a bar and its track: they share their ground."""


@dataclass(frozen=True, slots=True)
class _Ground:
    """What lies under something: its colours, and the one of them where it is but one."""

    colours: tuple[RGB, ...]
    plain: RGB | None
    on_it: RGB | None


@dataclass(slots=True)
class _Painter:
    card: Card
    ground: RGB
    items: list[Item] = field(default_factory=list)
    below: list[_Under] = field(default_factory=list)

    # --- grounds ------------------------------------------------------------------------

    def under(self, box: Box, group: int = -1) -> _Ground:
        """Find what lies under a box."""
        found: dict[RGB, None] = {}
        first: _Under | None = None
        picture = False
        for one in reversed(self.below):
            if one.group == group or not _overlap(one.box, box):
                continue
            first, picture = first or one, picture or one.picture
            found.update(dict.fromkeys(one.grounds))
            if one.solid and _holds(one.box, box):
                break
        else:
            found[self.ground] = None
        colours = tuple(found)
        if picture or len(colours) > 1:
            return _Ground(colours, None, None)
        return _Ground(colours, colours[0], first.on_it if first else None)

    def tinted(self, tint: Tint, grounds: tuple[RGB, ...]) -> RGB:
        """Give a tint its colour: one that stands out from the grounds where it should."""
        brand = self.card.spec.look.brand
        if tint.role not in GROUNDS:
            return colour.on(brand, grounds).of(tint.role)
        return plain(self.card, tint)

    # --- marks --------------------------------------------------------------------------

    def text(self, mark: TextMark) -> None:
        lefts = self._lefts(mark)
        box = _text_box(mark, lefts)
        ground = self.under(box)
        palette = colour.on(self.card.spec.look.brand, ground.colours)
        on_fill = mark.ink == "on_fill"
        wanted = ground.on_it if on_fill else None
        shown = wanted or palette.of("ink" if on_fill else mark.ink)
        self.items.append(Words(mark.field, mark.block, mark.y, lefts, shown, ground.plain))

    def _lefts(self, mark: TextMark) -> tuple[float, ...]:
        """Find the left end of each line, moved so that its ink stands on the edge it starts at."""
        block, rtl, wide = mark.block, self.card.fields.rtl, self.card.spec.width
        lefts = []
        for line in block.lines:
            width = line.width * block.size
            room = mark.width - width
            x = mark.x + {"center": room / 2, "end": room}.get(mark.align, 0.0)
            left = wide - x - width if rtl else x
            before, after = bearings(line, self.card.library)
            if mark.align != "center":
                on_left = (mark.align == "start") != rtl
                left += (-before if on_left else after) * block.size
            lefts.append(left)
        return tuple(lefts)

    def shape(self, mark: ShapeMark) -> None:
        box, group = self.placed(mark), id(mark.part_of or mark)
        ground = self.under(self.placed(mark.part_of or mark), group)
        shown = self.tinted(mark.tint, ground.colours)
        points = mark.points
        if self.card.fields.rtl:
            points = tuple((self.card.spec.width - x, y) for x, y in points)
        self.items.append(Shape(box, shown, ground.plain, mark.radius, points))
        accent = mark.tint.role in ("fill", "accent") and not mark.tint.other
        on_it = _on_fill(self.card, shown) if accent else None
        self.below.append(_Under(box, (shown,), on_it, solid=not points, group=group))

    def photo(self, mark: PhotoMark, under: tuple[Box, ...]) -> None:
        spec, box = self.card.spec, self.placed(mark)
        brand = spec.look.brand
        focus = spec.focus if mark.path == spec.image else None
        if mark.scrim == "none" and not under:
            self.items.append(Photo(mark.path, box, focus, mark.radius))
            return
        shape = "fade" if mark.scrim == "fade" else "even"
        found = photo_grounds.measured(self.card.root, mark.path, focus, box, under, brand, shape)
        self.items.append(Photo(mark.path, box, focus, mark.radius, found.blurred, found.scrim))
        self.below.append(_Under(box, found.grounds, picture=True))

    def logo(self, mark: PhotoMark) -> None:
        box = self.placed(mark)
        ground = self.under(box)
        plate = self._plate(mark.path, ground.colours)
        if plate is None:
            self.items.append(Logo(mark.path, box, ground.plain))
            return
        inset = min(box.width, box.height) * _INSET
        self.items.append(Shape(box, plate, ground.plain, inset))
        inner = Box(box.x + inset, box.y + inset, box.width - 2 * inset, box.height - 2 * inset)
        self.items.append(Logo(mark.path, inner, plate))

    def _plate(self, path: Path, grounds: tuple[RGB, ...]) -> RGB | None:
        """Choose a ground for a logo that is lost on its own: the campaign's night or paper."""
        seen = visible(self.card.root, path, grounds)
        if seen >= _SEEN:
            return None
        brand = self.card.spec.look.brand
        best, plate = max(
            (visible(self.card.root, path, (on,)), on)
            for on in (colour.role(brand, "paper"), colour.role(brand, "night"))
        )
        return plate if best > seen else None

    def placed(self, mark: ShapeMark | PhotoMark) -> Box:
        """Mirror a mark's box where the card runs from right to left."""
        x = mark.x
        if self.card.fields.rtl:
            x = self.card.spec.width - mark.x - mark.width
        return Box(x, mark.y, mark.width, mark.height)

    def text_box(self, mark: TextMark) -> Box:
        return _text_box(mark, self._lefts(mark))


def scene_of(marks: list[Mark], card: Card, ground: Tint) -> Scene:
    """Give marks their places and colours on the card."""
    painter = _Painter(card, plain(card, ground))
    for index, mark in enumerate(marks):
        if isinstance(mark, TextMark):
            painter.text(mark)
        elif isinstance(mark, ShapeMark):
            painter.shape(mark)
        elif mark.scrim is None:
            painter.logo(mark)
        else:
            painter.photo(mark, _words_over(painter, mark, marks[index + 1 :]))
    return Scene(card.spec.width, card.spec.height, painter.ground, tuple(painter.items))


def plain(card: Card, tint: Tint) -> RGB:
    """Give one of the brand's own colours, with another mixed in where it says so."""
    brand = card.spec.look.brand
    found = colour.role(brand, tint.role)
    if tint.other:
        return colour.mix(found, colour.role(brand, tint.other), tint.share)
    return found


def _on_fill(card: Card, fill: RGB) -> RGB:
    """Choose what is written on the accent: the brand's ground before its ink."""
    brand = card.spec.look.brand
    return colour.ink_for(colour.parse(brand.background), (fill,), colour.parse(brand.ink))


def _words_over(painter: _Painter, photo: PhotoMark, after: list[Mark]) -> tuple[Box, ...]:
    """Find the words that stand on a photo with nothing solid between."""
    over: list[Box] = []
    covers: list[Box] = []
    place = painter.placed(photo)
    for mark in after:
        if isinstance(mark, TextMark):
            box = painter.text_box(mark)
            if _overlap(place, box) and not any(_holds(one, box) for one in covers):
                over.append(box)
        elif isinstance(mark, ShapeMark) and not mark.points:
            covers.append(painter.placed(mark))
    return tuple(over)


def _text_box(mark: TextMark, lefts: tuple[float, ...]) -> Box:
    """Give what the words ink, or nearly so: less than their block, which has room for tails."""
    block, lines = mark.block, mark.block.lines
    left = min(lefts)
    right = max(x + line.width * block.size for x, line in zip(lefts, lines, strict=True))
    top = mark.y + block.baselines[0] - lines[0].above * block.size
    bottom = mark.y + block.baselines[-1] + lines[-1].below * block.size
    return Box(left, top, right - left, bottom - top)


def _overlap(one: Box, other: Box) -> bool:
    return (
        one.x < other.x + other.width
        and other.x < one.x + one.width
        and one.y < other.y + other.height
        and other.y < one.y + one.height
    )


def _holds(outer: Box, inner: Box) -> bool:
    return (
        outer.x <= inner.x + 1
        and outer.y <= inner.y + 1
        and outer.x + outer.width >= inner.x + inner.width - 1
        and outer.y + outer.height >= inner.y + inner.height - 1
    )
