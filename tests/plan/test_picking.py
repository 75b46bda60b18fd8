"""How a schedule draws its messages."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import timedelta

from bot.model import Pick
from tests.plan.desk import (
    MASTO,
    MONDAY,
    X,
    catalog,
    message,
    names,
    planned,
    reasons,
    schedule,
    week,
)

FIVE = [message(n) for n in "abcde"]


def test_in_order_says_each_once_then_stops() -> None:
    """A queue ends when it is empty, and says so."""
    posts = week(catalog(FIVE, [schedule(pick=Pick.IN_ORDER)]))
    assert names(posts) == list("abcde")
    assert reasons(posts) == ["nothing left to say: all of 5 messages went out before"] * 2


def test_rotation_takes_the_one_not_said_for_longest() -> None:
    """With variants a round can begin again, in the same order."""
    messages = [message(n, variants=(f"another {n} wording of it, number {n}",)) for n in "abc"]
    assert names(week(catalog(messages, [schedule()]), days=6)) == list("abcabc")


def test_rotation_is_shared_between_schedules() -> None:
    """Morning and evening draw from one round, not each from its own."""
    posts = week(catalog(FIVE, [schedule("morning"), schedule("evening", "18:00")]), days=2)
    assert names(posts) == list("abcd")


def test_shuffle_says_all_before_it_repeats_any() -> None:
    """Each round is an order of its own, none twice within it."""
    many = [
        message(f"m{i:02}", variants=(f"other words {i} for this very one {i}",)) for i in range(12)
    ]
    drawn = names(week(catalog(many, [schedule(pick=Pick.SHUFFLE)]), days=24))
    first, second = drawn[:12], drawn[12:]
    assert len(set(first)) == len(set(second)) == 12
    assert first != sorted(first, key=str)
    assert first != second


def test_weighted_prefers_the_heavier() -> None:
    """Weight 9 comes first about nine times as often as weight 1."""
    first: Counter[str | None] = Counter()
    heavy, light = replace(FIVE[0], weight=9), FIVE[1]
    of = catalog([heavy, light], [schedule(pick=Pick.WEIGHTED)])
    for day in range(300):
        start = MONDAY + timedelta(days=day)
        first[names(planned(of, start, start + timedelta(days=1)))[0]] += 1
    assert 240 <= first["a"] <= 295


def test_language_and_action_filters() -> None:
    """A schedule draws only what it was made for; `pt` takes `pt-BR`; no language is any."""
    messages = [message("es", language="es"), message("br", language="pt-BR"), message("en")]
    posts = week(catalog(messages, [schedule(languages=("pt",))]), days=2)
    assert names(posts) == ["br"]
    unnamed = [message("none", language="")]
    spanish = replace(X, languages=("es",))
    posts = week(catalog(unnamed, [schedule(languages=("es",))], spanish, MASTO), days=1)
    assert names(posts) == ["none"]
    signing = [message("sign", action="petition"), message("come", action="event")]
    assert names(week(catalog(signing, [schedule(actions=("event",))]), days=1)) == ["come"]


def test_a_message_that_fits_nowhere_does_not_stop_the_next() -> None:
    """Bad input never stops the rest."""
    posts = week(catalog([message("a", text="TOO LONG a"), message("b")], [schedule()]), days=1)
    assert names(posts) == ["b"]


def test_what_is_not_true_is_not_said() -> None:
    """`true_until` and `not_before` decide at the post's hour, not at planning time."""
    ends = message("a", true_until=MONDAY + timedelta(days=1, hours=9))
    begins = message("b", not_before=MONDAY + timedelta(days=2))
    posts = week(catalog([ends, begins], [schedule(pick=Pick.IN_ORDER)]), days=4)
    assert names(posts) == ["a", "b"]
    assert [p.at.day for p in posts if p.message and p.account == "x-main"] == [16, 18]
