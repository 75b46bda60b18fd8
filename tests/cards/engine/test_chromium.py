"""Our lines are as Debian's Chromium sets them: the order, the joins, the marks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from bot.cards.typesetting import fonts
from bot.cards.typesetting.clean import settled
from bot.cards.typesetting.direction import runs_rtl
from bot.cards.typesetting.nouns import Font, Line
from bot.cards.typesetting.shaping import shape_line
from tests.cards.engine.chromium import CHROMIUM, SIZE, photographed
from tests.cards.engine.pictures import difference, drawn
from tests.cards.engine.strings import HARD, Hard

ENOUGH = 5.0
"""Unlike pixels at the worst place by which two pictures are told apart.

Equal lines have two at most; a wrong one has eleven and more, where it lacks but a Hebrew point.
"""
LIBRARY = fonts.library(fonts.folder_of(Path()))
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no chromium on this machine")


def line(string: Hard, text: str, *, rtl: bool) -> Line:
    """Shape a text as the string is set."""
    return shape_line(text, Font(string.family, string.language), LIBRARY, rtl)


@pytest.fixture(scope="module")
def lines() -> list[Line]:
    """Our line of each string, from its text as an author wrote it."""
    return [line(string, settled(string.text), rtl=string.rtl) for string in HARD]


@pytest.fixture(scope="module")
def theirs(lines: list[Line], tmp_path_factory: pytest.TempPathFactory) -> list[Image.Image]:
    """Chromium's picture of each string; it is started once for all of them."""
    return photographed(HARD, lines, LIBRARY, tmp_path_factory.mktemp("chromium"))


@pytest.mark.timeout(200)
def test_lines_look_as_in_chromium(
    lines: list[Line], theirs: list[Image.Image], tmp_path: Path
) -> None:
    """The order of words and signs, joined letters and the place of each mark are the same."""
    faults: list[str] = []
    for string, ours, picture in zip(HARD, lines, theirs, strict=True):
        own = drawn(ours, SIZE, LIBRARY)
        unlike = difference(own, picture)
        if unlike >= ENOUGH:
            path = tmp_path / f"{len(faults)}.png"
            _beside(own, picture).save(path)
            faults.append(f"{string.text!r} ({string.language}): {unlike:.0f}, see {path}")
    assert not faults, "\n".join(faults)


def test_directions_are_those_of_the_strings() -> None:
    """The direction that Chromium was told is the one that we find ourselves."""
    for string in HARD:
        assert runs_rtl(settled(string.text), string.language) == string.rtl, string.text


@pytest.mark.timeout(200)
def test_what_is_wrong_is_told_apart(lines: list[Line], theirs: list[Image.Image]) -> None:
    """A mark less, letters swapped or not joined, the order turned round: none of it passes."""
    seen = 0
    missed = []
    for string, ours, picture in zip(HARD, lines, theirs, strict=True):
        for what, wrong in _wrong(string, ours):
            if _glyphs(wrong) != _glyphs(ours):
                seen += 1
                if difference(drawn(wrong, SIZE, LIBRARY), picture) < ENOUGH:
                    missed.append(f"{string.text!r}: {what}")
    assert seen > 10 * len(HARD)
    assert not missed, "\n".join(missed)


def _wrong(string: Hard, right: Line) -> Iterator[tuple[str, Line]]:
    """Set a string in wrong ways."""
    text, rtl = right.text, string.rtl
    yield "words in the opposite order", line(string, " ".join(text.split(" ")[::-1]), rtl=rtl)
    yield "letters not joined", line(string, "\u200c".join(text), rtl=rtl)
    yield "in the other direction", line(string, text, rtl=not rtl)
    # Each place would be a second for each three: every third one shows as much.
    for at in range(1, len(text), 4):
        before, first, second, after = text[: at - 1], text[at - 1], text[at], text[at + 1 :]
        yield f"without U+{ord(second):04X}", line(string, before + first + after, rtl=rtl)
        swapped = before + second + first + after
        yield f"U+{ord(first):04X} after U+{ord(second):04X}", line(string, swapped, rtl=rtl)


def _glyphs(one: Line) -> list[tuple[int, float, float]]:
    """List what is seen of a line, however its runs are cut."""
    glyphs = [glyph for run in one.runs for glyph in run.glyphs]
    return sorted((glyph.id, round(glyph.x, 3), round(glyph.y, 3)) for glyph in glyphs)


def _beside(ours: Image.Image, theirs: Image.Image) -> Image.Image:
    both = Image.new("RGB", (max(ours.width, theirs.width), ours.height + theirs.height), "white")
    both.paste(ours, (0, 0))
    both.paste(theirs, (0, ours.height))
    return both
