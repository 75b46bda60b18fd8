"""From the plan to the receipt: one test for each row of docs/crash-windows.md."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.model import State
from bot.networks.base import OutcomeUnknown
from bot.settle import waits_for_person
from tests.ledger.machine import HOUR, MINUTE, SECOND, Crash
from tests.networks.stage import ALT
from tests.windows.desk import WORDS, Desk

TWO = ("x", "mastodon-4.6")
"""Where one server that asks and one that keeps keys say as much as all."""

PARTS = ("The second part, with more of it", "The third part, and the last")


def resent_or_asked(desk: Desk, number: int = 1) -> None:
    """Nothing was posted: sent again where keys make that safe, else a person decides."""
    queued = desk.store.deliveries()[number - 1]
    desk.run(12 * MINUTE)
    if desk.resends:
        assert desk.now(queued).state is State.SENT
        return
    assert waits_for_person(desk.now(queued))
    assert desk.posts() == []
    desk.store.resolve(queued.id, None, "ana", desk.clock())
    desk.run(2 * MINUTE)
    assert desk.now(queued).state is State.SENT


def arrived_once(desk: Desk, *texts: str, pictures: int = 0) -> None:
    """Each text is there once, in order, each answering the one before, with its picture."""
    posts = desk.posts()
    assert [post.text for post in posts] == list(texts or [WORDS])
    assert [post.reply_to for post in posts] == [None, *(post.id for post in posts[:-1])]
    assert len(posts[0].media) == pictures
    assert all(media.alt == ALT for media in posts[0].media)
    assert {d.state for d in desk.store.deliveries()} == {State.SENT}
    ids = [d.receipt.remote_id for d in desk.store.deliveries() if d.receipt]
    assert ids == [post.id for post in posts]


# --- plan and claim ----------------------------------------------------------------------


def test_dies_while_rows_are_written(desk: Desk) -> None:
    """Rows and watermark are one transaction: all of it, or the plan is made again."""

    def dies(step: str) -> None:
        raise Crash(step)

    desk.dies = dies
    with pytest.raises(Crash):
        desk.queue(WORDS, *PARTS)
    desk.start()
    assert desk.store.deliveries() == []
    desk.queue(WORDS, *PARTS)
    desk.run(MINUTE)
    arrived_once(desk, WORDS, *PARTS)


def test_dies_before_the_claim_is_written(desk: Desk) -> None:
    """No claim on the disk, no call: it is as if nothing had happened."""
    (queued,) = desk.queue()
    desk.die_at("claim")
    assert desk.now(queued).state is State.QUEUED
    assert desk.posts() == []
    desk.run(MINUTE)
    arrived_once(desk)


def test_picture_is_gone(desk: Desk) -> None:
    """Nothing is claimed without its picture; it goes out with it once it is back."""
    (queued,) = desk.queue(pictured=True)
    card = desk.folder / "card.png"
    card.rename(desk.folder / "away.png")
    desk.run(MINUTE)
    assert (desk.now(queued).state, desk.now(queued).tries) == (State.QUEUED, 0)
    (desk.folder / "away.png").rename(card)
    desk.run(3 * MINUTE)
    arrived_once(desk, pictures=1)


def test_dies_between_claim_and_call(desk: Desk) -> None:
    """It may have been called, for all we know: looked for, not found, then as the keys allow."""
    desk.queue()
    desk.die_at("call")
    assert desk.posts() == []
    resent_or_asked(desk)
    arrived_once(desk)


def test_stands_still_between_claim_and_call(desk: Desk) -> None:
    """Stopped for longer than a claim is good: no call by it, and it goes out at the next tick."""
    (queued,) = desk.queue()
    desk.dies = lambda step: desk.pass_time(30 * SECOND if step == "claim" else 0 * SECOND)
    desk.deliver()
    assert "stood still" in desk.now(queued).reason
    assert desk.posts() == []
    desk.start()
    desk.run(2 * MINUTE)
    arrived_once(desk)


# --- upload ------------------------------------------------------------------------------


def test_answer_to_the_upload_is_lost(desk: Desk) -> None:
    """Whatever becomes of an upload, nobody sees it: uploaded again, attached once."""
    (queued,) = desk.queue(pictured=True)
    desk.stage.fail("upload", "reset_after")
    desk.deliver()
    assert desk.now(queued).state is State.QUEUED
    desk.run(2 * MINUTE)
    arrived_once(desk, pictures=1)


def test_dies_between_upload_and_post(desk: Desk) -> None:
    """The upload is forgotten with the process; the next try makes another one."""
    desk.queue(pictured=True)
    desk.stage.fail("post", "reset_before")
    desk.die_at("answer")
    assert desk.posts() == []
    resent_or_asked(desk)
    arrived_once(desk, pictures=1)


def test_limit_between_upload_and_post(desk: Desk) -> None:
    """Certainly not posted: the next try takes the same upload, and pays for it once."""
    (queued,) = desk.queue(pictured=True)
    desk.stage.fail("post", "rate_limited", reset=60)
    desk.deliver()
    assert desk.now(queued).state is State.QUEUED
    desk.stage.fail("upload", "bad_request")  # would end it, were another one made
    desk.run(3 * MINUTE)
    arrived_once(desk, pictures=1)


# --- the call ----------------------------------------------------------------------------


def test_call_ends_before_it_is_stored(desk: Desk) -> None:
    """A reset, and nothing there: doubt, two looks, then as the keys allow."""
    (queued,) = desk.queue()
    desk.stage.fail("post", "reset_before")
    desk.deliver()
    assert desk.now(queued).state is State.IN_DOUBT
    resent_or_asked(desk)
    arrived_once(desk)


def test_answer_is_lost(desk: Desk) -> None:
    """Stored, and the answer lost: found on our timeline, called once."""
    (queued,) = desk.queue(pictured=True)
    desk.stage.fail("post", "reset_after")
    desk.deliver()
    assert desk.now(queued).state is State.IN_DOUBT
    desk.run(2 * MINUTE)
    arrived_once(desk, pictures=1)


@pytest.mark.parametrize("kind", TWO)
@pytest.mark.parametrize("fault", ["hang_before", "hang_after"])
def test_call_times_out(desk_at: Callable[[str], Desk], kind: str, fault: str) -> None:
    """Whether it was stored or not, nobody knows: looked for."""
    desk = desk_at(kind)
    (queued,) = desk.queue()
    desk.stage.fail("post", fault, seconds=None)
    desk.connect(timeout=0.5)
    desk.deliver()
    assert desk.now(queued).state is State.IN_DOUBT
    desk.connect()
    resent_or_asked(desk) if fault == "hang_before" else desk.run(2 * MINUTE)
    arrived_once(desk)


def test_dies_between_call_and_receipt(desk: Desk) -> None:
    """Stored, answered, and the answer never written down: found."""
    desk.queue(pictured=True)
    desk.die_at("answer")
    desk.run(2 * MINUTE)
    arrived_once(desk, pictures=1)


def test_dies_while_the_receipt_is_written(desk: Desk) -> None:
    """The transaction is not there, or it is: found, or known."""
    (queued,) = desk.queue()
    desk.die_at("receipt")
    assert desk.now(queued).state is State.SENDING
    assert len(desk.posts()) == 1
    desk.run(2 * MINUTE)
    arrived_once(desk)


@pytest.mark.parametrize("kind", TWO)
@pytest.mark.parametrize("answer", ["unauthorized", "payment"])
def test_account_needs_a_person(desk_at: Callable[[str], Desk], kind: str, answer: str) -> None:
    """401 and 402: not posted, told, tried hourly, and the delivery is as fresh as before."""
    desk = desk_at(kind)
    (queued,) = desk.queue()
    fault = desk.stage.sandbox.faults.add(
        desk.stage.name, "post", answer, account=desk.stage.username, times=2
    )
    desk.run(HOUR - MINUTE)
    assert fault.struck == 1
    assert desk.now(queued).tries == 0
    (state,) = desk.store.account_states()
    assert state.needs_person
    desk.run(HOUR)
    assert fault.struck == 2


def test_replay_of_a_key(desk: Desk) -> None:
    """The same key again: the first post, an error, or a second post; only Mastodon's is sent."""
    (queued,) = desk.queue()
    desk.deliver()
    first = desk.now(queued)
    try:
        desk.network.publish(first.draft, None, first.key)
    except OutcomeUnknown:
        assert desk.kind == "mastodon-4.6"
    except Exception as error:  # noqa: BLE001 - X's refusal of a duplicate, whichever it is
        assert desk.kind == "x", error
    assert len(desk.posts()) == (1 if desk.resends or desk.kind == "x" else 2)


