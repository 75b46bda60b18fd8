"""Several workers on one ledger: a claim is worth something while its worker's lease is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

import pytest

from bot.jobs.deliver import deliver_due
from bot.jobs.lease import Lease
from bot.model import State
from bot.store import LEASE, LeaseLapsed, Store
from tests.ledger.world import KEYED, KEYLESS, MINUTE, SECOND, World


@contextmanager
def another(world: World, host: str = "b") -> Iterator[tuple[Store, Lease]]:
    """Another machine's worker on the same ledger."""
    with Store.open(world.url) as store:
        lease = lease_of(world, store, host)
        yield store, lease


def lease_of(world: World, store: Store, host: str = "a") -> Lease:
    """The lease of a store, taken by the world's clocks."""
    since_boot = lambda: world.machine.boot()[0]  # noqa: E731 # a clock, not a function with a name
    lease = Lease(store, world.machine.clock, host, 1, since_boot)
    assert lease.renew()
    return lease


def test_a_living_workers_claim_is_left_alone(world: World) -> None:
    """Another machine's sweep does not doubt what is being sent."""
    queued = world.queue(KEYED)
    lease = lease_of(world, world.store)
    world.store.claim(queued.id, world.machine.clock())
    with another(world) as (other, _):
        assert other.interrupted(world.machine.clock()) == []
        world.machine.true += lease.good_for - SECOND
        assert lease.renew()
        world.machine.true += 2 * SECOND
        assert other.interrupted(world.machine.clock()) == []
        assert world.store.senders() == {queued.id: 1}


def test_a_dead_workers_claim_is_taken_over_within_a_lease(world: World) -> None:
    """What a machine had claimed when it died is in doubt for the others to look for."""
    queued = world.queue(KEYED)
    lease_of(world, world.store)
    world.store.claim(queued.id, world.machine.clock())
    with another(world) as (other, lease):
        world.machine.true += LEASE
        assert lease.renew()
        assert [d.id for d in other.interrupted(world.machine.clock())] == [queued.id]
    assert world.now(queued).state is State.IN_DOUBT


def test_a_worker_stops_calling_before_others_take_over(world: World) -> None:
    """First it does not rely on its lease, then the lease lapses; both well within its length."""
    queued = world.queue(KEYED)
    lease = lease_of(world, world.store)
    world.store.claim(queued.id, world.machine.clock())
    stopped = lapsed = None
    with another(world) as (other, others_lease):
        for second in range(int(LEASE.total_seconds())):
            assert others_lease.renew()
            if stopped is None and not lease.holds():
                stopped = second
            if lapsed is None and other.interrupted(world.machine.clock()):
                lapsed = second
            world.machine.true += SECOND
    assert (stopped, lapsed) == (17, 20)


def test_the_planning_goes_with_its_holders_lease(world: World) -> None:
    """Others get it once its holder is taken for dead, or has not asked for it for long."""
    lease = lease_of(world, world.store)
    with another(world) as (other, others):
        assert lease.lead("planning")
        world.machine.true += lease.good_for - SECOND
        assert lease.renew()
        assert others.renew()
        world.machine.true += 2 * SECOND
        assert not others.lead("planning"), "its tick takes longer than the lease was good for"
        world.machine.true += LEASE - lease.good_for - SECOND
        assert others.lead("planning"), "its tick never ends"
        assert other.next_lapse(world.machine.clock()) == world.machine.clock() + (
            2 * lease.good_for - LEASE - SECOND
        )
        world.machine.true += others.good_for
        assert lease.renew()
        assert lease.lead("planning"), "the other is dead"
        assert world.store.next_lapse(world.machine.clock()) is None


def test_who_could_not_join_yet_takes_nobody_for_gone(world: World) -> None:
    """A machine that finds no way to the ledger at its start is not alone with it.

    Found by the simulator, seed 3735: it took a call that was under way for one of the past.
    """
    queued, another_one = world.queue(KEYED), world.queue(KEYED)
    lease_of(world, world.store)
    world.store.claim(queued.id, world.machine.clock())
    with Store.open(world.url) as other:
        late = Lease(other, world.machine.clock, "b", 1)
        assert other.interrupted(world.machine.clock()) == []
        with pytest.raises(LeaseLapsed, match="it may not send"):
            other.claim(another_one.id, world.machine.clock())
        assert late.renew()
        late.leave()
        assert other.interrupted(world.machine.clock()) == [], "nor once it has left"
    assert world.now(queued).state is State.SENDING


