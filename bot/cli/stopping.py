"""The stop switch, and the clock that stops posting by itself: pause, resume, clock."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.common import OfSandbox, UserError, find_account, settings_of, wall_clock, who

if TYPE_CHECKING:
    from bot.settings import Settings
    from bot.store import Store

Account = Annotated[str | None, typer.Option("--account", help="Only this account.")]
Campaign = Annotated[str | None, typer.Option("--campaign", help="Only this campaign.")]


def add_to(app: typer.Typer) -> None:
    """Register the commands of this module."""
    app.command("pause")(pause)
    app.command("resume")(resume)
    app.command("clock")(clock)


def pause(
    context: typer.Context,
    *,
    account: Account = None,
    campaign: Campaign = None,
    why: Annotated[str, typer.Option("--why", help="For the log and your colleagues.")] = "",
) -> None:
    """Stop posting at once, also on a running daemon. A file PAUSE does the same."""
    scope = _scope(context, account, campaign)
    with _ledgers(settings_of(context)) as stores:
        for store in stores:
            store.pause(scope, by=who(), why=why, now=wall_clock())
    typer.echo(f"paused: {scope}. Nothing more goes out until: bot resume{_option(scope)}")


def resume(
    context: typer.Context,
    *,
    account: Account = None,
    campaign: Campaign = None,
) -> None:
    """Post again; what came due meanwhile is skipped or spaced out as its schedule says.

    An account that was stopped until a person helps (keys, credits) is tried again at once, too.
    """
    from bot.model import State
    from bot.status import holds

    scope = _scope(context, account, campaign)
    settings = settings_of(context)
    now = wall_clock()
    with _ledgers(settings) as stores:
        was_paused = [store.resume(scope, now=now, by=who()) for store in stores]
        only = scope.removeprefix("account:") if account else None
        tried = [] if campaign else [store.try_again(now, who(), only) for store in stores]
        mended = {name for names in tried for name in names}
        left = {p.scope for store in stores for p in store.pauses()}
        waiting = [
            d
            for store in stores
            for d in store.deliveries(states=(State.QUEUED,), until=now)
            if holds((scope,), d)
        ]
    if any(was_paused) or not mended:
        typer.echo(f"resumed: {scope}" if any(was_paused) else f"{scope} was not paused")
    for name in sorted(mended):
        typer.echo(f"{name} is tried again now, whatever stopped it")
    if waiting:
        typer.echo(
            f"{len(waiting)} came due meanwhile and go, or are skipped, as their schedules say: "
            "see bot queue"
        )
    if left:
        typer.echo(f"still paused: {', '.join(sorted(left))}")
    if settings.pause_file.exists():
        typer.echo(f"still paused by the file {settings.pause_file.name}: remove it")


def clock(
    context: typer.Context,
    *,
    right: Annotated[
        bool, typer.Option("--right", help="Say that it is right, and post by it.")
    ] = False,
    sandbox: OfSandbox = False,
) -> None:
    """Tell whether the machine's clock is believed; nothing is posted by one in doubt."""
    from bot.jobs.clock import clock_is_right, clock_trouble
    from bot.jobs.shared_clock import SharedClock, clock_for
    from bot.store import Store

    now = wall_clock()
    with Store.open(settings_of(context, sandbox=sandbox).database_url) as store:
        clock = clock_for(store, wall_clock)
        if right and isinstance(clock, SharedClock):
            raise UserError(
                "several machines go by the clock of the ledger's server: let a time server keep "
                "it right, and this machine's own"
            )
        doubt = clock_is_right(store, now, who()) if right else clock_trouble(store, clock, now)
    shown = f"{now.astimezone():%a %d %b %Y %H:%M:%S %Z}"
    if right:
        typer.echo(f"{shown} is right, you say" + (": posting goes on" if doubt else ""))
    elif doubt:
        typer.echo(f"{shown}: {doubt}")
        raise typer.Exit(1)
    else:
        typer.echo(f"{shown}: believed")


@contextmanager
def _ledgers(settings: Settings) -> Iterator[list[Store]]:
    """Open every ledger that a daemon may be working from: a stop switch must not miss."""
    from bot.store import NoDatabase, Store

    stores = [Store.open(settings.database_url)]
    try:
        with suppress(NoDatabase):  # where no sandbox has run
            stores.append(Store.open(settings.of_sandbox().database_url, create=False))
        yield stores
    finally:
        for store in stores:
            store.close()


def _scope(context: typer.Context, account: str | None, campaign: str | None) -> str:
    from bot.content import load

    if account and campaign:
        raise UserError("pause an account or a campaign, one at a time")
    if not (account or campaign):
        return "all"
    catalog = load(settings_of(context).root).catalog
    if account:
        return f"account:{find_account(catalog, account).name}"
    if campaign not in catalog.campaigns:
        known = ", ".join(catalog.campaigns) or "none"
        raise UserError(f'there is no campaign "{campaign}"; there is: {known}')
    return f"campaign:{campaign}"


def _option(scope: str) -> str:
    kind, _, name = scope.partition(":")
    return f" --{kind} {name}" if name else ""
