"""What a kit is made of, ready for the templates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.model import Action, Campaign, Catalog, Hold, Message

# --- what it is made from --------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A message or an action that is not in the kit, and why: for whoever makes it."""

    name: str
    """The message's id; `CAMPAIGN: action NAME`."""
    reason: str


@dataclass(frozen=True, slots=True)
class Wish:
    """For what a kit is asked: a campaign, as it may be spoken of at a moment."""

    root: Path
    catalog: Catalog
    campaign: Campaign
    now: datetime
    waiting: Mapping[str, str]
    """Messages that a person keeps back (no approval, a hold), by id, with the reason."""
    holds: Sequence[Hold] = ()
    """Words of which nothing goes out: an action that has one is left out, too."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What of a campaign may be said."""

    messages: Sequence[Message]
    actions: Sequence[Action]
    left_out: Sequence[LeftOut]


# --- what it says ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Words:
    """A text of content in its language: what `lang` and `dir` are for."""

    text: str
    language: str
    direction: str
    """`ltr` or `rtl`."""


@dataclass(frozen=True, slots=True)
class Until:
    """The moment from which something is no longer true, and how a person says it."""

    at: str
    """ISO 8601 in UTC, for the page's script."""
    words: str


@dataclass(frozen=True, slots=True)
class Share:
    """A button that opens a network, or an e-mail, with the text in place."""

    key: str
    network: str
    href: str


@dataclass(frozen=True, slots=True)
class Card:
    """A picture that lies in the kit."""

    file: str
    """Relative to the kit's folder."""
    width: int
    height: int
    alt: Words


@dataclass(frozen=True, slots=True)
class Entry:
    """One message as supporters get it."""

    number: int
    words: Words
    """The whole text to copy, with link and hashtags."""
    parts: Sequence[str]
    """Of a thread, each as it is posted; empty where it is none."""
    shares: Sequence[Share]
    mastodon: str
    """The text for Mastodon, whose address only the reader knows; empty where it is too long."""
    missing: Sequence[str]
    """Which networks have no button, and why."""
    card: Card | None
    source: str
    until: Until | None


@dataclass(frozen=True, slots=True)
class Group:
    """Entries that ask for the same."""

    key: str
    title: Words
    entries: Sequence[Entry]


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter in one language, ready to be sent."""

    key: str
    """Names its files: `letters/<key>.html`."""
    subject: str
    to: Sequence[str]
    salutation: str
    paragraphs: Sequence[str]
    words: Words
    """All that is copied: salutation and text."""
    language_name: str
    """Empty where it is the page's own."""
    mailto: str
    """Empty where no recipient has an address."""
    paste: bool
    """It is too long for that address, and must be pasted."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a petition has come."""

    standing: str
    day: str
    percent: int | None
    until: Until | None
    """Until when the count may be shown; None where there is none."""


@dataclass(frozen=True, slots=True)
class Ask:
    """One thing that the reader is asked to do."""

    key: str
    kind: str
    title: Words
    to: Sequence[str]
    link: str
    progress: Progress | None
    when: str
    places: Sequence[str]
    calendar: str
    """Its `.ics` file, relative to the kit's folder."""
    handles: Sequence[tuple[str, str]]
    """Each with the address of its profile, empty where that is not known."""
    letters: Sequence[Letter]
    source: str
    until: Until | None


@dataclass(frozen=True, slots=True)
class Page:
    """The kit in one language."""

    language: str
    file: str
    name: str
    """The language's name for itself."""
    campaign: Words
    asks: Sequence[Ask]
    groups: Sequence[Group]

    @property
    def texts(self) -> int:
        """How many texts there are to share."""
        return sum(len(group.entries) for group in self.groups)


@dataclass(frozen=True, slots=True)
class Kit:
    """All of it."""

    campaign: Campaign
    made: datetime
    """In the campaign's zone."""
    pages: Sequence[Page]
    pictures: Mapping[str, bytes]
    calendars: Mapping[str, bytes]
    left_out: Sequence[LeftOut]
