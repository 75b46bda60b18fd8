"""The ledger's rows: what is written comes back, once, whole, and in order."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.exc import IntegrityError

from bot.model import (
    Draft,
    Limits,
    NetworkName,
    Picture,
    Poll,
    PostState,
    Receipt,
    State,
    Visibility,
)
from bot.settle import Policy, Posted, Unknown, settle
from bot.store import EvidenceTaken, NoSuchDelivery, StaleDelivery, StoreError
from bot.store.codec import draft_from_json, draft_to_json
from tests.ledger.world import HOUR, KEYED, MINUTE, NINE, SECOND, World, X, threaded

texts = st.text(st.characters(exclude_categories=["Cs"]))
drafts = st.builds(
    Draft,
    account=texts,
    network=st.sampled_from(NetworkName),
    text=texts,
    language=texts,
    length=st.integers(0, 30_000),
    limit=st.integers(0, 30_000),
    picture=st.none()
    | st.builds(
        Picture,
        path=st.sampled_from([Path("images/cards/3f2a.png"), Path("images/é & co.jpg")]),
        media_type=st.just("image/png"),
        alt=texts,
    ),
    content_warning=st.none() | texts,
    visibility=st.sampled_from(Visibility),
    poll=st.none()
    | st.builds(
        Poll,
        options=st.lists(texts).map(tuple),
        duration=st.timedeltas(timedelta(0), timedelta(days=30)),
        multiple=st.booleans(),
    ),
    thread=st.lists(texts).map(tuple),
    thread_lengths=st.lists(st.integers(0, 500)).map(tuple),
    in_reply_to=st.none() | texts,
    link=st.none() | texts,
    hashtags=st.lists(texts).map(tuple),
    cost_usd=st.decimals(0, 10, places=3),
    warnings=st.lists(texts).map(tuple),
)


@given(draft=drafts)
def test_a_draft_comes_back_as_it_was(draft: Draft) -> None:
    """What is queued is exactly what goes out."""
    back = draft_from_json(draft_to_json(draft))
    assert back == draft
    assert str(back.cost_usd) == str(draft.cost_usd)


def test_a_slot_is_queued_once(world: World) -> None:
    """Two ticks, or two processes, that see the same slot make one row of it."""
    post = world.post(KEYED)
    now = world.machine.clock()
    first = world.store.enqueue([post, post], now)
    again = world.store.enqueue([replace(post, at=post.at + MINUTE), world.post(X)], now)
    assert (len(first), len(again)) == (1, 1)
    assert world.store.delivery(first[0]).due == post.at


def test_rows_and_watermark_move_together(world: World) -> None:
    """If a row cannot be written, the watermark stays, and nothing of the batch is kept."""
    now = world.machine.clock()
    assert world.store.watermark() is None
    world.store.enqueue([], now, watermark=now)
    bad = replace(world.post(KEYED), draft=None)
    with pytest.raises(ValueError, match="nothing to say"):
        world.store.enqueue([world.post(KEYED), bad], now, watermark=now + MINUTE)
    assert world.store.watermark() == now
    assert world.store.deliveries() == []


def test_a_skipped_post_is_kept_with_its_reason(world: World) -> None:
    """A slot that found nothing to say is history, too."""
    skipped = replace(
        world.post(KEYED), message=None, draft=None, state=PostState.SKIPPED, reason="all said"
    )
    (number,) = world.store.enqueue([skipped], world.machine.clock())
    row = world.store.delivery(number)
    assert (row.state, row.reason, row.message) == (State.SKIPPED, "all said", "")
    assert world.store.history()[0].state is State.SKIPPED


def test_naive_moments_are_refused(world: World) -> None:
    """A time without a zone is how posts go out hours off."""
    naive = datetime(2022, 2, 21, 9)  # noqa: DTZ001 - that is the point
    with pytest.raises(ValueError, match="needs a time zone"):
        world.store.enqueue([], NINE, watermark=naive)
    with pytest.raises(ValueError, match="needs a time zone"):
        world.store.due(naive)


def test_moments_keep_their_microseconds_and_lose_their_zone(world: World) -> None:
    """The same instant comes back, in UTC."""
    moment = datetime(2022, 2, 21, 9, 0, 0, 123_457, tzinfo=UTC)
    world.store.enqueue([], moment, watermark=moment)
    assert world.store.watermark() == moment


def test_history_is_in_order_and_bounded(world: World) -> None:
    """The planner's memory: first parts only, by hour, of one campaign where wanted."""
    later = world.post(KEYED, at=NINE + HOUR)
    sooner = world.post(X)
    thread = replace(sooner, draft=threaded(sooner.draft, "second part"))
    other = world.post(X, campaign="other")
    world.store.enqueue([later, thread, other], NINE)
    assert [p.slot for p in world.store.history()] == [thread.slot, other.slot, later.slot]
    assert [p.slot for p in world.store.history(campaign="other")] == [other.slot]
    assert [p.slot for p in world.store.history(before=NINE + HOUR)] == [thread.slot, other.slot]
    first = world.store.history()[0]
    assert (first.message, first.text) == (sooner.message, "Message number 2 for the court")


