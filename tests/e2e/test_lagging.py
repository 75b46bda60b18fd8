"""Two machines, each with its own copy of the campaign's files: one of them is behind."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from bot.app import Bot, open_bot
from bot.approving import Review
from bot.content import load
from bot.jobs.lease import Lease
from bot.sandbox import Sandbox
from bot.sandboxed import connect_to
from bot.settings import Settings
from tests.e2e.test_approval import NINE, WORDS, Clock
from tests.e2e.world import make_root

MESSAGE = "content/rent-strike/messages/march.md"
RIGHT = WORDS.replace("march.", "march!")


@contextmanager
def two(tmp_path: Path, clock: Clock) -> Iterator[tuple[Bot, Bot]]:
    """One that plans, and another; they share a ledger and the servers that they post to."""
    with ExitStack() as stack:
        first = make_root(tmp_path / "first", {"march.md": WORDS}, schedules="")
        second = Path(shutil.copytree(first, tmp_path / "second"))
        catalog = load(first).catalog
        sandbox = stack.enter_context(
            Sandbox(tmp_path / "sandbox.db", clock=clock, page_port=0, zone=catalog.zone)
        )
        made = []
        (first / "data").mkdir(exist_ok=True)
        (second / "data").symlink_to(first / "data")  # a ledger in a file has one witness
        for root in (first, second):
            bot = open_bot(
                Settings(root, {"DATABASE_URL": f"sqlite:///{tmp_path}/ledger.db"}),
                clock,
                connect_with=connect_to(sandbox, clock, catalog.campaigns),
                sandbox=True,
            )
            bot.watch_clock = False
            made.append(stack.enter_context(bot))
        made[0].tick()
        yield made[0], made[1]


def change(bot: Bot, text: str) -> None:
    """Change the message on this machine; it looks twice before it takes that."""
    (bot.settings.root / MESSAGE).write_text(text, encoding="utf-8")
    bot.reload()
    bot.reload()


def queue(planner: Bot, clock: Clock) -> None:
    """Have the approved words planned, and not sent by the one that plans."""
    planner.store.pause("all", "Ana", "", clock())
    clock.now = NINE + timedelta(minutes=1, seconds=1)
    planner.tick()
    planner.store.resume("all", clock())


def stand(bot: Bot) -> list[tuple[str, str]]:
    """How the deliveries are."""
    return [(d.state.value, d.reason) for d in bot.store.deliveries()]


@pytest.mark.parametrize("before", ["approved", "never approved"])
def test_a_copy_that_is_behind_puts_an_approved_post_off(tmp_path: Path, before: str) -> None:
    """The machine with yesterday's words neither posts nor gives up; it posts when it has them."""
    clock = Clock()
    with two(tmp_path, clock) as (planner, behind):
        review = Review(planner.settings, planner.store)
        if before == "approved":  # the log tells that the words there are older
            review.approve("march", "Ana", clock())
        else:  # only that there are several machines does
            behind.lease = Lease(behind.store, clock, "b", 2, length=timedelta(hours=1))
            behind.lease.renew()
        change(planner, RIGHT)
        review.approve("march", "Ana", clock())
        queue(planner, clock)
        behind.serve(None, "masto-en")
        [(state, reason)] = stand(behind)
        assert state == "queued"
        assert reason.startswith("its file on this machine is not what was approved: the text")
        change(behind, RIGHT)
        clock.now += timedelta(minutes=1)
        behind.serve(None, "masto-en")
        assert stand(behind) == [("sent", "")]
        assert ["We march!" in d.draft.text for d in behind.store.deliveries()] == [True]


def approved_anew_and_queued(planner: Bot, clock: Clock) -> Review:
    """Put a letter right on the planner's copy, approve that, and queue it there."""
    review = Review(planner.settings, planner.store)
    review.approve("march", "Ana", clock())
    change(planner, RIGHT)
    review.approve("march", "Ana", clock())
    queue(planner, clock)
    return review


@pytest.mark.parametrize("word", ["returned", "approved anew"])
def test_a_newer_word_stops_it_all_the_same(tmp_path: Path, word: str) -> None:
    """A copy that is behind does not keep alive what people took back."""
    clock = Clock()
    with two(tmp_path, clock) as (planner, behind):
        review = approved_anew_and_queued(planner, clock)
        if word == "returned":
            review.send_back("march", "Ben", "wrong day", clock())
        else:
            change(planner, WORDS.replace("march.", "walk."))
            review.approve("march", "Ben", clock())
        behind.serve(None, "masto-en")
        [(state, reason)] = stand(behind)
        assert (state, reason[:14]) == ("skipped", "not approved: ")


def test_a_hold_stops_it_all_the_same(tmp_path: Path) -> None:
    """What is held stays where it is, whatever the files say."""
    clock = Clock()
    with two(tmp_path, clock) as (planner, behind):
        approved_anew_and_queued(planner, clock)
        planner.store.hold("march", "Ana", "verdict", clock())
        behind.serve(None, "masto-en")
        change(behind, RIGHT)
        clock.now += timedelta(minutes=2)
        behind.serve(None, "masto-en")
        assert stand(behind) == [("queued", "")]
