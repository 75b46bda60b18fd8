"""What a reviewer is told of a message: what to look at, what changed, which time was meant."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model import Message
from bot.review.deeds import reason
from bot.review.differing import changes, words
from bot.review.facing import ago
from bot.review.findings import Repeats
from bot.review.rows import Look
from bot.review.times import read

LONDON = ZoneInfo("Europe/London")
NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)  # a Friday


def message(name: str, text: str) -> Message:
    """A message of the campaign c."""
    return Message(id=f"c/{name}", campaign="c", path=f"{name}.md", text=text, language="en")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2026-12-01 18:00", "2026-12-01T18:00"),
        ("2026-12-01T18:00+02:00", "2026-12-01T16:00"),
        ("9:30", "2026-11-20T09:30"),
        ("8:30", "2026-11-21T08:30"),  # gone today
        ("tomorrow 07:00", "2026-11-21T07:00"),
        ("fri 18:00", "2026-11-20T18:00"),
        ("Friday 08:00", "2026-11-27T08:00"),
        ("mon 08:00", "2026-11-23T08:00"),
        ("2027-06-01 12:00", "2027-06-01T11:00"),  # summer time
    ],
)
def test_a_typed_time_is_the_next_that_comes(typed: str, meant: str) -> None:
    """As a person means it, in the zone of the schedules."""
    assert read(typed, NOW, LONDON) == datetime.fromisoformat(meant).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("2026-11-20 08:00", "is past"),
        ("2027-03-28 01:30", "does not exist"),
        ("soon", "is not a date"),
        ("25:00", "is not a time"),
        ("2026-12-01", "say the hour as well"),
        ("", "is not a date"),
        ("fri", "is not a date"),
    ],
)
def test_a_time_that_cannot_be_is_refused(typed: str, why: str) -> None:
    """Rather asked again than guessed."""
    with pytest.raises(ValueError, match=why):
        read(typed, NOW, LONDON)


@given(st.text(max_size=30))
def test_any_typed_time_is_read_or_refused(typed: str) -> None:
    """A cat on the keyboard ends no session."""
    try:
        assert read(typed, NOW, LONDON) > NOW
    except ValueError as error:
        assert str(error)


def test_near_repeats_name_the_nearest_other_message() -> None:
    """Also one that waits; not the message itself, nor one that is gone."""
    old = message("old", "Rents have doubled in ten years and wages have not moved at all.")
    new = message("new", "Rents have doubled in ten years, and wages have not moved.")
    both = {m.id: m for m in (old, new)}
    repeats = Repeats()
    repeats.learn([old, new, message("other", "Come to the vigil on Friday at six.")])
    assert repeats.near(new, both) == "c/old"
    assert repeats.near(old, both) == "c/new"
    assert repeats.near(new, {new.id: new}) == ""


def parts(text: str, **more: object) -> dict[str, str]:
    """What the log keeps of an approved message."""
    whole = {"text": {"texts": [text, {}, []], "tags": [[], [], ["A"], [], 1]}, "alt": None, **more}
    return {name: json.dumps(value) for name, value in whole.items()}


def test_changes_are_told_by_what_they_are_of() -> None:
    """Text word by word; times as local times; another picture as another file."""
    before = parts("We march on Friday.", time=[NOW.timestamp(), None, None], picture={"a": "1"})
    after = parts(
        "We march on Monday.", time=[NOW.timestamp() + 86_400, None, None], picture={"a": "2"}
    )
    told = {c.what: "".join(text for text, _ in c.spans) for c in changes(before, after, LONDON)}
    assert told == {
        "text": "We march on [-Friday.-]{+Monday.+}",
        "goes out at": "[-Fri-]{+Sat+} [-2026-11-20-]{+2026-11-21+} 09:00",
        "picture": "another file",
    }
    assert changes(before, before, LONDON) == ()


@given(st.text(max_size=60), st.text(max_size=60))
def test_a_difference_holds_both_texts(before: str, now: str) -> None:
    """Nothing that is new is left out, and nothing that is gone."""
    spans = words(before, now)
    new = "".join(t[2:-2] if look is Look.NEW else t for t, look in spans if look != Look.GONE)
    old = "".join(t[2:-2] if look is Look.GONE else t for t, look in spans if look != Look.NEW)
    assert (old, new) == (before, now)


def test_scripts_without_blanks_differ_letter_by_letter() -> None:
    """Else a whole paragraph would count as one other word."""
    assert words("新聞不是罪", "新闻不是罪")[-1] == ("不是罪", Look.PLAIN)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("2", "B."),
        ("1, 3: and say where", "A. C. and say where"),
        ("It is Saturday: look", "It is Saturday: look"),
        ("2 people said so", "2 people said so"),
        ("9", ""),
        ("  ", ""),
    ],
)
def test_reasons_by_number(typed: str, said: str) -> None:
    """Numbers stand for common reasons only where they stand alone or before a colon."""
    assert reason(typed, ["A.", "B.", "C."]) == said


@pytest.mark.parametrize(
    ("span", "said"),
    [
        (timedelta(0), "now"),
        (timedelta(minutes=1), "1 minute ago"),
        (timedelta(minutes=-90), "in 90 minutes"),
        (timedelta(hours=30), "30 hours ago"),
        (timedelta(days=-3), "in 3 days"),
        (timedelta(days=1745), "4 years ago"),
    ],
)
def test_how_long_ago(span: timedelta, said: str) -> None:
    """Roughly, as people say it."""
    assert ago(span) == said
