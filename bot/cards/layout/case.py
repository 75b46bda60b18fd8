"""Capitals, as each language writes them."""

from __future__ import annotations

import unicodedata

import regex

_LINKS = regex.compile(r"\S*(?:://|@|\w\.\w{2,}/|^www\.)\S*")
_GREEK_ACCENTED = regex.compile(r"\p{Greek}\p{M}*")
_GREEK_ACCENTS = dict.fromkeys(map(ord, "\u0300\u0301\u0304\u0306\u0342\u0313\u0314\u0345"))
_DIALYTIKA = "\u0308"
_HIATUS = regex.compile(r"(?P<first>[αεηουωΑΕΗΟΥΩ])[\u0301\u0342](?P<second>[ιυΙΥ])(?!\u0308)")
_OR = regex.compile(r"(?<!\w)η\u0301(?!\w)")
_KEPT = regex.compile(r"\p{Georgian}+|(?<=\d)(?:s|th|st|nd|rd)\b")
"""Georgian, and what ends a number: the 1960s, the 25th."""
_DOTTED = ("tr", "az", "crh", "tt")
"""Languages that write a dot on capital I where the small letter has one."""


def upper(text: str, language: str) -> str:
    """Write `text` in capitals; addresses, and scripts that have none, stay as they are.

    Turkish ı and i stay apart, Greek loses its accents, German ß becomes the capital ẞ that
    official spelling has had since 2017, and Georgian, whose capitals are for whole titles of
    a special kind, is left alone.
    """
    base = language.replace("_", "-").split("-")[0].lower()
    parts, at = [], 0
    for link in _LINKS.finditer(text):
        parts += [_upper(text[at : link.start()], base), link[0]]
        at = link.end()
    return "".join((*parts, _upper(text[at:], base)))


def _upper(text: str, base: str) -> str:
    if base in _DOTTED:
        text = text.replace("i", "İ").replace("ı", "I")
    if base == "de":
        text = text.replace("ß", "ẞ")
    if base == "hy":
        text = text.replace("և", "ԵՎ")
    if regex.search(r"\p{Greek}", text):
        text = _greek(text)
    parts, at = [], 0
    for kept in _KEPT.finditer(text):
        parts += [text[at : kept.start()].upper(), kept[0]]
        at = kept.end()
    return "".join((*parts, text[at:].upper()))


def _greek(text: str) -> str:
    """Take the accents from Greek letters; a dialytika shows where two vowels stay two."""
    apart = unicodedata.normalize("NFD", text)
    # A lone accented eta is the word "or", which keeps its accent to be told from the article.
    apart = _OR.sub("\ue000", apart)
    apart = _HIATUS.sub(rf"\g<first>\g<second>{_DIALYTIKA}", apart)
    bare = _GREEK_ACCENTED.sub(lambda found: found[0].translate(_GREEK_ACCENTS), apart)
    return unicodedata.normalize("NFC", bare.replace("\ue000", "Η\u0301"))
