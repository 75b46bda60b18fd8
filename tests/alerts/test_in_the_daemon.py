"""All of it beside a daemon at work: nothing of it holds up a post, or the end."""

from __future__ import annotations

import json
from datetime import timedelta
from http.client import HTTPConnection
from pathlib import Path
from threading import Event, Thread
from time import monotonic

from bot import daemon
from tests.alerts.receiver import receiver
from tests.alerts.stage import stage
from tests.alerts.test_metrics import free_port


def health(port: int) -> tuple[int, object]:
    """Ask the health address."""
    connection = HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        connection.request("GET", "/health")
        answer = connection.getresponse()
        return answer.status, json.loads(answer.read())
    finally:
        connection.close()


def test_it_tells_and_pings_and_answers(tmp_path: Path) -> None:
    """With one address that hangs: the other is told, posts go out, and SIGTERM is obeyed."""
    with stage(tmp_path) as on, receiver() as hanging:
        hanging.status = 0
        port = free_port()
        environment = on.bot.settings.environment
        assert isinstance(environment, dict)
        environment |= {
            "ALERT_URLS": f"{hanging.url()} {on.inbox.url()}",
            "ALERT_DIGEST_AT": "",
            "HEARTBEAT_URL": f"http://127.0.0.1:{on.inbox.port}/beat",
            "METRICS_PORT": str(port),
        }
        del environment["MASTO_EN_ACCESS_TOKEN"]
        stop = Event()
        every = timedelta(seconds=1)
        work = Thread(
            target=daemon.run, args=(on.bot, stop, every), kwargs={"inboxes": False}, daemon=True
        )
        work.start()
        try:
            ends = monotonic() + 100
            while not (hanging.tried and on.inbox.pings and on.inbox.titles):
                assert monotonic() < ends
                stop.wait(0.1)
            assert on.bot.store.counts_by_state()["sent"] == 2
            assert health(port) == (200, {"ok": True, "troubles": []})
        finally:
            stop.set()
            work.join(60)
        assert not work.is_alive()
        assert on.inbox.titles == [f"{on.inbox.titles[0].partition(':')[0]}: an account needs you"]
        assert on.inbox.pings == ["/beat"]
