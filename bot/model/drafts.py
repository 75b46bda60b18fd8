"""From a message at a time to the exact text and card for one account."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from pathlib import Path

from bot.model.accounts import Missed, Schedule
from bot.model.campaigns import Brand
from bot.model.messages import CardKind, Poll, Visibility
from bot.model.words import NetworkName, require_zone


@dataclass(frozen=True, slots=True)
class Limits:
    """What one account's server accepts."""

    characters: int
    alt_characters: int
    media_bytes: int
    media_pixels: int
    url_length: int | None
    """What one link counts as; None where it counts in full."""
    poll_options: int = 4
    poll_option_characters: int = 25
    attachments: int = 4


@dataclass(frozen=True, slots=True)
class Look:
    """What a card is drawn with, besides its words."""

    brand: Brand
    hashtag: str = ""
    link: str = ""
    """Printed on the card where the account carries links there."""


@dataclass(frozen=True, slots=True)
class CardSpec:
    """Words and look of one card: all that its picture depends on."""

    kind: CardKind
    language: str
    words: Mapping[str, str]
    look: Look
    goal: int | None = None
    count: int | None = None
    as_of: date | None = None
    starts: datetime | None = None
    ends: datetime | None = None
    all_day: bool = False
    places: tuple[str, ...] = ()
    width: int = 1200
    height: int = 675
    style: str = "broadside"
    """The template's name."""
    image: Path | None = None
    """A quote's portrait or a photo card's photo, relative to the root."""
    focus: tuple[float, float] | None = None
    """What of it must stay in view, as shares from left and top; None: found by looking."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture file that goes out, and its alt text."""

    path: Path
    """Relative to the root, e.g. `images/cards/3f2a….png`; the name is the hash of the content."""
    media_type: str
    alt: str
    digest: str = ""
    """SHA-256 of the file, as it was when the draft was made; empty where it was not drawn."""


@dataclass(frozen=True, slots=True)
class Draft:
    """The exact text, card and alt text for one account, within its limits."""

    account: str
    network: NetworkName
    text: str
    language: str
    length: int
    limit: int
    picture: Picture | None = None
    content_warning: str | None = None
    visibility: Visibility = Visibility.PUBLIC
    poll: Poll | None = None
    thread: tuple[str, ...] = ()
    """Texts of the parts that follow, each sent as a reply to the one before."""
    thread_lengths: tuple[int, ...] = ()
    """What each of them counts."""
    in_reply_to: str | None = None
    """Remote id of the part before; filled in when that is known."""
    link: str | None = None
    hashtags: tuple[str, ...] = ()
    cost_usd: Decimal = Decimal(0)
    warnings: tuple[str, ...] = ()
    approved: str = ""
    """Fingerprint of the message as it was approved; empty where it needed no approval."""
    count_until: datetime | None = None
    """Until when the petition's count in it may be shown; None where it shows none."""

    def __post_init__(self) -> None:
        require_zone("draft.count_until", self.count_until)


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a message makes no draft for an account."""

    reason: str
    passing: bool = False
    """Nothing is wrong with the message: it may go at another hour, or once a count is there."""


@dataclass(frozen=True, slots=True)
class Slot:
    """One moment at which a schedule fires."""

    schedule: Schedule
    at: datetime
    """In UTC, jitter included."""
    key: str
    """`schedule|local date|HH:MM`: the wall-clock time it was written for, unique."""


class PostState(StrEnum):
    """What the plan says of a post."""

    PLANNED = "planned"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Post:
    """A message at a time, for one account."""

    at: datetime
    """In UTC."""
    slot: str
    """What makes it one post: `schedule|local date|HH:MM` or `fixed|message|…`."""
    account: str
    network: NetworkName
    campaign: str
    message: str | None
    """None where the schedule found nothing to say."""
    state: PostState
    reason: str = ""
    schedule: str | None = None
    expires: datetime | None = None
    """When it is too late."""
    missed: Missed = Missed.SPACE_OUT
    draft: Draft | None = None

    def __post_init__(self) -> None:
        require_zone("post.at", self.at)
        require_zone("post.expires", self.expires)
