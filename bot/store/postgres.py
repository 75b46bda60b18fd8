"""The ledger on a PostgreSQL server: any number of machines.

Transactions that write take one lock, so that there is one writer at a time, as on SQLite:
what a claim has looked at (twins, stop switches, the part before) cannot change under it, and
one way of reasoning holds for both. A campaign writes a few rows a minute; a claim and its
receipt are two short transactions.

A machine that is cut off or stopped in the midst of a transaction would keep that lock: the
server ends such a transaction after some seconds.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url

from bot.store.sqlite import WRITES

_LOCK = 0x6C6F7564  # "loud"
_CUT_OFF_MS = 2_000
_SLOW_MS = 20_000
_CONNECT_S = 5
_CONNECTIONS = 40
"""More than there are threads: one that has an answer in hand must not wait for another."""

_SESSION = {
    "default_transaction_isolation": "read\\ committed",  # a claim sees all before its lock
    "synchronous_commit": "on",  # a server may have it off: the claim must be on its disk
    "idle_in_transaction_session_timeout": _CUT_OFF_MS,
    "lock_timeout": _SLOW_MS,
    "statement_timeout": _SLOW_MS,
    "timezone": "UTC",
}

CONNECTING: dict[str, Any] = {
    "connect_timeout": _CONNECT_S,
    "application_name": "loudhailer",
    "client_encoding": "utf8",
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "tcp_user_timeout": 10_000,
}
"""How libpq connects: a network that was cut is noticed within seconds, not hours."""


def libpq_address(url: str) -> tuple[str, dict[str, Any]]:
    """Give the server's address, and how to connect, to others that use psycopg."""
    plain = make_url(url).set(drivername="postgresql")
    return plain.render_as_string(hide_password=False), CONNECTING


def postgres_engine(url: URL) -> Engine:
    """Get ready to connect to the server that `url` names; psycopg is the driver."""
    options = " ".join(f"-c {name}={value}" for name, value in _SESSION.items())
    engine = create_engine(
        url.set(drivername="postgresql+psycopg"),
        connect_args={**CONNECTING, "options": options},
        pool_pre_ping=True,
        max_overflow=_CONNECTIONS,
        pool_timeout=_SLOW_MS / 1000,
    )
    event.listen(engine, "begin", _on_begin)
    return engine


def allow_silence(connection: Connection, at_most: timedelta) -> None:
    """Have the server bear with this transaction for longer than it does with others."""
    milliseconds = int(at_most.total_seconds() * 1000)
    connection.exec_driver_sql(f"SET LOCAL idle_in_transaction_session_timeout = {milliseconds}")


def _on_begin(connection: Connection) -> None:
    if connection.get_execution_options().get(WRITES):
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
    else:
        connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
