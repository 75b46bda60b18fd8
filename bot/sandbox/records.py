"""What the sandbox remembers, as plain values: accounts, pictures, polls, posts, charges."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path

from bot.model import Counts

NetworkKey = str
"""`x` or `mastodon`: the words of `bot.model.NetworkName`, whose members will do as well."""


@dataclass(frozen=True, slots=True)
class SandboxAccount:
    """An account on one of the two servers.

    `name` is ours (the account's name in schedules.yaml), `username` is the handle that a
    reader sees; they differ where a handle may not hold what our name holds.
    """

    network: NetworkKey
    name: str
    id: str
    username: str
    display_name: str
    bot: bool
    created_at: datetime
    language: str
    """Of the server's error texts and of posts that name no language."""
    visibility: str
    """What a post that names none gets."""
    note: str = ""


@dataclass(frozen=True, slots=True)
class SandboxMedia:
    """An uploaded picture. `alt` is None where nobody described it."""

    id: str
    account: str
    file: Path
    media_type: str
    width: int
    height: int
    size: int
    alt: str | None
    focus: tuple[float, float] | None
    created_at: datetime
    post_id: str | None
    """The post it is attached to; None while it waits for one."""


@dataclass(frozen=True, slots=True)
class SandboxPoll:
    """A poll as it was asked for."""

    options: tuple[str, ...]
    duration: timedelta
    multiple: bool = False


@dataclass(frozen=True, slots=True)
class SandboxPost:
    """A post as a server holds it. `counts` are simulated, always."""

    network: NetworkKey
    id: str
    account: str
    text: str
    created_at: datetime
    media: Sequence[SandboxMedia]
    visibility: str
    language: str | None
    content_warning: str | None
    sensitive: bool
    reply_to: str | None
    poll: SandboxPoll | None
    key: str | None
    """The Idempotency-Key it came with."""
    counts: Counts
    url: str


@dataclass(frozen=True, slots=True)
class Charge:
    """What X would have charged for one kind of call."""

    what: str
    calls: int
    usd: Decimal
