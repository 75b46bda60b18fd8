"""Deliveries: drafts on their way, and what came of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.model.accounts import Missed
from bot.model.drafts import Draft
from bot.model.words import NetworkName, require_zone


class State(StrEnum):
    """Where a delivery stands; the transitions are drawn in settle.py."""

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    IN_DOUBT = "in_doubt"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Receipt:
    """The network's id and address of what was posted."""

    remote_id: str
    url: str
    posted_at: datetime | None = None
    uri: str | None = None
    """ActivityPub id: stays the same where a server changes ids on edit."""


@dataclass(frozen=True, slots=True)
class Counts:
    """Engagement at a time. None is "the network did not say", which is not zero."""

    likes: int | None = None
    reposts: int | None = None
    replies: int | None = None
    quotes: int | None = None
    bookmarks: int | None = None
    impressions: int | None = None


@dataclass(frozen=True, slots=True)
class Delivery:
    """A draft on its way to one account; the durable row."""

    id: int
    slot: str
    account: str
    network: NetworkName
    campaign: str
    message: str
    schedule: str | None
    part: int
    """0 for the first post of a thread and for every single post."""
    due: datetime
    expires: datetime | None
    missed: Missed
    state: State
    draft: Draft
    key: str
    """Sent on every try, as Mastodon's Idempotency-Key; made once, with the row."""
    not_before: datetime
    """When the next try or look may happen."""
    tries: int = 0
    claimed_at: datetime | None = None
    """When its last try was claimed; of one in doubt: the last moment at which it can have been
    made."""
    doubt_since: datetime | None = None
    """When the first doubtful claim was made."""
    absences: int = 0
    """Looks at our own timeline since then that did not find it."""
    refused: bool = False
    """The network refused a try after a doubtful one: perhaps as a duplicate of it."""
    receipt: Receipt | None = None
    reason: str = ""
    previous: int | None = None
    """The delivery of the thread's part before."""
    checked_at: datetime | None = None
    """When our own timeline had been looked through for it, without finding it."""
    put_back_at: datetime | None = None
    """It is in doubt only because the ledger was put back then: no call of it is known."""

    def __post_init__(self) -> None:
        for name in (
            "due", "expires", "not_before", "claimed_at", "doubt_since", "checked_at", "put_back_at"
        ):  # fmt: skip
            require_zone(f"delivery.{name}", getattr(self, name))


@dataclass(frozen=True, slots=True)
class PastPost:
    """What the planner needs to know of a delivery in the ledger."""

    slot: str
    account: str
    network: NetworkName
    campaign: str
    message: str
    """Empty where the slot found nothing to say."""
    schedule: str | None
    due: datetime
    state: State
    text: str


@dataclass(frozen=True, slots=True)
class Sample:
    """Engagement counts of a receipt at a time."""

    delivery: int
    after: timedelta
    """Which of the catalog's sampling offsets this is."""
    at: datetime
    counts: Counts
    simulated: bool = False
