"""Commands about content: check, length, new-campaign."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli.common import (
    Json,
    UserError,
    console,
    find_account,
    print_json,
    settings_of,
    wall_clock,
)

if TYPE_CHECKING:
    from bot.content import Problem
    from bot.model import Limits, NetworkName


def add_to(app: typer.Typer) -> None:
    """Register the commands of this module."""
    app.command("check")(check)
    app.command("length")(length)
    app.command("new-campaign")(new_campaign)


def check(
    context: typer.Context,
    *,
    online: Annotated[
        bool, typer.Option("--online", help="Also ask each account's server.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Validate settings, schedules and content; all problems at once, exit 1 if any.

    A message must make a text and a card that fit on every account that may take it.
    """
    from bot.checking import check_accounts, check_all
    from bot.checking_settings import check_settings

    settings = settings_of(context, warn=False)
    checked = check_all(settings, wall_clock())
    problems = [*check_settings(settings), *checked.problems]
    if online:
        problems += check_accounts(settings, checked.catalog, wall_clock)
    errors = [p for p in problems if p.severity == "error"]
    if as_json:
        print_json(
            {
                "ok": not errors,
                "messages": len(checked.catalog.messages),
                "campaigns": len(checked.catalog.campaigns),
                "accounts": len(checked.catalog.accounts),
                "schedules": len(checked.catalog.schedules),
                "problems": [_problem_shape(p) for p in problems],
            }
        )
    else:
        for problem in problems:
            typer.echo(_problem_line(problem))
        warnings = len(problems) - len(errors)
        typer.echo(
            f"{_number(len(checked.catalog.messages), 'message')}, "
            f"{_number(len(checked.catalog.accounts), 'account')}, "
            f"{_number(len(checked.catalog.schedules), 'schedule')}: "
            + (f"{_number(len(errors), 'error')}, " if errors else "no errors, ")
            + _number(warnings, "warning")
        )
    raise typer.Exit(1 if errors else 0)


def _number(n: int, what: str) -> str:
    return f"{n} {what}" if n == 1 else f"{n} {what}s"


def _problem_line(problem: Problem) -> str:
    return str(problem) if problem.severity == "error" else f"{problem} (warning)"


def _problem_shape(problem: Problem) -> dict[str, Any]:
    return {
        "path": problem.path,
        "line": problem.line,
        "column": problem.column,
        "text": problem.text,
        "severity": problem.severity,
    }


def length(
    context: typer.Context,
    file: Annotated[str, typer.Argument(help="A file, or - for standard input.")] = "-",
    *,
    account: Annotated[str | None, typer.Option(help="Against this account's limits.")] = None,
    as_json: Json = False,
) -> None:
    """Tell how long a text is, as each network counts it.

    Reads plain text, or a JSON array of strings; answers per text.
    """
    from bot.model import NetworkName
    from bot.networks.base import DEFAULT_LIMITS
    from bot.text import TextError, decode

    try:
        raw = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    except OSError as error:
        raise UserError(f"{file} cannot be read: {error.strerror}") from error
    try:
        plain = decode(raw)
    except TextError as error:
        raise UserError(f"{file}: {error}") from error
    limits = dict(DEFAULT_LIMITS)
    if account is not None:
        network, its_limits = _limits_of_account(context, account)
        limits[network] = its_limits
    several = _array(plain)
    # The line break that ends a file is the editor's, not the author's.
    texts = [plain.removesuffix("\n")] if several is None else several
    shapes = [_length_shape(text, limits) for text in texts]
    if as_json:
        print_json(shapes[0] if several is None else shapes)
        return
    for number, shape in enumerate(shapes, start=1):
        if several is not None:
            typer.echo(f"text {number}")
        for name, counted in shape.items():
            limit = limits[NetworkName(name)].characters
            over = counted["length"] - limit
            verdict = (
                "" if counted["valid"] else f"  {over} too many" if over > 0 else "  not valid"
            )
            typer.echo(f"{name:9} {counted['length']:>5} of {limit}{verdict}")


def _array(plain: str) -> list[str] | None:
    """Read a JSON array of strings; None for any other text, which may begin with a bracket."""
    import json

    if not plain.lstrip().startswith("["):
        return None
    try:
        document = json.loads(plain)
    except json.JSONDecodeError:
        return None
    is_array = isinstance(document, list) and all(isinstance(t, str) for t in document)
    return document if is_array else None


def _length_shape(text: str, limits: Mapping[NetworkName, Limits]) -> dict[str, Any]:
    from bot.model import NetworkName
    from bot.text import count_mastodon, count_x

    on_mastodon = limits[NetworkName.MASTODON]
    x = count_x(text, limit=limits[NetworkName.X].characters)
    mastodon = count_mastodon(text, limit=on_mastodon.characters, url_length=on_mastodon.url_length)
    return {
        name: {
            "length": counted.length,
            "valid": counted.valid,
            "urls": list(counted.urls),
            "hashtags": list(counted.hashtags),
            "mentions": list(counted.mentions),
        }
        for name, counted in (("x", x), ("mastodon", mastodon))
    }


def _limits_of_account(context: typer.Context, name: str) -> Any:  # noqa: ANN401 # a pair of lazily imported types
    from bot.content import load
    from bot.jobs.drafting import limits_of
    from bot.store import NoDatabase, Store

    settings = settings_of(context)
    found = find_account(load(settings.root).catalog, name)
    try:
        with Store.open(settings.database_url, create=False) as store:
            known = store.limits(name)
    except NoDatabase:
        known = None
    return found.network, limits_of(found, known[0] if known else None)


def new_campaign(
    context: typer.Context, name: Annotated[str, typer.Argument(help="Its folder's name.")]
) -> None:
    """Write a commented starter folder, content/NAME."""
    from bot.content import starter

    root = (context.obj or Path.cwd()).resolve()
    written = starter(root, name)
    out = console()
    for path in written:
        out.print(f"wrote {path.relative_to(root) if path.is_absolute() else path}")
    out.print(
        f"\nNext: fill in content/{name}/campaign.yaml and run bot check. Nothing goes out before\n"
        f"schedules.yaml names it:\n\n"
        f"schedules:\n  {name}-mornings:\n    campaign: {name}\n"
        f'    accounts: [your-account]\n    times: ["09:00"]'
    )
