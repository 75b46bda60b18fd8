"""Cutting a text into the parts of a thread.

A part ends at the end of a paragraph if one comes late enough in it, else of a sentence, else of
a word, and only where a single word is too long between two of its letters. Links, hashtags and
mentions are never cut. White space at a cut goes; nothing else does.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable

import regex

from bot.text.cleaning import TextError
from bot.text.mastodon import mastodon_entities
from bot.text.unicode import graphemes
from bot.text.x import x_entities

_LETTER, _WORD, _SENTENCE, _PARAGRAPH = 1, 2, 3, 4
_EARLIEST = 3  # a paragraph or sentence may end a part from a third of its room on

# Scripts that are written without spaces between words, and may be cut between any two letters.
_UNSPACED = r"\p{Han}\p{Hiragana}\p{Katakana}ー々"
_NEVER_BEFORE = (
    r"\p{Pe}\p{Pf}\p{M}\u3001\u3002\uff0c\uff0e\uff01\uff1f\uff1a\uff1b!?.,:;…・ー々\u200d"
)
_ENDS = (
    (_WORD, regex.compile(rf"(?<=[{_UNSPACED}\p{{Pe}}\u3001\uff0c])(?=[{_UNSPACED}\p{{Ps}}])")),
    (_WORD, regex.compile(r"[^\S\u00a0\u202f\u2007]+")),
    (_SENTENCE, regex.compile(r"[\u3002\uff01\uff1f][\p{Pe}\p{Pf}]*")),
    (_SENTENCE, regex.compile(r"(?<=[\p{Sentence_Terminal}…])[\p{Pe}\p{Pf}\"']*\s+(?!\p{Ll})")),
    (_SENTENCE, regex.compile(r"\n\s*")),
    (_PARAGRAPH, regex.compile(r"\n[^\S\n]*\n\s*")),
)
_BAD_START = regex.compile(f"[{_NEVER_BEFORE}]")


def split_thread(text: str, fits: Callable[[str], bool], numbered: bool = False) -> list[str]:
    """Split `text` into parts that each satisfy `fits`.

    Args:
        text: What to say.
        fits: Whether a part is within the account's limit. If a text fits, so should its
            beginnings; near enough is good enough, as every part is tried before it is kept.
        numbered: Append ` 1/3` and so on, room for which is kept free.

    Returns:
        The parts, stripped of white space; one, without a number, if all fits; none if `text` is
        blank.

    Raises:
        TextError: A link, hashtag, mention or letter does not fit even alone.
    """
    text = text.strip()
    if not text:
        return []
    if fits(text):
        return [text]
    levels = _cuts(text)
    if not numbered:
        return _parts(text, levels, fits)
    for digits in range(1, 7):
        widest = " " + "/".join(["9" * digits] * 2)

        def fits_with_number(part: str, number: str = widest) -> bool:
            return fits(part + number)

        parts = _parts(text, levels, fits_with_number)
        if len(parts) < 10**digits:
            return [f"{part} {number}/{len(parts)}" for number, part in enumerate(parts, 1)]
    raise TextError("this makes a thread of more than a million parts")


def _cuts(text: str) -> bytearray:
    """Rate every place in `text` as a cut: 0 for none, up to 4 for a paragraph's end."""
    levels = bytearray(len(text) + 1)
    at = 0
    for letter in graphemes(text):
        at += len(letter)
        levels[at] = _LETTER
    for level, ends in _ENDS:
        for end in ends.finditer(text):
            if levels[end.end()] and not _BAD_START.match(text, end.end()):
                levels[end.end()] = level
    for entity in (*x_entities(text), *mastodon_entities(text)):
        levels[entity.start + 1 : entity.end] = bytes(entity.end - entity.start - 1)
    levels[len(text)] = _PARAGRAPH
    return levels


def _parts(text: str, levels: bytearray, fits: Callable[[str], bool]) -> list[str]:
    cuts = [at for at, level in enumerate(levels) if level]
    parts: list[str] = []
    start = 0
    while start < len(text):
        last = _furthest(text, start, cuts, fits)
        end = _best(levels, start, last)
        if end != last and not fits(text[start:end].strip()):
            end = last
        if part := text[start:end].strip():
            parts.append(part)
        start = end
    return parts


def _furthest(text: str, start: int, cuts: list[int], fits: Callable[[str], bool]) -> int:
    """Return the furthest cut after `start` up to which the text fits, by doubling and halving."""
    first = bisect_left(cuts, start + 1)

    def ok(cut: int) -> bool:
        return fits(text[start : cuts[cut]].strip())

    if not ok(first):
        alone = text[start : cuts[first]].strip()
        raise TextError(f"this does not fit into a part even alone: {alone[:60]}")
    good, step = first, 1
    while good + step < len(cuts) and ok(good + step):
        good += step
        step *= 2
    bad = min(good + step, len(cuts))
    while bad - good > 1:
        middle = (good + bad) // 2
        if ok(middle):
            good = middle
        else:
            bad = middle
    return cuts[good]


def _best(levels: bytearray, start: int, last: int) -> int:
    """Return the best cut in `levels[start + 1 : last + 1]`."""
    earliest = start + max(1, (last - start) // _EARLIEST)
    for level in (_PARAGRAPH, _SENTENCE):
        end = levels.rfind(bytes([level]), earliest, last + 1)
        if end >= 0:
            return end
    end = max(levels.rfind(bytes([level]), start + 1, last + 1) for level in range(_WORD, 5))
    return end if end >= 0 else last
