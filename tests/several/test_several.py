"""Three machines: one is killed, one stands still, one is cut off; each post exactly once."""

from __future__ import annotations

import signal
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.postgres import Postgres
from tests.several.fleet import Fleet, Host, fleet, messages

LEASE = 3
COUNT = 24


@pytest.mark.timeout(300)
def test_three_machines_post_each_message_once(tmp_path: Path, postgres: Postgres) -> None:
    """With cards and threads, while each of them fails in another way."""
    with fleet(tmp_path, postgres.ledger(), "abc", LEASE, "gotosocial") as several:
        # Posted, and no answer for a while: time to be killed, stopped and cut off in.
        several.sandbox.faults.add("any", "post", "hang_after", times=8, after=4, seconds=1)
        for host in several.hosts:
            host.start()
        several.write(messages(COUNT, datetime.now(UTC) - timedelta(minutes=1), timedelta(0)))
        killed = _in_the_midst(several)
        killed.signal(signal.SIGKILL)
        stopped = _in_the_midst(several, killed)
        stopped.signal(signal.SIGSTOP)
        cut = next(host for host in several.hosts if host not in (killed, stopped))
        killed.start()
        several.wait(lambda: several.workers() == 2, 60, for_what="takeover")
        cut.cable.cut = True
        several.wait(lambda: several.workers() == 1, 60, for_what="cut off")
        stopped.signal(signal.SIGCONT)
        cut.cable.cut = False
        several.wait(lambda: several.open() == 0, 200, for_what="all is posted")
        assert several.twice() == []
        assert several.lost() == []
        posted = several.store.counts_by_state()["sent"]
        assert len(several.sandbox.posts()) == posted
        assert posted >= 3 * (COUNT + COUNT // 5) - 2 * len(several.undecided())


def _in_the_midst(several: Fleet, besides: Host | None = None) -> Host:
    def sending() -> list[Host]:
        return [host for host in several.sending() if host is not besides]

    several.wait(lambda: bool(sending()), 90, for_what="somebody sends")
    return sending()[0]
