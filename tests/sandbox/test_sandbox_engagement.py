"""Simulated engagement is believable, and the same in every run."""

from __future__ import annotations

from dataclasses import astuple
from datetime import timedelta
from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.engagement import simulate
from tests.sandbox.stage import Stage

ages = st.timedeltas(timedelta(0), timedelta(days=400))
networks = st.sampled_from(["x", "mastodon"])


@given(st.integers(), networks, st.text(max_size=300), ages, ages, st.booleans(), st.booleans())
def test_counts_never_fall(
    seed: int,
    network: str,
    text: str,
    one: timedelta,
    other: timedelta,
    has_link: bool,
    has_picture: bool,
) -> None:
    """Older posts have at least as much of everything, and nothing is negative."""

    def counts(age: timedelta) -> list[int]:
        found = simulate(seed, network, text, age, has_link=has_link, has_picture=has_picture)
        return [number for number in astuple(found) if number is not None]

    younger, older = counts(min(one, other)), counts(max(one, other))
    assert all(0 <= a <= b for a, b in zip(younger, older, strict=True))


@given(st.integers(), networks, st.text(max_size=300), ages)
def test_same_question_same_answer(seed: int, network: str, text: str, age: timedelta) -> None:
    """A pure function: reports of two runs agree."""
    first, second = (
        simulate(seed, network, text, age, has_link=False, has_picture=True) for _ in range(2)
    )
    assert first == second


@pytest.mark.parametrize("network", ["x", "mastodon"])
def test_sizes_are_believable(network: str) -> None:
    """A few tens to a few hundred likes in the end, most of them on the first day."""
    posts = [f"message {number}" for number in range(300)]

    def likes(age: timedelta) -> list[int]:
        return [
            simulate(7, network, text, age, has_link=False, has_picture=False).likes or 0
            for text in posts
        ]

    assert set(likes(timedelta(0))) == {0}
    assert 20 <= median(likes(timedelta(days=7))) <= 100
    assert 150 <= max(likes(timedelta(days=7))) <= 1000
    assert sum(likes(timedelta(days=1))) >= 0.8 * sum(likes(timedelta(days=7)))


def test_networks_say_what_they_count(stage: Stage) -> None:
    """Mastodon has no bookmarks and views to tell: missing, not zero; a look adds nothing."""
    stage.mastodon.status_post("Free Assange")
    stage.x.create_tweet(text="Free Assange")
    stage.clock.forward(days=2)
    [toot], [tweet] = stage.posts("mastodon"), stage.posts("x")
    assert (toot.counts.bookmarks, toot.counts.impressions) == (None, None)
    assert (tweet.counts.impressions or 0) > (tweet.counts.likes or 0) > 0
    shown = stage.mastodon.status(toot.id)
    assert shown.favourites_count == toot.counts.likes
    metrics = stage.x.get_tweet(tweet.id, tweet_fields=["public_metrics"], user_auth=True)
    assert metrics.data.public_metrics["like_count"] == tweet.counts.likes
    assert stage.posts("x") == [tweet]
