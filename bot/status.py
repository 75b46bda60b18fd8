"""Is it alive, what is next, and what needs a person."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.content import Loaded
from bot.exposure import exposures
from bot.jobs.clearing import Clearance
from bot.jobs.clock import clock_trouble
from bot.jobs.refresh import next_slot
from bot.jobs.shared_clock import clock_for
from bot.model import Delivery, State
from bot.petitions import PetitionStatus, petition_statuses
from bot.settings import Settings
from bot.settle import waits_for_person
from bot.store import PutBack, Store
from bot.telling import Told
from bot.worklock import is_held

_REMEMBERED = timedelta(days=7)
"""How long it is told of that the ledger was put back."""


@dataclass(frozen=True, slots=True)
class AccountStatus:
    """How one account does."""

    name: str
    network: str
    has_keys: bool
    suspended_until: datetime | None
    trouble: str
    needs_person: bool
    spent_usd: float
    cap_usd: float | None


@dataclass(frozen=True, slots=True)
class Status:
    """What `bot status` tells."""

    now: datetime
    alive: bool
    mode: str | None
    pid: int | None
    last_tick: datetime | None
    next_post: datetime | None
    paused: tuple[str, ...]
    counts: dict[str, int]
    waiting_for_person: tuple[int, ...]
    submissions: int
    """How many wait for a person's word."""
    unapproved: int
    """How many messages may not go out for want of one."""
    held: tuple[str, ...]
    """Words of which nothing goes out."""
    accounts: tuple[AccountStatus, ...]
    workers: tuple[str, ...] = ()
    """Where a server keeps the ledger: the processes that send."""
    petitions: tuple[PetitionStatus, ...] = ()
    clock: str = ""
    """Why nothing is posted by the machine's clock; empty when it is believed."""
    exposed: tuple[str, ...] = ()
    """Keys that others can get at, with what to do."""
    alerts: tuple[Told, ...] = ()
    put_back: PutBack | None = None
    """How the ledger took the place of a newer one; None where that is long ago, or never was."""
    """What the operator was told of and is not over."""

    def shape(self, zone: ZoneInfo) -> dict[str, Any]:
        """The status as JSON; moments carry the offset of `zone`."""
        return {
            "alive": self.alive,
            "mode": self.mode,
            "pid": self.pid,
            "last_tick": _iso(self.last_tick, zone),
            "next_post": _iso(self.next_post, zone),
            "paused": list(self.paused),
            "clock": self.clock or None,
            "deliveries": self.counts,
            "waiting_for_person": list(self.waiting_for_person),
            "submissions": self.submissions,
            "unapproved": self.unapproved,
            "held": list(self.held),
            "workers": list(self.workers),
            "accounts": [
                {
                    "name": a.name,
                    "network": a.network,
                    "has_keys": a.has_keys,
                    "suspended_until": _iso(a.suspended_until, zone),
                    "trouble": a.trouble or None,
                    "needs_person": a.needs_person,
                    "spent_usd": a.spent_usd,
                    "cap_usd": a.cap_usd,
                }
                for a in self.accounts
            ],
            "exposed": list(self.exposed),
            "petitions": [petition.shape(zone) for petition in self.petitions],
            "put_back": self.put_back
            and {
                "since": _iso(self.put_back.since, zone),
                "at": _iso(self.put_back.at, zone),
                "how": self.put_back.how,
                "to_look_for": self.put_back.to_look_for,
            },
            "alerts": [
                {"kind": a.kind.value, "since": _iso(a.since, zone), "what": a.what, "do": a.do}
                for a in self.alerts
            ],
        }

    def lines(self, zone: ZoneInfo) -> list[str]:
        """The status for a person."""
        if self.alive:
            head = f"The daemon is alive (process {self.pid}, {self.mode})."
        elif self.last_tick:
            head = f"The daemon is NOT running; last seen {_local(self.last_tick, zone)}."
        else:
            head = "The daemon has not run here yet."
        lines = [head]
        if self.workers:
            lines.append(f"Workers:    {', '.join(self.workers)}")
        if self.next_post:
            lines.append(f"Next post:  {_local(self.next_post, zone)}")
        else:
            lines.append("Next post:  none in the next 7 days")
        if self.paused:
            lines.append(f"PAUSED:     {', '.join(self.paused)}")
        if self.clock:
            lines.append(f"CLOCK:      {self.clock}")
        counted = ", ".join(f"{n} {state}" for state, n in self.counts.items() if n)
        lines.append(f"Deliveries: {counted or 'none yet'}")
        if self.waiting_for_person:
            numbers = ", ".join(str(n) for n in self.waiting_for_person)
            lines.append(f"In doubt:   {numbers}: look at the timeline, then bot resolve NUMBER")
        if self.submissions or self.unapproved:
            counts = f"{self.submissions} submissions, {self.unapproved} messages"
            lines.append(f"To approve: {counts}: bot review")
        if self.held:
            lines.append(f"HELD:       {', '.join(self.held)}: until bot release")
        for a in self.accounts:
            parts = [f"{a.name} ({a.network})"]
            if not a.has_keys and self.mode != "sandbox":
                parts.append(f"no keys: run bot login {a.name}")
            if a.cap_usd is not None:
                parts.append(f"${a.spent_usd:.2f} of ${a.cap_usd:.2f} this month")
            if a.trouble:
                until = f" until {_local(a.suspended_until, zone)}" if a.suspended_until else ""
                parts.append(f"stopped{until}: {a.trouble}")
            lines.append("Account:    " + "; ".join(parts))
        lines += [f"EXPOSED:    {keys}" for keys in self.exposed]
        lines += [f"Petition:   {petition.line()}" for petition in self.petitions]
        if self.put_back is not None:
            lines += _of_put_back(self.put_back, zone)
        lines += [f"Alert:      {alert.what}" for alert in self.alerts]
        return lines


