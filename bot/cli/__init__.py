"""The command line: one function a command, no decisions.

Command modules import what they need inside their functions: `bot --help` and shell
completion must answer at once, and half of the commands need neither a database nor a
network library.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from bot.cli import (
    alerting,
    approving,
    cards,
    content,
    counts,
    databases,
    drafting,
    guarding,
    importing,
    intake,
    kits,
    ledger,
    login,
    planning,
    reviewing,
    running,
    stopping,
)

app = typer.Typer(
    name="bot",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Loudhailer: queued messages go out to your own X and Mastodon accounts, "
    "at their hour, once, with a share card.",
)


@app.callback()
def _root(
    context: typer.Context,
    root: Annotated[
        Path | None,
        typer.Option(
            help="The folder with content/ and schedules.yaml. "
            "Default: LOUDHAILER_ROOT, else the working directory.",
            show_default=False,
        ),
    ] = None,
) -> None:
    context.obj = root


for module in (
    content,
    intake,
    approving,
    drafting,
    reviewing,
    importing,
    cards,
    planning,
    kits,
    running,
    alerting,
    stopping,
    counts,
    databases,
    ledger,
    guarding,
    login,
):
    module.add_to(app)


def run() -> int:
    """Run the command line and return the exit code.

    Mistakes of the person at the keyboard are errors that are written for them and end in
    one line; anything else is a fault of ours and keeps its traceback.
    """
    from bot import logs

    logs.guard()
    try:
        app()
    except SystemExit as done:
        return done.code if isinstance(done.code, int) else int(bool(done.code))
    except Exception as error:
        if isinstance(error, _written_for_people()):
            print(f"bot: {error}", file=sys.stderr)  # noqa: T201 # the one place that speaks of errors
            return 1
        raise
    return 0


def _written_for_people() -> tuple[type[Exception], ...]:
    """The errors whose text tells its reader what to do."""
    from bot.cards import CardError
    from bot.cli.common import UserError
    from bot.content import ContentError
    from bot.kit import KitError
    from bot.networks.base import NetworkError
    from bot.networks.login import LoginError
    from bot.sandbox import PortTakenError
    from bot.settings import SettingsError
    from bot.store import StoreError
    from bot.worklock import CannotWork

    return (
        CannotWork, CardError, ContentError, KitError, LoginError, NetworkError, PortTakenError,
        SettingsError, StoreError, UserError,
    )  # fmt: skip
