"""Watches the machine's clock before each tick, and tells a person when it is in doubt."""

from __future__ import annotations

import logging
from datetime import datetime

from bot.jobs.shared_clock import Clock, SharedClock
from bot.store import Store, read_boot_clock

log = logging.getLogger("bot")


def clock_in_doubt(store: Store, clock: Clock, now: datetime) -> str:
    """Say why nothing may be done at this tick by `now` of `clock`; empty when it is believed.

    Each change is logged once.
    """
    if isinstance(clock, SharedClock):
        return clock.doubt()
    verdict = store.note_clock(now, *read_boot_clock())
    if verdict.changed and verdict.doubt:
        log.error("%s", verdict.doubt)
    elif verdict.changed:
        log.warning("the machine's clock is believed: it is %s UTC", f"{now:%Y-%m-%d %H:%M}")
    return verdict.doubt


def clock_trouble(store: Store, clock: Clock, now: datetime) -> str:
    """Say the same for those who only want to know; nothing is noted."""
    if isinstance(clock, SharedClock):
        return clock.doubt()
    return store.look_at_clock(now, *read_boot_clock()).doubt


def clock_is_right(store: Store, now: datetime, by: str) -> str:
    """Believe the clock at a person's word; gives what was held against it."""
    return store.believe_clock(now, *read_boot_clock(), by=by).doubt
