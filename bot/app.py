"""Puts the parts together: `open_bot(settings, clock)` is the one place that does.

Commands, the daemon and rehearsals all work through a `Bot`; what differs between them is
the clock and the `connect` function they hand in.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from socket import gethostname
from threading import Event, Lock

from bot import content
from bot.jobs.ahead import Prepared, prepare, redraw_missing
from bot.jobs.clearing import Clearance, Gate
from bot.jobs.clock import clock_in_doubt, clock_trouble
from bot.jobs.connections import Connections
from bot.jobs.contents import Contents
from bot.jobs.counts import Fetch, read_due
from bot.jobs.deliver import DeliveryReport, deliver_due, tell_of, tidy
from bot.jobs.drafting import Drafter, changed_since, known_limits
from bot.jobs.lease import Lease
from bot.jobs.limits import LimitsReader
from bot.jobs.reconcile import reconcile
from bot.jobs.refresh import BEFORE_START, refresh
from bot.jobs.sample import log_lines_to, sample_due
from bot.jobs.shared_clock import Clock, SharedClock, clock_for
from bot.model import Account, Catalog, PastPost, PetitionCount, PostState
from bot.networks.base import Network
from bot.networks.registry import SECRETS, connect
from bot.settings import Settings, SettingsError
from bot.store import Store

log = logging.getLogger("bot")

Connect = Callable[[Account], Network]
HandOut = Callable[[Collection[str]], object]
"""Has accounts served, side by side; returns at once."""


@dataclass(slots=True)
class Bot:
    """A campaign publisher at work on one folder and one ledger."""

    settings: Settings
    clock: Clock
    store: Store
    connect: Connect
    sandbox: bool = False
    watch_clock: bool = True
    """Whether it is asked if `clock` is to be believed; a rehearsal's always is."""
    earlier: Sequence[PastPost] = ()
    """Posts that count as history though this ledger does not hold them (rehearsals)."""
    spent_before: Mapping[tuple[str, str], Decimal] = field(default_factory=dict)
    """Dollars by account and month that count as spent, likewise."""
    before_start: timedelta = BEFORE_START
    """How long before its first look a message's own time may lie."""
    asks_limits: bool = True
    """Whether servers are asked for their limits; a rehearsal goes by those that are known."""
    draws_ahead: bool = True
    """Whether the coming day's cards are drawn before their hour; a rehearsal has no need."""
    lease: Lease | None = None
    """The right to send, where several processes do; None: this one alone does."""
    fetch: Fetch | None = None
    """Reads the sources of petitions' counts; None: they are not read from here."""
    known_counts: Callable[[], Sequence[PetitionCount]] = field(init=False)
    """Gives the newest petition counts: this ledger's, or those of another."""
    clearance: Clearance = field(init=False)
    """What people approved, and what they hold."""
    _contents: Contents = field(init=False)
    _connections: Connections = field(init=False)
    _limits: LimitsReader = field(init=False)
    _gate_lock: Lock = field(init=False, default_factory=Lock)
    _prepared: Prepared = field(init=False, default_factory=Prepared)

    def __post_init__(self) -> None:
        self._connections = Connections(self.connect)
        self._limits = LimitsReader(self.store)
        self.clearance = Clearance(self.settings.root, self.store)
        self.known_counts = self.store.petition_counts
        self._contents = Contents(self.settings.root)
        self.look_at_counts()

    @property
    def catalog(self) -> Catalog:
        """What the files say, with the newest counts over it."""
        return self._contents.catalog

    @property
    def problems(self) -> tuple[content.Problem, ...]:
        """What is wrong with the files."""
        return self._contents.problems

    @property
    def settling(self) -> bool:
        """Whether a change of the files was seen that has to be looked at once more."""
        return self._contents.settling

    def reload(self) -> bool:
        """Read the files again if one changed, and the counts; tell whether a file did."""
        changed = self._contents.reload()
        self.look_at_counts()
        return changed

    def look_at_counts(self) -> None:
        """Take the newest petition counts into the catalog."""
        self._contents.lay_over(self.known_counts())

    def read_counts(self, stop: Event | None = None) -> None:
        """Read the sources of petitions' counts that are due; may take seconds for each."""
        if self.fetch is not None:
            read_due(self.catalog, self.store, self.fetch, self.clock, stop)

    def gate(self) -> Gate:
        """Say what may go out at this moment."""
        with self._gate_lock:
            return self.clearance.gate(self.catalog)

    def drafter(self, *, draw: bool) -> Drafter:
        """Make drafts against the limits that are known at this moment."""
        return Drafter(
            self.settings.root, self.catalog, known_limits(self.store, self.catalog), draw=draw
        )

    def network(self, name: str) -> Network:
        """The open connection of an account.

        Raises:
            SettingsError: its credentials are missing.
        """
        return self._connections.network(self.catalog.accounts[name])

    def networks(self) -> Mapping[str, Network]:
        """The accounts that can be used, by name; those without credentials are left out."""
        return self._connections.usable(self.catalog.accounts)

    def read_limits(self, only: Collection[str] | None = None) -> None:
        """Ask servers for their limits where what we know is old."""
        if self.asks_limits:
            self._limits.read(self.networks(), self.clock(), only)

    @property
    def paused_by_file(self) -> bool:
        """Whether somebody put the file PAUSE into the root."""
        return self.settings.pause_file.exists()

    def clock_doubt(self) -> str:
        """Say why nothing may be done by the clock; empty where it is believed."""
        return clock_trouble(self.store, self.clock, self.clock()) if self.watch_clock else ""

    def tick(self, stop: Event | None = None, hand_out: HandOut | None = None) -> DeliveryReport:
        """Do all that is due: plan, post, settle doubts, read engagement.

        With `hand_out` the accounts that have something due are handed to it, to be served
        side by side (`serve`), and nobody waits for them here.
        """
        now = self.clock()
        if self.watch_clock and (doubt := clock_in_doubt(self.store, self.clock, now)):
            return DeliveryReport(troubles=(doubt,))
        self.reload()
        # Only an account of which nothing is known is worth waiting for before posting.
        self.read_limits(self._limits.never_asked(self.catalog.accounts))
        self._plan(now)
        if hand_out is None:
            report = self.serve(stop)
        else:
            paused = self.paused_by_file and self.lease is None  # else other machines go on
            gone = tidy(self.store, now, self.gate(), paused=paused)
            tell_of(gone)
            report = DeliveryReport(tuple(gone))
            hand_out(self.accounts_with_work(now))
        if stop is None or not stop.is_set():
            self.prepare()
        return report

    def _plan(self, now: datetime) -> None:
        gate = self.gate()
        posts = refresh(
            self.catalog,
            self.store,
            self.drafter(draw=True),
            now,
            self.earlier,
            self.spent_before,
            self.before_start,
            gate,
        )
        self.clearance.tell(gate.turned_away)
        for post in posts:
            if post.state is PostState.SKIPPED:
                log.info("skipped: %s %s: %s", post.account, post.message or "", post.reason)

    def accounts_with_work(self, now: datetime) -> list[str]:
        """List the accounts that have something to post, to look for or to read."""
        store, offsets = self.store, self.catalog.sample_after
        names = {due.account for due in store.receipts_to_sample(now, offsets)}
        names |= {delivery.account for delivery in store.in_doubt(now)}
        if self.lease is not None or not self.paused_by_file:
            names |= {delivery.account for delivery in store.due(now, limit=1)}
        return sorted(names)

    def serve(self, stop: Event | None = None, account: str | None = None) -> DeliveryReport:
        """Post, look for and read what is due, of all accounts or of one."""
        report = self.deliver(stop, account=account)
        tell_of(report.settled)
        if stop is None or not stop.is_set():
            self.read_limits(None if account is None else [account])
        if stop is None or not stop.is_set():
            self.look(stop, account)
        if stop is None or not stop.is_set():
            self.sample(account)
        return report

    def deliver(
        self,
        stop: Event | None = None,
        only: Sequence[int] | None = None,
        account: str | None = None,
    ) -> DeliveryReport:
        """Post what is due, or only the deliveries of these ids, or of this account."""
        drafter = self.drafter(draw=True)
        redraw_missing(self.catalog, self.store, drafter, self.settings.root, self.clock())
        return deliver_due(
            self.store,
            self.networks(),
            self.catalog,
            self.clock,
            self.settings.root,
            paused=self.paused_by_file,
            sandbox=self.sandbox,
            stop=stop,
            account=account,
            only=only,
            check_picture=changed_since,
            gate=self.gate,
            hindrance=lambda: "PAUSE" if self.paused_by_file else self.clock_doubt(),
            may_call=self.lease.holds if self.lease else None,
        )

    def look(self, stop: Event | None = None, account: str | None = None) -> None:
        """Look for what is in doubt, of all accounts or of one."""
        looks = reconcile(
            self.store,
            self.networks(),
            self.catalog,
            self.clock,
            sandbox=self.sandbox,
            stop=stop,
            account=account,
        )
        tell_of(looks.looked)

    def sample(self, account: str | None = None) -> None:
        """Read engagement that is due, and log it; of all accounts or of one."""
        sample_due(
            self.store,
            self.networks(),
            self.catalog,
            self.clock,
            log_lines_to(self.settings.engagement_log),
            simulated=self.sandbox,
            only=account,
        )

    def prepare(self) -> None:
        """Draw the coming day's cards, and clear away old ones; at most once in an hour.

        Not shortly before something is due. What cannot be drawn is told when it is due.
        """
        now = self.clock()
        stamp = self._contents.stamp
        if not self.draws_ahead or not self._prepared.wanting(self.catalog, stamp, now):
            return
        cleared = self.gate().cleared(now)
        prepare(cleared, self.store, self.drafter(draw=True), self.settings.root, now, self.earlier)

    def close(self) -> None:
        """Let go of the lease and of the ledger."""
        if self.lease is not None:
            self.lease.leave()
        self.store.close()

    def __enter__(self) -> Bot:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def open_bot(
    settings: Settings,
    clock: Clock,
    *,
    connect_with: Connect | None = None,
    sandbox: bool = False,
    fetch: Fetch | None = None,
) -> Bot:
    """Open the ledger, read the content, and be ready to connect to the accounts.

    `fetch` reads the sources of petitions' counts; without it they are left alone.

    Raises:
        bot.store.StoreError: the ledger cannot be opened.
    """

    def with_keys(account: Account) -> Network:
        secrets = settings.secrets(account.name, SECRETS[account.network])
        try:
            return connect(account, secrets, clock=clock)
        except ValueError as error:  # a key or an address that cannot be one
            raise SettingsError(str(error)) from error

    store = Store.open(settings.database_url, watched_from=settings.data)
    try:
        clock, lease = clock_for(store, clock), None
        if isinstance(clock, SharedClock):  # several machines: each has to say that it is alive
            lease = Lease(store, clock, gethostname(), os.getpid(), length=settings.lease)
            lease.keep()
        bot = Bot(settings, clock, store, connect_with or with_keys, sandbox, fetch=fetch)
    except BaseException:
        store.close()
        raise
    bot.lease = lease
    return bot
