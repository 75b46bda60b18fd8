"""Is this ledger the one that we know? What follows if it was put back, or taken away.

    look_behind   each tick, of each machine, before anything else
        the witness saw it further, or another one, or it is marked as a copy
            ─▶ put back: all that may have gone out since is looked for before any post
    claim         each time, in its transaction
        its file is gone or another, or the witness knows it otherwise
            ─▶ LedgerReplaced, no claim and no call: the next tick looks behind
        no room for the answer ─▶ StoreUnavailable, and no call

What is to be looked for follows from two marks, `put back` (when) and `put back from` (as of
when the copy was): every delivery that was due before the one and is not known to be over.
Nothing of that can be claimed until our own timeline was looked through for it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, Select, delete, exists, func, or_, select

from bot.model import Delivery, State
from bot.settle import Interrupted, Policy, Recheck, settle
from bot.store.accounts import append_event
from bot.store.codec import delivery_of
from bot.store.columns import state_is
from bot.store.copies import COPIED, file_of
from bot.store.errors import LedgerReplaced, StoreUnavailable
from bot.store.home import is_away, settle_in
from bot.store.ledger import Ledger, move
from bot.store.lives import LIFE, is_known_to_be_over, newest_of, stamp_of
from bot.store.place import Place, empty
from bot.store.planning import BEGAN, set_mark
from bot.store.queue import PUT_BACK, d, part_before, rows, unchecked, unresolved
from bot.store.records import Step
from bot.store.schema import attempts, daemon, marks
from bot.store.witness import NAME, Sight, Witness

FROM = "put back from"


@dataclass(frozen=True, slots=True)
class PutBack:
    """A ledger that took the place of a newer one."""

    since: datetime
    """As of when it was: what was written down later is lost."""
    at: datetime
    """When that was noticed."""
    how: str
    """What tells of it, for a person."""
    to_look_for: int
    """How many deliveries are not yet known to have gone out since, or not."""


class Guarding(Ledger):
    """The part of the store that looks after the ledger as a whole."""

    _witness: Witness | None = None
    _place = Place(None)
    _settled = False

    def watch(self, folder: Path) -> None:
        """Keep the witness in `folder`, and hold on to the ledger's file as it is now."""
        self._witness = Witness(folder / NAME)
        self._place = Place(file_of(self._engine.url.render_as_string(hide_password=False)))

    def must_not_be_empty(self) -> None:
        """Refuse an empty server where the witness saw a ledger; of files `place` tells first."""
        if self._place.file is None:
            with self._read() as connection:
                self._compare(connection)

    def was_moved(self, folder: Path) -> None:
        """Take it for the ledger that the witness knows: it was moved here whole.

        For who has moved it while nobody worked on it. One that the witness has seen further
        stays a copy.
        """
        self.watch(folder)
        witness = self._witness
        seen = witness.read() if witness is not None else None
        with self._read() as connection:
            sight = self._sight(connection)
            whole = seen is not None and stamp_of(connection, seen.attempt) == seen.stamp
        if sight is not None and seen is not None and whole and sight.life == seen.life:
            self._see(sight)

    # --- put back ------------------------------------------------------------------------

    def look_behind(self, now: datetime) -> PutBack | None:
        """Find out whether the ledger was put back since the last look; call it before a tick.

        Everything that is in doubt is then to be looked for anew, whoever it waited for.

        Returns:
            how it was put back, once; None where it is the ledger that we know.

        Raises:
            LedgerReplaced: its file is gone, or another one.
            StoreUnavailable: there is no room for what is to be written.
        """
        if self._witness is None:
            return None
        self._place.must_be_the_same()
        self._place.must_have_room()
        with self._read() as connection:
            sight, how = self._compare(connection)
        if sight is not None and not how:
            self._see(sight)
            if self._place.file is None and not self._settled:
                with self._write() as connection:
                    settle_in(connection, now)
                self._settled = True
            return None
        with self._write() as connection:
            sight, how = self._compare(connection)
            if sight is not None and not how:
                return None  # another process was quicker
            put_back = _begin(connection, how, now) if how else None
            for over in (sight, self._witness.seen()):
                if put_back is not None and over is not None:
                    set_mark(connection, f"{LIFE} {over.life}", now)
            life = uuid4().hex
            set_mark(connection, LIFE, now, value=life)
            if self._place.file is None:
                settle_in(connection, now)
            newest = newest_of(connection)
        self._see(Sight(life, *newest, self._place.inode))
        return put_back

    def put_back(self) -> PutBack | None:
        """Tell of the last time that the ledger was put back, and what is still to be looked for.

        For alerts and `bot status`: what people said in between is gone.
        """
        with self._read() as connection:
            found = connection.execute(
                select(marks.c.at, marks.c.value).where(marks.c.name == PUT_BACK)
            ).one_or_none()
            if found is None:
                return None
            since = connection.scalar(select(marks.c.at).where(marks.c.name == FROM))
            left = connection.scalar(
                select(func.count()).where(
                    or_(
                        unresolved(State.IN_DOUBT) & d.put_back_at.is_not(None),
                        state_is(d.state, State.QUEUED) & unchecked(),
                    )
                )
            )
        return PutBack(since or found.at, found.at, found.value or "", left or 0)

    def recheck(self, now: datetime) -> list[Delivery]:
        """Put into doubt what may have gone out before the ledger was put back.

        Whatever plans or queues it: slots since the copy are planned anew as they come. The
        next part of a thread has its turn once the part before it is known.
        """
        with self._read() as connection:
            if not connection.execute(_to_recheck(most=1)).all():
                return []
        with self._write() as connection:
            span = _span(connection)
            return [
                _recheck(connection, delivery_of(row), span, now)
                for row in connection.execute(_to_recheck()).all()
            ]

    def _compare(self, connection: Connection) -> tuple[Sight | None, str]:
        """Hold the ledger against its witness.

        Returns:
            how it stands; None where it has no life of its own yet. And how it shows that the
            ledger was put back; empty where it is the one that we know.
        """
        witness = self._witness
        if witness is None:
            return None, ""
        seen = witness.seen()  # first: other threads go on meanwhile
        sight = self._sight(connection)
        if connection.scalar(select(marks.c.at).where(marks.c.name == COPIED)) is not None:
            return sight, "a backup was put in its place"
        if sight is None:
            if not witness.is_there() or (seen is not None and not seen.attempt):
                return None, ""  # it is new, or was written before there were witnesses
            if not newest_of(connection)[0]:
                raise empty(self._engine.url, witness)
            return None, "another ledger was put in its place"
        on_server = self._place.file is None
        if on_server and is_away(connection):
            return sight, "a dump of it was put in its place"
        if seen is None:
            if on_server and not witness.is_there():
                return sight, ""  # a machine that works on it for the first time
            return sight, f"{witness.file} is not there, or not legible"
        if seen.life != sight.life:
            if on_server and is_known_to_be_over(connection, seen):
                return sight, ""  # another machine was quicker to notice
            return sight, "another ledger was put in its place"
        if seen.attempt and seen.stamp != stamp_of(connection, seen.attempt):
            return sight, "an older copy was put in its place"
        if seen.inode != self._place.inode:
            return sight, "its file was moved or copied here"
        return sight, ""

    # --- claims --------------------------------------------------------------------------

    def claim(self, delivery: int, now: datetime) -> Delivery | None:
        """Take a delivery for sending, as `Ledger.claim`; not from a ledger that is lost.

        Raises:
            LedgerReplaced: it is not the ledger that we know; nothing is claimed.
            StoreUnavailable: it could not be written, or there is no room for the answer.
        """
        if self._witness is None:
            return super().claim(delivery, now)
        self._place.must_be_the_same()
        self._place.must_have_room()
        with self._write() as connection:
            # Before it is on the disk: a claim without a call would be taken for a doubt.
            sight, how = self._compare(connection)
            if sight is None or how:
                raise LedgerReplaced(
                    f"this is not the ledger that we know ({how or 'nobody has looked yet'}): "
                    "nothing is posted before the next look at it, a moment from now"
                )
            claimed = self._take(connection, delivery, now)
            sight = self._sight(connection)
        if claimed is not None and sight is not None:
            self._see(sight)
        return claimed

    def _sight(self, connection: Connection) -> Sight | None:
        life = connection.scalar(select(marks.c.value).where(marks.c.name == LIFE))
        return Sight(life, *newest_of(connection), self._place.inode) if life else None

    def _see(self, sight: Sight) -> None:
        if self._witness is None:
            return
        try:
            self._witness.note(sight)
        except OSError as error:
            raise StoreUnavailable(
                f"{self._witness.file} cannot be written ({error.strerror}): who owns it, and is "
                "there room?"
            ) from error


