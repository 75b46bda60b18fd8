"""How Mastodon counts a text and what it makes clickable (rules of 4.6)."""

from __future__ import annotations

from dataclasses import dataclass

import regex

from bot.text.entities import Entity, without_overlaps
from bot.text.links import MASTODON_LINKS, find_links
from bot.text.unicode import LATIN_ACCENTS, count_graphemes

MASTODON_LIMIT = 500
MASTODON_URL_LENGTH = 23

# Ruby's [[:word:]] and [[:alpha:]].
_WORD = r"\p{Alphabetic}\p{M}\p{Nd}\p{Pc}"
_IS_WORD = regex.compile(f"[{_WORD}]")
_LAST_WORD = regex.compile(f"(?r)[{_WORD}]")
_SEPARATORS = "\u00b7\u30fb\u200c"  # with `_`, which is a word character anyway
_JOINS = regex.compile(rf"[\p{{Alphabetic}}_{_SEPARATORS}]")

_HASHTAG = regex.compile(rf"(?<![^\p{{White_Space}}])[#＃]([{_WORD}{_SEPARATORS}]+)")
_PLAIN_TAG = regex.compile(rf"[{_WORD}]*\p{{Alphabetic}}[{_WORD}]*")
_MENTION = regex.compile(
    rf"(?<![=/{_WORD}])@([A-Za-z0-9_]+(?:[.\-]+[A-Za-z0-9_]+)*+)(@[{_WORD}]+(?:[.\-]+[{_WORD}]+)*+)?"
)
_NOT_AFTER_MENTION = regex.compile(rf"[@＠{LATIN_ACCENTS}]|://")


@dataclass(frozen=True, slots=True)
class MastodonCount:
    """What a Mastodon server makes of a text."""

    length: int
    """Graphemes of content warning and text; links and other servers' names shortened."""
    valid: bool
    """Not blank, and not longer than the limit."""
    urls: tuple[str, ...]
    """As written."""
    hashtags: tuple[str, ...]
    """Without `#`."""
    mentions: tuple[str, ...]
    """Without the first `@`: `user` or `user@server`."""


def count_mastodon(
    text: str,
    limit: int = MASTODON_LIMIT,
    content_warning: str = "",
    url_length: int | None = MASTODON_URL_LENGTH,
) -> MastodonCount:
    """Count `text` as Mastodon does, against `limit`. Linear in its length; never raises.

    Args:
        text: The post's text.
        limit: The server's `max_characters`.
        content_warning: Counts too, in full.
        url_length: What an `http(s)://` link counts as (`characters_reserved_per_url`); None on
            servers that count it in full, as GoToSocial does.
    """
    entities = mastodon_entities(text)

    def values(kind: str) -> tuple[str, ...]:
        return tuple(entity.value for entity in entities if entity.kind == kind)

    shortened, at = [content_warning], 0
    for entity in entities:
        if entity.kind == "url" and url_length is not None:
            short = "x" * url_length
        elif entity.kind == "mention":
            short = "@" + entity.value.partition("@")[0]
        else:
            continue
        shortened += (text[at : entity.start], short)
        at = entity.end
    length = count_graphemes("".join([*shortened, text[at:]]))
    return MastodonCount(
        length=length,
        valid=length <= limit and bool(text.strip()),
        urls=values("url"),
        hashtags=values("hashtag"),
        mentions=values("mention"),
    )


def mastodon_entities(text: str) -> list[Entity]:
    """Find what Mastodon makes clickable in `text`, in order, without overlaps. Linear time."""
    return without_overlaps([*find_links(text, MASTODON_LINKS), *_hashtags(text), *_mentions(text)])


def _mentions(text: str) -> list[Entity]:
    return [
        Entity("mention", found.start(), found.end(), found[1] + (found[2] or ""))
        for found in _MENTION.finditer(text)
        if not _NOT_AFTER_MENTION.match(text, found.end())
    ]


def _hashtags(text: str) -> list[Entity]:
    tags = []
    for found in _HASHTAG.finditer(text):
        end = found.start(1) + _name_length(found[1])
        if text.startswith("://", end):
            # `#taghttps://…` is the tag `tag` and a link glued to it.
            name = text[found.start(1) : end]
            scheme = next((s for s in ("https", "http") if name.endswith(s)), "")
            end -= len(scheme) if scheme != name else 0
        if end > found.start(1):
            tags.append(Entity("hashtag", found.start(), end, text[found.start(1) : end]))
    return tags


def _name_length(run: str) -> int:
    """Return how much of a run of word characters and separators is a tag's name; 0 for none.

    `app/models/concerns/tag/naming.rb`: either word characters with a letter or a separator
    somewhere inside, or word characters and a letter anywhere. Written out because its pattern
    with two greedy halves is quadratic on `#1····…`.
    """
    last = _LAST_WORD.search(run)
    if last and _IS_WORD.match(run) and _JOINS.search(run, 1, last.start()):
        return last.end()
    plain = _PLAIN_TAG.match(run)
    return plain.end() if plain else 0
