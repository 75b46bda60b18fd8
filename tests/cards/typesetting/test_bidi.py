"""The order of lines with Arabic, Hebrew and numbers in them (UAX #9)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from bot.cards.typesetting import bidi
from bot.cards.typesetting.brackets import CLOSER_OF, CLOSERS, classes_of
from bot.cards.typesetting.direction import in_context, is_rtl_language, runs_rtl
from bot.cards.typesetting.fonts import folder_of, library
from bot.cards.typesetting.nouns import Font
from bot.cards.typesetting.shaping import shape_line

UNICODE = Path("/usr/share/unicode")
CASES = UNICODE / "BidiCharacterTest.txt"


def seen(text: str, base: int | None = None) -> str:
    """Give `text` in the order it is seen, left to right."""
    level = bidi.base_level(text) if base is None else base
    return "".join(text[index] for index in bidi.reordered(bidi.levels(text, level)))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("abc", "abc"),
        ("אבג", "גבא"),
        ("free אבג now", "free גבא now"),
        ("אבג free דה", "הד free גבא"),
        # Numbers run left to right, from a letter of any script to the next.
        ("אבג 123", "123 גבא"),
        ("ابج 12:30", "12:30 جبا"),
        ("ابج ١٢٣", "١٢٣ جبا"),
        ("אבג 50%", "50% גבא"),
        # The brackets go with what is between them and around them.
        ("אבג (abc) דה", "הד )abc( גבא"),
        ("abc (אב) de", "abc (בא) de"),
        # An isolate counts as one neutral character outside.
        ("abc \u2067אב 12\u2069!", "abc \u206712 בא\u2069!"),
    ],
)
def test_lines_are_seen_in_order(text: str, expected: str) -> None:
    """Common mixtures of scripts come out as the standard says."""
    assert seen(text) == expected


def test_a_paragraph_starts_where_its_first_letter_does() -> None:
    """What is in an isolate, and what has no direction, does not decide."""
    assert bidi.base_level("12. אבג abc") == 1
    assert bidi.base_level("\u2067אבג\u2069 abc") == 0
    assert bidi.base_level("12!") == 0
    assert bidi.levels("abc ", 1) == [2, 2, 2, 1]


@pytest.mark.skipif(not CASES.is_file(), reason=f"{CASES} is of Debian's package unicode-data")
def test_all_of_unicodes_own_cases() -> None:
    """Unicode's BidiCharacterTest, all of it: the paragraph's level, every level, the order."""
    faults, count = [], 0
    for codes, direction, level, levels, order in cases():
        text = "".join(chr(int(code, 16)) for code in codes.split())
        base = bidi.base_level(text) if direction == "2" else int(direction)
        found = bidi.levels(text, base)
        kept = [index for index, level in enumerate(levels.split()) if level != "x"]
        shown = bidi.reordered([found[index] for index in kept])
        count += 1
        if (
            base != int(level)
            or [found[index] for index in kept]
            != [int(one) for one in levels.split() if one != "x"]
            or [kept[index] for index in shown] != [int(index) for index in order.split()]
        ):
            faults.append(codes)
    assert count > 90_000
    assert not faults, faults[:5]


def cases() -> Iterator[list[str]]:
    """Read Unicode's cases."""
    with CASES.open(encoding="utf-8") as lines:
        for line in lines:
            if line.strip() and not line.startswith("#"):
                yield line.strip().split(";")


@pytest.mark.skipif(
    not (UNICODE / "BidiBrackets.txt").is_file(), reason="of Debian's package unicode-data"
)
def test_brackets_are_unicodes() -> None:
    """The table of brackets is BidiBrackets.txt; a newer Unicode shows here."""
    text = (UNICODE / "BidiBrackets.txt").read_text(encoding="utf-8")
    pairs = regex.findall(r"(?m)^([0-9A-F]+); ([0-9A-F]+); o ", text)
    openers = {chr(int(opener, 16)): chr(int(closer, 16)) for opener, closer in pairs}
    assert set(CLOSER_OF) == set(openers)
    assert set(CLOSERS) == set(openers.values())
    assert all(CLOSERS[openers[opener]] == closer for opener, closer in CLOSER_OF.items())


