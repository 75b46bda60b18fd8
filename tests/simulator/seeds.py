"""Histories by seed: the same seed is the same history."""

from __future__ import annotations

from datetime import timedelta
from random import Random

from tests.ledger.world import HOUR, KEYED, MINUTE, SECOND
from tests.plan.desk import catalog, message, schedule
from tests.simulator.hub import Fate, Tally
from tests.simulator.ledgers import SharedLedger
from tests.simulator.simulation import ACCOUNTS, Simulation, Wrong

FAULTS = (
    *["timeout, posted"] * 4,
    *["timeout, not posted"] * 4,
    "crash, posted",
    "crash, not posted",
    "bug, posted",
    "limit",
    "refused connection",
    "no credits",
    "invalid",
    "blind",
)
SPANS = (5 * SECOND, 40 * SECOND, 2 * MINUTE, 12 * MINUTE, 55 * MINUTE, 3 * HOUR)
YEAR = timedelta(days=365)
ERRORS = (0 * HOUR, -3 * HOUR, -20 * MINUTE, 20 * MINUTE, 3 * HOUR)
"""How wrong the wall clock may be."""

JUMPS = (-YEAR, -HOUR, HOUR, YEAR)
"""By how much it may be set for a while, and then put right."""

PLANNED = catalog(
    [message(f"m{n}") for n in range(30)],
    [schedule("s", "09:30", "10:15", "11:00", "13:00", "16:00", accounts=(KEYED.name,))],
)
"""A schedule of an account that has other posts as well."""


def live(
    seed: int,
    ledger: SharedLedger,
    tally: Tally | None = None,
    kind: type[Simulation] = Simulation,
    *,
    several: bool | None = None,
) -> str | None:
    """Live through the history of a seed; say what went wrong, if anything did.

    Every third is one of several workers, unless `several` says so or not.
    """
    chance = Random(seed)  # noqa: S311 - the same histories each time, no secrets
    workers = chance.choice((2, 3)) if (several or (several is None and seed % 3 == 0)) else 1
    history = kind(
        ledger,
        chance,
        tally,
        workers=workers,
        restless=chance.choice((0.0, 0.1, 0.4)) if workers > 1 else 0.0,
        catalog=PLANNED if chance.random() < 0.2 else None,
    )
    history.x_refuses_duplicates(refuses=chance.random() < 0.5)
    happens = _happens_to_several if workers > 1 else _happens
    try:
        for _ in range(chance.randrange(2, 9)):
            happens(history, chance)
        history.finish()
    except Wrong as error:
        return str(error)
    finally:
        history.close()
    return None


def fate(chance: Random) -> Fate:
    """Draw what happens to a process: mostly it dies somewhere within its next ticks."""
    drawn = chance.random()
    if drawn < 0.5:
        return Fate(crash_in=chance.randrange(60))
    if drawn < 0.7:
        return Fate(stop_at_call=True, stop_for=chance.choice(SPANS))
    if drawn < 0.85:
        return Fate(stop_in=chance.randrange(40), stop_for=chance.choice(SPANS))
    return Fate()


def _come_due(history: Simulation, chance: Random) -> None:
    history.come_due(
        chance.choice(sorted(ACCOUNTS)),
        lasting=chance.random() < 0.5,
        twin=chance.random() < 0.4,
        copies=chance.choice((1, 1, 2)),
        parts=chance.choice((0, 0, 0, 1, 2)),
        faults=chance.choices(FAULTS, k=chance.randrange(4)),
    )


def _happens_to_several(history: Simulation, chance: Random) -> None:
    """Their clock is the server's, and right; what differs is who works when."""
    span = chance.choice(SPANS[:4])
    match chance.choices(range(5), weights=(10, 10, 2, 2, 1))[0]:
        case 0:
            _come_due(history, chance)
        case 1:
            for worker in range(len(history.workers)):
                drawn = fate(chance)
                if chance.random() < 0.15:
                    drawn.cut_until = history.hub.true + chance.choice(SPANS[:4])
                history.fate(worker, drawn)
            history.live(span)
        case 2:
            with history.paused(_scope(chance)):
                history.live(span)
        case 3:
            history.answer()
        case _:
            history.cancel()


def _scope(chance: Random) -> str:
    return chance.choice(("all", f"account:{chance.choice(sorted(ACCOUNTS))}"))


def _happens(history: Simulation, chance: Random) -> None:
    span = chance.choice(SPANS)
    match chance.choices(range(8), weights=(10, 10, 2, 3, 3, 1, 2, 1))[0]:
        case 0:
            _come_due(history, chance)
        case 1:
            history.fate(chance.randrange(9), fate(chance))
            history.live(span)
        case 2:
            with history.paused(_scope(chance)):
                history.live(span)
        case 3:
            history.set_clock(chance.choice(ERRORS))
        case 4:
            jump(history, chance.choice(JUMPS), span)
        case 5:
            history.reboot(chance.choice(ERRORS))
        case 6:
            history.answer()
        case _:
            history.cancel()


def jump(history: Simulation, by: timedelta, span: timedelta) -> None:
    """The clock is an hour or a year wrong for a while, and somebody puts it right."""
    off = history.hub.off
    history.set_clock(off + by)
    history.live(min(span, 4 * MINUTE))
    history.set_clock(off)
