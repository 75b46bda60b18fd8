"""Told to stop at the worst moment, the daemon stops."""

from __future__ import annotations

import logging
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from multiprocessing import get_context
from pathlib import Path
from threading import Event, Lock, get_ident
from threading import enumerate as enumerate_threads

import pytest

from bot import daemon
from bot.app import Bot, open_bot
from bot.process import Supervisor, stop_on_signals
from bot.sandbox import Sandbox
from bot.sandboxed import connect_to
from bot.settings import Settings
from tests.e2e.world import make_root


class Watching(Supervisor):
    """Knows which thread has just ended a tick, and when the end began."""

    def __init__(self) -> None:
        super().__init__("")
        self.ticked = 0
        """The thread that ended a tick and has not yet set its alarm."""
        self.ending = Event()

    def alive(self) -> None:
        """A tick has come to its end."""
        self.ticked = get_ident()

    def stopping(self) -> None:
        """The scheduler is shut down next."""
        self.ending.set()


class Failing(Supervisor):
    """Cannot be told that all has started, as a thread may fail to start."""

    def __init__(self) -> None:
        super().__init__("")

    def ready(self) -> None:
        """Fail."""
        raise RuntimeError("can't start new thread")


@contextmanager
def sandbox_bot(root: Path, clock: Callable[[], datetime]) -> Iterator[Bot]:
    """A bot on a sandbox of its own."""
    settings = Settings(root, {"LOUDHAILER_DATA": str(root / "data")})
    with Sandbox(root / "sandbox.db", clock=clock) as sandbox:
        connect = connect_to(sandbox, clock, {})
        with open_bot(settings, clock, connect_with=connect, sandbox=True) as bot:
            yield bot


def run_and_stop(root: Path) -> None:
    """Run the daemon until it asks what is due next, and tell it to stop right then."""
    stop, watching = Event(), Watching()

    def clock() -> datetime:
        if watching.ticked == get_ident():
            stop.set()
            watching.ending.wait()
        return datetime.now(UTC)

    with sandbox_bot(root, clock) as bot:
        daemon.run(bot, stop, timedelta(seconds=1), inboxes=False, supervisor=watching)
    assert watching.ending.is_set()


class Busy(Event):
    """An event in whose midst the main thread is; a real one's own lock is out of reach."""

    def __init__(self) -> None:
        super().__init__()
        self.lock = Lock()

    def set(self) -> None:
        """Set it, as soon as nobody else is at it."""
        with self.lock:
            super().set()


def be_told_in_the_midst() -> None:
    """Get a signal while the main thread asks whether there was one."""
    stop = Busy()
    stop_on_signals(stop)
    with stop.lock:
        signal.raise_signal(signal.SIGTERM)
    assert stop.wait(50)


class Deaf(logging.Handler):
    """A terminal that was stopped: it takes nothing."""

    def emit(self, _: logging.LogRecord) -> None:
        """Wait for somebody to go on reading."""
        Event().wait()


def hang(signals: int) -> None:
    """Get signals, and never come to an end."""
    logging.getLogger().addHandler(Deaf())
    logging.getLogger("bot").setLevel(logging.INFO)
    stop = Event()
    stop_on_signals(stop, at_most=0.5 if signals == 1 else 50)
    for _ in range(signals):
        signal.raise_signal(signal.SIGTERM)
        stop.wait()
    Event().wait()


def ends(target: Callable[..., None], *args: object) -> int | None:
    """Give the exit code that it comes to; what waits for itself has to be killed."""
    work = get_context("spawn").Process(target=target, args=args)
    work.start()
    try:
        work.join(60)
        return work.exitcode
    finally:
        work.kill()
        work.join()


def test_it_stops_while_a_tick_sets_its_alarm(tmp_path: Path) -> None:
    """The scheduler waits for the tick, with the lock held that setting an alarm takes."""
    assert ends(run_and_stop, make_root(tmp_path, {"later.md": "Nothing is due yet."})) == 0


def test_it_hears_a_signal_in_the_midst_of_asking_for_one() -> None:
    """A handler that set the event itself would wait for the lock that its own thread holds."""
    assert ends(be_told_in_the_midst) == 0


@pytest.mark.parametrize(("signals", "code"), [(1, 1), (2, 128 + signal.SIGTERM)])
def test_what_hangs_at_the_end_is_ended(signals: int, code: int) -> None:
    """By a second signal or by the time; also where not even its log can be written."""
    assert ends(hang, signals) == code


def test_what_fails_at_the_start_leaves_nothing_at_work(tmp_path: Path) -> None:
    """The caller lets the lock go: a tick that went on would post beside the next daemon."""
    root = make_root(tmp_path, {"later.md": "Nothing is due yet."})
    stop = Event()
    with sandbox_bot(root, lambda: datetime.now(UTC)) as bot:
        with pytest.raises(RuntimeError, match="can't start"):
            daemon.run(bot, stop, timedelta(seconds=1), supervisor=Failing())
        assert stop.is_set()
        assert not {"APScheduler", "intake"} & {thread.name for thread in enumerate_threads()}