def test_classes_do_not_depend_on_the_interpreter() -> None:
    """Characters that are yet to come have the class of their block."""
    assert classes_of("aא\u08ff\U0001e7ff") == "LRMR"


MIXED = st.text(st.sampled_from("ab אבج١2,.()%\u0300\u200d\u2067\u2066\u2068\u2069\u202b\u202c\n"))


@given(MIXED, st.sampled_from([0, 1]))
def test_any_text_has_an_order(text: str, base: int) -> None:
    """Every character is seen once, whatever hostile text steers; levels are sane."""
    levels = bidi.levels(text, base)
    assert sorted(bidi.reordered(levels)) == list(range(len(text)))
    assert all(base <= level <= 127 for level in levels)


def test_only_what_has_to_be_is_computed() -> None:
    """A text without anything that runs right to left is not reordered, however long."""
    assert bidi.levels("Free the press! " * 1000, 0) == [0] * 16_000


@pytest.mark.parametrize(
    ("text", "language", "rtl"),
    [
        ("Free Assange", "en", False),
        ("WikiLeaks تقول الحقيقة", "ar", True),
        ("محمد said so", "en", False),
        ("75 %", "ar", True),
        ("75 %", "en", False),
        ("Free Assange", "he", False),
        ("שלום", "en", True),
        ("שלום", "", True),
    ],
)
def test_the_language_decides_where_it_can(text: str, language: str, rtl: bool) -> None:
    """A name that comes first turns nothing round; the wrong language does no harm."""
    assert runs_rtl(text, language) is rtl


def test_languages_know_their_direction() -> None:
    """Also by their script, where a language has several."""
    assert all(map(is_rtl_language, ["ar", "ar-EG", "fa", "HE", "ku-Arab", "uz-Arab-AF", "ur_PK"]))
    assert not any(map(is_rtl_language, ["en", "ku", "az-Latn", "arn", "pa", "hea", "sd-Deva"]))


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("في عام 10-12 مارس", 7),  # after an Arabic word "10-12" is two numbers
        ("abc \u2067אבג (12) דהו 34, זח\u2069 def", 10),
        ("abc אבג, דהו def", 9),
    ],
)
def test_a_line_keeps_the_order_it_has_in_its_paragraph(text: str, at: int) -> None:
    """What the lines around it decide is kept when a line is set by itself."""
    base = bidi.base_level(text)
    whole = bidi.levels(text, base)
    lines = in_context(text, [(0, at), (at, len(text))], base == 1)
    assert "".join(lines).translate(INVISIBLE) == text.translate(INVISIBLE)
    found = [
        level
        for line in lines
        for char, level in zip(line, bidi.levels(line, base), strict=True)
        if char not in STEERING
    ]
    want = [level for char, level in zip(text, whole, strict=True) if char not in STEERING]
    assert found == want


def test_brackets_are_mirrored_where_they_are_seen_from_the_right() -> None:
    """Rule L4 is the shaper's: an opening bracket in Hebrew is drawn as the closing one."""
    fonts = library(folder_of(Path()))
    for text, rtl, seen in (("א (ב) ג", True, ")("), ("a (b) c", False, "()")):
        line = shape_line(text, Font("display", "he"), fonts, rtl)
        for bracket, drawn in zip("()", seen, strict=True):
            run, glyph = next(
                (run, glyph)
                for run in line.runs
                for glyph in run.glyphs
                if glyph.cluster == text.index(bracket)
            )
            assert glyph.id == fonts.at(run.face).font.get_nominal_glyph(ord(drawn))


STEERING = "\u2066\u2067\u2068\u2069\u200e\u200f\u061c "
INVISIBLE = dict.fromkeys(map(ord, STEERING))
