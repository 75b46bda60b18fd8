"""A plan does not depend on how time is cut: what lets it be a promise."""

from __future__ import annotations

from datetime import time, timedelta
from decimal import Decimal
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.model import Account, Catalog, Message, NetworkName, PastPost, Pick, Post
from tests.plan.desk import MONDAY, catalog, message, past, planned, schedule

minutes = st.integers(0, 24 * 60 - 1)
clock_times = minutes.map(lambda m: f"{m // 60:02}:{m % 60:02}")
names = ("x-main", "x-two", "masto-en")


@st.composite
def accounts(draw: st.DrawFn, name: str) -> Account:
    """An account with some of the guards on."""
    quiet = draw(st.booleans())
    return Account(
        name,
        NetworkName.X if name.startswith("x") else NetworkName.MASTODON,
        posts_per_day=draw(st.sampled_from([None, 1, 3])),
        least_gap=timedelta(minutes=draw(st.sampled_from([0, 45, 300]))),
        quiet_from=time(22) if quiet else None,
        quiet_to=time(8) if quiet else None,
        monthly_cap_usd=draw(st.sampled_from([None, Decimal("0.10")])),
    )


@st.composite
def messages(draw: st.DrawFn, number: int) -> Message:
    """A message, perhaps with a time of its own, variants or an end."""
    offset = st.integers(-1440, 6 * 1440).map(lambda m: MONDAY + timedelta(minutes=m))
    return message(
        f"m{number}",
        at=draw(st.none() | offset),
        true_until=draw(st.none() | offset),
        variants=tuple(
            f"variant {i} of {number} {'abc'[i] * 5}" for i in range(draw(st.integers(0, 2)))
        ),
        weight=draw(st.integers(1, 4)),
        accounts=draw(st.sampled_from([(), ("x-main",), ("masto-en", "x-two")])),
    )


@st.composite
def catalogs(draw: st.DrawFn) -> Catalog:
    """A few accounts, schedules and messages."""
    schedules = [
        schedule(
            f"s{i}",
            *draw(st.lists(clock_times, min_size=1, max_size=3, unique=True)),
            pick=draw(st.sampled_from(list(Pick))),
            jitter=timedelta(minutes=draw(st.sampled_from([0, 40]))),
            accounts=tuple(draw(st.lists(st.sampled_from(names), min_size=1, unique=True))),
        )
        for i in range(draw(st.integers(1, 3)))
    ]
    found = [draw(messages(i)) for i in range(draw(st.integers(1, 8)))]
    return catalog(found, schedules, *[draw(accounts(n)) for n in names])


@settings(max_examples=150, deadline=None)
@given(catalogs(), st.lists(st.integers(1, 2 * 1440), min_size=1, max_size=8))
def test_pieces_make_the_whole(of: Catalog, cuts: list[int]) -> None:
    """Planned tick by tick, with what was planned as history, it is the plan of the span."""
    edges = [MONDAY]
    for cut in cuts:
        edges.append(edges[-1] + timedelta(minutes=cut))
    history: list[PastPost] = []
    spent: dict[tuple[str, str], Decimal] = {}
    pieces: list[Post] = []
    for start, end in pairwise(edges):
        found = planned(of, start, end, history, spent=spent)
        pieces += found
        history += map(past, found)
        for post in found:
            if post.draft is not None:
                key = (post.account, f"{post.at:%Y-%m}")
                spent[key] = spent.get(key, Decimal(0)) + post.draft.cost_usd
    whole = planned(of, MONDAY, edges[-1])
    assert pieces == whole


@settings(max_examples=100, deadline=None)
@given(catalogs())
def test_rules_hold_in_every_plan(of: Catalog) -> None:
    """One X account a message, no text twice, no slot twice, gaps and caps kept."""
    posts = [p for p in planned(of, MONDAY, MONDAY + timedelta(days=5)) if p.draft]
    assert len({(p.slot, p.account) for p in posts}) == len(posts)
    x_accounts: dict[str | None, str] = {}
    texts: set[tuple[str, str]] = set()
    for post in posts:
        scope = "x" if post.network is NetworkName.X else post.account
        assert post.draft is not None
        assert (scope, post.draft.text) not in texts
        texts.add((scope, post.draft.text))
        if post.network is NetworkName.X:
            assert x_accounts.setdefault(post.message, post.account) == post.account
    for account in of.accounts.values():
        mine = [p for p in posts if p.account == account.name]
        drawn = [p for p in mine if p.schedule]
        for post in drawn:
            assert all(abs(post.at - o.at) >= account.least_gap for o in mine if o is not post)
