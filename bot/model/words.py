"""What the other nouns are made of: texts by language, moments, networks."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

Localised = Mapping[str, str]
"""A text by language tag; the key `""` holds the one for every other language."""

LocalisedList = Mapping[str, tuple[str, ...]]
"""Several texts by language tag, likewise."""

NO_WORDS: Mapping[str, str] = MappingProxyType({})
NO_LISTS: LocalisedList = MappingProxyType({})


def in_language(text: Localised, language: str) -> str:
    """Pick the wording of `text` for `language`: exact tag, then its base, then the default.

    Returns an empty string where none of the three is there.
    """
    for tag in (language, language.split("-")[0], ""):
        if text.get(tag):
            return text[tag]
    return ""


def items_in_language(items: LocalisedList, language: str) -> tuple[str, ...]:
    """Pick the items for `language`, as `in_language` does; none where there are none."""
    for tag in (language, language.split("-")[0], ""):
        if items.get(tag):
            return items[tag]
    return ()


def require_zone(name: str, moment: datetime | None) -> None:
    """Refuse a naive moment.

    Raises:
        ValueError: `moment` carries no UTC offset.
    """
    if moment is not None and moment.utcoffset() is None:
        raise ValueError(f"{name} needs a time zone: {moment!r}")


class NetworkName(StrEnum):
    """A network that we post to."""

    X = "x"
    MASTODON = "mastodon"
