"""What a reviewer needs to know of one submission, or of one message that waits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.approval import Fingerprint
from bot.content import ContentError, Problem
from bot.model import AuditEntry, Deed, Draft, Message, Refusal


class CannotApprove(ContentError):
    """What was asked cannot be done; the text says what to do first."""


class ChangedMeanwhile(CannotApprove):
    """It is not any more what the person saw who says yes to it."""


@dataclass(frozen=True, slots=True)
class Item:
    """A submission, or a message that waits, as a reviewer needs it."""

    message: Message
    is_submission: bool
    """It lies in waiting/."""
    problems: tuple[Problem, ...]
    """Of its file; with an error among them it cannot be approved."""
    reason: str
    """What it waits for; "" where it waits no more."""
    approved_by: tuple[str, ...]
    people: int
    """How many different people must approve it."""
    drafts: Mapping[str, Draft | Refusal]
    """As each account would post it."""
    variants: Mapping[str, tuple[Draft | Refusal, ...]]
    """By account, as it would post each time that it comes round again with other words."""
    fingerprint: Fingerprint
    log: tuple[AuditEntry, ...]
    """All that was done to it, the newest last."""

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that must be mended first."""
        return tuple(p for p in self.problems if p.severity == "error")

    @property
    def came(self) -> AuditEntry | None:
        """How it came in; None for a file that a person put there."""
        found = [e for e in self.log if e.deed in (Deed.RECEIVED, Deed.DRAFTED)]
        return found[-1] if found else None

    @property
    def approved_before(self) -> AuditEntry | None:
        """The newest approval of it as it was; None where it is in force, or there is none."""
        last = next((e for e in reversed(self.log) if e.deed is Deed.APPROVED), None)
        return None if last is None or last.fingerprint == self.fingerprint.value else last
