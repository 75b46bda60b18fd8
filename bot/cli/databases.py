"""Commands about where the ledger is: db copy."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.common import UserError, settings_of, wall_clock


def add_to(app: typer.Typer) -> None:
    """Register the commands of this module."""
    db = typer.Typer(help="Where the ledger is kept.", no_args_is_help=True)
    db.command("copy")(copy)
    app.add_typer(db, name="db")


def copy(
    context: typer.Context,
    *,
    source: Annotated[
        Path | None,
        typer.Option("--from", help="Its file. Default: loudhailer.db in the data folder."),
    ] = None,
) -> None:
    """Move the ledger from its file to the PostgreSQL server that DATABASE_URL names.

    The file is compared with the copy row by row, and is then put aside under another name.
    """
    from bot.settings import DATABASE_FILE
    from bot.store import Store
    from bot.store.moving import copy_to_server
    from bot.worklock import sole_worker

    settings = settings_of(context)
    file = source or settings.data / DATABASE_FILE
    if not file.exists():
        raise UserError(f"there is no ledger at {file}: name it with --from")
    with sole_worker(settings.data):
        copied = copy_to_server(f"sqlite:///{file}", settings.database_url)
        aside = file.with_name(f"{file.stem}-moved-{wall_clock():%Y%m%dT%H%M%SZ}{file.suffix}")
        file.rename(aside)
        with Store.open(settings.database_url, create=False) as store:
            store.was_moved(settings.data)  # else the first start would take it for a copy
    typer.echo(
        f"copied {sum(copied.values()):,} rows ({copied['deliveries']:,} deliveries) and compared "
        f"each. The file is now {aside.name}; start the daemons: bot run"
    )
