"""Keeps what the machine's clocks showed, and doubts honest when the wall clock was set.

Whether the wall clock is believed is decided in bot/timekeeping.py. What depends on it here: a
doubt's age decides whether a key is still good and how far back to look. Both go wrong when the
clock is set between the doubt and the look: an hour back, and the look begins after the post; an
hour forward, and two looks in a row seem to be far apart (facts/reliability.md).

Each boot of each machine has a mark of its own, since each has a boot clock of its own.
"""

from __future__ import annotations

import time
from collections.abc import Collection
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import (
    Connection,
    Select,
    and_,
    bindparam,
    delete,
    exists,
    func,
    literal,
    or_,
    select,
    update,
)

from bot.model import State
from bot.settle import FAR, KEY_WINDOW
from bot.store.accounts import append_event
from bot.store.columns import Moment, Span, state_is
from bot.store.engine import Transactions
from bot.store.planning import BEGAN, WATERMARK, set_mark
from bot.store.queue import PUT_BACK, d, unresolved
from bot.store.schema import deliveries, marks
from bot.timekeeping import HARMLESS, Sight, Verdict, in_words, judge

_CLOCK = "clock"
"""Marks whose names begin so: when the wall clock was last believed, in each boot."""

_DOUBTED = "doubted clock"
"""Marks whose names begin so: since when it is in doubt, in each boot."""

_OF_PLANNING = (WATERMARK, BEGAN, PUT_BACK)
"""Marks up to which the ledger is taken care of."""

_SOON = timedelta(minutes=15)

_SENSIBLE = timedelta(days=3)
"""No wait of our own choosing is longer."""

_FORGOTTEN_AFTER = timedelta(days=90)
"""When the mark of a boot that is long over is cleared away."""


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

    def note_clock(self, now: datetime, boot: timedelta, boot_id: str) -> Verdict:
        """Compare the wall clock with the boot clock; call it before each tick's work.

        Where the verdict is that it is not believed, nothing else may be done by it. Once it is
        believed again after it was set, every open doubt is moved to the safe side: it is taken
        to be as old as it can be, and looking for it starts anew. The same after a reboot, during
        which nobody watched. What waits for a moment of our own choosing does not wait longer.

        Deliveries that others are sending, or that were being sent, count as doubts.
        """
        seen = Sight(now, boot, boot_id)
        with self._write() as connection:
            last, doubted = _sights(connection, boot_id)
            verdict = judge(last, doubted, seen)
            if verdict.doubted is None:
                _believe(connection, seen, verdict, doubted, last, self.calling)
                if doubted is not None and not verdict.step:
                    append_event(connection, now, "clock right again", "clock", "")
            elif verdict.doubted != doubted:
                _mark(connection, _DOUBTED, verdict.doubted)
                at = now if last is None else last.expected(seen)
                append_event(connection, at, "clock in doubt", "clock", verdict.doubt)
        return replace(verdict, changed=verdict.doubted != doubted)

    def look_at_clock(self, now: datetime, boot: timedelta, boot_id: str) -> Verdict:
        """Say what `note_clock` would; nothing is written."""
        with self._read() as connection:
            return judge(*_sights(connection, boot_id), Sight(now, boot, boot_id))

    def believe_clock(self, now: datetime, boot: timedelta, boot_id: str, by: str) -> Verdict:
        """Let a person say that the clock is right; gives what was thought of it till now."""
        seen = Sight(now, boot, boot_id)
        with self._write() as connection:
            last, doubted = _sights(connection, boot_id)
            verdict = judge(last, doubted, seen)
            step = None if last is None else last.step_to(seen)
            if verdict.believed or last is None:
                right = verdict
            elif step is None:
                right = Verdict(step=now - last.at, rebooted=True)
            else:
                right = Verdict(step=step)
            _believe(connection, seen, right, doubted, last, self.calling)
            append_event(connection, now, "clock right", "clock", f"says {by}")
        return verdict


def _sights(connection: Connection, boot_id: str) -> tuple[Sight | None, Sight | None]:
    """When the clock was last believed, in this boot or else in any, and since when it is not."""
    rows = connection.execute(_all_sights())
    sights = [(row.name, Sight(row.at, row.boot, row.boot_id)) for row in rows]
    believed = [sight for name, sight in sights if name.startswith(_CLOCK)]
    doubted = [sight for name, sight in sights if name.startswith(_DOUBTED)]
    return (
        next((sight for sight in reversed(believed) if sight.boot_id == boot_id), None)
        or (believed[-1] if believed else None),
        next((sight for sight in doubted if sight.boot_id == boot_id), None),
    )


