"""Looks at a plan as a reader of the timeline would: too much at once, always the same tags."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import timedelta

from bot.model import Post

CROWDED = 3
"""So many posts of an account within `WITHIN` are a burst to whoever follows it."""
WITHIN = timedelta(hours=1)
MONOTONOUS = 5
"""So many posts running with the very same hashtags read like a machine's."""


def with_calendar_warnings(posts: Sequence[Post]) -> list[Post]:
    """Warn, on the post that makes it so, of crowded hours and of the same hashtags running.

    Only planned posts count. The daemon plans in pieces and does not ask: these are for people
    who look at the days to come.
    """
    warnings: dict[int, list[str]] = defaultdict(list)
    by_account: dict[str, list[int]] = defaultdict(list)
    for number, post in enumerate(posts):
        if post.draft is not None:
            by_account[post.account].append(number)
    for account, numbers in by_account.items():
        for number in _crowded(posts, numbers):
            warnings[number].append(f"the third post of {account} within an hour")
        for number, tags in _monotonous(posts, numbers):
            warnings[number].append(f"{MONOTONOUS} posts of {account} running carry just {tags}")
    return [
        replace(post, draft=replace(post.draft, warnings=(*post.draft.warnings, *warnings[n])))
        if n in warnings and post.draft is not None
        else post
        for n, post in enumerate(posts)
    ]


def _crowded(posts: Sequence[Post], numbers: Sequence[int]) -> Iterable[int]:
    for first, last in zip(numbers, numbers[CROWDED - 1 :], strict=False):
        if posts[last].at - posts[first].at < WITHIN:
            yield last


def _monotonous(posts: Sequence[Post], numbers: Sequence[int]) -> Iterable[tuple[int, str]]:
    running, before = 0, frozenset[str]()
    for number in numbers:
        draft = posts[number].draft
        tags = frozenset(tag.casefold() for tag in draft.hashtags) if draft else frozenset()
        running = running + 1 if tags and tags == before else 1
        before = tags
        if running == MONOTONOUS and draft is not None:
            yield number, " ".join(f"#{tag}" for tag in draft.hashtags)
            running = 0
