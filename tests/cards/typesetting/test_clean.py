"""Text as it comes from Word, phones and hostile hands, made ready to be set."""

from __future__ import annotations

import unicodedata

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from bot.cards.typesetting import bidi
from bot.cards.typesetting.clean import MOST_ISOLATES, MOST_MARKS, settled


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("  Free \t the\u3000press ", "Free the press"),
        ("one\r\ntwo\u2028three\x85four", "one\ntwo\nthree\nfour"),
        ("one \n \n\n two\n", "one\n\ntwo"),
        # No-break spaces stay, thin ones become them; a run with a plain space is a space.
        ("oui\u202f! 10\u00a0000\u2009€", "oui\u202f! 10\u00a0000\u202f€"),
        ("a \u00a0b", "a b"),
        ("\u00a0a\u00a0\u00a0b\u00a0", "a\u00a0b"),
        # Composed, so that every font has a chance.
        ("Cafe\u0301", "Café"),
        ("ﬁn 𝗙𝗿𝗲𝗲 ﻣﺮﺣﺒﺎ", "fin Free مرحبا"),
        # Of Word: soft hyphens, byte-order marks, bullets of its symbol fonts.
        ("\ufeffso\u00adft\x07 \uf0b7 point \uf0e0 more", "soft • point → more"),
        ("ze\u200bro \ufffcwidth\u200b", "zero width"),
        # What joins, selects and steers stays where it does so.
        ("👩\u200d🔬 ❤\ufe0f 1\ufe0f\u20e3", "👩\u200d🔬 ❤\ufe0f 1\ufe0f\u20e3"),
        ("می\u200cخواهم क\u094d\u200dष", "می\u200cخواهم क\u094d\u200dष"),
        ("葛\U000e0100飾", "葛\U000e0100飾"),
        ("ไทย\u200bไทย", "ไทย\u200bไทย"),
        ("a\u200db\ufe0f x\u200c\u200c", "ab x\u200c"),
        ("אב\u200f! \u2067abc\u2069", "אב\u200f! \u2067abc\u2069"),
        ("abc\u200f \u2067def\u2069", "abc def"),
        # Flags of nations are tags; tags by themselves are text that hides.
        ("\U0001f3f4\U000e0067\U000e0062\U000e007f", "\U0001f3f4\U000e0067\U000e0062\U000e007f"),
        ("a\U000e0067\U000e0062b", "ab"),
        # Half characters cannot be drawn, nor anything that only looks empty.
        ("a\ud800b\ufffec\u3164d", "abc d"),
        # Overrides go, embeddings become isolates, and both are balanced.
        ("\u202eאבג\u202c", "אבג"),
        ("אב \u202b12-3\u202c ג", "אב \u206712-3\u2069 ג"),
        ("אב\u2069\u2069 \u2067ג\nד", "אב \u2067ג\u2069\nד"),
    ],
)
def test_what_is_meant_stays_and_the_rest_goes(text: str, expected: str) -> None:
    """Nothing invisible reaches the fonts but what changes what is seen."""
    assert settled(text) == expected


def test_letters_carry_no_more_marks_than_writing_has() -> None:
    """A text that drips over its lines (zalgo) is cut back; Hebrew with accents is not."""
    assert settled("a" + "\u0316" * 500 + "b") == "a" + "\u0316" * MOST_MARKS + "b"
    pointed = "בְּ\u05c1\u0591\u05bd"
    assert len(settled(pointed)) == len(unicodedata.normalize("NFC", pointed))


def test_isolates_are_no_deeper_than_anybody_writes() -> None:
    """A thousand isolates within each other cost nothing and stay balanced."""
    text = settled("\u2067" * 1000 + "א" + "\u2069" * 998)
    assert text.count("\u2067") == text.count("\u2069") == MOST_ISOLATES


HARD = st.text(
    st.one_of(
        st.sampled_from(
            "ab \u00a0\u202f\t\n\r\u2028\u200b\u200c\u200d\u200e\u200f\u061c\u2060\u034f\ufeff"
            "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufe0e\ufe0f\ufe00\U000e0100"
            "\u0301\u0316\u0e31ไก👩🏽1\u20e3\U0001f3f4\U000e0067\U000e007fאבم葛ᠠ\u180bﬁ\uf0b7\ud800"
        ),
        st.characters(),
    ),
    max_size=60,
)


@given(HARD)
def test_settled_text_is_settled(text: str) -> None:
    """Settling twice changes nothing; spaces are single, lines trimmed, isolates balanced."""
    once = settled(text)
    assert settled(once) == once
    assert unicodedata.is_normalized("NFC", once)
    assert not regex.search(
        r"[ \u00a0]{2}|\n{3}|^\s|\s$|\s\n|\n[^\S\n]|[\p{Cs}\u202a-\u202e]", once
    )
    for line in once.split("\n"):
        assert len(regex.findall("[\u2066-\u2068]", line)) == line.count("\u2069")
        bidi.levels(line, 0)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("شارك #FreeTheRiver اليوم", "شارك \u2066#FreeTheRiver\u2069 اليوم"),
        ("חתמו: (@loud_hailer)", "חתמו: (\u2066@loud_hailer\u2069)"),
        ("اتصل +44 20 7946 0958،", "اتصل \u2066+44 20 7946 0958\u2069،"),
        ("انظر www.example.org/a?b=1 هنا", "انظر \u2066www.example.org/a?b=1\u2069 هنا"),
        ("شارك #حرية_الصحافة اليوم", "شارك #حرية_الصحافة اليوم"),
        ("Share #FreeTheRiver today, +44 20 7946 0958", None),
    ],
)
def test_latin_names_read_their_own_way(text: str, shown: str | None) -> None:
    """Beside Arabic and Hebrew a Latin hashtag keeps its sign before it; else nothing changes."""
    assert settled(text) == (shown or text)
    assert settled(settled(text)) == settled(text)
