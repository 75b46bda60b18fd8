"""Opens the database safely, and brings its tables up to date.

What a post depends on is on the disk before the network is called: WAL with
`synchronous=FULL` (NORMAL, a common default, leaves the claim in memory: measured), and
each write starts with `BEGIN IMMEDIATE`, so that what it has read cannot change under it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, create_engine, event, inspect, make_url, text
from sqlalchemy.exc import ArgumentError, DatabaseError, IntegrityError, StatementError

from bot.store.errors import DatabaseTooNew, NoDatabase, StoreError, StoreUnavailable
from bot.store.schema import HEAD

MIGRATIONS = Path(__file__).resolve().parents[1] / "migrations"

_BUSY_MS = 10_000
_IMMEDIATE = "loudhailer_immediate"


class Transactions:
    """Reads and writes on one engine; every part of the store builds on it."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @contextmanager
    def _read(self) -> Iterator[Connection]:
        """Give a connection that sees one state of the ledger throughout."""
        with _plain_errors(self._engine), self._engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def _write(self) -> Iterator[Connection]:
        """Give a connection that may write; all of it is on the disk afterwards, or nothing."""
        with _plain_errors(self._engine), writing(self._engine) as connection:
            yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """Begin a transaction that holds the only right to write."""
    with engine.connect() as connection:
        immediate = connection.execution_options(**{_IMMEDIATE: True})
        with immediate.begin():
            yield immediate


@contextmanager
def _plain_errors(engine: Engine) -> Iterator[None]:
    try:
        yield
    except IntegrityError:
        raise
    except DatabaseError as error:
        raise _unavailable(engine.url, error) from error
    except StatementError as error:
        if isinstance(error.orig, ValueError):  # a naive moment: the caller's fault, said plainly
            raise error.orig from error
        raise


def _unavailable(url: URL, error: DatabaseError) -> StoreUnavailable:
    return StoreUnavailable(
        f"the ledger {url.database} did not answer: {error.orig}. Is the disk full, or the file "
        "read-only, damaged or in use elsewhere?"
    )


def open_engine(url: str, *, create: bool) -> Engine:
    """Open the database at `url`, with its tables at the newest version.

    Raises:
        NoDatabase: it is not there, and `create` is false.
        DatabaseTooNew: a later version of ours wrote it.
        StoreUnavailable: it cannot be opened or written.
        StoreError: `url` is nothing that we can use.
    """
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise StoreError(f'"{url}" is not a database address: try sqlite:///data/x.db') from error
    if parsed.get_backend_name() != "sqlite" or not parsed.database:
        raise StoreError(
            f"the ledger lives in an SQLite file (sqlite:///data/loudhailer.db), "
            f"not in {parsed.get_backend_name()}"
        )
    file = Path(parsed.database)
    if not file.exists():
        if not create:
            raise NoDatabase(f"there is no ledger at {file} yet: bot run makes it")
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreUnavailable(f"{file.parent} cannot be made: {error.strerror}") from error
    engine = create_engine(parsed)
    event.listen(engine, "connect", _on_connect)
    event.listen(engine, "begin", _on_begin)
    try:
        with _plain_errors(engine):
            migrate(engine)
    except BaseException:
        engine.dispose()
        raise
    return engine


def _on_connect(connection: sqlite3.Connection, _: object) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves
    connection.execute(f"PRAGMA busy_timeout = {_BUSY_MS}")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")


def _on_begin(connection: Connection) -> None:
    immediate = connection.get_execution_options().get(_IMMEDIATE)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")


def migrate(engine: Engine, scripts: Path = MIGRATIONS, head: str = HEAD) -> None:
    """Bring the tables to `head`, in one transaction: all of it, or the old state stays.

    Raises:
        DatabaseTooNew: the database's version is none of `scripts`.
    """
    with engine.connect() as connection:
        if _version(connection) == head:
            return
    # Alembic costs a tenth of a second; commands on a ledger at head do without.
    from alembic import command
    from alembic.config import Config
    from alembic.util.exc import CommandError

    config = Config()
    config.set_main_option("script_location", str(scripts).replace("%", "%%"))
    with writing(engine) as connection:
        version = _version(connection)  # another process may have been quicker
        if version == head:
            return
        config.attributes["connection"] = connection
        try:
            command.upgrade(config, head)
        except CommandError as error:
            raise DatabaseTooNew(
                f"the ledger {engine.url.database} is of version {version}, which this "
                "Loudhailer does not know: update Loudhailer, or use the ledger's backup"
            ) from error


def _version(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    version: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return version
