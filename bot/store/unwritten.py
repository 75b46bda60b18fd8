"""Receipts that could not be written into the ledger, kept where they can be.

A disk can fill between the claim and the answer. The answer is then held in hand, and written
when there is room. Should the process end before, a line in a file that has its room already
tells the next one where the post is; so a look at the timeline, or a person, is not needed.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from threading import Lock

from bot.model import Delivery, Receipt
from bot.settle import Outcome, Posted

NAME = "unwritten"

_SIZE = 16 * 1024
"""Bytes that the file takes up from the start, so that a full disk has room for some lines."""


@dataclass(frozen=True, slots=True)
class Note:
    """Where a post is, of whose delivery the ledger does not know it."""

    delivery: int
    key: str
    receipt: Receipt


class Unwritten:
    """The answers that the ledger did not take; usable from several threads."""

    def __init__(self) -> None:
        self.in_hand: list[tuple[Delivery, Outcome]] = []
        """Claimed deliveries, and what came of their calls."""
        self.writing = Lock()
        """Held by the one that writes them down."""
        self._file: Path | None = None
        self._lock = Lock()

    def open(self, folder: Path) -> list[Note]:
        """Make room in `folder`, and give what was left there by a process that has ended.

        Where it cannot be made there is none; answers are then only held in hand.
        """
        self._file = folder / NAME
        notes = list(self._read())
        if not notes:
            self.clear()
        return notes

    def keep(self, claimed: Delivery, outcome: Outcome) -> bool:
        """Hold an answer; tell whether it is on the disk, too."""
        with self._lock:
            self.in_hand.append((claimed, outcome))
            return isinstance(outcome, Posted) and self._note(claimed, outcome.receipt)

    def clear(self, written: int = 0) -> None:
        """Forget the first so many answers; the file keeps its room.

        Others may have come in meanwhile: as long as there are any, the file keeps all its lines.
        """
        with self._lock:
            del self.in_hand[:written]
            if self._file is not None and not self.in_hand:
                try:
                    self._write(0, b" " * _SIZE)
                except OSError:
                    return

    def _note(self, claimed: Delivery, receipt: Receipt) -> bool:
        if self._file is None:
            return False
        at = receipt.posted_at
        line = json.dumps(
            {
                "delivery": claimed.id,
                "key": claimed.key,
                "remote_id": receipt.remote_id,
                "url": receipt.url,
                "uri": receipt.uri,
                "posted_at": at.isoformat() if at is not None and at.utcoffset() else None,
            }
        )
        try:
            used = len(self._file.read_bytes().rstrip())
            self._write(used, f"\n{line}\n".encode())
        except OSError:
            return False
        return True

    def _read(self) -> Iterator[Note]:
        if self._file is None or not self._file.is_file():
            return
        try:
            lines = self._file.read_text(encoding="utf-8", errors="replace").splitlines()
        except OSError:
            return
        for line in filter(str.strip, lines):
            try:
                said = json.loads(line)
                at = said["posted_at"]
                receipt = Receipt(
                    said["remote_id"],
                    said["url"],
                    datetime.fromisoformat(at) if at else None,
                    said["uri"],
                )
                yield Note(int(said["delivery"]), str(said["key"]), receipt)
            except (ValueError, KeyError, TypeError):
                continue  # torn by the same disk

    def _write(self, at: int, content: bytes) -> None:
        if self._file is None:
            return
        descriptor = os.open(self._file, os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            os.pwrite(descriptor, content, at)
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
