"""Is the wall clock to be believed? Decided from two clocks and what was seen before.

A wall clock can be set: by a person, a time server, a hypervisor, a battery that is empty. The
clock that counts since the machine's boot, sleep included, cannot. As long as the two keep step
the wall clock is believed. When it is set it is in doubt: nothing is planned, posted or looked
for by it, since a clock that is an hour or a year ahead would use up all the slots it jumped
over, and post them.

    first sight        ─────────────────────▶ believed   unless it shows a year before ours
    same boot, in step ─────────────────────▶ believed
    same boot, set     ─────────────────────▶ in doubt
        set back again, or right after all ─▶ believed   as if nothing had been
        stands so for five minutes ─────────▶ believed   whoever set it has meant it
        set once more ──────────────────────▶ in doubt   the five minutes begin anew
    rebooted, later than when last seen ────▶ believed   nobody can tell how long it was off
    rebooted, earlier than that ────────────▶ in doubt   until it passes that moment: a machine
                                                         without a battery for its clock waits
                                                         for a time server
    a person says that it is right ─────────▶ believed   `bot clock --right`
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

TOLERANCE = timedelta(seconds=5)
"""What a time server may put right by and by without anybody's noticing."""

HARMLESS = timedelta(minutes=1)
"""A step that moves no post by more than a person would; it is taken note of, no more."""

STANDS_AFTER = timedelta(minutes=5)
"""How long a clock that was set must go on so, by the boot clock, before it is believed."""

APART = timedelta(minutes=5)
"""How far a server's clock and the machine's own may differ: as long as a post may be late."""

OLDEST = datetime(2022, 1, 1, tzinfo=UTC)
"""There was no Loudhailer before: a clock that shows less has not been told the time."""


@dataclass(frozen=True, slots=True)
class Sight:
    """What a machine's two clocks showed at one moment."""

    at: datetime
    """The wall clock."""
    boot: timedelta
    """How long ago the machine was booted, sleep included."""
    boot_id: str
    """Which boot that was."""

    def step_to(self, later: Sight) -> timedelta | None:
        """By how much the wall clock was set since; None over a reboot, when nobody watched."""
        if self.boot_id != later.boot_id or later.boot < self.boot:
            return None
        return (later.at - self.at) - (later.boot - self.boot)

    def expected(self, later: Sight) -> datetime:
        """What the wall clock should show at a later sight, as far as the boot clock tells."""
        step = self.step_to(later)
        return later.at if step is None else later.at - step


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether the clock is believed, and what has changed in that."""

    doubt: str = ""
    """Why it is not, for a person; empty when it is."""
    doubted: Sight | None = None
    """When it was first seen as wrong as it is; None when it is believed."""
    changed: bool = False
    """Whether it was seen so for the first time just now, or no more."""
    step: timedelta = timedelta(0)
    """By how much it was set, now that it is believed."""
    rebooted: bool = False
    """The machine was off for a time that nobody knows."""

    @property
    def believed(self) -> bool:
        """Whether anything may be planned, posted or looked for by this clock."""
        return not self.doubt


def judge(last: Sight | None, doubted: Sight | None, now: Sight) -> Verdict:
    """Say whether the clock is believed.

    Args:
        last: the last sight of it that was believed.
        doubted: since when it has been in doubt, if it is.
        now: what it shows.
    """
    stands = doubted.step_to(now) if doubted is not None else None
    since = now
    if doubted is not None and stands is not None and abs(stands) <= TOLERANCE:
        since = doubted
    if last is None:
        return Verdict(_unset(now), since) if now.at < OLDEST else Verdict()
    step = last.step_to(now)
    if step is None:
        behind = now.at - last.at
        if behind < -HARMLESS:
            return Verdict(_behind(now, last), since)
        return Verdict(step=min(behind, timedelta(0)), rebooted=True)
    if abs(step) <= TOLERANCE:
        return Verdict()
    if abs(step) <= HARMLESS:
        return Verdict(step=step)
    if now.boot - since.boot >= STANDS_AFTER:
        return Verdict(step=step)
    return Verdict(_was_set(step), since)


def apart(server: datetime, own: datetime) -> str:
    """Say that a server's clock and a machine's own cannot both be right; empty if they may."""
    if abs(server - own) <= APART:
        return ""
    return (
        f"the clock of the ledger's server shows {server:%Y-%m-%d %H:%M} UTC, this machine's own "
        f"{own:%Y-%m-%d %H:%M}: one of them is wrong. This machine plans and posts nothing until "
        f"they are less than {in_words(APART)} apart; one whose clock agrees with the server's "
        "goes on"
    )


def in_words(span: timedelta) -> str:
    """Say how long a span is, as exactly as a person cares: `2 h 5 min`."""
    days, rest = divmod(int(abs(span).total_seconds()), 24 * 60 * 60)
    hours, rest = divmod(rest, 60 * 60)
    minutes, seconds = divmod(rest, 60)
    units = [(days, "d"), (hours, "h"), (minutes, "min"), (seconds, "s")]
    first = next((n for n, (number, _) in enumerate(units) if number), 3)
    return " ".join(f"{number} {unit}" for number, unit in units[first : first + 2] if number) or (
        "0 s"
    )


_BELIEVE = "If it is right: bot clock --right"


def _unset(now: Sight) -> str:
    return (
        f"the machine's clock shows {now.at:%Y-%m-%d %H:%M} UTC, so nobody has told it the time "
        "yet. Nothing is posted until a time server or a person sets it"
    )


def _behind(now: Sight, last: Sight) -> str:
    return (
        f"the machine's clock shows {now.at:%Y-%m-%d %H:%M} UTC since it was started, but when "
        f"it was last believed it was {last.at:%Y-%m-%d %H:%M}. Nothing is posted until it has "
        f"passed that. {_BELIEVE}"
    )


def _was_set(step: timedelta) -> str:
    way = "forward" if step > timedelta(0) else "back"
    return (
        f"the machine's clock was set {way} by {in_words(step)}. Nothing is posted until it has "
        f"stood so for {in_words(STANDS_AFTER)}. {_BELIEVE}"
    )
