"""From bytes to text that may be published."""

from __future__ import annotations

import codecs
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text import TextError, clean, decode
from tests.text.samples import texts


@pytest.mark.parametrize(
    "raw",
    [
        "¡Libertad!".encode(),
        codecs.BOM_UTF8 + "¡Libertad!".encode(),
        "¡Libertad!".encode("utf-16"),
        codecs.BOM_UTF16_BE + "¡Libertad!".encode("utf-16-be"),
        codecs.BOM_UTF16_LE + "¡Libertad!".encode("utf-16-le"),
        "¡Libertad!".encode("utf-32"),
    ],
)
def test_byte_order_marks(raw: bytes) -> None:
    """Text is read by its byte-order mark, else as UTF-8; the mark is never part of it."""
    assert decode(raw) == "¡Libertad!"


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (
            "Uno\nDos\nAdiós".encode("latin-1"),
            "line 3: this is not UTF-8 (byte 0xF3); save the file as UTF-8",
        ),
        (codecs.BOM_UTF8 + b"\nx\xff", "line 2: this is not UTF-8 (byte 0xFF); save the file as"),
        ("Hola".encode("utf-16-le"), "it holds zero bytes"),
        (codecs.BOM_UTF16_LE + b"\x00\xd8", "begins as UTF-16 but is damaged; save it as UTF-8"),
        (codecs.BOM_UTF16_LE + b"abc", "begins as UTF-16 but is damaged; save it as UTF-8"),
    ],
)
def test_other_encodings_are_refused(raw: bytes, message: str) -> None:
    """No encoding is guessed: the person is told where and what to do."""
    with pytest.raises(TextError) as caught:
        decode(raw)
    assert message in str(caught.value)


@given(st.binary(max_size=40))
def test_any_bytes_decode_or_are_refused(raw: bytes) -> None:
    """Reading never fails in any other way than the one for people."""
    try:
        assert isinstance(decode(raw), str)
    except TextError as error:
        assert "UTF-8" in str(error)


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("a\r\nb\rc\u2028d\u2029e\x85f\vg\fh", "a\nb\nc\nd\ne\nf\ng\nh"),
        ("a\u200bb\xadc\ufeffd\x00e\x1bf\x7fg\x9bh", "abcdefgh"),
        ("a\tb", "a b"),
        ("e\u0301", "é"),
        ("e\u200b\u0301", "é"),
        ("a\ufffe\uffff\U0001fffeb", "ab"),
    ],
)
def test_what_is_cleaned(raw: str, text: str) -> None:
    """Breaks become line feeds, what is invisible and meaningless goes, accents are composed."""
    assert clean(raw) == text


@pytest.mark.parametrize(
    "text",
    [
        "👩\u200d💻", "می\u200cخواهم", "☺\ufe0f", "☺\ufe0e", "10\xa0%", "\u200eabc\u200f",
        "\u061cabc", "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f",
        "\u2066abc\u2069", "\u202aabc\u202c", "  a \n\n b ",
    ],
)  # fmt: skip
def test_what_is_kept(text: str) -> None:
    """Joiners, emoji selectors, no-break spaces, tags, direction marks and layout stay."""
    assert clean(text) == text


@pytest.mark.parametrize("override", ["\u202d", "\u202e"])
def test_overrides_are_refused(override: str) -> None:
    """A bidirectional override can make a text read as its opposite: it is named with its place."""
    with pytest.raises(TextError, match=r"^line 2, column 3: .*override.*delete it$") as caught:
        clean(f"one\r\nab{override}c")
    assert (caught.value.line, caught.value.column) == (2, 3)
    assert str(caught.value) == f"line 2, column 3: {caught.value.reason}"


def test_half_characters_are_refused() -> None:
    """Half a surrogate pair could not be written to a file or sent."""
    with pytest.raises(TextError, match="line 1, column 2: "):
        clean("a\ud83d")


@given(texts)
def test_cleaning_twice_changes_nothing(text: str) -> None:
    """What is clean stays as it is, and is in NFC."""
    try:
        once = clean(text)
    except TextError:
        return
    assert clean(once) == once
    assert unicodedata.is_normalized("NFC", once)


@given(st.text("a\u0301\u0327\u0323é\u0344क़", min_size=40, max_size=90))
def test_long_runs_of_marks_normalise_as_the_library_does(text: str) -> None:
    """The short cut around the library's slow sorting gives the library's own result."""
    assert clean(text) == unicodedata.normalize("NFC", text)
