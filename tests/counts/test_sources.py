"""Petitions' sources over time: read when due, told once, odd ones kept for a person."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from threading import Event
from zoneinfo import ZoneInfo

import pytest

from bot.jobs.counts import read_due
from bot.model import (
    SOURCE,
    Action,
    ActionKind,
    Brand,
    Campaign,
    Catalog,
    CountSource,
    PetitionCount,
)
from bot.store import SourceState, Store
from tests.counts.hostile import Server, answer, server, tells

HOUR = timedelta(hours=1)
START = datetime(2026, 11, 20, 9, tzinfo=UTC)


@dataclass
class World:
    """A campaign with one petition, a ledger, a source, and a clock that is moved."""

    store: Store
    source: Server
    now: datetime = START
    action: Action = field(default_factory=lambda: Action("sign", ActionKind.PETITION, {}))
    path: str = "/n.json?key=secret"

    def tick(self, later: timedelta = HOUR, stop: Event | None = None) -> int:
        """Let time pass, and read what is due."""
        self.now += later
        place = CountSource(self.source.url(self.path), ("data", "total"), HOUR)
        action = replace(self.action, count_from=place)
        zone = ZoneInfo("Pacific/Auckland")
        campaign = Campaign("c", {}, (), Brand("C"), actions={action.id: action}, zone=zone)
        catalog = Catalog(
            zone=zone, accounts={}, schedules=(), campaigns={"c": campaign}, messages={}
        )
        fetch = self.source.fetcher(seconds=2)
        return read_due(catalog, self.store, fetch, lambda: self.now, stop)

    def tell(self, number: object) -> None:
        """Have the source tell a number from now on."""
        self.source.does[self.path] = tells(number)

    def counts(self) -> list[tuple[int, date, str]]:
        """The newest counts: how many, of when, by whom."""
        return [(c.number, c.as_of, c.by) for c in self.store.petition_counts()]

    @property
    def state(self) -> SourceState:
        """How reading went last."""
        (state,) = self.store.source_states()
        return state


@pytest.fixture
def world(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> Iterator[World]:
    """A world whose petition was never counted."""
    caplog.set_level(logging.INFO)
    with server() as source, Store.open(f"sqlite:///{tmp_path / 'l.db'}") as store:
        yield World(store, source)


def test_a_count_is_read_at_its_time_and_dated_by_the_campaigns_clocks(world: World) -> None:
    """Every hour, not sooner; it is the next day in Auckland already."""
    world.tell("12,345")
    world.tick(timedelta(hours=3))
    assert world.counts() == [(12_345, date(2026, 11, 21), SOURCE)]
    world.tell(12_400)
    assert world.tick(HOUR - timedelta(seconds=1)) == 0
    assert world.tick(timedelta(seconds=1)) == 1
    assert world.counts() == [(12_400, date(2026, 11, 21), SOURCE)]
    assert world.state.read_at == world.now


def test_the_same_count_is_written_down_once_a_day(world: World) -> None:
    """It is as of a new day then; in between nothing has changed."""
    world.tell(12_000)
    for _ in range(25):
        world.tick()
    with world.store._read() as connection:
        days = connection.exec_driver_sql("SELECT as_of FROM counts ORDER BY id").scalars().all()
    assert days == ["2026-11-20", "2026-11-21"]


def test_a_key_in_the_address_is_written_down_nowhere(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    """Not in the ledger, not in the log, whether it is read or not."""
    world.tell(12_000)
    world.tick()
    world.source.does[world.path] = answer("{}", status="404 Not Found")
    world.tick()
    with world.store._read() as connection:
        dump = "\n".join(connection.connection.iterdump())
    assert "counts.example.org" in dump
    assert "secret" not in dump + caplog.text


def test_a_failure_is_told_once_and_tried_less_often(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    """One line when it begins, one when it is over; the last good count stays."""
    world.tell(12_000)
    world.tick()
    world.source.does[world.path] = answer("{}", status="503 Service Unavailable")
    tried = [world.tick() for _ in range(32)]
    assert [hour for hour, n in enumerate(tried) if n] == [0, 1, 3, 7, 15, 31]
    assert world.state.failures == 6
    assert world.state.read_at == START + HOUR
    assert world.counts()[0][0] == 12_000
    world.tell(12_100)
    world.tick(timedelta(days=1))
    assert world.counts()[0][0] == 12_100
    assert (world.state.failures, world.state.trouble) == (0, "")
    assert [r.getMessage() for r in caplog.records] == [
        "the count of c/sign is not read: it answers 503",
        "the count of c/sign is read again",
    ]


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ('{"data": {"total": 12000.5}}', "data.total is the number 12000.5, not a whole number"),
        ('{"data": {"total": null}}', "data.total is null, not a whole number"),
        ('{"data": []}', "there is no data.total: data is a list"),
        ("<html>", "its answer is not valid JSON"),
        ('{"data": {"total": NaN}}', "its answer is not valid JSON"),
    ],
)
def test_an_answer_without_a_count_is_a_failure(world: World, body: str, why: str) -> None:
    """Nothing is guessed."""
    world.source.does[world.path] = answer(body)
    world.tick()
    assert (world.state.trouble, world.counts()) == (why, [])


def test_an_odd_count_waits_for_a_person(world: World, caplog: pytest.LogCaptureFixture) -> None:
    """One that shrinks or leaps is not taken; told once, with the command that takes it."""
    world.tell(12_000)
    world.tick()
    for number in (9, 10, 11):
        world.tell(number)
        world.tick()
    assert world.counts()[0][0] == 12_000
    assert world.state.offered == 11
    assert world.state.trouble == (
        "it tells 11, and it is less than the 12,000 of 2026-11-20; "
        "if that is right: bot count sign 11 --campaign c --yes"
    )
    assert len(caplog.records) == 1
    taken = PetitionCount("c", "sign", 11, date(2026, 11, 21), world.now, "anna")
    world.store.record_count(taken)
    world.tell(12)
    assert world.tick(timedelta(seconds=15)) == 1
    assert (world.counts()[0][0], world.state.trouble) == (12, "")


def test_nought_before_anybody_counted_waits(world: World) -> None:
    """A page that has not loaded its counter shows nought."""
    world.tell(0)
    world.tick()
    assert (world.state.offered, world.counts()) == (0, [])
    world.tell(7)
    world.tick()
    assert (world.state.offered, world.counts()[0][0]) == (None, 7)


def test_a_source_is_left_alone_once_its_petition_is_over(world: World) -> None:
    """And another address is read at once, whatever was wrong with the one before."""
    world.source.does[world.path] = answer("", status="500 Oops")
    world.tick()
    world.path = "/other.json"
    world.tell(5)
    assert world.tick(timedelta(seconds=1)) == 1
    world.action = replace(world.action, true_until=world.now)
    assert world.tick(timedelta(days=3)) == 0


def test_a_clock_that_was_set_back_does_not_silence_a_source(world: World) -> None:
    """What was tried in the future is tried again."""
    world.tell(5)
    world.tick()
    assert world.tick(-timedelta(days=400)) == 1


def test_when_asked_to_stop_nothing_is_written(world: World) -> None:
    """Whoever waits for the end does not wait for the next source, nor for this one's number."""
    stop = Event()
    stop.set()
    world.tell(5)
    assert world.tick(stop=stop) == 0
    assert world.store.source_states() == []
