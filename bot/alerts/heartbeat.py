"""Pings an address while the daemon does its work, so that its silence is noticed elsewhere.

The address is a secret: whoever knows it can make a dead daemon look alive.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime
from threading import Event
from time import monotonic

from bot.alerts.bounded import within
from bot.pulse import Pulse

log = logging.getLogger("bot.alerts")

EVERY = 60.0
"""Seconds between two pings, at the least."""

_LOOKS_APART = 5.0

SECONDS = 5.0
"""How long a ping may take, all of it."""


@dataclass(slots=True)
class Heartbeat:
    """Pings after a tick that did its work."""

    url: str
    _of: datetime | None = None
    """The tick that was told of last."""
    _last: float = -EVERY
    _failing: bool = False
    _busy: bool = False

    def __repr__(self) -> str:
        """Say nothing of the address."""
        return "Heartbeat()"

    def beat(self, tick: datetime | None) -> bool:
        """Ping if there was a tick since the last ping, and that is long enough ago.

        Returns:
            whether it was tried.
        """
        if tick is None or tick == self._of or self._busy or monotonic() - self._last < EVERY:
            return False
        self._of, self._last = tick, monotonic()
        said = within(SECONDS, {"ping": self._ping})["ping"]
        trouble = f"it took longer than {SECONDS:g} seconds" if said is None else said
        if trouble and not self._failing:
            log.warning("HEARTBEAT_URL could not be pinged: %s", trouble)
        elif self._failing and not trouble:
            log.info("HEARTBEAT_URL is pinged again")
        self._failing = bool(trouble)
        return True

    def _ping(self) -> str:
        import requests

        self._busy = True
        try:
            # A redirect might carry the secret to somebody else.
            with requests.get(
                self.url, timeout=SECONDS, allow_redirects=False, stream=True
            ) as answer:
                fine = answer.ok and not answer.is_redirect
                return "" if fine else f"it answers {answer.status_code}"
        except Exception as error:  # noqa: BLE001 - whatever it is, its text would name the address
            return type(error).__name__
        finally:
            self._busy = False


def keep_pinging(heartbeat: Heartbeat, pulse: Pulse, stop: Event) -> None:
    """Ping until `stop` is set; in a thread of its own."""
    while not stop.wait(_LOOKS_APART):
        try:
            heartbeat.beat(pulse.last)
        except Exception:
            # The silence would be taken for ours.
            log.exception("HEARTBEAT_URL was not pinged; the next try is in %g seconds", EVERY)
