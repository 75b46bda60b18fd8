"""Metrics over real HTTP, as Prometheus reads them; the health address; who may ask."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta
from http.client import HTTPConnection
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

from bot.metrics import serving
from bot.networks.base import TryLater
from tests.alerts.stage import MINUTE, Stage, stage


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


class Scraper:
    """Asks one daemon."""

    def __init__(self, on: Stage, port: int) -> None:
        self.on = on
        self.port = port

    def get(self, path: str, host: str = "") -> tuple[int, str]:
        """Status and body of one request."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            connection.request("GET", path, headers={"Host": host} if host else {})
            answer = connection.getresponse()
            return answer.status, answer.read().decode()
        finally:
            connection.close()

    def figures(self) -> dict[tuple[str, ...], float]:
        """Every sample by its name and its labels' values, in the order of their names."""
        status, text = self.get("/metrics")
        assert status == 200
        return {
            (sample.name, *(sample.labels[name] for name in sorted(sample.labels))): sample.value
            for family in text_string_to_metric_families(text)
            for sample in family.samples
        }


@pytest.fixture
def scraper(tmp_path: Path) -> Iterator[Scraper]:
    """A daemon at work that serves metrics."""
    with ExitStack() as stack:
        on = stack.enter_context(stage(tmp_path))
        port = free_port()
        on.bot.settings.environment["METRICS_PORT"] = str(port)  # type: ignore[index] # a dict
        stack.enter_context(serving(on.bot, on.pulse))
        on.tick()
        yield Scraper(on, port)


def test_what_went_out_and_how_long_it_took(scraper: Scraper) -> None:
    """Counted from the ledger; the histograms since the start, each post once."""
    on = scraper.on
    before = scraper.figures()
    assert before["loudhailer_posts_total", "x-main"] == 1
    assert before["loudhailer_tick_duration_seconds_count",] == 1
    on.later(timedelta(hours=8, seconds=3))
    for _ in range(2):
        after = scraper.figures()
        assert after["loudhailer_posts_total", "x-main"] == 2
        assert after["loudhailer_deliveries", "masto-en", "sent"] == 2
        assert after["loudhailer_deliveries", "masto-en", "queued"] == 0
        assert after["loudhailer_post_delay_seconds_count", "x-main"] == 2
        assert after["loudhailer_post_delay_seconds_sum", "x-main"] == 3
        assert after["loudhailer_send_latency_seconds_count", "x-main"] == 2
        assert after["loudhailer_last_tick_age_seconds",] == 0
        assert after["loudhailer_ledger_up",] == 1
        assert after["loudhailer_clock_believed",] == 1
        assert after["loudhailer_info", "real", "0.1.0"] == 1
    tomorrow = on.now.replace(hour=9, second=0) + timedelta(days=1)
    assert after["loudhailer_next_due_timestamp_seconds",] == tomorrow.timestamp()
    assert "loudhailer_cap_usd" not in {name for name, *_ in after}
    assert after["loudhailer_spent_usd", "x-main"] == pytest.approx(0.03)


def test_what_needs_a_person(scraper: Scraper) -> None:
    """An account that is stopped, a post that waits, a switch, an alert."""
    on = scraper.on
    on.later(timedelta(hours=7, minutes=59))
    on.networks["x-main"].fail_next(TryLater("401", needs_person=True))
    on.bot.store.pause("campaign:other", "anna", "", on.now)
    on.later(MINUTE)
    on.later(10 * MINUTE)
    on.tell()
    on.write("waiting/kind.md", "From a volunteer.\n")
    found = scraper.figures()
    assert found["loudhailer_account_suspended", "x-main", "yes", "post"] == 1
    assert found["loudhailer_deliveries", "x-main", "queued"] == 1
    assert found["loudhailer_oldest_overdue_seconds",] == 600
    assert found["loudhailer_paused", "campaign:other"] == 1
    assert found["loudhailer_alerts_open",] == 1
    assert found["loudhailer_submissions_waiting",] == 1
    assert found["loudhailer_doubts_waiting_for_person",] == 0


