"""How long texts take: ordinary ones, hostile ones against twice as long ones, near repeats.

Run with `python -m tests.bench.bench_text`. A ratio near 2 is linear, near 4 quadratic.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable

from bot.text import (
    NearIndex,
    TextError,
    clean,
    count_mastodon,
    count_x,
    normalise,
    split_thread,
)
from tests.text.samples import HOSTILE

SIZE = 50_000
TEXTS = 100_000
POST = (
    "Julian Assange has been held in Belmarsh since April 2019 — convicted of nothing. ✊🏽 "
    "Sign: https://example.org/petition?from=x #FreeAssangeNOW @amnesty"
)


def main() -> None:
    """Print milliseconds an ordinary text, ratios of hostile ones, milliseconds a near query."""
    print(f"an ordinary post of {len(POST)} characters")
    for name, work in _WORK.items():
        print(f"  {name:<16}{_seconds(_often(work)) * 2:8.3f} ms")
    print(f"hostile texts of {SIZE:,} characters: the three worst, and the ratio to twice as long")
    for name, work in _WORK.items():
        figures = []
        for what, make in HOSTILE.items():
            once, twice = (_seconds(_once(work, make(n))) for n in (SIZE, 2 * SIZE))
            figures.append((once, twice / once, what))
        for once, ratio, what in sorted(figures, reverse=True)[:3]:
            print(f"  {name:<16}{once * 1000:8.1f} ms  x {ratio:4.2f}  {what}")
    _near()


def _split(text: str) -> None:
    try:
        split_thread(text, lambda part: len(part) <= 280)
    except TextError:
        return


_WORK: dict[str, Callable[[str], object]] = {
    "count_x": count_x,
    "count_mastodon": count_mastodon,
    "clean": clean,
    "normalise": normalise,
    "split_thread": _split,
}


def _once(work: Callable[[str], object], text: str) -> Callable[[], object]:
    return lambda: work(text)


def _often(work: Callable[[str], object]) -> Callable[[], object]:
    return lambda: [work(POST) for _ in range(500)]


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _near() -> None:
    choice = random.Random(1)  # noqa: S311 - a repeatable sample, no secret
    words = [
        "".join(choice.choices("abcdefghijklmnop", k=choice.randint(2, 9))) for _ in range(6000)
    ]
    common = [1 / (rank + 1) for rank in range(len(words))]
    index: NearIndex[int] = NearIndex()

    def text() -> str:
        chosen = choice.choices(words, common, k=choice.randint(8, 35))
        return " ".join([*chosen, "#FreeAssangeNOW #PressFreedom https://example.org/petition"])

    texts = [text() for _ in range(TEXTS)]
    start = time.perf_counter()
    for key, said in enumerate(texts):
        index.add(key, said)
    adding = time.perf_counter() - start
    print(f"near repeats among {TEXTS:,} texts")
    print(f"  {'add':<16}{adding / TEXTS * 1000:8.3f} ms")
    for what, asked in (
        ("query, found", texts[:500]),
        ("query, new", [text() for _ in range(500)]),
    ):
        times = sorted(_seconds(_once(index.query, said)) for said in asked)
        print(
            f"  {what:<16}{sum(times) * 2:8.3f} ms on average, {times[494] * 1000:.3f} ms at 99 %"
        )


if __name__ == "__main__":
    main()
