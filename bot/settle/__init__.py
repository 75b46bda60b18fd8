"""A delivery's states: what becomes of it after each outcome. No I/O, no clock.

    queued   ── Claimed ─────────────────▶ sending    committed before the call
    queued   ── Postponed ───────────────▶ queued     quiet hours, least gap, no picture
    queued   ── TooLate, Skip ───────────▶ skipped
    queued   ── Found ───────────────────▶ sent       a doubtful try's answer came late
    queued   ── Reopened ────────────────▶ in_doubt   a resend that waited beyond the key's window
    queued   ── Recheck ─────────────────▶ in_doubt   the ledger was put back: perhaps it went out
    sending  ── Posted ──────────────────▶ sent
    sending  ── Later ───────────────────▶ queued     certainly not posted
    sending  ── Refused ─────────────────▶ failed
    sending  ── Refused, after a doubt ──▶ in_doubt   perhaps as a duplicate of itself
    sending  ── Unknown, Interrupted ────▶ in_doubt
    in_doubt ── Found, Decided(receipt) ─▶ sent
    in_doubt ── NotMade ─────────────────▶ queued, failed   its call's answer came late
    in_doubt ── Absent, Later ───────────▶ in_doubt   looks on, or waits for a person
    in_doubt ── Recheck ─────────────────▶ in_doubt   the ledger was put back: looks anew
    in_doubt ── Absent, long enough ─────▶ queued     where posting again is safe or was chosen
    in_doubt ── Absent, long enough ─────▶ failed     refused, and not there either
    in_doubt ── Taken ───────────────────▶ skipped    rechecked: another post has its place
    in_doubt ── Decided(None) ───────────▶ queued     a person said that it is not there

Doubt is dated from the first doubtful claim and ends only by evidence (found on our own
timeline, or absent twice, apart in time) or by a person. Of a doubt that comes only from
putting a ledger back no call is known: absence is enough to send it, if it is not too late.
What a network says about time is never used: only our own moments are compared with each other.
"""

from bot.settle.late import belated
from bot.settle.machine import ENOUGH_ABSENCES, NEEDS_PERSON, IllegalTransitionError, settle
from bot.settle.outcomes import (
    Absent,
    Claimed,
    Decided,
    Found,
    Interrupted,
    Later,
    NotMade,
    Outcome,
    Posted,
    Postponed,
    Recheck,
    Refused,
    Reopened,
    Skip,
    Taken,
    TooLate,
    Unknown,
)
from bot.settle.policy import (
    FAR,
    KEY_WINDOW,
    Policy,
    back_off,
    key_is_good,
    may_resend,
    policy_for,
    rest,
    spread,
    waits_for_person,
)

__all__ = [
    "ENOUGH_ABSENCES",
    "FAR",
    "KEY_WINDOW",
    "NEEDS_PERSON",
    "Absent",
    "Claimed",
    "Decided",
    "Found",
    "IllegalTransitionError",
    "Interrupted",
    "Later",
    "NotMade",
    "Outcome",
    "Policy",
    "Posted",
    "Postponed",
    "Recheck",
    "Refused",
    "Reopened",
    "Skip",
    "Taken",
    "TooLate",
    "Unknown",
    "back_off",
    "belated",
    "key_is_good",
    "may_resend",
    "policy_for",
    "rest",
    "settle",
    "spread",
    "waits_for_person",
]
