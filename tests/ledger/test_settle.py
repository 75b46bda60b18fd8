"""The state machine as a function: every arrow of its drawing, and no other."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model import (
    Account,
    Delivery,
    Draft,
    Missed,
    NetworkName,
    Receipt,
    State,
    WhenInDoubt,
)
from bot.settle import (
    FAR,
    KEY_WINDOW,
    NEEDS_PERSON,
    Absent,
    Claimed,
    Decided,
    Found,
    IllegalTransitionError,
    Interrupted,
    Later,
    Outcome,
    Policy,
    Posted,
    Postponed,
    Recheck,
    Refused,
    Reopened,
    Skip,
    Taken,
    TooLate,
    Unknown,
    back_off,
    may_resend,
    policy_for,
    settle,
    waits_for_person,
)

NINE = datetime(2022, 2, 21, 9, tzinfo=UTC)
SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
RECEIPT = Receipt("1", "https://example.net/1")
ASKS = Policy()
KEYED = Policy(resend_window=KEY_WINDOW, look_for=MINUTE)
RESENDS = Policy(when_in_doubt=WhenInDoubt.RESEND)

QUEUED = Delivery(
    id=1,
    slot="s",
    account="a",
    network=NetworkName.X,
    campaign="c",
    message="c/m",
    schedule="s",
    part=0,
    due=NINE,
    expires=NINE + 120 * MINUTE,
    missed=Missed.SKIP,
    state=State.QUEUED,
    draft=Draft("a", NetworkName.X, "Hello", "en", 5, 280),
    key="k",
    not_before=NINE,
)
SENDING = settle(QUEUED, Claimed(), NINE, ASKS)
IN_DOUBT = settle(SENDING, Unknown("timeout"), NINE + 30 * SECOND, ASKS)
SENT = settle(SENDING, Posted(RECEIPT), NINE, ASKS)
FAILED = settle(SENDING, Refused("too long"), NINE, ASKS)
SKIPPED = settle(QUEUED, Skip("cancelled"), NINE, ASKS)
RESENT = replace(SENDING, tries=2, doubt_since=NINE - 5 * MINUTE)
ASKED = replace(IN_DOUBT, not_before=FAR, absences=2)
PUT_BACK = Recheck(since=NINE - 5 * MINUTE, until=NINE + SECOND)
RECHECKED = settle(QUEUED, PUT_BACK, NINE + SECOND, ASKS)

ARROWS: list[tuple[Delivery, Outcome, State]] = [
    (QUEUED, Claimed(), State.SENDING),
    (QUEUED, Postponed("quiet hours", NINE + MINUTE), State.QUEUED),
    (QUEUED, TooLate("too late"), State.SKIPPED),
    (QUEUED, Skip("no longer true"), State.SKIPPED),
    (QUEUED, Reopened(), State.IN_DOUBT),
    (SENDING, Posted(RECEIPT), State.SENT),
    (SENDING, Later("limit"), State.QUEUED),
    (SENDING, Refused("too long"), State.FAILED),
    (RESENT, Refused("duplicate"), State.IN_DOUBT),
    (SENDING, Unknown("timeout"), State.IN_DOUBT),
    (SENDING, Interrupted(), State.IN_DOUBT),
    (IN_DOUBT, Found(RECEIPT), State.SENT),
    (IN_DOUBT, Absent(), State.IN_DOUBT),
    (IN_DOUBT, Later("unreadable"), State.IN_DOUBT),
    (IN_DOUBT, Decided(RECEIPT, "ana"), State.SENT),
    (IN_DOUBT, Decided(None, "ana"), State.QUEUED),
    (ASKED, Absent(), State.IN_DOUBT),
    (ASKED, Found(RECEIPT), State.SENT),
    (ASKED, Decided(RECEIPT, "ana"), State.SENT),
    (ASKED, Decided(None, "ana"), State.QUEUED),
    (QUEUED, PUT_BACK, State.IN_DOUBT),
    (IN_DOUBT, PUT_BACK, State.IN_DOUBT),
    (ASKED, PUT_BACK, State.IN_DOUBT),
    (RECHECKED, PUT_BACK, State.IN_DOUBT),
    (RECHECKED, Absent(), State.IN_DOUBT),
    (RECHECKED, Found(RECEIPT), State.SENT),
    (RECHECKED, Taken("a post of its hour"), State.SKIPPED),
    (RECHECKED, Decided(None, "ana"), State.QUEUED),
]
OUTCOMES = list({type(outcome): outcome for _, outcome, _ in ARROWS}.values())
DRAWN = {(id(delivery), type(outcome)) for delivery, outcome, _ in ARROWS}


@pytest.mark.parametrize(("delivery", "outcome", "state"), ARROWS)
def test_every_drawn_arrow(delivery: Delivery, outcome: Outcome, state: State) -> None:
    """Each arrow leads where the drawing says, and changes nothing that was queued."""
    after = settle(delivery, outcome, NINE + MINUTE, ASKS)
    assert after.state is state
    assert (after.draft, after.key, after.due, after.slot) == (
        delivery.draft,
        delivery.key,
        delivery.due,
        delivery.slot,
    )


@pytest.mark.parametrize("delivery", [QUEUED, SENDING, IN_DOUBT, SENT, FAILED, SKIPPED, ASKED])
@pytest.mark.parametrize("outcome", OUTCOMES)
def test_no_other_arrow(delivery: Delivery, outcome: Outcome) -> None:
    """What is not drawn raises; what is over stays over."""
    if (id(delivery), type(outcome)) in DRAWN:
        return
    with pytest.raises(IllegalTransitionError):
        settle(delivery, outcome, NINE + MINUTE, ASKS)


def test_absence_is_enough_after_the_ledger_was_put_back() -> None:
    """No call of it is known: two looks, the second when a lagging timeline would show it."""
    once = settle(RECHECKED, Absent(), NINE + SECOND, ASKS)
    assert once.not_before == PUT_BACK.until + ASKS.look_for
    assert settle(once, Absent(), NINE + MINUTE, ASKS) == once
    twice = settle(once, Absent(), once.not_before, ASKS)
    assert (twice.state, twice.doubt_since, twice.put_back_at) == (State.QUEUED, None, None)
    assert twice.checked_at == once.not_before
    assert settle(twice, Claimed(), once.not_before, ASKS).state is State.SENDING


def test_a_doubt_of_its_own_outlasts_that_the_ledger_was_put_back() -> None:
    """It is looked for anew, whoever it waited for; but its rules stay, and a person decides."""
    anew = settle(ASKED, PUT_BACK, NINE + HOUR, ASKS)
    assert (anew.not_before, anew.absences, anew.put_back_at) == (NINE + HOUR, 0, None)
    assert anew.doubt_since == PUT_BACK.since
    for look in range(30):
        anew = settle(anew, Absent(), NINE + HOUR + look * HOUR, ASKS)
    assert waits_for_person(anew)


def test_what_a_lost_ledger_sent_counts_from_its_hour() -> None:
    """Engagement is read, and the least gap kept, as if it had been sent when it was due."""
    sent = settle(RECHECKED, Found(RECEIPT), NINE + HOUR, ASKS)
    assert (sent.claimed_at, sent.put_back_at) == (QUEUED.due, None)


def test_naive_time_is_refused() -> None:
    """A time without a zone decides nothing."""
    naive = datetime(2022, 2, 21, 9)  # noqa: DTZ001 - that is the point
    with pytest.raises(ValueError, match="time zone"):
        settle(QUEUED, Claimed(), naive, ASKS)


def test_doubt_is_dated_from_the_first_doubtful_claim() -> None:
    """A second doubtful try does not make the key young again."""
    assert IN_DOUBT.doubt_since == NINE
    again = settle(replace(RESENT, claimed_at=NINE), Unknown("timeout"), NINE + 30 * SECOND, ASKS)
    assert again.doubt_since == NINE - 5 * MINUTE


def test_looks_that_are_too_close_count_once() -> None:
    """Two looks in the same second are one absence."""
    once = settle(IN_DOUBT, Absent(), IN_DOUBT.not_before, KEYED)
    again = settle(once, Absent(), IN_DOUBT.not_before + SECOND, KEYED)
    assert once.absences == again.absences == 1


def look_until_decided(delivery: Delivery, policy: Policy) -> tuple[Delivery, list[datetime]]:
    """Look, each time as soon as it counts, and find nothing."""
    looks = []
    while delivery.state is State.IN_DOUBT and delivery.not_before < FAR:
        looks.append(delivery.not_before)
        delivery = settle(delivery, Absent(), delivery.not_before, policy)
    return delivery, looks


@given(
    look_for=st.integers(1, 3600).map(lambda s: s * SECOND),
    apart=st.integers(1, 120).map(lambda s: s * SECOND),
    when=st.sampled_from(WhenInDoubt),
)
def test_absence_is_looked_for_twice_and_long_enough(
    look_for: timedelta, apart: timedelta, when: WhenInDoubt
) -> None:
    """Whatever the policy, two looks apart in time, and the last one when the time is up."""
    policy = Policy(look_for=look_for, looks_apart=apart, when_in_doubt=when)
    settled, looks = look_until_decided(IN_DOUBT, policy)
    since = IN_DOUBT.claimed_at
    assert since is not None
    assert len(looks) >= 2
    assert all(b - a >= apart for a, b in pairwise(looks))
    assert looks[-1] - since >= look_for
    assert looks[-2] - since < look_for or len(looks) == 2
    assert waits_for_person(settled) is (when is WhenInDoubt.ASK)


def test_an_absence_within_the_keys_window_is_sent_again_with_the_same_key() -> None:
    """Mastodon: queued at once after the first try, still dated from it."""
    settled, looks = look_until_decided(IN_DOUBT, KEYED)
    assert (settled.state, settled.key, settled.doubt_since) == (State.QUEUED, "k", NINE)
    assert settled.not_before == looks[-1]


def test_an_absence_beyond_the_keys_window_needs_a_person() -> None:
    """The server may have forgotten the key."""
    old = replace(IN_DOUBT, doubt_since=NINE - KEY_WINDOW)
    settled, _ = look_until_decided(old, KEYED)
    assert waits_for_person(settled)
    assert settled.reason.startswith(NEEDS_PERSON + "timeout")


def test_a_doubt_from_the_future_has_no_age() -> None:
    """The clock was set back: nobody knows how old the key is."""
    odd = replace(IN_DOUBT, doubt_since=NINE + 10 * MINUTE)
    assert not may_resend(odd, NINE + MINUTE, KEYED)


def test_a_refusal_after_a_doubt_fails_only_when_it_is_not_there_either() -> None:
    """A duplicate's refusal is looked into; on X by default a person decides."""
    refused = settle(RESENT, Refused("duplicate"), NINE + MINUTE, RESENDS)
    assert refused.refused
    failed, _ = look_until_decided(refused, RESENDS)
    assert failed.state is State.FAILED
    asked, _ = look_until_decided(refused, ASKS)
    assert waits_for_person(asked)


