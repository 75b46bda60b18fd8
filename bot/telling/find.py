"""Finds what the operator is to be told of, and words it: what, where, and what to do."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime, timedelta

from bot.model import Delivery, NetworkName
from bot.telling.alert import Alert, Kind
from bot.telling.situation import (
    ContentErrors,
    Empty,
    Situation,
    Spending,
    Stopped,
    Unapproved,
    Undone,
    Waiting,
)
from bot.telling.times import shown

LEDGER_RESTS = timedelta(minutes=1)
"""Another process may hold the ledger for some seconds."""

STUCK_AFTER = timedelta(minutes=5)
"""A look at the queue takes seconds, and a minute where a network hangs."""

ERRORS_REST = timedelta(minutes=10)
"""Whoever saves a file with a slip in it has a while to see and mend it."""

SUBMISSIONS_REST = timedelta(hours=4)
"""A submission that waits as long may have been overlooked."""


def known_kinds(situation: Situation) -> Collection[Kind]:
    """The kinds that were looked for."""
    s = situation
    looked = {
        Kind.ACCOUNT: s.stopped is not None,
        Kind.DOUBT: s.doubts is not None,
        Kind.FAILED: s.undone is not None,
        Kind.MISSED: s.undone is not None,
        Kind.UNAPPROVED: s.unapproved is not None,
        Kind.EMPTY: s.empty is not None,
        Kind.SPENDING: s.spending is not None,
        Kind.CAP: s.spending is not None,
        Kind.SUBMISSIONS: s.waiting_known,
        Kind.CLOCK: s.clock is not None,
        Kind.COPY: s.copies is not None,
        Kind.LEDGER: True,
        Kind.STUCK: True,
        Kind.CONTENT: s.content_known,
    }
    return frozenset(kind for kind, was_looked_for in looked.items() if was_looked_for)


def find(situation: Situation) -> list[Alert]:
    """List what holds now, or has happened lately."""
    return list(_Finder(situation).all())


class _Finder:
    """One look at one situation."""

    def __init__(self, situation: Situation) -> None:
        self._s = situation
        self._sandbox = " --sandbox" if situation.sandbox else ""

    def all(self) -> Iterator[Alert]:
        """Everything, the worst first."""
        s = self._s
        yield from self._daemon()
        for stopped in s.stopped or ():
            yield self._stopped(stopped)
        for doubt in s.doubts or ():
            yield self._doubt(doubt)
        for undone in s.undone or ():
            yield self._undone(undone)
        for unapproved in s.unapproved or ():
            yield self._unapproved(unapproved)
        for empty in s.empty or ():
            yield self._empty(empty)
        for spending in s.spending or ():
            yield from self._spending(spending)
        if s.waiting is not None and s.now - s.waiting.oldest >= SUBMISSIONS_REST:
            yield self._waiting(s.waiting)
        if s.content is not None and s.now - s.content.since >= ERRORS_REST:
            yield self._content(s.content)
        if s.clock:
            yield Alert(
                f"clock:{s.host}",
                Kind.CLOCK,
                s.clock[0].upper() + s.clock[1:],
                "See that a time server keeps both right: timedatectl."
                if s.shares_clock
                else "See that a time server keeps it right: timedatectl. Where it is right: "
                f"bot clock --right{self._sandbox}",
                s.now,
            )
        for copy in s.copies or ():
            yield Alert(
                copy.key,
                Kind.COPY,
                f"The ledger was put back: {copy.what}",
                "Say again what people said since: approvals, returns, holds, counts, pauses, "
                "resolved doubts. What was due since is looked for before it is posted: "
                f"bot status{self._sandbox}",
                copy.at,
            )

    def _at(self, moment: datetime) -> str:
        return shown(moment, self._s.zone)

    def _daemon(self) -> Iterator[Alert]:
        late = self._s.late
        since = late.trouble_since or late.since
        if late.trouble and self._s.now - since >= LEDGER_RESTS:
            yield Alert(
                f"ledger:{self._s.host}",
                Kind.LEDGER,
                f"Nothing can be posted since {self._at(since)}: {late.trouble}",
                "Where the disk is full, make room, and it goes on by itself; else do as it says",
                since,
            )
        elif self._s.now - late.since >= STUCK_AFTER:
            yield Alert(
                f"stuck:{self._s.host}",
                Kind.STUCK,
                f"The daemon has not come to the end of its work since {self._at(late.since)}",
                f"Look what it does: bot log --last 20{self._sandbox}; then start it anew: "
                "systemctl restart loudhailer",
                late.since,
            )

    def _stopped(self, one: Stopped) -> Alert:
        if not one.has_keys:
            what = f"{one.account} posts nothing: it has no keys here"
            do = f"bot login {one.account}"
        else:
            trouble = "cannot be read from" if one.may_post else "is stopped"
            what = f"{one.account} {trouble}: {one.reason}"
            do = (
                f"Look at {one.account} in your browser and put right what it says; where its keys "
                f"were revoked: bot login {one.account}. It is tried again every hour"
            )
        on_x = one.network is NetworkName.X and one.has_keys
        do += ". Credits are bought at developer.x.com" if on_x else ""
        return Alert(f"account:{one.account}", Kind.ACCOUNT, what, do, one.since)

    def _doubt(self, d: Delivery) -> Alert:
        since = d.doubt_since or d.due
        return Alert(
            f"doubt:{d.id}",
            Kind.DOUBT,
            f"Nobody can tell whether {d.message} went out on {d.account} at {self._at(since)} "
            f"(delivery {d.id})",
            f"Look at the timeline of {d.account}. If it is there: bot resolve {d.id} --posted "
            f"ADDRESS{self._sandbox}; if not: bot resolve {d.id} --not-posted{self._sandbox}",
            since,
        )

    def _undone(self, one: Undone) -> Alert:
        post = f"{one.message} on {one.account}" if one.message else f"a post on {one.account}"
        if one.failed:
            what = f"{post}, {self._at(one.due)}, was refused: {one.reason}"
        else:
            what = f"{post}, {self._at(one.due)}, did not go out: {one.reason}"
        if not one.message:
            do = "Nothing, its hour is past; what comes next: bot plan"
        elif one.failed:
            do = (
                f"Put the message right; then, if it is still to go out: "
                f"bot post {one.message} --account {one.account}"
            )
        else:
            do = f"If it is still to go out: bot post {one.message} --account {one.account}"
        kind = Kind.FAILED if one.failed else Kind.MISSED
        return Alert(f"undone:{one.delivery}", kind, what, do, one.at)

    def _unapproved(self, one: Unapproved) -> Alert:
        key = f"{one.message}:{one.at:%Y-%m-%dT%H:%M}"  # another hour is another matter
        if self._s.now > one.until:
            return Alert(
                f"not approved:{key}",
                Kind.MISSED,
                f"{one.message}, {self._at(one.at)}, did not go out, for want of a person's word: "
                f"{one.reason}",
                "If it is still to go out: bot review, and give it another time (at)",
                one.until,
            )
        when = "was to go out" if one.at <= self._s.now else "is to go out"
        return Alert(
            f"unapproved:{key}",
            Kind.UNAPPROVED,
            f"{one.message} {when} {self._at(one.at)}, and may not: {one.reason}",
            f"bot review, until {self._at(one.until)}; after that it does not go out any more",
            one.at,
        )

    def _empty(self, one: Empty) -> Alert:
        slots = "the one post" if one.slots == 1 else f"none of the {one.slots} posts"
        has = "has nothing to say" if one.slots == 1 else "has anything to say"
        return Alert(
            f"empty:{one.account}",
            Kind.EMPTY,
            f"Nothing goes out on {one.account} in the coming day: {slots} of its schedules {has} "
            f"({one.reason})",
            "Add or approve messages: bot review, bot plan. Where it is over, end the schedule in "
            "schedules.yaml with until",
            self._s.now,
        )

    def _spending(self, one: Spending) -> Iterator[Alert]:
        spent = f"${one.usd:.2f} of ${one.cap:.2f} are spent in {one.month}"
        full = one.usd + one.least > one.cap
        if full:
            yield Alert(
                f"cap:{one.account}:{one.month}",
                Kind.CAP,
                f"{one.account} has reached its spending cap, and posts nothing more this month: "
                f"{spent}",
                "Raise monthly_cap_usd in schedules.yaml, or wait for the new month",
                self._s.now,
            )
        elif one.near:
            yield Alert(
                f"spending:{one.account}:{one.month}",
                Kind.SPENDING,
                f"{one.account} comes near its spending cap: {spent}",
                "What is still to come costs: bot plan. Raise monthly_cap_usd in schedules.yaml, "
                "or carry links on the card there (links: card)",
                self._s.now,
            )

    def _waiting(self, waiting: Waiting) -> Alert:
        some = "A submission waits" if waiting.count == 1 else f"{waiting.count} submissions wait"
        return Alert(
            "submissions",
            Kind.SUBMISSIONS,
            f"{some} for a person, the oldest since {self._at(waiting.oldest)}",
            "bot review",
            waiting.oldest,
        )

    def _content(self, errors: ContentErrors) -> Alert:
        some = "an error" if errors.count == 1 else f"{errors.count} errors"
        return Alert(
            "content",
            Kind.CONTENT,
            f"The files have {some} since {self._at(errors.since)}, and what is wrong is left "
            f"out: {errors.first}",
            "bot check",
            errors.since,
        )
