"""Alt text: says what the card says, in its language, within the limit."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import accumulate
from pathlib import Path

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from bot.cards.words import alt_text
from bot.cards.words.alt import shortened
from bot.model import CardKind, CardSpec
from tests.cards.examples import EXAMPLES, LINKED, LONDON, LOOK, card
from tests.cards.words.test_phrases import TAGS

LETTER = card(
    CardKind.LETTER,
    headline="Ask her to open the files",
    to="The Minister; The Mayor",
    salutation="Dear Minister,",
    body="Five minutes are enough.",
)
PHOTO = card(
    CardKind.PHOTO,
    headline="We are still here 🕯️",
    kicker="Vigil",
    credit="Ana Lee",
    image=Path("images/photos/vigil.jpg"),
)


@pytest.mark.parametrize("spec", [*EXAMPLES.values(), LETTER, PHOTO], ids=[*EXAMPLES, "l", "p"])
def test_alt_text_has_all_the_words(spec: CardSpec) -> None:
    """Who cannot see the card gets each of its words."""
    text = alt_text(spec, 1000)
    for words in (*spec.words.values(), *spec.places):
        assert words.rstrip(".!?") in text
    assert len(text) <= 1000


@pytest.mark.parametrize(
    ("spec", "said"),
    [
        (
            LETTER,
            (
                "Letter. Ask her to open the files. To: The Minister; The Mayor. Dear Minister, "
                "Five minutes are enough."
            ),
        ),
        (PHOTO, "Vigil. We are still here 🕯️. Photo: Ana Lee."),
        (
            card(CardKind.POSTER, "zh-Hans", kicker="本周", headline="释放他！", body="加入我们"),
            "本周。释放他！加入我们。",
        ),
        (
            card(
                CardKind.QUOTE,
                "ja",
                quote="真実は沈黙しない",
                attribution="山田花子",
                role="弁護士",
            ),
            "「真実は沈黙しない」 – 山田花子、弁護士。",
        ),
        (
            card(CardKind.QUOTE, "ar", quote="الحقيقة", attribution="ليلى", role="محامية"),
            "«الحقيقة» – ليلى، محامية.",
        ),
        (
            card(CardKind.LETTER, "hi", headline="मंत्री को लिखें", to="मंत्री"),
            "पत्र। मंत्री को लिखें। प्रति: मंत्री।",
        ),
        (
            card(CardKind.PETITION, "ur", headline="دستخط کریں", goal=500),
            "پٹیشن۔ دستخط کریں۔ ہدف: 500 دستخط۔",
        ),
        (
            card(CardKind.STATISTIC, "th", figure="175", label="ปี", source="Reuters"),
            "175 ปี ที่มา: Reuters",
        ),
        (
            card(
                CardKind.EVENT,
                "en-GB",
                headline="Come",
                starts=datetime(2027, 2, 25, tzinfo=LONDON),
                all_day=True,
                places=("Leeds", "York"),
            ),
            "Come. Thursday, 25 February 2027. Leeds and York.",
        ),
        (
            card(CardKind.EVENT, headline="Come", date="Every Friday"),
            "Come. Every Friday.",
        ),
        (
            card(CardKind.ANNOUNCEMENT, look=LINKED, headline="Sign now!"),
            "Sign now! amnesty.org/en/petition.",
        ),
    ],
)
def test_what_each_kind_says(spec: CardSpec, said: str) -> None:
    """Sentences as the language ends them, in the order in which the card is read."""
    assert alt_text(spec, 1000) == said


def test_a_photos_description_comes_first() -> None:
    """What is to be seen only its author can say; the words on it follow."""
    said = alt_text(PHOTO, 1000, "Candles on a bridge at dusk")
    assert said == ("Candles on a bridge at dusk. Vigil. We are still here 🕯️. Photo: Ana Lee.")


def test_a_description_that_has_the_words_does_not_say_them_twice() -> None:
    """Careful authors write them into it themselves."""
    shows = "Candles on a bridge, with the words “We are still here 🕯️” above"
    assert alt_text(PHOTO, 1000, shows) == f"{shows}. Vigil. Photo: Ana Lee."


def test_a_description_is_kept_where_the_words_have_no_room() -> None:
    """What cannot be read in the post itself goes before what may be."""
    shows = "Candles on a bridge at dusk."
    assert alt_text(PHOTO, len(shows) + 3, shows) == shows


@pytest.mark.parametrize(
    ("limit", "short"),
    [
        (200, "One sentence here. And another one, longer than the first."),
        (58, "One sentence here. And another one, longer than the first."),
        (57, "One sentence here. And another one, longer than the…"),
        (34, "One sentence here."),
        (18, "One sentence here."),
        (17, "One sentence…"),
        (3, "On…"),
        (1, "…"),
        (0, ""),
    ],
)
def test_a_long_text_ends_cleanly(limit: int, short: str) -> None:
    """What is cut ends after a sentence or a word, never in the middle of one if it can."""
    text = "One sentence here. And another one, longer than the first."
    assert shortened(text, limit) == short


def test_a_long_text_without_blanks_ends_after_a_sentence_too() -> None:
    """Chinese and Japanese have none to look for."""
    assert shortened("第一句话在这里。第二句话比第一句长得多。", 15) == "第一句话在这里。"


@given(
    kind=st.sampled_from([*CardKind]),
    language=st.sampled_from([*TAGS, "sw"]),
    words=st.dictionaries(
        st.sampled_from(
            ["headline", "quote", "attribution", "figure", "label", "to", "salutation", "body"]
        ),
        st.text(max_size=120),
    ),
    shows=st.text(max_size=60),
    limit=st.integers(0, 300),
)
def test_the_limit_is_kept(
    kind: CardKind, language: str, words: dict[str, str], shows: str, limit: int
) -> None:
    """Whatever the words are, the alt text is within the limit."""
    starts = datetime(2027, 2, 25, 18, tzinfo=UTC)
    spec = CardSpec(kind, language, words, LOOK, 9, 7, date(2022, 2, 15), starts)
    assert len(alt_text(spec, limit, shows)) <= limit


@given(st.text("ab .,。👩‍👧🇬🇧é", max_size=80), st.integers(2, 60))
def test_no_grapheme_is_cut(text: str, limit: int) -> None:
    """A flag or a family is kept whole or left out."""
    short = shortened(text, limit)
    if short != text:
        kept = short.removesuffix("…")
        assert text.startswith(kept)
        ends = accumulate(map(len, regex.findall(r"\X", text)), initial=0)
        assert len(kept) in ends
