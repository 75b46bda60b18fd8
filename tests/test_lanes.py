"""Accounts are served side by side, each by one thread at a time."""

from __future__ import annotations

import logging
from threading import Barrier, Event, Semaphore, Thread

import pytest

from bot.lanes import MOST, Lanes


def test_an_account_that_hangs_holds_up_nobody_else() -> None:
    """The others are served while it hangs, and again."""
    hangs, served = Event(), Barrier(2, timeout=30)

    def serve(account: str) -> None:
        if account == "hangs":
            hangs.wait(30)
        else:
            served.wait()

    lanes = Lanes(serve)
    lanes.hand_out(["hangs", "other"])
    served.wait()
    lanes.hand_out(["hangs", "other"])
    served.wait()
    hangs.set()
    lanes.close()


def test_work_that_comes_meanwhile_is_done_in_one_more_round() -> None:
    """Never two at a time for one account, and nothing handed out is forgotten."""
    begun, go_on = Event(), Event()
    rounds, at_a_time, most = 0, 0, 0

    def serve(_: str) -> None:
        nonlocal rounds, at_a_time, most
        at_a_time += 1
        most = max(most, at_a_time)
        rounds += 1
        begun.set()
        go_on.wait(30)
        at_a_time -= 1

    lanes = Lanes(serve)
    lanes.hand_out(["one"])
    assert begun.wait(30)
    for _ in range(5):
        lanes.hand_out(["one"])
    go_on.set()
    while lanes.busy:
        go_on.wait(0.01)
    lanes.close()
    assert (rounds, most) == (2, 1)


def test_a_round_that_fails_does_not_close_the_lane(caplog: pytest.LogCaptureFixture) -> None:
    """The next round starts from the ledger."""
    done = Barrier(2, timeout=30)
    tries = 0

    def serve(_: str) -> None:
        nonlocal tries
        tries += 1
        if tries == 1:
            raise RuntimeError("a fault of ours")
        done.wait()

    lanes = Lanes(serve)
    with caplog.at_level(logging.ERROR):
        lanes.hand_out(["one"])
        while lanes.busy:
            Event().wait(0.01)
        lanes.hand_out(["one"])
        done.wait()
        lanes.close()
    assert "one: this round failed" in caplog.text


def test_nothing_is_begun_after_the_end() -> None:
    """A daemon that stops finishes the calls in hand, and that is all."""
    served: list[str] = []
    lanes = Lanes(served.append)
    lanes.close()
    lanes.hand_out(["one"])
    assert served == []


def test_who_waits_for_a_free_thread_at_the_end_is_not_begun() -> None:
    """Each would go on for as long as its server takes, one after the other."""
    begun, go_on = Semaphore(0), Event()
    rounds = []

    def serve(account: str) -> None:
        rounds.append(account)
        begun.release()
        go_on.wait(30)

    lanes = Lanes(serve)
    lanes.hand_out([str(number) for number in range(MOST + 5)])
    for _ in range(MOST):
        assert begun.acquire(timeout=30)
    closing = Thread(target=lanes.close)
    closing.start()
    while not lanes._closed:
        go_on.wait(0.01)
    go_on.set()
    closing.join(30)
    assert not closing.is_alive()
    assert len(rounds) == MOST
