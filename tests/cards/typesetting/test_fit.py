"""Texts in their places: lines, sizes, and how much is too much."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from time import thread_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.cards.typesetting.clean import settled
from bot.cards.typesetting.fit import SMALLER, at_size, cut, fill, fits
from bot.cards.typesetting.fonts import folder_of, library
from bot.cards.typesetting.nouns import Block, Font
from bot.text.unicode import graphemes

LIBRARY = library(folder_of(Path()))
DISPLAY, PLAIN = Font("display", "en"), Font("plain", "en")

SAMPLES = {
    "en": "I am a journalist: journalism is not a crime. Free Julian Assange now!",
    "fr": "À la presse, il a dit « oui » : 10 000 € ne sont pas un crime !",
    "ru": "Журналистика — не преступление. Он был в тюрьме, и мы с ним",
    "el": "Κανείς δεν πρέπει να φυλακίζεται επειδή λέει την αλήθεια",
    "ar": "الصحافة ليست جريمة، أطلقوا سراح جوليان أسانج (WikiLeaks) في 2024!",
    "he": "עיתונות אינה פשע, שחררו את ג׳וליאן אסאנג׳ עכשיו ב-10 ערים!",
    "hi": "पत्रकारिता अपराध नहीं है। जूलियन असांज को अभी रिहा करो!",
    "th": "การทำข่าวไม่ใช่อาชญากรรม ปล่อยตัวอัสซานจ์เดี๋ยวนี้",
    "ja": "ジャーナリズムは犯罪ではない。「今すぐ」アサンジを解放せよ！",
    "zh": "新闻工作不是犯罪，立即释放阿桑奇！2024年2月20日。",
    "ko": "언론은 범죄가 아니다. 지금 석방하라!",
    "en-emoji": "Free him now 🔥🔥 for 👨‍👩‍👧 and the press 🇬🇧!",
}


@st.composite
def texts(draw: st.DrawFn, longest: int = 200) -> tuple[str, Font]:
    """Make texts in twelve scripts, some mixed, some with words that are far too long."""
    language = draw(st.sampled_from(sorted(SAMPLES)))
    sources = [SAMPLES[language], SAMPLES[draw(st.sampled_from(sorted(SAMPLES)))]]
    words = [word for source in sources for word in source.split(" ")]
    made = draw(st.lists(st.sampled_from([*words, "\n", "Donaudampfschiff" * 4]), min_size=1))
    text = settled(" ".join(made))[:longest].strip() or "x"
    return text, Font(draw(st.sampled_from(["display", "plain", "serif"])), language[:2])


SIDES = st.integers(200, 1200)


def set_in(text: str, font: Font, width: float, height: float, least: float = 24) -> Block | None:
    """Fill a box as a headline does."""
    return fill(
        text, font, LIBRARY, width=width, height=height, smallest=least, largest=120, leading=1.15
    )


def read(block: Block) -> str:
    """Give a block's letters in the order they are read, without what is not seen."""
    return "".join(line.text for line in block.lines).translate(UNSEEN)


UNSEEN = dict.fromkeys(map(ord, " \n\u00a0\u202f\u200b\u200e\u200f\u061c\u2066\u2067\u2068\u2069"))


def check(block: Block, text: str, width: float, height: float, leading: float) -> None:
    """Check what is true of every block."""
    words = settled(text).translate(UNSEEN)
    for line in block.lines:
        seen = line.text.translate(UNSEEN)
        # A torn word has a hyphen that it had not.
        words = words.removeprefix(seen if words.startswith(seen) else seen.removesuffix("-"))
    assert not words
    assert block.width <= width + 0.05
    assert block.height <= height + 0.05
    assert all(line.width * block.size <= block.width + 1e-6 for line in block.lines)
    assert all(lower - upper >= leading * block.size for upper, lower in pairwise(block.baselines))
    for (above, below), (upper, lower) in zip(
        pairwise(block.lines), pairwise(block.baselines), strict=True
    ):
        assert upper + above.below * block.size < lower - below.above * block.size
    last = block.lines[-1]
    assert block.baselines[0] >= block.lines[0].above * block.size - 0.05 * block.size
    assert block.height >= block.baselines[-1] + last.below * block.size - 0.05 * block.size


