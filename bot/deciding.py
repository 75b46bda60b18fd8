"""A person settles a doubt: it went out and is there, or it did not and is to be posted."""

from __future__ import annotations

import re
from datetime import datetime
from urllib.parse import urlsplit

from bot.model import Account, Catalog, Delivery, NetworkName, Receipt
from bot.store import Store, StoreError

_X_POST = re.compile(r"/status/[0-9]{5,25}/?$")
_MASTODON_ID = re.compile(r"[0-9]{5,64}|[0-9A-HJKMNP-TV-Z]{26}|[0-9]+[0-9a-f]{32}")
"""A number, GoToSocial's ULID, or snac's number with an MD5."""


class CannotDecide(StoreError):
    """What the person gave does not settle it; the text says what would."""


def decide(
    store: Store, catalog: Catalog, delivery_id: int, posted: str | None, by: str, now: datetime
) -> Delivery:
    """Settle a delivery in doubt: `posted` is the post's address, None that there is none.

    Raises:
        CannotDecide: the address is not one of a post of that account.
        StoreError: the delivery is not in doubt, or that post belongs to another one.
    """
    receipt = None
    if posted is not None:
        account = catalog.accounts.get(store.delivery(delivery_id).account)
        receipt = Receipt(_remote_id(posted, account), posted, posted_at=now)
    return store.resolve(delivery_id, receipt, by, now)


def _remote_id(address: str, account: Account | None) -> str:
    """Read a post's id from its address: the last part of its path, on X and Mastodon alike.

    Mastodon accepts the id in a web address as the id in its API for one's own posts.
    """
    parts = urlsplit(address.strip())
    last = parts.path.rstrip("/").rsplit("/", 1)[-1]
    on_x = account is not None and account.network is NetworkName.X
    looks_right = _X_POST.search(parts.path) if on_x else _MASTODON_ID.fullmatch(last)
    if parts.scheme not in ("http", "https") or not looks_right:
        example = (
            "https://x.com/name/status/1234567890123456789"
            if on_x
            else "https://mastodon.example/@name/113456789012345678"
        )
        raise CannotDecide(
            f'"{address}" is not the address of a post: copy it from the browser, e.g. {example}'
        )
    server = account.server if account is not None else None
    if server and parts.hostname != urlsplit(server).hostname:
        raise CannotDecide(f'"{address}" is not on {server}, where that account is')
    return last
