"""Posts what is due, each account by a worker of its own.

    due ── triage.hold ──▶ skipped, postponed, or looked for again
     └── picture read ── claim ── publish ── settle ── record
                          │          └─ TryLater: the whole account waits
                          └─ committed before the call, or there is no call

One account's trouble never delays another's: its waiting is written into the ledger, not
slept through, and a server that hangs holds up only its own account's worker.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from threading import Event

from bot.jobs import triage
from bot.jobs.clearing import Gate
from bot.jobs.sending import CheckPicture, Sender, Surroundings, event_name
from bot.jobs.unwritten import write_down
from bot.model import Catalog, Delivery, State
from bot.networks.base import Network
from bot.settle import Outcome, Policy, Skip, policy_for, settle
from bot.store import StaleDelivery, Step, Store, StoreError, StoreUnavailable

log = logging.getLogger("bot.jobs.deliver")

Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class DeliveryReport:
    """What one run did."""

    settled: tuple[Delivery, ...] = ()
    """Every delivery that was moved, as it then stood, in the order of the moves."""
    troubles: tuple[str, ...] = ()
    """What went wrong with accounts or the ledger, for a person."""

    def count(self, state: State) -> int:
        """How many moves ended in `state`."""
        return sum(delivery.state is state for delivery in self.settled)


def deliver_due(
    store: Store,
    networks: Mapping[str, Network],
    catalog: Catalog,
    clock: Clock,
    root: Path,
    *,
    paused: bool = False,
    sandbox: bool = False,
    stop: Event | None = None,
    workers: int = 4,
    account: str | None = None,
    only: Collection[int] | None = None,
    check_picture: CheckPicture | None = None,
    gate: Callable[[], Gate] | None = None,
    hindrance: Callable[[], str] | None = None,
    may_call: Callable[[], bool] | None = None,
) -> DeliveryReport:
    """Post what is due; the caller is the only process that sends, or a worker of the store.

    Args:
        store: the ledger.
        networks: the accounts that can be used, by name.
        catalog: what content/ and schedules.yaml say now.
        clock: tells the time.
        root: the folder that pictures lie in.
        paused: the file PAUSE is there; nothing is sent.
        sandbox: doubts are settled as the sandbox allows.
        stop: once set, the calls in hand are finished and nothing more is claimed.
        workers: how many accounts are served at a time.
        account: nothing but this one's.
        only: nothing but these deliveries.
        check_picture: says what is wrong with a picture.
        gate: says what may not go out any more, and what is held; asked before each claim.
        hindrance: says why nothing may be sent at this moment, if so; asked before each claim.
        may_call: tells, at the very moment of a call, whether this process may still make it.
    """
    settled: list[Delivery] = []
    troubles: list[str] = []

    def trouble(text: str) -> None:
        log.warning("%s", text)
        troubles.append(text)

    around = Surroundings(
        store=store,
        catalog=catalog,
        clock=clock,
        root=root,
        stop=stop or Event(),
        only=only,
        check_picture=check_picture,
        gate=gate,
        hindrance=hindrance,
        keeps_caps=not sandbox,
        may_call=may_call,
        settled=settled.append,
        trouble=trouble,
    )
    try:
        if account is None:
            settled += tidy(store, clock(), gate and gate(), only=only, paused=paused)
        else:
            settled += write_down(store, clock())
        if not paused:
            _serve_all(around, networks, workers, account, sandbox=sandbox)
    except StoreUnavailable as error:
        trouble(str(error))
    return DeliveryReport(tuple(settled), tuple(troubles))


def take_stock(store: Store, now: datetime) -> list[Delivery]:
    """Write down the answers in hand, and doubt what a sender that is gone has left behind.

    Every process does so for itself. A run that could not write down what came of a call has left
    it as `sending`, too, and nobody else may touch what a living one holds.

    Raises:
        StoreUnavailable: nothing could be written.
    """
    return write_down(store, now) + store.interrupted(now)


def tidy(
    store: Store,
    now: datetime,
    gate: Gate | None = None,
    *,
    only: Collection[int] | None = None,
    paused: bool = False,
) -> list[Delivery]:
    """Doubt what a sender that is gone has left behind, and skip what will never be sent.

    That is what is too late, and the rest of a thread that broke.

    Raises:
        StoreUnavailable: nothing could be written.
    """
    doubtful = take_stock(store, now) + store.recheck(now)
    suspended = {s.account: s.reason for s in store.account_states()}
    outcomes: dict[int, tuple[Delivery, Outcome]] = {
        delivery.id: (delivery, Skip("the part before it was not posted"))
        for delivery in store.broken_threads()
    }
    for expired in store.too_late(now):
        delivery = expired.delivery
        because = suspended.get(delivery.account, "")
        if paused or expired.paused:
            because = "paused past its hour"
        elif expired.waited_for is not None:
            because = f"it waited for delivery {expired.waited_for}, which is in doubt"
        elif gate is not None and (held := gate.held(delivery)):
            because = held
        outcomes.setdefault(delivery.id, (delivery, triage.too_late(delivery, because)))
    steps = []
    for number, (before, outcome) in outcomes.items():
        if only is None or number in only:
            after = settle(before, outcome, now, Policy())
            steps.append(Step(before, after, event_name(outcome), after.reason))
    return doubtful + [step.after for step in steps if _recorded(store, step, now)]


def _recorded(store: Store, step: Step, now: datetime) -> bool:
    try:
        store.record_all([step], now)
    except StaleDelivery as error:  # its account's worker was quicker
        log.info("%s", error)
        return False
    return True


def _serve_all(
    around: Surroundings,
    networks: Mapping[str, Network],
    workers: int,
    only_account: str | None,
    *,
    sandbox: bool,
) -> None:
    """Serve every account that has something due, or the only one that is asked for."""

    def serve(name: str) -> None:
        account, network = around.catalog.accounts.get(name), networks.get(name)
        if account is None or network is None:
            around.trouble(f"{name}: posts are due, but there is no such account, or no key to it")
            return
        policy = policy_for(account, resend_window=network.resend_window, sandbox=sandbox)
        try:
            with around.store.serving(name) as free:
                if free:
                    Sender(around, account, network, policy).work()
        except StoreError as error:
            around.trouble(f"{name}: {error}")
        except Exception as error:
            # Ours, not the network's: those are outcomes. The other accounts go on.
            log.exception("%s: a fault of ours", name)
            around.trouble(f"{name}: unexpected {type(error).__name__}")

    first = around.store.due(around.clock(), limit=1, account=only_account, only=around.only)
    names = [delivery.account for delivery in first]
    if len(names) <= 1 or workers <= 1:
        for name in names:
            serve(name)
        return
    with ThreadPoolExecutor(min(workers, len(names)), "deliver") as pool:
        for served in [pool.submit(serve, name) for name in names]:
            served.result()


def tell_of(deliveries: Iterable[Delivery]) -> None:
    """Write what came of deliveries into the log."""
    for d in deliveries:
        if d.receipt is not None:
            log.info("posted: %s %s: %s", d.account, d.message, d.receipt.url)
        else:
            level = logging.INFO if d.state is State.QUEUED else logging.WARNING
            log.log(level, "%s: %s %s: %s", d.state.value, d.account, d.message, d.reason)
