"""Text to glyphs: one line, the shape and place of each letter.

Words are shaped one by one and kept, with spaces of one width between them: so a line is exactly
as wide as its words and spaces are, and trying where to break a text measures each word once.
Everything here may run in several threads at once.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

import regex
import uharfbuzz as hb

from bot.cards.typesetting import bidi
from bot.cards.typesetting.fonts import Face, Library
from bot.cards.typesetting.itemise import (
    COMMON,
    Item,
    faces,
    itemise,
    main_face,
    script_of_language,
)
from bot.cards.typesetting.nouns import Font, Glyph, Line, Run
from bot.text.unicode import graphemes

_SPACES = " \u00a0"
_PIECES = regex.compile(rf"([{_SPACES}]+)|[^{_SPACES}]+")
_FEATURES = {False: {"lnum": True}, True: {"lnum": True, "tnum": True}}
# A letter for which the eye takes the height of a script without capitals.
_TALL = {
    "Arab": "ا", "Beng": "ক", "Deva": "क", "Gujr": "ક", "Guru": "ਕ", "Hani": "国", "Hebr": "ה",
    "Khmr": "ក", "Knda": "ಕ", "Laoo": "ກ", "Mlym": "ക", "Mymr": "က", "Orya": "କ", "Sinh": "ක",
    "Taml": "க", "Telu": "క", "Thaa": "ހ", "Thai": "ก", "Tibt": "ཀ", "Ethi": "ሀ", "Syrc": "ܐ",
}  # fmt: skip
_NOWHERE = -99.0
_SHORT = 40
"""Characters of texts that are kept; longer ones seldom come again, and take much memory."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """A word or a part of it, in one face and direction; lengths in em, at the origin."""

    face: Face
    level: int
    glyphs: tuple[tuple[int, float, float, int], ...]
    """Of each: id, x, y, and the character of the word that it stands for."""
    width: float
    above: float
    below: float
    lettered: bool
    """Holds letters of a script, not only signs."""


def width_of(text: str, font: Font, library: Library, rtl: bool) -> float:
    """Measure `text` set in one line, in em, including spaces at its ends.

    It adds up: the widths of `a`, of a space and of `b` are that of `a b`.

    Raises:
        CardError: there is no such font, or its file is missing or damaged.
    """
    measure = _short_width if len(text) <= _SHORT else _width
    return measure(text, font, library, rtl)


def _width(text: str, font: Font, library: Library, rtl: bool) -> float:
    return sum(piece.width for _, piece in _pieces(text, font, library, rtl))


_short_width = lru_cache(maxsize=8192)(_width)


def shape_line(text: str, font: Font, library: Library, rtl: bool) -> Line:
    """Set `text` in one line; `rtl` is the direction of its paragraph.

    What no face covers is left out: see `uncovered`.

    Raises:
        CardError: there is no such font, or its file is missing or damaged.
    """
    seen = text.rstrip()
    pieces = _pieces(seen, font, library, rtl)
    if any(piece.level for _, piece in pieces):
        order = bidi.reordered([piece.level for _, piece in pieces])
        pieces = [pieces[index] for index in order]
    runs: list[tuple[Face, list[Glyph]]] = []
    x, above, below = 0.0, _NOWHERE, _NOWHERE
    most: dict[Face, float] = {}
    for at, piece in pieces:
        if piece.glyphs:
            if not runs or runs[-1][0] is not piece.face:
                runs.append((piece.face, []))
            runs[-1][1].extend(
                [Glyph(id_, x + gx, y, at + cluster) for id_, gx, y, cluster in piece.glyphs]
            )
            above, below = max(above, piece.above), max(below, piece.below)
            if piece.lettered:
                most[piece.face] = most.get(piece.face, 0.0) + piece.width
        x += piece.width
    inked = above > _NOWHERE
    main = max(most, key=lambda face: most[face]) if most else main_face(font, library)
    return Line(
        text=seen,
        runs=tuple(Run(face.path, tuple(glyphs), face.emoji) for face, glyphs in runs),
        width=x,
        above=above if inked else 0.0,
        below=below if inked else 0.0,
        cap_height=_cap_height(main),
    )


def uncovered(text: str, font: Font, library: Library) -> tuple[str, ...]:
    """List the graphemes of `text` that no face of the family has, each once."""
    missing: dict[str, None] = {}
    for word in dict.fromkeys(text.split()):
        parts = graphemes(word)
        chosen = faces(parts, font, library)
        missing |= {part: None for part, (face, _) in zip(parts, chosen, strict=True) if not face}
    return tuple(missing)


def _pieces(text: str, font: Font, library: Library, rtl: bool) -> list[tuple[int, _Piece]]:
    # In the order they are read, each with its place in the text.
    levels = None if not rtl and text.isascii() else bidi.levels(text, int(rtl))
    if levels is not None and not any(levels):
        levels = None
    found = []
    for match in _PIECES.finditer(text):
        start, end = match.span()
        inside = tuple(levels[start:end]) if levels else None
        if match[1]:
            space = _space(font, library, inside[0] if inside else 0)
            found += [(at, space) for at in range(start, end)]
        else:
            shape = _short_word if end - start <= _SHORT else _word
            found += [(start, piece) for piece in shape(match[0], inside, font, library)]
    return found


@lru_cache(maxsize=64)
def _space(font: Font, library: Library, level: int) -> _Piece:
    face = main_face(font, library)
    if not face.covers(" "):
        face = library.family(font.family)[0]
    buffer = hb.Buffer()
    buffer.add_str(" ")
    buffer.direction = "ltr"
    buffer.script = script_of_language(font.language)
    buffer.language = font.language
    hb.shape(face.font, buffer)
    width = buffer.glyph_positions[0].x_advance * face.unit + face.tracking + face.word_space
    return _Piece(face, level, (), width, _NOWHERE, _NOWHERE, lettered=False)


def _word(
    word: str, levels: tuple[int, ...] | None, font: Font, library: Library
) -> tuple[_Piece, ...]:
    items = itemise(word, levels or (0,) * len(word), font, library)
    return tuple(_shaped(word, item, font) for item in items)


_short_word = lru_cache(maxsize=2048)(_word)


def _shaped(word: str, item: Item, font: Font) -> _Piece:
    face = item.face
    buffer = hb.Buffer()
    buffer.add_str(word, item.start, item.end - item.start)
    # An emoji's parts combine in their written order, whichever way the line runs.
    rtl = bool(item.level % 2) and not face.emoji
    buffer.direction = "rtl" if rtl else "ltr"
    # Signs alone belong to no script: HarfBuzz would turn them to a script's own direction.
    latin = item.script == COMMON and not rtl and "Latn" in face.scripts
    buffer.script = "Latn" if latin else item.script
    buffer.language = font.language
    buffer.flags = hb.BufferFlags.REMOVE_DEFAULT_IGNORABLES
    hb.shape(face.font, buffer, _FEATURES[font.tabular])
    unit = face.unit
    x, above, below = 0.0, _NOWHERE, _NOWHERE
    glyphs = []
    for info, place in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
        advance, shift, y = place.x_advance, place.x_offset, -place.y_offset * unit
        if font.tabular and word[info.cluster].isdecimal():
            cell = _cell(face, word[info.cluster])
            advance, shift = cell, shift + (cell - advance) / 2
        glyphs.append((info.codepoint, x + shift * unit, y, info.cluster))
        top, bottom = _ink(face, info.codepoint)
        above, below = max(above, top - y), max(below, bottom + y)
        x += advance * unit + (face.tracking if advance else 0.0)
    return _Piece(face, item.level, tuple(glyphs), x, above, below, item.script != COMMON)


@lru_cache(maxsize=256)
def _cell(face: Face, digit: str) -> float:
    # The width of the widest digit of its kind, in the font's units. Some fonts have no figures
    # of one width, and those of Inter Display are not.
    zero = ord(digit) - unicodedata.decimal(digit)
    buffer = hb.Buffer()
    buffer.add_str("".join(map(chr, range(zero, zero + 10))))
    buffer.guess_segment_properties()
    hb.shape(face.font, buffer, _FEATURES[True] | {"kern": False})
    return float(max(place.x_advance for place in buffer.glyph_positions))


@lru_cache(maxsize=8192)
def _ink(face: Face, glyph: int) -> tuple[float, float]:
    # How far a glyph reaches above and below the baseline.
    extents = face.font.get_glyph_extents(glyph)
    if extents is None or not extents.height:
        return _NOWHERE, _NOWHERE
    top = extents.y_bearing * face.unit
    return top, -extents.height * face.unit - top


@lru_cache(maxsize=256)
def _cap_height(face: Face) -> float:
    for script in sorted(face.scripts & _TALL.keys()):
        letter = _TALL[script]
        if face.covers(letter):
            # Shaped, since a letter's first glyph may be an empty one that stands for its forms.
            return _shaped(letter, Item(0, 1, face, script, 0), Font("", "und")).above
    metric = hb.OTMetricsTag.CAP_HEIGHT
    return float(face.font.get_metric_position_with_fallback(metric) * face.unit)