# --- threads -----------------------------------------------------------------------------


def test_answer_to_a_part_is_lost(desk: Desk) -> None:
    """The thread stops at it, and goes on from the next part once it is found."""
    desk.queue(WORDS, *PARTS)
    desk.stage.fail("post", "reset_after", after=1)
    desk.deliver()
    assert len(desk.posts()) == 2
    desk.run(5 * MINUTE)
    arrived_once(desk, WORDS, *PARTS)


def test_dies_between_two_parts(desk: Desk) -> None:
    """What is posted is not posted again; the next part answers it."""
    desk.queue(WORDS, *PARTS)
    desk.die_at("call", 2)
    assert len(desk.posts()) == 1
    resent_or_asked_part(desk)
    arrived_once(desk, WORDS, *PARTS)


def resent_or_asked_part(desk: Desk) -> None:
    """As `resent_or_asked`, of a second part."""
    desk.run(12 * MINUTE)
    second = desk.store.deliveries()[1]
    if not desk.resends:
        assert waits_for_person(second)
        desk.store.resolve(second.id, None, "ana", desk.clock())
        desk.run(2 * MINUTE)


def test_first_part_is_deleted_before_the_second(desk: Desk) -> None:
    """There is nothing to answer: the rest is given up rather than posted alone."""
    deliveries = desk.queue(WORDS, *PARTS)
    desk.stage.fail("post", "rate_limited", after=1, reset=60)
    desk.deliver()
    desk.stage.delete(desk.posts()[0].id)
    desk.run(12 * MINUTE)
    assert [desk.now(d).state for d in deliveries] == [State.SENT, State.FAILED, State.SKIPPED]
    assert desk.posts() == []
