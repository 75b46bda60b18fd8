"""The daemon in real time: it posts, stops cleanly, can be stopped at once, and bears typos."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import monotonic
from typing import Any

import pytest

from bot.model import State
from bot.sandbox import Sandbox
from bot.store import Store
from tests.e2e.world import bot, bot_json, daemon, make_root, wait_for_line


def due_now(text: str, **more: str) -> str:
    """A message whose time came a minute ago."""
    at = datetime.now(UTC) - timedelta(minutes=1)
    lines = "".join(f"{k}: {v}\n" for k, v in more.items())
    return f"---\nat: {at:%Y-%m-%dT%H:%M}+00:00\ncard: none\n{lines}---\n{text}\n"


@contextmanager
def ledger(root: Path) -> Iterator[Store]:
    """The ledger of `bot run --sandbox`, seen from outside."""
    with Store.open(f"sqlite:///{root / 'data/sandbox/loudhailer.db'}") as store:
        yield store


def until(process: Any, reached: Callable[[], bool], seconds: float = 60) -> None:
    """Let the daemon run until something is so; its log lines are the clock."""
    deadline = monotonic() + seconds
    while not reached():
        if monotonic() > deadline or process.poll() is not None:
            raise AssertionError("it never came to that")
        process.stderr.readline() if _has_line(process) else None


def _has_line(process: Any) -> bool:
    import select

    return bool(select.select([process.stderr], [], [], 0.1)[0])


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A campaign whose daemon has run once, so that what comes now is news to it."""
    made = make_root(tmp_path, {"later.md": "Nothing is due yet."})
    with daemon(made, "--sandbox", "--port", "0") as process:
        wait_for_line(process, "sandbox")
        until(process, lambda: (made / "data/sandbox/loudhailer.db").exists())
        with ledger(made) as store:
            until(process, lambda: store.heartbeat() is not None)
    return made


def drop(root: Path, name: str, text: str) -> None:
    """Put a message into the campaign's folder."""
    (root / "content/rent-strike/messages" / name).write_text(text, encoding="utf-8")


@pytest.mark.timeout(200)
def test_it_posts_what_is_dropped_and_stops_cleanly(root: Path) -> None:
    """A file dropped while it runs goes out on both networks; SIGTERM ends it with exit code 0."""
    with daemon(root, "--sandbox", "--port", "0") as process, ledger(root) as store:
        wait_for_line(process, "sandbox")
        drop(root, "now.md", due_now("The rents rise again: we meet at eight. #RentStrike"))
        until(process, lambda: store.counts_by_state()["sent"] == 2)
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=20) == 0
    with Sandbox(root / "data/sandbox/sandbox.db", clock=lambda: datetime.now(UTC)) as sandbox:
        assert sorted(p.account for p in sandbox.posts()) == ["masto-en", "x-main"]
        assert {p.text for p in sandbox.posts()} == {
            "The rents rise again: we meet at eight. #RentStrike"
        }


@pytest.mark.timeout(200)
def test_pause_holds_at_once_and_resume_bursts_nothing(root: Path) -> None:
    """`bot pause` reaches a running daemon; what came due meanwhile goes as its schedule says."""
    with daemon(root, "--sandbox", "--port", "0") as process, ledger(root) as store:
        wait_for_line(process, "sandbox")
        said = bot(root, "pause", "--account", "x-main", "--why", "verdict").stdout
        assert "account:x-main" in said
        drop(root, "now.md", due_now("The rents rise again: we meet at eight. #RentStrike"))
        until(process, lambda: store.counts_by_state()["sent"] == 1)
        assert [d.account for d in store.deliveries(states=(State.SENT,))] == ["masto-en"]
        assert bot_json(root, "status", "--sandbox")["paused"] == ["account:x-main"]
        drop(root, "wrong.md", due_now("The wrong figure: a million."))
        until(process, lambda: store.counts_by_state()["queued"] == 2)
        waiting, wrong = bot_json(root, "queue", "--sandbox")
        assert waiting["reason"] == wrong["reason"] == "paused"
        said = bot(root, "cancel", str(wrong["id"]), "--sandbox").stdout
        assert "skipped now: cancelled by" in said
        said = bot(root, "resume", "--account", "x-main").stdout
        assert "1 came due meanwhile" in said
        until(process, lambda: store.counts_by_state()["sent"] == 3)
    with Sandbox(root / "data/sandbox/sandbox.db", clock=lambda: datetime.now(UTC)) as sandbox:
        on_x = [p.text for p in sandbox.posts("x")]
    assert on_x == ["The rents rise again: we meet at eight. #RentStrike"]


@pytest.mark.timeout(200)
def test_the_file_pause_stops_everything(root: Path) -> None:
    """A phone with access to the folder is enough."""
    (root / "PAUSE").touch()
    with daemon(root, "--sandbox", "--port", "0") as process, ledger(root) as store:
        wait_for_line(process, "sandbox")
        drop(root, "now.md", due_now("The rents rise again: we meet at eight. #RentStrike"))
        until(process, lambda: store.counts_by_state()["queued"] == 2)
        (root / "PAUSE").unlink()
        until(process, lambda: store.counts_by_state()["sent"] == 2)


@pytest.mark.timeout(200)
def test_a_typo_is_told_and_the_rest_goes_out(root: Path) -> None:
    """In a message, in the campaign's file, in the schedules: the good messages still go."""
    schedules = root / "schedules.yaml"
    with daemon(root, "--sandbox", "--port", "0") as process, ledger(root) as store:
        wait_for_line(process, "sandbox")
        schedules.write_text(schedules.read_text() + "  broken: [\n")
        drop(root, "bad.md", due_now("Bad one.", acton="sign"))
        drop(root, "good.md", due_now("The good one goes out. #RentStrike"))
        line = wait_for_line(process, "acton")
        assert "bad.md:4:1: " in line
        assert 'did you mean "action"?' in line
        until(process, lambda: store.counts_by_state()["sent"] == 2)


def test_a_second_daemon_refuses_to_start(root: Path) -> None:
    """Two processes on one ledger could both post."""
    with daemon(root, "--sandbox", "--port", "0") as process:
        wait_for_line(process, "sandbox")
        second = bot(root, "run", "--sandbox", "--port", "0", check=False)
        assert second.returncode == 1
        assert f"process {process.pid} is already posting" in second.stderr
        assert "Traceback" not in second.stderr


def test_a_start_tries_a_stopped_account_once(root: Path) -> None:
    """New keys count at once; what stops the account again while it runs, stays."""
    later = datetime.now(UTC) + timedelta(hours=1)
    with ledger(root) as store:
        store.suspend("masto-en", later, "401", needs_person=True, now=datetime.now(UTC))
    (root / "content/rent-strike/messages/now.md").write_text(due_now("The keys are new."))
    with daemon(root, "--sandbox", "--port", "0") as process, ledger(root) as store:

        def posted(account: str) -> bool:
            found = [d for d in store.deliveries() if d.account == account]
            return any(d.state is State.SENT for d in found)

        wait_for_line(process, "masto-en was stopped for what a person mends: trying it again")
        until(process, lambda: posted("masto-en"))
        store.suspend("masto-en", later, "401", needs_person=True, now=datetime.now(UTC))
        beat = store.heartbeat()
        assert beat is not None
        tick = beat.tick

        def ticked() -> bool:
            beat = store.heartbeat()
            return beat is not None and beat.tick > tick + timedelta(seconds=2)

        until(process, ticked)
        assert [s.account for s in store.account_states()] == ["masto-en"]