def test_a_worker_that_stood_still_claims_nothing(world: World) -> None:
    """It is refused in the very transaction that would claim, and joins anew under a new number."""
    queued = world.queue(KEYED)
    lease = lease_of(world, world.store)
    first = world.store.worker
    world.machine.true += LEASE
    with pytest.raises(LeaseLapsed, match="others have taken over"):
        world.store.claim(queued.id, world.machine.clock())
    assert lease.renew()
    assert world.store.worker != first
    assert world.store.claim(queued.id, world.machine.clock()) is not None


def test_a_worker_that_stood_still_before_its_call_makes_none(world: World) -> None:
    """Its work was taken over and done meanwhile; the post is made once."""
    queued = world.queue(KEYLESS)
    lease = lease_of(world, world.store)
    server = world.servers[KEYLESS.name]

    def stand_still() -> None:
        if server.calls > 1:
            return
        world.machine.true += 3 * MINUTE
        with another(world) as (other, others_lease):
            mine, world.store = world.store, other
            for _ in range(8):
                assert others_lease.renew()
                world.tick()
                world.machine.true += 30 * SECOND
            world.store = mine
        assert not lease.holds()
        raise ConnectionError("refused by the permit, as bot.networks does")

    server.before_post = stand_still
    world.deliver(may_call=lease.holds)
    assert len(world.posts_of(queued)) <= 1
    last = world.store.events(delivery=queued.id)[-1]
    assert last.event in ("late answer", "absent", "found")


def test_a_lease_that_was_taken_anew_is_not_the_claims(world: World) -> None:
    """The thread that renews wakes up before the one that calls: it has a lease, but not the post.

    Found by the simulator: `several` workers, seed 36.
    """
    queued = world.queue(KEYLESS)
    lease = lease_of(world, world.store)
    server = world.servers[KEYLESS.name]

    def stand_still() -> None:
        world.machine.true += LEASE
        with another(world) as (other, _):
            other.interrupted(world.machine.clock())
        assert lease.renew()
        assert lease.holds()

    server.before_post = stand_still
    world.deliver(may_call=lease.holds)
    assert world.posts_of(queued) == []
    assert world.now(queued).state is State.QUEUED, "that call was not made, and we know it"


def test_a_renewal_that_waited_too_long_begins_anew(world: World) -> None:
    """It was dated before others took over what this worker had claimed, and written after."""
    slow = timedelta(0)

    def clock() -> datetime:
        now = world.machine.clock()
        world.machine.true += slow  # the ledger is waited for, once the time was read
        return now

    lease = Lease(world.store, clock, "a", 1, lambda: world.machine.boot()[0])
    assert lease.renew()
    first = world.store.worker
    assert lease.renew()
    assert world.store.worker == first
    slow = LEASE
    lease.renew()
    assert world.store.worker != first


def test_a_lease_is_told_by_a_clock_that_cannot_be_set(world: World) -> None:
    """The wall clock an hour back does not make a lease of an hour ago a good one."""
    lease = lease_of(world, world.store)
    assert lease.holds()
    world.machine.true += LEASE
    world.machine.off -= timedelta(hours=1)
    assert not lease.holds()


def test_one_plans_at_a_time(world: World) -> None:
    """The others get the planning when its lease lapses, or is given back."""
    lease = lease_of(world, world.store)
    with another(world) as (_, others):
        assert lease.lead("planning")
        assert not others.lead("planning")
        assert lease.lead("planning")
        world.machine.true += LEASE
        assert others.renew()
        assert others.lead("planning")
        assert lease.renew()
        assert not lease.lead("planning")
        others.leave()
        assert lease.lead("planning")


def test_two_workers_never_claim_the_same(world: World) -> None:
    """Whoever is second finds nothing to claim, and no twin of it either."""
    first = world.queue(KEYED, "The same words")
    twin = world.queue(KEYED, "The same words")
    lease_of(world, world.store)
    now = world.machine.clock()
    with another(world) as (other, _):
        assert world.store.claim(first.id, now) is not None
        assert other.claim(first.id, now) is None
        assert other.claim(twin.id, now) is None
        report = deliver_due(
            other, world.servers, world.catalog, world.machine.clock, world.folder, workers=1
        )
        assert report.settled == ()


def test_workers_that_are_long_gone_are_forgotten(world: World) -> None:
    """The list does not grow for ever; one whose claims are on record is kept."""
    queued = world.queue(KEYED)
    lease_of(world, world.store)
    world.store.claim(queued.id, world.machine.clock())
    for _ in range(3):
        world.machine.true += timedelta(days=2)
        lease_of(world, world.store)
    with world.store._read() as connection:
        there = connection.exec_driver_sql("SELECT id FROM workers ORDER BY id").scalars().all()
    assert there == [1, 4]
    assert [w.id for w in world.store.workers(world.machine.clock())] == [4]
