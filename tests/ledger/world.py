"""A small world for the ledger: servers with a true time, a machine with a clock, crashes.

The servers are real small implementations: they keep posts, honour keys or not, refuse
duplicates or not, and show a post on the timeline only after a while. The machine's wall
clock may be wrong or be set; the servers' time is the true one. A crash is an exception that
nothing of ours may catch, raised at a point drawn by the test.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import event

from bot.jobs.deliver import DeliveryReport, deliver_due
from bot.jobs.reconcile import ReconcileReport, reconcile
from bot.model import (
    Account,
    Catalog,
    Counts,
    Delivery,
    Draft,
    Limits,
    Message,
    NetworkName,
    Post,
    PostState,
    Receipt,
    WhenInDoubt,
)
from bot.networks.base import DEFAULT_LIMITS, OutcomeUnknown, Rejected, Seen, TryLater
from bot.networks.matching import choose
from bot.networks.permit import is_permitted
from bot.store import Store
from tests.ledger.machine import HOUR as HOUR
from tests.ledger.machine import MINUTE as MINUTE
from tests.ledger.machine import NINE as NINE
from tests.ledger.machine import SECOND as SECOND
from tests.ledger.machine import Crash as Crash
from tests.ledger.machine import Machine as Machine

KEYED = Account("masto", NetworkName.MASTODON)
KEYLESS = Account("gts", NetworkName.MASTODON)
X = Account("x-main", NetworkName.X)
X_RESENDS = Account("x-eager", NetworkName.X, when_in_doubt=WhenInDoubt.RESEND)


@dataclass(slots=True)
class Stored:
    """A post on a server."""

    receipt: Receipt
    at: datetime
    shown_from: datetime
    draft: Draft
    pictured: bool
    key: str


@dataclass
class Server:
    """One account's server, as its client sees it."""

    account: Account
    machine: Machine
    honours_keys: bool
    refuses_duplicates: bool
    lag: timedelta = timedelta(0)
    """After what time a post is on the timeline."""
    faults: deque[str] = field(default_factory=deque)
    """What happens at the next calls; nothing special when empty."""
    posts: list[Stored] = field(default_factory=list)
    calls: int = 0
    posts_read: int = 0
    tells_limits: bool = False
    before_post: Callable[[], object] = lambda: None
    """What else happens when a call comes in."""
    after_post: Callable[[], object] = lambda: None
    """What else happens before the answer goes out."""

    def __post_init__(self) -> None:
        self.name = self.account.network
        self.resend_window = timedelta(minutes=50) if self.honours_keys else timedelta(0)

    @property
    def clock_ahead(self) -> timedelta:
        """How far its clock, the true one, is ahead of the machine's."""
        return -self.machine.off

    def limits(self) -> Limits:
        """Give the usual limits."""
        return DEFAULT_LIMITS[self.name]

    def publish(self, draft: Draft, picture: bytes | None, key: str) -> Receipt:
        """Keep a post, or let a fault happen."""
        self.calls += 1
        self.before_post()
        self.machine.call()
        if not is_permitted():  # asked once a connection stands, as bot/networks/_bounded.py does
            raise TryLater("this process stood still for too long")
        fault = self.faults.popleft() if self.faults else ""
        match fault:
            case "limit":
                raise TryLater("rate limit", until=self.machine.clock() + 5 * MINUTE)
            case "refused connection":
                raise TryLater("connection refused")
            case "no credits":
                raise TryLater("no credits left", needs_person=True)
            case "invalid":
                raise Rejected("too long")
            case "timeout, not posted":
                self.machine.wait(30 * SECOND)
                raise OutcomeUnknown("read timeout")
            case "crash, not posted":
                raise Crash
        receipt = self._store(draft, picture, key)
        self.after_post()
        self.machine.step()
        match fault:
            case "timeout, posted":
                self.machine.wait(30 * SECOND)
                raise OutcomeUnknown("read timeout")
            case "bug, posted":
                raise RuntimeError("token=secret")
            case "crash, posted":
                raise Crash
        return receipt

    def _store(self, draft: Draft, picture: bytes | None, key: str) -> Receipt:
        now = self.machine.true
        for post in self.posts:
            if self.honours_keys and post.key == key and now - post.at < HOUR:
                return post.receipt
            if self.refuses_duplicates and post.draft.text == draft.text:
                raise Rejected("duplicate content")
        number = f"{self.account.name}-{len(self.posts) + 1}"
        receipt = Receipt(number, f"https://example.net/{number}", now)
        self.posts.append(Stored(receipt, now, now + self.lag, draft, picture is not None, key))
        return receipt

    def find(self, draft: Draft, since: datetime, until: datetime | None = None) -> Receipt | None:
        """Look on the timeline, as the true networks' adapters do."""
        self.machine.step()
        if self.faults and self.faults[0] == "blind":
            self.faults.popleft()
            raise TryLater("timeline unreadable")
        return choose(draft, self._shown(), since, until)

    def posts_since(self, since: datetime) -> list[Seen]:
        """Read the timeline, as the true networks' adapters do."""
        self.machine.step()
        if self.faults and self.faults[0] == "blind":
            self.faults.popleft()
            raise TryLater("timeline unreadable")
        return [s for s in self._shown() if s.receipt.posted_at and s.receipt.posted_at >= since]

    def _shown(self) -> list[Seen]:
        shown = [p for p in self.posts if p.shown_from <= self.machine.true]
        self.posts_read += len(shown)
        return [
            Seen(p.receipt, p.draft.text, p.pictured, answers=p.draft.in_reply_to is not None)
            for p in shown
        ]

    def measure(self, receipts: Sequence[Receipt]) -> Mapping[str, Counts]:
        """Read counts of what is there."""
        self.machine.step()
        if self.faults and self.faults[0] == "blind":
            self.faults.popleft()
            raise TryLater("timeline unreadable")
        there = {p.receipt.remote_id for p in self.posts}
        self.posts_read += len(receipts)
        return {r.remote_id: Counts(likes=3) for r in receipts if r.remote_id in there}

    def made_by(self, delivery: Delivery) -> list[Stored]:
        """The posts that came of one delivery."""
        return [post for post in self.posts if post.key == delivery.key]


