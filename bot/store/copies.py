"""Copies of a ledger in SQLite: backups that have been tried, and putting one back.

    back_up    ledger ─ one snapshot ─▶ hidden file ─ examined, counted, synced ─▶ its name
    put_back   copy ─ examined ─▶ beside the ledger; the ledger that was there is kept aside

A backup carries the mark `copied` with its moment: a daemon that is started on it knows that
it was put back, and looks for what went out since (bot/jobs/put_back.py). Taking one disturbs
no daemon: the snapshot is read beside its writes.
"""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bot.store.address import is_postgres, parse_url
from bot.store.errors import (
    DatabaseTooNew,
    LedgerDamaged,
    NoDatabase,
    StoreError,
    StoreUnavailable,
)
from bot.store.files import BESIDE, own_alike, written
from bot.store.schema import HEAD

COPIED = "copied"
"""The mark of a copy: as of which moment it was made."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_DATED = re.compile(r"loudhailer-\d{8}T\d{6}Z\.db")
_MOST_FAULTS = 5


@dataclass(frozen=True, slots=True)
class Contents:
    """What is in a ledger file that has been looked through from end to end."""

    rows: Mapping[str, int]
    """By table."""
    states: Mapping[str, int]
    """Deliveries by state."""
    version: str
    as_of: datetime | None
    """The moment that it shows: of a backup when it was made, else the daemon's last word."""
    is_copy: bool


def file_of(url: str) -> Path | None:
    """Name the file of an SQLite ledger; None where the ledger is on a server.

    Raises:
        StoreError: `url` is nothing that we can use.
    """
    parsed = parse_url(url)
    return None if is_postgres(parsed) else Path(str(parsed.database))


def back_up(ledger: Path, target: Path, now: datetime) -> Contents:
    """Copy the ledger as it is at this moment, try the copy, and give it its name.

    A daemon may be at work meanwhile. Nothing is overwritten; what fails leaves no file.

    Raises:
        NoDatabase: there is no ledger.
        LedgerDamaged: the ledger, or the copy, is not whole.
        StoreUnavailable: it could not be read or written.
        StoreError: something of that name is there already.
    """
    if not ledger.is_file():
        raise NoDatabase(f"there is no ledger at {ledger} yet: nothing to back up")
    if os.path.lexists(target):
        raise StoreError(f"{target} is there already: a backup overwrites nothing")
    with written(target) as temporary:
        copied = _copy(ledger, temporary, now)
        found = examine(temporary)
        if found.rows != copied:
            raise LedgerDamaged(f"the copy of {ledger} holds other rows than the ledger: try again")
    return found


def back_up_into(
    folder: Path, ledger: Path, now: datetime, keep: int | None
) -> tuple[Path, Contents]:
    """Make a backup with its date for a name, and then clear away all but the newest `keep`.

    Raises:
        as `back_up`.
    """
    target = folder / f"loudhailer-{now.astimezone(UTC):%Y%m%dT%H%M%SZ}.db"
    found = back_up(ledger, target, now)
    if keep is not None:
        older = sorted(f for f in folder.iterdir() if _DATED.fullmatch(f.name) and f != target)
        for old in older[: max(0, len(older) + 1 - keep)]:
            old.unlink()
    return target, found


def examine(file: Path) -> Contents:
    """Look a ledger file through from end to end: every page, index, reference and row count.

    Raises:
        LedgerDamaged: it is not whole, or no ledger.
        DatabaseTooNew: a later version of ours wrote it.
        StoreUnavailable: it cannot be read.
        StoreError: it is a folder.
    """
    if file.is_dir():
        raise StoreError(f"{file} is a folder: name a file in it")
    if not file.is_file():
        raise NoDatabase(f"there is no file {file}")
    if file.stat().st_size == 0:
        raise LedgerDamaged(f"{file} is empty (0 bytes): it is no ledger")
    with _told(file), closing(_open(file)) as connection:
        faults = [row[0] for row in connection.execute("PRAGMA integrity_check")]
        if faults != ["ok"]:
            raise LedgerDamaged(f"{file} is damaged: {'; '.join(faults[:_MOST_FAULTS])}")
        loose = connection.execute("PRAGMA foreign_key_check").fetchall()
        if loose:
            raise LedgerDamaged(f"{file} is damaged: {len(loose)} rows belong to none")
        return _contents(file, connection)


def put_back(copy: Path, ledger: Path, now: datetime) -> tuple[Contents, Path | None]:
    """Put a copy in the ledger's place; the caller is the only process that may work on it.

    Returns:
        what it holds, and where the ledger that was there is kept now.

    Raises:
        LedgerDamaged, DatabaseTooNew: the copy is not to be used; nothing was changed.
        StoreUnavailable: it could not be read or written; nothing was changed.
    """
    if copy.exists() and ledger.exists() and copy.samefile(ledger):
        raise StoreError(f"{copy} is the ledger itself")
    found = examine(copy)
    ledger.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    aside = None
    with _told(ledger), written(ledger, replaces=True) as temporary:
        moment = found.as_of or now
        _copy(copy, temporary, moment)
        examine(temporary)
        own_alike(temporary, ledger.parent)
        kept = _free(ledger, f"replaced-{now.astimezone(UTC):%Y%m%dT%H%M%SZ}")
        for suffix in BESIDE:  # first: an old log beside another ledger would destroy that
            beside = ledger.with_name(ledger.name + suffix)
            if beside.exists():
                beside.rename(kept.with_name(kept.name + suffix))
        if ledger.exists():
            os.link(ledger, kept)
            aside = kept
    return found, aside


