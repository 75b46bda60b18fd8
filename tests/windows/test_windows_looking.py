"""From the doubt to its end, and reading engagement: one test per row of docs/crash-windows.md."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from bot.model import Delivery, State, WhenInDoubt
from bot.settle import waits_for_person
from tests.ledger.machine import HOUR, MINUTE
from tests.windows.desk import LOOKING, WORDS, Desk

DAY = timedelta(days=1)


@pytest.fixture(params=LOOKING)
def desk(request: pytest.FixtureRequest, desk_at: Callable[[str], Desk]) -> Desk:
    """A desk at each kind of timeline in turn."""
    return desk_at(request.param)


def in_doubt(desk: Desk, *, stored: bool, text: str = WORDS, pictured: bool = False) -> Delivery:
    """Queue a post and lose the answer to it."""
    (queued,) = desk.queue(text, pictured=pictured)
    desk.stage.fail("post", "reset_after" if stored else "reset_before")
    desk.deliver()
    assert desk.now(queued).state is State.IN_DOUBT
    return queued


def found(desk: Desk, queued: Delivery, number: int = 0) -> None:
    """It is settled by the post that is its own, and there is no other."""
    receipt = desk.now(queued).receipt
    assert receipt is not None, desk.now(queued)
    assert receipt.remote_id == desk.posts()[number].id


# --- the look ----------------------------------------------------------------------------


@pytest.mark.parametrize("step", ["look", "found"])
def test_dies_in_a_look(desk: Desk, step: str) -> None:
    """A look changes nothing on the server: it is made again."""
    queued = in_doubt(desk, stored=True)
    desk.pass_time(MINUTE)
    desk.die_at(step)
    desk.run(2 * MINUTE)
    found(desk, queued)
    assert len(desk.posts()) == 1


def test_dies_while_the_find_is_written(desk: Desk) -> None:
    """Found and not written down: found again."""
    queued = in_doubt(desk, stored=True)
    desk.pass_time(MINUTE)
    desk.die_at("receipt")
    assert desk.now(queued).state is State.IN_DOUBT
    desk.run(2 * MINUTE)
    found(desk, queued)


def test_look_fails(desk: Desk) -> None:
    """A timeline that cannot be read is no absence, however often."""
    queued = in_doubt(desk, stored=True)
    desk.stage.fail("timeline", "server_error", times=2)
    desk.stage.fail("timeline", "reset_before", times=1)
    desk.run(2 * MINUTE)
    assert desk.now(queued).absences == 0
    desk.run(8 * MINUTE)
    found(desk, queued)


def test_timeline_lags(desk: Desk) -> None:
    """One absence is no evidence: the next look finds it."""
    queued = in_doubt(desk, stored=True)
    desk.stage.fail("timeline", "timeline_lag", seconds=900)
    desk.run(3 * MINUTE)
    found(desk, queued)
    assert len(desk.posts()) == 1


def test_keys_revoked_during_a_doubt(desk: Desk) -> None:
    """No look is possible: tried hourly, not each minute, and the doubt stays."""
    queued = in_doubt(desk, stored=True)
    fault = desk.stage.sandbox.faults.add(
        desk.stage.name, "timeline", "unauthorized", account=desk.stage.username, times=None
    )
    desk.run(HOUR - MINUTE)
    assert fault.struck == 1
    assert desk.now(queued).state is State.IN_DOUBT
    assert [s.needs_person for s in desk.store.account_states("look")] == [True]


# --- what is not ours --------------------------------------------------------------------


@pytest.mark.parametrize("before", [10 * MINUTE, 20 * HOUR, 7 * DAY])
def test_same_words_by_hand_before(desk: Desk, before: timedelta) -> None:
    """What a person posted before our try is no evidence for it."""
    desk.post_by_hand()
    desk.pass_time(before)
    if desk.kind == "x" and before < DAY:  # where X takes no second one
        queued = in_doubt(desk, stored=False)
        desk.run(12 * MINUTE)
        assert waits_for_person(desk.now(queued))
        assert "has the same words" in desk.now(queued).reason
        return
    queued = in_doubt(desk, stored=True)
    desk.run(2 * MINUTE)
    found(desk, queued, number=1)


def test_same_words_by_hand_before_and_ours_is_not_there(desk: Desk) -> None:
    """Sent again where keys make that safe; elsewhere never beside it, whatever was chosen."""
    account = replace(desk.stage.account, when_in_doubt=WhenInDoubt.RESEND)
    desk.catalog = replace(desk.catalog, accounts={account.name: account})
    desk.post_by_hand()
    desk.pass_time(5 * HOUR)
    queued = in_doubt(desk, stored=False)
    desk.run(12 * MINUTE)
    if desk.resends:
        found(desk, queued, number=1)
        return
    asked = desk.now(queued)
    assert waits_for_person(asked)
    assert desk.posts()[0].url in asked.reason
    assert len(desk.posts()) == 1


def test_same_words_by_hand_after(desk: Desk) -> None:
    """A person saw that it was missing and posted it: that is the post, and there is no other."""
    queued = in_doubt(desk, stored=False)
    desk.pass_time(MINUTE / 2)
    desk.post_by_hand()
    desk.run(12 * MINUTE)
    found(desk, queued)
    assert len(desk.posts()) == 1


@pytest.mark.parametrize(
    ("text", "pictures"),
    [(WORDS.replace("a=1", "a=2"), 0), (WORDS.replace("Him", "Her"), 0), (WORDS, 1)],
    ids=["another link", "another hashtag", "a picture"],
)
def test_nearly_the_same_post(desk: Desk, text: str, pictures: int) -> None:
    """Another link, hashtag or picture, within our try's own minute: not ours."""
    desk.post_by_hand(text, pictures=pictures)
    queued = in_doubt(desk, stored=False)
    desk.look()
    desk.pass_time(MINUTE)
    desk.look()
    assert desk.now(queued).receipt is None


