"""Three machines, again and again: killed, stopped, cut off; and how long a takeover takes.

.venv/bin/python -m tests.several [rounds]
"""

from __future__ import annotations

import signal
import sys
import tempfile
from collections import defaultdict
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.sandbox import FLAVOURS
from tests.postgres import Postgres, postgres_server
from tests.several.fleet import fleet, messages
from tests.several.takeover import KINDS, Takeover, fail

COUNT = 40
LEASE = 6
SUMS = ("posts", "lost", "twice", "undecided", "asked a person")


def main(rounds: int) -> int:
    """Go through the rounds, and print what came of them as the tables of docs/reliability.md.

    Gives 1 where anything was lost or doubled, or taken over too late.
    """
    kinds = [name for name in sorted(FLAVOURS) if name in ("mastodon-4.6", "gotosocial", "takahe")]
    sums = dict.fromkeys(SUMS, 0)
    takeovers: dict[str, list[Takeover]] = {how: [] for how in KINDS}
    with postgres_server(durable=True) as postgres:
        for number in range(rounds):
            with tempfile.TemporaryDirectory() as folder:
                _round(Path(folder), postgres, kinds[number % len(kinds)], sums, takeovers)
            print(f"round {number + 1}: {sums}", flush=True)
    print(f"\n| {' | '.join(['rounds', *SUMS])} |\n|{' ---: |' * (len(SUMS) + 1)}")
    print(f"| {' | '.join(f'{number:,}' for number in (rounds, *sums.values()))} |\n")
    longest = 0.0
    print("| taken over when | planning | what it was sending | its accounts | all of it |")
    print("| --- | ---: | ---: | ---: | ---: |")
    for how, found in takeovers.items():
        parts: defaultdict[str, list[float]] = defaultdict(list)
        for takeover in found:
            for part, seconds in takeover.took.items():
                parts[part].append(seconds)
            parts["all"].append(takeover.seconds)
        row = [_figures(parts[part]) for part in ("planning", "sending", "accounts", "all")]
        print(f"| {' | '.join([how, *row])} |")
        longest = max([longest, *parts["all"]])
    print(f"\n(on average, and at most; with a lease of {LEASE} s)")
    return int(sums["lost"] + sums["twice"] + sums["undecided"] > 0 or longest > LEASE)


def _figures(seconds: list[float]) -> str:
    if not seconds:
        return "–"
    return f"{sum(seconds) / len(seconds):.1f} s ({max(seconds):.1f})"


def _round(
    folder: Path,
    postgres: Postgres,
    flavour: str,
    sums: dict[str, int],
    takeovers: dict[str, list[Takeover]],
) -> None:
    with fleet(folder, postgres.ledger(), "abc", LEASE, flavour) as several:
        several.sandbox.faults.add("any", "post", "hang_after", times=None, seconds=0.8)
        for host in several.hosts:
            host.start()
        several.wait(lambda: several.workers() == 3, 60, for_what="all three are there")
        several.write(messages(COUNT, datetime.now(UTC) - timedelta(minutes=1), timedelta(0)))
        killed, found = fail(several, "killed")
        takeovers["killed"].append(found)
        stopped, found = fail(several, "stopped", [killed])
        takeovers["stopped"].append(found)
        killed.start()
        several.wait(lambda: several.workers() == 2, 60, for_what="the killed one is back")
        cut, found = fail(several, "cut off", [killed, stopped])
        takeovers["cut off"].append(found)
        several.sandbox.faults.clear()
        stopped.signal(signal.SIGCONT)
        cut.cable.cut = False
        several.finish(400)
        sums["posts"] += len(several.planned)
        sums["lost"] += len(several.lost())
        sums["twice"] += len(several.twice())
        sums["undecided"] += several.undecided
        sums["asked a person"] += several.asked


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 6))
