"""What people did to submissions and messages before they went out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.model.words import NO_WORDS, require_zone


class Deed(StrEnum):
    """What was done; the audit log's verb."""

    RECEIVED = "received"
    """A file came in and became a submission."""
    DRAFTED = "drafted"
    """The bot proposed it, from a page or a spreadsheet."""
    EDITED = "edited"
    ALLOWED = "allowed"
    """A link's host or the names in it may stand."""
    SCHEDULED = "scheduled"
    APPROVED = "approved"
    RETURNED = "returned"
    """With a reason: it does not go out as it is."""
    SET_ASIDE = "set aside"
    """Looked at, and left for later."""
    HELD = "held"
    """The subject is a word or a pattern: what matches it waits."""
    RELEASED = "released"


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One line of the audit log: who did what to what, when, and to which state of it."""

    id: int
    at: datetime
    by: str
    """The person's name, as given; or whose file it was."""
    deed: Deed
    subject: str
    """A message's id, or a hold's pattern."""
    fingerprint: str = ""
    """Of what it was done to; for a file that came in, SHA-256 of its bytes."""
    detail: Mapping[str, str] = field(default_factory=lambda: NO_WORDS)
    """What else is to be known: `why`, `file`, and of an approval the approved parts."""

    def __post_init__(self) -> None:
        require_zone(f"audit entry {self.id}", self.at)


@dataclass(frozen=True, slots=True)
class Hold:
    """A word or /pattern/ of which nothing goes out while it is held."""

    pattern: str
    by: str
    why: str
    since: datetime
