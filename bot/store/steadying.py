"""Notices that the wall clock was set, and keeps doubts honest when it was.

A doubt's age decides whether a key is still good and how far back to look. Both go wrong
when the clock is set between the doubt and the look: an hour back, and the look begins after
the post; an hour forward, and two looks in a row seem to be far apart. The clock that counts
since the machine's boot cannot be set, so it tells (facts/reliability.md).
"""

from __future__ import annotations

import time
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import Connection, and_, func, literal, select, update

from bot.model import State
from bot.settle import FAR, KEY_WINDOW
from bot.store.accounts import append_event
from bot.store.columns import Span, state_is
from bot.store.engine import Transactions
from bot.store.planning import WATERMARK, set_mark
from bot.store.queue import d
from bot.store.schema import deliveries, marks

CLOCK = "clock"

_TOLERANCE = timedelta(seconds=5)
_SOON = timedelta(minutes=15)


def read_boot_clock() -> tuple[timedelta, str]:
    """Read how long ago the machine was booted, sleep included, and which boot that was."""
    try:
        boot_id = Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
    except OSError:
        boot_id = ""
    clock = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)
    return timedelta(seconds=time.clock_gettime(clock)), boot_id


class Steadying(Transactions):
    """The part of the store that watches the clock."""

    def note_clock(self, now: datetime, boot: timedelta, boot_id: str) -> timedelta:
        """Compare the wall clock with the boot clock; call it before each tick's work.

        Where the wall clock was set since the last call, every open doubt is moved to the
        safe side: it is taken to be as old as it can be, and looking for it starts anew.
        The same after a reboot, during which nobody watched. What waits for a moment of our
        own choosing does not wait longer for it.

        Not for while a call is under way: deliveries that are being sent count as doubts.

        Returns:
            by how much the clock was set, as far as that can be known.
        """
        with self._write() as connection:
            m = marks.c
            last = connection.execute(
                select(m.at, m.boot, m.boot_id).where(m.name == CLOCK)
            ).one_or_none()
            set_mark(connection, CLOCK, now, boot=boot, boot_id=boot_id)
            if last is None:
                return timedelta(0)
            if last.boot_id == boot_id and boot >= last.boot:
                step: timedelta = (now - last.at) - (boot - last.boot)
                back = step
                if abs(step) <= _TOLERANCE:
                    return timedelta(0)
            else:
                # Nobody knows how long the reboot took, so no key is relied on any more.
                step = min(now - last.at, timedelta(0))
                back = step - KEY_WINDOW
            _rebase(connection, now, min(back, timedelta(0)))
            if step:
                way = "forward" if step > timedelta(0) else "back"
                append_event(connection, now, "clock set", "clock", f"{abs(step)} {way}")
        return step


def _rebase(connection: Connection, now: datetime, back: timedelta) -> None:
    """Move what depends on the clock to the safe side; `back` is zero or negative."""
    older = literal(back, Span())
    resend = and_(state_is(d.state, State.QUEUED), d.doubt_since.is_not(None))
    doubt = state_is(d.state, State.IN_DOUBT, State.SENDING)
    for statement in (
        update(deliveries).where(resend).values(doubt_since=d.doubt_since + older),
        update(deliveries)
        .where(doubt)
        .values(
            doubt_since=func.coalesce(d.doubt_since, d.claimed_at) + older,
            claimed_at=now,
            absences=0,
        ),
        update(deliveries).where(doubt, d.not_before < FAR).values(not_before=now),
        update(deliveries)
        .where(state_is(d.state, State.QUEUED), d.tries > 0, d.not_before > now + _SOON)
        .values(not_before=now + _SOON),
        update(marks).where(marks.c.name == WATERMARK, marks.c.at > now).values(at=now),
    ):
        connection.execute(statement)