def scopes_in_force(store: Store | None, settings: Settings) -> tuple[str, ...]:
    """The stop switches that are on: scopes as in the ledger, `all` for the file PAUSE."""
    scopes = [pause.scope for pause in store.pauses()] if store else []
    return (*scopes, "all") if settings.pause_file.exists() else tuple(scopes)


def holds(scopes: Collection[str], delivery: Delivery) -> bool:
    """Tell whether one of the stop switches holds a delivery."""
    of_delivery = {"all", f"account:{delivery.account}", f"campaign:{delivery.campaign}"}
    return not of_delivery.isdisjoint(scopes)


def read_status(
    store: Store | None,
    loaded: Loaded,
    settings: Settings,
    now: datetime,
    alive: timedelta,
    audit: Store | None,
) -> Status:
    """Put the status together.

    Args:
        store: the ledger; None where there is none yet.
        loaded: the content, submissions included, with the newest counts over it.
        settings: where things lie.
        now: the moment.
        alive: how recent a tick must be.
        audit: the ledger that people's approvals and petitions' counts are in.
    """
    from bot.networks.registry import SECRETS

    catalog = loaded.catalog
    gate = Clearance(settings.root, audit).gate(catalog)
    beat = store.heartbeat() if store else None
    workers = store.workers(store.server_time() or now) if store else []
    states = {s.account: s for s in store.account_states()} if store else {}
    spent = store.spent_by_month() if store else {}
    paused = [p.scope for p in store.pauses()] if store else []
    if settings.pause_file.exists():
        paused.append(f"the file {settings.pause_file.name}")
    doubts = store.deliveries(states=(State.IN_DOUBT,)) if store else ()
    accounts = []
    for account in catalog.accounts.values():
        state = states.get(account.name)
        stopped = state is not None and (state.until is None or state.until > now)
        cap = account.monthly_cap_usd
        accounts.append(
            AccountStatus(
                name=account.name,
                network=account.network.value,
                has_keys=settings.has_secrets(account.name, SECRETS[account.network]),
                suspended_until=state.until if state and stopped else None,
                trouble=state.reason if state and stopped else "",
                needs_person=bool(state and stopped and state.needs_person),
                spent_usd=float(spent.get((account.name, f"{now:%Y-%m}"), 0)),
                cap_usd=float(cap) if cap is not None else None,
            )
        )
    moments = [next_slot(catalog, now, timedelta(days=7)), store.next_due(now) if store else None]
    return Status(
        now=now,
        alive=bool(workers)
        or (beat is not None and abs(now - beat.tick) < alive and is_held(settings.data)),
        mode=beat.mode if beat else None,
        pid=beat.pid if beat else None,
        last_tick=beat.tick if beat else None,
        next_post=min((m for m in moments if m is not None), default=None),
        paused=tuple(paused),
        counts=store.counts_by_state() if store else {},
        waiting_for_person=tuple(
            d.id for d in doubts if waits_for_person(d) or d.account not in catalog.accounts
        ),
        submissions=len(loaded.waiting),
        unapproved=len(gate.waiting(now)),
        workers=tuple(f"{w.host} (process {w.pid})" for w in workers),
        held=tuple(hold.pattern for hold in audit.holds()) if audit else (),
        accounts=tuple(accounts),
        petitions=tuple(petition_statuses(catalog, audit, now)),
        clock=clock_trouble(store, clock_for(store, lambda: now), now) if store else "",
        exposed=tuple(map(str, exposures(settings, catalog.accounts.values()))),
        alerts=tuple(row for row in store.alerts() if row.times) if store else (),
        put_back=_lately(store.put_back(), now) if store else None,
    )


def _lately(put_back: PutBack | None, now: datetime) -> PutBack | None:
    if put_back is None or put_back.to_look_for or now - put_back.at < _REMEMBERED:
        return put_back
    return None


def _of_put_back(found: PutBack, zone: ZoneInfo) -> list[str]:
    left = f"{found.to_look_for} deliveries are still to be looked for"
    since = _local(found.since, zone)
    return [
        f"PUT BACK:   on {_local(found.at, zone)}: {found.how}",
        f"            {left if found.to_look_for else 'all that may be posted was looked for'}",
        f"            gone: what people said after {since} (approvals, holds, counts, pauses)",
    ]


def _iso(moment: datetime | None, zone: ZoneInfo) -> str | None:
    return moment.astimezone(zone).isoformat() if moment else None


def _local(moment: datetime, zone: ZoneInfo) -> str:
    return f"{moment.astimezone(zone):%a %d %b %Y %H:%M %Z}"
