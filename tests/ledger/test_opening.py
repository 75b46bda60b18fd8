"""Opening the ledger: durable settings, migrations that finish or leave no trace, plain errors."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect
from sqlalchemy.exc import OperationalError

from bot.store import DatabaseTooNew, NoDatabase, Store, StoreError, StoreUnavailable
from bot.store.engine import MIGRATIONS, migrate
from bot.store.schema import HEAD, metadata
from bot.worklock import CannotWork, sole_worker
from tests.e2e.world import bot, make_root
from tests.ledger.test_room import in_child, limit


def url(folder: Path) -> str:
    """The address of a ledger in `folder`."""
    return f"sqlite:///{folder / 'ledger.db'}"


def test_what_is_written_is_on_the_disk(tmp_path: Path) -> None:
    """WAL and synchronous=FULL on every connection, or a claim may be lost with the power."""
    with Store.open(url(tmp_path)) as store, store._write() as first, store._read() as second:
        for connection in (first, second):
            pragmas = [
                connection.exec_driver_sql(f"PRAGMA {name}").scalar()
                for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
            ]
            assert pragmas == ["wal", 2, 1, 10_000]


def test_a_write_begins_by_taking_the_right_to_write(tmp_path: Path) -> None:
    """BEGIN IMMEDIATE: what a claim has read cannot change before it writes."""
    with Store.open(url(tmp_path)) as store, store._write():
        other = sqlite3.connect(tmp_path / "ledger.db", timeout=0)
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute("BEGIN IMMEDIATE")
        other.close()


def test_the_migrations_make_the_tables_that_the_code_uses(tmp_path: Path) -> None:
    """No column, index or constraint in one but not in the other."""
    with Store.open(url(tmp_path)) as store, store._read() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), metadata)
        checks = {c["name"] for c in inspect(connection).get_check_constraints("deliveries")}
    assert differences == []
    assert checks == {
        "known_state",
        "sent_has_a_receipt",
        "sending_is_claimed",
        "doubt_is_dated",
    }


def test_the_code_knows_the_newest_migration() -> None:
    """Or it would run alembic at each start, or never."""
    assert ScriptDirectory(str(MIGRATIONS)).get_current_head() == HEAD


def test_a_ledger_at_head_opens_without_alembic(tmp_path: Path) -> None:
    """Commands start fast."""
    Store.open(url(tmp_path)).close()
    code = (
        "import sys; from bot.store import Store; "
        f"Store.open({url(tmp_path)!r}).close(); sys.exit('alembic' in sys.modules)"
    )
    root = Path(__file__).resolve().parents[2]
    done = subprocess.run([sys.executable, "-c", code], cwd=root, check=False)  # noqa: S603 - our own code
    assert done.returncode == 0


def test_a_migration_that_fails_leaves_the_old_state(tmp_path: Path) -> None:
    """Half a migration would be a ledger that no version can read."""
    scripts = tmp_path / "migrations"
    shutil.copytree(MIGRATIONS, scripts, ignore=shutil.ignore_patterns("__pycache__"))
    (scripts / "versions" / "0002_broken.py").write_text(
        "from alembic import op\n"
        f"revision, down_revision = 'broken', '{HEAD}'\n"
        "def upgrade():\n"
        "    op.execute('CREATE TABLE half (id INTEGER)')\n"
        "    op.execute('DROP TABLE pauses')\n"
        "    op.execute('nonsense')\n",
        encoding="utf-8",
    )
    with Store.open(url(tmp_path)) as store:
        with pytest.raises(OperationalError, match="nonsense"):
            migrate(store._engine, scripts, "broken")
        with store._read() as connection:
            tables = inspect(connection).get_table_names()
    assert "pauses" in tables
    assert "half" not in tables
    Store.open(url(tmp_path)).close()


def test_a_ledger_of_a_later_version_is_refused(tmp_path: Path) -> None:
    """An old program does not write into tables that it does not know."""
    with Store.open(url(tmp_path)) as store, store._write() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(DatabaseTooNew, match="update Loudhailer"):
        Store.open(url(tmp_path))


def test_reading_commands_make_no_ledger(tmp_path: Path) -> None:
    """`bot status` in an empty folder leaves it empty."""
    with pytest.raises(NoDatabase, match="bot run makes it"):
        Store.open(url(tmp_path / "data"), create=False)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    "address", ["nonsense", "sqlite://", "sqlite:///:memory:", "mysql://localhost/x"]
)
def test_an_address_that_is_none_is_explained(address: str) -> None:
    """A person's mistake: what is wrong and what would be right."""
    with pytest.raises(StoreError, match=r"sqlite:///data/"):
        Store.open(address)


