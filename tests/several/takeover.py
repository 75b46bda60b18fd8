"""Has a machine fail in the midst of its work, and measures how long others take to take over.

The same is measured whichever way it fails, and counts from that moment:

    planning    until another machine has the planning, if this one had it
    sending     until what it was sending is in doubt, or settled
    accounts    until another machine has claimed what its accounts have next
"""

from __future__ import annotations

import select
import signal
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from time import monotonic

import sqlalchemy as sa

from bot.crew import PLANNING
from bot.model import State
from bot.store.schema import deliveries as d
from bot.store.schema import leases, workers
from tests.several.fleet import Fleet, Host

KINDS = ("killed", "stopped", "cut off")

_LONGEST_S = 60.0


@dataclass
class Takeover:
    """How many seconds it took, by part."""

    took: dict[str, float] = field(default_factory=dict)

    @property
    def seconds(self) -> float:
        """Until all of it was taken over."""
        return max(self.took.values())


def fail(several: Fleet, how: str, besides: Collection[Host] = ()) -> tuple[Host, Takeover]:
    """Have a machine fail while it sends, if possible the one that plans, and see it replaced."""
    host, pid, began, at, stale = _strike(several, how, besides)
    waiting = {"sending", "accounts"}
    if planner(several) == pid:
        waiting.add("planning")
    takeover = Takeover()
    while waiting:
        assert monotonic() - began < _LONGEST_S, (
            f"{how}: {waiting} of {host.name}\n{several.logs()}"
        )
        done = {part for part in waiting if _is_taken_over(several, part, pid, at, stale)}
        takeover.took |= dict.fromkeys(done, monotonic() - began)
        waiting -= done
        select.select([], [], [], 0.02)
    return host, takeover


def planner(several: Fleet) -> int | None:
    """The process that has the planning, alive or not."""
    asked = (
        sa.select(workers.c.pid)
        .join(leases, leases.c.holder == workers.c.id)
        .where(leases.c.name == PLANNING)
    )
    with several.store._read() as connection:
        pid: int | None = connection.scalar(asked)
    return pid


def _strike(
    several: Fleet, how: str, besides: Collection[Host]
) -> tuple[Host, int, float, datetime, dict[int, str]]:
    """Gives who it was, its process, when, and what it was sending, with the accounts."""
    tries = 0
    while True:
        several.wait(lambda: bool(_senders(several, besides)), 90, for_what="somebody sends")
        if not (senders := _senders(several, besides)):
            continue
        host = senders[0]
        assert host.process is not None
        pid = host.process.pid
        if tries < 100 and planner(several) in _pids(several, besides) - {pid}:
            tries += 1  # rather the one that plans, if it sends soon
            select.select([], [], [], 0.02)
            continue
        began = monotonic()
        if how == "cut off":
            host.cable.cut = True
            select.select([], [], [], 0.05)  # what was on its way
        else:
            host.signal(signal.SIGSTOP)
        if stale := _sending(several, pid):
            at = several.store.server_time()
            assert at is not None
            if how == "killed":
                host.signal(signal.SIGKILL)
            return host, pid, began, at, stale
        host.cable.cut = False  # it had just finished: again
        host.signal(signal.SIGCONT)


def _pids(several: Fleet, besides: Collection[Host]) -> set[int]:
    return {h.process.pid for h in several.hosts if h.process and h not in besides}


def _senders(several: Fleet, besides: Collection[Host]) -> list[Host]:
    """The machines that are sending; first the one that plans."""
    plans = planner(several)
    found = [host for host in several.sending() if host not in besides]
    return sorted(found, key=lambda h: h.process is None or h.process.pid != plans)


def _sending(several: Fleet, pid: int) -> dict[int, str]:
    asked = (
        sa.select(d.c.id, d.c.account)
        .join(workers, workers.c.id == d.c.holder)
        .where(d.c.state == State.SENDING.value, workers.c.pid == pid)
    )
    with several.store._read() as connection:
        return dict(map(tuple, connection.execute(asked)))


def _is_taken_over(
    several: Fleet, part: str, pid: int, at: datetime, stale: dict[int, str]
) -> bool:
    if part == "planning":
        return planner(several) not in (None, pid)
    if part == "sending":
        return not stale.keys() & _sending(several, pid).keys()
    return all(_goes_on(several, account, pid, at, stale) for account in set(stale.values()))


def _goes_on(several: Fleet, account: str, pid: int, at: datetime, stale: dict[int, str]) -> bool:
    """Whether another machine has claimed something of an account, or nothing is left of it."""
    claimed = (
        sa.select(sa.func.count())
        .join(workers, workers.c.id == d.c.holder)
        .where(d.c.account == account, d.c.claimed_at > at, workers.c.pid != pid)
    )
    left = sa.select(sa.func.count()).where(
        d.c.account == account, d.c.state == State.QUEUED.value, d.c.id.not_in(stale)
    )
    with several.store._read() as connection:
        return bool(connection.scalar(claimed)) or not connection.scalar(left)
