"""Texts that say the same, or nearly the same, as an earlier one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Generic, TypeVar
from zlib import crc32

import regex

from bot.text.entities import between
from bot.text.links import X_LINKS, find_links
from bot.text.unicode import nfkc

Key = TypeVar("Key", bound=Hashable)

SHARED_SHINGLES = 0.5
"""Two texts are near if they share this part of their word pairs (Jaccard)…"""
SAME_SEQUENCE = 0.8
"""…or if difflib finds this much of them in the same order."""

# Punctuation, symbols but emoji, controls, white space, emoji selectors.
_NOT_WORDS = regex.compile(r"[\p{P}\p{S}\p{C}\p{Z}\s\ufe00-\ufe0f--\p{So}]+", regex.V1)
# In scripts without spaces each letter is a token, so that a pair of tokens is two letters there.
_TOKEN = regex.compile(
    r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]\p{M}*"
    r"|[^\s\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]+"
)
_SHORT = 300  # letters up to which difflib compares letter by letter
_LONGEST = 150  # tokens of longer texts that it compares; its worst case is cubic
_FEW = 8  # tokens in a short text: single ones help to find it, and few changes change all pairs
_HOPELESS = 0.2  # of the shingles; with fewer in common, longer texts are not worth difflib's time


def normalise(text: str) -> str:
    """Reduce `text` to what it says, for telling repeats.

    NFKC, case folded, without links and punctuation, words one space apart; emoji stay. A text of
    nothing else (a lone link) keeps them, so that two different links are no repeat. Doing it
    twice changes nothing.
    """
    folded = _folded(text)
    words = _words(folded)
    if words:
        words = _words(_folded(words))  # what punctuation kept apart may fold once more
    return words or " ".join(folded.split())


def _folded(text: str) -> str:
    """Return the NFKC case folding: folding can undo NFKC and the reverse, so until it rests."""
    for _ in range(4):
        folded = nfkc(nfkc(text).casefold())
        if folded == text:
            break
        text = folded
    return text


def _words(text: str) -> str:
    text = " " + text  # at the very start of a text, X leaves out an accented first letter
    return _NOT_WORDS.sub(" ", " ".join(between(text, find_links(text, X_LINKS)))).strip()


def is_near(a: str, b: str) -> bool:
    """Tell whether two texts say nearly the same."""
    return _is_near(*_similarity(normalise(a), normalise(b)))


def _is_near(shared: float, sequence: float) -> bool:
    return shared >= SHARED_SHINGLES or sequence >= SAME_SEQUENCE


def _tokens(normal: str) -> list[str]:
    return [found[0] for found in _TOKEN.finditer(normal)]


def _shingles(tokens: list[str]) -> set[str]:
    if len(tokens) < 2:
        return set(tokens)
    return {f"{one} {two}" for one, two in pairwise(tokens)}


def _similarity(a: str, b: str) -> tuple[float, float]:
    """Return the share of shingles in common, and difflib's ratio where it can matter."""
    if a == b:
        return 1.0, 1.0
    tokens_a, tokens_b = _tokens(a), _tokens(b)
    shingles_a, shingles_b = _shingles(tokens_a), _shingles(tokens_b)
    union = len(shingles_a | shingles_b)
    shared = len(shingles_a & shingles_b) / union if union else 0.0
    short = min(len(tokens_a), len(tokens_b)) <= _FEW
    if shared >= SHARED_SHINGLES or (shared < _HOPELESS and not short):
        return shared, 0.0
    matcher: SequenceMatcher[str] = SequenceMatcher(autojunk=False)
    if max(len(a), len(b)) <= _SHORT:
        matcher.set_seqs(a, b)
    elif max(len(tokens_a), len(tokens_b)) <= _LONGEST:
        matcher.set_seqs(tokens_a, tokens_b)
    else:
        return shared, 0.0
    for bound in (matcher.real_quick_ratio, matcher.quick_ratio):
        if bound() < SAME_SEQUENCE:
            return shared, 0.0
    return shared, matcher.ratio()


class NearIndex(Generic[Key]):
    """Finds earlier texts near a new one, among a hundred thousand in about a millisecond.

    Each distinct text is filed under a sample of its shingles (those with the smallest hashes, so
    two near texts are filed under the same ones). A query looks under its rarest shingles first,
    takes the texts met most often and compares those exactly; how many it looks at is bounded.
    """

    _SAMPLE = 16  # shingles filed per text
    _MET = 4000  # filed texts looked at per query
    _COMPARED = 12  # texts compared exactly per query

    def __init__(self) -> None:
        self._texts: list[str] = []
        self._numbers: dict[str, int] = {}
        self._keys: list[list[Key]] = []
        self._filed: dict[int, list[int]] = {}

    def __len__(self) -> int:
        """How many texts were added."""
        return sum(map(len, self._keys))

    def add(self, key: Key, text: str) -> None:
        """Remember `text` under `key`. The same text may be added under many keys."""
        normal = normalise(text)
        number = self._numbers.setdefault(normal, len(self._texts))
        if number < len(self._texts):
            self._keys[number].append(key)
            return
        self._texts.append(normal)
        self._keys.append([key])
        for feature in self._features(normal):
            self._filed.setdefault(feature, []).append(number)

    def query(self, text: str, limit: int = 50) -> list[tuple[Key, float]]:
        """Return keys of texts near `text` and how near (1 is the same words), nearest first.

        Among equals those added last come first; at most `limit` are returned.
        """
        normal = normalise(text)
        met: Counter[int] = Counter()
        left = self._MET
        for filed in sorted(
            (self._filed.get(feature, []) for feature in self._features(normal)), key=len
        ):
            met.update(filed[-left:] if left else ())
            left = max(0, left - len(filed))
        numbers = {number for number, _ in met.most_common(self._COMPARED)}
        if normal in self._numbers:
            numbers.add(self._numbers[normal])
        near = [
            (max(similarity), number)
            for number in numbers
            if _is_near(*(similarity := _similarity(normal, self._texts[number])))
        ]
        keys = [
            (key, similarity)
            for similarity, number in sorted(near, reverse=True)
            for key in reversed(self._keys[number])
        ]
        return keys[:limit]

    def _features(self, normal: str) -> list[int]:
        tokens = _tokens(normal)
        features = _shingles(tokens)
        if len(tokens) <= _FEW:
            features.update(tokens)
        return sorted(crc32(feature.encode("utf-8", "surrogatepass")) for feature in features)[
            : self._SAMPLE
        ]
