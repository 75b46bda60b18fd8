"""Schedules over years, zones and hostile clocks: every slot once, or skipped for a reason."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest

from tests.ledger.machine import HOUR
from tests.simulator.ledgers import SharedLedger
from tests.simulator.years import DAY, ZONES, OneZone, Wrong, Years, changes

BERLIN = ZoneInfo("Europe/Berlin")
WINTER = datetime(2026, 1, 14, tzinfo=UTC)


@pytest.fixture(scope="module")
def ledger() -> Iterator[SharedLedger]:
    """One database for all of them."""
    made = SharedLedger()
    yield made
    made.close()


def world(
    ledger: SharedLedger, zone: ZoneInfo, start: datetime, counts: Years | None = None, **more: bool
) -> OneZone:
    """A bot in a zone, to which nothing has happened."""
    return OneZone(ledger, zone, start, Random(zone.key), counts or Years(), **more)  # noqa: S311 - the same each time


@pytest.mark.parametrize("name", ZONES)
def test_every_slot_has_its_row_around_a_change_of_clocks(ledger: SharedLedger, name: str) -> None:
    """Twelve days around the first change of 2027 (or of the year), with everything happening."""
    zone = ZoneInfo(name)
    change = next(iter(changes(zone, 2027)), datetime(2027, 3, 1, tzinfo=UTC))
    counts = Years()
    history = world(ledger, zone, change - 6 * DAY, counts)
    history.live(change + 6 * DAY)
    history.check()
    assert counts.slots >= 40


def test_a_day_that_a_zone_left_out_has_its_slots_all_the_same(ledger: SharedLedger) -> None:
    """Samoa had no 30 December 2011: its slots come with those of the day after."""
    start = datetime(2011, 12, 28, tzinfo=UTC)
    history = world(ledger, ZoneInfo("Pacific/Apia"), start, watches_clock=False)
    history.live(start + 5 * DAY)
    history.check()


def test_a_bot_that_believes_every_clock_is_caught(ledger: SharedLedger) -> None:
    """The seeded fault: a month ahead for three minutes uses up the slots of a month."""
    with pytest.raises(Wrong, match="is skipped, though the bot worked"):
        _a_month_ahead(world(ledger, BERLIN, WINTER, watches_clock=False))


def test_a_clock_a_month_ahead_for_three_minutes_uses_up_nothing(ledger: SharedLedger) -> None:
    """The same with the clock watched: as if nothing had been."""
    _a_month_ahead(world(ledger, BERLIN, WINTER))


def _a_month_ahead(history: OneZone) -> None:
    history.tick_until(WINTER + DAY, every=HOUR)
    history.jump(30 * DAY, minutes=3)
    history.tick_until(WINTER + 3 * DAY, every=HOUR)
    history.check()


@pytest.mark.parametrize("hours", [1, 2])
def test_a_zone_that_moves_ahead_loses_no_slot(ledger: SharedLedger, hours: int) -> None:
    """At 08:20 it is 09:20 or 10:20 by decree: the slot of nine is late, not lost."""
    _decree(world(ledger, BERLIN, WINTER), hours)


def test_a_bot_that_forgets_the_offset_loses_the_slot(ledger: SharedLedger) -> None:
    """The seeded fault for it: the watermark alone has passed the slot's new moment."""
    with pytest.raises(Wrong, match=r"09:00 .* is lost"):
        _decree(world(ledger, BERLIN, WINTER, remembers_offsets=False), 1)


@pytest.mark.parametrize("hours", [-1, -2])
def test_a_zone_that_moves_back_doubles_no_slot(ledger: SharedLedger, hours: int) -> None:
    """The slot of nine has been, and nine comes again: it keeps its one row."""
    _decree(world(ledger, BERLIN, WINTER + 2 * HOUR), hours)


def _decree(history: OneZone, hours: int) -> None:
    """Tick each few minutes until 08:20 in Berlin (or 10:20), change the rules, and go on."""
    minute = timedelta(minutes=1)
    history.tick_until(history.start + 7 * HOUR + 20 * minute, every=7 * minute)
    history.decree(hours)
    history.tick_until(history.start + 2 * DAY, every=HOUR)
    history.check()
