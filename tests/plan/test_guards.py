"""What keeps a post from an account."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal

from bot.model import Account, NetworkName, PostState
from bot.plan import plan_one
from tests.plan.desk import (
    MASTO,
    MONDAY,
    X,
    catalog,
    draft,
    message,
    names,
    past,
    reasons,
    schedule,
    week,
)

FIVE = [message(n) for n in "abcde"]


def test_quiet_hours_span_midnight() -> None:
    """23:00-07:00 keeps both ends of the night quiet, and says why."""
    quiet = replace(X, quiet_from=time(23), quiet_to=time(7))
    times = ("06:59", "07:00", "22:59", "23:00")
    posts = week(catalog(FIVE, [schedule("s", *times)], quiet, MASTO), days=1)
    assert [p.at.strftime("%H:%M") for p in posts if p.account == "x-main" and p.draft] == [
        "07:00",
        "22:59",
    ]
    assert reasons(posts) == ["quiet hours of x-main (23:00-07:00)"] * 2


def test_quiet_days_are_left_out() -> None:
    """On a day of mourning nothing goes out, on any account, and the plan says why."""
    tuesday = MONDAY.date() + timedelta(days=1)
    quiet = replace(catalog(FIVE, [schedule("s", "09:00")], X), quiet_days=((tuesday, tuesday),))
    posts = week(quiet, days=3)
    assert [p.draft is not None for p in posts] == [True, False, True]
    assert reasons(posts) == [f"{tuesday} is a quiet day"]


def test_least_gap() -> None:
    """Two posts of an account keep their distance; the other account is not held up."""
    gap = replace(X, least_gap=timedelta(minutes=30))
    posts = week(catalog(FIVE, [schedule("s", "09:00", "09:29", "09:59")], gap, MASTO), days=1)
    assert names(posts) == ["a", "c"]
    assert reasons(posts) == ["less than 30 min from the post of 09:00 on x-main"]
    assert names(posts, "masto-en") == ["a", "b", "c"]


def test_posts_a_day_are_of_the_local_day() -> None:
    """The cap counts by the organisation's day, not by UTC's."""
    capped = replace(X, posts_per_day=2)
    posts = week(catalog(FIVE, [schedule("s", "08:00", "12:00", "16:00")], capped, MASTO), days=1)
    assert names(posts) == ["a", "b"]
    assert reasons(posts) == ["x-main has its 2 posts for the day"]


def test_a_fixed_time_wins_over_a_drawn_one() -> None:
    """What a person put at 09:10 is not pushed out by what a schedule drew at 09:00."""
    fixed = message("fixed", at=datetime(2026, 11, 16, 9, 10, tzinfo=UTC))
    gap = replace(X, least_gap=timedelta(minutes=30))
    posts = week(catalog([*FIVE, fixed], [schedule()], gap, MASTO), days=1)
    assert names(posts) == ["fixed"]
    assert reasons(posts) == ["less than 30 min from the post of 09:10 on x-main"]


def test_same_message_never_to_two_x_accounts() -> None:
    """X's rules forbid one text from several accounts: in one slot, later, and by hand."""
    second = Account("x-two", NetworkName.X)
    both = schedule(accounts=("x-main", "x-two"))
    of = catalog([message("a", variants=("wholly different words here",))], [both], X, second)
    posts = week(of, days=2)
    assert names(posts) == ["a", "a"]
    assert names(posts, "x-two") == []
    assert all("never goes to two X accounts" in r for r in reasons(posts, "x-two"))
    by_hand = plan_one(of, of.messages["c/a"], second, MONDAY, map(past, posts), draft)
    assert "never goes to two X accounts" in by_hand.reason


def test_exact_repeats_are_refused_near_ones_warned_about() -> None:
    """The same words in other clothes are the same words; similar ones are let through, marked."""
    text = "the court decides today about press freedom and the right to know everywhere"
    same = message("same", text=text.upper() + "!")
    near = message("near", text=text + " now")
    of = catalog([message("a", text=text), same, near], [schedule()])
    posts = week(of, days=3)
    assert names(posts) == ["a", "near"]
    assert "said before, in c/a" in plan_one(of, same, X, MONDAY, map(past, posts), draft).reason
    marked = next(p.draft for p in posts if p.message == "c/near" and p.draft)
    assert marked.warnings == ("nearly the same words as c/a on 2026-11-16",)


def test_near_repeats_beyond_the_span_are_not_mentioned() -> None:
    """The span is the organisation's to choose."""
    text = "the court decides today about press freedom and the right to know everywhere"
    of = catalog(
        [message("a", text=text), message("b", text=text + " now")],
        [schedule(days=("mon",))],
        near_repeat=timedelta(days=6),
    )
    assert all(p.draft.warnings == () for p in week(of, days=14) if p.draft)


def test_spending_cap_stops_x_and_not_mastodon() -> None:
    """What is spent counts against the cap of its own month, with what reading will cost."""
    capped = replace(X, monthly_cap_usd=Decimal("1.05"))
    spent = {("x-main", "2026-11"): Decimal(1), ("x-main", "2026-10"): Decimal(9)}
    posts = week(catalog(FIVE, [schedule()], capped, MASTO), days=3, spent=spent)
    assert names(posts) == ["a", "b"]
    assert "spending cap of x-main: $1.042 of $1.05" in reasons(posts)[0]
    assert names(posts, "masto-en") == ["a", "b", "c"]


def test_only_for_some_accounts_networks_languages() -> None:
    """A message for Mastodon leaves X's slot empty with the reason, not with another text."""
    for_mastodon = message("m", networks=(NetworkName.MASTODON,))
    posts = week(catalog([for_mastodon], [schedule()]), days=1)
    assert names(posts, "masto-en") == ["m"]
    assert reasons(posts) == ["only for mastodon"]
    spanish_x = replace(X, languages=("es",))
    posts = week(catalog([message("a")], [schedule()], spanish_x, MASTO), days=1)
    assert reasons(posts) == ["in en, which x-main does not take"]


def test_by_hand_goes_before_hours_and_gaps_not_before_truth() -> None:
    """A person at the keyboard decides when; never that something false goes out."""
    quiet = replace(X, quiet_from=time(0), quiet_to=time(23, 59))
    of = catalog([message("a"), message("b", true_until=MONDAY)], [schedule()], quiet, MASTO)
    said = plan_one(of, of.messages["c/a"], quiet, MONDAY, [], draft)
    assert said.state is PostState.PLANNED
    assert (
        plan_one(of, of.messages["c/b"], quiet, MONDAY, [], draft).reason == "not true at this time"
    )
