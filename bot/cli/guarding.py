"""Commands that guard the ledger: backup, restore, check-ledger."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo

import typer

from bot.cli.common import OfSandbox, UserError, settings_of, wall_clock

if TYPE_CHECKING:
    from bot.settings import Settings
    from bot.store.copies import Contents


def add_to(app: typer.Typer) -> None:
    """Register the commands of this module."""
    app.command("backup")(backup)
    app.command("restore")(restore)
    app.command("check-ledger")(check_ledger)


def backup(
    context: typer.Context,
    target: Annotated[
        Path, typer.Argument(help="A new file, or a folder that gets one with its date for a name.")
    ],
    *,
    keep: Annotated[
        int | None,
        typer.Option(min=1, help="In a folder: keep the newest so many, delete older backups."),
    ] = None,
    sandbox: OfSandbox = False,
) -> None:
    """Copy the ledger, also while the daemon runs, and try whether the copy is good."""
    from bot.store.copies import back_up, back_up_into

    settings = settings_of(context, sandbox=sandbox)
    ledger = _file(settings)
    now = wall_clock()
    if target.is_dir():
        written, found = back_up_into(target, ledger, now, keep)
    elif keep is not None:
        raise UserError(
            f"--keep goes with a folder, and there is none at {target}: mkdir -p {target}"
        )
    else:
        written, found = target, back_up(ledger, target, now)
    typer.echo(
        f"backed up to {written} ({written.stat().st_size / 1_000_000:.1f} MB). Tried: it opens, "
        f"is whole from end to end, and holds the same {sum(found.rows.values()):,} rows; "
        f"{_deliveries(found)}"
    )


def restore(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="A backup.")],
    *,
    sandbox: OfSandbox = False,
) -> None:
    """Put a backup in the ledger's place; what went out since is looked for, not sent again."""
    from bot.content import load
    from bot.store.copies import put_back
    from bot.worklock import sole_worker

    settings = settings_of(context, sandbox=sandbox)
    ledger = _file(settings)
    zone = load(settings.root).catalog.zone
    with sole_worker(settings.data):
        found, aside = put_back(file, ledger, wall_clock())
    since = _local(found.as_of, zone)
    typer.echo(f"{ledger} is now the ledger as of {since}: {_deliveries(found)}")
    if aside is not None:
        typer.echo(f"The ledger that was there is kept as {aside}")
    typer.echo(_NEXT.format(since=since))


_NEXT = """\
Next:
  1. What people said after {since} is gone: approvals, returns, holds, counts,
     pauses, resolved doubts. Say it again (bot review, hold, count, pause), or put a
     file PAUSE into the root until you have.
  2. Start bot run. Whatever was due since then is looked for on your own timelines
     first, before any post. What is there counts as posted; what is not goes out, or
     is skipped as too late, as its schedule says. bot status tells how far it is."""


def check_ledger(
    context: typer.Context,
    file: Annotated[
        Path | None, typer.Argument(help="A backup. Default: the ledger itself.")
    ] = None,
    *,
    sandbox: OfSandbox = False,
) -> None:
    """Look the ledger, or a backup, through from end to end; exit 1 if it is not whole."""
    from bot.content import load
    from bot.store.copies import examine

    settings = settings_of(context, sandbox=sandbox)
    looked_at = file or _file(settings)
    found = examine(looked_at)
    zone = load(settings.root).catalog.zone
    kind = "a copy as of" if found.is_copy else "last at work"
    typer.echo(
        f"{looked_at} is whole: {sum(found.rows.values()):,} rows, {kind} "
        f"{_local(found.as_of, zone)}; {_deliveries(found)}"
    )


def _file(settings: Settings) -> Path:
    """Name the ledger's file.

    Raises:
        UserError: the ledger is on a server; says how that is backed up.
    """
    from sqlalchemy import URL, make_url

    from bot.store.copies import file_of

    file = file_of(settings.database_url)
    if file is not None:
        return file
    given = make_url(settings.database_url)
    address = URL.create("postgresql", given.username, None, given.host, given.port, given.database)
    shown = address.render_as_string()
    raise UserError(
        "the ledger is on a PostgreSQL server, which has its own tools. To back it up:\n"
        f"  pg_dump --format=custom --file=loudhailer.dump '{shown}'\n"
        "To put that back, with every daemon stopped:\n"
        f"  pg_restore --clean --if-exists --dbname='{shown}' loudhailer.dump\n"
        "A daemon that posted after the dump was made notices, and looks before it posts."
    )


def _deliveries(found: Contents) -> str:
    counted = ", ".join(f"{number:,} {state}" for state, number in sorted(found.states.items()))
    return f"deliveries: {counted or 'none yet'}"


def _local(moment: datetime | None, zone: ZoneInfo) -> str:
    return f"{moment.astimezone(zone):%a %d %b %Y %H:%M %Z}" if moment else "its very beginning"
