"""What was said where and when: the planner's memory while it goes through a span."""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from zoneinfo import ZoneInfo

from bot.model import Account, Catalog, Draft, NetworkName, PastPost, State
from bot.text import NearIndex, normalise

_HASHTAG = re.compile(r"#\w+")

_REMEMBERED = 16_384
"""Texts whose plain forms are kept: each plan goes through the whole history, and few are new."""


class Book:
    """Past posts and those just planned, by the questions that planning asks."""

    def __init__(
        self,
        catalog: Catalog,
        history: Iterable[PastPost],
        spent: Mapping[tuple[str, str], Decimal],
    ) -> None:
        self._catalog = catalog
        self._times: dict[str, list[datetime]] = defaultdict(list)
        self._per_day: Counter[tuple[str, date]] = Counter()
        self._uses: Counter[tuple[str, str]] = Counter()
        self._last: dict[tuple[str, str], datetime] = {}
        self._x_account: dict[str, str] = {}
        self._texts: dict[str, dict[str, str]] = defaultdict(dict)
        self._bare_texts: dict[str, dict[str, str]] = defaultdict(dict)
        self._near: dict[str, NearIndex[tuple[datetime, str]]] = {}
        self._recent: dict[str, list[tuple[datetime, str, str]]] = defaultdict(list)
        self._spent: defaultdict[tuple[str, str], Decimal] = defaultdict(Decimal, spent)
        self.reserve = len(catalog.sample_after) * catalog.prices.read
        """Dollars that reading one post's engagement on X will cost."""
        self.slots: set[tuple[str, str]] = set()
        for past in history:
            self.slots.add((past.slot, past.account))
            if past.state is not State.SKIPPED and past.message:
                self._note(past.account, past.network, past.message, past.due, past.text)

    def add(self, account: Account, message: str, at: datetime, draft: Draft) -> None:
        """Note a post just planned."""
        self._note(account.name, account.network, message, at, draft.text)
        self._spent[account.name, month_of(at)] += draft.cost_usd

    def _note(
        self, account: str, network: NetworkName, message: str, at: datetime, text: str
    ) -> None:
        moment = at.astimezone(UTC)
        insort(self._times[account], moment)
        self._per_day[account, _local_day(at, self._catalog.zone)] += 1
        self._uses[account, message] += 1
        self._last[account, message] = max(moment, self._last.get((account, message), moment))
        if network is NetworkName.X:
            self._x_account.setdefault(message, account)
            self._spent[account, month_of(at)] += self.reserve
        scope = _scope(account, network)
        self._texts[scope].setdefault(_plain(text), message)
        self._bare_texts[scope].setdefault(_bare(text), message)
        if scope in self._near:
            self._near[scope].add((moment, message), text)
        else:
            self._recent[scope].append((moment, message, text))

    def too_close(self, account: str, at: datetime, gap: timedelta) -> datetime | None:
        """Find a post of `account` less than `gap` away from `at`."""
        times = self._times[account]
        place = bisect_left(times, at.astimezone(UTC))
        near = times[max(0, place - 1) : place + 1]
        return next((t for t in near if abs(t - at) < gap), None)

    def on_day_of(self, account: str, at: datetime) -> int:
        """Count the posts of `account` on the local day of `at`."""
        return self._per_day[account, _local_day(at, self._catalog.zone)]

    def uses(self, account: str, message: str) -> int:
        """How often `account` has said `message`."""
        return self._uses[account, message]

    def last(self, account: str, message: str) -> datetime | None:
        """When `account` last said `message`."""
        return self._last.get((account, message))

    def other_x_account(self, account: Account, message: str) -> str | None:
        """Name the X account that said `message` before, if it is not this one."""
        if account.network is not NetworkName.X:
            return None
        other = self._x_account.get(message, account.name)
        return other if other != account.name else None

    def exact_repeat(self, account: Account, text: str, message: str) -> str | None:
        """Name the message that said the same words before: there, or on X anywhere.

        Of another message the same words with other hashtags are a repeat, too: it may be the
        same file under a new name.
        """
        scope = _scope(account.name, account.network)
        if twin := self._texts[scope].get(_plain(text)):
            return twin
        twin = self._bare_texts[scope].get(_bare(text), message)
        return twin if twin != message else None

    def near_repeat(self, account: Account, text: str, at: datetime) -> tuple[str, datetime] | None:
        """Find a recent post with nearly the same words."""
        scope = _scope(account.name, account.network)
        if scope not in self._near:
            index: NearIndex[tuple[datetime, str]] = NearIndex()
            oldest = at.astimezone(UTC) - self._catalog.near_repeat
            for moment, message, earlier in self._recent.pop(scope, []):
                if moment >= oldest:
                    index.add((moment, message), earlier)
            self._near[scope] = index
        span = self._catalog.near_repeat
        hits = [
            (moment, message)
            for (moment, message), _ in self._near[scope].query(text)
            if timedelta(0) <= at - moment <= span
        ]
        if not hits:
            return None
        moment, message = max(hits)
        return message, moment

    def spent(self, account: str, at: datetime) -> Decimal:
        """Dollars for posting in the calendar month (UTC) of `at`, and for reading those posts.

        What reading really cost so far is not in it: a plan must not depend on when it is made.
        """
        return self._spent[account, month_of(at)]


def month_of(at: datetime) -> str:
    """The calendar month of `at` in UTC, as X bills: `2022-02`."""
    return f"{at.astimezone(UTC):%Y-%m}"


@lru_cache(_REMEMBERED)
def _plain(text: str) -> str:
    """What a text says."""
    return normalise(text)


@lru_cache(_REMEMBERED)
def _bare(text: str) -> str:
    """A text without its hashtags; one of nothing but hashtags stands for itself."""
    return normalise(_HASHTAG.sub(" ", text)) or text


def _local_day(at: datetime, zone: ZoneInfo) -> date:
    return at.astimezone(zone).date()


def _scope(account: str, network: NetworkName) -> str:
    """Where a repeat counts: X's rules look across all of one's accounts there."""
    return "x" if network is NetworkName.X else account
