"""The port every network implements, and its errors.

    NetworkError
    ├── Rejected         it is not posted, and this draft never will be
    ├── TryLater         it is not posted yet: wait until `until`, the whole account with it
    └── OutcomeUnknown   it may be posted: look before doing anything else

Each error answers one question: "is it posted?". Library exceptions are mapped to these in
one place per network, and chained. Their texts are shown to people and logged, so they
never carry a credential.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from bot.model import Counts, Draft, Limits, NetworkName, Receipt


class NetworkError(Exception):
    """Any answer of a network that is not a receipt."""


class Rejected(NetworkError):
    """It is not posted, and this draft never will be (validation, duplicates, policy)."""


class TryLater(NetworkError):
    """It is not posted yet: rate limits, refused connections, credits, credentials.

    `until` is when the account may be used again (None: the caller's back-off decides).
    `needs_person` is set where waiting alone does not help (401, 402, a locked account).
    """

    def __init__(
        self, reason: str, *, until: datetime | None = None, needs_person: bool = False
    ) -> None:
        super().__init__(reason)
        self.reason = reason
        self.until = until
        self.needs_person = needs_person


class OutcomeUnknown(NetworkError):
    """It may be posted: a read timeout, a reset, a 5xx after sending, an unreadable success."""


PERSON_RETRY = timedelta(hours=1)
"""How often an account that needs a person is tried all the same, for each of its uses."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A post as our own timeline shows it. `text` is plain, with its true links."""

    receipt: Receipt
    text: str
    pictured: bool
    warning: str | None = None
    """Its content warning; None on a network that has none."""
    pictures: int | None = None
    """How many pictures it carries; None where only `pictured` is known."""
    alt: str | None = None
    """The alt text of its picture; None where the server does not say."""
    answers: bool = False
    """Whether it answers another post."""


class Network(Protocol):
    """One account on one network, over HTTP."""

    name: NetworkName

    @property
    def resend_window(self) -> timedelta:
        """How long one key cannot post twice there; zero where keys are not honoured (X)."""
        ...

    @property
    def posts_read(self) -> int:
        """How many posts `find` and `measure` have read so far, where each one costs money."""
        ...

    @property
    def clock_ahead(self) -> timedelta | None:
        """How far its server's clock is ahead of ours; None while it has not told."""
        ...

    @property
    def tells_limits(self) -> bool:
        """Whether it has told how many posts are left, so that no table needs to be asked."""
        ...

    def limits(self) -> Limits:
        """Read the account's limits from its server.

        Raises:
            TryLater: the server did not answer (the caller keeps what it had, or defaults).
        """
        ...

    def publish(self, draft: Draft, picture: bytes | None, key: str) -> Receipt:
        """Post `draft` with the bytes of its picture.

        Raises:
            Rejected, TryLater, OutcomeUnknown: as the module's docstring says.
        """
        ...

    def find(self, draft: Draft, since: datetime, until: datetime | None = None) -> Receipt | None:
        """Look for our own post of `draft` on our own timeline, made since `since`.

        Recognises it by text and links as the server returns them, and by whether it
        carries a picture. `until` bounds the window where the caller knows its end.

        Raises:
            TryLater: the timeline could not be read.
        """
        ...

    def posts_since(self, since: datetime) -> Sequence[Seen]:
        """Read all our own posts made since `since`, replies included, from our own timeline.

        Raises:
            TryLater: it could not be read, or holds more than is looked through.
        """
        ...

    def measure(self, receipts: Sequence[Receipt]) -> Mapping[str, Counts]:
        """Read engagement, by remote id; an id that is gone is missing from the answer.

        Raises:
            TryLater: the network could not be read.
        """
        ...


@dataclass(frozen=True, slots=True)
class Cap:
    """So many posts in a span of time."""

    posts: int
    span: timedelta
    whole_app: bool = False
    """Whether all accounts on the network share it."""


POST_CAPS: Mapping[NetworkName, tuple[Cap, ...]] = {
    NetworkName.X: (
        Cap(100, timedelta(minutes=15)),
        Cap(10_000, timedelta(hours=24), whole_app=True),
    ),
    NetworkName.MASTODON: (),
}
"""Kept while a server does not say itself how many posts are left (docs.x.com, 2026-08-22).

Mastodon says so with every answer. Servers that say nothing, such as snac, have no such limit.
"""

DEFAULT_LIMITS: Mapping[NetworkName, Limits] = {
    NetworkName.X: Limits(
        characters=280,
        alt_characters=1000,
        media_bytes=5 * 1024 * 1024,
        media_pixels=33_177_600,
        url_length=23,
    ),
    NetworkName.MASTODON: Limits(
        characters=500,
        alt_characters=1500,
        media_bytes=16 * 1024 * 1024,
        media_pixels=33_177_600,
        url_length=23,
        poll_option_characters=50,
    ),
}
"""Used until a server has answered, and where it does not say."""
