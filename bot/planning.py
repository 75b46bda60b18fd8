"""A desk to plan at: the content, and the ledger where there is one, without opening accounts.

`bot plan` must not create a ledger, and must not wait for a network.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from bot.content import Problem, load
from bot.jobs.clearing import Clearance, Gate
from bot.jobs.drafting import Drafter, known_limits
from bot.jobs.refresh import plan_span
from bot.model import Catalog, Post
from bot.plan import with_calendar_warnings
from bot.reading import counted, ledger_if_any
from bot.settings import Settings
from bot.store import Store


@dataclass(frozen=True, slots=True)
class Desk:
    """What planning needs."""

    settings: Settings
    written: Catalog
    """What the files say."""
    catalog: Catalog
    """The same with the newest petition counts over it."""
    problems: tuple[Problem, ...]
    store: Store | None
    clock: Callable[[], datetime]
    gate: Gate
    """Says what may go out now."""

    def plan(
        self, start: datetime, end: datetime, *, draw: bool, waiting: bool = False
    ) -> list[Post]:
        """Plan a span; what the ledger holds from before `start` is history.

        A span in the past is planned as if it lay ahead, without what was posted in it.
        `waiting` plans as if all that waits were approved: that is what a proof is for.
        """
        limits = known_limits(self.store, self.catalog) if self.store else {}
        now = self.clock()
        past = start < now
        catalog, gate = self.catalog, self.gate
        if past:  # with the counts that were known then
            catalog = counted(self.written, self.store, start)
            gate = Clearance(self.settings.root, self.store).gate(catalog)
        drafter = Drafter(self.settings.root, catalog, limits, draw=draw)
        planned = plan_span(
            catalog if waiting else gate.cleared(min(start, now)),
            self.store,
            drafter,
            start,
            end,
            history_before=start if past else None,
        )
        return with_calendar_warnings(planned)


@contextmanager
def planned(settings: Settings, clock: Callable[[], datetime]) -> Iterator[Desk]:
    """Open a desk over the content and, where there is one, the ledger."""
    loaded = load(settings.root)
    with ledger_if_any(settings.database_url) as store:
        catalog = counted(loaded.catalog, store)
        gate = Clearance(settings.root, store).gate(catalog)
        yield Desk(settings, loaded.catalog, catalog, loaded.problems, store, clock, gate)
