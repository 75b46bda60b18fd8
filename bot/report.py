"""Deliveries + samples -> what came of them: per message, hashtag, hour and account.

Counts are taken from each post's newest sample. A count that a network never gave is None
in every sum it would belong to, not zero: "nobody said" is not "nobody liked it".
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass, fields
from decimal import Decimal
from zoneinfo import ZoneInfo

from bot.model import Counts, Delivery, Sample, State

METRICS = tuple(f.name for f in fields(Counts))


@dataclass(frozen=True, slots=True)
class Line:
    """What one group of posts came to."""

    key: str
    posts: int
    measured: int
    """How many of the posts have a sample."""
    counts: Counts
    interactions: int
    """Likes, reposts, replies and quotes together, as far as they are known."""
    cost_usd: Decimal
    simulated: bool
    """Some of it was made up by the sandbox."""

    @property
    def per_post(self) -> float | None:
        """Interactions per measured post."""
        return self.interactions / self.measured if self.measured else None


@dataclass(frozen=True, slots=True)
class Report:
    """The same posts, grouped in four ways, the most answered first."""

    posts: int
    total: Line
    by_message: tuple[Line, ...]
    by_hashtag: tuple[Line, ...]
    by_hour: tuple[Line, ...]
    by_account: tuple[Line, ...]


def summarize(deliveries: Iterable[Delivery], samples: Iterable[Sample], zone: ZoneInfo) -> Report:
    """Sum up the posts that went out.

    Hours are those of `zone`; a post with three hashtags counts in three lines.
    """
    newest: dict[int, Sample] = {}
    for sample in samples:
        if sample.delivery not in newest or sample.at > newest[sample.delivery].at:
            newest[sample.delivery] = sample
    sent = [d for d in deliveries if d.state is State.SENT]

    def hour(delivery: Delivery) -> list[str]:
        posted = delivery.receipt.posted_at if delivery.receipt else None
        return [f"{(posted or delivery.due).astimezone(zone):%H}:00"]

    def group(keys: Callable[[Delivery], Sequence[str]]) -> tuple[Line, ...]:
        members: dict[str, list[Delivery]] = defaultdict(list)
        for delivery in sent:
            for key in keys(delivery):
                members[key].append(delivery)
        lines = [_line(key, posts, newest) for key, posts in members.items()]
        return tuple(sorted(lines, key=lambda line: (-line.interactions, line.key)))

    return Report(
        posts=len(sent),
        total=_line("total", sent, newest),
        by_message=group(lambda d: [d.message]),
        by_hashtag=group(lambda d: [f"#{tag}" for tag in _once(d.draft.hashtags)]),
        by_hour=tuple(sorted(group(hour), key=lambda line: line.key)),
        by_account=group(lambda d: [d.account]),
    )


def _once(tags: Sequence[str]) -> list[str]:
    """Drop repeats that differ only in case."""
    return list({tag.casefold(): tag for tag in tags}.values())


def _line(key: str, posts: Sequence[Delivery], newest: Mapping[int, Sample]) -> Line:
    measured = [newest[d.id] for d in posts if d.id in newest]
    sums: list[int | None] = []
    for values in zip(*(astuple(s.counts) for s in measured), strict=True):
        known = [v for v in values if v is not None]
        sums.append(sum(known) if known else None)
    counts = Counts(*sums) if measured else Counts()
    answered = (counts.likes, counts.reposts, counts.replies, counts.quotes)
    return Line(
        key=key,
        posts=len(posts),
        measured=len(measured),
        counts=counts,
        interactions=sum(n for n in answered if n is not None),
        cost_usd=sum((d.draft.cost_usd for d in posts if d.part == 0), Decimal(0)),
        simulated=any(s.simulated for s in measured),
    )