def test_a_row_that_moved_on_cannot_be_written_over(world: World) -> None:
    """A worker that was stopped for long comes back with an old idea of its delivery."""
    queued = world.queue(KEYED)
    claimed = world.store.claim(queued.id, NINE)
    assert claimed is not None
    world.store.interrupted(NINE + MINUTE)
    with pytest.raises(StaleDelivery):
        sent = settle(claimed, Posted(Receipt("1", "u")), NINE, Policy())
        world.store.record(claimed, sent, "posted", NINE)
    assert world.now(queued).state is State.IN_DOUBT
    assert world.store.claim(queued.id, NINE + MINUTE) is None


def test_no_post_is_evidence_twice(world: World) -> None:
    """UNIQUE(account, remote id): the second claim to it fails, and changes nothing."""
    receipt = Receipt("1", "https://example.net/1")
    sent = []
    for delivery in (world.queue(KEYED), world.queue(KEYED)):
        claimed = world.store.claim(delivery.id, NINE)
        assert claimed is not None
        sent.append((claimed, settle(claimed, Posted(receipt), NINE, Policy())))
    world.store.record(*sent[0], "posted", NINE)
    with pytest.raises(EvidenceTaken, match="another delivery"):
        world.store.record(*sent[1], "posted", NINE)
    assert world.now(sent[1][0]).state is State.SENDING
    assert [e.event for e in world.store.events(delivery=sent[1][0].id)] == ["planned", "claimed"]


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE attempts SET detail = 'changed'",
        "DELETE FROM attempts",
        "UPDATE events SET detail = 'changed'",
        "DELETE FROM events",
    ],
)
def test_what_happened_cannot_be_changed(world: World, change: str) -> None:
    """Attempts and events are only ever added, whatever SQL somebody runs."""
    world.queue(KEYED)
    world.store.pause("all", "ana", "", NINE)
    with pytest.raises(IntegrityError, match="append-only"), world.store._write() as connection:
        connection.exec_driver_sql(change)


def test_a_delivery_tells_its_life(world: World) -> None:
    """Every step leaves an event, in order, with what people and accounts did between."""
    queued = world.queue(KEYED)
    world.servers[KEYED.name].faults.append("timeout, posted")
    world.tick()
    world.run(MINUTE)
    world.store.pause("account:masto", "ana", "a talk", world.machine.clock())
    told = world.store.events(delivery=queued.id)
    assert [e.event for e in told] == ["planned", "claimed", "unknown", "found"]
    assert [e.state for e in told] == [State.QUEUED, State.SENDING, State.IN_DOUBT, State.SENT]
    last = world.store.events(last=1)[0]
    assert (last.event, last.delivery, last.detail) == ("paused", None, "by ana: a talk")


def test_claims_are_refused_where_a_switch_is_on(world: World) -> None:
    """`bot pause` works at once, between `due` and `claim` too."""
    queued = world.queue(KEYED)
    for scope in ("all", f"account:{KEYED.name}", "campaign:c"):
        assert world.store.due(NINE)
        world.store.pause(scope, "ana", "", NINE)
        assert world.store.claim(queued.id, NINE) is None
        assert world.store.due(NINE) == []
        assert world.store.resume(scope, NINE)
    world.store.pause("account:another", "ana", "", NINE)
    assert world.store.claim(queued.id, NINE) is not None


def test_a_pause_needs_a_scope_that_exists(world: World) -> None:
    """A stop switch that stops nothing is worse than none."""
    for scope in ("", "masto", "account:", "message:c/x"):
        with pytest.raises(ValueError, match="is not all"):
            world.store.pause(scope, "ana", "", NINE)


def test_a_suspended_account_is_left_alone_until_its_time(world: World) -> None:
    """TryLater postpones the whole account, also for a claim that was already chosen."""
    queued = world.queue(KEYED)
    world.store.suspend(KEYED.name, NINE + MINUTE, "limit", False, NINE)
    assert world.store.claim(queued.id, NINE) is None
    assert world.store.next_due(NINE) == NINE + MINUTE
    assert [d.id for d in world.store.due(NINE + MINUTE)] == [queued.id]
    assert world.store.unsuspend(KEYED.name, NINE)
    assert not world.store.unsuspend(KEYED.name, NINE)


