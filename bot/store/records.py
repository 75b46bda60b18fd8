"""What the store gives back besides the nouns of `bot.model`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from bot.model import Delivery, Receipt, State

Use = Literal["post", "look", "read"]
"""What an account is suspended from: posting, looking for doubtful posts, reading engagement."""


@dataclass(frozen=True, slots=True)
class AccountState:
    """An account that is not to be used for now."""

    account: str
    use: Use
    since: datetime
    until: datetime | None
    """None: until a person acts."""
    reason: str
    needs_person: bool


@dataclass(frozen=True, slots=True)
class Pause:
    """A stop switch that is on. `scope` is `all`, `account:NAME` or `campaign:NAME`."""

    scope: str
    by: str
    why: str
    since: datetime


@dataclass(frozen=True, slots=True)
class Heartbeat:
    """What the daemon last said of itself."""

    pid: int
    host: str
    mode: str
    """`sandbox` or `real`."""
    started: datetime
    tick: datetime
    """When its last tick ended."""
    next_due: datetime | None


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened: a step in a delivery's life, or to an account or the daemon.

    Events are written once and never changed.
    """

    at: datetime
    event: str
    delivery: int | None
    """None where it belongs to no delivery."""
    account: str
    """Or what else it happened to: a stop switch's scope, the clock."""
    message: str
    state: State | None
    """The state that it led the delivery to."""
    tries: int
    detail: str


@dataclass(frozen=True, slots=True)
class Step:
    """One move of a delivery, to be recorded: as it was read, as it is to be, and why."""

    before: Delivery
    after: Delivery
    event: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Expired:
    """A queued delivery whose hour is past, and what kept it."""

    delivery: Delivery
    paused: bool
    """A stop switch holds it."""
    waited_for: int | None
    """The unresolved delivery it had to wait for: the part before it, or one that says the same."""


@dataclass(frozen=True, slots=True)
class DueSample:
    """A receipt whose engagement is to be read now."""

    delivery: int
    account: str
    campaign: str
    message: str
    receipt: Receipt
    after: timedelta
    """The latest of the sampling offsets that has come."""
