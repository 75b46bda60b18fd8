"""One round: a campaign, a server, and bots that are killed until all is posted.

The parent has imported everything and forks: a life costs a fork and what it gets done. It is
a real process, and it is really killed.
"""

from __future__ import annotations

import ctypes
import gc
import json
import os
import random
import select
import shutil
import signal
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import Pipe
from pathlib import Path
from typing import NoReturn

from tests.torture.campaign import write_campaign
from tests.torture.life import Place, live
from tests.torture.naive import live_naively
from tests.torture.personalities import Personality
from tests.torture.points import NUMBER, POINTS, occurs_on
from tests.torture.server import ServerAt, serve
from tests.torture.shared import NOWHERE, Shared
from tests.torture.verdict import Verdict, judge_findings, judge_ledger, judge_posts

Live = Callable[[Place, Callable[[], None]], int]

MESSAGES = 8
SHARE_OF_FAULTS = 0.15
MOST_LIVES = 600
"""A round that takes more of them gets nowhere."""

_NAMED = 0.7
"""Share of the kills that are at a named point."""
_AT_A_TIME = 16
"""How many points one life may die at: most are not come to in the short time that it has."""
_UNMET = 0.7
"""Share of those that may die only where nobody has died yet."""
_WHILE_OPENING = 0.1
_MEAN_LIFE = 0.06
"""Seconds of the processor that a life lasts before a kill at a random moment, on average."""
_LONGEST_LIFE = 0.25
"""Such seconds after which a life that has not come to its point is ended wherever it is."""
_LAST_LIFE = 120.0
"""Such seconds for a life that is not to be killed."""
_WAITING = 10
"""How many times as long it may last by the clock: it waits, and others use the machine."""
_LOOK = 0.002


@dataclass(frozen=True, slots=True)
class Plan:
    """How one life ends."""

    points: tuple[str, ...] = ()
    """At one of these, whichever comes first; none: at a random moment."""
    passes: int = 1
    """At which passage of them."""
    after: float = _LONGEST_LIFE
    """Seconds of the processor, from its opening (or from its start)."""
    while_opening: bool = False


@dataclass(frozen=True, slots=True)
class Setting:
    """What makes a round, and makes it again."""

    personality: Personality
    seed: int
    number: int
    naive: bool = False
    """Torture a loop that retries on any failure, instead of the bot."""
    share_of_faults: float = SHARE_OF_FAULTS
    messages: int = MESSAGES
    most_kills: int = 200
    """After so many the rest of the round is left in peace."""
    plans: Sequence[Plan] | None = None
    """Those of an earlier round, to be died again."""

    def rng(self, what: str) -> random.Random:
        """Give the chance that a part of the round goes by."""
        return random.Random(f"{self.seed}/{self.personality.name}/{self.number}/{what}")  # noqa: S311 - repeatable, not secret


def run_round(setting: Setting, folder: Path, died: dict[str, int], cards: Path) -> Verdict:
    """Torture one campaign; `died` says at which points enough have died, and is kept.

    `cards` holds pictures that were drawn before, so that not every round draws them.
    """
    folder.mkdir(parents=True)
    root = folder / "root"
    expected = write_campaign(root, setting.personality, setting.messages)
    if cards.exists():
        shutil.copytree(cards, root / "images" / "cards")
    shared = Shared()
    verdict = Verdict(rounds=1)
    plans: list[Plan] = []
    rng = setting.rng("lives")
    with _server(setting, shared, folder) as server:
        place = Place(root, server, shared, len(expected))
        finished = False
        while not finished and len(plans) < MOST_LIVES:
            plan = _plan(setting, rng, died, len(plans))
            plans.append(plan)
            finished = _one_life(
                live_naively if setting.naive else live, place, plan, verdict, died
            )
            server.settle()
        if not finished:
            verdict.wrong.append(f"not done after {len(plans)} lives")
        posts = server.posts()
        verdict.faults = server.faults()
        server.stop()
    judge_posts(verdict, posts, expected)
    judge_findings(verdict, root)
    if setting.naive:
        verdict.wrong.clear()  # it posts bare texts
    else:
        judge_ledger(verdict, root, posts)
    if not cards.exists() and (root / "images" / "cards").exists():
        shutil.copytree(root / "images" / "cards", cards)
    (folder / "lives.json").write_text(
        json.dumps([[p.points, p.passes, p.after, p.while_opening] for p in plans]),
        encoding="utf-8",
    )
    return verdict


