"""On a server the time is the server's, whatever the machines' own clocks show."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.jobs.shared_clock import SharedClock
from bot.settings import Settings, SettingsError
from bot.store import Store
from tests.postgres import Postgres


def test_it_tells_the_servers_time_and_goes_on_by_the_boot_clock(postgres: Postgres) -> None:
    """Read anew now and then: an hour that only the boot clock knows of is none."""
    boot = timedelta(days=3)
    with Store.open(postgres.ledger()) as store:
        clock = SharedClock(store, lambda: boot)
        first = clock()
        assert abs(first - datetime.now(UTC)) < timedelta(minutes=1)
        boot += timedelta(seconds=4)
        assert clock() - first == timedelta(seconds=4)
        boot += timedelta(hours=1)
        assert clock() - first < timedelta(minutes=1), "asked again: the server knows of no hour"


def test_a_file_has_no_clock_of_its_own(tmp_path: Path) -> None:
    """There the machine's clock is the clock, and is watched."""
    with Store.open(f"sqlite:///{tmp_path}/ledger.db") as store:
        assert store.server_time() is None
        with pytest.raises(ValueError, match="no clock of its own"):
            SharedClock(store)


@pytest.mark.parametrize("written", ["x", "1", "601", "-5"])
def test_a_lease_is_a_sensible_number_of_seconds(tmp_path: Path, written: str) -> None:
    """What is wrong, and what would be right."""
    settings = Settings(tmp_path, {"LOUDHAILER_LEASE_SECONDS": written})
    with pytest.raises(SettingsError, match="write 2 to 600"):
        _ = settings.lease