@cache
def _all_sights() -> Select[Any]:
    m = marks.c
    return select(m.name, m.at, m.boot, m.boot_id).where(m.boot_id.is_not(None)).order_by(m.at)


def _mark(connection: Connection, kind: str, sight: Sight) -> None:
    name = f"{kind} {sight.boot_id}".rstrip()
    set_mark(connection, name, sight.at, boot=sight.boot, boot_id=sight.boot_id)


def _believe(
    connection: Connection,
    seen: Sight,
    verdict: Verdict,
    doubted: Sight | None,
    last: Sight | None,
    calling: Collection[int],
) -> None:
    """Go on from here; what was written by a clock in doubt is put right, too."""
    m = marks.c
    connection.execute(delete(marks).where(m.name.startswith(_DOUBTED), m.boot_id == seen.boot_id))
    _mark(connection, _CLOCK, seen)
    known = verdict.step or verdict.rebooted or doubted is not None
    if not known and not _is_any_from_the_future(connection, seen.at):
        return
    # What was believed in another boot and lies ahead of now is not to be held against it.
    past = or_(m.at > seen.at, m.at < seen.at - _FORGOTTEN_AFTER)
    connection.execute(delete(marks).where(m.name.startswith(_CLOCK), past))
    back = min(verdict.step, timedelta(0))
    # What a clock in doubt dated was begun after it was last believed, by the clock as it is now.
    earliest = min(last.at + verdict.step, seen.at) if last is not None else seen.at
    # Nobody knows how long the machine was off, so no key is relied on any more.
    back = back - KEY_WINDOW if verdict.rebooted else back
    _rebase(connection, seen.at, back, earliest, calling)
    if verdict.step:
        way = "forward" if verdict.step > timedelta(0) else "back"
        detail = f"{in_words(verdict.step)} {way}"
        append_event(connection, seen.at, "clock set", "clock", detail)


def _is_any_from_the_future(connection: Connection, now: datetime) -> bool:
    """Tell whether something was dated by a clock that was wrong between two sights of it only."""
    given = {"soon": now + HARMLESS, "far": now + _SENSIBLE}
    return bool(connection.scalar(_any_from_the_future(), given))


@cache
def _any_from_the_future() -> Select[Any]:
    soon, far = (bindparam(name, type_=Moment) for name in ("soon", "far"))
    late = and_(d.not_before > d.due, d.not_before > far, d.not_before < FAR)
    tried = or_(d.claimed_at > soon, d.doubt_since > soon)
    planned = and_(marks.c.name.in_(_OF_PLANNING), marks.c.at > soon)
    return select(
        or_(
            exists().where(unresolved(State.SENDING, State.IN_DOUBT), tried),
            exists().where(state_is(d.state, State.QUEUED), or_(late, d.doubt_since > soon)),
            exists().where(planned),
        )
    )


def _rebase(
    connection: Connection,
    now: datetime,
    back: timedelta,
    earliest: datetime,
    calling: Collection[int],
) -> None:
    """Move what depends on the clock to the safe side; `back` is zero or negative.

    At the `earliest` it was last believed: what lies ahead all the same is from then. A call of
    ours that is under way has no doubt yet: its answer must find its claim as it is.
    """
    older = literal(back, Span())
    resend = and_(state_is(d.state, State.QUEUED), d.doubt_since.is_not(None))
    doubt = and_(state_is(d.state, State.IN_DOUBT, State.SENDING), d.id.not_in(list(calling)))
    for statement in (
        update(deliveries).where(resend).values(doubt_since=d.doubt_since + older),
        update(deliveries)
        .where(doubt)
        .values(
            doubt_since=func.coalesce(d.doubt_since, d.claimed_at) + older,
            claimed_at=now,
            absences=0,
        ),
        update(deliveries)
        .where(or_(resend, doubt), d.doubt_since > now)
        .values(doubt_since=earliest + back),
        update(deliveries).where(doubt, d.not_before < FAR).values(not_before=now),
        update(deliveries)
        .where(state_is(d.state, State.QUEUED), d.not_before > d.due, d.not_before > now + _SOON)
        .values(not_before=now + _SOON),
        # A clock that was ahead must not keep the slots, or the messages with a time of their
        # own, of all that it was ahead by from being planned; nor those that came since.
        update(marks)
        .where(marks.c.name.in_((WATERMARK, BEGAN)), marks.c.at > now)
        .values(at=earliest),
        update(marks).where(marks.c.name == PUT_BACK, marks.c.at > now).values(at=now),
        update(deliveries).where(doubt, d.put_back_at > now).values(put_back_at=now),
    ):
        connection.execute(statement)
