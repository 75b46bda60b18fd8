"""Messages + slots + a span of time -> posts, and the slots that stay empty, with the reason.

A pure function: the same content, history and span give the same posts, whoever asks (the
daemon's tick, `bot plan`, a rehearsal) and however the span is cut into pieces. That is what
lets a plan be a promise.
"""

from __future__ import annotations

from bot.plan.calendar import with_calendar_warnings
from bot.plan.guards import accounts_for, in_quiet_hours, is_quiet_day, not_for
from bot.plan.planner import plan, plan_one
from bot.plan.rules import Drafter

__all__ = [
    "Drafter",
    "accounts_for",
    "in_quiet_hours",
    "is_quiet_day",
    "not_for",
    "plan",
    "plan_one",
    "with_calendar_warnings",
]
