"""Which face draws what: a word cut into items of one face, one script and one direction.

- What a reader sees as one character (a grapheme) stays whole in one face.
- A word's letters of one script come from one face: the first of the family that has them all,
  those made for the script before others. Only where none has them all is each taken alone.
- Digits and punctuation take the face of the letters of their word. Where it has no letters,
  and for brackets and quotation marks, so that both of a pair look alike, it is the face of
  the text's language.
- Emoji take the colour face, unless they ask to be text (VS15, or no VS16 where Unicode shows
  them as text) and a text face has them.

Nothing here looks beyond a word; so a word is the same, and as wide, on whichever line it is.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import regex
import uharfbuzz as hb

from bot.cards.typesetting.fonts import Face, Library
from bot.cards.typesetting.nouns import Font
from bot.text.unicode import graphemes

COMMON = "Zyyy"
"""The script of what all scripts share: digits, punctuation, signs."""

# HarfBuzz shows the controls of shorthand, and no space for Ogham's.
_INVISIBLE = regex.compile(r"(?V1)[\p{Default_Ignorable_Code_Point}--[\U0001bca0-\U0001bca3]]")
_BLANK = regex.compile(r"(?V1)[\p{Zs}--\u1680]")
_EMOJI = regex.compile(
    r"""(?xV1)(?!.\ufe0e)(?:
        \p{Emoji_Presentation} | [\p{Emoji}--[0-9\#*]]\ufe0f | [0-9\#*]\ufe0f?\u20e3
        | \p{Regional_Indicator}{2} | \p{Emoji_Modifier_Base}\ufe0f?\p{Emoji_Modifier}
        | \p{Extended_Pictographic}\u200d\p{Extended_Pictographic})"""
)
_PLAIN_WORD = regex.compile(r"[!-~]+")
_PAIRED = {"Ps", "Pe", "Pi", "Pf"}
# HarfBuzz sets these from the characters in brackets where a font has none of its own.
_STAND_INS = {"\u2011": "\u2010"}
_ONE_WRITING = {"Hira": "Hani", "Kana": "Hani", "Bopo": "Hani"}
_WRITTEN_IN = {
    "Arab": "ar arz ary apc ckb fa glk ks lrc mzn pnb ps sd ug ur",
    "Armn": "hy hyw",
    "Beng": "as bn bpy",
    "Cans": "cr iu oj",
    "Cher": "chr",
    "Deva": "awa bho brx doi gom hi kok mai mr ne new sa",
    "Ethi": "am gez sgw ti tig",
    "Geor": "ka xmf",
    "Grek": "el grc",
    "Gujr": "gu",
    "Guru": "pa",
    "Hang": "ko",
    "Hani": "cdo gan hak ja lzh nan wuu yue zh",
    "Hebr": "he iw yi lad",
    "Khmr": "km",
    "Knda": "kn tcy",
    "Laoo": "lo",
    "Mlym": "ml",
    "Mtei": "mni",
    "Mymr": "kac ksw mnw my shn",
    "Nkoo": "nqo",
    "Olck": "sat",
    "Orya": "or",
    "Sinh": "si",
    "Syrc": "aii syr",
    "Taml": "ta",
    "Telu": "te",
    "Tfng": "zgh",
    "Thaa": "dv",
    "Thai": "th",
    "Tibt": "bo dz",
    "Cyrl": "ab av ba be bg bua ce cv kk ky kv mhr mk mn myv os ru sah sr tg tt tyv udm uk",
}
_SCRIPT_OF_LANGUAGE = {
    language: script for script, listed in _WRITTEN_IN.items() for language in listed.split()
}


@dataclass(frozen=True, slots=True)
class Item:
    """A part of a word that is shaped in one go: `word[start:end]`."""

    start: int
    end: int
    face: Face
    script: str
    level: int
    """Of the bidirectional algorithm; odd runs right to left."""


@lru_cache(maxsize=512)
def script_of_language(language: str) -> str:
    """Return the script that a language is written in, by its BCP 47 tag; Latin if unknown."""
    name, *rest = language.lower().replace("_", "-").split("-")
    told = next((part for part in rest if len(part) == 4 and part.isalpha()), "")
    if told in {"hans", "hant", "jpan"}:
        return "Hani"
    if told == "kore":
        return "Hang"
    return told.title() or _SCRIPT_OF_LANGUAGE.get(name, "Latn")


@lru_cache(maxsize=4096)
def script_of(char: str) -> str | None:
    """Return a letter's script as ISO 15924 code; None for what several scripts share."""
    buffer = hb.Buffer()
    buffer.add_str(char)
    buffer.guess_segment_properties()
    script: str | None = buffer.script
    return _ONE_WRITING.get(script, script) if script else None


@lru_cache(maxsize=4096)
def is_emoji(grapheme: str) -> bool:
    """Tell whether a grapheme is to be seen in colours."""
    return not grapheme.isascii() and _EMOJI.match(grapheme) is not None


def covers(face: Face, grapheme: str) -> bool:
    """Tell whether `face` can draw `grapheme`, with its marks composed or not."""
    if any(unicodedata.category(char) == "Co" for char in grapheme):
        return False
    return any(
        all(face.covers(char) or _covers_stand_in(face, char) for char in form)
        for form in _forms(grapheme)
    )


@lru_cache(maxsize=4096)
def _forms(grapheme: str) -> tuple[str, ...]:
    # What a face must have of it, as written and, where they differ, composed and decomposed.
    seen = _INVISIBLE.sub("", grapheme)
    forms = (unicodedata.normalize(form, seen) for form in ("NFC", "NFD"))
    return tuple(dict.fromkeys((seen, *forms)))


def _covers_stand_in(face: Face, char: str) -> bool:
    other = " " if _BLANK.match(char) else _STAND_INS.get(char)
    return other is not None and face.covers(other)


@lru_cache(maxsize=1024)
def candidates(script: str, emoji: bool, font: Font, library: Library) -> tuple[Face, ...]:
    """Return the faces of a family in the order in which they are tried for a script."""
    language = font.language.lower().partition("-")[0]
    family = library.family(font.family)
    meant = (face for face in family if not face.languages or language in face.languages)
    return tuple(sorted(meant, key=lambda face: (face.emoji != emoji, script not in face.scripts)))


def main_face(font: Font, library: Library) -> Face:
    """Return the face for the text's language, with which spaces and lone digits are set."""
    return candidates(script_of_language(font.language), False, font, library)[0]


def faces(
    parts: Sequence[str], font: Font, library: Library
) -> list[tuple[Face | None, str | None]]:
    """Choose face and script for each grapheme of a word; no face where none covers it."""
    scripts = [_script(part) for part in parts]
    chosen: list[Face | None] = [None] * len(parts)
    for group in _groups(scripts):
        inside = [parts[at] for at in group if scripts[at]]
        order = candidates(scripts[group[0]] or COMMON, False, font, library)
        whole = next((f for f in order if all(covers(f, part) for part in inside)), None)
        for at in group:
            if scripts[at]:
                chosen[at] = whole or _first(order, parts[at])
            elif whole and covers(whole, parts[at]):
                chosen[at] = whole
    for at, part in enumerate(parts):
        if is_emoji(part):
            chosen[at] = _first(candidates(COMMON, True, font, library), part)
    letters = [face if scripts[at] else None for at, face in enumerate(chosen)]
    for at, part in enumerate(parts):
        if chosen[at] is None and not scripts[at]:
            chosen[at] = _neutral(part, at, letters, font, library)
    return list(zip(chosen, scripts, strict=True))


@lru_cache(maxsize=4096)
def _script(grapheme: str) -> str | None:
    if is_emoji(grapheme):
        return None
    return next((found for char in grapheme if (found := script_of(char))), None)


def _first(order: Sequence[Face], grapheme: str) -> Face | None:
    return next((face for face in order if covers(face, grapheme)), None)


def _groups(scripts: Sequence[str | None]) -> list[list[int]]:
    # Letters of one script, from the first to the last, with what stands between them.
    groups: list[list[int]] = []
    for at, script in enumerate(scripts):
        if not script:
            continue
        if groups and scripts[groups[-1][0]] == script:
            groups[-1] += range(groups[-1][-1] + 1, at + 1)
        else:
            groups.append([at])
    return groups


def _neutral(
    part: str, at: int, letters: Sequence[Face | None], font: Font, library: Library
) -> Face | None:
    beside = [
        next((face for face in reversed(letters[:at]) if face), None),
        next((face for face in letters[at:] if face), None),
    ]
    own = main_face(font, library)
    paired = part == '"' or unicodedata.category(part[0]) in _PAIRED
    order = [own, *beside] if paired else [*beside, own]
    found = _first([face for face in order if face], part)
    return found or _first(candidates(COMMON, False, font, library), part)


def itemise(word: str, levels: Sequence[int], font: Font, library: Library) -> tuple[Item, ...]:
    """Cut a word, with the levels of its characters, into items in the order it is read.

    What no face covers is left out.
    """
    own = main_face(font, library)
    if not any(levels) and "Latn" in own.scripts and _PLAIN_WORD.fullmatch(word):
        return (Item(0, len(word), own, "Latn", 0),)
    parts = graphemes(word)
    ends = [0]
    for part in parts:
        ends.append(ends[-1] + len(part))
    pieces = [
        (start, end, face, script, levels[start], is_emoji(part))
        for part, (start, end), (face, script) in zip(
            parts, pairwise(ends), faces(parts, font, library), strict=True
        )
        if face
    ]
    items: list[Item] = []
    for start, end, face, script, level, emoji in pieces:
        last = items[-1] if items else None
        if (
            last
            and not emoji
            and last.end == start
            and (last.face, last.level) == (face, level)
            and (script is None or last.script in {script, COMMON})
        ):
            items[-1] = Item(
                last.start, end, face, last.script if script is None else script, level
            )
        else:
            items.append(Item(start, end, face, script or COMMON, level))
    return tuple(items)
