"""Alerts: what the operator is to be told of, and how each kind of them is told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.model import require_zone


class Kind(StrEnum):
    """What an alert is about."""

    LEDGER = "ledger"
    """Nothing can be written down, so nothing can be posted."""
    STUCK = "stuck"
    """The daemon has not come to the end of its work for long."""
    ACCOUNT = "account"
    """An account waits for a person: keys, credits, a lock."""
    DOUBT = "doubt"
    """Only a person can tell whether a post went out."""
    FAILED = "failed"
    MISSED = "missed"
    UNAPPROVED = "unapproved"
    """A message's own hour comes, and nobody has approved it."""
    EMPTY = "empty"
    """Schedules find nothing to say in the coming day."""
    SPENDING = "spending"
    CAP = "cap"
    """Nothing more can be paid for."""
    SUBMISSIONS = "submissions"
    CONTENT = "content"
    """Files have errors."""
    CLOCK = "clock"
    """The clock is not believed, and nothing is posted by it from this machine."""
    COPY = "copy"
    """The ledger is a copy that was restored."""

    @property
    def happens(self) -> bool:
        """It happened, once; the others last until they are over."""
        return self in {Kind.FAILED, Kind.MISSED, Kind.COPY}

    @property
    def is_ours(self) -> bool:
        """It is about one process, and only that one can tell of it."""
        return self in {Kind.LEDGER, Kind.STUCK, Kind.CLOCK}

    @property
    def is_repeated(self) -> bool:
        """While it lasts the operator is told again, once a day."""
        return not self.happens and self not in {Kind.UNAPPROVED, Kind.SPENDING, Kind.CAP}

    @property
    def has_an_end(self) -> bool:
        """That it is over is worth telling; of the others whoever ended it knows."""
        return not self.happens and self not in {
            Kind.UNAPPROVED,
            Kind.SPENDING,
            Kind.SUBMISSIONS,
        }


@dataclass(frozen=True, slots=True)
class Alert:
    """Something that holds now, or has happened, that the operator is to be told of once."""

    key: str
    """The same for the same thing, at every look."""
    kind: Kind
    what: str
    """What happened, to which account or message: one sentence."""
    do: str
    """What to do about it, commands as they are typed."""
    since: datetime

    def __post_init__(self) -> None:
        require_zone(f"alert {self.key}", self.since)

    @property
    def text(self) -> str:
        """Both, as the ledger keeps them."""
        return f"{self.what}\n{self.do}"


@dataclass(frozen=True, slots=True)
class Told:
    """What the ledger knows of an alert."""

    key: str
    kind: Kind
    since: datetime
    """When it began; of one that came again, when that was seen."""
    told_at: datetime | None
    """When the operator last heard of it, or of its end."""
    ended_at: datetime | None
    times: int
    """How often the operator was told since it began; 0 is not yet."""
    text: str

    @property
    def what(self) -> str:
        """What happened."""
        return self.text.partition("\n")[0]

    @property
    def do(self) -> str:
        """What to do about it."""
        return self.text.partition("\n")[2]
