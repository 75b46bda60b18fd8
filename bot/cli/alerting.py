"""The command about being told: alert."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.common import (
    Json,
    OfSandbox,
    UserError,
    ledger_if_any,
    print_json,
    settings_of,
    wall_clock,
)

if TYPE_CHECKING:
    from bot.settings import Settings
    from bot.telling import Words


def add_to(app: typer.Typer) -> None:
    """Register the command of this module."""
    app.command("alert")(alert)


def alert(
    context: typer.Context,
    *,
    test: Annotated[
        bool, typer.Option("--test", help="Send a test message to every address of ALERT_URLS.")
    ] = False,
    digest: Annotated[
        bool, typer.Option("--digest", help="Show the digest as it would be sent now.")
    ] = False,
    sandbox: OfSandbox = False,
    as_json: Json = False,
) -> None:
    """List the alerts that are not over; or try whether they would reach you."""
    settings = settings_of(context, sandbox=sandbox)
    if test:
        _test(settings, as_json=as_json)
    elif digest:
        words = _digest(settings)
        if as_json:
            print_json({"title": words.title, "body": words.body})
        else:
            typer.echo(f"{words.title}\n\n{words.body}")
    else:
        _list(settings, as_json=as_json)


def _test(settings: Settings, *, as_json: bool) -> None:
    from bot.alerts import open_addresses, speaker
    from bot.telling import Words

    urls = settings.alert_urls
    if not urls:
        raise UserError("ALERT_URLS names no address: put one into .env, see docs/operator.md")
    addresses, problems = open_addresses(urls)
    name = speaker(sandbox=settings.apart_from is not None)
    words = Words(f"{name}: a test", "This is a test. Alerts and the daily digest come this way.")
    found = addresses.try_each(words)
    if as_json:
        print_json({"addresses": found, "problems": problems})
    else:
        for address, trouble in found.items():
            typer.echo(f"{address}: {f'NOT taken: {trouble}' if trouble else 'taken'}")
        for problem in problems:
            typer.echo(problem)
    if problems or any(found.values()):
        raise typer.Exit(1)


def _digest(settings: Settings) -> Words:
    from bot.alerts import Looker, speaker
    from bot.app import open_bot
    from bot.jobs.clearing import Clearance
    from bot.pulse import Pulse
    from bot.telling import digest

    now = wall_clock()
    sandbox = settings.apart_from is not None
    with (
        ledger_if_any(settings.database_url) as there,
        ledger_if_any(settings.audit_url) as audit,
    ):
        if there is None:
            raise UserError("there is nothing to tell yet: bot run has not run here")
        with open_bot(settings, wall_clock, sandbox=sandbox) as bot:
            bot.clearance = Clearance(settings.root, audit)
            return digest(Looker(bot, Pulse(now)).day(now), speaker(sandbox=sandbox))


def _list(settings: Settings, *, as_json: bool) -> None:
    from bot.content import load
    from bot.telling import shown

    zone = load(settings.root).catalog.zone
    with ledger_if_any(settings.database_url) as store:
        rows = [row for row in store.alerts() if row.times] if store else []
    if as_json:
        print_json(
            [
                {
                    "kind": row.kind,
                    "since": row.since.astimezone(zone),
                    "told_at": row.told_at.astimezone(zone) if row.told_at else None,
                    "what": row.what,
                    "do": row.do,
                }
                for row in rows
            ]
        )
        return
    for row in rows:
        typer.echo(f"{shown(row.since, zone)}  {row.what}\n  > {row.do}")
    if not rows:
        none = "No alert is open."
        if not settings.alert_urls:
            none += " None is sent either: ALERT_URLS names no address (docs/operator.md)."
        typer.echo(none)
