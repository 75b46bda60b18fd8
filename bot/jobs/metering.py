"""What reading our own timeline costs, noted as it happens."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from bot.model import Account, Catalog, NetworkName
from bot.networks.base import Network
from bot.store import Store


def month_start(now: datetime) -> datetime:
    """Give the beginning of the calendar month that X bills, in UTC."""
    utc = now.astimezone(UTC)
    return utc.replace(day=1, hour=0, minute=0, second=0, microsecond=0)


@contextmanager
def metered(
    store: Store, network: Network, account: Account, catalog: Catalog, now: datetime
) -> Iterator[None]:
    """Charge the account for the posts that `network` reads meanwhile, failed or not.

    A network that is paid per post read counts them in `posts_read`.
    """
    before = _posts_read(network)
    try:
        yield
    finally:
        read = _posts_read(network) - before
        if account.network is NetworkName.X and read > 0:
            store.spend(account.name, now, "read", read * catalog.prices.read)


def _posts_read(network: Network) -> int:
    return int(getattr(network, "posts_read", 0))
