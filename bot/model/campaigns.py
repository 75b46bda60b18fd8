"""Campaigns, their actions and their looks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from zoneinfo import ZoneInfo

from bot.model.words import NO_LISTS, NO_WORDS, Localised, LocalisedList, require_zone

_UTC = ZoneInfo("UTC")


class ActionKind(StrEnum):
    """What a reader can be asked to do."""

    PETITION = "petition"
    LETTER = "letter"
    EVENT = "event"
    REGISTER = "register"
    FOLLOW = "follow"
    SHARE = "share"


@dataclass(frozen=True, slots=True)
class CountSource:
    """Where a petition's count can be read: an address that answers in JSON, and a path in it."""

    url: str
    """https, on one of the campaign's hosts."""
    path: tuple[str | int, ...]
    """Keys and list indexes from the top of the answer; see bot.jsonpath."""
    every: timedelta = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class PetitionCount:
    """How many had signed a petition on a day, as a person or its source told."""

    campaign: str
    action: str
    number: int
    as_of: date
    at: datetime
    """When it was written down."""
    by: str
    """Who wrote it down; `SOURCE` where the bot read it itself."""
    source: str = ""
    """Where it is from, in words or as an address."""

    def __post_init__(self) -> None:
        require_zone("petition count: at", self.at)


SOURCE = "count_from"
"""Who writes down a count that the bot read from a petition's `count_from`."""


@dataclass(frozen=True, slots=True)
class Action:
    """What a reader is asked to do: sign, write, come, register, follow or share."""

    id: str
    kind: ActionKind
    title: Localised
    link: str | None = None
    # petition
    target: Localised = field(default_factory=lambda: NO_WORDS)
    goal: int | None = None
    count: int | None = None
    count_as_of: date | None = None
    count_from: CountSource | None = None
    # letter
    recipients: LocalisedList = field(default_factory=lambda: NO_LISTS)
    salutation: Localised = field(default_factory=lambda: NO_WORDS)
    letter: Localised = field(default_factory=lambda: NO_WORDS)
    """Its text, between the salutation and the sender's name."""
    # event
    starts: datetime | None = None
    ends: datetime | None = None
    all_day: bool = False
    places: LocalisedList = field(default_factory=lambda: NO_LISTS)
    # follow
    handles: tuple[str, ...] = ()
    not_before: datetime | None = None
    true_until: datetime | None = None
    source: str | None = None
    as_of: date | None = None

    def __post_init__(self) -> None:
        for name in ("starts", "ends", "not_before", "true_until"):
            require_zone(f"action {self.id}: {name}", getattr(self, name))


@dataclass(frozen=True, slots=True)
class Brand:
    """How a campaign looks. Colours are `#rrggbb`."""

    name: str
    background: str = "#14213d"
    ink: str = "#ffffff"
    accent: str = "#fca311"
    logo: Path | None = None
    picture: Path | None = None
    style: str = "broadside"
    """Name of the template that its cards are drawn by."""


@dataclass(frozen=True, slots=True)
class ApprovalRules:
    """What a campaign asks for before a message goes out."""

    messages: bool = False
    """Whether also what the comms team itself puts into messages/ needs approval."""
    people: int = 1
    """How many different people must approve."""
    second_look: timedelta | None = None
    """How old facts (`as_of`) may be before a person must look again."""


@dataclass(frozen=True, slots=True)
class Campaign:
    """What is being fought for. `id` is its folder's name."""

    id: str
    name: Localised
    languages: tuple[str, ...]
    brand: Brand
    hashtags: tuple[str, ...] = ()
    """Always appended; without the `#`."""
    rotating_hashtags: tuple[str, ...] = ()
    rotate: int = 1
    """How many of the rotating pool a post carries."""
    allowed_links: tuple[str, ...] = ()
    """Hosts; a host allows its subdomains."""
    actions: Mapping[str, Action] = field(default_factory=lambda: MappingProxyType({}))
    approval: ApprovalRules = ApprovalRules()
    zone: ZoneInfo = _UTC
    """In which its days begin and end."""
    counts_last: timedelta = timedelta(days=7)
    """How long after its day a petition's count may be shown."""
