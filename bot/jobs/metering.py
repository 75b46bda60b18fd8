"""What X charges: forecast before, metered as it happens, and told against the account's cap.

    plan       what is spent, what is planned, and reading each post ─▶ within the cap, or skipped
    claim      the same once more, by what was really spent          ─▶ within the cap, or skipped
    a look     counted, never kept from being made: it costs cents, and a doubt may cost a post
    a sample   counted, and not read past the cap

So that looks have something to draw on, each post keeps the price of its samples in reserve.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal

from bot.model import Account, Catalog, NetworkName, Post
from bot.networks.base import Network
from bot.store import Store

NEAR = Decimal("0.8")
"""The share of its cap from which on an account is near it."""


@dataclass(frozen=True, slots=True)
class Spending:
    """What one account costs in one calendar month (UTC), in US dollars."""

    account: str
    month: str
    """As `2022-02`."""
    spent: Decimal
    """Charged so far, calls whose outcome is open included."""
    coming: Decimal
    """What is queued, or planned, will add."""
    cap: Decimal | None

    @property
    def near(self) -> bool:
        """Whether it is time to tell a person: at least four fifths of the cap are spent."""
        return self.cap is not None and self.spent >= NEAR * self.cap

    @property
    def tight(self) -> bool:
        """Whether it will be near its cap once all that is to come has gone out."""
        return self.cap is not None and self.spent + self.coming >= NEAR * self.cap

    def __str__(self) -> str:
        of = f" of ${self.cap:.2f}" if self.cap is not None else ""
        coming = f", ${self.coming:.3f} to come" if self.coming else ""
        return f"{self.account}: ${self.spent:.3f}{of} spent in {self.month}{coming}"


def spendings(store: Store, catalog: Catalog, now: datetime) -> list[Spending]:
    """Tell what each account that has a cap, or costs, has come to in the month of `now`."""
    return _each(store, catalog, month_of(now), now, {})


def forecast(
    store: Store | None, catalog: Catalog, posts: Iterable[Post], now: datetime
) -> list[Spending]:
    """Tell what a plan would cost, by account and month, beside what is spent by `now`.

    A month that is over is planned as if it lay ahead: nothing is spent in it yet.
    """
    planned: dict[tuple[str, str], Decimal] = {}
    for post in posts:
        if post.draft is not None and post.network is NetworkName.X:
            key = (post.account, month_of(post.at))
            cost = post.draft.cost_usd + reserve(catalog)
            planned[key] = planned.get(key, Decimal(0)) + cost
    return [
        one
        for month in sorted({month for _, month in planned})
        for one in _each(store if month >= month_of(now) else None, catalog, month, now, planned)
        if (one.account, month) in planned
    ]


def _each(
    store: Store | None,
    catalog: Catalog,
    month: str,
    now: datetime,
    planned: Mapping[tuple[str, str], Decimal],
) -> list[Spending]:
    sums = store.spent_by_month() if store is not None else {}
    found = []
    for account in catalog.accounts.values():
        key = (account.name, month)
        spent = Decimal(0)
        if store is not None and month == month_of(now):
            spent = store.spent(account.name, month_start(now))
        coming = max(sums.get(key, Decimal(0)) - spent, Decimal(0)) + planned.get(key, Decimal(0))
        cap = account.monthly_cap_usd
        if cap is not None or spent or coming:
            found.append(Spending(account.name, month, spent, coming, cap))
    return found


def month_of(at: datetime) -> str:
    """Name the calendar month that X bills, in UTC: `2022-02`."""
    return f"{at.astimezone(UTC):%Y-%m}"


def reserve(catalog: Catalog) -> Decimal:
    """Dollars that a post on X keeps for what is read of it later."""
    return len(catalog.sample_after) * catalog.prices.read


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
    before = network.posts_read
    try:
        yield
    finally:
        read = network.posts_read - before
        if account.network is NetworkName.X and read > 0:
            store.spend(account.name, now, "read", read * catalog.prices.read)
