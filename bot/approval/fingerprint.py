"""What a person approves, in six parts, and its hash.

    text       the message's words for every network and turn, and what is added to them:
               link, hashtags, content warning, poll
    card       words and look of its card
    picture    the bytes of the pictures in it
    alt        the alt text a person wrote
    accounts   where it may go
    time       its own hour, and the span in which it is true

A petition's moving figures are in none: what is approved is that the newest is shown.
Values that a field has by default are left out, so that a later version of ours, which knows
more settings, finds the same fingerprint.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import MISSING, Field, dataclass, fields, is_dataclass, replace
from datetime import datetime
from functools import cached_property
from pathlib import Path
from types import MappingProxyType

from bot.model import Campaign, CardSpec, Message
from bot.share_card import card_spec

Digest = Callable[[Path], str]
"""Gives the hash of a picture file's bytes, by its path from the root."""

_IN_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "text": "the text",
        "card": "the card",
        "picture": "the picture",
        "alt": "the alt text",
        "accounts": "the accounts",
        "time": "the time",
    }
)


@dataclass(frozen=True)
class Fingerprint:
    """What a message is, as far as a person approves it."""

    parts: Mapping[str, str]
    """Each part's content by name, in a form that is the same for the same content."""

    @cached_property
    def value(self) -> str:
        """SHA-256 over all parts."""
        return hashlib.sha256(json.dumps(dict(self.parts), sort_keys=True).encode()).hexdigest()


def fingerprint(
    message: Message, campaign: Campaign, accounts: Iterable[str], digest: Digest
) -> Fingerprint:
    """Take a message's fingerprint; `accounts` are those that may say it."""
    texts = dict.fromkeys((message.text, *message.per_network.values(), *message.variants))
    specs = [spec for text in texts if (spec := card_spec(message, campaign, text, None))]
    card = [_plain(_without_figures(spec)) for spec in specs]
    pictures = {
        str(path): digest(path)
        for path in (message.image, *(p for spec in specs for p in _pictures(spec)))
        if path is not None
    }
    parts = {
        "text": {
            "texts": _plain([message.text, message.per_network, message.variants]),
            "thread": _plain(message.thread),
            "poll": _plain(message.poll),
            "warning": message.content_warning,
            "language": message.language,
            "visibility": message.visibility,
            "link": message.link,
            "tags": [
                _plain(message.hashtags),
                _plain(message.without_hashtags),
                _plain(campaign.hashtags),
                _plain(campaign.rotating_hashtags),
                campaign.rotate,
            ],
        },
        "card": card,
        "picture": pictures,
        "alt": message.alt,
        "accounts": sorted(accounts),
        "time": _plain([message.at, message.not_before, message.true_until]),
    }
    return Fingerprint({name: json.dumps(v, sort_keys=True) for name, v in parts.items()})


def changed(before: Mapping[str, str], now: Fingerprint) -> str:
    """Name what is no longer as it was approved: `the text and the picture`."""
    different = [
        words for name, words in _IN_WORDS.items() if before.get(name) != now.parts.get(name)
    ]
    *first, last = different or ["what it says"]
    return f"{', '.join(first)} and {last}" if first else last


def _without_figures(spec: CardSpec) -> CardSpec:
    return replace(spec, count=None, as_of=None)


def _pictures(spec: CardSpec) -> Sequence[Path | None]:
    return (spec.image, spec.look.brand.logo, spec.look.brand.picture)


def _plain(value: object) -> object:
    """Bring a value into JSON's types, without what a field has by default."""
    if is_dataclass(value) and not isinstance(value, type):
        return {
            field.name: _plain(inner)
            for field in fields(value)
            if (inner := getattr(value, field.name)) != _default(field)
        }
    if isinstance(value, Mapping):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(inner) for inner in value]
    if isinstance(value, datetime):
        return value.timestamp()
    if value is None or isinstance(value, (bool, int, float)):
        return value
    return str(value)


def _default(field: Field[object]) -> object:
    if field.default is not MISSING:
        return field.default
    return field.default_factory() if field.default_factory is not MISSING else MISSING
