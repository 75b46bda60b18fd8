"""The file PAUSE stops the machine that it lies on; the others do its work."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event

import pytest

from bot.app import open_bot
from bot.settings import Settings
from tests.ledger.machine import HOUR, MINUTE
from tests.postgres import Postgres
from tests.several.fleet import NAMES, Fleet, Host, fleet, messages
from tests.several.in_process import LEASE, at_work, procrastinate_of, wall


def jobs(host: Host) -> int:
    """How many jobs wait for a machine."""
    with procrastinate_of(host) as connection:
        found = connection.execute("SELECT count(*) FROM procrastinate_jobs").fetchone()
    assert found is not None
    return int(found[0])


@pytest.mark.timeout(120)
def test_a_paused_machine_hands_out_and_takes_nothing(tmp_path: Path, postgres: Postgres) -> None:
    """Others find the jobs that it leaves; it takes them itself once the file is gone."""
    stop = Event()
    with fleet(tmp_path, postgres.ledger(), "a", LEASE, "mastodon-4.6") as several:
        host = several.hosts[0]
        for name, text in messages(1, datetime.now(UTC) - MINUTE, timedelta(0)).items():
            (host.root / "content/rent-strike/messages" / name).write_text(text, encoding="utf-8")
        pause = host.root / "PAUSE"
        with at_work(host, stop) as (bot, working):
            pause.touch()
            working.follow_accounts()
            for _ in range(2):  # the very first look begins with what is due from now on
                bot.tick(stop, working.hand_out)
            assert not stop.wait(3)
            assert jobs(host) == len(NAMES)
            assert several.store.counts_by_state()["queued"] == len(NAMES)
            pause.unlink()
            working.follow_accounts()
            several.wait(lambda: several.open() == 0, 60, for_what="all is posted")
        assert len(several.sandbox.posts()) == len(NAMES)


@pytest.mark.timeout(120)
def test_what_all_machines_are_too_late_for_is_not_said_to_be_paused(
    tmp_path: Path, postgres: Postgres
) -> None:
    """The planner knows of no file but its own: it skips for the hour alone."""
    with fleet(tmp_path, postgres.ledger(), "a", LEASE, "mastodon-4.6") as several:
        host = several.hosts[0]
        (host.root / "data").mkdir()
        (host.root / "PAUSE").touch()
        settings = Settings(host.root, {"DATABASE_URL": host.url})
        with open_bot(settings, wall) as bot:
            bot.watch_clock = False
            began = bot.clock()
            text = messages(1, began, timedelta(0))["m0000.md"]
            (host.root / "content/rent-strike/messages/m.md").write_text(text, encoding="utf-8")
            handed: list[str] = []
            bot.tick(None, handed.extend)
            bot.reload()
            bot.reload()
            bot.tick(None, handed.extend)
            assert sorted(handed) == sorted(NAMES)
            bot.clock = lambda: began + 3 * HOUR
            bot.tick(None, handed.extend)
            assert {(d.state.value, d.reason) for d in bot.store.deliveries()} == {
                ("skipped", "too late")
            }


@pytest.mark.timeout(200)
@pytest.mark.parametrize("plans", [True, False])
def test_the_others_do_the_work_of_a_paused_machine(
    tmp_path: Path, postgres: Postgres, plans: bool
) -> None:
    """Whether it is the one that plans or not, all is posted, and nothing by it."""
    with fleet(tmp_path, postgres.ledger(), "ab", LEASE, "mastodon-4.6") as several:
        for host in several.hosts:
            host.start()
        several.wait(lambda: several.workers() == 2, 60, for_what="two workers")
        paused = _planner(several) if plans else _other(several)
        (paused.root / "PAUSE").touch()
        several.write(messages(4, datetime.now(UTC) - MINUTE, timedelta(0)))
        several.wait(lambda: several.open() == 0, 90, for_what="all is posted")
        assert several.twice() == []
        assert several.lost() == []
        assert "posted: " not in paused.log.read_text("utf-8")
        assert several.store.counts_by_state()["sent"] == len(several.sandbox.posts()) == 12


def _planner(several: Fleet) -> Host:
    several.wait(lambda: several.store.heartbeat() is not None, 60, for_what="a planner")
    beat = several.store.heartbeat()
    return next(h for h in several.hosts if h.process and beat and h.process.pid == beat.pid)


def _other(several: Fleet) -> Host:
    planner = _planner(several)
    return next(host for host in several.hosts if host is not planner)