@given(texts(), SIDES, SIDES)
@settings(max_examples=150)
def test_what_fits_is_set_and_what_is_set_fits(
    made: tuple[str, Font], width: int, height: int
) -> None:
    """`fill` finds a block exactly when `fits` says so; it stays inside, with all its words."""
    text, font = made
    block = set_in(text, font, width, height)
    assert (block is not None) == fits(
        text, font, LIBRARY, width=width, height=height, smallest=24, leading=1.15
    )
    if block:
        assert 24 <= block.size <= 120
        check(block, text, width, height, 1.15)


@given(texts(), SIDES, SIDES, st.integers(0, 400), st.integers(0, 400))
def test_larger_places_never_give_much_smaller_type(
    made: tuple[str, Font], width: int, height: int, more_width: int, more_height: int
) -> None:
    """What fits a place fits a larger one, at no less than `SMALLER` of the size.

    Unless the larger place can hold a word that the smaller one had to tear.
    """
    text, font = made
    untorn = at_size(text, font, LIBRARY, width=width, size=24, leading=1, most=10_000, whole=True)
    small = set_in(text, font, width, height)
    large = set_in(text, font, width + more_width, height + more_height)
    if small:
        assert large
        assert not untorn or large.size >= SMALLER * small.size - 1


@given(texts(), SIDES, st.integers(12, 90), st.integers(1, 8))
def test_at_a_size_lines_are_as_few_as_it_takes(
    made: tuple[str, Font], width: int, size: int, most: int
) -> None:
    """`at_size` keeps to width and number; with fewer lines than it took it says no."""
    text, font = made

    def setting(lines: int, whole: bool = False) -> Block | None:
        return at_size(
            text, font, LIBRARY, width=width, size=size, leading=1.3, most=lines, whole=whole
        )

    block = setting(most)
    if block:
        assert len(block.lines) <= most
        check(block, text, width, 1e9, 1.3)
        assert setting(len(block.lines) - 1) is None
    elif not setting(10_000):
        assert any(
            at_size(one, font, LIBRARY, width=width, size=size, leading=1, most=1) is None
            for one in graphemes(text)
        )
    if kept := setting(10_000, whole=True):
        check(kept, text, width, 1e9, 1.3)


@given(texts(), SIDES, st.integers(24, 200))
def test_cutting_says_how_much(made: tuple[str, Font], width: int, height: int) -> None:
    """With so many characters less it fits; with one reader's character more it does not."""
    text, font = made

    def good(text: str) -> bool:
        return fits(text, font, LIBRARY, width=width, height=height, smallest=40, leading=1.2)

    less = cut(text, good)
    kept = text[: len(text) - less]
    assert good(kept)
    if less:
        following = graphemes(text[len(kept) :])[0]
        assert "".join(graphemes(text)).startswith(kept)
        assert not good(kept + following)


def test_cutting_leaves_characters_whole() -> None:
    """A family or a flag goes as a whole; where nothing fits, all goes."""
    assert cut("ab👨‍👩‍👧", lambda text: len(text) < 5) == len("👨‍👩‍👧")
    assert cut("ab🇬🇧", lambda text: len(text) < 4) == 2
    assert cut("abc", lambda text: not text) == 3
    assert cut("abc", lambda _: True) == 0


def lines_of(text: str, font: Font, **place: float) -> list[str]:
    """Give the lines of a headline."""
    box = {"width": 1056.0, "height": 420.0, "smallest": 24.0, "largest": 110.0, **place}
    block = fill(text, font, LIBRARY, leading=1.15, **box)
    assert block
    return [line.text for line in block.lines]


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("Free Assange", "en", "Free Assange"),
        (SAMPLES["en"], "en",
         "I am a journalist:|journalism is not a crime.|Free Julian Assange now!"),
        ("We are here.\nWe are loud.", "en", "We are here.|We are loud."),
        ("新闻工作不是犯罪，立即释放阿桑奇！", "zh", "新闻工作不是犯罪，|立即释放阿桑奇！"),
        ("언론은 범죄가 아니다. 지금 석방하라!", "ko", "언론은 범죄가 아니다.|지금 석방하라!"),
        (SAMPLES["fr"], "fr", "À la presse, il a dit|« oui » : 10 000 €|ne sont pas un crime !"),
    ],
)  # fmt: skip
def test_headlines_look_set_by_hand(text: str, language: str, expected: str) -> None:
    """Lines end after punctuation, none is a stranded word, and they are even."""
    assert lines_of(text, Font("display", language)) == expected.split("|")


