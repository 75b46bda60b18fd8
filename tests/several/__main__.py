"""Three machines, again and again: killed, stopped, cut off; and how long a takeover takes.

.venv/bin/python -m tests.several [rounds]
"""

from __future__ import annotations

import signal
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.sandbox import FLAVOURS
from tests.postgres import Postgres, postgres_server
from tests.several.fleet import Fleet, Host, fleet, messages

COUNT = 40
LEASE = 5


def main(rounds: int) -> int:
    """Go through the rounds, and print what came of them; 1 where anything was lost or doubled."""
    kinds = [name for name in sorted(FLAVOURS) if name in ("mastodon-4.6", "gotosocial", "takahe")]
    sums = dict.fromkeys(("posts", "lost", "twice", "undecided"), 0)
    takeovers: dict[str, list[float]] = {"killed": [], "stopped": [], "cut off": []}
    with postgres_server(durable=True) as postgres:
        for number in range(rounds):
            with tempfile.TemporaryDirectory() as folder:
                _round(Path(folder), postgres, kinds[number % len(kinds)], sums, takeovers)
            print(f"round {number + 1}: {sums}", flush=True)
    for how, seconds in takeovers.items():
        if seconds:
            mean = sum(seconds) / len(seconds)
            print(f"taken over when {how}: {mean:.1f} s on average, {max(seconds):.1f} s at most")
    print(f"(with a lease of {LEASE} s)")
    return int(sums["lost"] + sums["twice"] > 0)


def _round(
    folder: Path,
    postgres: Postgres,
    flavour: str,
    sums: dict[str, int],
    takeovers: dict[str, list[float]],
) -> None:
    with fleet(folder, postgres.ledger(), "abc", LEASE, flavour) as several:
        several.sandbox.faults.add("any", "post", "hang_after", times=40, after=1, seconds=0.5)
        for host in several.hosts:
            host.start()
        several.write(messages(COUNT, datetime.now(UTC) - timedelta(minutes=1), timedelta(0)))
        killed = _sender(several, ())
        killed.signal(signal.SIGKILL)
        takeovers["killed"].append(_taken_over(several))
        stopped = _sender(several, (killed,))
        stopped.signal(signal.SIGSTOP)
        takeovers["stopped"].append(_taken_over(several))
        killed.start()
        several.wait(lambda: several.workers() == 2, 60, for_what="the killed one is back")
        cut = next(host for host in several.hosts if host not in (killed, stopped))
        cut.cable.cut = True
        takeovers["cut off"].append(
            several.wait(lambda: several.workers() == 1, 60, for_what="cut")
        )
        stopped.signal(signal.SIGCONT)
        cut.cable.cut = False
        several.wait(lambda: several.open() == 0, 400, for_what="all is posted")
        sums["posts"] += len(several.sandbox.posts())
        sums["lost"] += len(several.lost())
        sums["twice"] += len(several.twice())
        sums["undecided"] += len(several.undecided())


def _sender(several: Fleet, besides: tuple[Host, ...]) -> Host:
    def sending() -> list[Host]:
        return [host for host in several.sending() if host not in besides]

    several.wait(lambda: bool(sending()), 90, for_what="somebody sends")
    return sending()[0]


def _taken_over(several: Fleet) -> float:
    """Seconds until a worker's lease has lapsed and what it was sending is somebody else's."""
    before = several.workers()
    stale = set(several.store.senders())
    return several.wait(
        lambda: several.workers() < before and not stale & set(several.store.senders()),
        60,
        for_what="its work is taken over",
    )


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 6))
