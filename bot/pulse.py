"""How the daemon's own work goes, for those in the same process who watch it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

ALIVE_WITHIN = timedelta(minutes=2)
"""A daemon that ticked this recently is alive; it ticks every 15 s."""


@dataclass(slots=True)
class Pulse:
    """What the thread that ticks tells the others.

    Every field is replaced, never changed, so that they may be read without a lock.
    """

    began: datetime
    last: datetime | None = None
    """When its work last came to a good end."""
    trouble: str = ""
    """What the ledger said instead; "" where it works."""
    trouble_since: datetime | None = None
    leads: bool = True
    """Whether, of several daemons on one ledger, this is the one that plans, and tells."""
    listeners: tuple[Callable[[float], None], ...] = field(default=())
    """Hear how many seconds each tick took."""

    def ticked(self, now: datetime, seconds: float) -> None:
        """Note that a tick did all its work."""
        self.last, self.trouble, self.trouble_since = now, "", None
        for listener in self.listeners:
            listener(seconds)

    def troubled(self, trouble: str, now: datetime) -> None:
        """Note that the ledger kept a tick from its work."""
        self.trouble_since = self.trouble_since or now
        self.trouble = trouble
