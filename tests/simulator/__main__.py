"""Live through many histories, or through years of schedules, and print what came of it.

python -m tests.simulator --seeds 10000
python -m tests.simulator --years 10
"""

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
from tests.simulator.years import FIRST, ZONES, Wrong, Years, hostile
from tests.torture import document

CHUNK = 50


def histories(seeds: range) -> tuple[Tally, dict[str, str]]:
    """Live through some seeds; gives the counts, and what went wrong by seed."""
    logging.disable(logging.CRITICAL)
    ledger, tally = SharedLedger(), Tally()
    try:
        found = {f"seed {seed}": live(seed, ledger, tally) for seed in seeds}
    finally:
        ledger.close()
    return tally, {name: text for name, text in found.items() if text}


def chunks(first: int, count: int) -> Iterator[range]:
    """Cut the seeds into pieces that are worth a process's while."""
    for start in range(first, first + count, CHUNK):
        yield range(start, min(start + CHUNK, first + count))


def year(of: tuple[str, int]) -> tuple[Years, dict[str, str]]:
    """Live through a year of a zone; gives the counts, and what went wrong."""
    logging.disable(logging.CRITICAL)
    ledger, counts = SharedLedger(), Years()
    try:
        hostile(ledger, *of, counts)
    except Wrong as error:
        return counts, {f"{of[0]} {of[1]}": str(error)}
    finally:
        ledger.close()
    return counts, {}


def main() -> int:
    """Print the table; gives 1 if anything went wrong."""
    parser = argparse.ArgumentParser(prog="python -m tests.simulator")
    parser.add_argument("--seeds", type=int, default=0, help="how many histories")
    parser.add_argument("--first", type=int, default=0, help="the first seed")
    parser.add_argument("--years", type=int, default=0, help="how many years of each zone")
    parser.add_argument("--write", action="store_true", help="put it into docs/reliability.md")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="processes")
    options = parser.parse_args()
    began, wrong = time.monotonic(), dict[str, str]()
    with ProcessPoolExecutor(options.jobs) as pool:
        if options.seeds:
            tally = Tally()
            pieces = list(chunks(options.first, options.seeds))
            found = gathered(tally, pool.map(histories, pieces))
            lines = [("histories (seeds)", options.seeds), *tally.lines()]
            tell("simulated histories", [*lines, ("went wrong", len(found))], write=options.write)
            wrong |= found
        if options.years:
            counts = Years()
            cases = [(zone, FIRST + n) for zone in ZONES for n in range(options.years)]
            found = gathered(counts, pool.map(year, cases))
            lines = [("zones", len(ZONES)), ("years of each", options.years), *counts.lines()]
            tell("years of schedules", [*lines, ("went wrong", len(found))], write=options.write)
            wrong |= found
    print(f"{time.monotonic() - began:.0f} s with {options.jobs} processes")
    return 1 if wrong else 0


def gathered(
    total: Tally | Years, results: Iterator[tuple[Tally | Years, dict[str, str]]]
) -> dict[str, str]:
    """Add up the counts into `total`; gives, and prints at once, what went wrong."""
    wrong: dict[str, str] = {}
    for counts, found in results:
        for field in fields(total):
            so_far = getattr(total, field.name) + getattr(counts, field.name)
            setattr(total, field.name, so_far)
        wrong |= found
        for name, text in found.items():
            print(f"{name}: {text}", flush=True)
    return wrong


def tell(place: str, lines: list[tuple[str, int]], *, write: bool) -> None:
    """Print counts, one a line, and put them into the document if asked to."""
    text = "".join(f"{label:42}{number:>9,}\n" for label, number in lines)
    print(text, flush=True)
    if write:
        document.write(f"{place}: make simulate", f"```\n{text}```\n")


if __name__ == "__main__":
    sys.exit(main())
