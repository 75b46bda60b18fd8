"""A machine that does not know the time leaves the work to others, until it does."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event, Thread
from time import monotonic

import pytest

from bot import daemon
from bot.app import Bot, open_bot
from bot.metrics.health import troubles
from bot.pulse import Pulse
from tests.ledger.machine import HOUR, MINUTE, SECOND
from tests.postgres import Postgres
from tests.several.fleet import Fleet, fleet, messages
from tests.several.in_process import LEASE, settings_of


class Wall:
    """A machine's own clock, which may be wrong."""

    def __init__(self) -> None:
        self.off = timedelta(0)

    def __call__(self) -> datetime:
        """What it shows."""
        return datetime.now(UTC) + self.off


@pytest.mark.timeout(200)
@pytest.mark.parametrize("off", [-2 * HOUR, 24 * 365 * HOUR])
def test_nothing_is_planned_or_posted_where_two_clocks_disagree(
    tmp_path: Path, postgres: Postgres, off: timedelta
) -> None:
    """Whichever of the two is wrong; once they agree, what was due goes out, once."""
    wall, stop = Wall(), Event()
    wall.off = off
    with fleet(tmp_path, postgres.ledger(), "a", LEASE, "mastodon-4.6") as several:
        root = several.hosts[0].root
        for name, text in messages(3, datetime.now(UTC) - MINUTE, timedelta(0)).items():
            (root / "content/rent-strike/messages" / name).write_text(text, encoding="utf-8")
        with open_bot(settings_of(several.hosts[0]), wall) as bot:
            work = Thread(
                target=daemon.run, args=(bot, stop, SECOND), kwargs={"inboxes": False}, daemon=True
            )
            work.start()
            try:
                _is_told(bot, several)
                assert several.store.counts_by_state() == dict.fromkeys(
                    several.store.counts_by_state(), 0
                )
                assert several.sandbox.posts() == []
                wall.off = timedelta(0)
                several.wait(lambda: several.open() == 0, 90, for_what="all is posted")
            finally:
                stop.set()
                work.join(60)
        assert not work.is_alive()
        assert several.twice() == []
        assert several.store.counts_by_state()["sent"] == len(several.sandbox.posts()) == 9


def _is_told(bot: Bot, several: Fleet) -> None:
    """Let it tick some times, and ask its health."""
    began = monotonic()
    several.wait(lambda: several.workers() == 1, 30, for_what="a worker")
    several.wait(lambda: monotonic() - began > 3, 30, for_what="some ticks")
    told = troubles(bot, Pulse(bot.clock()), None)
    assert any("one of them is wrong" in trouble for trouble in told)