def test_a_suspension_from_the_future_is_void(world: World) -> None:
    """It was set by a clock that was wrong."""
    world.queue(KEYED)
    world.store.suspend(KEYED.name, NINE + 9 * HOUR, "limit", False, NINE + 8 * HOUR)
    assert world.store.due(NINE)


def test_waking_moments(world: World) -> None:
    """`next_due` is the next moment something can happen; what waits for people is none."""
    assert world.store.next_due(NINE) is None
    queued = world.queue(X, at=NINE + HOUR)
    assert world.store.next_due(NINE) == NINE + HOUR
    assert world.store.next_due(NINE + HOUR) is None
    claimed = world.store.claim(queued.id, NINE + HOUR)
    assert claimed is not None
    doubtful = settle(claimed, Unknown("timeout"), NINE + HOUR, Policy())
    world.store.record(claimed, doubtful, "unknown", NINE + HOUR)
    assert world.store.next_due(NINE) == doubtful.not_before


def test_each_account_gets_its_share_of_due(world: World) -> None:
    """A thousand posts of one account do not hide another's."""
    for _ in range(5):
        world.queue(KEYED)
    world.machine.true += SECOND
    world.queue(X)
    assert [d.account for d in world.store.due(NINE + MINUTE, limit=2)] == [
        "masto",
        "masto",
        X.name,
    ]


def test_facts_of_accounts_are_kept(world: World) -> None:
    """Limits come back with the moment they were read, the newest ones."""
    limits = Limits(500, 1500, 16_000_000, 33_177_600, None)
    assert world.store.limits(KEYED.name) is None
    world.store.save_limits(KEYED.name, replace(limits, characters=1), NINE)
    world.store.save_limits(KEYED.name, limits, NINE + MINUTE)
    assert world.store.limits(KEYED.name) == (limits, NINE + MINUTE)


def test_money_adds_up_exactly(world: World) -> None:
    """A hundred tenths of a cent are ten cents; what may have been charged counts."""
    for _ in range(100):
        world.store.spend(X.name, NINE, "read", Decimal("0.001"))
    world.store.spend(X.name, NINE - HOUR, "read", Decimal("0.2"))
    assert world.store.spent(X.name, NINE) == Decimal("0.1")
    queued = world.queue(X)
    assert world.store.spent(X.name, NINE) == Decimal("0.1")
    assert world.store.spent_by_month() == {(X.name, "2022-02"): Decimal("0.315")}
    world.store.claim(queued.id, NINE)
    assert world.store.spent(X.name, NINE) == Decimal("0.115")


def test_a_post_is_charged_once_with_its_receipt(world: World) -> None:
    """Posted or found, the charge is written in the same transaction as the receipt."""
    world.queue(X)
    world.queue(X)
    world.servers[X.name].faults.append("timeout, posted")
    world.run(2 * MINUTE)
    looks = Decimal("0.001") * world.servers[X.name].posts_read
    assert looks > 0
    assert world.store.spent(X.name, NINE - HOUR) == Decimal("0.030") + looks


def test_the_heartbeat_is_the_last_one(world: World) -> None:
    """One row, however often the daemon ticks."""
    assert world.store.heartbeat() is None
    for tick in (NINE, NINE + MINUTE):
        world.store.beat(pid=7, host="box", mode="real", started=NINE, tick=tick, next_due=None)
    beat = world.store.heartbeat()
    assert beat is not None
    assert (beat.pid, beat.mode, beat.tick) == (7, "real", NINE + MINUTE)


def test_a_person_can_take_a_post_back(world: World) -> None:
    """Cancelled while queued; afterwards it is too late for that."""
    queued = world.queue(KEYED)
    assert world.store.cancel(queued.id, "ana", NINE).reason == "cancelled by ana"
    with pytest.raises(StoreError, match="is skipped"):
        world.store.cancel(queued.id, "ana", NINE)
    with pytest.raises(StoreError, match="no doubt"):
        world.store.resolve(queued.id, None, "ana", NINE)
    with pytest.raises(NoSuchDelivery, match="bot queue"):
        world.store.delivery(99)


def test_counts_by_state(world: World) -> None:
    """Every state is there, those at zero too."""
    world.queue(KEYED)
    counts = world.store.counts_by_state()
    assert counts == {**dict.fromkeys((s.value for s in State), 0), "queued": 1}
