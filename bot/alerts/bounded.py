"""Waits for something only so long; what takes longer is left behind."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from threading import Thread
from time import monotonic
from typing import TypeVar

Key = TypeVar("Key")


def within(seconds: float, jobs: Mapping[Key, Callable[[], str]]) -> dict[Key, str | None]:
    """Do all jobs at a time, and give what each says; None for one that is not done in time.

    A timeout of a library begins anew with each byte, or does not cover looking a name up; this
    one does. What is left behind ends when it ends, in a thread that keeps nobody.
    """
    said: dict[Key, str] = {}

    def run(key: Key, job: Callable[[], str]) -> None:
        said[key] = job()

    threads = [Thread(target=run, args=pair, daemon=True, name="telling") for pair in jobs.items()]
    for thread in threads:
        thread.start()
    deadline = monotonic() + seconds
    for thread in threads:
        thread.join(max(deadline - monotonic(), 0.0))
    done = dict(said)
    return {key: done.get(key) for key in jobs}
