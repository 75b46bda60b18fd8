"""A kit holds what may be said at its moment, and nothing that a person keeps back."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.kit.choose import choose
from bot.model import Hold, Message, Poll
from tests.kit.stage import ACTIONS, CAMPAIGN, DAY, HOSTILE, MARCH, NOW, message, wish

HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("said", "why"),
    [
        (message("m", "Then.", not_before=NOW + HOUR), "not true"),
        (message("m", "Past.", true_until=NOW), "not true"),
        (message("m", "Today!", at=NOW + HOUR), "later time"),
        (message("m", "Yes?", poll=Poll(("Yes", "No"), DAY)), "poll"),
        (message("m", "Ask @mayor why."), "calls others by name: @mayor"),
        (message("m", "x", thread=("And @mayor@town.example?",)), "@mayor@town.example"),
        (message("m", "Wait."), "it waits for approval"),
    ],
)
def test_what_is_left_out(said: Message, why: str) -> None:
    """Untrue, too early, not ours to say, or not approved: it is not in the kit, and says why."""
    waiting = {"c/m": "it waits for approval"} if said.text == "Wait." else {}
    choice = choose(wish(Path(), said, waiting=waiting))
    assert choice.messages == []
    (left,) = choice.left_out
    assert why in left.reason


@pytest.mark.parametrize(
    "said",
    [
        message("m", "Plain."),
        message("m", "Now.", not_before=NOW, true_until=NOW + HOUR),
        message("m", "It was said.", at=NOW),
        message("m", "Follow @water@social.example or @Water."),
        message("m", "Write to mayor@town.example."),
    ],
)
def test_what_is_in_it(said: Message) -> None:
    """Bounds are to the moment; our own names and mail addresses are no mentions of others."""
    assert choose(wish(Path(), said)).messages == [said]


def test_of_other_campaigns_nothing_is_said() -> None:
    """Neither in the kit nor among what is left out."""
    other = replace(message("m", "x"), campaign="other")
    choice = choose(wish(Path(), other))
    assert (choice.messages, choice.left_out) == ([], [])


@pytest.mark.parametrize(
    ("when", "there"),
    [
        (NOW, True),
        (MARCH.ends, False),
        ((MARCH.ends or NOW) - timedelta(microseconds=1), True),
    ],
)
def test_an_event_is_there_until_it_is_over(when: datetime, there: bool) -> None:
    """Whoever opens a kit afterwards is not sent to an empty square."""
    choice = choose(replace(wish(Path()), now=when))
    assert (MARCH in choice.actions) is there


def test_a_day_without_an_end_lasts_to_its_end() -> None:
    """An event of a whole day, or with a start alone, is there until midnight where it is."""
    start = NOW.replace(hour=0)
    march = replace(MARCH, starts=start, ends=None, all_day=True)
    campaign = replace(CAMPAIGN, actions={**ACTIONS, "march": march})
    for hours, there in ((23, True), (24, False)):
        asked = wish(Path(), campaign=campaign, now=start + timedelta(hours=hours))
        assert (march in choose(asked).actions) is there


def test_actions_have_bounds_of_their_own() -> None:
    """As messages do."""
    for bounds in ({"not_before": NOW + DAY}, {"true_until": NOW}):
        sign = replace(ACTIONS["sign"], **bounds)  # type: ignore[arg-type] # both are moments
        campaign = replace(CAMPAIGN, actions={"sign": sign})
        assert choose(wish(Path(), campaign=campaign)).actions == []


def test_hostile_text_is_no_reason() -> None:
    """It is shown as it stands; the pages see to it that it does no harm."""
    assert choose(wish(Path(), message("m", HOSTILE))).messages


def test_an_action_with_a_word_that_is_held_is_left_out() -> None:
    """When news breaks the letter waits as the messages do."""
    hold = Hold("ash", "Ana", "she resigned", NOW)
    choice = choose(wish(Path(), holds=(hold,)))
    assert ACTIONS["write"] not in choice.actions
    assert ACTIONS["sign"] in choice.actions
    (left,) = choice.left_out
    assert (left.name, left.reason) == ("c: action write", "Ana holds ash")
