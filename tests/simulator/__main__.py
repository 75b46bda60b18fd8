"""Live through many histories and print what came of them: `python -m tests.simulator`."""

from __future__ import annotations

import argparse
import logging
import os
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import fields

from tests.simulator.hub import Tally
from tests.simulator.ledgers import SharedLedger
from tests.simulator.seeds import live

CHUNK = 50


def chunk(seeds: range) -> tuple[Tally, dict[int, str]]:
    """Live through some seeds; gives the counts, and what went wrong by seed."""
    logging.disable(logging.CRITICAL)
    ledger, tally = SharedLedger(), Tally()
    try:
        found = {seed: live(seed, ledger, tally) for seed in seeds}
    finally:
        ledger.close()
    return tally, {seed: text for seed, text in found.items() if text}


def chunks(first: int, count: int) -> Iterator[range]:
    """Cut the seeds into pieces that are worth a process's while."""
    for start in range(first, first + count, CHUNK):
        yield range(start, min(start + CHUNK, first + count))


def main() -> int:
    """Print the table; gives 1 if anything went wrong."""
    parser = argparse.ArgumentParser(prog="python -m tests.simulator", description=__doc__)
    parser.add_argument("--seeds", type=int, default=10_000, help="how many histories")
    parser.add_argument("--first", type=int, default=0, help="the first seed")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="processes")
    options = parser.parse_args()
    began, total = time.monotonic(), Tally()
    wrong: dict[int, str] = {}
    with ProcessPoolExecutor(options.jobs) as pool:
        for tally, found in pool.map(chunk, chunks(options.first, options.seeds)):
            wrong |= found
            for field in fields(Tally):
                so_far = getattr(total, field.name) + getattr(tally, field.name)
                setattr(total, field.name, so_far)
            for seed, text in found.items():
                print(f"seed {seed}: {text}", flush=True)
    print(f"{'histories (seeds)':32}{options.seeds:>9,}")
    for label, number in total.lines():
        print(f"{label:32}{number:>9,}")
    print(f"{'histories that went wrong':32}{len(wrong):>9,}")
    print(f"{time.monotonic() - began:.0f} s with {options.jobs} processes")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
