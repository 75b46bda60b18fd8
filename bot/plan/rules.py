"""What an account may say, and when: asked for every message and hour of a plan."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from bot.model import Account, Catalog, Draft, Message, NetworkName, Refusal
from bot.plan.book import Book
from bot.plan.guards import accounts_for, in_quiet_hours, is_quiet_day, not_for

Drafter = Callable[[Message, Account, int, datetime], Draft | Refusal]
"""Makes a message's draft for an account, the n-th time (from 0) that it is said there, at an
hour."""

_DAY = timedelta(days=1)


class Rules:
    """The rules of a span, over the planner's book."""

    def __init__(
        self, catalog: Catalog, book: Book, draft: Drafter, start: datetime, end: datetime
    ) -> None:
        self._catalog = catalog
        self._book = book
        self._draft = draft
        # A post at a fixed time keeps its place against drawn ones, so those just outside
        # the span count as well.
        gap = max([a.least_gap for a in catalog.accounts.values()], default=_DAY)
        margin = gap + catalog.fixed_late + 2 * _DAY
        self.fixed = sorted(
            (
                (m.at.astimezone(UTC), m)
                for m in catalog.messages.values()
                if m.at is not None and start - margin <= m.at < end + margin
            ),
            key=lambda pair: (pair[0], pair[1].id),
        )
        self._fixed_times: dict[str, list[datetime]] = {name: [] for name in catalog.accounts}
        for at, message in self.fixed:
            for account in accounts_for(self._catalog, message):
                self._fixed_times[account.name].append(at)

    def closed(self, account: Account, at: datetime, *, drawn: bool) -> str:
        """Say why `account` posts nothing at `at`, whatever the message; "" when it may."""
        local = at.astimezone(self._catalog.zone)
        if is_quiet_day(self._catalog, local.date()):
            return f"{local.date()} is a quiet day"
        if in_quiet_hours(account, local.time()):
            hours = f"{account.quiet_from:%H:%M}-{account.quiet_to:%H:%M}"
            return f"quiet hours of {account.name} ({hours})"
        if account.least_gap:
            near = self._book.too_close(account.name, at, account.least_gap)
            if near is None and drawn:
                ahead = self._fixed_after(account, at)
                near = next((t for t in ahead if t - at < account.least_gap), None)
            if near is not None:
                near_local = near.astimezone(self._catalog.zone)
                return (
                    f"less than {_minutes(account.least_gap)} from the post of "
                    f"{near_local:%H:%M} on {account.name}"
                )
        if account.posts_per_day is not None:
            today = self._book.on_day_of(account.name, at)
            if drawn:
                today += sum(
                    t.astimezone(self._catalog.zone).date() == local.date()
                    for t in self._fixed_after(account, at)
                )
            if today >= account.posts_per_day:
                return f"{account.name} has its {account.posts_per_day} posts for the day"
        return ""

    def _fixed_after(self, account: Account, at: datetime) -> list[datetime]:
        """The fixed times of `account` in the day after `at`, or its gap if that is longer."""
        times = self._fixed_times[account.name]
        reach = at + max(2 * _DAY, account.least_gap)
        return times[bisect_right(times, at) : bisect_right(times, reach)]

    def attempt(self, message: Message, account: Account, at: datetime) -> Draft | Refusal:
        """Make the draft, or say why `account` cannot say `message` at `at`."""
        if reason := not_for(message, account):
            return Refusal(reason)
        if not message.is_true_at(at):
            return Refusal("not true at this time")
        if other := self._book.other_x_account(account, message.id):
            return Refusal(one_x_account(other))
        if message.thread and self._book.uses(account.name, message.id):
            return Refusal("said before: a thread goes out once, since its parts have no variants")
        made = self._draft(message, account, self._book.uses(account.name, message.id), at)
        if isinstance(made, Refusal):
            return made
        if twin := self._book.exact_repeat(account, made.text, message.id):
            said = "said before" if twin == message.id else f"said before, in {twin}"
            return Refusal(f"{said}: the same text does not go out twice")
        if account.monthly_cap_usd is not None:
            spent = self._book.spent(account.name, at)
            reserve = self._book.reserve if account.network is NetworkName.X else 0
            if spent + made.cost_usd + reserve > account.monthly_cap_usd:
                return Refusal(
                    f"would pass the spending cap of {account.name}: ${spent:.3f} of "
                    f"${account.monthly_cap_usd:.2f} this month, this costs ${made.cost_usd:.3f}"
                )
        return made


def one_x_account(other: str) -> str:
    """Say why a second X account does not get a message."""
    return f"{other} says it: the same message never goes to two X accounts"


def _minutes(span: timedelta) -> str:
    return f"{int(span.total_seconds() // 60)} min"
