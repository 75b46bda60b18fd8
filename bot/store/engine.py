"""Opens the database, brings its tables up to date, and hands out transactions."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, inspect, text
from sqlalchemy.exc import DatabaseError, IntegrityError, StatementError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from bot.store.address import is_postgres, named, parse_url, unanswered
from bot.store.copies import damaged, is_damage, keep_before_migration
from bot.store.errors import DatabaseTooNew, NoDatabase, StoreUnavailable
from bot.store.postgres import allow_silence, postgres_engine
from bot.store.schema import HEAD
from bot.store.sqlite import WRITES, sqlite_engine

MIGRATIONS = Path(__file__).resolve().parents[1] / "migrations"


class Transactions:
    """Reads and writes on one engine; every part of the store builds on it."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.calling: set[int] = set()
        """The deliveries that this process is sending at this moment: no sweep touches them."""

    @contextmanager
    def _read(self) -> Iterator[Connection]:
        """Give a connection that sees one state of the ledger throughout."""
        with plain_errors(self._engine), self._engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def _write(self) -> Iterator[Connection]:
        """Give a connection that may write; all of it is on the disk afterwards, or nothing."""
        with plain_errors(self._engine), writing(self._engine) as connection:
            yield connection

    @contextmanager
    def alone(self, at_most: timedelta) -> Iterator[None]:
        """Have nobody write into the ledger meanwhile, on whatever machine.

        A server ends it after `at_most`, in which nothing is asked through this store.
        """
        with self._write() as connection:
            if is_postgres(self._engine.url):
                allow_silence(connection, at_most)
            yield


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """Begin a transaction that holds the only right to write."""
    with engine.connect() as connection:
        writer = connection.execution_options(**{WRITES: True})
        with writer.begin():
            yield writer


@contextmanager
def plain_errors(engine: Engine) -> Iterator[None]:
    """Turn what the database says into words for a person."""
    try:
        yield
    except IntegrityError:
        raise
    except DatabaseError as error:
        raise _unavailable(engine.url, error) from error
    except PoolTimeout as error:
        raise StoreUnavailable(
            f"the ledger {named(engine.url)} did not answer: too much waits for it"
        ) from error
    except StatementError as error:
        if isinstance(error.orig, ValueError):  # a naive moment: the caller's fault, said plainly
            raise error.orig from error
        raise


def _unavailable(url: URL, error: DatabaseError) -> StoreUnavailable:
    said = " ".join(str(error.orig).split())
    if is_postgres(url):
        return unanswered(url, said, connecting=error.statement is None)
    if is_damage(error.orig):
        return damaged(str(url.database), said)
    return StoreUnavailable(
        f"the ledger {url.database} did not answer: {said}. Is the disk full, or the file "
        "read-only, damaged or in use elsewhere?"
    )


def open_engine(url: str, *, create: bool) -> Engine:
    """Open the database at `url`, with its tables at the newest version.

    Raises:
        NoDatabase: there is no ledger, and `create` is false.
        DatabaseTooNew: a later version of ours wrote it.
        StoreUnavailable: it cannot be opened or written.
        StoreError: `url` is nothing that we can use.
    """
    parsed = parse_url(url)
    engine = (
        postgres_engine(parsed) if is_postgres(parsed) else sqlite_engine(parsed, create=create)
    )
    try:
        with plain_errors(engine):
            if is_postgres(parsed) and not create:
                _must_have_tables(engine)
            migrate(engine)
    except BaseException:
        engine.dispose()
        raise
    return engine


def _must_have_tables(engine: Engine) -> None:
    with engine.connect() as connection:
        if _version(connection) is None:
            raise NoDatabase(f"there is no ledger in {named(engine.url)} yet: bot run makes it")


def migrate(engine: Engine, scripts: Path = MIGRATIONS, head: str = HEAD) -> None:
    """Bring the tables to `head`, in one transaction: all of it, or the old state stays.

    Raises:
        DatabaseTooNew: the database's version is none of `scripts`.
    """
    with engine.connect() as connection:
        version = _version(connection)
        if version == head:
            return
    if version is not None and not is_postgres(engine.url):
        _keep(engine, version)
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
                f"the ledger {named(engine.url)} is of version {version}, which this "
                "Loudhailer does not know: update Loudhailer, or use the ledger's backup"
            ) from error


def must_be_whole(engine: Engine) -> None:
    """Look a file through for damage: each page and row, without what takes long.

    Raises:
        LedgerDamaged: it is not whole.
    """
    if is_postgres(engine.url):
        return  # its server sees to that
    with plain_errors(engine), engine.connect() as connection:
        faults = list(connection.exec_driver_sql("PRAGMA quick_check(5)").scalars())
    if faults != ["ok"]:
        raise damaged(str(engine.url.database), "; ".join(map(str, faults)))


def _keep(engine: Engine, version: str) -> None:
    raw = engine.raw_connection()
    try:
        keep_before_migration(raw.driver_connection, Path(str(engine.url.database)), version)
    finally:
        raw.close()


def _version(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    version: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return version
