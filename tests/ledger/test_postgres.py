"""The ledger on a PostgreSQL server: what is not the same as in a file."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from threading import Event

import psycopg
import pytest
from sqlalchemy import inspect, make_url

from bot.store import DatabaseTooNew, NoDatabase, Store, StoreUnavailable
from bot.store.schema import metadata
from tests.ledger.world import KEYED, NINE, World
from tests.postgres import Postgres


def test_what_is_written_is_on_the_servers_disk(postgres: Postgres) -> None:
    """A server that is set to answer before it has written is told not to, for our sessions."""
    url = postgres.ledger()
    with psycopg.connect(url, autocommit=True) as connection:
        name = make_url(url).database
        connection.execute(f"ALTER DATABASE {name} SET synchronous_commit = off".encode())
    with Store.open(url) as store, store._write() as connection:
        assert connection.exec_driver_sql("SHOW synchronous_commit").scalar() == "on"


def test_whoever_is_alone_may_be_silent_for_as_long_as_it_says(postgres: Postgres) -> None:
    """A machine that starts makes Procrastinate's tables meanwhile, on another connection.

    Of others the server thinks that they were cut off.
    """
    with Store.open(postgres.ledger()) as store:
        with store.alone(timedelta(seconds=30)):
            Event().wait(2.5)
        with pytest.raises(StoreUnavailable), store._write():
            Event().wait(2.5)


def test_the_tables_are_those_that_the_code_uses(postgres: Postgres) -> None:
    """The migrations make on PostgreSQL what they make in a file, indexes included."""
    with Store.open(postgres.ledger()) as store, store._read() as connection:
        there = inspect(connection)
        assert set(there.get_table_names()) == {*metadata.tables, "alembic_version"}
        for name, table in metadata.tables.items():
            assert {c["name"] for c in there.get_columns(name)} == set(table.c.keys())
            indexes = {index.name for index in table.indexes}
            assert indexes <= {index["name"] for index in there.get_indexes(name)}, name


def test_a_read_sees_one_state_and_writes_nothing(postgres: Postgres) -> None:
    """What a report adds up was true at one moment."""
    with Store.open(postgres.ledger()) as store:
        with store._read() as connection:
            assert connection.exec_driver_sql("SELECT count(*) FROM pauses").scalar() == 0
            store.pause("all", "ana", "", NINE)
            assert connection.exec_driver_sql("SELECT count(*) FROM pauses").scalar() == 0
        with pytest.raises(StoreUnavailable, match="read-only"), store._read() as connection:
            connection.exec_driver_sql("DELETE FROM pauses")


def test_a_server_that_is_not_there_is_explained_without_its_password() -> None:
    """No traceback, and nothing of the address that must not be in a log."""
    with pytest.raises(StoreUnavailable) as told:
        Store.open("postgresql://bot:hunter2-secret@127.0.0.1:1/campaign")
    assert 'the ledger "campaign" on 127.0.0.1 did not answer' in str(told.value)
    assert "hunter2-secret" not in str(told.value)


def test_reading_commands_make_no_tables(postgres: Postgres) -> None:
    """`bot status` on a new database leaves it as it is."""
    url = postgres.nothing()
    with pytest.raises(NoDatabase, match="bot run makes it"):
        Store.open(url, create=False)
    with psycopg.connect(url) as connection:
        tables = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        assert tables.fetchall() == []
    Store.open(url).close()
    Store.open(url, create=False).close()


def test_a_later_version_is_refused(postgres: Postgres) -> None:
    """An old program does not write into tables that it does not know."""
    url = postgres.ledger()
    with Store.open(url) as store, store._write() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(DatabaseTooNew, match="update Loudhailer"):
        Store.open(url)


def test_a_machine_that_is_cut_off_does_not_keep_the_others_waiting(
    tmp_path: Path, postgres: Postgres
) -> None:
    """The server ends a transaction that does nothing, and with it the right to write."""
    world = World(tmp_path, postgres.ledger())
    with Store.open(world.url) as other:
        stopped = other._engine.connect().execution_options(loudhailer_writes=True)
        stopped.begin()
        stopped.exec_driver_sql("SET idle_in_transaction_session_timeout = 50")
        queued = world.queue(KEYED)  # waits for the lock
        assert world.now(queued) == queued
        stopped.invalidate()
    world.close()
