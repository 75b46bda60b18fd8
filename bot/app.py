"""Puts the parts together: `open_bot(settings, clock)` is the one place that does.

Commands, the daemon and rehearsals all work through a `Bot`; what differs between them is
the clock and the `connect` function they hand in.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from threading import Event

from bot import content
from bot.cards import CardError
from bot.content.stamp import content_stamp
from bot.counting import with_counts
from bot.jobs.ahead import Prepared, clear_away, draw_ahead, redraw_missing
from bot.jobs.clearing import Clearance, Gate
from bot.jobs.clock import clock_in_doubt
from bot.jobs.counts import Fetch, read_due
from bot.jobs.deliver import DeliveryReport, deliver_due
from bot.jobs.drafting import Drafter, changed_since, known_limits
from bot.jobs.limits import LimitsReader
from bot.jobs.reconcile import reconcile
from bot.jobs.refresh import BEFORE_START, refresh
from bot.jobs.sample import sample_due
from bot.model import Account, Catalog, Delivery, PastPost, PetitionCount, PostState, State
from bot.networks.base import Network
from bot.networks.registry import SECRETS, connect
from bot.settings import Settings, SettingsError
from bot.store import Store

log = logging.getLogger("bot")

Clock = Callable[[], datetime]
Connect = Callable[[Account], Network]


@dataclass(slots=True)
class Bot:
    """A campaign publisher at work on one folder and one ledger."""

    settings: Settings
    clock: Clock
    store: Store
    connect: Connect
    sandbox: bool = False
    watch_clock: bool = True
    """Whether `clock` is the machine's, which people and time servers set."""
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
    fetch: Fetch | None = None
    """Reads the sources of petitions' counts; None: they are not read from here."""
    known_counts: Callable[[], Sequence[PetitionCount]] = field(init=False)
    """Gives the newest petition counts: this ledger's, or those of another."""
    clearance: Clearance = field(init=False)
    """What people approved, and what they hold."""
    catalog: Catalog = field(init=False)
    """What the files say, with the newest counts over it."""
    problems: tuple[content.Problem, ...] = field(init=False, default=())
    _written: Catalog = field(init=False)
    _counts: Sequence[PetitionCount] = field(init=False, default=())
    _stamp: str = field(init=False, default="")
    _seen: str = field(init=False, default="")
    _networks: dict[str, Network] = field(init=False, default_factory=dict)
    _without_keys: set[str] = field(init=False, default_factory=set)
    _limits: LimitsReader = field(init=False)
    _prepared: Prepared = field(init=False, default_factory=Prepared)

    def __post_init__(self) -> None:
        self._limits = LimitsReader(self.store)
        self.clearance = Clearance(self.settings.root, self.store)
        self.known_counts = self.store.petition_counts
        self._stamp = content_stamp(self.settings.root)  # first: what comes later is news
        loaded = content.load(self.settings.root)
        self._written, self.problems = loaded.catalog, loaded.problems
        self._lay_over(self.known_counts())

    # --- content -------------------------------------------------------------------------

    def reload(self) -> bool:
        """Read content/ and schedules.yaml again if a file changed; tell whether one did.

        An account, schedule or campaign that has become unusable stays in force as it was: a
        typo must not silence the accounts.
        """
        stamp = content_stamp(self.settings.root)
        if stamp == self._stamp:
            return False
        if stamp != self._seen:
            # Perhaps a file is being written right now; half of it must not go out. What is
            # the same at two looks is taken.
            self._seen = stamp
            return False
        self._stamp = stamp
        loaded = content.load(self.settings.root, keep=self._written)
        if loaded.catalog.accounts != self._written.accounts:
            self._networks.clear()
            self._without_keys.clear()
        self._written, self.problems = loaded.catalog, loaded.problems
        self._lay_over(self.known_counts())
        for problem in loaded.problems:
            log.warning("%s", problem)
        return True

    def look_at_counts(self) -> None:
        """Take the newest petition counts into the catalog, if there are any that are new.

        Where there are none it stays the very same one, and with it all that was found out
        about its messages.
        """
        counts = self.known_counts()
        if list(counts) != list(self._counts):
            self._lay_over(counts)

    def _lay_over(self, counts: Sequence[PetitionCount]) -> None:
        self._counts = counts
        self.catalog = with_counts(self._written, counts)

    def read_counts(self, stop: Event | None = None) -> None:
        """Read the sources of petitions' counts that are due; may take seconds for each."""
        if self.fetch is not None:
            read_due(self.catalog, self.store, self.fetch, self.clock, stop)

    @property
    def settling(self) -> bool:
        """Whether a change was seen that has to be looked at once more."""
        return bool(self._seen) and self._seen != self._stamp

    def gate(self) -> Gate:
        """Say what may go out at this moment."""
        return self.clearance.gate(self.catalog)

    def drafter(self, *, draw: bool) -> Drafter:
        """Make drafts against the limits that are known at this moment."""
        return Drafter(
            self.settings.root, self.catalog, known_limits(self.store, self.catalog), draw=draw
        )

    # --- networks ------------------------------------------------------------------------

    def network(self, name: str) -> Network:
        """The open connection of an account.

        Raises:
            SettingsError: its credentials are missing.
        """
        if name not in self._networks:
            self._networks[name] = self.connect(self.catalog.accounts[name])
        return self._networks[name]

    def networks(self) -> Mapping[str, Network]:
        """The accounts that can be used, by name; those without credentials are left out."""
        usable: dict[str, Network] = {}
        for name in self.catalog.accounts:
            try:
                usable[name] = self.network(name)
            except SettingsError as error:
                if name not in self._without_keys:  # said once, not at every tick
                    log.warning("%s", error)
                    self._without_keys.add(name)
        return usable

    def read_limits(self, only: Collection[str] | None = None) -> None:
        """Ask servers for their limits where what we know is old."""
        if self.asks_limits:
            self._limits.read(self.networks(), self.clock(), only)

    # --- work ----------------------------------------------------------------------------

    @property
    def paused_by_file(self) -> bool:
        """Whether somebody put the file PAUSE into the root."""
        return self.settings.pause_file.exists()

    def tick(self, stop: Event | None = None) -> DeliveryReport:
        """Do all that is due: plan, post, settle doubts, read engagement."""
        now = self.clock()
        if self.watch_clock and (doubt := clock_in_doubt(self.store, now)):
            return DeliveryReport(troubles=(doubt,))
        if not self.reload():
            self.look_at_counts()
        # Only an account of which nothing is known is worth waiting for before posting.
        self.read_limits(self._limits.never_asked(self.catalog.accounts))
        drafter = self.drafter(draw=True)
        posts = refresh(
            self.catalog,
            self.store,
            drafter,
            now,
            self.earlier,
            self.spent_before,
            self.before_start,
            gate := self.gate(),
        )
        self.clearance.tell(gate.turned_away)
        for post in posts:
            if post.state is PostState.SKIPPED:
                log.info("skipped: %s %s: %s", post.account, post.message or "", post.reason)
        redraw_missing(self.catalog, self.store, drafter, self.settings.root, now)
        report = self.deliver(stop)
        _tell(report.settled)
        self.read_limits()
        if stop is None or not stop.is_set():
            looks = reconcile(
                self.store,
                self.networks(),
                self.catalog,
                self.clock,
                sandbox=self.sandbox,
                stop=stop,
            )
            _tell(looks.looked)
        for job in (self.sample, self.prepare):
            if stop is None or not stop.is_set():
                job()
        return report

    def deliver(
        self, stop: Event | None = None, only: Sequence[int] | None = None
    ) -> DeliveryReport:
        """Post what is due, or only the deliveries of these ids."""
        return deliver_due(
            self.store,
            self.networks(),
            self.catalog,
            self.clock,
            self.settings.root,
            paused=self.paused_by_file,
            sandbox=self.sandbox,
            stop=stop,
            only=only,
            check_picture=changed_since,
            gate=self.gate(),
        )

    def sample(self) -> None:
        """Read engagement that is due, and log it."""
        sample_due(
            self.store,
            self.networks(),
            self.catalog,
            self.clock,
            self._log_sample,
            simulated=self.sandbox,
        )

    def prepare(self) -> None:
        """Draw the coming day's cards, and clear away old ones; at most once in an hour.

        Not shortly before something is due. What cannot be drawn is told when it is due.
        """
        now = self.clock()
        stamp = f"{self._stamp} {hash(tuple(self._counts))}"
        if not self.draws_ahead or not self._prepared.wanting(self.catalog, stamp, now):
            return
        cleared = self.gate().cleared(now)
        coming = draw_ahead(cleared, self.store, self.drafter(draw=True), now, self.earlier)
        try:
            gone = clear_away(self.store, self.settings.root, coming, now)
        except CardError as error:
            log.warning("%s", error)
            return
        if gone:
            log.info("cleared away old pictures that nothing refers to: %s", gone)

    def _log_sample(self, entry: Mapping[str, object]) -> None:
        path = self.settings.engagement_log
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(entry, ensure_ascii=False) + "\n")

    def close(self) -> None:
        """Let go of the ledger."""
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
    return Bot(settings, clock, store, connect_with or with_keys, sandbox, fetch=fetch)


def _tell(deliveries: Iterable[Delivery]) -> None:
    """Write what came of deliveries into the log."""
    for d in deliveries:
        if d.receipt is not None:
            log.info("posted: %s %s: %s", d.account, d.message, d.receipt.url)
        else:
            level = logging.INFO if d.state is State.QUEUED else logging.WARNING
            log.log(level, "%s: %s %s: %s", d.state.value, d.account, d.message, d.reason)
