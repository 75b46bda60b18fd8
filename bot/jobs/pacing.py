"""How many posts an account may still make: by its network's table, and by its own day."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.model import Account, Catalog
from bot.networks.base import POST_CAPS
from bot.plan import accounts_for
from bot.slots import in_zone, slots
from bot.store import Store


def free_again(store: Store, account: Account, catalog: Catalog, now: datetime) -> datetime | None:
    """Say when the network takes the account's next post; None where it takes it now.

    For servers that do not say themselves how many posts are left. A call that came to nothing
    counts too, as it does with them.
    """
    frees = []
    for cap in POST_CAPS[account.network]:
        sharing = [account.name]
        if cap.whole_app:
            sharing = [a.name for a in catalog.accounts.values() if a.network is account.network]
        calls = store.calls_since(sharing, now - cap.span)
        if len(calls) >= cap.posts:
            frees.append(calls[-cap.posts] + cap.span)
    return max(frees, default=None)


def day_start(now: datetime, zone: ZoneInfo) -> datetime:
    """Give the beginning of the local day."""
    return in_zone(datetime.combine(now.astimezone(zone).date(), time()), zone)


def day_end(now: datetime, zone: ZoneInfo) -> datetime:
    """Give the beginning of the next local day."""
    tomorrow = now.astimezone(zone).date() + timedelta(days=1)
    return in_zone(datetime.combine(tomorrow, time()), zone)


def still_coming(account: Account, catalog: Catalog, now: datetime) -> int:
    """Count the posts that the rest of the local day will bring the account."""
    end = day_end(now, catalog.zone)
    drawn = sum(
        len(slots(schedule, now, end))
        for schedule in catalog.schedules
        if account.name in schedule.accounts
    )
    fixed = sum(
        message.at is not None
        and now <= message.at < end
        and account in accounts_for(catalog, message)
        for message in catalog.messages.values()
    )
    return drawn + fixed
