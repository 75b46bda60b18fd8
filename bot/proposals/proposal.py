"""What is found in a document, and what is proposed from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from bot.model import NetworkName
from bot.proposals.document import Place

PROPOSAL = "proposal"
"""The id of a message that has no file yet."""


class FindingKind(StrEnum):
    """What a reader of a document looks for."""

    QUOTATION = "quotation"
    CALL = "call"
    DATE = "date"
    PLACE = "place"
    FIGURE = "figure"
    NAME = "name"
    LINK = "link"
    HANDLE = "handle"
    HASHTAG = "hashtag"
    NOTE = "note"
    """The organiser's own lines: target, salutation, cautions."""
    LEFT_OUT = "left out"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found; `detail` is what is known or unsure of it."""

    kind: FindingKind
    text: str
    place: Place
    detail: str = ""


class ProposalKind(StrEnum):
    """What a proposal is, by what it is made of; in the order of what to keep."""

    QUOTATION = "quotation"
    EVENT = "event"
    CALL = "call"
    FIGURE = "figure"
    STATEMENT = "statement"
    """Somebody named takes a stand, in the document's words."""
    DEMAND = "demand"
    POINT = "point"
    """Why it matters: a sentence on the case."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A message put together of a document's own words, for a person to approve."""

    kind: ProposalKind
    text: str
    place: Place
    language: str
    action: str | None = None
    link: str | None = None
    networks: tuple[NetworkName, ...] = ()
    """Only for these, where it has no room on the others."""
    true_until: date | None = None
    card: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """The words of `card:`, its kind included; empty for the usual card."""
    source: str = ""
    as_of: date | None = None
    notes: tuple[str, ...] = ()
    """What the reviewer should look at; never part of the text."""

    def head(self) -> dict[str, object]:
        """Give the settings of its file, in their usual order."""
        return {
            "approval": "required",
            "language": self.language,
            "action": self.action,
            "link": self.link,
            "networks": [str(n) for n in self.networks],
            "true_until": self.true_until.isoformat() if self.true_until else None,
            "card": dict(self.card),
            "source": self.source,
            "as_of": self.as_of.isoformat() if self.as_of else None,
        }

    def comments(self, name: str) -> tuple[str, ...]:
        """Give the lines above its settings: where it is from, and what to look at."""
        return (f"from {name}:{self.place}", *(f"check: {note}" for note in self.notes))