SERVER = "postgresql://ana:hush-hush@127.0.0.1"


@pytest.mark.parametrize(
    ("address", "said"),
    [
        (f"{SERVER}:port/db", "the port in DATABASE_URL"),
        (f"{SERVER}:5432x/db", "the port in DATABASE_URL"),
        (f"{SERVER}:99999/db", "the port in DATABASE_URL"),
        (f"{SERVER}/db?port=abc", "the port in DATABASE_URL"),
        ("postgresql://ana:1@hush-hush@127.0.0.1/db", "more than one @"),
        (f"{SERVER}/db?sslmode=bogus", "DATABASE_URL cannot be used: invalid sslmode value"),
        (f"{SERVER}/db?speed=9", "DATABASE_URL cannot be used: invalid connection option"),
        (f"{SERVER}:1", 'the ledger "ana" on 127.0.0.1 did not answer'),
    ],
)
def test_a_server_address_with_a_mistake_is_explained(address: str, said: str) -> None:
    """It names the variable and never the password; only a silent server is asked about."""
    with pytest.raises(StoreError, match=re.escape(said)) as raised:
        Store.open(address)
    assert "hush" not in str(raised.value)
    assert ("Is the server" in str(raised.value)) == ("did not answer" in said)


@pytest.mark.parametrize("command", ["status", "check", "check-ledger", "clock", "queue", "run"])
def test_no_command_ends_in_a_traceback_for_an_address(tmp_path: Path, command: str) -> None:
    """Each reads the address in its own way; all say the same of it."""
    root = make_root(tmp_path, {})
    done = bot(root, command, check=False, env={"DATABASE_URL": f"{SERVER}:port/db"})
    assert done.returncode == 1
    said = done.stdout + done.stderr
    assert "the port in DATABASE_URL" in said
    assert not any(word in said for word in ("Traceback", "hush-hush"))


def test_a_data_folder_that_is_a_file_is_called_that(tmp_path: Path) -> None:
    """No talk of room on the disk."""
    root = make_root(tmp_path, {})
    (root / "notes").write_text("no folder", encoding="utf-8")
    for command in (("run", "--sandbox"), ("pause",), ("run",)):
        done = bot(root, *command, check=False, env={"LOUDHAILER_DATA": "notes"})
        assert (done.returncode, "a file is in its place" in done.stderr) == (1, True)
        assert "Traceback" not in done.stderr


def test_a_disk_that_is_full_at_the_start_is_explained(tmp_path: Path) -> None:
    """The lock's file can be made, and not written."""

    def start() -> None:
        limit(0)
        with pytest.raises(CannotWork, match="is there room"), sole_worker(tmp_path):
            pass

    in_child(start)


def test_a_file_that_is_no_database_is_explained(tmp_path: Path) -> None:
    """No traceback for a damaged file, and it is left as it is."""
    (tmp_path / "ledger.db").write_text("This is not a database. " * 50, encoding="utf-8")
    with pytest.raises(StoreUnavailable, match="not a database"):
        Store.open(url(tmp_path))


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_made_is_explained(tmp_path: Path) -> None:
    """No rights: said with the folder's name."""
    tmp_path.chmod(0o500)
    with pytest.raises(StoreUnavailable, match="cannot be made"):
        Store.open(url(tmp_path / "data"))
