"""One database for many histories: making its tables takes longer than living through one."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import event

from bot.store import Store

_MEMORY = Path("/dev/shm")  # noqa: S108 - a file system in memory; nobody else is told the name
"""Where the disk is not what is tried. All pragmas stay as they are in use."""


class SharedLedger:
    """A ledger on a real file, emptied between histories; who works on it hears of its steps."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(dir=_MEMORY if _MEMORY.is_dir() else None)
        self.folder = Path(self._folder.name)
        self._store = Store.open(f"sqlite:///{self.folder / 'ledger.db'}")
        self.step: Callable[[bool], object] = lambda _: None
        """Called wherever a process may die; with True within a transaction."""
        engine = self._store._engine
        self._empty = sqlite3.connect(":memory:")
        self._copy(to=self._empty)
        for moment in ("begin", "commit"):
            event.listen(engine, moment, lambda *_: self.step(True))
        event.listen(engine, "engine_connect", lambda *_: self.step(False))

    def emptied(self) -> Store:
        """Forget everything; gives a store on it."""
        self.step = lambda _: None
        self._copy(self._empty)
        return self.store()

    def _copy(
        self, source: sqlite3.Connection | None = None, to: sqlite3.Connection | None = None
    ) -> None:
        """Copy all pages from or to the file."""
        connection = self._store._engine.raw_connection()
        file = connection.driver_connection
        assert isinstance(file, sqlite3.Connection)
        (source or file).backup(to or file)
        connection.close()

    def store(self) -> Store:
        """Open it as another process would."""
        return Store(self._store._engine)

    def close(self) -> None:
        """Let go of the file."""
        self._empty.close()
        self._store.close()
        self._folder.cleanup()
