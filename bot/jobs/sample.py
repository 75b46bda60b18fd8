"""Reads engagement at its offsets after posting, as rows and as lines of a log."""

from __future__ import annotations

import json
import logging
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path

from bot.jobs.metering import metered, month_start
from bot.model import Account, Catalog, Counts, NetworkName, Sample
from bot.networks.base import PERSON_RETRY, Network, TryLater
from bot.store import DueSample, Store

log = logging.getLogger("bot.jobs.sample")

READ_RETRY = timedelta(minutes=5)
"""How long an account is not read after a trouble that names no time."""


@dataclass(frozen=True, slots=True)
class SampleReport:
    """What one round of reading came to."""

    taken: tuple[Sample, ...] = ()
    troubles: tuple[str, ...] = ()


def sample_due(
    store: Store,
    networks: Mapping[str, Network],
    catalog: Catalog,
    clock: Callable[[], datetime],
    log_line: Callable[[dict[str, object]], None],
    *,
    simulated: bool,
    only: str | None = None,
) -> SampleReport:
    """Read the engagement that is due, with one call per account; or only one account's.

    A post that the network no longer knows gets a sample without counts. Past its spending
    cap an X account is not read. `log_line` gets one dictionary per sample, fit for JSON.
    """
    groups: defaultdict[str, list[DueSample]] = defaultdict(list)
    for due in store.receipts_to_sample(clock(), catalog.sample_after, only):
        groups[due.account].append(due)
    taken: list[Sample] = []
    troubles: list[str] = []
    for name, group in groups.items():
        account, network = catalog.accounts.get(name), networks.get(name)
        if account is None or network is None:
            continue  # told wherever posts are due; engagement alone is no trouble
        now = clock()
        if trouble := _past_cap(store, account, catalog, len(group), now):
            troubles.append(trouble)
            store.suspend(name, now + timedelta(hours=1), trouble, False, now, use="read")
            continue
        counts = _measure(store, network, account, catalog, group, clock)
        if isinstance(counts, str):
            troubles.append(f"{name}: engagement not read: {counts}")
            continue
        now = clock()
        for due in group:
            sample = Sample(
                due.delivery, due.after, now, counts.get(due.receipt.remote_id, Counts()), simulated
            )
            if store.record_sample(sample):
                taken.append(sample)
                log_line(_line(sample, due, account))
    for trouble in troubles:
        log.warning("%s", trouble)
    return SampleReport(tuple(taken), tuple(troubles))


def log_lines_to(file: Path) -> Callable[[Mapping[str, object]], None]:
    """Give what writes each dictionary as a line of JSON at the end of a file."""

    def write(entry: Mapping[str, object]) -> None:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with file.open("a", encoding="utf-8") as log_file:
            log_file.write(json.dumps(entry, ensure_ascii=False) + "\n")

    return write


def _past_cap(
    store: Store, account: Account, catalog: Catalog, posts: int, now: datetime
) -> str | None:
    if account.network is not NetworkName.X or account.monthly_cap_usd is None:
        return None
    spent = store.spent(account.name, month_start(now))
    if spent + posts * catalog.prices.read <= account.monthly_cap_usd:
        return None
    return (
        f"{account.name}: ${spent:.3f} of ${account.monthly_cap_usd:.2f} spent, so nothing is read"
    )


def _measure(
    store: Store,
    network: Network,
    account: Account,
    catalog: Catalog,
    group: Sequence[DueSample],
    clock: Callable[[], datetime],
) -> Mapping[str, Counts] | str:
    """Read the counts by remote id, or say why not and leave the account alone for a while."""
    until: datetime | None = None
    wait, needs_person = READ_RETRY, False
    try:
        with metered(store, network, account, catalog, clock()):
            counts = network.measure([due.receipt for due in group])
    except TryLater as error:
        reason, until = error.reason, error.until
        if error.needs_person:
            wait, needs_person = PERSON_RETRY, True
    except Exception as error:  # noqa: BLE001 - reading engagement must not end a tick
        reason = f"unexpected {type(error).__name__}"
    else:
        store.unsuspend(account.name, clock(), use="read")
        return counts
    now = clock()
    if until is None or until <= now:
        until = now + wait
    store.suspend(account.name, until, reason, needs_person, now, use="read")
    return reason


def _line(sample: Sample, due: DueSample, account: Account) -> dict[str, object]:
    return {
        "at": sample.at.isoformat(),
        "delivery": sample.delivery,
        "account": account.name,
        "network": account.network.value,
        "campaign": due.campaign,
        "message": due.message,
        "url": due.receipt.url,
        "after_seconds": int(sample.after.total_seconds()),
        **asdict(sample.counts),
        "simulated": sample.simulated,
    }