def servers_of(machine: Machine) -> dict[str, Server]:
    """One server of each kind."""
    return {
        KEYED.name: Server(KEYED, machine, honours_keys=True, refuses_duplicates=False),
        KEYLESS.name: Server(KEYLESS, machine, honours_keys=False, refuses_duplicates=False),
        X.name: Server(X, machine, honours_keys=False, refuses_duplicates=True),
        X_RESENDS.name: Server(X_RESENDS, machine, honours_keys=False, refuses_duplicates=True),
    }


def catalog_of(accounts: Iterable[Account], messages: Iterable[Message] = ()) -> Catalog:
    """A catalog that knows these accounts and messages."""
    return Catalog(
        zone=ZoneInfo("Europe/London"),
        accounts={account.name: account for account in accounts},
        schedules=(),
        campaigns={},
        messages={message.id: message for message in messages},
    )


def threaded(draft: Draft | None, *texts: str) -> Draft:
    """The draft with further parts."""
    assert draft is not None
    return replace(draft, thread=texts, thread_lengths=tuple(len(text) for text in texts))


class World:
    """A ledger, on a real file unless another is named, four servers, and the bot's tick."""

    def __init__(
        self, folder: Path, url: str | None = None, machine: Machine | None = None
    ) -> None:
        self.folder = folder
        self.url = url or f"sqlite:///{folder / 'ledger.db'}"
        self.machine = machine or Machine()
        self.servers = servers_of(self.machine)
        self.catalog = catalog_of(server.account for server in self.servers.values())
        self._numbers = 0
        self._dropped: list[Store] = []
        self.store = self._open()

    def _open(self) -> Store:
        store = Store.open(self.url)
        for moment in ("begin", "commit"):
            event.listen(store._engine, moment, lambda *_: self.machine.step(held=True))
        return store

    @property
    def on_postgres(self) -> bool:
        """Whether the ledger is on a PostgreSQL server."""
        return self.url.startswith("postgresql")

    def restart(self) -> None:
        """Leave everything as a kill would, and start again."""
        self.machine.crash_after = None
        self._dropped.append(self.store)
        self.store = self._open()

    def close(self) -> None:
        """Let go of all files."""
        for store in [*self._dropped, self.store]:
            store.close()

    def use(self, account: Account) -> None:
        """Give an account other settings."""
        accounts = {**self.catalog.accounts, account.name: account}
        self.catalog = replace(self.catalog, accounts=accounts)

    def post(self, account: Account, text: str = "", **more: object) -> Post:
        """A planned post, due now; unlike any other unless its text is given."""
        self._numbers += 1
        text = text or f"Message number {self._numbers} for the court"
        at = self.machine.clock()
        draft = Draft(
            account=account.name,
            network=account.network,
            text=text,
            language="en",
            length=len(text),
            limit=280,
            cost_usd=Decimal("0.015") if account.network is NetworkName.X else Decimal(0),
        )
        planned = Post(
            at=at,
            slot=f"morning|{self._numbers}",
            account=account.name,
            network=account.network,
            campaign="c",
            message=f"c/m{self._numbers}",
            state=PostState.PLANNED,
            schedule="morning",
            expires=at + 2 * HOUR,
            draft=draft,
        )
        return replace(planned, **more)  # type: ignore[arg-type]  # a test names fields freely

    def queue(self, account: Account, text: str = "", **more: object) -> Delivery:
        """Queue a post and give its delivery."""
        ids = self.store.enqueue([self.post(account, text, **more)], self.machine.clock())
        return self.store.delivery(ids[0])

    def deliver(self, **more: object) -> DeliveryReport:
        """Post what is due."""
        return deliver_due(
            self.store,
            self.servers,
            self.catalog,
            self.machine.clock,
            self.folder,
            **{"workers": 1, **more},  # type: ignore[arg-type]  # a test names options freely
        )

    def look(self) -> ReconcileReport:
        """Settle what is in doubt."""
        return reconcile(self.store, self.servers, self.catalog, self.machine.clock)

    def tick(self) -> None:
        """What the daemon does each time it wakes."""
        if self.store.note_clock(self.machine.clock(), *self.machine.boot()).believed:
            self.deliver()
            self.look()

    def run(self, span: timedelta, every: timedelta = 15 * SECOND) -> None:
        """Let the daemon work for a while."""
        end = self.machine.true + span
        while self.machine.true < end:
            self.tick()
            self.machine.true += every

    def now(self, delivery: Delivery) -> Delivery:
        """The delivery as the ledger has it now."""
        return self.store.delivery(delivery.id)

    def posts_of(self, delivery: Delivery) -> list[Stored]:
        """The posts that came of a delivery."""
        return self.servers[delivery.account].made_by(delivery)