@pytest.mark.parametrize("language", sorted(SAMPLES))
def test_no_line_is_stranded(language: str) -> None:
    """In any width, a last line of one short word or a lone letter at an end is the exception."""
    stranded = 0
    for width in range(400, 1200, 40):
        block = at_size(
            SAMPLES[language], Font("plain", language[:2]), LIBRARY,
            width=width, size=40, leading=1.2, most=20,
        )  # fmt: skip
        assert block
        if len(block.lines) > 1:
            stranded += block.lines[-1].width * block.size < block.width / 4
            stranded += any(line.text.split()[-1] in ("I", "a", "с", "à") for line in block.lines)
    assert stranded <= 1


def test_tall_scripts_get_the_room_they_need() -> None:
    """Lines of Thai, Arabic and Hindi stand further apart than asked for; Latin ones do not."""

    def step(language: str) -> float:
        block = at_size(
            SAMPLES[language], Font("plain", language), LIBRARY,
            width=500, size=100, leading=1.05, most=20,
        )  # fmt: skip
        assert block
        return (block.baselines[1] - block.baselines[0]) / block.size

    assert step("en") == pytest.approx(1.05, abs=0.02)
    assert min(map(step, ["ar", "hi"])) > 1.1
    assert step("th") > 1.07


def test_empty_lines_part_paragraphs() -> None:
    """An empty line is half a line high, and lines keep one distance otherwise."""
    block = at_size("a\nb\n\nc", PLAIN, LIBRARY, width=900, size=40, leading=1.2, most=3)
    assert block
    one, two = (lower - upper for upper, lower in pairwise(block.baselines))
    assert (one, two) == (48, 72)


def test_rtl_texts_say_so() -> None:
    """A block knows from which side it is read."""
    for language in SAMPLES:
        block = set_in(SAMPLES[language], Font("display", language[:2]), 900, 500)
        assert block
        assert block.rtl is (language in ("ar", "he"))


def test_words_wider_than_the_place_are_torn_or_refused() -> None:
    """A word is torn only where it is wider than the place, and not where it must stay whole."""
    word = "Donaudampfschifffahrtsgesellschaft" * 3
    assert len(lines_of(word, DISPLAY, width=500)) > 1
    assert lines_of("Bundesverfassungsgericht", DISPLAY, width=500) == ["Bundesverfassungsgericht"]
    place = {"width": 500.0, "size": 40.0, "leading": 1.2}
    assert at_size(word, PLAIN, LIBRARY, **place, most=9) is not None
    assert at_size(word, PLAIN, LIBRARY, **place, most=9, whole=True) is None


def test_torn_words_have_hyphens() -> None:
    """Where a word of letters is torn, a hyphen says so; an address and Chinese have none."""
    word = "Donaudampfschifffahrtsgesellschaft" * 2
    *torn, last = lines_of(word, DISPLAY, width=500)
    assert torn
    assert all(line.endswith("-") for line in torn)
    assert "".join(line.removesuffix("-") for line in torn) + last == word
    for whole in ("#" + word, f"https://{word}.example/{word}", "旧金山" * 20):
        assert "".join(lines_of(whole, DISPLAY, width=500)) == whole
    assert "".join(lines_of("Ab", DISPLAY, width=20)) == "Ab"


def test_no_text_takes_no_room() -> None:
    """Empty words are a block of no lines."""
    block = fill(" \u200b ", PLAIN, LIBRARY, width=9, height=9, smallest=24, largest=99, leading=1)
    assert block is not None
    assert (block.lines, block.height) == ((), 0.0)


@pytest.mark.parametrize("language", ["en", "ja", "ar", "th"])
def test_long_texts_are_set_at_once(language: str) -> None:
    """2000 characters, new to the program, take a fraction of a second in any script."""
    text = (SAMPLES[language] + " ") * 60
    start = thread_time()
    place = {"width": 1056.0, "height": 1000.0, "smallest": 12.0, "largest": 60.0, "leading": 1.2}
    assert fill(text[:2000], Font("plain", language), LIBRARY, **place)
    assert thread_time() - start < 0.5
