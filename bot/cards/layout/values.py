"""What the settings of a template can hold, read from the text as it was typed.

Each function that reads raises `ValueError` with a sentence that follows the setting's name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from bot.yamlfile.problems import listed, quoted, suggestion

SMALLEST: Final = 24.0
"""In u. Feeds show cards at half their size: Mastodon's is 640 px wide."""
LARGEST: Final = 600.0
CLASSES: Final = ("wide", "square", "tall")
"""Shapes of a card that a setting may have values of its own for."""
OTHER: Final = "other"
"""All shapes that are not named."""
INKS: Final = ("ink", "muted", "accent", "on_fill")
"""Roles of colour for words."""
GROUNDS: Final = ("background", "ink", "accent", "paper", "night")
"""Colours for a card's ground; see `colour.role`."""
TINTS: Final = (*GROUNDS, "fill", "track", "rule", "muted")
"""Colours for boxes and shapes: the last four stand out from what is below them."""
PICTURES: Final = ("image", "picture")
"""Photos a card may have: its own, and its brand's background."""

_NUMBER = re.compile(r"[+-]?\d{1,4}(\.\d{1,3})?")


@dataclass(frozen=True, slots=True)
class Length:
    """A length in u, or as a share of the card's width (its height, if it is measured down)."""

    u: float = 0.0
    share: float = 0.0


@dataclass(frozen=True, slots=True)
class Fill:
    """Sizes of text that grows until it fills its room, in u."""

    smallest: float
    largest: float


@dataclass(frozen=True, slots=True)
class Edges:
    """Room inside a box."""

    top: Length = Length()
    bottom: Length = Length()
    start: Length = Length()
    end: Length = Length()


@dataclass(frozen=True, slots=True)
class Tint:
    """A colour by its role, or one with some of another mixed in."""

    role: str
    other: str = ""
    share: float = 0.0


