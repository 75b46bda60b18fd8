"""The ledger in an SQLite file: one machine, one process that sends.

What a post depends on is on the disk before the network is called: WAL with
`synchronous=FULL` (NORMAL, a common default, leaves the claim in memory: measured), and
each write starts with `BEGIN IMMEDIATE`, so that what it has read cannot change under it.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, create_engine, event

from bot.store.errors import NoDatabase, StoreUnavailable

WRITES = "loudhailer_writes"
"""The execution option of a connection that is about to begin a transaction that writes."""

_BUSY_MS = 10_000


_CONNECTIONS = 60
"""More than there are threads: one that has an answer in hand must not wait for another."""


def sqlite_engine(url: URL, *, create: bool) -> Engine:
    """Get ready to open the file that `url` names.

    Raises:
        NoDatabase: it is not there, and `create` is false.
        StoreUnavailable: its folder cannot be made.
    """
    file = Path(str(url.database))
    if not file.exists():
        if not create:
            raise NoDatabase(f"there is no ledger at {file} yet: bot run makes it")
        try:
            # Drafts and approvals are nobody else's business. What SQLite makes beside the
            # file gets the file's own mode.
            file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            file.touch(mode=0o600)
        except (FileExistsError, NotADirectoryError) as error:
            raise StoreUnavailable(
                f"{file.parent} is to be a folder, and a file is in its place: see "
                "LOUDHAILER_DATA or DATABASE_URL, or put that file elsewhere"
            ) from error
        except OSError as error:
            raise StoreUnavailable(f"{file.parent} cannot be made: {error.strerror}") from error
    engine = create_engine(url, max_overflow=_CONNECTIONS)
    event.listen(engine, "connect", _on_connect)
    event.listen(engine, "begin", _on_begin)
    return engine


def _on_connect(connection: sqlite3.Connection, _: object) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves
    connection.execute(f"PRAGMA busy_timeout = {_BUSY_MS}")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")


def _on_begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get(WRITES)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