def test_a_scrape_writes_nothing(scraper: Scraper) -> None:
    """A monitor that asks every second must not wear out a disk, or get in a post's way."""
    on = scraper.on
    scraper.figures()
    ledger = on.bot.settings.data / "loudhailer.db"
    wal = ledger.with_name("loudhailer.db-wal")
    before = ledger.read_bytes(), wal.read_bytes()
    with on.bot.store._write():  # somebody writes, and takes his time
        for _ in range(3):
            assert scraper.figures()["loudhailer_ledger_up",] == 1
            assert scraper.get("/health")[0] == 200
    assert (ledger.read_bytes(), wal.read_bytes()) == before


def test_health(scraper: Scraper) -> None:
    """Well while ticks come to a good end; else what is wrong, for a person and a machine."""
    on = scraper.on
    assert scraper.get("/health") == (200, '{"ok": true, "troubles": []}\n')
    on.pulse.troubled("the ledger did not answer: disk full", on.now)
    status, body = scraper.get("/health")
    assert status == 503
    assert json.loads(body) == {"ok": False, "troubles": ["the ledger did not answer: disk full"]}
    on.tick()
    on.time[0] += 3 * MINUTE
    status, body = scraper.get("/health")
    assert status == 503
    assert "the last tick that did its work was 180 s ago" in body


def test_only_by_the_names_of_this_machine(scraper: Scraper) -> None:
    """A page in a browser cannot read it by a name that it made lead here."""
    for host in ("127.0.0.1", "localhost:9187", "[::1]:9187", "LOCALHOST"):
        assert scraper.get("/health", host)[0] == 200, host
    others = (
        "evil.example", "evil.example:9187", "127.0.0.1.evil.example", "localhost.evil.example",
        "192.0.2.1", "metrics", "user@localhost", "localhost@evil.example",
    )  # fmt: skip
    for host in others:
        for path in ("/metrics", "/health"):
            status, body = scraper.get(path, host)
            assert status == 403, host
            assert "loudhailer" not in body
            assert "troubles" not in body


def test_it_is_bound_to_loopback_and_closed_by_default(tmp_path: Path) -> None:
    """Nobody else reaches it; and a port that is taken stops no post."""
    with stage(tmp_path) as on:
        with serving(on.bot, on.pulse) as port:
            assert port is None
        taken = free_port()
        environment = on.bot.settings.environment
        environment["METRICS_PORT"] = str(taken)  # type: ignore[index] # a dict
        with serving(on.bot, on.pulse) as first, serving(on.bot, on.pulse) as second:
            assert first == taken
            assert second is None
        environment["METRICS_PORT"] = "many"  # type: ignore[index] # a dict
        with serving(on.bot, on.pulse) as none:
            assert none is None


def test_what_keeps_metrics_from_being_served_is_named(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """The setting and the port, not only what the system calls it."""
    with stage(tmp_path) as on, socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        environment = on.bot.settings.environment
        environment["METRICS_PORT"] = str(port)  # type: ignore[index] # a dict
        with serving(on.bot, on.pulse) as served:
            assert served is None
        assert f"METRICS_PORT {port} on 127.0.0.1 is in use" in caplog.text
        for host in ("192.0.2.1", "a..b", "nowhere.invalid"):
            environment["METRICS_HOST"] = host  # type: ignore[index] # a dict
            with serving(on.bot, on.pulse) as served:
                assert served is None
            assert f'METRICS_HOST is "{host}", which is no address of this machine' in caplog.text


def test_a_ledger_that_cannot_be_read(scraper: Scraper) -> None:
    """Monitoring is most needed just then: it still answers, and says so."""
    on = scraper.on
    on.bot.store.close()
    ledger = on.bot.settings.data / "loudhailer.db"
    for part in ledger.parent.glob("loudhailer.db*"):
        part.unlink()
    ledger.write_bytes(b"this is no database at all" * 400)
    found = scraper.figures()
    assert found["loudhailer_ledger_up",] == 0
    assert "loudhailer_last_tick_age_seconds" in {name for name, *_ in found}


def test_a_caller_that_says_nothing_keeps_nobody(scraper: Scraper) -> None:
    """Connections are cheap to open; they do not use up the answers."""
    idle = [socket.create_connection(("127.0.0.1", scraper.port)) for _ in range(20)]
    try:
        assert scraper.get("/health")[0] == 200
    finally:
        for connection in idle:
            connection.close()
