"""Posts, pictures and accounts to make sheets of, without a planner or a card engine."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from PIL import Image, ImageDraw

from bot.model import (
    Account,
    Brand,
    Campaign,
    Catalog,
    Draft,
    Message,
    NetworkName,
    Picture,
    Post,
    PostState,
    Schedule,
)
from bot.networks.base import DEFAULT_LIMITS
from bot.proof import Sheet, page, sheet
from bot.proof.nouns import Material
from bot.proof.pictures import embed

LONDON = ZoneInfo("Europe/London")
MONDAY = datetime(2026, 7, 6, tzinfo=LONDON)
"""A summer's Monday: local days are not those of UTC."""

X = Account("x-main", NetworkName.X, least_gap=timedelta(minutes=30))
MASTO = Account("masto-en", NetworkName.MASTODON, server="https://social.example")
OTHER = Account("masto-intl", NetworkName.MASTODON, server="https://social.example")
ACCOUNTS = {a.name: a for a in (X, MASTO, OTHER)}

GREEN, VIOLET = (0, 0xC8, 0x53), (0xD5, 0, 0xF9)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """A local moment of the week that begins with `MONDAY`."""
    return (MONDAY + timedelta(days=day)).replace(hour=hour, minute=minute)


def draft(account: Account, text: str, **more: Any) -> Draft:
    """A draft that counts what it is long."""
    limit = DEFAULT_LIMITS[account.network].characters
    fields: dict[str, Any] = {"language": "en", "length": len(text), "limit": limit, **more}
    return Draft(account.name, account.network, text, **fields)


def post(
    account: Account, when: datetime, made: Draft | str, name: str = "one", **more: Any
) -> Post:
    """A planned post, or with a text for the draft one that is skipped for that reason."""
    planned = isinstance(made, Draft)
    fields: dict[str, Any] = {"slot": f"daily|{when:%Y-%m-%d|%H:%M}", "schedule": "daily", **more}
    return Post(
        at=when.astimezone(UTC),
        account=account.name,
        network=account.network,
        campaign="c",
        message=f"c/{name}",
        state=PostState.PLANNED if planned else PostState.SKIPPED,
        reason="" if isinstance(made, Draft) else made,
        draft=made if isinstance(made, Draft) else None,
        **fields,
    )


def everywhere(when: datetime, text: str, name: str = "one", **more: Any) -> list[Post]:
    """The same words on X and on Mastodon; X charges."""
    return [
        post(X, when, draft(X, text, **{"cost_usd": Decimal("0.015"), **more}), name),
        post(MASTO, when, draft(MASTO, text, **more), name),
    ]


def card(
    root: Path, name: str = "card", size: tuple[int, int] = (1200, 675), **more: Any
) -> Picture:
    """A picture in two colours that nothing else has, as drawn into images/cards/."""
    image = Image.new("RGB", size, more.get("ground", GREEN))
    ImageDraw.Draw(image).rectangle(
        (size[0] // 8, size[1] // 8, size[0] // 2, size[1] // 2), fill=VIOLET
    )
    out = io.BytesIO()
    image.save(out, "PNG")
    return stored(root, f"{name}.png", out.getvalue(), more.get("alt", "A violet box on green"))


def stored(root: Path, name: str, content: bytes, alt: str = "What it shows") -> Picture:
    """A picture file in its place."""
    path = Path("images/cards") / name
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_bytes(content)
    return Picture(path, "image/png", alt, sha256(content).hexdigest())


def message(name: str, **more: Any) -> Message:
    """A message's file."""
    fields: dict[str, Any] = {"text": name, "language": "en", **more}
    return Message(id=f"c/{name}", campaign="c", path=f"content/c/messages/{name}.md", **fields)


def material(
    posts: Sequence[Post], root: Path | None = None, days: int = 7, **more: Any
) -> Material:
    """What a sheet of these posts is made of; with `root` their pictures are read."""
    accounts = more.pop("accounts", ACCOUNTS)
    messages = more.pop("messages", ())
    pictures = [p.draft.picture for p in posts if p.draft and p.draft.picture]
    names = {p.message or "" for p in posts}
    known = {name: message(name.split("/")[-1]) for name in names if name}
    return Material(
        posts=sorted(posts, key=lambda p: p.at),
        catalog=Catalog(
            zone=more.pop("zone", LONDON),
            accounts=accounts,
            schedules=(Schedule("daily", "c", ZoneInfo("America/Mexico_City"), tuple(accounts)),),
            campaigns={"c": Campaign("c", {"": "Clean Water"}, ("en",), Brand("Clean Water"))},
            messages={**known, **{m.id: m for m in messages}},
        ),
        limits={a.name: DEFAULT_LIMITS[a.network] for a in accounts.values()},
        start=more.pop("start", MONDAY),
        end=more.pop("end", MONDAY + timedelta(days=days)),
        made=MONDAY - timedelta(days=3),
        pictures=embed(root, pictures) if root is not None else {},
        **more,
    )


def sheet_of(posts: Sequence[Post], root: Path | None = None, **more: Any) -> Sheet:
    """The sheet of these posts."""
    return sheet(material(posts, root, **more))


def page_of(posts: Sequence[Post], root: Path | None = None, **more: Any) -> str:
    """The page of these posts."""
    return page(sheet_of(posts, root, **more))
