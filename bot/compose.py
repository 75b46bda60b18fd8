"""Message + account + limits -> the exact text, or why there is none.

    body             the text, or the network's own, or a variant when it comes round again
    + link           its own or its action's, where the body does not have it
    + hashtags       the campaign's, the message's, the rotating ones, where missing

What does not fit is dropped in this order, the last of each first: rotating hashtags, the
message's hashtags, the campaign's hashtags, the link. The body itself is never cut: if it
does not fit alone, the message is refused for that account with the count and the surplus.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from urllib.parse import urlsplit

from bot.model import (
    CARD_SIZE,
    Account,
    Campaign,
    CardSpec,
    Limits,
    LinkPlace,
    Message,
    NetworkName,
    Prices,
    Refusal,
)
from bot.share_card import card_spec
from bot.text import count_mastodon, count_x


@dataclass(frozen=True, slots=True)
class Counted:
    """A text as one network counts it."""

    length: int
    limit: int
    urls: tuple[str, ...]
    hashtags: tuple[str, ...]
    frozen_length: int
    """Twitter-text's rule of 2021, which counts newer emoji as more; equal elsewhere."""
    well_formed: bool

    @property
    def surplus(self) -> int:
        """How many characters there are too many; 0 or less when it fits."""
        return self.length - self.limit


@dataclass(frozen=True, slots=True)
class Composed:
    """All of a draft but its picture file, which is drawn elsewhere."""

    text: str
    thread: tuple[str, ...]
    thread_lengths: tuple[int, ...]
    length: int
    limit: int
    link: str | None
    hashtags: tuple[str, ...]
    content_warning: str | None
    card: CardSpec | None
    cost_usd: Decimal
    warnings: tuple[str, ...]


def count(text: str, account: Account, limits: Limits, content_warning: str = "") -> Counted:
    """Count `text` as the account's network does, against the account's limit."""
    if account.network is NetworkName.X:
        x = count_x(text, limit=limits.characters)
        # `valid` also says no to a text that is only too long; that is told by `length`.
        well_formed = x.valid or x.length > limits.characters
        return Counted(
            x.length, limits.characters, tuple(x.urls), tuple(x.hashtags), x.frozen_length,
            well_formed,
        )  # fmt: skip
    m = count_mastodon(
        text,
        limit=limits.characters,
        content_warning=content_warning,
        url_length=limits.url_length,
    )
    well_formed = m.valid or m.length > limits.characters
    return Counted(
        m.length, limits.characters, tuple(m.urls), tuple(m.hashtags), m.length, well_formed
    )


def wordings(message: Message, network: NetworkName) -> tuple[str, ...]:
    """The texts that a message has for a network, in the order of their turns."""
    return (message.per_network.get(network, message.text), *message.variants)


def compose(
    message: Message,
    account: Account,
    campaign: Campaign,
    limits: Limits,
    prices: Prices,
    turn: int,
) -> Composed | Refusal:
    """Make the text of `message` for `account`, the `turn`-th time (from 0) it is said there."""
    texts = wordings(message, account.network)
    wording = texts[turn % len(texts)]
    if not wording.strip():
        return Refusal(f"it has no text for {account.network}")
    warning_line = message.content_warning or ""
    body, thread = wording, message.thread
    if account.network is NetworkName.X and warning_line:
        # X has no field for it; in front of each text a reader still meets it first.
        body, *rest = (f"CW: {warning_line}\n\n{text}" for text in (wording, *thread))
        thread, warning_line = tuple(rest), ""
    if message.poll is not None and (refusal := _poll_problem(message, account, limits)):
        return refusal

    body_count = count(body, account, limits, warning_line)
    if not body_count.well_formed:
        return Refusal(f"{account.network} refuses a character in its text")
    if body_count.surplus > 0:
        return Refusal(_too_long("its text", body_count))
    following = [count(part, account, limits, warning_line) for part in thread]
    for number, part_count in enumerate(following, start=2):
        if part_count.surplus > 0 or not part_count.well_formed:
            return Refusal(_too_long(f"part {number} of its thread", part_count))

    link = message.link
    link_in_text = link is not None and not has_link(body, body_count.urls, link)
    on_card = account.links is LinkPlace.CARD and link_in_text
    tags = missing_hashtags(message, campaign, turn, body_count.hashtags)
    fitted = fit(
        body,
        link if link_in_text and not on_card else None,
        tags,
        lambda text: count(text, account, limits, warning_line).surplus <= 0,
    )
    text, keep_link, dropped = fitted.text, fitted.link is not None, fitted.dropped
    counted = count(text, account, limits, warning_line)

    printed_link = link if link_in_text and not keep_link else None
    size = account.card_size or CARD_SIZE[account.network]
    card = card_spec(message, campaign, wording, printed_link, size)
    warnings = [f"no room for {', '.join(dropped)}"] if dropped else []
    if on_card and card is None:
        warnings.append("the link has no card to stand on")
    if counted.frozen_length > limits.characters >= counted.length:
        warnings.append(
            f"by X's rules of 2021, which count new emoji in full, this is "
            f"{counted.frozen_length} of {limits.characters}"
        )
    return Composed(
        text=text,
        thread=thread,
        thread_lengths=tuple(part.length for part in following),
        length=counted.length,
        limit=counted.limit,
        link=link,
        hashtags=counted.hashtags,
        content_warning=warning_line or None,
        card=card,
        cost_usd=_cost(
            [counted, *following],
            account.network,
            prices,
            alt=card is not None or message.image is not None,
        ),
        warnings=tuple(warnings),
    )


