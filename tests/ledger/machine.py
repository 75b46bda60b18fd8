"""A machine with a clock that may be wrong, and that may crash at any step."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

NINE = datetime(2022, 2, 21, 9, tzinfo=UTC)
SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)


class Crash(BaseException):
    """The process dies here."""


@dataclass
class Machine:
    """True time, a wall clock that may be off, a boot clock, and when it crashes."""

    true: datetime = NINE
    off: timedelta = timedelta(0)
    booted: datetime = NINE - timedelta(days=3)
    crash_after: int | None = None
    """How many more steps it takes until it crashes."""

    def clock(self) -> datetime:
        """What the wall clock shows."""
        return self.true + self.off

    def boot(self) -> tuple[timedelta, str]:
        """The boot clock, which nobody can set, and the boot's name."""
        return self.true - self.booted, self.booted.isoformat()

    def wait(self, span: timedelta) -> None:
        """Let time pass."""
        self.true += span

    def call(self) -> None:
        """Come to the moment at which a connection stands, and nothing is sent yet."""
        self.step()

    def step(self, *, held: bool = False) -> None:  # noqa: ARG002 - the simulator's asks
        """Come to a point at which it may crash; `held`: within a transaction."""
        if self.crash_after is None:
            return
        if self.crash_after == 0:
            self.crash_after = None
            raise Crash
        self.crash_after -= 1
