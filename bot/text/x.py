"""How X counts a text and what it makes clickable: twitter-text, configuration version 3."""

from __future__ import annotations

from dataclasses import dataclass

import regex

from bot.text.emoji import EMOJI, FROZEN_EMOJI
from bot.text.entities import Entity, between, without_overlaps
from bot.text.links import X_LINKS, find_links
from bot.text.unicode import DIRECTIONAL, INVALID, LATIN_ACCENTS, nfc

X_LIMIT = 280
X_URL_LENGTH = 23
_EMOJI_WEIGHT = 2

# Weight 1; everything else weighs 2 (config v3).
_HEAVY = regex.compile("[^\u0000-\u10ff\u2000-\u200d\u2010-\u201f\u2032-\u2037]")
_INVALID = regex.compile(f"[{INVALID}]")

_SPACES = "\t-\r \x85\xa0\u1680\u180e\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
# Apple's private use letters are what twitter-text adds to Unicode's own letters and marks.
_LETTERS = r"\p{L}\p{M}\uf870-\uf87f\uf882\uf884-\uf89f\uf8b8\uf8c1-\uf8d6"
_TAG_CHARACTERS = (
    rf"{_LETTERS}\p{{Nd}}_\u200c\u200d\ua67e\u05be\u05f3\u05f4\uff5e\u301c\u309b\u309c\u30a0"
    r"\u30fb\u3003\u0f0b\u0f0c\u00b7"
)
_HASHTAG = regex.compile(
    rf"(?:^|[\ufe0e\ufe0f]|[^&{_TAG_CHARACTERS}])([#＃])(?![\ufe0f\u20e3])"
    rf"([{_TAG_CHARACTERS}]*[{_LETTERS}][{_TAG_CHARACTERS}]*)"
)
_NOT_AFTER_HASHTAG = regex.compile(r"[#＃]|://")
_MENTION = regex.compile(
    r"(?:[^A-Za-z0-9_!#$%&*@＠]|^|(?:^|[^A-Za-z0-9_+~.\-])[Rr][Tt]:?)"
    r"[@＠]([A-Za-z0-9_]{1,20})(/[A-Za-z][A-Za-z0-9_\-]{0,24})?"
)
_NOT_AFTER_MENTION = regex.compile(rf"[@＠{LATIN_ACCENTS}]|://")
_CASHTAG = regex.compile(
    rf"(?:^|[{_SPACES}{DIRECTIONAL}])\$([A-Za-z]{{1,6}}(?:[._][A-Za-z]{{1,2}})?)"
    r"(?=\Z|[\s!-/:-@\[-`{-~])"
)


@dataclass(frozen=True, slots=True)
class XCount:
    """What X makes of a text."""

    length: int
    """Weighted: a link counts 23, an emoji 2, a Chinese, Japanese or Korean letter 2."""
    valid: bool
    """Not blank, not longer than the limit, no character that X refuses."""
    urls: tuple[str, ...]
    """As written; also those that X shortens although a hashtag runs into them."""
    hashtags: tuple[str, ...]
    """Without `#`."""
    mentions: tuple[str, ...]
    """Users, without `@`; a list of theirs is not a mention."""
    cashtags: tuple[str, ...]
    """Without `$`."""
    frozen_length: int
    """By twitter-text's own list of emoji, frozen in 2020; never less than `length`."""


def count_x(text: str, limit: int = X_LIMIT) -> XCount:
    """Count `text` as X does, against `limit`. Linear in its length; never raises.

    Weights and ranges are twitter-text's `config/v3.json`, taken from the text's NFC form. Every
    emoji counts 2, also those newer than twitter-text (docs.x.com, "Counting characters").
    """
    found = x_entities(text)
    written = find_links(text, X_LINKS)
    normal = nfc(text)
    links = written if normal == text else find_links(normal, X_LINKS)
    length = frozen = X_URL_LENGTH * len(links)
    for gap in between(normal, links):
        length += _weight(gap, EMOJI)
        frozen += _weight(gap, FROZEN_EMOJI)

    def values(kind: str) -> tuple[str, ...]:
        return tuple(entity.value for entity in found if entity.kind == kind)

    return XCount(
        length=length,
        valid=length <= limit and bool(text.strip()) and not _INVALID.search(normal),
        urls=tuple(link.value for link in written),
        hashtags=values("hashtag"),
        mentions=tuple(name for name in values("mention") if "/" not in name),
        cashtags=values("cashtag"),
        frozen_length=max(length, frozen),
    )


def x_entities(text: str) -> list[Entity]:
    """Find what X makes clickable in `text`, in order and without overlaps. Linear time."""
    return without_overlaps(
        [*find_links(text, X_LINKS), *_hashtags(text), *_mentions(text), *_cashtags(text)]
    )


def _hashtags(text: str) -> list[Entity]:
    return [
        Entity("hashtag", found.start(1), found.end(2), found[2])
        for found in _HASHTAG.finditer(text)
        if not _NOT_AFTER_HASHTAG.match(text, found.end())
    ]


def _mentions(text: str) -> list[Entity]:
    return [
        Entity("mention", found.start(1) - 1, found.end(), found[1] + (found[2] or ""))
        for found in _MENTION.finditer(text)
        if not _NOT_AFTER_MENTION.match(text, found.end())
    ]


def _cashtags(text: str) -> list[Entity]:
    return [
        Entity("cashtag", found.start(1) - 1, found.end(1), found[1])
        for found in _CASHTAG.finditer(text)
    ]


def _weight(text: str, emoji: regex.Pattern[str]) -> int:
    if text.isascii():
        return len(text)
    rest, emojis = emoji.subn("", text)
    return _EMOJI_WEIGHT * emojis + len(rest) + len(_HEAVY.findall(rest))