def read_plans(file: Path) -> list[Plan]:
    """Read the plans that a round has left."""
    read = json.loads(file.read_text(encoding="utf-8"))
    return [Plan(tuple(points), *others) for points, *others in read]


def _plan(setting: Setting, rng: random.Random, died: dict[str, int], lives: int) -> Plan:
    """Say how the next life ends: more often at points where few have died so far."""
    if setting.plans is not None:
        return setting.plans[lives] if lives < len(setting.plans) else Plan(after=_LAST_LIFE)
    if lives >= setting.most_kills:
        return Plan(after=_LAST_LIFE)
    if rng.random() < _NAMED:
        points = [p for p in POINTS if occurs_on(p, setting.personality.network)]
        unmet = tuple(point for point in points if point not in died)
        if unmet and rng.random() < _UNMET:  # some of them are hard to come to
            return Plan(unmet)
        weights = [1 / (1 + died.get(point, 0)) for point in points]
        some = tuple(sorted(set(rng.choices(points, weights, k=_AT_A_TIME))))
        return Plan(some, passes=1 + int(rng.expovariate(1.5)))
    if rng.random() < _WHILE_OPENING:
        return Plan(after=rng.uniform(0, 0.06), while_opening=True)
    return Plan(after=rng.expovariate(1 / _MEAN_LIFE))


def _one_life(life: Live, place: Place, plan: Plan, verdict: Verdict, died: dict[str, int]) -> bool:
    """Let a bot live until it is killed; tell whether it came to the end of its work."""
    place.shared.arm((NUMBER[point] for point in plan.points), plan.passes)
    opened, signal_opened = os.pipe()
    pid = os.fork()
    if pid == 0:
        _become(lambda: life(place, lambda: os.close(signal_opened)))
    os.close(signal_opened)
    watch = os.pidfd_open(pid)
    try:
        if not plan.while_opening:
            select.select([opened, watch], [], [], _LAST_LIFE)
        _wait(pid, watch, plan.after)
        if not select.select([watch], [], [], 0)[0]:
            os.kill(pid, signal.SIGKILL)
        _, status = os.waitpid(pid, 0)
    finally:
        os.close(watch)
        os.close(opened)
    if os.WIFEXITED(status):
        return True  # to the end; or to a fault, which the findings tell of
    verdict.kills += 1
    if place.shared.died_at != NOWHERE:
        point = POINTS[place.shared.died_at]
        verdict.at_points[point] += 1
        died[point] = died.get(point, 0) + 1
    return False


def _wait(pid: int, watch: int, seconds: float) -> None:
    """Wait until the process has used so much of the processor, or is dead.

    By the clock alone, a busy machine would kill everybody in the cradle.
    """
    processor = (~pid << 3) | 2  # its clock, as clock_getcpuclockid(3) names it
    began = time.clock_gettime(processor)
    patience = time.monotonic() + seconds * _WAITING
    while not select.select([watch], [], [], _LOOK)[0] and time.monotonic() < patience:
        if time.clock_gettime(processor) - began >= seconds:
            return


@contextmanager
def _server(setting: Setting, shared: Shared, folder: Path) -> Iterator[ServerAt]:
    here, there = Pipe(duplex=False)
    seed = f"{setting.seed}/{setting.personality.name}/{setting.number}/faults"
    pid = os.fork()
    if pid == 0:
        _become(
            lambda: serve(shared, setting.personality, folder, seed, setting.share_of_faults, there)
        )
    there.close()
    try:
        yield here.recv()
    except BaseException:
        os.kill(pid, signal.SIGKILL)
        raise
    finally:
        here.close()
        os.waitpid(pid, 0)


def _become(work: Callable[[], int | None]) -> NoReturn:
    """Do a child's work and end; nothing of the parent's is cleaned up on the way."""
    code = 70
    gc.disable()  # not worth while in a life as short as this
    try:
        # Dies with its parent (PR_SET_PDEATHSIG), however that ends.
        ctypes.CDLL(None).prctl(1, signal.SIGKILL)
        code = work() or 0
    finally:
        os._exit(code)
