"""What intake finds in a file, and what it says of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

from bot.reasons import Reason

Verdict = Literal["taken", "returned", "partly", "waits"]


class Finding(NamedTuple):
    """One thing that is wrong, for the volunteer."""

    reason: Reason
    line: int | None = None
    """Of the file, from 1."""
    place: Reason | None = None
    """Of a spreadsheet the row, and perhaps the column."""


class Length(NamedTuple):
    """How long a text is for one account, with all that is added to it."""

    network: str
    account: str
    length: int
    limit: int


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of a file."""

    campaign: str
    file: str
    """Its way from the inbox, as it can be shown."""
    verdict: Verdict
    submissions: tuple[str, ...] = ()
    """The ids of what it became."""
    findings: tuple[Finding, ...] = ()
    note: str = ""
    """The note's way from the inbox."""