def typed(value: object) -> str:
    """Take a single value, as typed."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, list):
        raise ValueError("is a list; a single value is expected here")
    raise ValueError("is a group of settings; a single value is expected here")


def number(value: object, lowest: float = 0.0, highest: float = 2000.0) -> float:
    """Take a number within bounds."""
    word = typed(value)
    if not _NUMBER.fullmatch(word):
        raise ValueError(f"{quoted(word)} is not a number")
    if not lowest <= float(word) <= highest:
        raise ValueError(f"{word} is out of bounds; from {lowest:g} to {highest:g} is possible")
    return float(word)


def whole(value: object, lowest: int, highest: int) -> int:
    """Take a whole number within bounds."""
    found = number(value, lowest, highest)
    if found != int(found):
        raise ValueError(f"{quoted(typed(value))} is not a whole number")
    return int(found)


def length(value: object, lowest: float = 0.0) -> Length:
    """Take `24` (in u) or `6%` (of the card)."""
    word = typed(value)
    try:
        if word.endswith("%"):
            return Length(share=number(word[:-1], -100 if lowest < 0 else 0, 100) / 100)
        return Length(u=number(word, lowest))
    except ValueError as error:
        if "bounds" in str(error):
            raise
        raise ValueError(f"{quoted(word)} is not a length; write 24, or 6% of the card") from None


def steps(value: object) -> tuple[Length, ...]:
    """Take one length, or several: each next one where the words need more room."""
    if isinstance(value, list):
        if not value:
            raise ValueError("is an empty list; write a length, or several to step down")
        return tuple(length(each) for each in value)
    return (length(value),)


def offset(value: object) -> tuple[Length, Length]:
    """Take `{x: 12, y: -4}`; x goes in the direction of reading."""
    given = _group(value, ("x", "y"), "{x: 12, y: -4}")
    return (length(given.get("x", "0"), -2000), length(given.get("y", "0"), -2000))


def edges(value: object) -> Edges:
    """Take one length for all four sides, or some of x, y, top, bottom, start, end."""
    if isinstance(value, str):
        same = length(value)
        return Edges(same, same, same, same)
    names = ("x", "y", "top", "bottom", "start", "end")
    given = {name: length(each) for name, each in _group(value, names, "{x: 6%, y: 52}").items()}
    none = Length()
    x, y = given.get("x", none), given.get("y", none)
    return Edges(
        top=given.get("top", y),
        bottom=given.get("bottom", y),
        start=given.get("start", x),
        end=given.get("end", x),
    )


def size(value: object) -> tuple[float, ...] | Fill:
    """Take `28`, `[36, 32, 28]` (the first that fits) or `{from: 44, to: 150}` (as fills)."""
    if isinstance(value, dict):
        given = _group(value, ("from", "to"), "{from: 44, to: 150}")
        if len(given) < 2:
            raise ValueError("needs both ends: {from: 44, to: 150}")
        low, high = _type(given["from"]), _type(given["to"])
        if high < low:
            raise ValueError(f'"from" ({low:g}) is larger than "to" ({high:g})')
        return Fill(low, high)
    if isinstance(value, list):
        sizes = tuple(_type(each) for each in value)
        if not sizes or list(sizes) != sorted(sizes, reverse=True):
            raise ValueError("is not from large to small; write [36, 32, 28]")
        return sizes
    return (_type(value),)


def _type(value: object) -> float:
    found = number(value, 0, LARGEST)
    if found < SMALLEST:
        raise ValueError(
            f"{found:g} is too small to be read on a phone; {SMALLEST:g} is the smallest size"
        )
    return found


def lines(value: object) -> int:
    """Take the most lines a text may have."""
    return whole(value, 1, 12)


def names(value: object) -> tuple[str, ...]:
    """Take one word or a list of words."""
    if isinstance(value, str):
        return (value.strip(),)
    if isinstance(value, list):
        return tuple(typed(each) for each in value)
    raise ValueError("is a group of settings; write a word, or [one, another]")


def word(value: object, known: tuple[str, ...]) -> str:
    """Take one of the words that a setting knows."""
    found = typed(value)
    if found not in known:
        hint = suggestion(found, known) or f"; write {listed(known)}"
        raise ValueError(f"{quoted(found)} is not known here{hint}")
    return found


def words(value: object, known: tuple[str, ...]) -> tuple[str, ...]:
    """Take one or several of the words that a setting knows."""
    return tuple(word(each, known) for each in names(value))


def yes_or_no(value: object) -> bool:
    """Take `yes` or `no`."""
    return word(value, ("yes", "no", "true", "false")) in ("yes", "true")


def radius(value: object) -> Length | None:
    """Take a length, or `round` (None): half of the shorter side."""
    return None if value == "round" else length(value)


def tint(value: object) -> Tint:
    """Take the colour of a box or shape."""
    return _tint(value, TINTS)


def ground(value: object) -> Tint:
    """Take the colour of a whole card."""
    return _tint(value, GROUNDS)


def _tint(value: object, known: tuple[str, ...]) -> Tint:
    """Take a role, or `{mix: [background, ink], share: 8%}`: so much of the second in the first."""
    if not isinstance(value, dict):
        return Tint(word(value, known))
    example = "{mix: [background, ink], share: 8%}"
    given = _group(value, ("mix", "share"), example)
    pair = words(given.get("mix", ()) if "mix" in given else [], GROUNDS)
    if len(pair) != 2 or "share" not in given:
        raise ValueError(f"needs two colours and a share: {example}")
    return Tint(pair[0], pair[1], length(given["share"]).share)


def points(value: object) -> tuple[tuple[float, float], ...]:
    """Take a polygon's corners, as shares of its box from its start and top: [[0%, 0%], …]."""
    example = "[[0%, 0%], [100%, 0%], [80%, 100%]]"
    if not isinstance(value, list) or len(value) < 3:
        raise ValueError(f"needs three corners or more: {example}")
    found = []
    for corner in value:
        if not isinstance(corner, list) or len(corner) != 2:
            raise ValueError(f"has a corner that is no pair; write {example}")
        found.append((_share(corner[0]), _share(corner[1])))
    return tuple(found)


def _share(value: object) -> float:
    word_ = typed(value)
    if not word_.endswith("%"):
        raise ValueError(f"{quoted(word_)} is no share of the shape's box; write 80%")
    return number(word_[:-1], -100, 200) / 100


def _group(value: object, known: tuple[str, ...], example: str) -> dict[str, object]:
    if not isinstance(value, dict):
        raise ValueError(f"is not a group of settings; write {example}")
    for name in value:
        if name not in known:
            raise ValueError(
                f"has no {quoted(name)}{suggestion(name, known) or f'; write {example}'}"
            )
    return value
