"""What a ledger says of its own life: how far it is, and which lives of it are over.

A ledger begins a new life where it was put back, so that nobody takes it for the one before.
"""

from __future__ import annotations

from sqlalchemy import Connection, func, select

from bot.store.schema import attempts, marks
from bot.store.witness import Sight

LIFE = "life"
"""The mark of its life; with a life's name behind it, the mark of one that is over."""


def newest_of(connection: Connection) -> tuple[int, str]:
    """The number of the newest attempt, and what is written of it."""
    newest: int = connection.scalar(select(func.max(attempts.c.id))) or 0
    return newest, stamp_of(connection, newest)


def stamp_of(connection: Connection, attempt: int) -> str:
    """What is written of an attempt; empty where there is none of that number."""
    a = attempts.c
    row = connection.execute(select(a.delivery, a.event, a.at).where(a.id == attempt)).one_or_none()
    return "" if row is None else f"{row.delivery} {row.event} {row.at.isoformat()}"


def is_known_to_be_over(connection: Connection, seen: Sight) -> bool:
    """Tell whether a put-back that was noticed knows of all that was seen in the life before it.

    The ledger has it still; or it was lost, and lies before the moment up to which all that
    was due is looked for.
    """
    over = connection.scalar(select(marks.c.at).where(marks.c.name == f"{LIFE} {seen.life}"))
    return over is not None and (
        seen.stamp == stamp_of(connection, seen.attempt) or seen.at <= over
    )