def test_a_doubt_that_ends_too_late_says_so() -> None:
    """Skipped for its hour, with the doubt it had been in."""
    queued, _ = look_until_decided(IN_DOUBT, RESENDS)
    skipped = settle(queued, TooLate("too late"), NINE + 180 * MINUTE, RESENDS)
    assert skipped.reason.startswith("too late; a try was in doubt")


def test_a_person_ends_the_doubt() -> None:
    """After "not posted" a later doubt is dated anew."""
    decided = settle(ASKED, Decided(None, "ana"), NINE + 60 * MINUTE, ASKS)
    assert (decided.doubt_since, decided.absences) == (None, 0)
    assert decided.not_before == NINE + 60 * MINUTE


def test_trouble_of_the_account_burns_no_try() -> None:
    """401 and 402 say nothing about the delivery."""
    until = NINE + 60 * MINUTE
    later = settle(SENDING, Later("no credits", until, burns=False), NINE, ASKS)
    assert (later.tries, later.not_before) == (0, until)


def test_a_time_that_is_past_leaves_it_to_the_back_off() -> None:
    """A server that says "try again a minute ago" is not hammered."""
    later = settle(SENDING, Later("limit", NINE - MINUTE), NINE, ASKS)
    assert later.not_before > NINE


@given(key=st.text(), tries=st.integers(1, 1000))
def test_back_off_grows_to_a_quarter_of_an_hour(key: str, tries: int) -> None:
    """Never shorter than half its step, never longer than 15 minutes, always the same."""
    wait = back_off(key, tries)
    assert wait == back_off(key, tries)
    step = min(15 * 2 ** (tries - 1), 15 * 60) * SECOND
    assert step / 2 <= wait <= step


def test_policies_by_network() -> None:
    """X asks after ten minutes; Mastodon resends within its window; keyless servers do not."""
    x = Account("x", NetworkName.X)
    masto = Account("m", NetworkName.MASTODON)
    assert policy_for(x, resend_window=timedelta(0)) == Policy()
    assert policy_for(masto).resend_window == KEY_WINDOW
    assert policy_for(masto, resend_window=timedelta(hours=1)).resend_window == KEY_WINDOW
    assert policy_for(masto, resend_window=timedelta(0)).resend_window == timedelta(0)
    asks = replace(masto, when_in_doubt=WhenInDoubt.ASK)
    assert policy_for(asks).resend_window == timedelta(0)
    eager = replace(x, when_in_doubt=WhenInDoubt.RESEND)
    assert policy_for(eager).when_in_doubt is WhenInDoubt.RESEND
    assert policy_for(eager).look_for == timedelta(minutes=10)
    assert policy_for(x, sandbox=True).look_for < MINUTE
