"""Copies a ledger from a file to a server: all of it, compared row by row, or nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, Table, delete, func, insert, select, text

from bot.store.address import is_postgres, named, parse_url
from bot.store.engine import open_engine, plain_errors, writing
from bot.store.errors import StoreError
from bot.store.schema import metadata

_CHUNK = 500
"""Rows at a time; the largest are deliveries, some kilobytes each."""
_START = frozenset({"daemon", "workers", "leases", "marks", "account_facts"})
"""What a daemon writes by being started: that it lives, and its servers' limits."""
_ALIVE = "SELECT 1 FROM workers WHERE until > extract(epoch FROM now()) * 1000000 LIMIT 1"


def copy_to_server(source: str, target: str) -> dict[str, int]:
    """Copy the ledger at `source`, a file, into the empty one at `target`, on a server.

    The caller holds `sole_worker`: nobody may write into the file meanwhile.

    Returns:
        how many rows were copied, by table.

    Raises:
        NoDatabase: there is no ledger at `source`.
        StoreError: `target` is not on a server, or has a past of its own; or what was read
            back is not what was written. Nothing is left behind in `target`.
    """
    if not is_postgres(parse_url(target)):
        raise StoreError("DATABASE_URL names no PostgreSQL server: postgresql://user@host/database")
    here, there = open_engine(source, create=False), None
    try:
        there = open_engine(target, create=True)
        with plain_errors(there), here.connect() as reading, writing(there) as into:
            _make_empty(into, named(there.url))
            copied = {}
            for table in metadata.sorted_tables:
                copied[table.name] = _copy(table, reading, into)
            return copied
    finally:
        here.dispose()
        if there is not None:
            there.dispose()


def _make_empty(into: Connection, name: str) -> None:
    """Take out what the mere start of a daemon writes; anything else is a past of its own."""
    found = {
        table.name: into.scalar(select(func.count()).select_from(table)) or 0
        for table in metadata.sorted_tables
    }
    past = [f"{n:,} in {table}" for table, n in found.items() if n and table not in _START]
    if past:
        raise StoreError(
            f"the ledger {name} is in use already (rows: {', '.join(past)}), and two pasts "
            "cannot be joined. Make an empty database (createdb), name it in DATABASE_URL, and "
            "copy into that"
        )
    if into.scalar(text(_ALIVE)):
        raise StoreError(
            f"a daemon is at work on {name}, or was killed less than its lease ago: stop it, and "
            "copy again in a minute"
        )
    for table in reversed(metadata.sorted_tables):
        if table.name in _START:
            into.execute(delete(table))


def _copy(table: Table, reading: Connection, into: Connection) -> int:
    count = 0
    for rows in _chunks(table, reading):
        into.execute(insert(table), rows)
        count += len(rows)
    for before, after in zip(_chunks(table, reading), _chunks(table, into), strict=True):
        if before != after:
            raise StoreError(f"{table.name}: what was read back is not what was written")
    if "id" in table.c and count:
        # The numbers were given by the file; the server goes on from the highest.
        highest = into.scalar(select(func.max(table.c.id)))
        into.execute(
            text("SELECT setval(pg_get_serial_sequence(:name, 'id'), :highest)"),
            {"name": table.name, "highest": highest},
        )
    return count


def _chunks(table: Table, connection: Connection) -> Iterator[Sequence[dict[str, Any]]]:
    wanted = select(table).order_by(*table.primary_key.columns)
    with connection.execute(wanted.execution_options(yield_per=_CHUNK)) as found:
        for rows in found.mappings().partitions(_CHUNK):
            yield [dict(row) for row in rows]
