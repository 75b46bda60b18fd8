"""What of all that holds now is to be told: once, again after a day, and when it is over.

    new ───────────▶ told ──a day──▶ told again …
     │ gone before     │ gone
     ▼                 ▼
    ended            over, told ──came again within the hour──▶ told when the hour is past

An alert counts as told only when some address has taken it, so a mail server that is down
delays an alert and loses none.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.telling.alert import Alert, Kind, Told

REMIND_AFTER = timedelta(days=1)

FLAPS = timedelta(hours=1)
"""What is over and comes again is not told more often than this."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What to tell now, and what to write down."""

    news: tuple[Told, ...] = ()
    reminders: tuple[Told, ...] = ()
    over: tuple[Told, ...] = ()
    unspoken: tuple[Told, ...] = ()
    """Rows that have changed, whatever becomes of the message."""

    def __bool__(self) -> bool:
        """Whether there is anything to tell."""
        return bool(self.news or self.reminders or self.over)

    def told(self, now: datetime) -> tuple[Told, ...]:
        """The rows as they are once the message was taken."""
        return (
            *(
                replace(
                    row,
                    told_at=now,
                    times=row.times + 1,
                    ended_at=now if row.kind.happens else None,
                )
                for row in (*self.news, *self.reminders)
            ),
            *(replace(row, told_at=now, ended_at=now) for row in self.over),
        )


def decide(
    alerts: Iterable[Alert],
    before: Mapping[str, Told],
    now: datetime,
    known: Collection[Kind] = tuple(Kind),
) -> Decision:
    """Compare what holds now with what was told.

    Args:
        alerts: what holds now, or happened lately.
        before: what the ledger knows, by key; ended ones of the last days included.
        now: the moment.
        known: the kinds that were looked for; of the others nothing is taken to be over.
    """
    news: list[Told] = []
    reminders: list[Told] = []
    over: list[Told] = []
    unspoken: list[Told] = []
    holding = {alert.key: alert for alert in alerts}
    for alert in holding.values():
        was = before.get(alert.key)
        row = _row(alert, was, now)
        if row is None:
            continue
        if row != was:
            unspoken.append(row)
        if row.times == 0 and _may_be_told(row, now):
            news.append(row)
        elif row.times and row.kind.is_repeated and _is_past(row, now, REMIND_AFTER):
            reminders.append(row)
    for key, row in before.items():
        if key in holding or row.ended_at is not None or row.kind not in known:
            continue
        if row.kind.happens:
            news.append(row)  # it is no less true for having become old
        elif row.times and row.kind.has_an_end:
            over.append(row)
        else:
            unspoken.append(replace(row, ended_at=now))
    return Decision(tuple(news), tuple(reminders), tuple(over), tuple(unspoken))


def _row(alert: Alert, was: Told | None, now: datetime) -> Told | None:
    """The alert's row as it is now; None where there is nothing more to do about it."""
    if was is None:
        return Told(alert.key, alert.kind, alert.since, None, None, 0, alert.text)
    if was.ended_at is None:
        return replace(was, text=alert.text)
    if was.kind.happens:
        return None
    return replace(was, since=now, ended_at=None, times=0, text=alert.text)


def _may_be_told(row: Told, now: datetime) -> bool:
    return row.told_at is None or _is_past(row, now, FLAPS)


def _is_past(row: Told, now: datetime, span: timedelta) -> bool:
    """Whether the last telling is as long ago, or as far ahead: then the clock was set back."""
    return row.told_at is not None and abs(now - row.told_at) >= span
