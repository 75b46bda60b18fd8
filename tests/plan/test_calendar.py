"""What a reader of the timeline would mind: bursts, always the same tags, posts on quiet days."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.model import Draft, NetworkName, Post, PostState
from bot.plan import with_calendar_warnings

NINE = datetime(2026, 11, 20, 9, tzinfo=UTC)


def post(minutes: float, *tags: str, account: str = "x-main", planned: bool = True) -> Post:
    """A post some minutes after nine."""
    draft = Draft(account, NetworkName.X, "A text", "en", 6, 280, hashtags=tags)
    return Post(
        at=NINE + timedelta(minutes=minutes),
        slot=f"s{minutes}",
        account=account,
        network=NetworkName.X,
        campaign="c",
        message="c/m",
        state=PostState.PLANNED if planned else PostState.SKIPPED,
        draft=draft if planned else None,
    )


def warned(*posts: Post) -> list[tuple[str, ...]]:
    """The warnings on each post, in order."""
    return [p.draft.warnings if p.draft else () for p in with_calendar_warnings(posts)]


def test_three_in_an_hour_are_a_burst() -> None:
    """Followers of one account are not rained upon; other accounts' posts do not count."""
    said = ("the third post of x-main within an hour",)
    assert warned(post(0), post(20), post(59)) == [(), (), said]
    assert warned(post(0), post(20), post(60)) == [(), (), ()]
    assert warned(post(0), post(20, account="x-es"), post(40)) == [(), (), ()]
    assert warned(post(0), post(20, planned=False), post(40)) == [(), (), ()]


def test_the_same_tags_five_times_running() -> None:
    """Said once in five posts, whatever the tags' case; posts without tags never."""
    hours = [post(n * 61, "Rent", "Now") for n in range(4)]
    fifth = warned(*hours, post(300, "now", "RENT"), post(400, "rent", "now"))
    assert fifth[4] == ("5 posts of x-main running carry just #now #RENT",)
    assert not fifth[5]
    assert not any(warned(*hours, post(300, "Rent")))
    assert not any(warned(*(post(n * 61) for n in range(6))))
