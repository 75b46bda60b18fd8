"""What is looked at to find alerts. None, wherever it may stand, is "not looked at"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from bot.model import Delivery, NetworkName


@dataclass(frozen=True, slots=True)
class Stopped:
    """An account that waits for a person."""

    account: str
    network: NetworkName
    since: datetime
    reason: str
    has_keys: bool = True
    may_post: bool = False
    """Where it may, it is only not read from: engagement, or what is in doubt."""


@dataclass(frozen=True, slots=True)
class Undone:
    """A post that will not go out: refused, or skipped for being late."""

    delivery: int
    account: str
    message: str
    """"" where none was drawn."""
    due: datetime
    at: datetime
    """When that was settled."""
    failed: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Unapproved:
    """A message with an hour of its own that may not go out."""

    message: str
    at: datetime
    until: datetime
    """How late it may still go."""
    reason: str


@dataclass(frozen=True, slots=True)
class Empty:
    """An account whose schedules fire in the coming day and find nothing to say."""

    account: str
    slots: int
    reason: str


@dataclass(frozen=True, slots=True)
class Spending:
    """What an account has been charged in its month."""

    account: str
    usd: Decimal
    cap: Decimal
    least: Decimal
    """What the cheapest post costs."""
    month: str
    """`YYYY-MM`."""
    near: bool = False
    """It is time to tell a person."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """Submissions that wait for a person."""

    count: int
    oldest: datetime


@dataclass(frozen=True, slots=True)
class ContentErrors:
    """Files that cannot be used as they are."""

    count: int
    first: str
    since: datetime


@dataclass(frozen=True, slots=True)
class Copy:
    """The ledger is a backup that was put back."""

    key: str
    at: datetime
    what: str


@dataclass(frozen=True, slots=True)
class Late:
    """When the daemon last came to the end of its work, and what keeps it."""

    since: datetime
    trouble: str = ""
    """What the ledger says; "" where it works."""
    trouble_since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Situation:
    """How things stand at one moment."""

    now: datetime
    zone: ZoneInfo
    late: Late
    host: str = ""
    """Whose process it is."""
    sandbox: bool = False
    stopped: Sequence[Stopped] | None = None
    doubts: Sequence[Delivery] | None = None
    """Those that wait for a person."""
    undone: Sequence[Undone] | None = None
    unapproved: Sequence[Unapproved] | None = None
    empty: Sequence[Empty] | None = None
    spending: Sequence[Spending] | None = None
    waiting: Waiting | None = None
    waiting_known: bool = False
    content: ContentErrors | None = None
    content_known: bool = False
    clock: str | None = None
    """Why the clock is not believed on this machine; "" where it is."""
    shares_clock: bool = False
    """Whether the clock is that of a server, which keeps the ledger of several machines."""
    copies: Sequence[Copy] | None = None
    """Copies that were put in the ledger's place."""
