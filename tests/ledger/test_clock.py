"""The wall clock is wrong, or is set, or the machine is rebooted, while a post is in doubt."""

from __future__ import annotations

import pytest

from bot.model import Delivery, State
from bot.settle import waits_for_person
from bot.timekeeping import STANDS_AFTER, Verdict
from tests.ledger.machine import Crash
from tests.ledger.world import HOUR, KEYED, KEYLESS, MINUTE, NINE, X_RESENDS, World, X


def test_a_clock_that_was_two_hours_ahead_does_not_hide_the_post(world: World) -> None:
    """The doubt is dated two hours late; the look begins early enough all the same."""
    world.machine.off = 2 * HOUR
    world.tick()
    queued = world.queue(KEYED)
    world.servers[KEYED.name].faults.append("timeout, posted")
    world.tick()
    world.machine.off = 0 * HOUR
    world.run(6 * MINUTE)
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
    for _ in range(2):
        world.store.note_clock(world.machine.clock(), *world.machine.boot())
        world.machine.true += STANDS_AFTER
    world.machine.true -= STANDS_AFTER
    begun = world.now(queued)
    assert (begun.absences, begun.not_before) == (0, world.machine.clock())


def test_the_watermark_does_not_stay_in_the_future(world: World) -> None:
    """A clock a year ahead must not keep the slots of a year from being turned into rows."""
    world.tick()
    world.machine.off = 365 * 24 * HOUR
    world.run(6 * MINUTE)
    world.store.enqueue([], world.machine.clock(), watermark=world.machine.clock())
    world.machine.off = 0 * HOUR
    world.run(5 * MINUTE)
    world.tick()
    now, at = world.machine.clock(), world.store.watermark()
    assert at is not None
    assert now - STANDS_AFTER - MINUTE <= at <= now, "from where the wrong clock was last believed"


def test_nothing_is_sent_by_a_clock_in_doubt(world: World) -> None:
    """A year ahead for some ticks: what came due by that alone is not sent, and not given up."""
    world.tick()
    now = world.queue(KEYED)
    coming = world.queue(KEYED, at=NINE + 3 * HOUR, expires=NINE + 5 * HOUR)
    world.machine.off = 365 * 24 * HOUR
    world.run(3 * MINUTE)
    assert [world.now(d).state for d in (now, coming)] == [State.QUEUED, State.QUEUED]
    world.machine.off = 0 * HOUR
    world.tick()
    assert [world.now(d).state for d in (now, coming)] == [State.SENT, State.QUEUED]
    told = [e.event for e in world.store.events() if e.account == "clock"]
    assert told == ["clock in doubt", "clock right again"]


def test_a_clock_that_was_set_is_believed_once_it_has_stood(world: World) -> None:
    """Whoever set it has meant it: after five minutes the bot goes on by the new time."""
    world.tick()
    queued = world.queue(KEYED, expires=None)
    world.machine.off = -3 * HOUR
    world.run(STANDS_AFTER)
    assert world.now(queued).state is State.QUEUED
    world.run(3 * HOUR)
    assert world.now(queued).state is State.SENT


def to_jump_in_its_call(world: World) -> Delivery:
    """Queue a post in whose call the clock is set a year ahead, and the answer is lost."""
    world.tick()
    queued = world.queue(KEYED)
    server = world.servers[KEYED.name]
    server.faults.append("timeout, posted")

    def jump() -> None:
        world.machine.off = 365 * 24 * HOUR

    server.after_post = jump
    return queued


def test_what_was_written_while_the_clock_jumped_does_not_wait_for_that_moment(
    world: World,
) -> None:
    """Set ahead within a tick and put right before the next: the looks are not a year away."""
    queued = to_jump_in_its_call(world)
    world.tick()
    world.tick()
    world.machine.off = 0 * HOUR
    world.run(2 * MINUTE)
    assert world.now(queued).state is State.SENT


def test_a_jump_that_nobody_saw_does_not_date_a_look(world: World) -> None:
    """Ahead within one call only: seed 944, whose doubt waited for a year."""
    queued = to_jump_in_its_call(world)
    world.deliver()
    world.machine.off = 0 * HOUR
    world.run(2 * MINUTE)
    assert world.now(queued).state is State.SENT


