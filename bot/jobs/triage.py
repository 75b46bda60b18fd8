"""May this delivery go out now? Decided before the claim, from values alone.

A delivery is *delayed* when more than five minutes have passed since its hour: the bot was
down or paused, its account suspended, or an earlier try came to nothing. `late` (its
`expires`) says how long it may still go out; `missed` says what becomes of several:

    one delayed                goes out, if it is not too late
    two or more of an account  `skip`: none of them goes out
                               `latest`: only the newest of each schedule goes out
                               `space_out`: all go out, the account's least gap apart, or
                               five minutes where that is less; half an hour while more than
                               three wait

What is in doubt, or was, is not among them: it may have gone out. Nor does a delayed post make
the day fuller than `posts_per_day`, what the day itself will bring counted in.

An outage of less than five minutes makes a backlog, too, of what came due at different hours.

A delayed delivery is also kept out of its account's quiet hours. One that is on time was
planned with both in mind.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from decimal import Decimal

from bot.jobs.clearing import Gate
from bot.jobs.metering import reserve
from bot.jobs.pacing import day_end, still_coming
from bot.model import Account, Catalog, Delivery, Missed, NetworkName
from bot.plan.guards import in_quiet_hours, is_quiet_day
from bot.settle import Policy, Postponed, Reopened, Skip, TooLate, may_resend
from bot.slots import in_zone

DELAYED_AFTER = timedelta(minutes=5)

FEW = 3
"""So many that wait go out five minutes apart; more of them take their time."""

MANY_APART = timedelta(minutes=30)

LAG = timedelta(minutes=1)
"""So long a post waits for a copy of the campaign's files that is behind."""

_PUNCTUAL = timedelta(minutes=1)
"""Two posts planned a least gap apart are claimed a moment more or less than that apart."""

Hold = Postponed | Reopened | Skip | TooLate
"""Why a delivery does not go out now."""


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What else there is to know about a delivery's account at the moment."""

    account: Account
    catalog: Catalog
    policy: Policy
    last_post: datetime | None
    """When the account last posted something else."""
    spent: Decimal
    """Dollars of this month, calls in doubt included."""
    posted_today: int = 0
    """Posts of the local day so far; 0 for a delivery that is on time."""
    gate: Gate | None = None
    """Says what may not go out any more."""


def is_delayed(delivery: Delivery, now: datetime) -> bool:
    """Tell whether its hour is more than a moment ago."""
    return now - delivery.due > DELAYED_AFTER


def backlog(due: Sequence[Delivery], now: datetime) -> list[Delivery]:
    """The due deliveries of an account that would be a burst if they went out together.

    Those that are delayed; and after an outage too short for that, all that schedules drew for
    different hours. What was planned for one and the same minute is no burst of our making.
    """
    fresh = [d for d in due if d.part == 0 and d.doubt_since is None]
    drawn = [d for d in fresh if d.schedule is not None]
    hours = {d.due for d in drawn}
    short_outage = len(hours) > 1 and now - min(hours) > _PUNCTUAL
    found = [d for d in fresh if is_delayed(d, now) or (short_outage and d in drawn)]
    return found if len(found) > 1 else []


def missed(backlog: Sequence[Delivery], now: datetime) -> dict[int, str]:
    """Say which of an account's backlog are given up, as `missed` tells, and why."""
    if not backlog:
        return {}
    newest: dict[str | None, tuple[datetime, int]] = {}
    for d in backlog:
        newest[d.schedule] = max(newest.get(d.schedule, (d.due, d.id)), (d.due, d.id))
    given_up = {}
    for delivery in backlog:
        if delivery.missed is Missed.SKIP and now - delivery.due > _PUNCTUAL:
            given_up[delivery.id] = "missed: it came due while nothing could be posted"
        elif (
            delivery.missed is Missed.LATEST
            and (delivery.due, delivery.id) != newest[delivery.schedule]
        ):
            given_up[delivery.id] = "missed: only the latest goes out"
    return given_up


def hold(
    delivery: Delivery, now: datetime, around: Circumstances, *, waiting: int = 0
) -> Hold | None:
    """Say why the delivery does not go out now; None when it may.

    `waiting`: how many are in the backlog that it is one of; 0 where it is in none.
    """
    return (
        _too_late(delivery, now)
        or _unapproved(delivery, now, around.gate)
        or _untrue(delivery, now, around.catalog)
        or _outdated(delivery, now)
        or (None if may_resend(delivery, now, around.policy) else Reopened())
        or _quiet(delivery, now, around.account, around.catalog)
        or _day_full(delivery, now, around)
        or _too_close(delivery, now, around, waiting)
        or _too_dear(delivery, around)
    )


