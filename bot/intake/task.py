"""What is to be done about one file, or several that belong together, written down beforehand.

    Task ─▶ journal ─▶ moves, copies, submissions, audit, notes ─▶ journal cleared

The journal is what makes `kill -9` harmless: a task is on the disk in full before its first
step, each step can tell that it was done, and whatever finds a task in the journal does the
rest of it. The moves come first, since they alone can fail for what a volunteer does meanwhile;
where one does, those before it are undone and the file is looked at anew.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final, Literal

from bot.content.files import Refused
from bot.intake.drawer import Drawer, Mark

Side = Literal["received", "returned"]

JOURNAL: Final = ".intake.json"
_MOST = 64 * 2**20


@dataclass(frozen=True, slots=True)
class Move:
    """A file's way out of the inbox, into the folder of its own below another."""

    folders: tuple[str, ...]
    name: str
    mark: Mark
    to: Side
    new: str


@dataclass(frozen=True, slots=True)
class Copy:
    """A picture's way to the pictures of submissions, without what a camera writes into it."""

    safe: str
    """Where its safe copy is, from the root…"""
    original: str
    """…and where it came in, of which that is made again if it must be."""
    new: str


@dataclass(frozen=True, slots=True)
class Submission:
    """A file for waiting/, and its line in the audit log."""

    stem: str
    text: str
    by: str
    digest: str
    """SHA-256 of the bytes of the file it came in."""
    detail: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Note:
    """A note for a volunteer, in the folder of this name below `returned`."""

    folders: tuple[str, ...]
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Task:
    """All that is to be done, in this order."""

    moves: tuple[Move, ...]
    copies: tuple[Copy, ...] = ()
    submissions: tuple[Submission, ...] = ()
    notes: tuple[Note, ...] = ()


class Journal:
    """The task in hand, in the folder of submissions: volunteers cannot write there."""

    def __init__(self, waiting: Drawer) -> None:
        self._folder = waiting

    def write(self, task: Task) -> None:
        """Put the task on the disk.

        Raises:
            OSError: it cannot be written; then nothing may be done.
        """
        # Names that are no UTF-8 hold surrogates, which JSON escapes.
        self._folder.replace(JOURNAL, json.dumps(asdict(task)).encode("ascii"))

    def read(self) -> Task | None:
        """Find the task that a crash has left; None where there is none, or no whole one."""
        try:
            raw = self._folder.read(JOURNAL, most=_MOST)
        except (FileNotFoundError, Refused):
            return None
        try:
            return _task(json.loads(raw))
        except (ValueError, TypeError, KeyError):
            return None  # not ours: ours is written whole or not at all

    def clear(self) -> None:
        """All is done."""
        self._folder.remove(JOURNAL)


def _task(found: Mapping[str, Any]) -> Task:
    return Task(
        moves=tuple(
            Move(**{**m, "folders": tuple(m["folders"]), "mark": Mark(*m["mark"])})
            for m in found["moves"]
        ),
        copies=tuple(Copy(**c) for c in found["copies"]),
        submissions=tuple(Submission(**s) for s in found["submissions"]),
        notes=tuple(Note(**{**n, "folders": tuple(n["folders"])}) for n in found["notes"]),
    )
