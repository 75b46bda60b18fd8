"""A machine of a fleet inside the test's own process, so that the test says when it ticks."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from threading import Event

import psycopg

from bot import crew
from bot.app import Bot, open_bot
from bot.crew import Crew
from bot.settings import Settings
from tests.several.fleet import Host

LEASE = 3


def wall() -> datetime:
    """Tell the time."""
    return datetime.now(UTC)


def settings_of(host: Host) -> Settings:
    """What a daemon there goes by, with the accounts' keys."""
    environment = {"DATABASE_URL": host.url, "LOUDHAILER_LEASE_SECONDS": str(LEASE)}
    keys = dict(line.split("=", 1) for line in (host.root / ".env").read_text().split())
    (host.root / "data").mkdir(exist_ok=True)
    return Settings(host.root, environment | keys)


@contextmanager
def at_work(host: Host, stop: Event) -> Iterator[tuple[Bot, Crew]]:
    """Have it take jobs; it hands out when its bot is told to tick."""
    with open_bot(settings_of(host), wall) as bot:
        working = Crew(bot, stop)
        working.open()
        try:
            yield bot, working
        finally:
            working.close()


@contextmanager
def procrastinate_of(host: Host) -> Iterator[psycopg.Connection]:
    """Look into Procrastinate's own tables."""
    with psycopg.connect(host.url, autocommit=True) as connection:
        connection.execute(f"SET search_path = {crew._SCHEMA}".encode())
        yield connection
