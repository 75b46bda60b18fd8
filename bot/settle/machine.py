"""The transitions, as the package's docstring draws them."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from bot.model import Delivery, Receipt, State, require_zone
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
from bot.settle.policy import FAR, Policy, back_off, key_is_good, may_resend, waits_for_person

NEEDS_PERSON = "needs a person: "
"""How the reason of such a delivery begins."""

ENOUGH_ABSENCES = 2
"""One look can be answered from a stale cache; two, apart in time, are evidence."""

_FIRST_LOOK = timedelta(seconds=2)


class IllegalTransitionError(Exception):
    """An outcome that cannot happen in the delivery's state: a fault of the caller."""


def settle(delivery: Delivery, outcome: Outcome, now: datetime, policy: Policy) -> Delivery:
    """Give the delivery as it stands after `outcome`.

    Raises:
        IllegalTransitionError: the module's drawing has no such arrow.
        ValueError: `now` has no time zone.
    """
    require_zone("now", now)
    match delivery.state:
        case State.QUEUED:
            after = _from_queued(delivery, outcome, now)
        case State.SENDING:
            after = _from_sending(delivery, outcome, now, policy)
        case State.IN_DOUBT:
            after = _from_in_doubt(delivery, outcome, now, policy)
        case _:
            after = None
    if after is None:
        raise IllegalTransitionError(
            f"delivery {delivery.id} is {delivery.state}: {type(outcome).__name__} cannot happen"
        )
    return after


def _from_queued(delivery: Delivery, outcome: Outcome, now: datetime) -> Delivery | None:
    match outcome:
        case Claimed():
            return replace(
                delivery, state=State.SENDING, tries=delivery.tries + 1, claimed_at=now, reason=""
            )
        case Postponed(reason, until):
            return replace(delivery, not_before=until, reason=reason)
        case Found(receipt) if delivery.doubt_since is not None:
            return _sent(delivery, receipt)
        case Reopened():
            return _doubt(delivery, "a resend that waited too long", now)
        case Recheck():
            return _recheck(delivery, outcome, now)
        case TooLate(reason) | Skip(reason) if delivery.doubt_since is not None:
            return replace(
                delivery,
                state=State.SKIPPED,
                reason=f"{reason}; a try was in doubt, and it was not on our timeline",
            )
        case TooLate(reason) | Skip(reason):
            return replace(delivery, state=State.SKIPPED, reason=reason)
    return None


def _from_sending(
    delivery: Delivery, outcome: Outcome, now: datetime, policy: Policy
) -> Delivery | None:
    match outcome:
        case Posted(receipt):
            return _sent(delivery, receipt)
        case Later(reason, until, burns):
            wait_until = now + back_off(delivery.key, delivery.tries)
            return replace(
                delivery,
                state=State.QUEUED,
                tries=delivery.tries if burns else delivery.tries - 1,
                not_before=wait_until if until is None or until <= now else until,
                reason=reason,
            )
        case Refused(reason) if delivery.doubt_since is not None:
            # "Duplicate" after a doubtful try hints at that try's success; so may other words
            # for it, in any language. Only a look can tell.
            looking = _call_in_doubt(delivery, f"refused after a doubt: {reason}", now)
            return replace(looking, refused=True, not_before=now + _first_look(policy))
        case Refused(reason):
            return replace(delivery, state=State.FAILED, reason=reason)
        case Unknown(reason):
            looking = _call_in_doubt(delivery, reason, now)
            return replace(looking, not_before=now + _first_look(policy))
        case Interrupted():
            return _call_in_doubt(delivery, "we stopped between the claim and the answer", now)
    return None


def _from_in_doubt(
    delivery: Delivery, outcome: Outcome, now: datetime, policy: Policy
) -> Delivery | None:
    match outcome:
        case Found(receipt):
            return _sent(delivery, receipt)
        case NotMade(answer) if delivery.put_back_at is None:
            fresh = replace(delivery, doubt_since=None, absences=0, refused=False)
            return _from_sending(fresh, answer, now, policy)
        case Decided(None, by):
            # The doubt is over: a later one is dated anew.
            return replace(
                _queued(delivery, now),
                doubt_since=None,
                checked_at=now,
                reason=f"not posted, says {by}",
            )
        case Decided(receipt, by) if receipt is not None:
            return replace(_sent(delivery, receipt), reason=f"posted, says {by}")
        case Later(_, until) if not waits_for_person(delivery):
            wait_until = now + 2 * policy.looks_apart
            return replace(
                delivery, not_before=wait_until if until is None or until <= now else until
            )
        case Absent(like):
            return _absent(delivery, now, policy, like)
        case Recheck():
            return _recheck(delivery, outcome, now)
        case Taken(reason) if delivery.put_back_at is not None:
            return replace(_queued(delivery, now), state=State.SKIPPED, reason=reason)
    return None


