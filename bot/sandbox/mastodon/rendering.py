"""A post's text as the HTML that Mastodon's API returns."""

from __future__ import annotations

import re
from urllib.parse import quote

from markupsafe import Markup, escape

from bot.sandbox import wording
from bot.sandbox.world import World

_PREFIX = re.compile(r"(https?://(?:www\.)?)", re.IGNORECASE)
SHOWN = 30
"""Characters of an address that readers see; the rest is in an invisible span."""


def content_html(world: World, text: str) -> str:
    """Render paragraphs, line breaks, links, hashtags and mentions of known accounts."""
    inline = Markup("").join(_inline(world, piece) for piece in wording.pieces("mastodon", text))
    paragraphs = re.split(r"\n{2,}", str(inline).strip("\n"))
    return "".join(
        f"<p>{paragraph.replace(chr(10), '<br />')}</p>" for paragraph in paragraphs if paragraph
    )


def _inline(world: World, piece: wording.Piece) -> Markup:
    if piece.kind == "url":
        return _link(wording.address(piece))
    if piece.kind == "hashtag":
        tag = piece.text[1:]
        return Markup(
            '<a href="{}/tags/{}" class="mention hashtag" rel="tag">#<span>{}</span></a>'
        ).format(world.mastodon_url, quote(tag.lower()), tag)
    if piece.kind == "mention":
        account = world.account_by_username("mastodon", piece.text[1:].split("@")[0])
        if account is not None:
            return Markup(
                '<span class="h-card" translate="no"><a href="{}/@{}" class="u-url mention">'
                "@<span>{}</span></a></span>"
            ).format(world.mastodon_url, account.username, account.username)
    return escape(piece.text)


def _link(url: str) -> Markup:
    found = _PREFIX.match(url)
    prefix = found.group(1) if found else ""
    shown, rest = url[len(prefix) : len(prefix) + SHOWN], url[len(prefix) + SHOWN :]
    return Markup(
        '<a href="{}" target="_blank" rel="nofollow noopener" translate="no">'
        '<span class="invisible">{}</span><span class="{}">{}</span>'
        '<span class="invisible">{}</span></a>'
    ).format(url, prefix, "ellipsis" if rest else "", shown, rest)
