"""What the commands share: settings, output, times, finding a message by name."""

from __future__ import annotations

import difflib
import json
import sys
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any
from zoneinfo import ZoneInfo

import typer

if TYPE_CHECKING:
    from rich.console import Console

    from bot.app import Bot
    from bot.model import Account, Catalog, Message
    from bot.settings import Settings
    from bot.store import Store

Json = Annotated[bool, typer.Option("--json", help="One JSON document on stdout, nothing else.")]
OfSandbox = Annotated[
    bool, typer.Option("--sandbox", help="Of `bot run --sandbox`, which has a ledger of its own.")
]


class UserError(Exception):
    """A mistake that the person at the keyboard can put right; the text says how."""


def wall_clock() -> datetime:
    """The real time: only faces read it."""
    return datetime.now(UTC)


def settings_of(context: typer.Context, *, sandbox: bool = False, warn: bool = True) -> Settings:
    """Read the settings for this call, and keep their keys out of all that is logged from now on.

    With `warn` it says so where others can read `.env`; commands that look further say it
    themselves.
    """
    from bot import logs
    from bot.settings import read_settings

    settings = read_settings(context.obj)
    logs.learn(settings.secret_values())
    if not (settings.root / "schedules.yaml").exists() and not (settings.root / "content").exists():
        raise UserError(
            f"{settings.root} holds neither schedules.yaml nor content/: "
            "go to your campaign's folder, or name it with --root"
        )
    if warn:
        from bot.exposure import exposures

        for exposure in exposures(settings, ()):
            note(f"warning: {exposure}")
    return settings.of_sandbox() if sandbox else settings


def open_real(context: typer.Context) -> Bot:
    """Open the bot on the real clock, the real ledger and the real accounts.

    Raises:
        UserError: others can get at the accounts' keys.
    """
    from bot.app import open_bot

    bot = open_bot(settings_of(context, warn=False), wall_clock)
    try:
        refuse_open_keys(bot)
    except BaseException:
        bot.close()
        raise
    return bot


def refuse_open_keys(bot: Bot) -> None:
    """Post nothing with keys that others can read or change, as ssh does.

    Raises:
        UserError: says which, and the commands that mend it.
    """
    from bot.exposure import exposures

    if found := exposures(bot.settings, bot.catalog.accounts.values()):
        told = "\n  ".join(str(exposure) for exposure in found)
        raise UserError(f"nothing is posted while others can get at the keys:\n  {told}")


def ledger_if_any(url: str) -> AbstractContextManager[Store | None]:
    """Open a ledger where there is one already; None where nothing has run yet."""
    from bot import reading

    return reading.ledger_if_any(url)


PAGE_PORT = 8022
"""Where the timelines page is looked for first."""


def page_port(wanted: int | None) -> int:
    """Choose the page's port: the one a person names, else the usual one if it is free."""
    import socket

    if wanted is not None:
        return wanted
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", PAGE_PORT))
        except OSError:
            return 0
    return PAGE_PORT


def who() -> str:
    """Name the person at the keyboard, for the log."""
    import getpass

    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container's user without a name
        return "somebody"


def console() -> Console:
    """A console for people, on stdout."""
    from rich.console import Console

    # In a pipe there is no width to keep to, and cutting lines would lose what they say.
    return Console(highlight=False, width=None if sys.stdout.isatty() else 10_000)


def note(text: str) -> None:
    """Tell a person something that is not the command's answer: on stderr."""
    typer.echo(text, err=True)


def print_json(document: Any) -> None:  # noqa: ANN401 # whatever JSON can hold
    """Print the command's one JSON document."""
    typer.echo(json.dumps(document, ensure_ascii=False, indent=2, default=_plain))


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Path):
        return value.as_posix()
    raise TypeError(f"{type(value).__name__} has no JSON form")


def read_time(text: str | None, zone: ZoneInfo, default: datetime) -> datetime:
    """Read `2022-02-21`, `2022-02-21 09:00` or ISO 8601 with an offset; local to `zone`.

    Raises:
        UserError: it is none of these.
    """
    if text is None:
        return default
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError as error:
        raise UserError(
            f'"{text}" is not a time: write 2022-02-21, "2022-02-21 09:00" or '
            "2022-02-21T09:00+01:00"
        ) from error
    if not 1970 <= moment.year <= 9000:
        raise UserError(f"{text} is too far away: years go from 1970 to 9000")
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)


def find_message(catalog: Catalog, name: str, problems: tuple[object, ...] = ()) -> Message:
    """Find a message by its id, its file's stem or its path.

    Raises:
        UserError: there is none, or several; says which come near.
    """
    stem = Path(name).stem if name.endswith((".md", ".txt")) else name
    matches = [
        m
        for m in catalog.messages.values()
        if name in (m.id, m.path) or m.id.split("/", 1)[1] == stem
    ]
    if len(matches) > 1 and "/" in name:
        matches = [m for m in matches if name in (m.id, m.path)] or matches
    if len(matches) == 1:
        return matches[0]
    if matches:
        raise UserError(f'"{name}" may be {" or ".join(m.id for m in matches)}: give the whole id')
    faults = [str(p) for p in problems if f"/{stem}." in str(p)]
    if faults:
        raise UserError("that message has problems:\n  " + "\n  ".join(faults))
    short = [m.id.split("/", 1)[1] for m in catalog.messages.values()]
    near = difflib.get_close_matches(stem, short, n=1) or difflib.get_close_matches(
        name, list(catalog.messages), n=1
    )
    hint = f' - did you mean "{near[0]}"?' if near else ""
    raise UserError(f'there is no message "{name}"{hint}')


def find_account(catalog: Catalog, name: str) -> Account:
    """Find an account by name.

    Raises:
        UserError: schedules.yaml has none of that name; says which come near.
    """
    if name in catalog.accounts:
        return catalog.accounts[name]
    near = difflib.get_close_matches(name, catalog.accounts, n=1)
    hint = f' - did you mean "{near[0]}"?' if near else ""
    raise UserError(f'schedules.yaml has no account "{name}"{hint}')
