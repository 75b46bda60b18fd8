"""Where a text may be broken into lines, and how bad it looks.

Where it may: Unicode's rules (`linebreak`), words of scripts without spaces (`phrases`), what
an author forced with a line feed. How bad: a cost beside the squared raggedness of a line (its
empty share, 0 to 1, squared), so 0.04 is what a line a fifth too short costs. Rules are of
English, French, German, Spanish, Russian, Polish, Chinese and Japanese typesetting, and are
used for all languages: none hurts another.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from typing import Final

import regex

from bot.cards.typesetting.linebreak import opportunities
from bot.cards.typesetting.phrases import phrase_ends, word_ends

AFTER_SENTENCE: Final = -0.1
AFTER_CLAUSE: Final = -0.06
LONE_WORD: Final = 0.05
"""Between a sentence's last word, or its first, and the rest of it; half that for a clause."""
SHORT_WORD: Final = 0.06
"""After a word of two letters: of, to, de, la, na."""
ONE_LETTER: Final = 0.15
"""After "I", "a", "à", "y", "в", "z", or an initial."""
BEFORE_NUMBER: Final = 0.04
"""Between a word and a number: Article 19, February 2024."""
AT_HYPHEN: Final = 0.18
IN_PHRASE: Final = 0.18
"""Inside a phrase of Chinese or Japanese."""
PARTICLE: Final = 0.4
"""Before a Japanese particle, which belongs to the word before it."""
ONE_CHARACTER: Final = 0.12
"""Beside a phrase of one character."""
IN_WORD: Final = 0.4
"""Inside a word of katakana, which are names and loan words."""
AT_EMOJI: Final = 0.2
"""Between an emoji and what it stands beside without a space."""
TOGETHER: Final = 0.3
"""Between what belongs together: a number and its unit, a title and a name."""
LAST_RESORT: Final = 1.0
"""Inside an address or a Korean word: only where it is wider than a line."""
TORN: Final = 2.0
"""Inside any word: only where it is wider than a line."""

_NEVER: Final = 9.0
_BEFORE = {"digit": BEFORE_NUMBER, "emoji": AT_EMOJI / 2}
_STOP_OF = {AFTER_SENTENCE: LONE_WORD, AFTER_CLAUSE: LONE_WORD / 2}

_PARTICLES: Final = frozenset("はがをにのともでへ")

