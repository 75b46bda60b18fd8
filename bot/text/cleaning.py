"""From a file's bytes to text that may be published.

Nothing is guessed: a guess at the encoding garbles short texts, and silently. What is invisible
and meaningless is dropped, what is invisible and meaningful (joiners, emoji selectors, no-break
spaces, direction marks) stays, and what can make a text read differently from what it says is
refused.
"""

from __future__ import annotations

import codecs

import regex

from bot.text.unicode import nfc

_BOMS = (
    # UTF-32 first: its little-endian mark begins with UTF-16's.
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

_BREAKS = regex.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
# Controls but the line feed, zero-width space, soft hyphen, byte-order mark, and code points that
# are no characters (X refuses those).
_DROPPED = regex.compile(r"[\p{Cc}\u200b\u00ad\ufeff\p{Noncharacter_Code_Point}--\n]", regex.V1)
_REFUSED = regex.compile("[\u202d\u202e\ud800-\udfff]")
_WHY_REFUSED = {
    "\u202d": "a left-to-right override (U+202D), which makes text read differently from what "
    "it says; delete it",
    "\u202e": "a right-to-left override (U+202E), which makes text read differently from what "
    "it says; delete it",
}


class TextError(ValueError):
    """A text that cannot be taken as it is; the message is for the person who wrote it.

    `line` and `column` count from 1, columns in code points; None where the whole file is meant.
    `reason` is the message without the place.
    """

    def __init__(self, message: str, line: int | None = None, column: int | None = None) -> None:
        self.reason = message
        self.line = line
        self.column = column
        where = f"line {line}, column {column}: " if line and column else ""
        where = where or (f"line {line}: " if line else "")
        super().__init__(where + message)


def decode(raw: bytes) -> str:
    """Read a file's bytes: by their byte-order mark, else as strict UTF-8.

    Returns the text without the mark, otherwise unchanged; `clean` does the rest.

    Raises:
        TextError: The bytes are neither; it says in which line and what to do.
    """
    for mark, encoding in _BOMS:
        if raw.startswith(mark):
            try:
                return raw.decode(encoding)
            except UnicodeDecodeError as error:
                if encoding == "utf-8-sig":
                    raise _not_utf8(raw, error.start + len(mark)) from error
                raise TextError(
                    f"the file begins as {encoding.upper()} but is damaged; save it as UTF-8"
                ) from error
    if b"\0" in raw:
        raise TextError("this is not a text in UTF-8 (it holds zero bytes); save it as UTF-8")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _not_utf8(raw, error.start) from error


def _not_utf8(raw: bytes, at: int) -> TextError:
    line = raw.count(b"\n", 0, at) + 1
    return TextError(f"this is not UTF-8 (byte 0x{raw[at]:02X}); save the file as UTF-8", line)


def clean(raw: str) -> str:
    """Return `raw` as it may be published.

    Line breaks of every kind become line feeds, tabs a space; zero-width space, soft hyphen,
    byte-order mark, controls and non-characters are dropped; the rest is in NFC. Cleaning twice
    changes nothing. White space at the ends is left to the caller.

    Raises:
        TextError: It holds a bidirectional override or half a surrogate pair.
    """
    text = _BREAKS.sub("\n", raw).replace("\t", " ")
    if refused := _REFUSED.search(text):
        line = text.count("\n", 0, refused.start()) + 1
        column = refused.start() - (text.rfind("\n", 0, refused.start()) + 1) + 1
        why = _WHY_REFUSED.get(refused[0], "half a character; save the file as UTF-8")
        raise TextError(f"this is {why}", line, column)
    return nfc(_DROPPED.sub("", text))