def test_a_claim_by_a_clock_that_jumped_is_looked_for_from_before_the_jump(world: World) -> None:
    """The process died in its call, and its claim is dated in next year: seed 8300, which asked."""
    world.tick()
    queued = world.queue(KEYLESS, expires=None)
    world.servers[KEYLESS.name].faults.append("crash, posted")
    world.machine.off = 365 * 24 * HOUR
    with pytest.raises(Crash):
        world.deliver()
    world.restart()  # nobody saw the jump, but whoever wrote the claim
    world.machine.true += 5 * MINUTE
    world.machine.off = 0 * HOUR
    world.run(2 * MINUTE)
    assert world.now(queued).state is State.SENT


def test_slots_planned_ahead_by_a_process_that_stood_still_come_all_the_same(world: World) -> None:
    """It woke up after the clock was put right, and wrote down how far it was: seed 8456."""
    world.tick()
    world.store.enqueue([], world.machine.clock(), watermark=NINE + 3 * HOUR)
    world.machine.true += MINUTE
    world.tick()
    assert (world.store.watermark() or NINE) <= world.machine.true


def test_what_came_due_while_a_clock_was_put_right_is_planned(world: World) -> None:
    """Believed a year ahead, then right after hours in which nobody ticked: seed 20050."""
    world.tick()
    world.machine.off = 365 * 24 * HOUR
    world.run(STANDS_AFTER + MINUTE)
    world.store.enqueue([], world.machine.clock(), watermark=world.machine.clock())
    last = world.machine.true
    world.machine.off = 0 * HOUR
    world.machine.true += 3 * HOUR
    world.run(STANDS_AFTER + MINUTE)
    assert (world.store.watermark() or NINE) <= last


def test_a_clock_a_year_ahead_all_along_does_not_hide_the_post(world: World) -> None:
    """The server tells its own time, by which the look begins: seed 685, which posted twice."""
    world.machine.off = 365 * 24 * HOUR
    queued = world.queue(X_RESENDS, expires=None)
    world.servers[X_RESENDS.name].faults.append("timeout, posted")
    world.run(15 * MINUTE)
    assert world.now(queued).state is State.SENT
    assert world.servers[X_RESENDS.name].calls == 1


def test_a_machine_that_starts_in_the_past_waits(world: World) -> None:
    """No battery for the clock: nothing goes out by it until it has passed what was seen before."""
    world.tick()
    queued = world.queue(KEYED, expires=None)
    world.machine.true += HOUR
    world.machine.booted = world.machine.true
    world.machine.off = -10 * HOUR
    world.run(10 * MINUTE)
    assert world.now(queued).state is State.QUEUED
    world.machine.off = 0 * HOUR
    world.tick()
    assert world.now(queued).state is State.SENT


def test_a_person_may_say_that_the_clock_is_right(world: World) -> None:
    """The ledger was kept by a clock that was ahead: `bot clock --right` ends the wait at once."""
    world.machine.off = 24 * HOUR
    world.tick()
    world.machine.booted = world.machine.true
    world.machine.off = 0 * HOUR
    queued = world.queue(KEYED)
    world.run(10 * MINUTE)
    assert world.now(queued).state is State.QUEUED
    world.store.believe_clock(world.machine.clock(), *world.machine.boot(), by="ana")
    world.tick()
    assert world.now(queued).state is State.SENT
    world.machine.booted = world.machine.true
    assert world.store.look_at_clock(world.machine.clock(), *world.machine.boot()).believed


def test_two_machines_do_not_take_each_other_for_a_reboot(world: World) -> None:
    """Each has a boot clock of its own, and a mark of its own."""
    ours, theirs = world.machine.boot(), (5 * HOUR, "another machine")
    for boot, name in (ours, theirs):
        world.store.note_clock(world.machine.clock(), boot, name)
    world.machine.true += MINUTE
    for boot, name in (ours, theirs):
        verdict = world.store.note_clock(world.machine.clock(), boot + MINUTE, name)
        assert verdict == Verdict()


def test_a_try_that_does_not_count_does_not_wait_for_a_wrong_moment(world: World) -> None:
    """Out of credits by a clock a year ahead, which is then put right: it is not a year's wait."""
    world.machine.off = 365 * 24 * HOUR
    world.tick()
    queued = world.queue(X, at=NINE, expires=None)
    world.servers[X.name].faults.append("no credits")
    world.tick()
    world.machine.off = 0 * HOUR
    world.run(25 * MINUTE)
    assert world.now(queued).state is State.SENT
