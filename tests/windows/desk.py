"""One account on one kind of server: the real ledger, the real jobs, the real client over HTTP.

Our clock may differ from the server's, and the bot may die: that is an exception which nothing
of ours may catch, raised in the ledger's transactions or right around a call.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path

from sqlalchemy import Connection, event

from bot.jobs.deliver import DeliveryReport, deliver_due
from bot.jobs.reconcile import ReconcileReport, reconcile
from bot.jobs.sample import SampleReport, sample_due
from bot.model import (
    Counts,
    Delivery,
    Draft,
    Limits,
    NetworkName,
    Picture,
    Post,
    PostState,
    Receipt,
)
from bot.networks.base import Network, Seen
from bot.networks.registry import connect
from bot.sandbox import SandboxPost
from bot.store import Store
from bot.store.sqlite import WRITES
from tests.ledger.machine import HOUR, MINUTE, SECOND, Crash
from tests.ledger.world import catalog_of, threaded
from tests.networks.stage import ALT, SandboxStage, SharedSandbox, png
from tests.networks.through import Through

POSTING = ("x", "mastodon-4.5", "mastodon-4.6", "takahe")
"""Servers as the sandbox can be: by what they make of a key."""
LOOKING = ("x", "mastodon-4.6", "snac")
"""The same: by what their timelines look like."""

WORDS = "Free him now: sign https://example.org/sign?a=1&b=2 & tell others #FreeHim"


class Desk:
    """The bot at work for one account."""

    def __init__(self, kind: str, folder: Path, shared: SharedSandbox) -> None:
        self.kind = kind
        self.folder = folder
        self.stage = SandboxStage(shared, NetworkName.X if kind == "x" else NetworkName.MASTODON)
        self.off = timedelta(0)
        """How far our clock is ahead of the server's."""
        self.dies: Callable[[str], None] = lambda _: None
        """Is called at each step, with its name; raises `Crash` to die there."""
        self.catalog = catalog_of([self.stage.account])
        self.log: list[dict[str, object]] = []
        self._numbers = 0
        self._sent = 0
        (folder / "card.png").write_bytes(png())
        self._dropped: list[Store] = []
        self.start()

    # --- the machine ---------------------------------------------------------------------

    def start(self) -> None:
        """Start the bot, as it is started for the first time or after it died."""
        self.dies = lambda _: None
        self.store = Store.open(f"sqlite:///{self.folder / 'ledger.db'}")
        self._dropped.append(self.store)
        event.listen(self.store._engine, "commit", self._commits)
        self.network = self.connect()

    def _commits(self, connection: Connection) -> None:
        """Tell what is about to be written: a claim, a receipt, or something else."""
        if not connection.get_execution_options().get(WRITES):
            return  # it only reads
        count = "SELECT count(*) FROM deliveries WHERE state = "
        sending = connection.exec_driver_sql(f"{count} 'sending'").scalar_one()
        sent = connection.exec_driver_sql(f"{count} 'sent'").scalar_one()
        self.dies("claim" if sending else "receipt" if sent > self._sent else "commit")
        self._sent = sent

    def connect(self, timeout: float = 10.0) -> Network:
        """Connect anew, with so much patience."""
        stage = self.stage
        self.network = connect(stage.account, stage.secrets, timeout=timeout, clock=self.clock)
        return self.network

    def close(self) -> None:
        """Let go of all files."""
        for store in self._dropped:
            store.close()

    def clock(self) -> datetime:
        """What our wall clock shows."""
        return self.stage.clock.now + self.off

    def pass_time(self, span: timedelta) -> None:
        """Let time pass, and nobody work."""
        self.stage.clock.now += span

    # --- the bot's work ------------------------------------------------------------------

    def queue(self, text: str = WORDS, *parts: str, pictured: bool = False) -> list[Delivery]:
        """Queue a post that is due now, or a thread; give its deliveries."""
        self._numbers += 1
        account, at = self.stage.account, self.clock()
        draft = Draft(
            account.name,
            account.network,
            text,
            "en",
            len(text),
            280,
            picture=Picture(Path("card.png"), "image/png", ALT) if pictured else None,
            cost_usd=Decimal("0.2") if self.kind == "x" else Decimal(0),
        )
        post = Post(
            at=at,
            slot=f"morning|{self._numbers}",
            account=account.name,
            network=account.network,
            campaign="c",
            message=f"c/m{self._numbers}",
            state=PostState.PLANNED,
            schedule="morning",
            expires=at + 2 * HOUR,
            draft=threaded(draft, *parts) if parts else draft,
        )
        return [self.store.delivery(n) for n in self.store.enqueue([post], at)]

    def deliver(self) -> DeliveryReport:
        """Post what is due."""
        networks = {self.stage.account.name: Dying(self)}
        return deliver_due(self.store, networks, self.catalog, self.clock, self.folder, workers=1)

    def look(self) -> ReconcileReport:
        """Settle what is in doubt."""
        networks = {self.stage.account.name: Dying(self)}
        return reconcile(self.store, networks, self.catalog, self.clock)

    def sample(self) -> SampleReport:
        """Read the engagement that is due."""
        networks = {self.stage.account.name: Dying(self)}
        return sample_due(
            self.store, networks, self.catalog, self.clock, self.log.append, simulated=True
        )

    def tick(self) -> bool:
        """What the daemon does each time it wakes; tells whether it believed its clock."""
        boot = self.stage.clock.now - datetime(2022, 1, 1, tzinfo=self.clock().tzinfo)
        believed = self.store.note_clock(self.clock(), boot, "this boot").believed
        if believed:
            self.deliver()
            self.look()
        return believed

    def run(self, span: timedelta) -> None:
        """Let the daemon work for a while; it sleeps until something is due."""
        end = self.stage.clock.now + span
        while self.stage.clock.now < end:
            self.tick()
            due = self.store.next_due(self.clock())
            wait = MINUTE if due is None else due - self.clock() + SECOND / 10
            most = min(5 * MINUTE, end - self.stage.clock.now + SECOND)
            self.pass_time(min(max(wait, SECOND), most))

    def die_at(self, step: str, number: int = 1) -> None:
        """Work until the bot dies at the `number`-th `step` from now, and start it again."""
        left = number

        def dies(at: str) -> None:
            nonlocal left
            left -= at == step
            if not left:
                raise Crash

        self.dies = dies
        try:
            self.tick()
            self.sample()
        except Crash:
            self.start()
            return
        raise AssertionError(f"it never came to {step} number {number}")

    # --- what came of it -----------------------------------------------------------------

    def now(self, delivery: Delivery) -> Delivery:
        """The delivery as the ledger has it now."""
        return self.store.delivery(delivery.id)

    def posts(self) -> list[SandboxPost]:
        """What is on the server."""
        return self.stage.posts()

    @property
    def resends(self) -> bool:
        """Whether this server's keys make a second try safe."""
        return self.kind.startswith("mastodon")

    def post_by_hand(self, text: str = WORDS, *, pictures: int = 0) -> Receipt:
        """Let a person post the words, with another client."""
        draft = self.stage.draft(text)
        stage = self.stage
        other = connect(stage.account, stage.secrets, clock=stage.clock)
        if pictures:
            draft = replace(draft, picture=Picture(Path("other.png"), "image/png", "Another"))
        picture = png() if pictures else None
        return other.publish(draft, picture, f"by hand {self.stage.clock.now}")


class Dying(Through):
    """The account's network, and the places around its calls at which the bot may die."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.network)
        self._desk = desk

    def limits(self) -> Limits:
        """As the network has them."""
        return self._network.limits()

    def publish(self, draft: Draft, picture: bytes | None, key: str) -> Receipt:
        """Post."""
        self._desk.dies("call")
        try:
            return self._network.publish(draft, picture, key)
        finally:
            self._desk.dies("answer")

    def find(self, draft: Draft, since: datetime, until: datetime | None = None) -> Receipt | None:
        """Look."""
        self._desk.dies("look")
        found = self._network.find(draft, since, until)
        self._desk.dies("found")
        return found

    def posts_since(self, since: datetime) -> Sequence[Seen]:
        """As the network has them."""
        return self._network.posts_since(since)

    def measure(self, receipts: Sequence[Receipt]) -> Mapping[str, Counts]:
        """Read engagement."""
        counts = self._network.measure(receipts)
        self._desk.dies("counts")
        return counts
