"""What every card promises: nothing missing, nothing outside, nothing on top of another thing."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import regex

from bot.cards.layout.case import upper
from bot.cards.scene import Box, Logo, Scene, Words
from bot.cards.typesetting.clean import settled
from bot.cards.typesetting.fonts import Library
from bot.cards.typesetting.nouns import Line

MARGIN = 0.06
_SLACK = 1.5
"""Pixels by which ink may come closer to an edge, as shapes are put on whole pixels."""
_LEANING = 0.05
"""How far, in em, an accent or a tail may lean out."""
_UNSEEN = regex.compile(r"[\s\p{Default_Ignorable_Code_Point}]+")
# Signs that may be drawn by the glyph of another one.
_STAND_INS = {"\u2011": "\u2010"}


def complete(scene: Scene, library: Library) -> None:
    """Hold a scene to it that each character is drawn, by a glyph that its font has for it."""
    for item in _words(scene):
        for line in item.block.lines:
            _covered(line, library)


def _covered(line: Line, library: Library) -> None:
    owners: list[Path | None] = [None] * len(line.text)
    starts = sorted({(glyph.cluster, run.face) for run in line.runs for glyph in run.glyphs})
    for start, face in starts:
        owners[start:] = [face] * (len(owners) - start)
    for run in line.runs:
        assert all(glyph.id for glyph in run.glyphs), f"a missing glyph in {line.text!r}"
    for char, owner in zip(line.text, owners, strict=True):
        if not _UNSEEN.fullmatch(char):
            assert owner is not None, f"no glyph for {char!r} in {line.text!r}"
            assert _has(library, owner, char), f"{owner.name} has no {char!r}: {line.text!r}"


def _has(library: Library, face: Path, char: str) -> bool:
    # A mark may be drawn as a part of the letter that it makes with the one before.
    forms = (char, _STAND_INS.get(char, char), unicodedata.normalize("NFD", char))
    marks = unicodedata.category(char) == "Mn" or "\u1161" <= char <= "\u11ff"
    return marks or any(all(map(library.at(face).covers, form)) for form in forms)


def worded(scene: Scene, field: str, words: str, language: str) -> None:
    """Hold a scene to it that no word of a field is lost, whatever the lines."""
    wanted = settled(words)
    options = (_UNSEEN.sub("", wanted), _UNSEEN.sub("", settled(upper(wanted, language))))
    shown = [
        _UNSEEN.sub("", "".join(cut(line.text) for line in item.block.lines))
        for item in _words(scene)
        # With the hyphens of words that were torn, or without.
        for cut in (str, lambda text: text.removesuffix("-"))
    ]
    found = any(option in text for option in options for text in shown)
    assert found, f"{field}: {words!r} is not among {shown!r}"


def placed(scene: Scene, library: Library) -> None:
    """Hold a scene to its margins, and its words and logo to their own places."""
    boxes = []
    for item in scene.items:
        if isinstance(item, Words):
            what = f"{item.field} {item.block.lines[0].text[:20]!r}"
            boxes.append((what, _ink(item, library), item.block.size * _LEANING))
        elif isinstance(item, Logo):
            boxes.append(("logo", item.box, 0.0))
    across, down = MARGIN * scene.width - _SLACK, MARGIN * scene.height - _SLACK
    for what, box, leaning in boxes:
        sides = (box.x, scene.width - box.x - box.width)
        ends = (box.y, scene.height - box.y - box.height)
        assert min(sides) >= across - leaning, f"{what}: {min(sides):.1f} px from the side"
        assert min(ends) >= down - leaning, f"{what}: {min(ends):.1f} px from the edge"
    for (one, first, _), (other, second, _) in combinations(boxes, 2):
        assert not _overlap(first, second), f"{one} lies on {other}"


def _words(scene: Scene) -> Iterator[Words]:
    return (item for item in scene.items if isinstance(item, Words))


def _ink(item: Words, library: Library) -> Box:
    """Find what a block of words inks, glyph by glyph."""
    size = item.block.size
    xs: list[float] = []
    ys: list[float] = []
    for left, line, baseline in zip(
        item.lefts, item.block.lines, item.block.baselines, strict=True
    ):
        for run in line.runs:
            face = library.at(run.face)
            for glyph in run.glyphs:
                extents = face.font.get_glyph_extents(glyph.id)
                if extents is None or not extents.width or not extents.height:
                    continue
                x = left + (glyph.x + extents.x_bearing * face.unit) * size
                y = item.y + baseline + (glyph.y - extents.y_bearing * face.unit) * size
                xs += (x, x + extents.width * face.unit * size)
                ys += (y, y - extents.height * face.unit * size)
    return Box(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))


def _overlap(one: Box, other: Box) -> bool:
    """Tell whether two boxes have more than a pixel in common, both ways."""
    return (
        min(one.x + one.width, other.x + other.width) - max(one.x, other.x) > 1
        and min(one.y + one.height, other.y + other.height) - max(one.y, other.y) > 1
    )
