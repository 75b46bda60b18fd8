"""Hostile texts take linear time."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from bot.text import (
    TextError,
    clean,
    count_mastodon,
    count_x,
    graphemes,
    is_near,
    normalise,
    split_thread,
)
from tests.text.samples import HOSTILE

SIZE = 40_000


def _split(text: str) -> None:
    try:
        split_thread(text, lambda part: len(part) <= 280)
    except TextError as error:
        assert "alone" in str(error)


WORK: dict[str, Callable[[str], object]] = {
    "count_x": count_x,
    "count_mastodon": count_mastodon,
    "clean": clean,
    "normalise": normalise,
    "graphemes": graphemes,
    "split_thread": _split,
    "is_near": lambda text: is_near(text, text[1:]),
}


def _seconds(work: Callable[[str], object], text: str) -> float:
    start = time.process_time()
    work(text)
    return time.process_time() - start


@pytest.mark.timeout(60)
@pytest.mark.parametrize("name", WORK)
def test_twice_the_text_takes_twice_the_time(name: str) -> None:
    """No hostile text takes four times as long when it is twice as long.

    Measured in seconds of this process's own work. What is quadratic is so each time; what was
    only disturbed by its neighbours is not, so one good measurement of five is enough.
    """
    for what, make in HOSTILE.items():
        for _ in range(5):
            once, twice = (_seconds(WORK[name], make(size)) for size in (SIZE // 2, SIZE))
            if twice < 3 * once + 0.1:
                break
        else:
            pytest.fail(f"{name}: {what} took {once:.2f} s, then {twice:.2f} s")


@pytest.mark.timeout(60)
@pytest.mark.parametrize("count", [count_x, count_mastodon])
def test_a_million_letters(count: Callable[[str], object]) -> None:
    """A text of a million letters is counted, with and without dots, before the timeout."""
    for text in ("a" * 1_000_000, "a." * 500_000, "@" * 1_000_000, "http://" * 150_000):
        count(text)
