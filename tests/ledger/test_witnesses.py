"""Several machines on one ledger, each with a witness of its own: what one notices, all know."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from threading import Event

import pytest

from bot import daemon
from bot.app import Bot
from bot.crew import PLANNING, Crew
from bot.jobs.deliver import DeliveryReport, deliver_due, tidy
from bot.jobs.lease import Lease
from bot.jobs.looking_back import notice
from bot.jobs.reconcile import reconcile
from bot.model import Delivery, Post, State
from bot.settings import Settings
from bot.store import LedgerReplaced, Store
from tests.e2e.world import make_root
from tests.ledger.test_leases import lease_of
from tests.ledger.world import HOUR, KEYED, KEYLESS, MINUTE, NINE, SECOND, World, X
from tests.postgres import Postgres


class Computer:
    """One of several: its own folder with its witness, its own worker on the shared ledger."""

    def __init__(self, world: World, name: str) -> None:
        self.world = world
        self.name = name
        self.folder = world.folder / name
        self.folder.mkdir()
        self.start()

    def start(self) -> None:
        """Begin, or begin again after `stop`; also on another ledger."""
        self.store = Store.open(self.world.url)
        self.lease: Lease = lease_of(self.world, self.store, self.name)
        self.store.watch(self.folder)

    def stop(self) -> None:
        """Let go of the ledger."""
        self.lease.leave()
        self.store.close()

    def notice(self) -> bool:
        """Look behind; tell whether the ledger was put back."""
        self.lease.renew()
        return self.store.look_behind(self.world.machine.clock()) is not None

    def serve(self, delivery: Delivery) -> DeliveryReport:
        """Do the job of a delivery's account, as one that was handed out."""
        world, account = self.world, delivery.account
        self.lease.renew()
        report = deliver_due(
            self.store,
            world.servers,
            world.catalog,
            world.machine.clock,
            world.folder,
            account=account,
            may_call=self.lease.holds,
            workers=1,
        )
        reconcile(self.store, world.servers, world.catalog, world.machine.clock, account=account)
        return report

    def plan(self, posts: Sequence[Post], span: timedelta) -> None:
        """Be the planner of one account's posts for a while, and do its jobs."""
        world, end = self.world, self.world.machine.true + span
        while world.machine.true < end:
            world.machine.true += MINUTE
            self.lease.renew()
            notice(self.store, world.machine.clock())
            self.store.enqueue(posts, world.machine.clock())
            tidy(self.store, world.machine.clock())
            self.serve(self.store.deliveries()[0])

    def tick_without_planning(self) -> None:
        """Do what the daemon does at a tick while another machine plans."""
        environment = {"DATABASE_URL": self.world.url}
        settings, stop = Settings(self.world.folder / "root", environment), Event()
        bot = Bot(
            settings,
            self.world.machine.clock,
            self.store,
            lambda account: self.world.servers[account.name],
            watch_clock=False,
        )
        bot.lease = self.lease
        crew = Crew(bot, stop)
        try:
            assert not daemon._tick(bot, stop, crew, NINE)
        finally:
            crew.close()


@pytest.fixture
def world(tmp_path: Path, postgres: Postgres) -> Iterator[World]:
    """A world on a server, and a campaign's folder for its daemons."""
    make_root(tmp_path / "root", {}, "schedules: {}\n", "timezone: UTC\naccounts: {}\n")
    made = World(tmp_path, postgres.ledger())
    yield made
    made.close()


def dumped(world: World, postgres: Postgres, *machines: Computer) -> str:
    """Have the ledger dumped while all are stopped, and go on; gives where the dump is restored."""
    _let_go(world, *machines)
    dump = postgres.copy(world.url)
    world.store = world._open()
    for machine in machines:
        machine.start()
    return dump


def restored(world: World, dump: str, *machines: Computer) -> None:
    """Stop all, and put the dump in the ledger's place; none is started yet."""
    _let_go(world, *machines)
    world.url = dump
    world.store = world._open()


def _let_go(world: World, *machines: Computer) -> None:
    for machine in machines:
        machine.stop()
    world.store.close()


def test_one_machine_that_notices_stops_no_other(world: World) -> None:
    """A witness is torn on one machine: the others post on, and nobody tells of it again."""
    a, b = Computer(world, "a"), Computer(world, "b")
    assert not a.notice()
    b.serve(world.queue(X))
    a.stop()
    (a.folder / "witness").write_text("torn")
    a.start()
    assert a.notice()
    world.machine.true += MINUTE
    for queued in (world.queue(X), world.queue(KEYLESS)):
        assert b.serve(queued).troubles == ()
        assert world.now(queued).state is State.SENT
        assert len(world.posts_of(queued)) == 1
    b.stop()
    b.start()
    assert [b.notice(), a.notice(), b.notice()] == [False] * 3
    a.stop()
    b.stop()


def test_a_claim_from_a_ledger_that_was_replaced_is_none(world: World, postgres: Postgres) -> None:
    """Nothing is left `sending` that was never called; after the next look it goes out."""
    a = Computer(world, "a")
    a.notice()
    dump = dumped(world, postgres, a)
    a.serve(world.queue(X))
    restored(world, dump, a)
    a.start()
    world.machine.true += MINUTE
    queued = world.queue(KEYLESS)
    a.lease.renew()
    with pytest.raises(LedgerReplaced, match="a dump of it"):
        a.store.claim(queued.id, world.machine.clock())
    assert world.now(queued).state is State.QUEUED
    assert a.notice()
    for _ in range(4):
        world.machine.true += MINUTE
        a.lease.renew()
        tidy(a.store, world.machine.clock())
        a.serve(queued)
    assert world.now(queued).state is State.SENT
    assert len(world.posts_of(queued)) == 1
    a.stop()


def test_what_one_machine_noticed_is_no_news_to_one_whose_posts_were_lost(
    world: World, postgres: Postgres
) -> None:
    """Its own last attempt is gone, and lies in the time that is looked through already."""
    a, b = Computer(world, "a"), Computer(world, "b")
    a.notice()
    dump = dumped(world, postgres, a, b)
    a.serve(world.queue(X))
    world.machine.true += SECOND
    b.serve(world.queue(KEYED))
    restored(world, dump, a, b)
    world.machine.true += HOUR
    a.start()
    assert a.notice()
    b.start()
    assert [b.notice(), a.notice()] == [False] * 2
    world.machine.true += MINUTE
    assert b.serve(world.queue(X)).troubles == ()
    a.stop()
    b.stop()


def test_a_machine_that_does_not_plan_knows_how_far_the_others_came(
    world: World, postgres: Postgres
) -> None:
    """Others post after a dump; it alone is left, and its own last claim is older than that."""
    a, b = Computer(world, "a"), Computer(world, "b")
    a.notice()
    b.serve(world.queue(KEYLESS))
    dump = dumped(world, postgres, a, b)
    posts = []
    for _ in range(3):
        world.machine.true += 20 * MINUTE
        a.lease.renew()
        b.lease.renew()
        assert a.lease.lead(PLANNING)
        posts.append(world.post(KEYLESS, expires=world.machine.clock() + 12 * HOUR))
        (number,) = world.store.enqueue(posts, world.machine.clock())
        a.serve(world.store.delivery(number))
        b.tick_without_planning()
    made = [post.draft.text for post in world.servers[KEYLESS.name].posts]
    assert len(made) == 4
    restored(world, dump, a, b)
    b.start()
    assert b.notice()
    b.plan(posts, 20 * MINUTE)
    assert [post.draft.text for post in world.servers[KEYLESS.name].posts] == made
    assert b.store.counts_by_state()[State.SENT] == 4
    b.stop()