def _absent(delivery: Delivery, now: datetime, policy: Policy, like: str) -> Delivery:
    """Count a look that found nothing, and decide where it was the last one needed."""
    if now < delivery.not_before:
        return delivery  # too soon after the look before to count as another
    absences = delivery.absences + 1
    looked_for = now - (delivery.put_back_at or delivery.claimed_at or now)
    if absences < ENOUGH_ABSENCES or looked_for < policy.look_for:
        # Looks grow apart, and one is made just when the time is up.
        remaining = max(policy.looks_apart, policy.look_for - looked_for)
        wait = min(policy.looks_apart * 2 ** min(absences - 1, 10), remaining)
        if delivery.put_back_at is not None:
            wait = remaining  # each look reads all since the copy, which costs on X
        return replace(delivery, absences=absences, not_before=now + wait)
    counted = replace(delivery, absences=absences, checked_at=now)
    if delivery.put_back_at is not None:
        # No call of it is known, so nothing speaks for a post that nobody sees.
        return replace(
            _queued(counted, now),
            doubt_since=None,
            reason="not on our timeline after the ledger was put back",
        )
    by_key = key_is_good(delivery, now, policy)
    if not may_resend(delivery, now, policy) or (like and not by_key):
        why = f"{NEEDS_PERSON}{delivery.reason}; not on our timeline in {absences} looks"
        if like:
            why += f"; {like} has the same words, but is from before that try"
        return replace(counted, not_before=FAR, reason=why)
    if delivery.refused:
        return replace(
            counted, state=State.FAILED, reason=f"{delivery.reason}; and it is not on our timeline"
        )
    # The looks were wait enough after a first try; an outage is not hammered, though.
    wait = back_off(delivery.key, delivery.tries - 1) if delivery.tries > 1 else timedelta(0)
    queued = _queued(counted, now + wait)
    return replace(queued, reason=f"not on our timeline after: {delivery.reason}")


def _doubt(delivery: Delivery, reason: str, now: datetime) -> Delivery:
    return replace(
        delivery,
        state=State.IN_DOUBT,
        doubt_since=delivery.doubt_since or delivery.claimed_at or now,
        absences=0,
        not_before=now,
        reason=reason,
    )


def _call_in_doubt(delivery: Delivery, reason: str, now: datetime) -> Delivery:
    """Doubt a call of ours: it may have been made at any moment until now, not only at its claim.

    A process that stands still between the two makes it hours later, and a timeline lags from then.
    """
    return replace(_doubt(delivery, reason, now), claimed_at=now)


def _recheck(delivery: Delivery, outcome: Recheck, now: datetime) -> Delivery:
    """Put into doubt what a lost ledger may have sent; what was in doubt stays so, and open.

    A doubt of this ledger's own keeps its rules; that it was to wait for a person is void, for
    that person may have spoken since.
    """
    own = delivery.doubt_since is not None and delivery.put_back_at is None
    return replace(
        delivery,
        state=State.IN_DOUBT,
        doubt_since=min(delivery.doubt_since or outcome.since, outcome.since),
        claimed_at=outcome.until if own else delivery.claimed_at,
        put_back_at=None if own else outcome.until,
        absences=0,
        not_before=now,
        reason=delivery.reason.removeprefix(NEEDS_PERSON)
        if own
        else "the ledger was put back: looking whether it went out since",
    )


def _queued(delivery: Delivery, not_before: datetime) -> Delivery:
    return replace(
        delivery,
        state=State.QUEUED,
        absences=0,
        refused=False,
        not_before=not_before,
        put_back_at=None,
    )


def _sent(delivery: Delivery, receipt: Receipt) -> Delivery:
    claimed_at = delivery.claimed_at
    if delivery.put_back_at is not None:
        # Who sent it by a ledger that is lost did so at its hour, as far as anybody knows.
        claimed_at = delivery.due
    elif delivery.state is State.IN_DOUBT:
        claimed_at = delivery.doubt_since or claimed_at
    return replace(
        delivery,
        state=State.SENT,
        receipt=receipt,
        reason="",
        claimed_at=claimed_at,
        put_back_at=None,
    )


def _first_look(policy: Policy) -> timedelta:
    return min(_FIRST_LOOK, policy.looks_apart)
