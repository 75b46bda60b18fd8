"""Three machines: one is killed, one stands still, one is cut off; each post exactly once."""

from __future__ import annotations

import signal
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.postgres import Postgres
from tests.several.fleet import fleet, messages
from tests.several.takeover import fail

LEASE = 6
"""So that it does not lapse in the two seconds for which a failed transaction holds others up."""

COUNT = 30


@pytest.mark.timeout(300)
def test_three_machines_post_each_message_once(tmp_path: Path, postgres: Postgres) -> None:
    """With cards and threads, while each fails in another way and is replaced within a lease."""
    with fleet(tmp_path, postgres.ledger(), "abc", LEASE, "gotosocial") as several:
        # Posted, and no answer for a while: time to be killed, stopped and cut off in.
        several.sandbox.faults.add("any", "post", "hang_after", times=None, seconds=0.8)
        for host in several.hosts:
            host.start()
        several.wait(lambda: several.workers() == 3, 60, for_what="all three are there")
        several.write(messages(COUNT, datetime.now(UTC) - timedelta(minutes=1), timedelta(0)))
        killed, one = fail(several, "killed")
        killed.start()
        stopped, two = fail(several, "stopped", [killed])
        several.wait(lambda: several.workers() == 2, 60, for_what="the killed one is back")
        cut, three = fail(several, "cut off", [killed, stopped])
        several.sandbox.faults.clear()
        stopped.signal(signal.SIGCONT)
        cut.cable.cut = False
        several.finish(200)
        assert several.twice() == []
        assert several.lost() == []
        assert several.undecided == 0
        assert max(one.seconds, two.seconds, three.seconds) <= LEASE, (one, two, three)