def too_late(delivery: Delivery, because: str = "") -> TooLate:
    """Say that its hour is past, and what kept it."""
    kept = because or delivery.reason
    return TooLate(f"too late: {kept}" if kept else "too late")


def _too_late(delivery: Delivery, now: datetime) -> TooLate | None:
    if delivery.expires is None or now <= delivery.expires:
        return None
    return too_late(delivery)


def _untrue(delivery: Delivery, now: datetime, catalog: Catalog) -> Skip | None:
    message = catalog.messages.get(delivery.message)
    if message is None or message.is_true_at(now):
        return None
    if message.true_until is not None and now >= message.true_until:
        return Skip(f"no longer true since {message.true_until.isoformat()}")
    return Skip("not to be said yet")


def _unapproved(delivery: Delivery, now: datetime, gate: Gate | None) -> Postponed | Skip | None:
    """Only what a person approved goes out; a thread that has begun is finished.

    Asked before what else depends on the message's file: it may be behind.
    """
    if gate is None or delivery.part > 0:
        return None
    reason = gate.against(delivery, now)
    if reason and gate.lags(delivery):
        return Postponed(f"its file on this machine is not what was approved: {reason}", now + LAG)
    return Skip(f"not approved: {reason}") if reason else None


def _outdated(delivery: Delivery, now: datetime) -> Skip | None:
    until = delivery.draft.count_until
    if until is None or now <= until:
        return None
    return Skip(f"the count in it was good until {until.isoformat()}: see bot count")


def _quiet(
    delivery: Delivery, now: datetime, account: Account, catalog: Catalog
) -> Postponed | None:
    if delivery.part > 0 or not is_delayed(delivery, now):
        return None
    zone = catalog.zone
    local = now.astimezone(zone)
    if is_quiet_day(catalog, local.date()):
        morning = in_zone(datetime.combine(local.date() + timedelta(days=1), time()), zone)
        return Postponed(f"{local.date()} is a quiet day", morning)
    if account.quiet_to is None or not in_quiet_hours(account, local.time()):
        return None
    day = local.date()
    if local.time() >= account.quiet_to:
        day += timedelta(days=1)
    end = in_zone(datetime.combine(day, account.quiet_to), zone)
    return Postponed(f"quiet hours until {account.quiet_to:%H:%M}", end)


def _day_full(delivery: Delivery, now: datetime, around: Circumstances) -> Postponed | None:
    """Keep `posts_per_day`; what is on time was counted when it was planned."""
    most, by_hand = around.account.posts_per_day, delivery.slot.startswith("by hand|")
    if most is None or by_hand or delivery.part > 0 or not is_delayed(delivery, now):
        return None
    if around.posted_today + still_coming(around.account, around.catalog, now) < most:
        return None
    until = day_end(now, around.catalog.zone)
    return Postponed(f"{around.account.name} has its {most} posts for the day", until)


def _too_close(
    delivery: Delivery, now: datetime, around: Circumstances, waiting: int
) -> Postponed | None:
    """Keep the account's least gap; what a person set to the minute goes at that minute."""
    last = around.last_post
    if delivery.part > 0 or last is None or last > now:
        return None
    if waiting or is_delayed(delivery, now):
        apart = MANY_APART if waiting > FEW else DELAYED_AFTER
        gap = least = max(around.account.least_gap, apart)
    elif delivery.schedule is None:
        return None
    else:
        gap = around.account.least_gap
        least = gap - min(_PUNCTUAL, gap / 2)
    if now - last >= least:
        return None
    return Postponed("too soon after the account's last post", last + gap)


def _too_dear(delivery: Delivery, around: Circumstances) -> Skip | None:
    cap, cost = around.account.monthly_cap_usd, delivery.draft.cost_usd
    kept = reserve(around.catalog) if around.account.network is NetworkName.X else Decimal(0)
    if cap is None or cost <= 0 or around.spent + cost + kept <= cap:
        return None
    return Skip(
        f"it costs ${cost:.3f} and ${kept:.3f} for reading it, "
        f"and ${around.spent:.3f} of ${cap:.2f} are spent this month"
    )
