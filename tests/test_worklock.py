"""One process posts from a data folder, and whoever asks about it is not in its way."""

from __future__ import annotations

from pathlib import Path
from threading import Event, Thread

import pytest

from bot.worklock import AlreadyRunning, is_held, sole_worker


def test_who_only_looks_does_not_keep_a_daemon_from_starting(tmp_path: Path) -> None:
    """`bot status` and a container's health check take the lock for a moment."""
    stop = Event()

    def look() -> None:
        while not stop.is_set():
            is_held(tmp_path)
            stop.wait(0.001)

    looking = [Thread(target=look) for _ in range(8)]
    with sole_worker(tmp_path):
        assert is_held(tmp_path)
        with pytest.raises(AlreadyRunning), sole_worker(tmp_path):
            pass
    for one in looking:
        one.start()
    try:
        for _ in range(300):
            with sole_worker(tmp_path):
                pass
    finally:
        stop.set()
        for one in looking:
            one.join()
