"""Small catalogs for planning tests."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from bot.model import (
    Account,
    Brand,
    Campaign,
    Catalog,
    Draft,
    Message,
    NetworkName,
    PastPost,
    Post,
    PostState,
    Refusal,
    Schedule,
    State,
)
from bot.plan import plan
from bot.slots import slots

LONDON = ZoneInfo("Europe/London")
MONDAY = datetime(2026, 11, 16, tzinfo=UTC)

X = Account("x-main", NetworkName.X)
MASTO = Account("masto-en", NetworkName.MASTODON, server="https://mastodon.example")

WORDS = ("court", "press", "truth", "rights", "letter", "release", "public", "prison", "leaks")


def message(name: str, **more: Any) -> Message:
    """A message whose words differ from those of any other name."""
    n = sum(map(ord, name))
    text = " ".join(WORDS[(n * 7 + i * (n % 5 + 1)) % len(WORDS)] + name for i in range(6))
    fields: dict[str, Any] = {"text": text, "language": "en", **more}
    return Message(id=f"c/{name}", campaign="c", path=f"content/c/messages/{name}.md", **fields)


def schedule(name: str = "s", *times: str, **more: Any) -> Schedule:
    """A daily schedule at `times`, at 09:00 if none is given."""
    fields: dict[str, Any] = {
        "zone": LONDON,
        "accounts": ("x-main", "masto-en"),
        "times": tuple(time.fromisoformat(t) for t in times or ("09:00",)),
        **more,
    }
    return Schedule(name=name, campaign="c", **fields)


def catalog(
    messages: Sequence[Message], schedules: Sequence[Schedule], *accounts: Account, **more: Any
) -> Catalog:
    """A catalog of one campaign; X and Mastodon accounts unless others are given."""
    return Catalog(
        zone=LONDON,
        accounts={a.name: a for a in accounts or (X, MASTO)},
        schedules=tuple(schedules),
        campaigns={"c": Campaign("c", {"": "C"}, ("en",), Brand("C"))},
        messages={m.id: m for m in messages},
        **more,
    )


def draft(message: Message, account: Account, turn: int, _at: datetime) -> Draft | Refusal:
    """A drafter without limits: says the wording whose turn it is, costs as X does."""
    wordings = (message.text, *message.variants)
    text = wordings[turn % len(wordings)]
    if text.startswith("TOO LONG"):
        return Refusal("too long")
    cost = Decimal("0.015") if account.network is NetworkName.X else Decimal(0)
    return Draft(
        account.name, account.network, text, message.language, len(text), 280, cost_usd=cost
    )


def planned(
    of: Catalog, start: datetime, end: datetime, history: Iterable[PastPost] = (), **more: Any
) -> list[Post]:
    """Plan a span with the plain drafter."""
    found = [slot for s in of.schedules for slot in slots(s, start, end)]
    return plan(of, found, start, end, history, draft, **more)


def week(of: Catalog, days: int = 7, history: Iterable[PastPost] = (), **more: Any) -> list[Post]:
    """Plan from Monday."""
    return planned(of, MONDAY, MONDAY + timedelta(days=days), history, **more)


def past(post: Post) -> PastPost:
    """What the ledger keeps of a post."""
    return PastPost(
        slot=post.slot,
        account=post.account,
        network=post.network,
        campaign=post.campaign,
        message=post.message or "",
        schedule=post.schedule,
        due=post.at,
        state=State.QUEUED if post.state is PostState.PLANNED else State.SKIPPED,
        text=post.draft.text if post.draft else "",
    )


def names(posts: Iterable[Post], account: str = "x-main") -> list[str | None]:
    """The messages of one account's planned posts, without the campaign."""
    return [
        p.message.split("/")[1] if p.message else None
        for p in posts
        if p.account == account and p.state is PostState.PLANNED
    ]


def reasons(posts: Iterable[Post], account: str = "x-main") -> list[str]:
    """Why posts of one account are skipped."""
    return [p.reason for p in posts if p.account == account and p.state is PostState.SKIPPED]
