"""Where words part in scripts that write them without spaces.

Japanese, Chinese and Thai by BudouX's models, which are small and need no dictionary. Khmer,
Lao, Burmese and the rest have no model: there a line may end between syllables, which is how
these scripts were broken before there were computers, at a price that prefers spaces.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

import budoux
import regex

_KANA = regex.compile(r"[\p{Hiragana}\p{Katakana}]")
_HAN = regex.compile(r"\p{Han}")
_TRADITIONAL = regex.compile(r"(?i)zh-(?:.*\b)?(?:hant|tw|hk|mo)\b")

# Dependent vowels and signs stand behind what they belong to, and some vowels before.
_THAI = regex.compile(r"[\u0e00-\u0e7f]+")
_THAI_PARTS = regex.compile(r"(?<=[เแโใไ])(?=.)|(?=[\u0e30-\u0e3a\u0e45-\u0e4e\u0e2f])")

_WORD = 0.03
_SYLLABLE = 0.1
_ANYWHERE = 0.2

_SYLLABLES: tuple[tuple[regex.Pattern[str], regex.Pattern[str], float], ...] = (
    # Burmese: before a consonant that neither closes a syllable nor is stacked under another.
    (
        regex.compile(r"\p{Myanmar}+"),
        regex.compile(
            r"(?<!\u1039)(?=[\u1000-\u102a\u103f](?![\u103b-\u103e]*[\u1037\u1039\u103a]))"
        ),
        _SYLLABLE,
    ),
    # Khmer: before an independent vowel, or a consonant (others subscribed to it) with a vowel
    # of its own; one without may as well close the syllable before.
    (
        regex.compile(r"\p{Khmer}+"),
        regex.compile(
            r"(?<!\u17d2)(?=[\u17a3-\u17b3]|[\u1780-\u17a2](?:\u17d2[\u1780-\u17b3])*+"
            r"[\u17b6-\u17ca\u17ce-\u17d1])"
        ),
        _SYLLABLE,
    ),
    # Lao: likewise, and before the vowels that are written first.
    (
        regex.compile(r"\p{Lao}+"),
        regex.compile(
            r"(?=[\u0ec0-\u0ec4])"
            r"|(?<![\u0ec0-\u0ec4])(?=[\u0e81-\u0eae\u0edc-\u0edf][\u0eb0-\u0ebd\u0ec8-\u0ecd])"
        ),
        _SYLLABLE,
    ),
    # Others that Unicode says need a dictionary: Tai Tham, New Tai Lue, Ahom.
    (
        regex.compile(r"(?V1)[\p{Line_Break=SA}--[\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]]+"),
        regex.compile(r"(?=\p{L})"),
        _ANYWHERE,
    ),
)


@lru_cache(maxsize=8)
def _parser(name: str) -> budoux.Parser:
    """Read a model, when the first text needs it."""
    match name:
        case "ja":
            return budoux.load_default_japanese_parser()
        case "hant":
            return budoux.load_default_traditional_chinese_parser()
        case "hans":
            return budoux.load_default_simplified_chinese_parser()
        case _:
            return budoux.load_default_thai_parser()


def _ends(name: str, text: str) -> Iterator[int]:
    """Find where the phrases of `text` end, but the last."""
    at = 0
    for phrase in _parser(name).parse(text)[:-1]:
        at += len(phrase)
        yield at


def phrase_ends(text: str, language: str) -> frozenset[int]:
    """List where phrases of Japanese or Chinese end in `text`; nothing in other writing.

    Kana makes it Japanese, whatever `language` says.
    """
    if _KANA.search(text) or (language.startswith("ja") and _HAN.search(text)):
        name = "ja"
    elif _HAN.search(text):
        name = "hant" if _TRADITIONAL.match(language) else "hans"
    else:
        return frozenset()
    return frozenset(_ends(name, text))


def word_ends(text: str) -> dict[int, float]:
    """List where words end, or at least syllables, in scripts of South-East Asia.

    Returns what it costs to break there.
    """
    found: dict[int, float] = {}
    for run in _THAI.finditer(text):
        parts = {part.start() for part in _THAI_PARTS.finditer(text, *run.span())}
        for end in _ends("th", run[0]):
            if run.start() + end not in parts:
                found[run.start() + end] = _WORD
    for script, syllable, cost in _SYLLABLES:
        for run in script.finditer(text):
            for start in syllable.finditer(text, *run.span()):
                if run.start() < start.start() < run.end():
                    found.setdefault(start.start(), cost)
    return found
