"""Rate limits in fixed windows, counted by the sandbox's clock."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta


@dataclass(frozen=True, slots=True)
class Rule:
    """So many calls per window; `name` tells apart what is counted together."""

    name: str
    calls: int
    window: timedelta


@dataclass(frozen=True, slots=True)
class Allowance:
    """Where a caller stands after a call."""

    limit: int
    remaining: int
    reset: datetime
    exceeded: bool


class Windows:
    """Counts calls per caller and rule. Safe to call from any thread."""

    def __init__(self, *, enforce: bool = True) -> None:
        """With `enforce` off, nothing is refused, and the headers say that a call is left."""
        self._lock = threading.Lock()
        self._counts: dict[tuple[str, str], tuple[int, int]] = {}
        self._enforce = enforce

    def count(self, caller: str, rule: Rule, now: datetime) -> Allowance:
        """Count one call. Windows start at round times, as on both networks."""
        span = int(rule.window.total_seconds())
        window = int(now.timestamp()) // span
        with self._lock:
            known, calls = self._counts.get((caller, rule.name), (window, 0))
            calls = calls + 1 if known == window else 1
            self._counts[caller, rule.name] = (window, calls)
        return Allowance(
            limit=rule.calls,
            remaining=max(rule.calls - calls, 0 if self._enforce else 1),
            reset=datetime.fromtimestamp((window + 1) * span, UTC),
            exceeded=self._enforce and calls > rule.calls,
        )
