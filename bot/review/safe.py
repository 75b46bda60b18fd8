"""Words that may be written to a terminal, whoever wrote them.

A submission is a stranger's text. A control character in it could move the cursor, rename the
window or paint a false screen; a direction mark could make `evil.example` read as another
host. Both are shown as `<U+202E>`: seen, and without effect.
"""

from __future__ import annotations

from collections.abc import Iterator

import regex
from rich.cells import cell_len

from bot.text import graphemes

_STEERING = regex.compile(r"[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}--\n]", regex.V1)
_JOINER = regex.compile(r"[\u200c\u200d]")
"""They shape Persian, Indic letters and emoji; between plain letters they only hide."""
_JOINED = regex.compile(r"[[\p{L}\p{M}\p{S}]--[\p{Latin}\x00-\x7f]]", regex.V1)
_BLANK = regex.compile(r"[\t\p{Zs}]")


def shown(text: str) -> str:
    """Give `text` as it may be written to a terminal; line feeds stay."""
    text = _BLANK.sub(" ", text)
    return _STEERING.sub(lambda found: _named(found, text), text)


def _named(found: regex.Match[str], text: str) -> str:
    sign, at = found[0], found.start()
    if _JOINER.match(sign) and _is_joined(text, at):
        return sign
    return f"<U+{ord(sign):04X}>"


def _is_joined(text: str, at: int) -> bool:
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    return bool(_JOINED.match(before)) and bool(_JOINED.match(after))


def width(text: str) -> int:
    """Count the columns that a terminal gives to `text`."""
    return int(cell_len(text))


def pieces(text: str) -> Iterator[str]:
    """Cut a line where it may be broken: behind blanks; what is left is a word."""
    yield from regex.findall(r"[^ ]+ *| +", text)


def cut(word: str, columns: int) -> Iterator[str]:
    """Cut a word that is wider than a line, between graphemes."""
    part, wide = "", 0
    for grapheme in graphemes(word):
        more = width(grapheme)
        if part and wide + more > columns:
            yield part
            part, wide = "", 0
        part, wide = part + grapheme, wide + more
    if part:
        yield part


def shortened(text: str, columns: int) -> str:
    """Cut a line to a width; what is left out is an ellipsis."""
    line = " ".join(shown(text).split())
    if width(line) <= columns:
        return line
    return next(cut(line, max(1, columns - 1)), "") + "…"
