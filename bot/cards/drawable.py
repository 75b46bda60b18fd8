"""Which words this drawing can set, and what it leaves out of the picture.

Latin, Greek and Cyrillic come out right. Scripts whose letters join, stack or run from right
to left do not yet, and a wrong word is worse than none: they are refused by name. Emoji are
left out of the picture (Pillow draws colour emoji blank) and stay in the alt text and in the
post itself.
"""

from __future__ import annotations

import unicodedata

import regex

from bot.cards.errors import CardError
from bot.cards.fonts import Face

_EMOJI = regex.compile(
    r"(?P<flag>\p{Regional_Indicator}{2})"
    r"|(?P<keycap>[0-9#*])\uFE0F?\u20E3"
    r"|\p{Extended_Pictographic}(?:\uFE0F|\p{Emoji_Modifier})?"
    r"(?:\u200D\p{Extended_Pictographic}(?:\uFE0F|\p{Emoji_Modifier})?)*"
    r"[\U000E0020-\U000E007F]*"
)
_INVISIBLE = regex.compile(r"[\p{Cf}\p{Variation_Selector}\u034F]")
_SPACES = regex.compile(r"[^\S\u00A0\u202F]+|\p{Cc}+")
_THIN = str.maketrans({"\u202f": "\u00a0", "\u2009": "\u00a0", "\u2007": "\u00a0"})
_SETS = regex.compile(r"[\p{Latin}\p{Greek}\p{Cyrillic}\p{Common}\p{Inherited}]")
_SCRIPTS = {
    "Arabic": "Arabic",
    "Hebrew": "Hebrew",
    "Devanagari": "Devanagari",
    "Bengali": "Bengali",
    "Gurmukhi": "Gurmukhi",
    "Gujarati": "Gujarati",
    "Tamil": "Tamil",
    "Telugu": "Telugu",
    "Kannada": "Kannada",
    "Malayalam": "Malayalam",
    "Sinhala": "Sinhala",
    "Thai": "Thai",
    "Lao": "Lao",
    "Tibetan": "Tibetan",
    "Myanmar": "Burmese",
    "Khmer": "Khmer",
    "Ethiopic": "Ethiopic",
    "Georgian": "Georgian",
    "Armenian": "Armenian",
    "Han": "Chinese or Japanese",
    "Hiragana": "Japanese",
    "Katakana": "Japanese",
    "Hangul": "Korean",
}
_WAY_OUT = "write `card: none`, or give a picture of your own with `image:` and `alt:`"


def drawable(text: str, face: Face) -> str:
    """Make `text` what is drawn: NFC, one space where any white space was, no emoji."""

    def keep(match: regex.Match[str]) -> str:
        if match["keycap"]:
            return str(match["keycap"])
        whole = match[0]
        # © and ™ count as pictographs, but are letters to us where the font has them.
        return whole if len(whole) == 1 and face.covers(whole) else ""

    plain = _INVISIBLE.sub("", _EMOJI.sub(keep, unicodedata.normalize("NFC", text)))
    plain = plain.translate(_THIN) if not face.covers("\u202f") else plain
    plain = "".join(char if face.covers(char) else _plainer(char, face) for char in plain)
    return _SPACES.sub(" ", plain).strip(" \u00a0")


def _plainer(char: str, face: Face) -> str:
    """Spell `char` in letters the face has where Unicode calls them the same: ﬁ, ŉ, 𝐛𝐨𝐥𝐝."""
    plainer = unicodedata.normalize("NFKC", char)
    return plainer if all(map(face.covers, plainer)) else char


def obstacle(text: str, face: Face) -> str | None:
    """Say why `text`, made drawable, cannot be drawn; None where it can."""
    for char in text:
        if face.covers(char) or char == " ":
            continue
        if not _SETS.match(char):
            script = _script(char)
            return f"{script} letters cannot be set on a card yet: {_WAY_OUT}"
        name = unicodedata.name(char, "unnamed")
        shown = f"“{char}” " if not unicodedata.combining(char) else ""
        return f"the fonts have no {shown}(U+{ord(char):04X} {name}): leave it out, or {_WAY_OUT}"
    return None


def settable(field: str, text: str, face: Face) -> str:
    """Make `text` what is drawn, or refuse it.

    Raises:
        CardError: a character in it cannot be drawn.
    """
    plain = drawable(text, face)
    if problem := obstacle(plain, face):
        raise CardError(f"the card's {field}: {problem}")
    return plain


def _script(char: str) -> str:
    for script, name in _SCRIPTS.items():
        if regex.match(rf"\p{{Script={script}}}", char):
            return name
    return f"“{char}” ({unicodedata.name(char, 'unnamed')}) and similar"
