"""Messages: what there is to say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType

from bot.model.words import NO_WORDS, NetworkName, require_zone


class CardKind(StrEnum):
    """The templates a share card is drawn from."""

    QUOTE = "quote"
    PETITION = "petition"
    EVENT = "event"
    STATISTIC = "statistic"
    LETTER = "letter"
    ANNOUNCEMENT = "announcement"
    PHOTO = "photo"
    """Words over a photo."""
    POSTER = "poster"


CARD_SIZES = ((1200, 675), (1080, 1080), (1080, 1350), (1200, 630))
"""Width and height of cards in pixels: wide (16:9), square, tall (4:5), and of link previews."""


@dataclass(frozen=True, slots=True)
class CardWords:
    """The words a message gives for its card; what it leaves out comes from its action."""

    kind: CardKind
    words: Mapping[str, str] = field(default_factory=lambda: NO_WORDS)
    """By field: headline, body, quote, attribution, role, figure, label, source, date, place,
    target, to (recipients with a semicolon between), salutation, credit, kicker."""
    style: str | None = None
    """Instead of the brand's."""
    image: Path | None = None
    """A quote's portrait or a photo card's photo, relative to the root."""
    focus: tuple[float, float] | None = None
    """What of it must stay in view, as shares from left and top; None: found by looking."""
    size: tuple[int, int] | None = None
    """Width and height in pixels, instead of the account's."""


@dataclass(frozen=True, slots=True)
class Poll:
    """A question's answers and how long it runs."""

    options: tuple[str, ...]
    duration: timedelta
    multiple: bool = False


class Visibility(StrEnum):
    """Mastodon's visibilities that a publisher has a use for."""

    PUBLIC = "public"
    UNLISTED = "unlisted"
    PRIVATE = "private"


@dataclass(frozen=True, slots=True)
class Message:
    """One thing to say, one file. `id` is `campaign/file-stem`."""

    id: str
    campaign: str
    path: str
    """Relative to the root, for error texts."""
    text: str
    language: str
    variants: tuple[str, ...] = ()
    """Other wordings; used in turn when the message comes round again."""
    action: str | None = None
    link: str | None = None
    """Its own link, or its action's."""
    hashtags: tuple[str, ...] = ()
    without_hashtags: tuple[str, ...] = ()
    """The campaign's hashtags that it does not carry, such as a demand that has been met."""
    card: CardWords | None = None
    wants_card: bool = True
    image: Path | None = None
    alt: str | None = None
    content_warning: str | None = None
    visibility: Visibility | None = None
    accounts: tuple[str, ...] = ()
    """Only for these; empty is all."""
    networks: tuple[NetworkName, ...] = ()
    """Only for these; empty is all."""
    per_network: Mapping[NetworkName, str] = field(default_factory=lambda: MappingProxyType({}))
    at: datetime | None = None
    not_before: datetime | None = None
    true_until: datetime | None = None
    source: str | None = None
    as_of: date | None = None
    poll: Poll | None = None
    thread: tuple[str, ...] = ()
    """The texts that follow the first one, as replies to ourselves."""
    weight: int = 1
    needs_approval: bool = False
    """It goes out only while a person's approval of it, as it is, is in force."""
    line: int = 1
    """Where its text begins in the file, for error texts."""
    picture_place: tuple[int, int] = (1, 1)
    """Line and column of its `image` or `card`, or of its text, likewise."""

    def __post_init__(self) -> None:
        for name in ("at", "not_before", "true_until"):
            require_zone(f"message {self.id}: {name}", getattr(self, name))

    def is_true_at(self, moment: datetime) -> bool:
        """Tell whether the message may be said at `moment`."""
        if self.not_before is not None and moment < self.not_before:
            return False
        return self.true_until is None or moment < self.true_until