_LINE = regex.compile(r"(?P<words>[^\n]+)(?:\n(?P<empty>\n?))?+")
_STOPS = regex.compile(r"(?:[.!?…‽。！？．؟۔।॥։።၊။។]+)[\p{Pe}\p{Pf}\"'”“’]*$")
_PAUSES = regex.compile(r"[,;:–—،؛、，：；][\p{Pe}\p{Pf}\"'”“’]*$")
_LAST_WORD = regex.compile(r"(?V1)(?<![\p{L}\p{M}\p{N}])[\p{Latin}\p{Greek}\p{Cyrillic}]{1,2}$")
_INITIAL = regex.compile(r"(?<![\p{L}\p{M}\p{N}])\p{Lu}\.$")
_TITLE = regex.compile(
    r"(?<!\p{L})(?:Mr|Mrs|Ms|Mx|Dr|Sr|Sra|Dra|St|Ste|Prof|Mme|Mlle|Hr|Fr|Herr|Frau|Nr|No|art|p"
    r"|S|г|ул|стр)\.?$"
)
_NUMBER = regex.compile(r"(?<![\p{L}\p{N}])[+\-−~≈<>$€£¥₹]?\p{N}[\p{N}.,:’'\u00a0\u202f]*$")
_UNIT = regex.compile(
    r"(?:[%‰€$£¥₽₹₴₺]|°[CF]?|[kcmµn]?m[²³]?|[kmµ]?g|t|[mc]?l|[kMGT]?(?:Wh?|B|Hz)|min|h|s|km/h"
    r"|a\.?m\.?|p\.?m\.?|Uhr|Mio\.?|Mrd\.?|Tsd\.?|million|billion|trillion|millions?|milliards?"
    r"|millones|Millionen|Milliarden|млн|млрд|тыс\.?|lakh|crore|BC|AD|г\.)(?![\p{L}\p{N}])"
)
# What stands alone between spaces and hangs on to the word before it, or to the one after.
_CLINGS_BACK = regex.compile(r"[–—―|·•%‰°»›](?:[ \u00a0]|$)")
_CLINGS_ON = regex.compile(r"(?:^|[ \u00a0])(?:[&+=№§#†«‹¿¡„]|No\.|Nr\.)$|^[•▪➢✓→*·\-]$")
_DASH = regex.compile(r"[–—―-] ")
# A dash that begins what is said, or tells who said it.
_OPENING_DASH = regex.compile(r"(?:^|[.!?…][\p{Pe}\p{Pf}\"'”“’]*\s)[–—―-]$")
_THOUSANDS = regex.compile(r"(?<![\p{L}\p{N}])\p{N}{1,3}(?: \p{N}{3})*$")
_THREE_DIGITS = regex.compile(r"\p{N}{3}(?!\p{N})")
# Words that are read as one: web and mail addresses, hashtags, mentions.
_ADDRESS = regex.compile(
    r"(?<![\p{L}\p{N}+.\-])[\p{L}\p{N}+.\-]*+://[^\s\u00a0]++"
    r"|(?<![^\s(])[#@＃＠][\p{L}\p{N}\p{M}_.@\-]++"
    r"|(?<![^\s@\u00a0])[^\s@\u00a0]++@[\p{L}\p{N}\-]++\.[^\s@\u00a0]++"
    r"|(?<![\p{Latin}\p{N}.\-])(?:[\p{Latin}\p{N}\-]++\.)++\p{Latin}{2,}(?:/[^\s\u00a0]*+)?"
)
_IN_ADDRESS = regex.compile(r"(?<=[\p{L}\p{N}][/.\-_?&=@#~]+)(?=[\p{L}\p{N}])")
_HYPHEN = regex.compile(r"(?<=\p{L}{2}\p{M}*[\-‐–/])(?=\p{L}\p{M}*\p{L})")
_HYPHENATED = regex.compile(r"(?V1)[[\p{Latin}\p{Greek}\p{Cyrillic}\p{Armenian}]&&\p{L}]\p{M}*$")
# Arabic letters that do not join the next one: a word torn after them keeps its shapes.
_UNJOINED = regex.compile("[ءآأؤإاةدذرزوىٱڈڑژۀۇۆۈۋە]")
_CHARACTER = regex.compile(
    r"(?:\p{Regional_Indicator}{1,2}[\p{GCB=Extend}\p{GCB=SpacingMark}\u200d]*|\X)[ \u00a0\u202f]*"
)
_KINDS = regex.compile(
    r"(?P<emoji>[\p{Extended_Pictographic}\p{Emoji_Modifier}\p{Regional_Indicator}\u20e3\ufe0f])"
    r"|(?P<katakana>[\p{Katakana}ー])"
    r"|(?P<cjk>[\p{Han}\p{Hiragana}\u3000-\u303f\uff00-\uffef・])"
    r"|(?P<hangul>\p{Hangul})|(?P<digit>\p{N})|(?P<letter>\p{L})"
    # Separators of words that are seen: Tibetan, Ethiopic, Ogham, Aegean.
    r"|(?P<separator>[\u0f0b\u0f0d\u1361\u1680\u200b\U00010100])|(?P<dash>[—―…])"
)
_HANGS_ON = "的了着过過吗嗎呢吧啊们們么麼"
"""Chinese particles that belong to the word before them."""


@dataclass(frozen=True, slots=True)
class Piece:
    """What is never broken, and what follows it."""

    text: str
    gap: str
    """What is between it and the next piece: a space, nothing, or (forced) an empty line."""
    cost: float
    """Of ending a line with it."""
    forced: bool
    """A line ends here."""
    address: bool = False
    """Of a web address, a hashtag or the like: a hyphen would make it another one."""
    hyphen: bool = False
    """A hyphen is set where a line ends with it."""


@lru_cache(maxsize=128)
def pieces_of(text: str, language: str) -> tuple[Piece, ...]:
    """Cut `text`, which is settled, where lines may end.

    Texts and gaps in a row, and a line feed after what is forced, are the text.
    """
    found: list[Piece] = []
    for line in _LINE.finditer(text):
        start = 0
        for at, cost in _ends(line["words"], language):
            if cost < LAST_RESORT:
                found.append(_piece(line["words"][start:at], cost))
                start = at
        found.append(Piece(line["words"][start:], line["empty"] or "", 0.0, line.end() < len(text)))
    stops = [_STOP_OF.get(piece.cost, 0.0) for piece in found]
    return tuple(
        replace(piece, cost=piece.cost + max(before, after))
        if piece.gap == " " and piece.cost >= 0 and (before or after)
        else piece
        for piece, before, after in zip(found, [0.0, *stops], [*stops[1:], 0.0], strict=False)
    )


