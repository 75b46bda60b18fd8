"""Posts as the page shows them: who, when, which words are links, which counts."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import PurePath
from urllib.parse import quote

from babel import Locale, UnknownLocaleError

from bot.sandbox import wording
from bot.sandbox.ids import digest
from bot.sandbox.records import NetworkKey, SandboxAccount, SandboxPost
from bot.sandbox.world import World

HUES = 8
"""How many avatar colours style.css has."""
SERVER = "sandbox.example"
"""Stands for the Mastodon server's name in handles; readers never see 127.0.0.1 there."""
MASTODON_SHOWN = 30
X_SHOWN = 27
"""Characters of a link that readers see on X before the ellipsis."""


@dataclass(frozen=True, slots=True)
class Word:
    """A stretch of text; with `href` a link, `outside` where it leads to the real web."""

    text: str
    href: str | None = None
    outside: bool = False


@dataclass(frozen=True, slots=True)
class ShownPicture:
    """A picture and its description."""

    src: str
    alt: str | None
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class ShownCount:
    """One simulated count."""

    icon: str
    label: str
    short: str


@dataclass(frozen=True, slots=True)
class ShownPost:
    """One post, ready for the template."""

    post: SandboxPost
    account: SandboxAccount
    handle: str
    initial: str
    hue: int
    when: str
    exact: str
    words: Sequence[Word]
    language: str
    pictures: Sequence[ShownPicture]
    counts: Sequence[ShownCount]
    poll_ends: str


@dataclass(frozen=True, slots=True)
class Thread:
    """A post and the answers to it by the same account, in order."""

    parts: Sequence[ShownPost]


def show(world: World, post: SandboxPost) -> ShownPost:
    """Prepare one post for the template."""
    account = world.account(post.network, post.account)
    if account is None:
        raise LookupError(f"post {post.id} has no account")
    name = account.display_name or account.username
    local = post.created_at.astimezone(world.zone)
    poll_ends = ""
    if post.poll is not None:
        left = post.created_at + post.poll.duration - world.now()
        poll_ends = "closed" if left <= timedelta(0) else f"{span(left)} left"
    return ShownPost(
        post=post,
        account=account,
        handle=handle(account),
        initial=next((letter for letter in name if letter.isalnum()), "?").upper(),
        hue=digest(account.name)[0] % HUES,
        when=_when(world.now(), post.created_at, local),
        exact=f"{local:%A} {local.day} {local:%B %Y, %H:%M %Z}",
        words=list(_words(post)),
        language=post.language or wording.guess_language(post.text),
        pictures=[
            ShownPicture(
                f"/media/{quote(PurePath(item.file).name)}", item.alt, item.width, item.height
            )
            for item in post.media
        ],
        counts=_counts(post),
        poll_ends=poll_ends,
    )


def handle(account: SandboxAccount) -> str:
    """Return the handle as the network writes it; on Mastodon with a server's name."""
    return f"@{account.username}" if account.network == "x" else f"@{account.username}@{SERVER}"


def threads(world: World, posts: Iterable[SandboxPost]) -> list[Thread]:
    """Group self-replies under their first post; newest thread first."""
    by_id = {post.id: post for post in posts}
    parts: dict[str, list[SandboxPost]] = {}
    for post in by_id.values():
        first = post
        while first.reply_to in by_id and by_id[first.reply_to].account == post.account:
            first = by_id[first.reply_to]
        parts.setdefault(first.id, []).append(post)
    ordered = sorted(parts.values(), key=lambda group: group[-1].created_at, reverse=True)
    return [Thread([show(world, post) for post in group]) for group in ordered]


def _words(post: SandboxPost) -> Iterable[Word]:
    for piece in wording.pieces(post.network, post.text):
        if piece.kind == "url":
            address = wording.address(piece)
            yield Word(_shortened(post.network, address), address, outside=True)
        elif piece.kind == "hashtag":
            yield Word(piece.text, f"/?tag={quote(piece.text[1:])}")
        elif piece.kind == "mention":
            yield Word(piece.text, _profile(post.network, piece.text[1:]), outside=True)
        else:
            yield Word(piece.text)


def _profile(network: NetworkKey, name: str) -> str | None:
    user, _, host = name.partition("@")
    if network == "x":
        return f"https://x.com/{quote(user)}"
    return f"https://{quote(host)}/@{quote(user)}" if host else None


def _shortened(network: NetworkKey, address: str) -> str:
    """Show a link as the network does: no scheme, and cut."""
    bare = address.split("//", 1)[-1].removeprefix("www.")
    shown = X_SHOWN if network == "x" else MASTODON_SHOWN
    if network == "x":
        bare = bare.rstrip("/")
    return bare if len(bare) <= shown else f"{bare[:shown]}…"


def _counts(post: SandboxPost) -> list[ShownCount]:
    counts = post.counts
    if post.network == "x":
        listed = [
            ("reply", "replies", counts.replies),
            ("repost", "reposts", (counts.reposts or 0) + (counts.quotes or 0)),
            ("heart", "likes", counts.likes),
            ("bookmark", "bookmarks", counts.bookmarks),
            ("views", "views", counts.impressions),
        ]
    else:
        listed = [
            ("reply", "replies", counts.replies),
            ("boost", "boosts", counts.reposts),
            ("quote", "quotes", counts.quotes),
            ("star", "favourites", counts.likes),
        ]
    return [ShownCount(icon, label, compact(number or 0)) for icon, label, number in listed]


def language_name(tag: str) -> str:
    """Name a language in itself: `español`; the tag where nobody knows it."""
    if tag == "und":
        return "undetermined"
    try:
        name = Locale.parse(tag, sep="-").get_display_name()
    except (UnknownLocaleError, ValueError):
        return tag
    return tag if name is None else f"{name} ({tag})"


def compact(number: int) -> str:
    """Write 1234 as 1.2K, as both networks do."""
    for size, sign in ((1_000_000, "M"), (1_000, "K")):
        if number >= size:
            shown = math.floor(number / size * 10) / 10
            return f"{shown:g}{sign}"
    return str(number)


def span(length: timedelta) -> str:
    """Write a length of time in its largest unit."""
    seconds = int(length.total_seconds())
    for size, unit in ((86_400, "d"), (3_600, "h"), (60, "min")):
        if seconds >= size:
            return f"{seconds // size} {unit}"
    return f"{max(seconds, 0)} s"


def _when(now: datetime, created: datetime, local: datetime) -> str:
    """Write the hour, and the age within a day as feeds do, or else the date."""
    age = now - created
    if timedelta(0) <= age < timedelta(days=1):
        return f"{local:%H:%M} · {span(age)}"
    this_year = now.astimezone(local.tzinfo).year == local.year
    return f"{local.day} {local:%b, %H:%M}" if this_year else f"{local.day} {local:%b %Y, %H:%M}"
