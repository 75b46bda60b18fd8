"""Text as it comes, from YAML, from Word, from a phone, made ready to be set.

What cannot be seen and changes nothing is dropped, so that it can neither part a word nor
stand in the way of a font that has no glyph for it. What cannot be seen and matters stays:
joiners, variation selectors and tags where they belong, no-break spaces, isolates.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

import regex

from bot.text.unicode import nfc

MOST_MARKS = 8
"""Marks that a letter keeps; the most that writing stacks are five (Hebrew with its accents)."""
MOST_ISOLATES = 4
"""Directional isolates within each other that are kept."""

_PLAIN = regex.compile(r"[\x21-\x7e]+(?: [\x21-\x7e]+)*+")
_BREAKS = regex.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
_SPACES = regex.compile(r"[\s\u180e\u200b]+")
# Word writes bullets and arrows as private characters of its fonts Symbol and Wingdings.
_OTHERS = str.maketrans({
    "\uf0b7": "•", "\uf0a7": "▪", "\uf0d8": "➢", "\uf0fc": "✓", "\uf0e0": "→", "\uf0e8": "→",
    # Thin spaces stand where a narrow no-break space is meant: in numbers, before French marks.
    "\u2009": "\u202f", "\u200a": "\u202f", "\u2007": "\u00a0",
    # Letters that look empty, for text that wants to hide: Hangul fillers, blank Braille.
    "\u3164": " ", "\uffa0": " ", "\u2800": " ",
    # Overrides make a text read differently from what it says. Embeddings become isolates,
    # as UAX #9 advises (2.4), and so have to be balanced once only.
    "\u202d": None, "\u202e": None,
    "\u202a": "\u2066", "\u202b": "\u2067", "\u202c": "\u2069",
})  # fmt: skip
# Letters spelled with a character of their own for their look: bold mathematics, ligatures,
# Arabic letters as they stand in PDF files. Fonts have the plain ones.
_LOOKS = regex.compile("[\U0001d400-\U0001d7ff\ufb00-\ufb06\ufe70-\ufefc]+")
_DROPPED = regex.compile(
    r"(?V1)(?<tags>\U0001f3f4[\U000e0020-\U000e007e]{1,8}\U000e007f)"
    r"|[\p{Cc}--\n]|\p{Cs}|\p{Noncharacter_Code_Point}|[\ufff9-\ufffc]"
    r"|[\p{Default_Ignorable_Code_Point}"
    r"--[\u061c\u115f\u1160\u200b-\u200f\u2060\u2066-\u2069\p{Variation_Selector}]]"
)
_JOINS = r"[\p{L}\p{M}\p{Extended_Pictographic}\p{Emoji_Modifier}\ufe0f]"
_PLAIN_LETTERS = r"[\p{Latin}\p{Greek}\p{Cyrillic}\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}]"
_STRAY = regex.compile(
    r"(?V1)"
    # A joiner joins something to what is before it; a non-joiner parts, in German too.
    rf"(?<!{_JOINS})\u200c|(?<![{_JOINS}--{_PLAIN_LETTERS}])\u200d|(?<=[\u200c\u200d])[\u200c\u200d]"
    # A selector selects a form of a character that has several.
    r"|(?<!\p{Emoji})[\ufe0e\ufe0f]|(?<!\p{Mongolian})[\u180b-\u180d\u180f]"
    r"|(?<![\p{Han}\p{S}\p{N}])[\ufe00-\ufe0d]|(?<!\p{Han})[\U000e0100-\U000e01ef]"
    # A zero-width space parts words of scripts that write them without spaces.
    r"|(?<!\p{Line_Break=SA})\u200b|\u200b(?!\p{Line_Break=SA})"
    r"|(?<![^\s])\u2060|\u2060(?=[\s\u2060]|$)"
)
_RIGHT_TO_LEFT = regex.compile(r"(?V1)[\p{bc=R}\p{bc=AL}\p{bc=AN}--\p{Cf}]")
# Beside words that run from right to left these are read by themselves, as networks show them;
# else their sign would jump to the other end.
_OWN_WAY = regex.compile(
    r"(?V1)(?<![^\s(\[{\"'“”«»:،])(?:"
    r"[#@＃＠](?=[\p{N}_]*\p{Latin})[\p{Latin}\p{M}\p{N}_.\-]*[\p{Latin}\p{N}_]"
    r"|(?:https?://|www\.)[!-~]*[A-Za-z0-9/_#=&]"
    r"|\+\p{N}(?:[ \u00a0\-/()]*\p{N}){5,}+)(?![\p{L}\p{N}])"
)
_ISOLATES = regex.compile("[\u2066-\u2069]")
_STEERING = regex.compile("[\u061c\u200e\u200f\u2066-\u2069]")
_MANY_MARKS = regex.compile(rf"(?V1)([\p{{M}}--\p{{Variation_Selector}}]{{{MOST_MARKS}}})\p{{M}}+")


@lru_cache(maxsize=256)
def settled(text: str) -> str:
    """Return `text` as it is set: in NFC, with one space where any white space was.

    A line break stays a line break, an empty line one empty line. No-break spaces stay.
    Dropped are controls, lone surrogates, soft hyphens (as in the post itself), zero-width
    spaces but between letters of Thai and its like, byte-order marks, stray joiners,
    selectors and tags, direction marks where nothing runs from right to left, and marks
    beyond `MOST_MARKS` on one letter. Beside words that run from right to left, Latin hashtags
    and addresses are isolated. Settling twice changes nothing.
    """
    if _PLAIN.fullmatch(text):
        return text
    text = _BREAKS.sub("\n", text).translate(_OTHERS)
    text = _DROPPED.sub(lambda found: found["tags"] or "", text)
    text = _LOOKS.sub(lambda found: unicodedata.normalize("NFKC", found[0]), text)
    text = _MANY_MARKS.sub(r"\1", nfc(_STRAY.sub("", _directed(text))))
    text = _SPACES.sub(_space, text).strip("\n \u00a0\u202f")
    return isolated(text) if _RIGHT_TO_LEFT.search(text) else text


def isolated(text: str) -> str:
    """Isolate Latin hashtags, handles, addresses and telephone numbers, if nobody isolated any."""
    return text if _ISOLATES.search(text) else _OWN_WAY.sub("\u2066\\g<0>\u2069", text)


def _space(run: regex.Match[str]) -> str:
    """Make one of many: the strongest of line break, space and no-break space."""
    breaks = run[0].count("\n")
    if breaks:
        return "\n" * min(breaks, 2)
    if run[0] == "\u200b":
        return run[0]
    plain = run[0].strip("\u200b")
    return plain[0] if not plain.strip("\u00a0\u202f") else " "


def _directed(text: str) -> str:
    """Balance isolates within each line, and drop direction marks that steer nothing."""
    if not _STEERING.search(text):
        return text
    if not _RIGHT_TO_LEFT.search(text):
        return _STEERING.sub("", text)
    return "\n".join(map(_balanced, text.split("\n")))


def _balanced(line: str) -> str:
    out: list[str] = []
    opened = ignored = 0
    for char in line:
        if char in "\u2066\u2067\u2068":
            if opened == MOST_ISOLATES:
                ignored += 1
                continue
            opened += 1
        elif char == "\u2069":
            if ignored:
                ignored -= 1
                continue
            if not opened:
                continue
            opened -= 1
        out.append(char)
    return "".join(out) + "\u2069" * opened
