"""What can happen to a delivery."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.model import Receipt, require_zone


@dataclass(frozen=True, slots=True)
class Claimed:
    """It is about to be sent."""


@dataclass(frozen=True, slots=True)
class Posted:
    """The network answered with a receipt."""

    receipt: Receipt


@dataclass(frozen=True, slots=True)
class Refused:
    """The network said no, for good."""

    reason: str


@dataclass(frozen=True, slots=True)
class Later:
    """Certainly not posted, try again; of a delivery in doubt: the look failed.

    `until` is when the account may be used again; None leaves it to the back-off. `burns`
    is false where the try says nothing about the delivery (credits, credentials, limits).
    """

    reason: str
    until: datetime | None = None
    burns: bool = True

    def __post_init__(self) -> None:
        require_zone("later.until", self.until)


@dataclass(frozen=True, slots=True)
class NotMade:
    """The answer to the call in doubt came late: it was certainly not posted."""

    answer: Later | Refused


@dataclass(frozen=True, slots=True)
class Unknown:
    """It may be posted."""

    reason: str


@dataclass(frozen=True, slots=True)
class Interrupted:
    """We stopped between the claim and the answer."""


@dataclass(frozen=True, slots=True)
class Found:
    """It is on our own timeline."""

    receipt: Receipt


@dataclass(frozen=True, slots=True)
class Absent:
    """It is not on our own timeline."""

    like: str = ""
    """The address of a post with the same words from before the doubt, which nobody owns.

    Perhaps a person posted it by hand; perhaps our clock was wrong. It is no evidence for the
    delivery, but nothing is sent again beside it without a key or a person's word.
    """


@dataclass(frozen=True, slots=True)
class Reopened:
    """Its key is not to be relied on any more, so look again before a resend."""


@dataclass(frozen=True, slots=True)
class Recheck:
    """The ledger was put back: it may have gone out after `since`, by a ledger that is lost.

    That ledger made no claim after `until`, when this one took its place.
    """

    since: datetime
    until: datetime

    def __post_init__(self) -> None:
        require_zone("recheck.since", self.since)
        require_zone("recheck.until", self.until)


@dataclass(frozen=True, slots=True)
class Taken:
    """A post that the ledger does not know is on our timeline at its hour."""

    reason: str


@dataclass(frozen=True, slots=True)
class Postponed:
    """It may not go out yet, for a reason of ours."""

    reason: str
    until: datetime

    def __post_init__(self) -> None:
        require_zone("postponed.until", self.until)


@dataclass(frozen=True, slots=True)
class TooLate:
    """Its hour is past."""

    reason: str


@dataclass(frozen=True, slots=True)
class Skip:
    """It will not go out, for a reason of ours: no longer true, missed, cancelled, too dear."""

    reason: str


@dataclass(frozen=True, slots=True)
class Decided:
    """A person says where it is, or (None) that it is not there."""

    receipt: Receipt | None
    by: str


Outcome = (
    Claimed
    | Posted
    | Refused
    | Later
    | Unknown
    | NotMade
    | Interrupted
    | Found
    | Absent
    | Reopened
    | Recheck
    | Taken
    | Postponed
    | TooLate
    | Skip
    | Decided
)
