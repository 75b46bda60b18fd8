"""Where the ledger's file lies: is it still there, the same one, with room beside it."""

from __future__ import annotations

import os
from pathlib import Path

from sqlalchemy import URL

from bot.store.address import is_postgres, named
from bot.store.copies import file_of
from bot.store.errors import LedgerReplaced, StoreUnavailable
from bot.store.witness import NAME, Witness

LEAST_ROOM = 16 * 1024 * 1024
"""Bytes that must be free before a claim, so that the answer to its call can be written."""


class Place:
    """The file of an open ledger; of one on a server there is nothing to say."""

    def __init__(self, file: Path | None) -> None:
        self.file = file
        self.inode = self._now()
        """0 where the ledger is on a server."""

    def must_be_the_same(self) -> None:
        """Refuse to go on where what is written would be lost with this process.

        Raises:
            LedgerReplaced: the file is gone, or another one lies in its place.
        """
        if self._now() != self.inode:
            raise LedgerReplaced(
                f"the ledger {self.file} was replaced while the bot was at work: stop it, put "
                "the right ledger there (bot restore), and start it again"
            )

    def _now(self) -> int:
        if self.file is None:
            return 0
        try:
            return self.file.stat().st_ino
        except OSError as error:
            raise LedgerReplaced(
                f"the ledger {self.file} is gone ({error.strerror}): stop the bot, put a backup "
                "in its place (bot restore), and start it again"
            ) from error

    def must_have_room(self) -> None:
        """Refuse to begin a call whose answer might find no room.

        Raises:
            StoreUnavailable: the disk is nearly full.
        """
        if self.file is None:
            return
        folder = self.file.parent
        disk = os.statvfs(folder)
        if disk.f_bavail * disk.f_frsize < LEAST_ROOM:
            raise StoreUnavailable(
                f"the disk of {folder} is nearly full: less than {LEAST_ROOM // 1024 // 1024} MB "
                "are free, so nothing is posted. Make room there"
            )


def must_not_be_gone(url: str, folder: Path) -> None:
    """Refuse to begin anew, without a word, where there was a ledger; before it is opened.

    Raises:
        LedgerReplaced: its file is gone or empty, and the witness in `folder` saw it.
    """
    file, witness = file_of(url), Witness(folder / NAME)
    if file is None:
        return
    seen = witness.read()
    if not witness.is_there() or (seen is not None and not seen.attempt):
        return
    if not file.exists():
        raise gone(f"the ledger {file} is gone", witness)
    if file.stat().st_size == 0:
        raise gone(f"the ledger {file} is empty", witness)


def gone(what: str, witness: Witness) -> LedgerReplaced:
    """Say that there was a ledger, and what to do."""
    return LedgerReplaced(
        f"{what}, though there was one. Put a backup in its place: bot restore FILE. To begin "
        f"with an empty one all the same, which knows nothing of what was posted: remove "
        f"{witness.file}"
    )


def empty(url: URL, witness: Witness) -> LedgerReplaced:
    """Say that a ledger knows nothing, though there was one, and what to do."""
    if not is_postgres(url):
        return gone(f"the ledger {url.database} is empty", witness)
    return LedgerReplaced(
        f"the ledger {named(url)}, which DATABASE_URL names, is empty, though this machine has "
        "posted from one. If that is still in a file: bot db copy moves it there. If it was on a "
        "server: put its dump back (pg_restore), or correct DATABASE_URL. To begin with an empty "
        f"one all the same, which knows nothing of what was posted: remove {witness.file}"
    )
