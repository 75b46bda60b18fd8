"""A path into a JSON document, and the whole number that it leads to.

    path   = step { "." key | index }
    step   = key | index
    key    = one or more signs other than . [ ] " and blanks
    index  = "[" digits "]"  |  "[" a JSON string "]"

`data.signatures.total`, `petitions[0].count`, `["odd key"].total`. There are no wildcards: a
path leads to one value or to none.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TypeAlias

import regex

JsonPath: TypeAlias = tuple[str | int, ...]
"""Keys and list indexes from the top."""

MOST_STEPS = 20
MOST_SIGNATURES = 10**9

_KEY = regex.compile(r'[^.\[\]"\s\p{C}]+')
_INDEX = regex.compile(r"\[(?:([0-9]{1,6})|(\"(?:[^\"\\\p{Cc}]|\\.)*\"))\]")
_FIGURE = regex.compile(r"[0-9]+|[0-9]{1,3}(?:(,|[ \u00a0\u202f])[0-9]{3}(?:\1[0-9]{3})*)")


class NoSuchValue(Exception):
    """A document does not hold a count at a path; the text says what is there instead."""


def parse_path(text: str) -> JsonPath:
    """Read a path.

    Raises:
        ValueError: it is none; says at which of its signs.
    """
    steps: list[str | int] = []
    at = 0
    while at < len(text):
        if text[at] == "[":
            found = _INDEX.match(text, at)
            if found is None:
                raise ValueError(_fault(text, at, "an index is written [0]"))
            steps.append(int(found[1]) if found[1] else _unquoted(text, at, found[2]))
        else:
            at += bool(steps) and text[at] == "."
            found = _KEY.match(text, at)
            if found is None:
                raise ValueError(_fault(text, at, "a name is missing"))
            steps.append(found[0])
        at = found.end()
        if at < len(text) and text[at] not in ".[":
            raise ValueError(_fault(text, at, "names are parted by dots"))
    if not 0 < len(steps) <= MOST_STEPS:
        raise ValueError(f"a path has 1 to {MOST_STEPS} steps, like data.signatures.total")
    return tuple(steps)


def _unquoted(text: str, at: int, quoted: str) -> str:
    try:
        return str(json.loads(quoted))
    except ValueError as error:
        raise ValueError(_fault(text, at, "this is no JSON string")) from error


def _fault(text: str, at: int, what: str) -> str:
    where = "at its end" if at >= len(text) else f"at sign {at + 1}"
    return f"{what} {where}; write a path like data.signatures.total or items[0].count"


def written(path: JsonPath) -> str:
    """Write a path as `parse_path` reads it."""
    made = ""
    for step in path:
        if isinstance(step, int):
            made += f"[{step}]"
        elif _KEY.fullmatch(step):
            made += f".{step}" if made else step
        else:
            made += f"[{json.dumps(step)}]"
    return made


def count_at(document: object, path: JsonPath) -> int:
    """Find the count that `path` leads to in a JSON document.

    A whole number, or a text of one: digits, or digits in threes parted by commas or blanks
    (`12,345`). Nothing else is taken for a count: a full stop may part thousands or a
    fraction, and `12k` says too little.

    Raises:
        NoSuchValue: the path leads nowhere, or to something else.
    """
    value = document
    for length, step in enumerate(path, start=1):
        here = written(path[:length])
        if isinstance(step, int) and isinstance(value, list):
            if step >= len(value):
                raise NoSuchValue(f"there is no {here}: that list has {len(value)} items")
            value = value[step]
        elif isinstance(step, str) and isinstance(value, dict):
            if step not in value:
                raise NoSuchValue(f"there is no {here}")
            value = value[step]
        else:
            where = written(path[: length - 1]) or "the answer"
            raise NoSuchValue(f"there is no {here}: {where} is {_kind(value)}")
    number = whole_number(value)
    if number is None:
        raise NoSuchValue(f"{written(path)} is {_kind(value)}, not a whole number")
    if number > MOST_SIGNATURES:
        raise NoSuchValue(f"{written(path)} is more than {MOST_SIGNATURES:,}")
    return number


def whole_number(value: object) -> int | None:
    """Read a count of nought or more, as `count_at` says; None where `value` is none."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return value if value >= 0 else None
    if isinstance(value, str) and len(value) <= 20 and _FIGURE.fullmatch(value.strip()):
        return int(regex.sub(r"[^0-9]", "", value))
    return None


def _kind(value: object) -> str:
    if isinstance(value, str):
        return f'the text "{value[:40]}"' if value[:40].isprintable() else "a text"
    if value is None or isinstance(value, bool):
        return json.dumps(value)
    if isinstance(value, dict):
        return "a group"
    return "a list" if isinstance(value, Sequence) else f"the number {str(value)[:20]}"
