"""Recognise our own post among those a server returns.

A server never gives a text back as it got it: X escapes `&`, puts t.co addresses for links and
appends one for a picture; Mastodon gives HTML, and cuts the host off mentions. So both texts
are brought to one plain form before they are compared: NFC, no white space at all, links
without scheme, escapes and trailing slash, mentions without host. Two drafts that differ in
a word, a figure, a hashtag or a link still differ in that form.

What else tells posts with the same words apart: the content warning, the pictures and their
alt texts, and whether it answers another post. What a server does not say is no difference.
"""

from __future__ import annotations

import contextlib
import html
import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from functools import lru_cache
from html.parser import HTMLParser
from typing import Any
from urllib.parse import unquote

from bot.model import Draft, Receipt
from bot.networks.base import Seen, TryLater
from bot.text.links import X_LINKS, find_links

CLOCK_SKEW = timedelta(minutes=2)
"""How far a server's clock and ours may be apart: the window is looked at with this margin."""

_LINK = re.compile(r"https?://(\S+)", re.IGNORECASE)
_MENTION = re.compile(r"(?<![\w/])(@\w[\w.-]*)@[\w.-]*\w")
_LAST_SLASH = re.compile(r"/+(?=[.,;:!?)\]}»”’\"']*(?:\s|$))")
_MEDIA_LINK = re.compile(r"/(?:photo|video)/\d+$")


def choose(
    draft: Draft, seen: Iterable[Seen], since: datetime, until: datetime | None
) -> Receipt | None:
    """Pick the post that is `draft`, made between `since` and `until`; None where none is.

    Text, content warning and alt text must be the same in plain form; a post with pictures never
    stands for a draft without one, nor the other way round, nor one with two for a draft, which
    has one; and no answer to somebody stands for a post of its own. Where several fit, the oldest
    one made at or after `since` is taken: it answers the first attempt. Only where there is none,
    the newest one within CLOCK_SKEW before `since` is, so an earlier twin never wins over it.

    Raises:
        TryLater: a post that fits carries no time, so nobody can say whether it is this one.
    """
    fitting: list[tuple[datetime, Receipt]] = []
    for post in seen:
        if not fits(draft, post):
            continue
        at = post.receipt.posted_at
        if at is None:
            raise TryLater("the timeline gives no time for a post that looks like ours")
        if since - CLOCK_SKEW <= at and (until is None or at <= until + CLOCK_SKEW):
            fitting.append((at, post.receipt))
    fitting.sort(key=lambda pair: pair[0])
    after = [receipt for at, receipt in fitting if at >= since]
    if after:
        return after[0]
    return fitting[-1][1] if fitting else None


def fits(draft: Draft, post: Seen) -> bool:
    """Tell whether a post says and shows what `draft` does, whenever it was made."""
    return _looks_alike(draft, post) and plain(post.text) == plain(draft.text)


def _looks_alike(draft: Draft, post: Seen) -> bool:
    """Tell whether all but the words may be the draft's."""
    picture = draft.picture
    if post.pictured != (picture is not None) or (post.answers and draft.in_reply_to is None):
        return False
    if post.pictures is not None and post.pictures > 1:
        return False
    if picture is not None and post.alt is not None and plain(post.alt) != plain(picture.alt):
        return False
    return post.warning is None or plain(post.warning) == plain(draft.content_warning or "")


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """Bring a text to the form in which two are compared (see the module's docstring)."""
    text = _LINK.sub(lambda found: _plain_link(found[1]), unicodedata.normalize("NFC", text))
    text = _plain_bare_links(text)
    return "".join(_LAST_SLASH.sub("", _MENTION.sub(r"\1", text)).split())


def _plain_bare_links(text: str) -> str:
    """X makes a link of `Example.org` too, and gives it back with a scheme."""
    done, parts = 0, []
    for link in find_links(text, X_LINKS):
        parts += [text[done : link.start], _plain_link(text[link.start : link.end])]
        done = link.end
    return "".join([*parts, text[done:]])


def _plain_link(rest: str) -> str:
    host, slash, path = rest.partition("/")
    host = host.lower()
    if "xn--" in host:
        with contextlib.suppress(UnicodeError):  # then it stays as it is, on both sides
            host = host.encode("ascii").decode("idna")
    return unicodedata.normalize("NFC", f"{host}{slash}{unquote(path)}")


def text_from_x(post: Mapping[str, Any]) -> str:
    """Restore the text of one post of X's API: unescaped, true links, no link to its own picture.

    Longer posts carry their full text in `note_tweet` (`note_post` from API version 2.167 on).
    """
    long = post.get("note_tweet") or post.get("note_post")
    whole = long if isinstance(long, dict) and isinstance(long.get("text"), str) else post
    text = html.unescape(str(whole.get("text", "")))
    pictured = bool((post.get("attachments") or {}).get("media_keys"))
    true: dict[str, str] = {}
    for source in (whole, post):
        entities = source.get("entities")
        urls = entities.get("urls") if isinstance(entities, dict) else None
        for link in urls if isinstance(urls, list) else []:
            short, full = link.get("url"), link.get("expanded_url")
            if short and full:
                own = link.get("media_key") or (pictured and _MEDIA_LINK.search(full))
                true[short] = "" if own else full
    if not true:
        return text
    # All at once, longest first: one short link may begin another, or be in a true one.
    shorts = "|".join(re.escape(short) for short in sorted(true, key=len, reverse=True))
    return re.sub(shorts, lambda found: true[found[0]], text)


def text_from_html(content: str) -> str:
    """Turn the HTML of a Mastodon post into its text, with links by their full address."""
    reader = _Reader()
    reader.feed(content)
    reader.close()
    return "".join(reader.parts)


class _Reader(HTMLParser):
    """Collects text; of a link that is neither mention nor hashtag, its address."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._link: list[str] | None = None
        self._address = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("br", "p", "li", "blockquote"):
            self.parts.append("\n")
        if tag == "a":
            given = dict(attrs)
            classes = (given.get("class") or "").split()
            self._address = "" if {"mention", "hashtag"} & set(classes) else given.get("href") or ""
            self._link = []

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self._link is not None:
            shown = "".join(self._link)
            by_text = not self._address or shown.startswith(("#", "@"))
            self.parts.append(shown if by_text else self._address)
            self._link = None

    def handle_data(self, data: str) -> None:
        (self.parts if self._link is None else self._link).append(data)
