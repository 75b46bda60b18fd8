"""The message of the morning: what went out yesterday, what comes today, what waits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.model import Delivery, Post, PostState, State
from bot.telling.alert import Told
from bot.telling.situation import Spending, Waiting
from bot.telling.wording import AT_MOST, Words, cut

MAY_BE_LATE = timedelta(hours=6)
"""A daemon that starts in the afternoon does not send the morning's."""


@dataclass(frozen=True, slots=True)
class Day:
    """What a digest tells of."""

    now: datetime
    zone: ZoneInfo
    yesterday: Sequence[Delivery]
    """Those whose hour was yesterday."""
    doubts: Sequence[Delivery]
    coming: Sequence[Post]
    """From now to the end of the day."""
    queued: Sequence[Delivery]
    """In the ledger already, and not sent yet."""
    paused: Sequence[str]
    waiting: Waiting | None
    spending: Sequence[Spending]
    open_alerts: Sequence[Told]


def digest_key(day: date) -> str:
    """The key under which a day's digest is written down as sent."""
    return f"digest:{day}"


def wanted_digest(
    at: time | None, zone: ZoneInfo, now: datetime, sent: Collection[str]
) -> date | None:
    """Tell of which day a digest is to be sent now; None for no such day.

    Args:
        at: the hour, by the clocks of `zone`; None: there is no digest.
        zone: whose days these are.
        now: the moment.
        sent: the keys of those that were sent. They go by the day, so a clock that is set
            back, or an hour that comes twice, does not send one again.
    """
    if at is None:
        return None
    today = now.astimezone(zone).date()
    for day in (today - timedelta(days=1), today):  # that of 23:59 may be late past midnight
        # An hour that the clocks jump over is taken to be the one that they jump to.
        due = datetime.combine(day, at, zone).astimezone(UTC)
        if due <= now < due + MAY_BE_LATE and digest_key(day) not in sent:
            return day
    return None


def digest(day: Day, name: str) -> Words:
    """Word the digest."""
    zone, today = day.zone, day.now.astimezone(day.zone).date()
    sent = [d for d in day.yesterday if d.state is State.SENT]
    lost = [d for d in day.yesterday if d.state in (State.FAILED, State.SKIPPED)]
    planned = [p for p in day.coming if p.state is PostState.PLANNED]
    coming = [(p.at, p.account, p.message or "") for p in planned]
    coming += [(d.due, d.account, d.message) for d in day.queued]
    parts = [_sent(sent, zone)]
    if lost:
        parts.append(_lost(lost, zone))
    if day.doubts:
        numbers = ", ".join(str(d.id) for d in day.doubts[:AT_MOST])
        parts.append(f"In doubt: {len(day.doubts)} (bot queue: {numbers})")
    if day.paused:
        parts.append(f"PAUSED: {', '.join(day.paused)}; until bot resume")
    parts.append(_coming(sorted(coming), zone))
    if day.waiting is not None:
        oldest = day.waiting.oldest.astimezone(zone)
        parts.append(
            f"Submissions waiting: {day.waiting.count}, the oldest since {oldest:%a %d %b}"
            " (bot review)"
        )
    parts += [
        f"Spent by {s.account} in {s.month}: ${s.usd:.2f} of ${s.cap:.2f}" for s in day.spending
    ]
    if day.open_alerts:
        lines = [f"- {cut(row.what)}" for row in day.open_alerts[:AT_MOST]]
        if len(day.open_alerts) > AT_MOST:
            lines.append(f"- and {len(day.open_alerts) - AT_MOST} more: bot alert")
        parts.append("Needs you:\n" + "\n".join(lines))
    title = f"{name}: {today:%a %d %b}, {len(coming)} to come, {len(sent)} sent yesterday"
    if lost:
        title += f", {len(lost)} not"
    return Words(title, "\n\n".join(parts))


def _sent(sent: Sequence[Delivery], zone: ZoneInfo) -> str:
    if not sent:
        return "Posted yesterday: nothing"
    lines = [
        f"- {d.due.astimezone(zone):%H:%M} {d.account}: {d.message}"
        + (f" {d.receipt.url}" if d.receipt else "")
        for d in sent[:AT_MOST]
    ]
    if len(sent) > AT_MOST:
        lines.append(f"- and {len(sent) - AT_MOST} more: bot report")
    return f"Posted yesterday: {len(sent)}\n" + "\n".join(lines)


def _lost(lost: Sequence[Delivery], zone: ZoneInfo) -> str:
    reasons = Counter(cut(d.reason) for d in lost)
    lines = []
    for reason, count in reasons.most_common(AT_MOST):
        first = next(d for d in lost if cut(d.reason) == reason)
        which = (
            f"{first.due.astimezone(zone):%H:%M} {first.account}"
            + (f" {first.message}" if first.message else "")
            if count == 1
            else f"{count} posts"
        )
        lines.append(f"- {which}: {reason}")
    if len(reasons) > AT_MOST:
        lines.append("- and more: bot log")
    return f"Not posted yesterday: {len(lost)}\n" + "\n".join(lines)


def _coming(found: Sequence[tuple[datetime, str, str]], zone: ZoneInfo) -> str:
    if not found:
        return "Coming today: nothing"
    lines = [
        f"- {at.astimezone(zone):%H:%M} {account}: {message}"
        for at, account, message in found[:AT_MOST]
    ]
    if len(found) > AT_MOST:
        lines.append(f"- and {len(found) - AT_MOST} more: bot plan")
    return f"Coming today: {len(found)}\n" + "\n".join(lines)
