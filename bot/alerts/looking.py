"""Looks how things stand: in the ledger, in the files, and at the daemon's own pulse."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import groupby
from pathlib import Path

from bot.app import Bot
from bot.content.waiting import waiting_since
from bot.jobs.clearing import Clearance
from bot.jobs.metering import NEAR, month_of, month_start
from bot.jobs.refresh import plan_span
from bot.model import Account, Catalog, Delivery, NetworkName, Post, PostState, State
from bot.networks.registry import SECRETS
from bot.plan.guards import in_quiet_hours, is_quiet_day
from bot.pulse import Pulse
from bot.settle import waits_for_person
from bot.store import Use
from bot.telling import (
    ContentErrors,
    Copy,
    Day,
    Empty,
    Late,
    Situation,
    Spending,
    Stopped,
    Unapproved,
    Waiting,
    shown,
)

A_DAY = timedelta(days=1)

USES: tuple[Use, ...] = ("post", "look", "read")

PLANNED_EVERY = timedelta(minutes=15)
"""How long what the coming day brings is taken as known, while the files rest."""


@dataclass(slots=True)
class Looker:
    """One daemon's eyes; used by one thread."""

    bot: Bot
    pulse: Pulse
    host: str = ""
    """The machine's name."""
    _clearance: Clearance = field(init=False)
    _empty: Sequence[Empty] = ()
    _planned_of: Catalog | None = None
    _planned_at: datetime | None = None
    _errors_since: datetime | None = None

    def __post_init__(self) -> None:
        # Of its own: the ticking thread's is not made for two.
        source = self.bot.clearance.source
        self._clearance = Clearance(self.bot.settings.root, source)

    def late(self) -> Late:
        """How the daemon's own work goes."""
        pulse = self.pulse
        return Late(pulse.last or pulse.began, pulse.trouble, pulse.trouble_since)

    def blind(self, now: datetime, late: Late) -> Situation:
        """What this process knows of itself: all that is known where the ledger cannot be read."""
        bot = self.bot
        shared = bot.lease is not None
        zone = bot.catalog.zone
        return Situation(now, zone, late, self.host, sandbox=bot.sandbox, shares_clock=shared)

    def only_itself(self, now: datetime) -> Situation:
        """What one of several has to tell that does not lead: of itself, and of its clock.

        Raises:
            bot.store.StoreError: the ledger cannot be read.
        """
        return replace(self.blind(now, self.late()), clock=self.bot.clock_doubt())

    def look(self, now: datetime) -> Situation:
        """Look at everything.

        Raises:
            bot.store.StoreError: the ledger cannot be read.
        """
        catalog, store = self.bot.catalog, self.bot.store
        if self.bot.clock_doubt():  # all else would be looked at by that clock
            return self.only_itself(now)
        waiting = _submissions(self.bot.settings.root, catalog)
        return replace(
            self.blind(now, self.late()),
            stopped=[*self._stopped(catalog), *self._without_keys(catalog)],
            doubts=self._doubts(catalog),
            undone=store.undone(now - A_DAY),
            unapproved=list(self._unapproved(catalog, now)),
            empty=self._empty_accounts(catalog, now),
            spending=list(self._spending(catalog, now)),
            waiting=waiting,
            waiting_known=True,
            content=self._content(now),
            content_known=True,
            clock="",
            copies=list(self._copies(catalog, now)),
        )

    def day(self, now: datetime) -> Day:
        """Look at what a digest tells of."""
        catalog, store = self.bot.catalog, self.bot.store
        local = now.astimezone(catalog.zone)
        midnight = _midnight(local, 0)
        paused = [pause.scope for pause in store.pauses()]
        if self.bot.paused_by_file:
            paused.append(f"the file {self.bot.settings.pause_file.name}")
        return Day(
            now=now,
            zone=catalog.zone,
            yesterday=[
                d
                for d in store.deliveries(since=_midnight(local, -1), until=midnight)
                if d.part == 0
            ],
            doubts=store.deliveries(states=(State.IN_DOUBT,)),
            coming=self._plan(catalog, now, _midnight(local, 1)),
            queued=store.deliveries(states=(State.QUEUED, State.SENDING)),
            paused=paused,
            waiting=_submissions(self.bot.settings.root, catalog),
            spending=list(self._spending(catalog, now)),
            open_alerts=[row for row in store.alerts() if row.times],
        )

    def _copies(self, catalog: Catalog, now: datetime) -> Iterator[Copy]:
        found = self.bot.store.put_back()
        if found is not None and found.at >= now - A_DAY:
            what = f"{found.how}. It is as of {shown(found.since, catalog.zone)}"
            yield Copy(f"copy:{found.at.isoformat()}", found.at, what)

    # --- accounts ------------------------------------------------------------------------

    def _stopped(self, catalog: Catalog) -> Iterator[Stopped]:
        told = set()
        for use in USES:
            for state in self.bot.store.account_states(use):
                account = catalog.accounts.get(state.account)
                if account is None or not state.needs_person or account.name in told:
                    continue
                told.add(account.name)
                yield Stopped(
                    account.name,
                    account.network,
                    state.since,
                    state.reason,
                    may_post=use != "post",
                )

    def _without_keys(self, catalog: Catalog) -> Iterator[Stopped]:
        if self.bot.sandbox:
            return
        for account in _scheduled(catalog):
            if not self.bot.settings.has_secrets(account.name, SECRETS[account.network]):
                yield Stopped(account.name, account.network, self.pulse.began, "", has_keys=False)

    def _doubts(self, catalog: Catalog) -> list[Delivery]:
        return [
            d
            for d in self.bot.store.deliveries(states=(State.IN_DOUBT,))
            if waits_for_person(d) or d.account not in catalog.accounts
        ]

    def _spending(self, catalog: Catalog, now: datetime) -> Iterator[Spending]:
        begins = month_start(now)
        for account in catalog.accounts.values():
            if account.network is NetworkName.X and account.monthly_cap_usd is not None:
                usd, cap = self.bot.store.spent(account.name, begins), account.monthly_cap_usd
                yield Spending(
                    account.name,
                    usd,
                    cap,
                    catalog.prices.post,
                    month_of(now),
                    near=usd >= NEAR * cap,
                )

    # --- messages ------------------------------------------------------------------------

    def _unapproved(self, catalog: Catalog, now: datetime) -> Iterator[Unapproved]:
        """Messages whose own hour comes, or has come, that nobody has let go out."""
        gate = self._clearance.gate(catalog)
        earliest = now - catalog.fixed_late - A_DAY
        for message in catalog.messages.values():
            at = message.at
            if at is None or not earliest <= at < now + A_DAY or not message.is_true_at(at):
                continue
            standing = gate.standing(message, now)
            if standing.cleared or self._was_queued(message.id, message.campaign, at):
                continue
            late = at + catalog.fixed_late
            yield Unapproved(message.id, at.astimezone(UTC), late, standing.reason)

    def _was_queued(self, message: str, campaign: str, at: datetime) -> bool:
        there = self.bot.store.deliveries(
            campaign=campaign, since=at, until=at + timedelta(microseconds=1)
        )
        return any(d.message == message for d in there)

    def _empty_accounts(self, catalog: Catalog, now: datetime) -> Sequence[Empty]:
        rests = self._planned_at is not None and timedelta(0) <= now - self._planned_at
        rests = rests and now - (self._planned_at or now) < PLANNED_EVERY
        if rests and self._planned_of is catalog:
            return self._empty
        self._planned_of, self._planned_at = catalog, now
        posts = self._plan(catalog, now, now + A_DAY)
        queued = {d.account for d in self.bot.store.deliveries(states=(State.QUEUED,))}
        self._empty = list(_empty(catalog, posts, queued))
        return self._empty

    def _plan(self, catalog: Catalog, start: datetime, end: datetime) -> list[Post]:
        bot = self.bot
        cleared = self._clearance.gate(catalog).cleared(start)
        drafter = bot.drafter(draw=False)
        return plan_span(cleared, bot.store, drafter, start, end, bot.earlier, now=start)

    # --- files ---------------------------------------------------------------------------

    def _content(self, now: datetime) -> ContentErrors | None:
        errors = [p for p in self.bot.problems if p.severity == "error"]
        if not errors:
            self._errors_since = None
            return None
        self._errors_since = min(self._errors_since or now, now)
        return ContentErrors(len(errors), str(errors[0]), self._errors_since)


