"""Watches the inboxes: at once where the system tells of changes, else every 15 seconds."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from threading import Event
from typing import Final

from watchfiles import Change
from watchfiles import watch as changes

from bot.content.waiting import INBOX
from bot.intake.findings import Answer
from bot.intake.look import SETTLES
from bot.intake.names import is_left_alone
from bot.intake.room import SIDES
from bot.intake.round import Intake
from bot.model import Catalog
from bot.reasons import say

log = logging.getLogger("bot")

AT_LEAST_EVERY: Final = timedelta(seconds=15)
"""Network mounts tell of no changes."""
_A_LITTLE = 0.05
"""Seconds more, so that the second look is surely late enough."""


def keep_answering(
    intake: Intake,
    catalog: Callable[[], Catalog],
    clock: Callable[[], datetime],
    stop: Event,
) -> None:
    """Answer what volunteers save until `stop` is set; in a thread of its own."""
    for _ in _occasions(intake.root, catalog, stop):
        try:
            answer_all(intake, catalog, clock, stop)
        except Exception:
            # What goes wrong here must not end the answers for good.
            log.exception("the inboxes could not be looked at; the next look is in 15 s")


def answer_all(
    intake: Intake,
    catalog: Callable[[], Catalog],
    clock: Callable[[], datetime],
    stop: Event,
) -> None:
    """Look twice, and answer all that rests."""
    if not intake.look(catalog(), clock()):
        return
    if stop.wait(SETTLES.total_seconds() + _A_LITTLE):
        return
    while intake.pending and not stop.is_set():
        for answer in intake.answer(catalog(), clock(), stop):
            tell(answer)


def tell(answer: Answer) -> None:
    """Write an answer into the log, for the operator."""
    place = f"{answer.campaign}/{INBOX}/{answer.file}"
    if answer.submissions:
        log.info("taken: %s: waits for approval as %s", place, ", ".join(answer.submissions))
    elif answer.verdict == "returned":
        log.info("returned: %s: %s", place, "; ".join(say(f.reason) for f in answer.findings))


def _occasions(root: Path, catalog: Callable[[], Catalog], stop: Event) -> Iterator[None]:
    """Yield at once, then whenever something changes in an inbox, and every 15 s at least."""
    while not stop.is_set():
        yield
        names = list(catalog().campaigns)
        inboxes = [root / "content" / name / INBOX for name in names]
        try:
            for _ in _changes([path for path in inboxes if path.is_dir()], stop):
                if stop.is_set():
                    return
                yield
                if list(catalog().campaigns) != names:
                    break
        except OSError as error:  # the system's limit on watched folders
            log.warning("inboxes are looked at every 15 s only: %s", error)
        stop.wait(AT_LEAST_EVERY.total_seconds() if not inboxes else 0)


def _changes(inboxes: list[Path], stop: Event) -> Iterator[object]:
    every = int(AT_LEAST_EVERY.total_seconds() * 1000)
    if not inboxes:
        return iter(())
    return changes(
        *inboxes,
        watch_filter=_is_news,
        debounce=400,
        rust_timeout=every,
        yield_on_timeout=True,
        stop_event=stop,
        raise_interrupt=False,
        ignore_permission_denied=True,
    )


def _is_news(_: Change, path: str) -> bool:
    """Tell whether a change may be a new file: not one that we moved, nor a sync tool's."""
    place = Path(path)
    sides = {place.parts[n + 1] for n in range(len(place.parts) - 1) if place.parts[n] == INBOX}
    return not (sides & set(SIDES)) and not is_left_alone(place.name)
