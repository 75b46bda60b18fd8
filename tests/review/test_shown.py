"""Whatever somebody wrote: no sign of it steers the terminal, and no word of it is lost."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.review.rows import Look, Row, lines, quoted, row
from bot.review.safe import shortened, shown, width
from bot.review.screen import Screen
from bot.review.terminal import Size

ANY = st.text(st.characters(codec=None), max_size=200)
_SIGNS = (
    "\x1b[2J", "\x1b]0;x\x07", "\x9b31m", "\u202e", "\u2066", "\u200f", "\u200d", "\r", "\x08",
    "\x00", "\u2028", "a", "مرحبا", "日本", "👨\u200d👩\u200d👧", "\ud800", "\U000e0041", " ",
)  # fmt: skip
HOSTILE = st.lists(st.sampled_from(_SIGNS)).map("".join)


class Paper:
    """A terminal that keeps what is written."""

    def __init__(self, columns: int, rows: int) -> None:
        self._size = Size(columns, rows)
        self.frames: list[str] = []

    def size(self) -> Size:
        """Tell how large it is."""
        return self._size

    def write(self, text: str) -> None:
        """Keep a frame."""
        self.frames.append(text)


def test_what_steers_a_terminal_is_named_instead() -> None:
    """A reviewer sees that there is something, and it has no effect."""
    assert shown("a\x1b[31mb\x9b\u202e\r") == "a<U+001B>[31mb<U+009B><U+202E><U+000D>"


def test_what_shapes_letters_stays() -> None:
    """Persian joins and families of emoji are spelled with joiners; between Latin they hide."""
    assert shown("می\u200cشود 👨\u200d👩\u200d👧") == "می\u200cشود 👨\u200d👩\u200d👧"
    assert shown("pay\u200dpal") == "pay<U+200D>pal"


@given(ANY | HOSTILE)
def test_nothing_shown_is_a_control(text: str) -> None:
    """But for line feeds, which the layout takes out, and joiners."""
    for sign in shown(text):
        assert (
            sign in "\n\u200c\u200d"
            or unicodedata.category(sign)[0] != "C"
            or (
                unicodedata.category(sign) == "Cn"  # newer than this Python
            )
        ), repr(sign)


@given(text=ANY | HOSTILE, columns=st.integers(8, 120), rows=st.integers(5, 50))
def test_a_frame_holds_only_our_own_escapes(text: str, columns: int, rows: int) -> None:
    """Head, rows, bars, foot: all of a stranger's words pass one gate."""
    paper = Paper(columns, rows)
    screen = Screen(paper, colour=True)
    spans = ((text, Look.GONE), (text, Look.NEW))
    screen.draw(
        text, [row(text, indent=3, lead=text), quoted(text), Row(spans, bar=True)], [row(text)]
    )
    (frame,) = paper.frames
    ours = (
        "\x1b[H",
        "\x1b[K",
        "\x1b[J",
        "\x1b[0m",
        "\x1b[1m",
        "\x1b[2m",
        "\x1b[31;9m",
        "\x1b[1;32m",
    )
    for own in (*ours, "\r\n"):
        frame = frame.replace(own, "")
    assert not any(unicodedata.category(sign) in ("Cc", "Cs") for sign in frame), repr(frame)
    assert not set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f") & set(
        frame
    )


@given(text=ANY, columns=st.integers(10, 100))
def test_wrapping_keeps_all_words_and_the_width(text: str, columns: int) -> None:
    """What is approved is what was seen: no letter falls off the right edge."""
    made = lines([quoted(text)], columns)
    bodies = ["".join(words for words, _ in line.spans[1:]) for line in made]
    assert "".join("".join(bodies).split()) == "".join(shown(text).split())
    assert all(width(body) <= columns - 2 for body in bodies)


@pytest.mark.parametrize("text", ["日本語" * 9, "a" * 50, "👨\u200d👩\u200d👧" * 20])
def test_a_word_wider_than_the_screen_is_cut_between_letters(text: str) -> None:
    """Scripts without blanks, and long addresses."""
    made = lines([row(text)], 12)
    assert len(made) > 1
    assert "".join(words for line in made for words, _ in line.spans) == text


def test_a_headline_is_one_line() -> None:
    """A name that is too long is cut, with a sign that it is."""
    assert shortened("one\ntwo three", 9) == "one two …"
    assert width(shortened("日本語日本語", 5)) <= 5


def test_a_screen_knows_what_was_read() -> None:
    """A yes counts only for what was on the screen: to the end, without a gap."""
    screen = Screen(Paper(40, 10), colour=False)
    rows = [row(f"line {n}") for n in range(30)]
    screen.open()
    screen.draw("x", rows, [row("keys")])
    assert not screen.is_read
    screen.scroll(1000)
    screen.draw("x", rows, [row("keys")])
    assert not screen.is_read  # the middle was skipped
    screen.scroll(-1000)
    while screen.scroll(screen.page):
        screen.draw("x", rows, [row("keys")])
    assert screen.is_read


def test_a_small_screen_still_shows_what_asks() -> None:
    """Of a foot that is too high, the end is seen: the line that is being typed."""
    paper = Paper(40, 8)
    Screen(paper, colour=False).draw(
        "x", [row("text")], [*(row(f"reason {n}") for n in range(20)), row("Why? _")]
    )
    assert "Why? _" in paper.frames[-1]