@dataclass(frozen=True, slots=True)
class Fitted:
    """A body with as much of its link and hashtags as there is room for."""

    text: str
    link: str | None
    """The one that was put behind the body."""
    dropped: tuple[str, ...]
    """What there was no room for, in the order in which it was left out."""


def fit(body: str, link: str | None, tags: Sequence[str], fits: Callable[[str], bool]) -> Fitted:
    """Put link and hashtags behind `body`, and leave out what does not fit, the last first.

    The body is whole in any case: whether it fits alone is for the caller to find out.
    """
    kept = list(tags)
    dropped: list[str] = []
    while not fits(text := _join(body, link, kept)):
        if kept:
            dropped.append(f"#{kept.pop()}")
        elif link is not None:
            dropped.append(link)
            link = None
        else:
            break
    return Fitted(text, link, tuple(dropped))


def _too_long(what: str, counted: Counted) -> str:
    if not counted.well_formed:
        return f"{what} has a character that the network refuses"
    return (
        f"{what} counts {counted.length} of {counted.limit} characters: {counted.surplus} too many"
    )


def _poll_problem(message: Message, account: Account, limits: Limits) -> Refusal | None:
    poll = message.poll
    if poll is None:
        return None
    if account.network is NetworkName.X and poll.multiple:
        return Refusal("X has no polls with several answers")
    if len(poll.options) > limits.poll_options:
        return Refusal(f"its poll has {len(poll.options)} answers of {limits.poll_options}")
    for option in poll.options:
        if len(option) > limits.poll_option_characters:
            return Refusal(
                f'its poll\'s answer "{option}" has {len(option)} characters of '
                f"{limits.poll_option_characters}"
            )
    return None


def missing_hashtags(
    message: Message, campaign: Campaign, turn: int, present: tuple[str, ...]
) -> list[str]:
    """Hashtags to append, the ones to keep longest first."""
    pool = campaign.rotating_hashtags
    # Each message starts at its own place in the pool, so that a day's posts differ.
    start = zlib.crc32(message.id.encode()) + turn * campaign.rotate
    rotating = [pool[(start + i) % len(pool)] for i in range(min(campaign.rotate, len(pool)))]
    seen = {tag.casefold() for tag in (*present, *message.without_hashtags)}
    missing: list[str] = []
    for tag in (*campaign.hashtags, *message.hashtags, *rotating):
        if tag.casefold() not in seen:
            seen.add(tag.casefold())
            missing.append(tag)
    return missing


def has_link(body: str, urls: tuple[str, ...], link: str) -> bool:
    """Tell whether `body`, in which a network finds `urls`, leads to `link` already."""
    return link in body or any(_bare(url) == _bare(link) for url in urls)


def _bare(url: str) -> str:
    """An address without what does not change where it leads."""
    parts = urlsplit(url if "://" in url else f"https://{url}")
    host = (parts.hostname or "").removeprefix("www.")
    query = f"?{parts.query}" if parts.query else ""
    return f"{host}{parts.path.rstrip('/')}{query}"


def _join(body: str, link: str | None, tags: Sequence[str]) -> str:
    tail = "\n".join(filter(None, (link, " ".join(f"#{tag}" for tag in tags))))
    return f"{body}\n\n{tail}" if tail else body


def _cost(parts: Sequence[Counted], network: NetworkName, prices: Prices, *, alt: bool) -> Decimal:
    """What X charges for posting this; zero elsewhere."""
    if network is not NetworkName.X:
        return Decimal(0)
    posts = (prices.post_with_link if part.urls else prices.post for part in parts)
    return sum(posts, prices.alt_text if alt else Decimal(0))
