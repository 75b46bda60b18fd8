"""What `held` promises to find, it finds: its checks fail on cards that are wrong."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.cards.layout import lay_out
from bot.cards.scene import Scene, Words
from bot.cards.typesetting import fonts
from bot.cards.typesetting.nouns import Glyph, Line, Run
from bot.model import Brand, CardKind, CardSpec, Look
from tests.cards.engine import held
from tests.cards.layout.styles import ROOT

TEXT = "Ring the bells for the river, الآن, अभी, 今すぐ!"
LIBRARY = fonts.library(fonts.folder_of(ROOT))


@pytest.fixture(scope="module")
def scene() -> Scene:
    """A card as it should be."""
    words = {"headline": TEXT, "kicker": "Today", "body": "At noon."}
    look = Look(Brand("Friends of the Ash"), "FreeTheRiver")
    return lay_out(CardSpec(CardKind.POSTER, "en", words, look), ROOT)


def relined(scene: Scene, change: Callable[[Line], Line]) -> Scene:
    """Change the lines of a scene's words."""
    items = [
        replace(item, block=replace(item.block, lines=tuple(map(change, item.block.lines))))
        if isinstance(item, Words)
        else item
        for item in scene.items
    ]
    return replace(scene, items=tuple(items))


def moved(scene: Scene, field: str, right: float, down: float) -> Scene:
    """Move the words of a field."""
    items = [
        replace(item, y=item.y + down, lefts=tuple(left + right for left in item.lefts))
        if isinstance(item, Words) and item.field == field
        else item
        for item in scene.items
    ]
    return replace(scene, items=tuple(items))


def test_a_good_card_passes(scene: Scene) -> None:
    """All promises hold for it."""
    held.complete(scene, LIBRARY)
    held.placed(scene, LIBRARY)
    held.worded(scene, "headline", TEXT, "en")


def test_missing_glyphs_are_found(scene: Scene) -> None:
    """A box instead of a letter, letters that were left out, a face that lacks them."""

    def boxed(line: Line) -> Line:
        first = line.runs[0]
        glyphs = (Glyph(0, 0.0, 0.0, first.glyphs[0].cluster), *first.glyphs[1:])
        return replace(line, runs=(replace(first, glyphs=glyphs), *line.runs[1:]))

    def without_last_run(line: Line) -> Line:
        return replace(line, runs=line.runs[:-1])

    def in_one_face(line: Line) -> Line:
        first = line.runs[0].face
        return replace(line, runs=tuple(Run(first, run.glyphs) for run in line.runs))

    for change in (boxed, without_last_run, in_one_face):
        with pytest.raises(AssertionError):
            held.complete(relined(scene, change), LIBRARY)


def test_words_out_of_place_are_found(scene: Scene) -> None:
    """Words over an edge of the safe area, and words on other words."""
    kicker = next(item for item in scene.items if isinstance(item, Words) and item.y)
    for right, down in ((-20, 0), (scene.width, 0), (0, -kicker.y), (0, scene.height)):
        with pytest.raises(AssertionError, match="px from the"):
            held.placed(moved(scene, kicker.field, right, down), LIBRARY)
    with pytest.raises(AssertionError, match="lies on"):
        held.placed(moved(scene, kicker.field, 0, 60), LIBRARY)


def test_lost_words_are_found(scene: Scene) -> None:
    """A line less, or a letter less."""
    first = TEXT.split(",")[0]
    for lost in (first + " now", first.replace("bells", "bellls")):
        with pytest.raises(AssertionError, match="is not among"):
            held.worded(scene, "headline", lost, "en")
