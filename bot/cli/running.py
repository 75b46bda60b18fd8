"""Commands that post, and tell how posting goes: run, post, status."""

from __future__ import annotations

from collections.abc import Collection
from contextlib import ExitStack
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.common import (
    Json,
    OfSandbox,
    UserError,
    console,
    find_account,
    find_message,
    ledger_if_any,
    note,
    open_real,
    page_port,
    print_json,
    refuse_open_keys,
    settings_of,
    wall_clock,
)

if TYPE_CHECKING:
    from bot.app import Bot
    from bot.model import Delivery
    from bot.settings import Settings


def add_to(app: typer.Typer) -> None:
    """Register the commands of this module."""
    app.command("run")(run)
    app.command("post")(post)
    app.command("status")(status)


def run(
    context: typer.Context,
    *,
    sandbox: Annotated[
        bool, typer.Option("--sandbox", help="Post to sandbox servers on this machine instead.")
    ] = False,
    port: Annotated[
        int | None,
        typer.Option(min=0, max=65535, help="Of the timelines page. Default: 8022 or a free one."),
    ] = None,
    every: Annotated[
        int, typer.Option(min=1, max=15, help="Look for changes at least once in so many seconds.")
    ] = 15,
    inbox: Annotated[
        bool,
        typer.Option("--inbox/--no-inbox", help="Of several machines, one answers volunteers."),
    ] = True,
) -> None:
    """Start the daemon: post each message at its hour until SIGTERM or Ctrl-C."""
    import logging
    from threading import Event

    from bot import daemon, logs
    from bot.app import open_bot
    from bot.exposure import as_root, surroundings
    from bot.fetching import Fetcher
    from bot.process import Supervisor, keep_memory_private, stop_on_signals
    from bot.worklock import is_held, sole_worker

    logs.to_stderr()
    keep_memory_private()
    settings = settings_of(context, warn=sandbox)
    supervisor = Supervisor(settings.notify_socket)
    if sandbox and is_held(settings.data):
        inbox = False  # they are the real one's, which runs
    if sandbox:
        settings = settings.of_sandbox()
    stop = Event()
    with ExitStack() as stack:
        stack.enter_context(sole_worker(settings.data))
        if sandbox:
            from bot.sandboxed import open_sandbox_bot

            bot, page = open_sandbox_bot(settings, wall_clock, page_port(port), stack)
            alerts = _but_alerts(settings)
            note(f"sandbox: nothing{alerts} leaves this machine. The timelines: {page}")
        else:
            bot = stack.enter_context(open_bot(settings, wall_clock, fetch=Fetcher()))
        for problem in bot.problems:
            if problem.severity == "error":
                note(str(problem))
        if not bot.catalog.accounts:
            raise UserError("schedules.yaml names no usable account: run bot check")
        if not bot.networks():
            names = " or ".join(f"bot login {name}" for name in bot.catalog.accounts)
            raise UserError(f"no account has its keys: run {names}, or bot run --sandbox")
        stop_on_signals(stop)
        if not sandbox:
            refuse_open_keys(bot)
            for exposure in (*surroundings(settings), *as_root(settings)):
                logging.getLogger("bot").warning("%s", exposure)
        _try_again(bot)
        daemon.run(bot, stop, timedelta(seconds=every), inboxes=inbox, supervisor=supervisor)


def _try_again(bot: Bot) -> None:
    """Take a start for a person's word that keys and credits are mended; once, for one more try."""
    import logging

    from bot.store import StoreError

    log = logging.getLogger("bot")
    try:
        for account in bot.store.try_again(bot.clock(), "a new start"):
            log.info("%s was stopped for what a person mends: trying it again", account)
    except StoreError as error:
        log.warning("stopped accounts are not tried again yet: %s", error)


def _but_alerts(settings: Settings) -> str:
    from bot.settings import SettingsError

    try:
        return ", but alerts (ALERT_URLS)" if settings.alert_urls else ""
    except SettingsError:  # the daemon tells of it, and none are sent (ADR 14)
        return ""


def post(
    context: typer.Context,
    message: Annotated[str, typer.Argument(help="A message's id, name or file.")],
    *,
    account: Annotated[str, typer.Option("--account", help="The account to post it to.")],
    as_json: Json = False,
) -> None:
    """Post one message now, through the same queue as everything else."""
    import logging

    from bot import logs
    from bot.cli.shapes import ledger_shape
    from bot.posting import post_now
    from bot.status import scopes_in_force

    logs.to_stderr(logging.WARNING)
    with open_real(context) as bot:
        found = find_message(bot.catalog, message, bot.problems)
        to = find_account(bot.catalog, account)
        parts = post_now(bot, found, to)
        paused = scopes_in_force(bot.store, bot.settings)
        if as_json:
            first, *rest = (ledger_shape(part, bot.catalog.zone) for part in parts)
            print_json({**first, "parts": rest} if rest else first)
        else:
            for part in parts:
                typer.echo(_outcome(part, paused))
        if any(part.state.value != "sent" for part in parts):
            raise typer.Exit(1)


def _outcome(delivery: Delivery, paused: Collection[str]) -> str:
    from bot.status import holds

    if delivery.receipt is not None:
        return f"posted: {delivery.receipt.url}"
    if delivery.state.value == "queued":
        why = delivery.reason or ("paused" if holds(paused, delivery) else "waiting for its turn")
        return f"delivery {delivery.id} is not posted yet, but queued: {why}"
    if delivery.state.value == "in_doubt":
        return (
            f"delivery {delivery.id} may have gone out ({delivery.reason}): "
            "the daemon looks for it on the timeline; see bot queue"
        )
    return f"delivery {delivery.id} {delivery.state.value}: {delivery.reason}"


def status(
    context: typer.Context,
    *,
    sandbox: OfSandbox = False,
    alive: Annotated[
        bool, typer.Option("--alive", help="Exit 1 if the daemon is not; say nothing else.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Tell whether the daemon is alive, what is next, and what needs a person."""
    from bot.content.waiting import WAITING
    from bot.pulse import ALIVE_WITHIN
    from bot.reading import read
    from bot.status import read_status

    settings = settings_of(context, sandbox=sandbox, warn=False)
    with ledger_if_any(settings.database_url) as store, ledger_if_any(settings.audit_url) as audit:
        loaded = read(settings, audit, waiting=True)
        found = read_status(store, loaded, settings, wall_clock(), ALIVE_WITHIN, audit)
    if alive:
        raise typer.Exit(0 if found.alive else 1)
    if as_json:
        print_json(found.shape(loaded.catalog.zone))
        return
    out = console()
    for line in found.lines(loaded.catalog.zone):
        out.print(line)
    if not sandbox and settings.of_sandbox().data.is_dir():
        out.print("A sandbox has run here, too: bot status --sandbox")
    errors = sum(p.severity == "error" and f"/{WAITING}/" not in p.path for p in loaded.problems)
    if errors:
        out.print(f"content: {errors} errors; see bot check")