@lru_cache(maxsize=128)
def torn(piece: Piece, language: str, anywhere: bool) -> tuple[Piece, ...]:
    """Cut a piece that is wider than a line: where it hurts least, or `anywhere` at all.

    Anywhere is between what a reader sees as characters; a word of a script that has hyphens
    gets one there.
    """
    text, found = piece.text, []
    address = piece.address or _ADDRESS.search(text) is not None
    if anywhere:
        # Spaces hang on to what is before them, as they do between pieces.
        parts = [found[0] for found in _CHARACTER.finditer(text)]
        found = [
            Piece(
                seen := part.rstrip(" \u00a0\u202f"),
                part[len(seen) :],
                LAST_RESORT if _UNJOINED.match(part) else TORN,
                False,
                address,
                not address and bool(_HYPHENATED.match(part) and _HYPHENATED.match(after)),
            )
            for part, after in pairwise(parts)
        ]
        start = len(text) - len(parts[-1]) if parts else 0
    else:
        places = {at for at, cost in _ends(text, language) if cost < _NEVER}
        places |= {found.start() for found in _IN_ADDRESS.finditer(text)}
        start = 0
        for at in sorted(places):
            found.append(Piece(text[start:at], "", LAST_RESORT, False, address))
            start = at
    return (*found, replace(piece, text=text[start:], address=address))


def _piece(text: str, cost: float) -> Piece:
    seen = text.rstrip(" \u200b")
    return Piece(seen, text[len(seen) :], cost, False)


def _ends(line: str, language: str) -> Iterator[tuple[int, float]]:
    """List where a line may end, as indexes of what comes next, and what it costs."""
    places = opportunities(line)
    words = {} if line.isascii() else word_ends(line)
    phrases = frozenset[int]() if line.isascii() else phrase_ends(line, language)
    addresses = [found.span() for found in _ADDRESS.finditer(line)] if places else []
    for at in sorted({*places, *words}) if words else places:
        if at in words and line[at - 1] not in " \u200b":
            cost = words[at]
        elif line[at - 1] == " ":
            cost = _after_space(line, at)
        elif any(start < at < end for start, end in addresses):
            cost = LAST_RESORT
        else:
            cost = _inside(line, at, phrases)
        if cost < _NEVER:
            yield at, cost


def _after_space(line: str, at: int) -> float:
    """Tell what it costs to break at a space."""
    end = at - 1
    # Far enough back for what is looked at, so that a long text takes no longer.
    start = max(0, end - 24)
    if _CLINGS_ON.search(line, start, end) or _OPENING_DASH.search(line, start, end):
        return _NEVER
    stops = _STOPS.search(line, start, end)
    if _CLINGS_BACK.match(line, at) and not (stops and _DASH.match(line, at)):
        return _NEVER
    if stops:
        if _TITLE.search(line, start, end):
            return TOGETHER
        return ONE_LETTER if _INITIAL.search(line, start, end) else AFTER_SENTENCE
    if _PAUSES.search(line, start, end):
        return AFTER_CLAUSE
    if _NUMBER.search(line, start, end):
        if _THREE_DIGITS.match(line, at) and _THOUSANDS.search(line, start, end):
            return _NEVER
        return TOGETHER if _UNIT.match(line, at) else SHORT_WORD
    if word := _LAST_WORD.search(line, start, end):
        return ONE_LETTER if len(word[0]) == 1 else SHORT_WORD
    if _TITLE.search(line, start, end):
        return TOGETHER
    return _BEFORE.get(_kind(line[at]), 0.0)


@lru_cache(maxsize=4096)
def _kind(char: str) -> str:
    found = _KINDS.match(char)
    return (found.lastgroup if found else None) or ""


def _inside(line: str, at: int, phrases: frozenset[int]) -> float:
    """Tell what it costs to break where there is no space."""
    before, after = _kind(line[at - 1]), _kind(line[at])
    if before == "separator":
        return 0.0
    if "emoji" in (before, after):
        return AT_EMOJI
    if before in ("cjk", "katakana") or after in ("cjk", "katakana"):
        return _in_cjk(line, at, phrases, before, after)
    if "hangul" in (before, after):
        return LAST_RESORT
    if before == "dash":
        return 0.0 if after == "letter" else LAST_RESORT
    return AT_HYPHEN if _HYPHEN.match(line, at) else LAST_RESORT


def _in_cjk(line: str, at: int, phrases: frozenset[int], before: str, after: str) -> float:
    if before == after == "katakana":
        return IN_WORD
    if before == "digit" and after == "cjk":
        return TOGETHER
    if not line[at - 1].isalnum():
        start = max(0, at - 4)
        if _STOPS.search(line, start, at):
            return AFTER_SENTENCE
        if _PAUSES.search(line, start, at):
            return AFTER_CLAUSE
    if at not in phrases or line[at] in _HANGS_ON:
        return PARTICLE if line[at] in _PARTICLES else IN_PHRASE
    # Chinese words of one character are mostly grammar: not, is, very.
    return ONE_CHARACTER if {at - 1, at + 1} & phrases else 0.0
