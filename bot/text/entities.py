"""What is found in a text: links, hashtags, mentions and cashtags, with their places."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

EntityKind = Literal["url", "hashtag", "mention", "cashtag"]


@dataclass(frozen=True, slots=True)
class Entity:
    """One thing that a network would make clickable.

    `start` and `end` count code points, so `text[start:end]` is the entity as written, sign
    included. `value` is a link as written, or a name without its `#`, `@` or `$`. A mention of
    an X list has the value `user/list`; one of somebody on another server, `user@server`.
    """

    kind: EntityKind
    start: int
    end: int
    value: str


def without_overlaps(entities: Iterable[Entity]) -> list[Entity]:
    """Put entities in order and, where two overlap, keep the one that starts first.

    That is twitter-text's rule: an `@name` or `#part` inside a link belongs to the link.
    """
    kept: list[Entity] = []
    for entity in sorted(entities, key=lambda found: found.start):
        if not kept or kept[-1].end <= entity.start:
            kept.append(entity)
    return kept


def between(text: str, entities: Iterable[Entity]) -> list[str]:
    """Return the text before, between and after `entities`, which are in order."""
    gaps, at = [], 0
    for entity in entities:
        gaps.append(text[at : entity.start])
        at = entity.end
    return [*gaps, text[at:]]
