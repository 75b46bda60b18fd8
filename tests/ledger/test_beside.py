"""What happens beside a call: sweeps, people, clocks and other machines go on meanwhile."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Connection, event
from sqlalchemy.exc import OperationalError

from bot.jobs.clearing import Clearance
from bot.jobs.deliver import deliver_due, take_stock
from bot.model import State, WhenInDoubt
from bot.store import Store, StoreUnavailable
from tests.ledger.test_leases import another, lease_of
from tests.ledger.world import HOUR, KEYED, KEYLESS, MINUTE, SECOND, World, X
from tests.postgres import Postgres


def test_a_claim_made_while_the_sweep_waits_is_a_call_under_way(world: World) -> None:
    """What is being called is asked for once nobody else can claim, not before."""
    queued, store = world.queue(KEYED), world.store
    once = [queued.id]

    def claimed_meanwhile(_: Connection) -> None:
        if once:
            store.calling.add(once[0])
            assert store.claim(once.pop(), world.machine.clock()) is not None

    event.listen(store._engine, "engine_connect", claimed_meanwhile)
    assert store.interrupted(world.machine.clock()) == []
    assert world.now(queued).state is State.SENDING


@pytest.mark.parametrize(
    ("fault", "then"), [("limit", State.QUEUED), ("invalid", State.FAILED), ("", State.SENT)]
)
def test_an_answer_counts_though_the_clock_was_put_right_meanwhile(
    world: World, fault: str, then: State
) -> None:
    """The tick notes a step of seconds while a call is under way: its claim stays as it is."""
    world.tick()
    queued, server = world.queue(X), world.servers[X.name]
    server.faults.append(fault)

    def step() -> None:
        world.machine.off += 20 * SECOND
        assert world.store.note_clock(world.machine.clock(), *world.machine.boot()).believed

    server.before_post = step
    world.deliver(account=X.name)
    assert world.now(queued).state is then


@pytest.mark.parametrize(("fault", "then"), [("limit", State.QUEUED), ("invalid", State.FAILED)])
def test_a_no_that_comes_late_ends_the_doubt_of_its_own_call(
    world: World, fault: str, then: State
) -> None:
    """Another machine took us for dead; the account rests as long as its server asks."""
    queued, server = world.queue(X), world.servers[X.name]
    lease_of(world, world.store)
    server.faults.append(fault)

    def taken_for_dead() -> None:
        with another(world) as (other, lease):
            world.machine.true += 10 * MINUTE
            assert lease.renew()
            assert [d.id for d in other.interrupted(world.machine.clock())] == [queued.id]
        world.machine.true -= 10 * MINUTE

    server.before_post = taken_for_dead
    world.deliver(account=X.name)
    assert world.now(queued).state is then
    rests = [state.until for state in world.store.account_states()]
    assert all(until is not None and until >= world.machine.true + 5 * MINUTE for until in rests)
    assert bool(rests) == (fault == "limit")


def test_a_hold_that_is_said_during_a_run_holds_the_rest_of_it(
    world: World, tmp_path: Path
) -> None:
    """A slow server must not carry on for minutes with what a person stopped."""
    clearance = Clearance(tmp_path, world.store)
    posts = [world.queue(KEYED, f"The verdict, number {n}") for n in range(3)]
    server = world.servers[KEYED.name]
    server.after_post = lambda: world.store.hold("verdict", "ana", "", world.machine.clock())
    world.deliver(account=KEYED.name, gate=lambda: clearance.gate(world.catalog))
    assert [world.now(d).state for d in posts] == [State.SENT, State.QUEUED, State.QUEUED]


def test_a_stop_that_is_set_during_a_run_ends_it(world: World) -> None:
    """The file PAUSE, made while the first call is under way."""
    posts = [world.queue(KEYED) for _ in range(3)]
    stops: list[str] = []
    world.servers[KEYED.name].after_post = lambda: stops.append("PAUSE")
    world.deliver(account=KEYED.name, hindrance=lambda: "".join(stops))
    assert [world.now(d).state for d in posts] == [State.SENT, State.QUEUED, State.QUEUED]


def test_a_clock_that_jumps_during_a_run_skips_nothing(world: World) -> None:
    """A day ahead for ten seconds: no tick ever believed it, so no post is too late by it."""
    world.tick()
    posts = [world.queue(KEYED) for _ in range(3)]

    def jump() -> None:
        world.machine.off = 24 * HOUR

    def doubt() -> str:
        return world.store.look_at_clock(world.machine.clock(), *world.machine.boot()).doubt

    world.servers[KEYED.name].after_post = jump
    world.deliver(account=KEYED.name, hindrance=doubt)
    world.servers[KEYED.name].after_post = lambda: None
    world.machine.true += 10 * SECOND
    world.machine.off = 0 * HOUR
    world.run(2 * MINUTE)
    assert {world.now(d).state for d in posts} == {State.SENT}


def test_a_machine_that_does_not_plan_writes_its_answers_down(world: World) -> None:
    """The ledger is away for as long as an answer takes; nobody else may touch that row."""
    queued = world.queue(X)
    lease_of(world, world.store)
    with another(world) as (other, lease):
        _out_of_reach_after_the_post(world, other, X.name)
        assert world.now(queued).state is State.SENDING
        world.store.interrupted(world.machine.clock())
        assert world.now(queued).state is State.SENDING, "its holder lives"
        assert lease.holds()
        take_stock(other, world.machine.clock())
        assert world.now(queued).state is State.SENT


def test_a_receipt_in_hand_keeps_a_post_from_being_sent_again(world: World) -> None:
    """Cut off beyond its lease, it comes back when the others have decided to send anew."""
    eager = replace(KEYLESS, when_in_doubt=WhenInDoubt.RESEND)
    world.use(eager)
    server = world.servers[eager.name]
    queued, server.lag = world.queue(eager, expires=None), HOUR
    lease_of(world, world.store)
    with another(world) as (other, lease):
        _out_of_reach_after_the_post(world, other, eager.name)
        world.machine.true += 40 * SECOND
        assert lease_of(world, world.store).holds()
        while world.now(queued).state is not State.QUEUED:
            world.store.interrupted(world.machine.clock())
            world.look()
            world.machine.true += 10 * SECOND
        assert lease.renew()
        take_stock(other, world.machine.clock())
    assert world.now(queued).state is State.SENT
    assert len(server.posts) == 1


def test_what_is_taken_back_before_a_resend_says_that_it_may_be_there(world: World) -> None:
    """Seed 893: a timeline that lags hid the first try, and nobody was told of it."""
    queued, server = world.queue(KEYED, expires=None), world.servers[KEYED.name]
    server.lag = HOUR
    server.faults.extend(["timeout, posted", "limit"])
    while world.now(queued).tries == 0 or world.now(queued).state is not State.QUEUED:
        world.tick()
        world.machine.true += 15 * SECOND
    after = world.store.cancel(queued.id, "ana", world.machine.clock())
    assert after.reason == ("cancelled by ana; a try was in doubt, and it was not on our timeline")


def _out_of_reach_after_the_post(world: World, other: Store, account: str) -> None:
    """Let another machine post, and lose the ledger before it can write that down."""
    away: list[bool] = []

    def cut(_: Connection) -> None:
        if away:
            raise OperationalError("cut off", None, ConnectionError("cut off"))

    event.listen(other._engine, "engine_connect", cut)
    world.servers[account].after_post = lambda: away.append(True)
    deliver_due(
        other, world.servers, world.catalog, world.machine.clock, world.folder, account=account
    )
    world.servers[account].after_post = lambda: None
    assert len(world.servers[account].posts) == 1
    away.clear()


def test_a_pool_that_is_used_up_is_a_ledger_that_does_not_answer(tmp_path: Path) -> None:
    """Whoever has an answer in hand keeps it then, and the thread of the lease lives on."""
    with Store.open(f"sqlite:///{tmp_path}/ledger.db") as store:
        pool = store._engine.pool
        pool._timeout = 0.01  # type: ignore[attr-defined] # sqlalchemy's, so as not to wait
        held = [store._engine.connect() for _ in range(65)]
        with pytest.raises(StoreUnavailable, match="too much waits for it"):
            store.watermark()
        for connection in held:
            connection.close()


def test_what_a_server_is_set_to_does_not_undo_the_one_writer(postgres: Postgres) -> None:
    """At repeatable read a claim would not see what was written while it waited for its turn."""
    url = postgres.ledger()
    with Store.open(url) as store, store._write() as connection:
        name = connection.exec_driver_sql("SELECT current_database()").scalar_one()
        connection.exec_driver_sql(
            f"ALTER DATABASE \"{name}\" SET default_transaction_isolation = 'repeatable read'"
        )
    with Store.open(url) as store, store._write() as connection:
        level = connection.exec_driver_sql("SHOW transaction_isolation").scalar_one()
    assert level == "read committed"
