"""Where on a server a ledger lives: a dump that is put back elsewhere, or anew, shows by it.

A witness knows how far a ledger has been, but only of a machine that was there. The server itself
numbers what it keeps: another server, another database, and tables that were made anew have other
numbers, and a dump brings the old ones along as a mark.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, select, text

from bot.store.planning import set_mark
from bot.store.schema import marks

HOME = "home"
"""The mark of where the ledger lives."""

_NUMBERS = text(
    "SELECT (SELECT system_identifier FROM pg_control_system())"
    " || '/' || (SELECT oid FROM pg_database WHERE datname = current_database())"
    " || '/' || 'attempts'::regclass::oid"
)


def is_away(connection: Connection) -> bool:
    """Tell whether the ledger lives elsewhere than it says; one that says nothing does not."""
    said = _said(connection)
    return said is not None and said != _numbers(connection)


def settle_in(connection: Connection, now: datetime) -> None:
    """Write down where the ledger lives, unless it says so."""
    if _said(connection) != (numbers := _numbers(connection)):
        set_mark(connection, HOME, now, value=numbers)


def _said(connection: Connection) -> str | None:
    said: str | None = connection.scalar(select(marks.c.value).where(marks.c.name == HOME))
    return said


def _numbers(connection: Connection) -> str:
    return str(connection.scalar(_NUMBERS))