def test_other_alt_text(desk: Desk) -> None:
    """The same words with another picture, told by its alt text where the server tells it."""
    desk.post_by_hand(pictures=1)
    queued = in_doubt(desk, stored=False, pictured=True) if desk.kind != "x" else None
    if queued is None:
        return  # reading alt texts is not asked of X: what it costs is not on its list
    desk.pass_time(MINUTE)
    desk.look()
    assert desk.now(queued).receipt is None


def test_original_is_deleted(desk: Desk) -> None:
    """The answer was lost and a person deleted the post: it is not made again by itself."""
    queued = in_doubt(desk, stored=True)
    desk.stage.delete(desk.posts()[0].id)
    desk.run(15 * MINUTE)
    now = desk.now(queued)
    assert desk.posts() == []
    # Mastodon answers the resend with 404: it remembers that the key was used.
    assert now.state is State.FAILED if desk.resends else waits_for_person(now)


# --- clocks ------------------------------------------------------------------------------


@pytest.mark.parametrize("off", [-3 * HOUR, 3 * HOUR], ids=["behind", "ahead"])
def test_clock_is_wrong_all_along(desk: Desk, off: timedelta) -> None:
    """The server tells its own time with each answer: the look is made in that."""
    desk.off = off
    queued = in_doubt(desk, stored=True)
    desk.run(2 * MINUTE)
    found(desk, queued)


@pytest.mark.parametrize("step", [-HOUR, HOUR], ids=["back", "forward"])
def test_clock_jumps_during_a_doubt(desk: Desk, step: timedelta) -> None:
    """Looking begins anew once the clock is believed again, and finds the post."""
    desk.tick()
    queued = in_doubt(desk, stored=True)
    desk.off = step
    desk.run(20 * MINUTE)
    found(desk, queued)
    assert len(desk.posts()) == 1


@pytest.mark.parametrize("step", [-HOUR, HOUR], ids=["back", "forward"])
def test_clock_jumps_between_claim_and_call(desk: Desk, step: timedelta) -> None:
    """Not to be told from a standstill: no call by that claim."""
    (queued,) = desk.queue()

    def jumps(at: str) -> None:
        if at == "claim":
            desk.off = step

    desk.dies = jumps
    desk.deliver()
    assert "stood still" in desk.now(queued).reason
    assert desk.posts() == []


# --- engagement --------------------------------------------------------------------------


@pytest.mark.parametrize("step", ["counts", "commit"])
def test_dies_while_engagement_is_read(desk: Desk, step: str) -> None:
    """Read again at the next tick: one sample, one line."""
    (queued,) = desk.queue()
    desk.deliver()
    desk.pass_time(20 * MINUTE)
    desk.tick()

    desk.die_at(step)
    desk.sample()
    assert len(desk.store.samples(delivery=queued.id)) == 1
    assert len(desk.log) <= 1


def test_looks_are_counted_beyond_the_cap(desk_at: Callable[[str], Desk]) -> None:
    """A doubt costs cents, and is looked for whatever is spent; nothing more is posted."""
    desk = desk_at("x")
    account = replace(desk.stage.account, monthly_cap_usd=Decimal("0.206"))
    desk.catalog = replace(desk.catalog, accounts={account.name: account})
    queued = in_doubt(desk, stored=True)
    desk.run(2 * MINUTE)
    found(desk, queued)
    assert desk.store.spent(account.name, desk.clock() - HOUR) > Decimal("0.2")
    (second,) = desk.queue("Something else to say")
    desk.deliver()
    assert desk.now(second).state is State.SKIPPED
