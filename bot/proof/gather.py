"""Collects what a sheet is made of: pictures, limits, stop switches, problems, money spent."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from bot.checking import check_all
from bot.jobs.drafting import known_limits, limits_of
from bot.model import Post, State
from bot.planning import Desk
from bot.proof.dates import hour, short
from bot.proof.nouns import Hold, Material
from bot.proof.pictures import embed

_OPEN = (State.QUEUED, State.SENDING, State.IN_DOUBT)


def gather(
    desk: Desk, posts: Sequence[Post], start: datetime, end: datetime, now: datetime
) -> Material:
    """Collect all that belongs to the plan of a span that `desk` made."""
    known = known_limits(desk.store, desk.catalog) if desk.store else {}
    accounts = desk.catalog.accounts.values()
    past = start < now
    drafts = [post.draft for post in posts if post.draft is not None]
    spent = {}
    queued = 0
    if desk.store is not None:
        before = start if past else None
        spent = dict(desk.store.spent_by_month(posting_only=True, before=before))
        if not past:
            rows = desk.store.deliveries(states=_OPEN, since=start, until=end)
            queued = sum(row.part == 0 for row in rows)
    errors = [p for p in check_all(desk.settings, now).problems if p.severity == "error"]
    return Material(
        posts=posts,
        catalog=desk.catalog,
        limits={a.name: limits_of(a, known.get(a.name)) for a in accounts},
        start=start,
        end=end,
        made=now,
        pictures=embed(desk.settings.root, [d.picture for d in drafts if d.picture]),
        holds=[*_waiting(desk, min(start, now)), *(_holds(desk, now) if end > now else ())],
        refused=[str(problem) for problem in errors],
        queued=queued,
        spent=spent,
    )


def _waiting(desk: Desk, at: datetime) -> Iterator[Hold]:
    """What is on the sheet to be approved, or is held: one line for each reason."""
    by_reason: dict[str, set[str]] = {}
    for message, reason in desk.gate.waiting(at).items():
        by_reason.setdefault(reason, set()).add(message)
    for reason, messages in by_reason.items():
        yield Hold("messages", reason, messages=frozenset(messages))


def _holds(desk: Desk, now: datetime) -> Iterator[Hold]:
    """What keeps posts back now, and will until somebody ends it."""
    zone = desk.catalog.zone
    if desk.settings.pause_file.exists():
        yield Hold(
            "all", f"everything is paused: the file {desk.settings.pause_file.name} is there"
        )
    if desk.store is None:
        return
    for pause in desk.store.pauses():
        what = "everything" if pause.scope == "all" else pause.scope.replace(":", " ", 1)
        why = f": {pause.why}" if pause.why else ""
        yield Hold(pause.scope, f"{what} is paused by {pause.by}{why}")
    for state in desk.store.account_states():
        if state.until is not None and state.until <= now:
            continue
        scope = f"account:{state.account}"
        if state.until is None:
            until = "until somebody acts"
        else:
            local = state.until.astimezone(zone)
            until = f"until {short(local.date())}, {hour(local)}"
        yield Hold(scope, f"{state.account} is stopped {until}: {state.reason}", state.until)
