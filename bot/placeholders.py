"""`{count}` and its like in a message's words, which its petition's figures stand in for.

    {count}        how many have signed
    {goal}         how many shall
    {missing}      how many are still missing
    {count_as_of}  the day of the count

Only these are placeholders, spelled exactly so: any other brace is a brace and stays, so that
no text changes that was not meant to. `{{count}}` writes `{count}` itself.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping

import regex

NAMES = ("count", "goal", "missing", "count_as_of")

OF_COUNT = frozenset(("count", "missing", "count_as_of"))
"""Those that need a count, and one that may be shown at the hour."""

_NAME = "|".join(NAMES)
_PLACEHOLDER = regex.compile(rf"\{{\{{({_NAME})\}}\}}|\{{({_NAME})\}}")
_MAYBE = regex.compile(r"\{([\p{L}_ -]{3,20})\}")
_LIKE = 0.7


def used(*texts: str) -> frozenset[str]:
    """Name the placeholders in some texts."""
    return frozenset(
        found[2] for text in texts if "{" in text for found in _PLACEHOLDER.finditer(text)
        if found[2]
    )  # fmt: skip


def fill(text: str, values: Mapping[str, str]) -> str:
    """Put figures, written out by name, in their places; one without a value stays as it is."""
    if "{" not in text:
        return text
    return _PLACEHOLDER.sub(
        lambda found: f"{{{found[1]}}}" if found[1] else values.get(found[2], found[0]), text
    )


def near_misses(text: str) -> Iterator[tuple[str, str]]:
    """Give what looks like a misspelt placeholder, `{cuont}`, and the name it may stand for."""
    for found in _MAYBE.finditer(_PLACEHOLDER.sub("", text)):
        word = regex.sub("[ -]+", "_", found[1].strip().casefold())
        if near := difflib.get_close_matches(word, NAMES, n=1, cutoff=_LIKE):
            yield found[0], near[0]