def keep_before_migration(connection: Any, ledger: Path, version: str) -> Path | None:  # noqa: ANN401 # sqlite3's, which SQLAlchemy does not name
    """Keep a copy of a ledger with a past that is about to be changed; the newest three are kept.

    Raises:
        StoreUnavailable: there is no room for it.
    """
    as_of = _as_of(connection)
    if as_of is None:
        return None
    kept = ledger.with_name(f"{ledger.name}.version-{version}-{as_of:%Y%m%dT%H%M%SZ}")
    if kept.exists():
        return kept  # of an earlier try, which came to nothing
    with _told(ledger), written(kept) as temporary:
        temporary.unlink()
        connection.execute("VACUUM INTO ?", (str(temporary),))
        temporary.chmod(0o600)
    named = re.compile(re.escape(ledger.name) + r"\.version-\d{4}-\d{8}T\d{6}Z")
    older = sorted(
        (f for f in ledger.parent.iterdir() if named.fullmatch(f.name) and f != kept),
        key=lambda f: f.name.rpartition("-")[2],
    )
    for old in older[:-2]:
        old.unlink()
    return kept


def _copy(source: Path, target: Path, as_of: datetime) -> dict[str, int]:
    """Copy a database as it is at one moment; count the rows of that very moment."""
    with _told(source), closing(_open(source)) as reading, closing(_connect(target)) as copy:
        reading.execute("BEGIN")
        rows = _rows(reading)
        reading.backup(copy)
        reading.execute("COMMIT")
        copy.execute("PRAGMA journal_mode = DELETE")  # one file, readable wherever it lies
        if "marks" not in rows:
            raise LedgerDamaged(f"{source} is no ledger of ours")
        known = copy.execute("SELECT count(*) FROM marks WHERE name = ?", (COPIED,)).fetchone()[0]
        if not known:
            microseconds = (as_of - _EPOCH) // timedelta(microseconds=1)
            copy.execute("INSERT INTO marks (name, at) VALUES (?, ?)", (COPIED, microseconds))
            rows["marks"] += 1
    return rows


def _contents(file: Path, connection: sqlite3.Connection) -> Contents:
    rows = _rows(connection)
    if not {"alembic_version", "deliveries", "attempts", "marks"} <= set(rows):
        raise LedgerDamaged(f"{file} is no ledger of ours: its tables are not there")
    version = str(connection.execute("SELECT version_num FROM alembic_version").fetchone()[0])
    if version > HEAD:
        raise DatabaseTooNew(
            f"{file} is of version {version}, which this Loudhailer does not know: update it first"
        )
    states = dict(connection.execute("SELECT state, count(*) FROM deliveries GROUP BY state"))
    copied = connection.execute("SELECT at FROM marks WHERE name = ?", (COPIED,)).fetchone()
    as_of = _moment(copied[0]) if copied else _as_of(connection)
    return Contents(rows, states, version, as_of, is_copy=bool(copied))


def _as_of(connection: sqlite3.Connection) -> datetime | None:
    """The last moment that a ledger knows of: the daemon's last tick, else its last event."""
    for query in (
        "SELECT tick FROM daemon",
        "SELECT at FROM attempts ORDER BY id DESC LIMIT 1",
        "SELECT at FROM marks WHERE name = 'watermark'",
    ):
        if row := connection.execute(query).fetchone():
            return _moment(row[0])
    return None


def _rows(connection: sqlite3.Connection) -> dict[str, int]:
    names: Sequence[tuple[str]] = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    ).fetchall()
    return {
        name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]  # noqa: S608 # its own names
        for (name,) in names
    }


def _moment(microseconds: int) -> datetime:
    return _EPOCH + timedelta(microseconds=microseconds)


def _open(file: Path) -> sqlite3.Connection:
    """Open a database to read it, wherever it lies."""
    address = file.resolve().as_uri()
    try:
        connection = sqlite3.connect(f"{address}?mode=ro", uri=True, isolation_level=None)
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.OperationalError:
        if file.with_name(file.name + "-wal").exists():
            raise
        # On a read-only medium a database that was written ahead needs this to be read at all.
        connection = sqlite3.connect(f"{address}?immutable=1", uri=True, isolation_level=None)
    return connection


def _connect(file: Path) -> sqlite3.Connection:
    return sqlite3.connect(file, isolation_level=None)


def _free(ledger: Path, word: str) -> Path:
    """Find a name beside the ledger that nothing has."""
    name, number = f"{ledger.name}.{word}", 1
    while os.path.lexists(ledger.with_name(name)):
        number += 1
        name = f"{ledger.name}.{word}-{number}"
    return ledger.with_name(name)


def is_damage(error: object) -> bool:
    """Tell whether SQLite says that a file is not whole, or no database."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    return code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def damaged(file: str, said: str) -> LedgerDamaged:
    """Say that a ledger is not whole, and what to do."""
    return LedgerDamaged(
        f"the ledger {file} is damaged ({said}): nothing is posted from it. Look at the disk, and "
        "put a backup in its place: bot restore FILE"
    )


@contextmanager
def _told(file: Path) -> Iterator[None]:
    """Say in plain words what SQLite found wrong."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        if is_damage(error):
            raise LedgerDamaged(f"{file} is damaged, or no ledger: {error}") from error
        raise StoreUnavailable(
            f"{file} cannot be copied: {error}. Is there room, and may you read and write there?"
        ) from error
