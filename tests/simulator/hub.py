"""Virtual time, and several processes in it, each of which may be stopped at any point.

Every process is a greenlet. It runs until it waits (for its next tick, for an answer, or because
it is stopped), and then the one runs whose time comes next. Nothing is left to chance but what the
seed says, so the same seed is the same history.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from greenlet import GreenletExit, greenlet  # type: ignore[import-untyped] # has no stubs
from sqlalchemy.exc import OperationalError

from tests.ledger.machine import NINE, Crash, Machine


@dataclass
class Fate:
    """What happens to a process at its coming steps."""

    crash_in: int | None = None
    """After how many more steps it dies."""
    stop_in: int | None = None
    """After how many more steps it stands still, as by SIGSTOP."""
    stop_at_call: bool = False
    """Whether it stands still at the worst moment: as its next call is about to be made."""
    stop_for: timedelta = timedelta(0)
    cut_until: datetime | None = None
    """Until when it is cut off from the ledger."""


@dataclass(eq=False)
class Process:
    """One process of the simulation."""

    name: str
    wakes: datetime
    order: int
    run: greenlet = field(repr=False)
    fate: Fate = field(default_factory=Fate)
    fellow: Process | None = None
    """Another thread of it, which stands still when it does."""


@dataclass
class Tally:
    """What happened, counted over all histories."""

    crashes: int = 0
    stops: int = 0
    jumps: int = 0
    switches: int = 0
    lost_answers: int = 0
    posts: int = 0
    deliveries: int = 0
    asked: int = 0
    """How often a person had to say whether a post was there."""
    twice: int = 0
    lost: int = 0
    undecided: int = 0

    def lines(self) -> list[tuple[str, int]]:
        """The counts, with their names for a table."""
        return [
            ("processes that died", self.crashes),
            ("processes that stood still", self.stops),
            ("turns taken within a tick", self.switches),
            ("clock steps", self.jumps),
            ("lost answers, on order", self.lost_answers),
            ("deliveries", self.deliveries),
            ("posts made", self.posts),
            ("questions to a person", self.asked),
            ("lost", self.lost),
            ("twice", self.twice),
            ("left undecided", self.undecided),
        ]


class Hub(Machine):
    """The machines' shared clock, and whose turn it is."""

    def __init__(self, chance: Random, tally: Tally, restless: float = 0.0) -> None:
        super().__init__(NINE)
        self._chance = chance
        self._tally = tally
        self._restless = restless
        """How likely a process gives way to the others at a step."""
        self._processes: list[Process] = []
        self._current: Process | None = None
        self._turns = 0

    def start(self, name: str, live: Callable[[], None]) -> Process:
        """Begin a process that lives for ever."""
        process = Process(name, self.true, self._turns, greenlet(live))
        self._turns += 1
        self._processes.append(process)
        return process

    def end(self) -> None:
        """End all processes, wherever they are."""
        for process in self._processes:
            if process.run:
                process.run.throw(GreenletExit)
        self._processes.clear()

    def run_until(self, moment: datetime) -> None:
        """Let all processes live on until then."""
        while self._processes:
            process = min(self._processes, key=lambda p: (p.wakes, p.order))
            if process.wakes > moment:
                break
            self.true = max(self.true, process.wakes)
            self._switch_to(process)
        self.true = max(self.true, moment)

    def kill(self, process: Process) -> None:
        """Let a process die where it stands; it hears of it at once."""
        self._tally.crashes += 1
        if not process.run:  # it has not begun to live
            return
        self._current = process
        process.run.throw(Crash)
        self._current = None

    def wait(self, span: timedelta) -> None:
        """Wait within a process, while the others go on; outside of one, time passes."""
        if self._current is None:
            self.true += span
            return
        self._turns += 1
        self._current.wakes = self.true + span
        self._current.order = self._turns
        parent = self._current.run.parent
        assert parent is not None
        parent.switch()

    def call(self) -> None:
        """Come to the moment at which a connection stands, and nothing is sent yet."""
        process = self._current
        if process is not None and process.fate.stop_at_call:
            process.fate.stop_at_call = False
            self._stop(process)
        self.step()

    def _stop(self, process: Process) -> None:
        self._tally.stops += 1
        if process.fellow is not None:
            process.fellow.wakes = max(process.fellow.wakes, self.true + process.fate.stop_for)
        self.wait(process.fate.stop_for)

    def at_ledger(self, held: bool) -> None:
        """Come to the ledger, which may be out of reach.

        Raises:
            OperationalError: it is.
        """
        until = self._current.fate.cut_until if self._current is not None else None
        if until is not None and until > self.true and not held:
            raise OperationalError("cut off", None, ConnectionError("cut off"))
        self.step(held=held)

    def step(self, *, held: bool = False) -> None:
        """Come to a point at which a process may die, stand still, or give way.

        `held`: it has the only right to write, so the others could do nothing.
        """
        process = self._current
        if process is None:
            return
        fate = process.fate
        if fate.crash_in is not None:
            fate.crash_in -= 1
            if fate.crash_in < 0:
                process.fate = Fate()
                self._tally.crashes += 1
                raise Crash
        if held:
            return
        if fate.stop_in is not None:
            fate.stop_in -= 1
            if fate.stop_in < 0:
                fate.stop_in = None
                self._stop(process)
                return
        if self._restless and self._chance.random() < self._restless:
            self._tally.switches += 1
            self.wait(timedelta(milliseconds=self._chance.choice((0, 1, 900))))

    def _switch_to(self, process: Process) -> None:
        self._current = process
        process.run.switch()
        self._current = None
