"""Names: runs of words written large. People, organisations and places look alike to us.

Good enough for a list that a person looks over, and for the speaker beside a quotation; nothing
is published because it is in such a list.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import regex

from bot.proposals.words import Vocabulary

_JOINT = (
    r"(?:de la|de las|de los|de l[’']|de|del|della|delle|dei|di|da|do|dos|das|du|des|d[’']|von der"
    r"|von|van der|van den|van|zu|al|el|bin|ibn|of the|of|for)"
)
_WORD = r"\p{Lu}[\p{L}\p{N}]*(?:[’'\-]\p{L}[\p{L}\p{N}]*)*(?:[’'](?=\s))?"
_INITIAL = r"\p{Lu}\."
_RUN = regex.compile(
    rf"(?<![\p{{L}}\p{{N}}@#._/\-])(?:{_INITIAL}\s)?{_WORD}"
    rf"(?:\s(?:{_JOINT}\s)?(?:{_INITIAL}|{_WORD})){{0,7}}+"
)
_ACRONYM = regex.compile(r"\p{Lu}[\p{Lu}\d]{1,7}")
_POSSESSIVE = regex.compile(r"[’']s?$")
_WORDS = regex.compile(r"[\p{L}\p{N}’'.\-]+")


@dataclass(frozen=True, slots=True)
class Name:
    """`text[start:end]` is the name; `kind` is "organisation", "place", "person" or ""."""

    start: int
    end: int
    text: str
    kind: str = ""


@lru_cache(maxsize=16)
def _small(words: Vocabulary) -> regex.Pattern[str]:
    return regex.compile(rf"(?i)(?:{words.small})")


@lru_cache(maxsize=16)
def _roles(words: Vocabulary) -> regex.Pattern[str]:
    return regex.compile(rf"(?i)(?:{words.roles})\.?")


@lru_cache(maxsize=16)
def _bodies(words: Vocabulary) -> regex.Pattern[str]:
    return regex.compile(rf"(?i)\b(?:{words.bodies})\b")


@lru_cache(maxsize=16)
def _at(words: Vocabulary) -> regex.Pattern[str]:
    return regex.compile(rf"(?i)(?:^|\s)(?:{words.at_places})\s$")


def runs(text: str, words: Vocabulary) -> list[Name]:
    """Find runs of words written large, without small words at their beginning."""
    found = []
    for match in _RUN.finditer(text):
        start, end = match.span()
        start = _without_small(text, start, end, words)
        if start >= end:
            continue
        written = _POSSESSIVE.sub("", text[start:end])
        end = start + len(written)
        if len(written) < 2 or (not any(c.islower() for c in written) and " " in written):
            continue
        found.append(Name(start, end, written))
    return found


def _without_small(text: str, start: int, end: int, words: Vocabulary) -> int:
    for word in _WORDS.finditer(text, start, end):
        if not _small(words).fullmatch(word[0]):
            return word.start()
    return end


def role_and_name(run: str, words: Vocabulary) -> tuple[str, str]:
    """Part `UN Special Rapporteur Nils Melzer` into what somebody is and who it is.

    The role is what goes up to the last word for a role; empty where there is none.
    """
    pieces = run.split(" ")
    for cut in range(len(pieces), 0, -1):
        for begin in range(max(0, cut - 3), cut):
            if _roles(words).fullmatch(" ".join(pieces[begin:cut])):
                if cut == len(pieces) or pieces[cut][0].islower():
                    return "", run  # `the Attorney General`, `President of France`: nobody's name
                return " ".join(pieces[:cut]), " ".join(pieces[cut:])
    return "", run


def is_role(words_written: str, words: Vocabulary) -> bool:
    """Tell whether some words name what a person is."""
    roles = _roles(words)
    pieces = words_written.split()[:12]
    return any(
        roles.fullmatch(" ".join(pieces[i:j]).strip(",."))
        for i in range(len(pieces))
        for j in range(i + 1, min(i + 4, len(pieces)) + 1)
    )


def is_body(name: str, words: Vocabulary) -> bool:
    """Tell whether a name is an organisation's by a word in it, or by its capitals."""
    return bool(_bodies(words).search(name) or _ACRONYM.fullmatch(name))


_STATES = frozenset(("US", "USA", "UK", "EU", "UAE", "GB", "USSR", "EUA", "RU"))


def takes_stands(name: str, words: Vocabulary) -> bool:
    """Tell whether a name is one whose word counts: a person's or an organisation's, no state's."""
    return name not in _STATES and (looks_personal(name) or is_body(name, words))


def looks_personal(name: str) -> bool:
    """Tell whether a name has the form of a person's: two to five words, none an acronym."""
    pieces = name.split(" ")
    return 2 <= len(pieces) <= 6 and not any(_ACRONYM.fullmatch(p) for p in pieces)


def names(text: str, words: Vocabulary, starts: frozenset[int]) -> list[Name]:
    """Find names in a paragraph and sort them as well as their surroundings allow.

    `starts` are where sentences begin: a single large word there is no name.
    """
    found = []
    for run in runs(text, words):
        role, name = role_and_name(run.text, words)
        start = run.end - len(name)
        at = bool(_at(words).search(text[max(0, start - 16) : start]))
        acronym = bool(_ACRONYM.fullmatch(name))
        if " " not in name and not acronym and (run.start in starts or not (role or at)):
            continue
        kind = ""
        if is_body(name, words):
            kind = "" if acronym else "organisation"
        elif at:
            kind = "place"
        elif role or looks_personal(name):
            kind = "person"
        found.append(Name(start, run.end, name, kind))
    return found
