"""What a proof sheet is made of, and what it says, ready for the template."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType
from typing import Literal
from zoneinfo import ZoneInfo

from bot.model import Catalog, Limits, NetworkName, Post, Visibility
from bot.text import EntityKind

# --- what it is made of ----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Embedded:
    """A picture as it stands in the page."""

    address: str
    """A `data:` address."""
    width: int
    """Of the file that goes out, in pixels."""
    height: int
    size: int
    """Of the file that goes out, in bytes."""
    reduced: bool
    """Smaller than that file, to keep the page small enough for mail."""


@dataclass(frozen=True, slots=True)
class Hold:
    """Something that keeps posts from going out. `scope` is as that of a stop switch."""

    scope: str
    """`all`, `account:NAME`, `campaign:NAME`, or `messages`."""
    reason: str
    until: datetime | None = None
    """None: until somebody acts."""
    messages: frozenset[str] = frozenset()
    """Which, where the scope is `messages`."""

    def holds(self, post: Post) -> bool:
        """Tell whether it keeps `post` back."""
        if self.until is not None and self.until <= post.at:
            return False
        if post.message in self.messages:
            return True
        return self.scope in ("all", f"account:{post.account}", f"campaign:{post.campaign}")


@dataclass(frozen=True, slots=True)
class Material:
    """Everything that a sheet is made of; nothing else goes into it."""

    posts: Sequence[Post]
    """In order of time, the skipped ones included."""
    catalog: Catalog
    limits: Mapping[str, Limits]
    """By account."""
    start: datetime
    end: datetime
    """The first moment that is not on the sheet."""
    made: datetime
    pictures: Mapping[Path, Embedded | str] = field(default_factory=lambda: MappingProxyType({}))
    """By path as in the drafts; a text says why there is none."""
    holds: Sequence[Hold] = ()
    refused: Sequence[str] = ()
    """What is wrong in content/ or schedules.yaml and so is left out, one line each."""
    queued: int = 0
    """Posts of the span that are in the queue already, and so no longer in the plan."""
    spent: Mapping[tuple[str, str], Decimal] = field(default_factory=lambda: MappingProxyType({}))
    """Dollars by (account, `2022-02`) before the first post of the sheet."""


# --- what it says ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Word:
    """A stretch of a text; `href` where it leads to the web."""

    text: str
    kind: EntityKind | Literal["text"] = "text"
    href: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """One post of a thread; a post that is no thread has one."""

    words: Sequence[Word]
    length: int
    limit: int
    counted: str
    """What a reader would count otherwise, e.g. `its link counts 23`; mostly empty."""


@dataclass(frozen=True, slots=True)
class Poll:
    """A question's answers, each with its length."""

    options: Sequence[tuple[str, int]]
    option_limit: int
    runs: str
    multiple: bool


@dataclass(frozen=True, slots=True)
class Figure:
    """A post's picture with its alt text."""

    path: str
    alt: str
    alt_limit: int
    mark: str
    """The style class that holds the picture: however many posts carry it, it is there once."""
    embedded: Embedded | None
    problem: str
    """Why it cannot be shown."""


@dataclass(frozen=True, slots=True)
class Preview:
    """A post as its readers will see it, and what they will not see."""

    ref: str
    """What people answer with: `12`, or `12b` where a message has several accounts."""
    at: datetime
    account: str
    network: NetworkName
    host: str
    initials: str
    hue: int
    language: str
    parts: Sequence[Part]
    content_warning: str | None
    visibility: Visibility
    poll: Poll | None
    figure: Figure | None
    without_card: str
    """Why it goes out without the card it might have had; mostly empty."""
    link: str | None
    """In full; in the text it may be shortened, or be printed on the card only."""
    link_on_card: bool
    cost_usd: Decimal
    warnings: Sequence[str]
    held: Sequence[str]
    twin: str
    """The reference of a preview beside it with the same words; mostly empty."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A post that does not go out, and why."""

    at: datetime
    account: str
    network: NetworkName
    message: str
    schedule: str
    reason: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One message at one time, with a preview for each account that posts it."""

    number: int
    at: datetime
    name: str
    """The file's, without folder and ending."""
    path: str
    campaign: str
    language: str
    schedule: str
    """Which one draws it, with its own hour where its zone is another; empty at a fixed time."""
    source: str
    true_until: datetime | None
    previews: Sequence[Preview]
    left_out: Sequence[LeftOut]

    @property
    def refs(self) -> str:
        """`12`, or `12a-c` where it has several previews."""
        if len(self.previews) == 1:
            return str(self.number)
        last = self.previews[-1].ref.removeprefix(str(self.number))
        return f"{self.number}a–{last}"

    @property
    def long(self) -> bool:
        """Whether it may take more than a printed page."""
        return any(len(preview.parts) > 2 for preview in self.previews)


@dataclass(frozen=True, slots=True)
class Day:
    """What one local day brings."""

    day: date
    entries: Sequence[Entry]
    left_out: Sequence[LeftOut]
    """Of slots at which nothing goes out at all."""
    counts: Counter[str]
    """Posts by account."""
    cost_usd: Decimal

    @property
    def posts(self) -> int:
        """How many posts go out."""
        return sum(self.counts.values())

    @property
    def all_left_out(self) -> int:
        """How many posts do not, those inside entries included."""
        return len(self.left_out) + sum(len(e.left_out) for e in self.entries)

    @property
    def numbers(self) -> str:
        """The numbers of its entries: `12–19`."""
        if not self.entries:
            return ""
        first, last = self.entries[0].number, self.entries[-1].number
        return str(first) if first == last else f"{first}–{last}"


@dataclass(frozen=True, slots=True)
class Question:
    """Something for the reader to look at."""

    kind: Literal["held", "refused", "queued", "clash", "warning", "picture"]
    text: str
    refs: Sequence[str] = ()
    """Previews that it is about."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why posts are left out, and how many, and on which days."""

    text: str
    times: int
    days: Sequence[date]


@dataclass(frozen=True, slots=True)
class Bill:
    """What an account costs in a month."""

    account: str
    month: date
    before_usd: Decimal
    """Spent before the sheet's first post."""
    here_usd: Decimal
    cap_usd: Decimal | None

    @property
    def after_usd(self) -> Decimal:
        """What it comes to with the sheet's posts."""
        return self.before_usd + self.here_usd


@dataclass(frozen=True, slots=True)
class Cut:
    """Where the sheet ends before the span does, to stay small enough for mail."""

    last: date
    next: date
    days: int
    """Local days of the span that are not on the sheet."""
    posts: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """A whole proof sheet."""

    code: str
    """Changes as soon as any word, picture, account or hour of its posts does."""
    campaigns: Sequence[str]
    zone: ZoneInfo
    start: datetime
    end: datetime
    made: datetime
    accounts: Sequence[str]
    days: Sequence[Day]
    questions: Sequence[Question]
    reasons: Sequence[Reason]
    bills: Sequence[Bill]
    cut: Cut | None
    pictures: Mapping[str, str]
    """Style class -> `data:` address."""
    first: datetime | None
    """When the first post goes out."""

    @property
    def totals(self) -> Mapping[str, int]:
        """Posts by account."""
        return {name: sum(day.counts[name] for day in self.days) for name in self.accounts}

    @property
    def posts(self) -> int:
        """How many posts are on it."""
        return sum(day.posts for day in self.days)

    @property
    def left_out(self) -> int:
        """How many are left out."""
        return sum(day.all_left_out for day in self.days)

    @property
    def cost_usd(self) -> Decimal:
        """What its posts cost together."""
        return sum((day.cost_usd for day in self.days), Decimal(0))
