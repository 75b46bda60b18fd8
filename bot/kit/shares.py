"""A text for each network, and the address that opens the network with it.

    X          https://x.com/intent/tweet?text=             docs.x.com, "Web intent"
    Bluesky    https://bsky.app/intent/compose?text=        docs.bsky.app, "Action Intent Links"
    Mastodon   https://SERVER/share?text=                   the reader's server: the page's script
    WhatsApp   https://wa.me/?text=
    Telegram   https://t.me/share/url?url=&text=            core.telegram.org/widgets/share
    e-mail     mailto:?subject=&body=                       RFC 6068

The body is never cut: where it does not fit, that network has no button and the page says why.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from urllib.parse import quote

from bot.compose import fit, has_link, missing_hashtags
from bot.kit.nouns import Share
from bot.kit.phrases import Speech
from bot.model import Campaign, Message, NetworkName
from bot.networks.base import DEFAULT_LIMITS
from bot.text import count_mastodon, count_x, graphemes

BLUESKY_LIMIT = 300
"""Graphemes of a post (docs.bsky.app)."""
MAILTO_MOST = 2_000
"""Characters of a `mailto:` address: Windows hands 2,083 on to the mail program."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A message's text, and the ways to share it."""

    text: str
    """All of it to copy: body, link and hashtags, and the rest of a thread."""
    parts: Sequence[str]
    """Of a thread, each as it is posted; empty where it is none."""
    shares: Sequence[Share]
    mastodon: str
    """The text for Mastodon; empty where there is no button for it."""
    missing: Sequence[str]
    """Which networks have no button, and why."""


def offer(message: Message, campaign: Campaign, subject: str, speech: Speech) -> Offer:
    """Put a message's texts together, each within what its network takes."""
    shares: list[Share] = []
    missing: list[str] = []
    mastodon = ""
    for network in _NETWORKS:
        if message.networks and network.ours not in message.networks:
            continue
        pieces = _pieces(message, campaign, network.ours)
        text = pieces.within(network.takes)
        if not network.takes(text):
            if not message.thread:  # of which nobody would expect it
                missing.append(_too_long(network, text, speech))
        elif network.address:
            shares.append(Share(network.key, network.name, network.address + encoded(text)))
        else:
            mastodon = text
    pieces = _pieces(message, campaign, None)
    whole = pieces.within(lambda _: True)
    if not message.networks:
        shares.append(Share("whatsapp", "WhatsApp", f"https://wa.me/?text={encoded(whole)}"))
        for made in (_telegram(message, pieces, speech), _email(subject, whole, speech)):
            if isinstance(made, Share):
                shares.append(made)
            else:
                missing.append(made)
    first, *rest = pieces.first(), *pieces.thread
    return Offer(whole, (first, *rest) if rest else (), shares, mastodon, missing)


def mailto(to: Sequence[str], subject: str, body: str) -> str:
    """Build a `mailto:` address; its lines end with CRLF (RFC 6068, section 5)."""
    address = ",".join(quote(one, safe="@") for one in to)
    lines = f"&body={encoded(body.replace(chr(10), chr(13) + chr(10)))}" if body else ""
    return f"mailto:{address}?subject={encoded(subject)}{lines}"


def encoded(text: str) -> str:
    """Percent-encode all but letters, figures and `-._~`; a blank is `%20`, never `+`."""
    return quote(text, safe="", errors="replace")


@dataclass(frozen=True, slots=True)
class _Network:
    """A network that counts."""

    key: str
    name: str
    address: str
    """To which the encoded text is added; empty where only the reader knows it."""
    limit: int
    length: Callable[[str], int]
    ours: NetworkName | None
    """Where messages may have a text of their own for it."""

    def takes(self, text: str) -> bool:
        """Tell whether it takes a text of that length."""
        return self.length(text) <= self.limit


_NETWORKS = (
    _Network(
        "x",
        "X",
        "https://x.com/intent/tweet?text=",
        DEFAULT_LIMITS[NetworkName.X].characters,
        lambda text: count_x(text).length,
        NetworkName.X,
    ),
    _Network(
        "mastodon",
        "Mastodon",
        "",
        DEFAULT_LIMITS[NetworkName.MASTODON].characters,
        lambda text: count_mastodon(text).length,
        NetworkName.MASTODON,
    ),
    _Network(
        "bluesky",
        "Bluesky",
        "https://bsky.app/intent/compose?text=",
        BLUESKY_LIMIT,
        lambda text: len(graphemes(text)),
        None,
    ),
)


@dataclass(frozen=True, slots=True)
class _Pieces:
    """What a text is put together from."""

    body: str
    link: str | None
    """Where the body does not have it."""
    tags: Sequence[str]
    thread: Sequence[str]
    urls: Sequence[str]
    """Links in the body."""

    def within(self, fits: Callable[[str], bool]) -> str:
        """Put them together, without the hashtags and the link that there is no room for."""
        return self._whole(
            fit(self.body, self.link, self.tags, lambda text: fits(self._whole(text))).text
        )

    def first(self) -> str:
        """The first post of a thread."""
        return fit(self.body, self.link, self.tags, lambda _: True).text

    def _whole(self, first: str) -> str:
        return "\n\n".join((first, *self.thread))


def _pieces(message: Message, campaign: Campaign, network: NetworkName | None) -> _Pieces:
    wordings = message.per_network
    own = wordings.get(network, "") if network is not None else ""
    body = own or message.text or next(iter(wordings.values()), "")
    thread = message.thread
    if message.content_warning:
        # No address has a field for it; in front of the text a reader still meets it first.
        body = f"CW: {message.content_warning}\n\n{body}"
    found = count_x(body)
    link = message.link
    if link is not None and has_link(body, found.urls, link):
        link = None
    tags = missing_hashtags(message, campaign, 0, found.hashtags)
    return _Pieces(body, link, tags, thread, found.urls)


def _too_long(network: _Network, text: str, speech: Speech) -> str:
    length, limit = speech.number(network.length(text)), speech.number(network.limit)
    return speech.say("too_long", network=network.name, length=length, limit=limit)


def _telegram(message: Message, pieces: _Pieces, speech: Speech) -> Share | str:
    """Telegram takes an address and what is said of it; without an address it takes nothing."""
    link = message.link or next(iter(pieces.urls), "")
    if not link:
        return speech.say("no_link")
    if "://" not in link:
        link = f"https://{link}"
    said = replace(pieces, link=None).within(lambda _: True)
    address = f"https://t.me/share/url?url={encoded(link)}&text={encoded(said)}"
    return Share("telegram", "Telegram", address)


def _email(subject: str, text: str, speech: Speech) -> Share | str:
    address = mailto((), subject, text)
    if len(address) > MAILTO_MOST:
        return speech.say("mail_long")
    return Share("email", speech.say("email"), address)
