"""The same on SQLite and PostgreSQL; and several daemons on one ledger tell once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.alerts import Looker, Teller
from bot.pulse import Pulse
from bot.settle import FAR
from bot.telling import Kind, Told
from tests.alerts.stage import HOUR, MINUTE, NINE, Stage, stage
from tests.ledger.world import KEYED, World, X


@pytest.fixture(params=["sqlite", "postgres"])
def world(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[World]:
    """A ledger of either kind, with a delivery in each state."""
    url = request.getfixturevalue("postgres").ledger() if request.param == "postgres" else None
    made = World(tmp_path, url)
    try:
        yield made
    finally:
        made.close()


def test_alerts_are_kept_as_they_were_told(world: World) -> None:
    """Written over, found again with those that ended lately, and forgotten in time."""
    store = world.store
    row = Told("account:x", Kind.ACCOUNT, NINE, None, None, 0, "It is stopped\nbot login x")
    store.save_alerts([row], NINE)
    assert store.alerts() == [row]
    told = replace(row, told_at=NINE + MINUTE, times=1)
    store.save_alerts([told], NINE)
    assert store.alerts() == [told]
    assert (told.what, told.do) == ("It is stopped", "bot login x")
    over = replace(told, ended_at=NINE + HOUR)
    store.save_alerts([over], NINE)
    assert store.alerts() == []
    assert store.alerts(NINE) == [over]
    assert store.alerts(NINE + 2 * HOUR) == []
    store.save_digest("digest:2022-02-21", NINE)
    assert store.digests() == {"digest:2022-02-21"}
    assert store.alerts(NINE) == [over]
    store.save_alerts([row], NINE + timedelta(days=100))
    assert store.digests() == set()


def test_figures_and_what_was_not_done(world: World) -> None:
    """Counted by the database, alike on both."""
    doubt, late, sent = world.queue(X), world.queue(KEYED), world.queue(KEYED)
    world.servers[X.name].faults.append("timeout, not posted")
    before = world.store.delays(None)
    world.deliver(only=[doubt.id, sent.id])
    world.run(20 * MINUTE, every=MINUTE)
    world.store.cancel(world.queue(KEYED).id, "anna", world.machine.clock())
    lost = world.queue(KEYED, expires=world.machine.clock())
    world.store.suspend(KEYED.name, None, "401", True, world.machine.clock())
    world.machine.true += HOUR
    world.deliver()
    now = world.machine.clock()
    found = world.store.figures(now)
    assert world.now(doubt).not_before == FAR
    assert found.doubts_for_person == 1
    assert found.deliveries[X.name, "in_doubt"] == 1
    assert found.deliveries[KEYED.name, "skipped"] == 2
    assert found.suspended == {(KEYED.name, "post"): True}
    delays = world.store.delays(before.upto)
    assert len(delays.from_hour) == found.deliveries[KEYED.name, "sent"] == 2
    assert {account for account, _ in delays.from_claim} == {KEYED.name}
    assert world.store.delays(delays.upto).from_hour == ()
    (undone,) = world.store.undone(NINE)
    assert (undone.delivery, undone.failed) == (lost.id, False)
    assert undone.reason.startswith("too late")
    assert world.store.undone(now + MINUTE) == []
    assert late.id != sent.id


def daemon(on: Stage, host: str, *, leads: bool) -> Teller:
    """Another daemon on the same ledger, with the same addresses."""
    pulse = Pulse(on.now, on.now, leads=leads)
    looker = Looker(on.bot, pulse, host)
    return Teller(looker, on.teller.addresses, on.bot.clock, host, least_gap=0)


def test_one_of_several_daemons_tells(tmp_path: Path) -> None:
    """And the next one to lead goes on where it was, telling nothing again."""
    with stage(tmp_path) as on:
        on.tick()
        on.bot.store.suspend("x-main", None, "401", True, on.now)
        one, other = daemon(on, "one", leads=True), daemon(on, "other", leads=False)
        for teller in (other, one, other, one):
            teller.round()
        assert on.inbox.titles == ["one: an account needs you"]
        one.looker.pulse.leads, other.looker.pulse.leads = False, True
        other.round()
        one.round()
        assert len(on.inbox.titles) == 1
        on.bot.store.unsuspend("x-main", on.now)
        one.round()
        other.round()
        assert on.inbox.titles[1:] == ["other: it is over"]


def test_each_daemon_tells_of_itself(tmp_path: Path) -> None:
    """One that hangs is told of by itself; when its machine is gone, that ends unspoken."""
    with stage(tmp_path) as on:
        on.tick()
        one, other = daemon(on, "one", leads=True), daemon(on, "other", leads=False)
        on.time[0] += 6 * MINUTE
        one.looker.pulse.ticked(on.now, 0.1)
        other.round()
        one.round()
        assert on.inbox.titles == ["other: the daemon hangs"]
        for hours in range(1, 50):
            on.time[0] = NINE + hours * HOUR
            one.looker.pulse.ticked(on.now, 0.1)
            one.round()
        assert not any("hangs" in title for title in on.inbox.titles[1:])
        assert not any(row.kind is Kind.STUCK for row in on.bot.store.alerts())
