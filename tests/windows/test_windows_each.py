"""A timeout, a lost answer and a clock that jumps, at the steps beside the call itself."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from bot.model import State
from tests.ledger.machine import HOUR, MINUTE
from tests.windows.desk import WORDS, Desk
from tests.windows.test_windows_posting import PARTS, TWO, arrived_once, resent_or_asked_part

IMPATIENT = 0.5
JUMPS = pytest.mark.parametrize("step", [-HOUR, HOUR], ids=["back", "forward"])


def jump_at(desk: Desk, place: str, step: timedelta, number: int = 1) -> None:
    """Let our clock be set when the bot comes to a place for the `number`-th time."""
    left = number

    def jumps(at: str) -> None:
        nonlocal left
        left -= at == place
        if not left:
            desk.off = step

    desk.dies = jumps


def reading(desk: Desk) -> str:
    """What the sandbox calls the request that reads counts: X's come with our own timeline."""
    return "timeline" if desk.kind == "x" else "measure"


@pytest.mark.parametrize("fault", ["hang_before", "hang_after"])
def test_upload_times_out(desk: Desk, fault: str) -> None:
    """Nobody sees an upload: not posted, uploaded again, attached once."""
    (queued,) = desk.queue(pictured=True)
    desk.stage.fail("upload", fault, seconds=None)
    desk.connect(timeout=IMPATIENT)
    desk.deliver()
    assert desk.now(queued).state is State.QUEUED
    desk.connect()
    desk.run(3 * MINUTE)
    arrived_once(desk, pictures=1)


@JUMPS
@pytest.mark.parametrize("place", ["call", "answer"])
def test_clock_jumps_in_the_call(desk: Desk, step: timedelta, place: str) -> None:
    """While the picture is uploaded, or the answer is on its way: it is posted, and known."""
    desk.tick()
    desk.queue(pictured=True)
    jump_at(desk, place, step)
    desk.deliver()
    desk.run(10 * MINUTE)
    arrived_once(desk, pictures=1)


@pytest.mark.parametrize("kind", TWO)
@pytest.mark.parametrize("fault", ["hang_before", "hang_after"])
def test_part_times_out(desk_at: Callable[[str], Desk], kind: str, fault: str) -> None:
    """The thread stops at it: found, or as the keys allow, and then on from the next part."""
    desk = desk_at(kind)
    desk.queue(WORDS, *PARTS)
    desk.stage.fail("post", fault, after=1, seconds=None)
    desk.connect(timeout=IMPATIENT)
    desk.deliver()
    assert desk.store.deliveries()[1].state is State.IN_DOUBT
    desk.connect()
    resent_or_asked_part(desk) if fault == "hang_before" else desk.run(5 * MINUTE)
    arrived_once(desk, WORDS, *PARTS)


@JUMPS
def test_clock_jumps_between_two_parts(desk: Desk, step: timedelta) -> None:
    """No call by that claim; once the clock is believed, on from the next part."""
    desk.tick()
    desk.queue(WORDS, *PARTS)
    jump_at(desk, "claim", step, number=2)
    desk.deliver()
    assert len(desk.posts()) == 1
    desk.run(80 * MINUTE)  # set back, it takes an hour to come to their hour again
    arrived_once(desk, WORDS, *PARTS)


@pytest.mark.parametrize("kind", TWO)
def test_reading_times_out(desk_at: Callable[[str], Desk], kind: str) -> None:
    """No sample, no line; read again some minutes later, once."""
    desk = desk_at(kind)
    desk.queue()
    desk.deliver()
    desk.pass_time(20 * MINUTE)
    desk.stage.fail(reading(desk), "hang_before", seconds=None)
    desk.connect(timeout=IMPATIENT)
    desk.sample()
    assert (desk.store.samples(), desk.log) == ([], [])
    desk.connect()
    desk.pass_time(6 * MINUTE)
    desk.sample()
    desk.sample()
    assert len(desk.store.samples()) == len(desk.log) == 1


def test_answer_to_the_reading_is_lost(desk: Desk) -> None:
    """Reading changes nothing: read again, one sample."""
    desk.queue()
    desk.deliver()
    desk.pass_time(20 * MINUTE)
    desk.stage.fail(reading(desk), "reset_after")
    desk.sample()
    assert (desk.store.samples(), desk.log) == ([], [])
    desk.pass_time(6 * MINUTE)
    desk.sample()
    assert len(desk.store.samples()) == len(desk.log) == 1


@JUMPS
def test_clock_jumps_before_the_reading(desk: Desk, step: timedelta) -> None:
    """Nothing is read by a clock in doubt; each count once, however often its hour comes."""
    desk.tick()
    (queued,) = desk.queue()
    desk.deliver()
    desk.off = step
    for _ in range(100):
        desk.pass_time(MINUTE)
        if desk.tick():
            desk.sample()
    after = [sample.after for sample in desk.store.samples(delivery=queued.id)]
    assert len(after) == len(set(after)) == len(desk.log)
    assert after
