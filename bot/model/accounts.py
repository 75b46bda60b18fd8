"""Accounts, schedules, and the catalog of all that content says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType
from zoneinfo import ZoneInfo

from bot.model.campaigns import Campaign
from bot.model.messages import Message, Visibility
from bot.model.words import NetworkName


class LinkPlace(StrEnum):
    """Where an account carries a message's link: on X a link costs 13 times a plain post."""

    TEXT = "text"
    CARD = "card"


class WhenInDoubt(StrEnum):
    """What an account does when nobody can tell whether a post went out."""

    ASK = "ask"
    RESEND = "resend"


@dataclass(frozen=True, slots=True)
class Account:
    """One of the organisation's own accounts on a network."""

    name: str
    network: NetworkName
    server: str | None = None
    """Base address; for X only to reach another server than X's own."""
    language: str = "en"
    """Used for a message whose file and campaign name none."""
    languages: tuple[str, ...] = ()
    """Only messages in these; empty is all."""
    posts_per_day: int | None = None
    monthly_cap_usd: Decimal | None = None
    quiet_from: time | None = None
    quiet_to: time | None = None
    least_gap: timedelta = timedelta(0)
    links: LinkPlace = LinkPlace.TEXT
    characters: int | None = None
    """Overrides the network's limit (paying X accounts: up to 25,000)."""
    visibility: Visibility = Visibility.PUBLIC
    when_in_doubt: WhenInDoubt | None = None
    """None: the network's own default (X asks, Mastodon resends with the same key)."""
    card_size: tuple[int, int] | None = None
    """Width and height of its cards in pixels; None: what its network shows best."""


CARD_SIZE: Mapping[NetworkName, tuple[int, int]] = MappingProxyType(
    {NetworkName.X: (1200, 675), NetworkName.MASTODON: (1200, 675)}
)
"""What a network shows best, width and height in pixels, where an account says no other.

Wide (16:9) is the only shape that nobody cuts. X shows single pictures whole from 16:9 to at
least 1:1, and publishers' guides disagree on taller ones. Mastodon's web client shows them whole
since 4.2 (its pull request 26132) but cut to 16:9 before, its Android app still cuts tall ones
(mastodon-android issue 1115), and its previews have 230,400 pixels whatever the shape: 640x360,
but 480x480, which a feed of 566 pixels then enlarges, so that small words blur.
"""


class Pick(StrEnum):
    """How a schedule draws its next message."""

    IN_ORDER = "in_order"
    """By file name, each once, then stop."""
    ROTATE = "rotate"
    """The one not said for longest."""
    SHUFFLE = "shuffle"
    """In an order that looks random, none twice before all were said once."""
    WEIGHTED = "weighted"
    """At random, a message of weight 3 three times as often as one of weight 1."""


class Missed(StrEnum):
    """What happens to posts that came due while the bot was down or paused."""

    SKIP = "skip"
    LATEST = "latest"
    """Only the newest that is not too late goes out."""
    SPACE_OUT = "space_out"
    """Those not too late go out one after the other, the account's least gap apart."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """When to draw a message from which campaign, for which accounts."""

    name: str
    campaign: str
    zone: ZoneInfo
    accounts: tuple[str, ...]
    days: tuple[str, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
    times: tuple[time, ...] = ()
    cron: str | None = None
    """Five fields; instead of days and times."""
    pick: Pick = Pick.ROTATE
    late: timedelta = timedelta(hours=2)
    """How late a post may still go out."""
    missed: Missed = Missed.SPACE_OUT
    jitter: timedelta = timedelta(0)
    languages: tuple[str, ...] = ()
    actions: tuple[str, ...] = ()
    starts: datetime | None = None
    ends: datetime | None = None


@dataclass(frozen=True, slots=True)
class Prices:
    """What X charges, in US dollars (docs.x.com pricing, read 2026-08-22). Overridable."""

    post: Decimal = Decimal("0.015")
    post_with_link: Decimal = Decimal("0.200")
    alt_text: Decimal = Decimal("0.005")
    read: Decimal = Decimal("0.001")
    """One post read on our own timeline."""


@dataclass(frozen=True, slots=True)
class Catalog:
    """All that content/ and schedules.yaml say; only what is valid is in it."""

    zone: ZoneInfo
    accounts: Mapping[str, Account]
    schedules: tuple[Schedule, ...]
    campaigns: Mapping[str, Campaign]
    messages: Mapping[str, Message]
    """By id, in file-name order."""
    near_repeat: timedelta = timedelta(days=14)
    """Near repeats within this span are warned about."""
    fixed_late: timedelta = timedelta(hours=2)
    """How late a message with a time of its own may still go out."""
    sample_after: tuple[timedelta, ...] = (
        timedelta(minutes=15),
        timedelta(hours=1),
        timedelta(hours=6),
        timedelta(days=1),
        timedelta(days=3),
        timedelta(days=7),
    )
    prices: Prices = Prices()
    quiet_days: tuple[tuple[date, date], ...] = ()
    """First and last days, in `zone`, of spans in which nothing is posted."""
