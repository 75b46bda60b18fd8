"""Goes through a span in order of time and fills each slot, or says why not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

from bot.model import (
    Account,
    Catalog,
    Draft,
    Message,
    NetworkName,
    PastPost,
    Post,
    PostState,
    Refusal,
    Schedule,
    Slot,
    require_zone,
)
from bot.plan.book import Book
from bot.plan.guards import accounts_for
from bot.plan.pick import in_turn, pool
from bot.plan.rules import Drafter, Rules, one_x_account


def plan(
    catalog: Catalog,
    slots: Iterable[Slot],
    start: datetime,
    end: datetime,
    history: Iterable[PastPost],
    draft: Drafter,
    spent: Mapping[tuple[str, str], Decimal] | None = None,
    *,
    fixed_from: datetime | None = None,
    now: datetime | None = None,
) -> list[Post]:
    """Plan all posts with `start <= at < end`, in order of time.

    Args:
        catalog: what content/ and schedules.yaml say.
        slots: the slots of all schedules within the span.
        start: the first moment that counts.
        end: the first moment that counts no more.
        history: what the ledger holds; a slot that is in it is not planned again.
        draft: makes the text and card of a message for an account.
        spent: dollars by (account, `YYYY-MM`) that are spent already.
        fixed_from: take in messages with a time of their own from this earlier moment on: a
            file that arrives a minute late has missed its moment, but is not too late.
        now: do not draw for slots that by then are later than their schedule allows: they
            would use up messages that nobody can say any more.
    """
    require_zone("start", start)
    require_zone("end", end)
    start, end = start.astimezone(UTC), end.astimezone(UTC)
    planner = _Planner(catalog, Book(catalog, history, spent or {}), draft, start, end)
    events: list[tuple[datetime, int, str, Slot | Message]] = [
        (s.at, 1, s.key, s) for s in slots if start <= s.at < end
    ]
    since = start if fixed_from is None else min(fixed_from, start)
    events += [(at, 0, m.id, m) for at, m in planner.fixed if since <= at < end]
    posts: list[Post] = []
    for *_, event in sorted(events, key=lambda e: e[:3]):
        if isinstance(event, Slot) and now is not None and event.at + event.schedule.late < now:
            posts += planner.leave(event)
        elif isinstance(event, Slot):
            posts += planner.fill(event)
        else:
            posts += planner.place(event)
    return posts


def plan_one(
    catalog: Catalog,
    message: Message,
    account: Account,
    at: datetime,
    history: Iterable[PastPost],
    draft: Drafter,
    spent: Mapping[tuple[str, str], Decimal] | None = None,
) -> Post:
    """Plan one message for one account because a person says so, now.

    A person's word goes before quiet hours, gaps and the number of posts a day; it does not
    go before truth, repeats, the one X account of a message, or the spending cap.
    """
    planner = _Planner(catalog, Book(catalog, history, spent or {}), draft, at, at)
    return planner.by_hand(message, account, at)


class _Planner:
    """One pass over a span."""

    def __init__(
        self, catalog: Catalog, book: Book, draft: Drafter, start: datetime, end: datetime
    ) -> None:
        self._catalog = catalog
        self._book = book
        self._draft = draft
        self._pools: dict[str, list[Message]] = {}
        self._rules = Rules(catalog, book, draft, start, end)
        self.fixed = self._rules.fixed

    # --- posts at a fixed time -----------------------------------------------------------

    def place(self, message: Message) -> list[Post]:
        """Plan a message with a time of its own for every account that takes it."""
        if message.at is None:
            raise ValueError(f"{message.id} has no fixed time")
        at = message.at.astimezone(UTC)
        posts = []
        for account in accounts_for(self._catalog, message):
            slot, *former = _fixed_slots(message.id, message.at)
            if any((name, account.name) in self._book.slots for name in (slot, *former)):
                continue
            common = Post(
                at=at,
                slot=slot,
                account=account.name,
                network=account.network,
                campaign=message.campaign,
                message=message.id,
                state=PostState.PLANNED,
                expires=at + self._catalog.fixed_late,
            )
            reason = self._rules.closed(account, at, drawn=False)
            made = Refusal(reason) if reason else self._rules.attempt(message, account, at)
            posts.append(self._post(common, made))
            if isinstance(made, Draft):
                self._book.add(account, message.id, at, made)
        return posts

    def by_hand(self, message: Message, account: Account, at: datetime) -> Post:
        """Plan a message at a person's word."""
        common = Post(
            at=at,
            slot=f"by hand|{message.id}|{at.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%f}",
            account=account.name,
            network=account.network,
            campaign=message.campaign,
            message=message.id,
            state=PostState.PLANNED,
            expires=at + self._catalog.fixed_late,
        )
        return self._post(common, self._rules.attempt(message, account, at))

    # --- slots ---------------------------------------------------------------------------

    def fill(self, slot: Slot) -> list[Post]:
        """Draw the slot's message and plan it for the schedule's accounts."""
        schedule = slot.schedule
        accounts = [
            self._catalog.accounts[name]
            for name in schedule.accounts
            if name in self._catalog.accounts and (slot.key, name) not in self._book.slots
        ]
        if not accounts:
            return []
        closed = {a.name: self._rules.closed(a, slot.at, drawn=True) for a in accounts}
        open_accounts = [a for a in accounts if not closed[a.name]]
        message, tried = self._draw(slot, open_accounts)
        posts = []
        for account in accounts:
            common = _slot_post(slot, account)
            made: Draft | Refusal
            if closed[account.name]:
                made = Refusal(closed[account.name])
            elif message is None:
                made = Refusal(self._nothing(schedule, slot, tried))
            else:
                made = tried[message.id][account.name]
                common = replace(common, message=message.id)
            posts.append(self._post(common, made))
            if message is not None and isinstance(made, Draft):
                self._book.add(account, message.id, slot.at, made)
        return posts

    def leave(self, slot: Slot) -> list[Post]:
        """Leave a slot empty that was missed."""
        missed = Refusal("missed: nothing was running at that hour")
        return [
            self._post(_slot_post(slot, self._catalog.accounts[name]), missed)
            for name in slot.schedule.accounts
            if name in self._catalog.accounts and (slot.key, name) not in self._book.slots
        ]

    def _draw(
        self, slot: Slot, accounts: list[Account]
    ) -> tuple[Message | None, dict[str, dict[str, Draft | Refusal]]]:
        """Take the first message in turn that at least one account can say."""
        tried: dict[str, dict[str, Draft | Refusal]] = {}
        if not accounts:
            return None, tried
        schedule = slot.schedule
        if schedule.name not in self._pools:
            self._pools[schedule.name] = pool(self._catalog, schedule)
        true_now = [m for m in self._pools[schedule.name] if m.is_true_at(slot.at)]
        for message in in_turn(slot, true_now, self._book):
            tried[message.id] = self._try_each(message, accounts, slot.at)
            if any(isinstance(made, Draft) for made in tried[message.id].values()):
                return message, tried
        return None, tried

    def _try_each(
        self, message: Message, accounts: list[Account], at: datetime
    ) -> dict[str, Draft | Refusal]:
        made: dict[str, Draft | Refusal] = {}
        on_x: str | None = None
        for account in accounts:
            if account.network is NetworkName.X and on_x is not None:
                made[account.name] = Refusal(one_x_account(on_x))
                continue
            made[account.name] = self._rules.attempt(message, account, at)
            if account.network is NetworkName.X and isinstance(made[account.name], Draft):
                on_x = account.name
        return made

    def _nothing(
        self, schedule: Schedule, slot: Slot, tried: Mapping[str, Mapping[str, Draft | Refusal]]
    ) -> str:
        reasons = Counter(
            made.reason
            for by_account in tried.values()
            for made in by_account.values()
            if isinstance(made, Refusal)
        )
        if reasons:
            reason, _ = reasons.most_common(1)[0]
            return f"nothing to say: of {len(tried)} messages none can go ({reason})"
        messages = self._pools[schedule.name]
        if not messages:
            return f'nothing to say: schedule "{schedule.name}" has no message to draw from'
        if not any(m.is_true_at(slot.at) for m in messages):
            return f"nothing to say: none of {len(messages)} messages is true at this time"
        return f"nothing left to say: all of {len(messages)} messages went out before"

    def _post(self, post: Post, made: Draft | Refusal) -> Post:
        """Finish a post with what was made for it."""
        if isinstance(made, Refusal):
            return replace(post, state=PostState.SKIPPED, reason=made.reason)
        account = self._catalog.accounts[post.account]
        if near := self._book.near_repeat(account, made.text, post.at):
            message, moment = near
            day = moment.astimezone(self._catalog.zone)
            warning = f"nearly the same words as {message} on {day:%Y-%m-%d}"
            made = replace(made, warnings=(*made.warnings, warning))
        return replace(post, draft=made)


def _slot_post(slot: Slot, account: Account) -> Post:
    return Post(
        at=slot.at,
        slot=slot.key,
        account=account.name,
        network=account.network,
        campaign=slot.schedule.campaign,
        message=None,
        state=PostState.PLANNED,
        schedule=slot.schedule.name,
        expires=slot.at + slot.schedule.late,
        missed=slot.schedule.missed,
    )


def _fixed_slots(message: str, at: datetime) -> tuple[str, str]:
    """Name the slot of a message with a time of its own: as its file says it, and as it was named.

    By the clocks of its zone, as a schedule's: where a government changes the zone's rules, the
    same hour is another moment, and what went out would go out once more. It was named by that
    moment, and ledgers remember.
    """
    return (
        f"fixed|{message}|{at:%Y-%m-%dT%H:%M}",
        f"fixed|{message}|{at.astimezone(UTC):%Y-%m-%dT%H:%MZ}",
    )