@cache
def _to_recheck(*, most: int | None = None) -> Select[Any]:
    """Select what `Guarding.recheck` puts into doubt."""
    wanted = rows().where(
        state_is(d.state, State.QUEUED),
        unchecked(),
        or_(d.previous.is_(None), state_is(part_before.c.state, State.SENT)),
    )
    return wanted.limit(most)


def _begin(connection: Connection, how: str, now: datetime) -> PutBack:
    """Write down that the ledger was put back, and look anew for what is in doubt."""
    copied = connection.scalar(select(marks.c.at).where(marks.c.name == COPIED))
    since = min(copied or _last_word(connection, now), now)
    before = _span(connection)
    if before is not None and connection.scalar(
        select(exists().where(state_is(d.state, State.QUEUED), unchecked()))
    ):
        since = min(since, before.since)  # put back again before it was done with looking
    set_mark(connection, FROM, since)
    set_mark(connection, PUT_BACK, now, value=how)
    connection.execute(delete(marks).where(marks.c.name == COPIED))
    span = Recheck(since, now)
    for row in connection.execute(rows().where(unresolved(State.SENDING, State.IN_DOUBT))).all():
        delivery = delivery_of(row)
        if delivery.state is State.SENDING:
            doubtful = settle(delivery, Interrupted(), now, Policy())
            move(connection, Step(delivery, doubtful, "interrupted", doubtful.reason), now)
            delivery = doubtful
        _recheck(connection, delivery, span, now)
    append_event(connection, now, "put back", "ledger", f"as of {since.isoformat()}: {how}")
    return PutBack(since, now, how, 0)


def _recheck(
    connection: Connection, before: Delivery, span: Recheck | None, now: datetime
) -> Delivery:
    after = settle(before, span or Recheck(now, now), now, Policy())
    move(connection, Step(before, after, "recheck", after.reason), now)
    return after


def _span(connection: Connection) -> Recheck | None:
    wanted = select(marks.c.name, marks.c.at).where(marks.c.name.in_((FROM, PUT_BACK)))
    found = {row.name: row.at for row in connection.execute(wanted)}
    return Recheck(found[FROM], found[PUT_BACK]) if len(found) == 2 else None


def _last_word(connection: Connection, now: datetime) -> datetime:
    """The last moment that the ledger knows of; what came after it may be lost."""
    newest = select(attempts.c.at).order_by(attempts.c.id.desc()).limit(1)
    known = (
        connection.scalar(select(daemon.c.tick))
        or connection.scalar(newest)
        or connection.scalar(select(marks.c.at).where(marks.c.name == BEGAN))
        or now
    )
    return min(known, now)
