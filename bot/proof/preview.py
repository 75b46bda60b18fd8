"""A planned post -> what its readers will see of it, and what it counts."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import urlsplit

from bot.model import Account, Draft, Limits, NetworkName, Post
from bot.proof.dates import duration
from bot.proof.nouns import Figure, Material, Part, Poll, Preview, Word
from bot.text import count_mastodon, count_x, mastodon_entities, x_entities
from bot.thread import parts

HUES = 8
"""How many avatar colours style.css has."""
X_URL_LENGTH = 23
_SHOWN = {NetworkName.X: 27, NetworkName.MASTODON: 30}
"""Characters of a link that readers see before the ellipsis, without its scheme."""
_WITHOUT_CARD = "goes without a card"
"""How `Drafter` begins the warning that a card could not be drawn; shown in the card's place."""
_WEB = re.compile(r"https?://", re.IGNORECASE)


def preview(
    post: Post, draft: Draft, ref: str, material: Material, marks: Mapping[Path, str], twin: str
) -> Preview:
    """Prepare one post for the template; `marks` are the style classes of its sheet's pictures."""
    account = material.catalog.accounts.get(post.account)
    limits = material.limits[post.account]
    seen = [_part(draft, one, limits) for one in parts(draft)]
    link = draft.link
    without_card = next((w for w in draft.warnings if w.startswith(_WITHOUT_CARD)), "")
    return Preview(
        ref=ref,
        at=post.at.astimezone(material.catalog.zone),
        account=post.account,
        network=post.network,
        host=_host(account, post.network),
        initials=_initials(post.account),
        hue=zlib.crc32(post.account.encode()) % HUES,
        language=draft.language,
        parts=seen,
        content_warning=draft.content_warning,
        visibility=draft.visibility,
        poll=_poll(draft, limits),
        figure=_figure(draft, limits, material, marks),
        without_card=without_card,
        link=link,
        link_on_card=link is not None and not any(w.kind == "url" for w in seen[0].words),
        cost_usd=draft.cost_usd,
        warnings=[w for w in draft.warnings if not w.startswith(_WITHOUT_CARD)],
        held=[hold.reason for hold in material.holds if hold.holds(post)],
        twin=twin,
    )


def words(network: NetworkName, text: str) -> Iterator[Word]:
    """Cut `text` at what `network` makes clickable. Links are shown as the network shows them."""
    entities = x_entities(text) if network is NetworkName.X else mastodon_entities(text)
    at = 0
    for entity in entities:
        if entity.start > at:
            yield Word(text[at : entity.start])
        written = text[entity.start : entity.end]
        if entity.kind == "url":
            # X takes a bare example.org for a link, too, and leads there without TLS.
            address = written if _WEB.match(written) else f"http://{written}"
            yield Word(_shortened(network, address), "url", address)
        else:
            yield Word(written, entity.kind)
        at = entity.end
    if at < len(text):
        yield Word(text[at:])


def _shortened(network: NetworkName, address: str) -> str:
    bare = address.split("//", 1)[1].removeprefix("www.")
    if network is NetworkName.X:
        bare = bare.rstrip("/")
    shown = _SHOWN[network]
    return bare if len(bare) <= shown else f"{bare[:shown]}…"


def _part(of: Draft, draft: Draft, limits: Limits) -> Part:
    """Prepare a part of the thread `of`; one of a post that is no thread is the post."""
    notes = [_links_counted(draft, limits)]
    if of.content_warning:
        notes.append("the warning counts too")
    return Part(
        tuple(words(draft.network, draft.text)),
        draft.length,
        draft.limit,
        "; ".join(filter(None, notes)),
    )


def _links_counted(draft: Draft, limits: Limits) -> str:
    if draft.network is NetworkName.X:
        urls: tuple[str, ...] = count_x(draft.text).urls
        each: int | None = X_URL_LENGTH
    else:
        each = limits.url_length
        urls = count_mastodon(draft.text, url_length=each).urls
    if not urls:
        return ""
    what = "its link counts" if len(urls) == 1 else f"its {len(urls)} links count"
    if each is None:
        return f"{what} in full"
    return f"{what} {each}" if len(urls) == 1 else f"{what} {each} each"


def _figure(
    draft: Draft, limits: Limits, material: Material, marks: Mapping[Path, str]
) -> Figure | None:
    picture = draft.picture
    if picture is None:
        return None
    found = material.pictures.get(picture.path, "not drawn for this sheet")
    mark = marks.get(picture.path, "")
    if isinstance(found, str):
        embedded, problem = None, found
    elif mark:
        embedded, problem = found, ""
    else:
        embedded = None
        problem = f"left out, to keep this page small enough for mail: {picture.path.as_posix()}"
    return Figure(
        path=picture.path.as_posix(),
        alt=picture.alt,
        alt_limit=limits.alt_characters,
        mark=mark,
        embedded=embedded,
        problem=problem,
    )


def _poll(draft: Draft, limits: Limits) -> Poll | None:
    if draft.poll is None:
        return None
    return Poll(
        options=[(option, len(option)) for option in draft.poll.options],
        option_limit=limits.poll_option_characters,
        runs=duration(draft.poll.duration),
        multiple=draft.poll.multiple,
    )


def _host(account: Account | None, network: NetworkName) -> str:
    server = account.server if account is not None else None
    if server is not None and network is NetworkName.MASTODON:
        return urlsplit(server).hostname or "Mastodon"
    return "X" if network is NetworkName.X else "Mastodon"


def _initials(account: str) -> str:
    names = [part for part in re.split(r"[^\w]+|_", account) if part]
    return "".join(part[0] for part in names[:2]).upper() or "?"