def _submissions(root: Path, catalog: Catalog) -> Waiting | None:
    times = waiting_since(root, catalog.campaigns)
    return Waiting(len(times), times[0]) if times else None


def _scheduled(catalog: Catalog) -> list[Account]:
    names = dict.fromkeys(name for schedule in catalog.schedules for name in schedule.accounts)
    return [catalog.accounts[name] for name in names if name in catalog.accounts]


def _empty(catalog: Catalog, posts: Sequence[Post], queued: set[str]) -> Iterator[Empty]:
    """The accounts whose slots all stay empty, and not because the hour is to be quiet.

    Where no schedule fires there is nothing to say of it: a schedule that has ended, or that
    is for Sundays, is as somebody wanted it.
    """
    posts = sorted(posts, key=lambda post: post.account)
    for name, group in groupby(posts, key=lambda post: post.account):
        of_account = list(group)
        account = catalog.accounts.get(name)
        if account is None or name in queued:
            continue
        if any(post.state is PostState.PLANNED for post in of_account):
            continue
        silent = [
            p for p in of_account if p.schedule is not None and not _quiet(catalog, account, p)
        ]
        if silent:
            reason, _ = Counter(post.reason for post in silent).most_common(1)[0]
            yield Empty(name, len(silent), reason)


def _quiet(catalog: Catalog, account: Account, post: Post) -> bool:
    local = post.at.astimezone(catalog.zone)
    return is_quiet_day(catalog, local.date()) or in_quiet_hours(account, local.time())


def _midnight(local: datetime, days: int) -> datetime:
    """The beginning of a day so many days from a local moment's."""
    day = local.date() + timedelta(days=days)
    return datetime(day.year, day.month, day.day, tzinfo=local.tzinfo).astimezone(UTC)
