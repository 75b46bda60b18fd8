"""Backups are whole, are tried, overwrite nothing; putting one back loses nothing either."""

from __future__ import annotations

import os
import shutil
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from bot.store import DatabaseTooNew, LedgerDamaged, NoDatabase, Store, StoreError, StoreUnavailable
from bot.store.copies import back_up, back_up_into, examine, put_back
from tests.ledger.world import KEYED, NINE, SECOND, World


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """A world whose ledger is a file."""
    made = World(tmp_path)
    yield made
    made.close()


def filled(world: World, posts: int = 20) -> Path:
    """The file of a ledger with some posts, half of them sent."""
    for number in range(posts):
        world.queue(KEYED)
        if number == posts // 2:
            world.deliver()
    return world.folder / "ledger.db"


def damage(file: Path) -> None:
    """Overwrite what lies in the middle of a file."""
    with file.open("r+b") as content:
        content.seek(file.stat().st_size // 2)
        content.write(b"\xa5" * 9000)


def test_a_backup_holds_what_the_ledger_held(world: World, tmp_path: Path) -> None:
    """All rows, one file, for its owner's eyes only, and marked as a copy with its moment."""
    ledger = filled(world)
    found = back_up(ledger, tmp_path / "copy.db", NINE)
    assert found.states == {"sent": 11, "queued": 9}
    assert (found.as_of, found.is_copy) == (NINE, True)
    assert (tmp_path / "copy.db").stat().st_mode & 0o777 == 0o600
    assert sorted(f.name for f in tmp_path.glob("*copy.db*")) == ["copy.db"]
    assert not examine(ledger).is_copy


def test_a_backup_is_one_moment_of_a_ledger_at_work(world: World, tmp_path: Path) -> None:
    """Posts and their attempts are written together; no copy holds one without the other."""
    ledger = filled(world)
    done = threading.Event()

    def work() -> None:
        with Store.open(f"sqlite:///{ledger}") as store:
            while not done.is_set():
                store.enqueue([world.post(KEYED)], NINE)

    worker = threading.Thread(target=work)
    worker.start()
    try:
        for number in range(5):
            found = back_up(ledger, tmp_path / f"{number}.db", NINE)
            planned = found.rows["attempts"] - 2 * found.states["sent"]
            assert planned == found.rows["deliveries"]
    finally:
        done.set()
        worker.join()


def test_a_backup_overwrites_nothing(world: World, tmp_path: Path) -> None:
    """Not a file, not even a link that leads nowhere."""
    ledger = filled(world, 1)
    (tmp_path / "taken.db").write_text("mine")
    (tmp_path / "link.db").symlink_to(tmp_path / "nowhere")
    for name in ("taken.db", "link.db"):
        with pytest.raises(StoreError, match="overwrites nothing"):
            back_up(ledger, tmp_path / name, NINE)
    assert (tmp_path / "taken.db").read_text() == "mine"


def test_a_folder_keeps_the_newest_backups(world: World, tmp_path: Path) -> None:
    """Older ones go, only after the new one was found good, and nothing else goes."""
    ledger, folder = filled(world, 1), tmp_path / "backups"
    folder.mkdir()
    (folder / "loudhailer-of-ours.db").write_text("not a backup's name")
    for day in range(5):
        back_up_into(folder, ledger, NINE + timedelta(days=day), keep=3)
    assert sorted(f.name for f in folder.iterdir()) == [
        "loudhailer-20220223T090000Z.db",
        "loudhailer-20220224T090000Z.db",
        "loudhailer-20220225T090000Z.db",
        "loudhailer-of-ours.db",
    ]


def test_of_a_damaged_ledger_there_is_no_backup(world: World, tmp_path: Path) -> None:
    """A copy of damage would push the last good backup out; it is told, and leaves no file."""
    ledger, folder = filled(world, 60), tmp_path / "backups"
    folder.mkdir()
    back_up_into(folder, ledger, NINE, keep=1)
    world.close()
    damage(ledger)
    with pytest.raises(LedgerDamaged, match=r"ledger\.db|loudhailer-"):
        back_up_into(folder, ledger, NINE + SECOND, keep=1)
    assert [f.name for f in folder.iterdir()] == ["loudhailer-20220221T090000Z.db"]


def test_a_backup_that_cannot_be_written_is_explained(world: World, tmp_path: Path) -> None:
    """No traceback: what was tried, and where."""
    ledger = filled(world, 1)
    with pytest.raises(StoreUnavailable, match=r"missing/x\.db cannot be written"):
        back_up(ledger, tmp_path / "missing" / "x.db", NINE)
    with pytest.raises(NoDatabase, match="nothing to back up"):
        back_up(tmp_path / "none.db", tmp_path / "x.db", NINE)


def test_what_was_put_back_is_the_backup(world: World, tmp_path: Path) -> None:
    """The ledger that was there is kept, with what was still in its log; so nothing is lost."""
    ledger = filled(world)
    back_up(ledger, tmp_path / "copy.db", NINE)
    world.queue(KEYED)
    shutil.copytree(tmp_path, tmp_path / "killed")  # a daemon that was killed leaves its log there
    killed = tmp_path / "killed" / "ledger.db"
    assert killed.with_name("ledger.db-wal").stat().st_size > 0
    found, aside = put_back(tmp_path / "copy.db", killed, NINE + SECOND)
    assert found.states == examine(killed).states == {"sent": 11, "queued": 9}
    assert examine(killed).as_of == NINE
    assert aside is not None
    assert examine(aside).states == {"sent": 11, "queued": 10}
    assert killed.stat().st_mode & 0o777 == 0o600
    again, other = put_back(tmp_path / "copy.db", killed, NINE + SECOND)
    assert again == found
    assert other not in (None, aside)


def test_a_plain_copy_is_put_back_as_of_its_last_word(world: World, tmp_path: Path) -> None:
    """Copied by hand, it carries no moment of its own: its last event tells."""
    ledger = filled(world)
    world.store.beat(
        pid=1, host="h", mode="real", started=NINE, tick=NINE + 5 * SECOND, next_due=None
    )
    world.close()
    shutil.copy(ledger, tmp_path / "copy.db")
    found, _ = put_back(tmp_path / "copy.db", tmp_path / "new" / "ledger.db", NINE + 9 * SECOND)
    assert (found.as_of, found.is_copy) == (NINE + 5 * SECOND, False)
    placed = examine(tmp_path / "new" / "ledger.db")
    assert (placed.as_of, placed.is_copy) == (NINE + 5 * SECOND, True)


def test_what_is_not_whole_is_not_put_back(world: World, tmp_path: Path) -> None:
    """Damaged, empty, foreign, too new, or not there: the ledger stays as it is."""
    ledger = filled(world, 60)
    found = back_up(ledger, tmp_path / "good.db", NINE)
    world.close()
    before = ledger.read_bytes()
    bad = {name: tmp_path / f"{name}.db" for name in ("cut", "hurt", "empty", "text", "new")}
    for file in bad.values():
        shutil.copy(tmp_path / "good.db", file)
    os.truncate(bad["cut"], bad["cut"].stat().st_size // 2)
    damage(bad["hurt"])
    os.truncate(bad["empty"], 0)
    bad["text"].write_text("These are not the rows you are looking for. " * 99)
    with closing(sqlite3.connect(bad["new"])) as newer, newer:
        newer.execute("UPDATE alembic_version SET version_num = '9999'")
    with closing(sqlite3.connect(tmp_path / "other.db")) as other, other:
        other.execute("CREATE TABLE notes (text)")
    for file in (*bad.values(), tmp_path / "other.db", tmp_path / "none.db"):
        with pytest.raises((LedgerDamaged, DatabaseTooNew, NoDatabase), match=file.name):
            put_back(file, ledger, NINE)
    with pytest.raises(StoreError, match="is the ledger itself"):
        put_back(ledger, ledger, NINE)
    assert ledger.read_bytes() == before
    assert found.states["queued"] == 29
