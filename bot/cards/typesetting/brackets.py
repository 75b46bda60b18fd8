"""Bidirectional classes and paired brackets of characters (Unicode's UAX #9)."""

from __future__ import annotations

from typing import Final

import regex

# One letter a class, so that a text's classes are a string that patterns can be matched to.
LETTERS: Final = {
    "L": "L", "R": "R", "AL": "A", "EN": "E", "ES": "S", "ET": "T", "AN": "N", "CS": "C",
    "NSM": "M", "BN": "b", "B": "P", "S": "G", "WS": "W", "ON": "O", "LRE": "1", "RLE": "2",
    "LRO": "3", "RLO": "4", "PDF": "5", "LRI": "6", "RLI": "7", "FSI": "8", "PDI": "9",
}  # fmt: skip

# `regex` follows Unicode more closely than `unicodedata`, which is as old as the interpreter,
# and gives characters that are yet to come the direction of their block.
_ANY = regex.compile("|".join(rf"(?P<{name}>\p{{Bidi_Class={name}}})" for name in LETTERS))


class _Classes(dict[int, str]):
    def __missing__(self, code: int) -> str:
        found = _ANY.match(chr(code))
        name = found.lastgroup if found else None
        letter = self[code] = LETTERS[name or "L"]
        return letter


_CLASSES = _Classes()


def classes_of(text: str) -> str:
    """Spell the bidirectional class of each character with its letter of `LETTERS`."""
    return text.translate(_CLASSES)


# BidiBrackets.txt of Unicode 15 to 17, in pairs.
_PAIRS = (
    "()[]{}༺༻༼༽᚛᚜⁅⁆⁽⁾₍₎⌈⌉⌊⌋\u2329\u232a❨❩❪❫❬❭❮❯❰❱❲❳❴❵⟅⟆⟦⟧⟨⟩⟪⟫⟬⟭⟮⟯⦃⦄⦅⦆⦇⦈⦉⦊⦋⦌⦍⦐⦏⦎⦑⦒⦓⦔⦕⦖⦗⦘"
    "⧘⧙⧚⧛⧼⧽⸢⸣⸤⸥⸦⸧⸨⸩⹕⹖⹗⹘⹙⹚⹛⹜〈〉《》「」『』【】〔〕〖〗〘〙〚〛﹙﹚﹛﹜﹝﹞（）［］｛｝｟｠｢｣"
)
# Two that Unicode calls the same as the CJK angle brackets.
_SAME = {"\u2329": "\u3008", "\u232a": "\u3009"}

CLOSER_OF: Final = {
    opener: _SAME.get(closer, closer)
    for opener, closer in zip(_PAIRS[::2], _PAIRS[1::2], strict=True)
}
"""The closing bracket that an opening one is paired with."""
CLOSERS: Final = {closer: _SAME.get(closer, closer) for closer in _PAIRS[1::2]}
"""Each closing bracket, as `CLOSER_OF` spells it."""
