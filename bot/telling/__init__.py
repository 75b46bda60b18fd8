"""Decides what the operator is told, and when: values in, words out, no I/O, no clock.

    Situation ── find ──▶ alerts that hold now
    alerts + what was told before + now ── decide ──▶ news, reminders, what is over
                                                  └── worded ──▶ one message
    Day ── digest ──▶ the message of the morning

What was told is in the ledger (`Told`), so that a restart tells nothing twice.
"""

from __future__ import annotations

from bot.telling.alert import Alert, Kind, Told
from bot.telling.decide import REMIND_AFTER, Decision, decide
from bot.telling.digest import Day, digest, digest_key, wanted_digest
from bot.telling.find import find
from bot.telling.situation import (
    ContentErrors,
    Copy,
    Empty,
    Late,
    Situation,
    Spending,
    Stopped,
    Unapproved,
    Undone,
    Waiting,
)
from bot.telling.times import shown
from bot.telling.wording import Words, worded

__all__ = [
    "REMIND_AFTER",
    "Alert",
    "ContentErrors",
    "Copy",
    "Day",
    "Decision",
    "Empty",
    "Kind",
    "Late",
    "Situation",
    "Spending",
    "Stopped",
    "Told",
    "Unapproved",
    "Undone",
    "Waiting",
    "Words",
    "decide",
    "digest",
    "digest_key",
    "find",
    "shown",
    "wanted_digest",
    "worded",
]
