"""Migrations finish, or leave the old state: killed at any statement, or with a full disk."""

from __future__ import annotations

import os
import signal
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, event

from bot.store import Store, StoreUnavailable
from bot.store.copies import examine
from bot.store.engine import migrate
from bot.store.schema import HEAD
from bot.store.sqlite import sqlite_engine
from tests.ledger.test_room import in_child, limit

OLD = "0001"


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A ledger with a past, as an older version left it."""
    file = tmp_path / "ledger.db"
    engine = sqlite_engine(create_engine(f"sqlite:///{file}").url, create=True)
    migrate(engine, head=OLD)
    engine.dispose()
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute(
            "INSERT INTO daemon VALUES (1, 1, 'h', 'real', 1645434000000000, ?, NULL)",
            (1645437600000000,),
        )
    return file


def version(file: Path) -> str:
    """Which version a whole ledger is of."""
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        has_audit = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'audit'")
        found = str(connection.execute("SELECT version_num FROM alembic_version").fetchone()[0])
        assert (has_audit.fetchone() is not None) is (found == HEAD), "half a migration"
    return found


def kept(file: Path) -> list[str]:
    """The copies that were kept."""
    return sorted(f.name for f in file.parent.glob("ledger.db.version-*"))


def test_killed_at_any_statement_it_is_old_or_new(old: Path) -> None:
    """Kill -9 of a real process, at each statement of the migration; then it is finished."""
    url = f"sqlite:///{old}"

    def die_at(statement: int) -> bool:
        child = os.fork()
        if child == 0:
            left = iter(range(statement, -1, -1))

            def step(*_: object) -> None:
                if next(left) == 0:
                    os.kill(os.getpid(), signal.SIGKILL)

            event.listen(Engine, "before_cursor_execute", step)
            event.listen(Engine, "commit", step)
            Store.open(url).close()
            os._exit(0)
        return os.waitpid(child, 0)[1] == signal.SIGKILL

    deaths = 0
    while die_at(deaths):
        assert version(old) == OLD
        deaths += 1
    assert deaths > 20
    assert version(old) == HEAD
    assert kept(old) == ["ledger.db.version-0001-20220221T100000Z"]


@pytest.mark.parametrize(("room", "copied"), [(0, False), (100, False), (8, True), (60, True)])
def test_a_disk_that_fills_leaves_the_old_state(old: Path, room: int, copied: bool) -> None:
    """Its copy does not fit; or that is there already, and the migration does not fit."""
    if copied:
        (old.parent / "ledger.db.version-0001-20220221T100000Z").write_text("a copy")

    def act() -> None:
        limit(room * 1024)
        with pytest.raises(StoreUnavailable, match=r"room|full"):
            Store.open(f"sqlite:///{old}")

    in_child(act)
    assert version(old) == OLD
    Store.open(f"sqlite:///{old}").close()
    assert version(old) == HEAD


def test_the_copies_of_three_migrations_are_kept(old: Path) -> None:
    """The way back to the version before; a new ledger has none."""
    for day in range(5):
        (old.parent / f"ledger.db.version-000{day}-2022022{day}T000000Z").write_text("older")
    Store.open(f"sqlite:///{old}").close()
    assert kept(old) == [
        "ledger.db.version-0001-20220221T100000Z",
        "ledger.db.version-0003-20220223T000000Z",
        "ledger.db.version-0004-20220224T000000Z",
    ]
    found = examine(old.parent / "ledger.db.version-0001-20220221T100000Z")
    assert found.version == OLD
    Store.open(f"sqlite:///{old.parent / 'new.db'}").close()
    assert not list(old.parent.glob("new.db.version-*"))
