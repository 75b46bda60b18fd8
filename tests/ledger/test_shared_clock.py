"""On a server the time is the server's, unless it cannot be right by the machine's own clock."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.jobs.shared_clock import SharedClock, clock_for
from bot.settings import Settings, SettingsError
from bot.store import Store, StoreUnavailable
from tests.ledger.machine import HOUR, MINUTE, NINE, SECOND
from tests.postgres import Postgres


class Clocks:
    """A server's clock and a machine's two, each of which may be wrong."""

    def __init__(self) -> None:
        self.true = NINE
        self.server_off = self.own_off = timedelta(0)
        self.reachable = True

    def server(self) -> datetime:
        """What the server's shows."""
        if not self.reachable:
            raise StoreUnavailable("cut off")
        return self.true + self.server_off

    def own(self) -> datetime:
        """What the machine's shows."""
        return self.true + self.own_off

    def shared(self) -> SharedClock:
        """The clock that is made of them."""
        return SharedClock(self.server, self.own, lambda: self.true - NINE + HOUR)


def test_it_tells_the_servers_time_and_goes_on_by_the_boot_clock(postgres: Postgres) -> None:
    """Read anew now and then: an hour that only the boot clock knows of is none."""
    boot = timedelta(days=3)
    with Store.open(postgres.ledger()) as store:
        clock = SharedClock(store.server_time, lambda: datetime.now(UTC), lambda: boot)
        first = clock()
        assert abs(first - datetime.now(UTC)) < MINUTE
        boot += 4 * SECOND
        assert clock() - first == 4 * SECOND
        boot += HOUR
        assert clock() - first < MINUTE, "asked again: the server knows of no hour"
        assert not clock.doubt()


def test_a_server_that_does_not_answer_is_not_asked_each_time() -> None:
    """Asking a network that swallows all takes seconds, and every thread wants to know the time."""
    clocks = Clocks()
    asked = 0

    def server() -> datetime:
        nonlocal asked
        asked += 1
        return clocks.server()

    clock = SharedClock(server, clocks.own, lambda: clocks.true - NINE + HOUR)
    clocks.reachable = False
    for _ in range(30):
        clocks.true += SECOND
        assert clock() == clocks.true
    assert asked <= 1 + 30 / 5


def test_a_machine_whose_own_clock_is_a_little_off_goes_by_the_servers() -> None:
    """Two minutes are no reason to fall silent."""
    clocks = Clocks()
    clocks.own_off = -2 * MINUTE
    clock = clocks.shared()
    assert clock() == clocks.true
    assert not clock.doubt()


def test_a_server_whose_clock_is_set_is_not_followed() -> None:
    """An hour ahead: time goes on as it was, nothing is done by it, and then all is as before."""
    clocks = Clocks()
    clock = clocks.shared()
    clocks.server_off = HOUR
    clocks.true += 10 * SECOND
    assert clock() == clocks.true
    assert "shows 2022-02-21 10:00 UTC, this machine's own 2022-02-21 09:00" in clock.doubt()
    clocks.true += 10 * SECOND
    assert clock() == clocks.true
    clocks.server_off = timedelta(0)
    clocks.true += 10 * SECOND
    assert not clock.doubt()
    assert clock() == clocks.true


def test_a_machine_that_does_not_know_the_time_yet_waits_for_it() -> None:
    """Started in 1970: the server's time is told, nothing is done until both agree."""
    clocks = Clocks()
    clocks.own_off = datetime(1970, 1, 1, tzinfo=UTC) - NINE
    clock = clocks.shared()
    assert clock() == clocks.true
    assert "this machine's own 1970-01-01" in clock.doubt()
    clocks.own_off = timedelta(0)
    clocks.true += 10 * SECOND
    assert not clock.doubt()


def test_a_server_that_does_not_answer_changes_no_opinion() -> None:
    """The time goes on; whoever needs the ledger itself tells of the trouble."""
    clocks = Clocks()
    clock = clocks.shared()
    clocks.reachable = False
    clocks.true += HOUR
    assert clock() == clocks.true
    assert not clock.doubt()


def test_a_file_has_no_clock_of_its_own(tmp_path: Path) -> None:
    """There the machine's clock is the clock, and is watched."""
    own = lambda: datetime.now(UTC)  # noqa: E731 # a clock, not a function with a name
    with Store.open(f"sqlite:///{tmp_path}/ledger.db") as store:
        assert store.server_time() is None
        assert clock_for(store, own) is own
        with pytest.raises(ValueError, match="no clock of its own"):
            SharedClock(store.server_time, own)


@pytest.mark.parametrize("written", ["x", "1", "601", "-5"])
def test_a_lease_is_a_sensible_number_of_seconds(tmp_path: Path, written: str) -> None:
    """What is wrong, and what would be right."""
    settings = Settings(tmp_path, {"LOUDHAILER_LEASE_SECONDS": written})
    with pytest.raises(SettingsError, match="write 2 to 600"):
        _ = settings.lease
