"""The wall clock is wrong, or is set, or the machine is rebooted, while a post is in doubt."""

from __future__ import annotations

from bot.model import State
from bot.settle import waits_for_person
from tests.ledger.world import HOUR, KEYED, MINUTE, X_RESENDS, World, X


def test_a_clock_that_was_two_hours_ahead_does_not_hide_the_post(world: World) -> None:
    """The doubt is dated two hours late; the look begins early enough all the same."""
    world.machine.off = 2 * HOUR
    world.tick()
    queued = world.queue(KEYED)
    world.servers[KEYED.name].faults.append("timeout, posted")
    world.tick()
    world.machine.off = 0 * HOUR
    world.run(5 * MINUTE)
    assert world.now(queued).state is State.SENT
    assert len(world.posts_of(queued)) == 1


def test_a_clock_that_is_ahead_all_along_does_not_hide_the_post(world: World) -> None:
    """The server's clock is the right one; ours is three hours ahead of it and nobody knows."""
    world.machine.off = 3 * HOUR
    queued = world.queue(X_RESENDS)
    world.servers[X_RESENDS.name].faults.append("timeout, posted")
    world.run(5 * MINUTE)
    assert world.now(queued).state is State.SENT
    assert len(world.posts_of(queued)) == 1


def test_a_clock_set_ahead_does_not_shorten_the_look(world: World) -> None:
    """An hour's step is not an hour's wait: the lagging timeline is waited for."""
    world.tick()
    queued = world.queue(X_RESENDS)
    server = world.servers[X_RESENDS.name]
    server.lag = 8 * MINUTE
    server.faults.append("timeout, posted")
    world.tick()
    world.machine.off = HOUR
    world.run(20 * MINUTE)
    assert world.now(queued).state is State.SENT
    assert server.calls == 1


def test_after_a_reboot_no_key_is_relied_on(world: World) -> None:
    """The machine was down for nobody knows how long: absent means a person is asked."""
    world.tick()
    queued = world.queue(KEYED, expires=None)
    world.servers[KEYED.name].faults.append("timeout, not posted")
    world.tick()
    world.machine.true += 2 * HOUR
    world.machine.off = -2 * HOUR
    world.machine.booted = world.machine.true
    world.run(5 * MINUTE)
    assert waits_for_person(world.now(queued))


def test_looks_begin_anew_when_the_clock_was_set(world: World) -> None:
    """One absence before the step and one after it are not known to be apart in time."""
    queued = world.queue(X)
    world.servers[X.name].faults.append("timeout, not posted")
    world.run(2 * MINUTE)
    assert world.now(queued).absences > 0
    world.machine.off = HOUR
    world.store.note_clock(world.machine.clock(), *world.machine.boot())
    begun = world.now(queued)
    assert (begun.absences, begun.not_before) == (0, world.machine.clock())


def test_the_watermark_does_not_stay_in_the_future(world: World) -> None:
    """A clock a year ahead must not keep the slots of a year from being turned into rows."""
    world.tick()
    world.machine.off = 365 * 24 * HOUR
    world.tick()
    world.store.enqueue([], world.machine.clock(), watermark=world.machine.clock())
    world.machine.off = 0 * HOUR
    world.tick()
    assert world.store.watermark() == world.machine.clock()
