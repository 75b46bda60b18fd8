"""bot intake: answer what volunteers saved, once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli.common import (
    Json,
    OfSandbox,
    UserError,
    note,
    print_json,
    settings_of,
    wall_clock,
)

if TYPE_CHECKING:
    from bot.intake import Answer, Intake
    from bot.model import Catalog


def add_to(app: typer.Typer) -> None:
    """Register the command of this module."""
    app.command("intake")(intake)


def intake(
    context: typer.Context,
    *,
    campaign: Annotated[
        str | None, typer.Option("--campaign", help="Only this one's inbox. Default: all.")
    ] = None,
    sandbox: OfSandbox = False,
    as_json: Json = False,
) -> None:
    """Answer each file in the inboxes: taken, or returned with a note; exit 1 if any was returned.

    `bot run` does the same all the time; this is for cron, and for seeing it happen.
    """
    import logging

    from bot import logs
    from bot.intake import Intake
    from bot.reading import read
    from bot.store import Store

    logs.to_stderr(logging.WARNING)
    settings = settings_of(context, sandbox=sandbox)
    with (
        Store.open(settings.database_url) as store,
        Store.open(settings.audit_url) as audit,
    ):
        catalog = read(settings, audit).catalog
        if campaign is not None and campaign not in catalog.campaigns:
            raise UserError(f'there is no campaign "{campaign}" that can be used: run bot check')
        answers = _all(Intake(settings.root, store, audit), catalog, campaign)
    if as_json:
        print_json([_shape(answer) for answer in answers])
    else:
        for answer in answers:
            typer.echo(_line(answer))
        if not answers:
            note("there is nothing new in the inboxes")
    if any(answer.verdict in ("returned", "partly") for answer in answers):
        raise typer.Exit(1)


def _all(intake: Intake, catalog: Catalog, campaign: str | None) -> list[Answer]:
    """Look and answer until nothing more comes of it."""
    import time

    from bot.intake import SETTLES

    only = None if campaign is None else [campaign]
    answers: dict[tuple[str, str, str], Answer] = {}
    while intake.look(catalog, wall_clock(), only):
        time.sleep(SETTLES.total_seconds() + 0.05)
        moved = False
        while intake.pending:
            for answer in intake.answer(catalog, wall_clock()):
                answers[answer.campaign, answer.file, answer.verdict] = answer
                moved = moved or answer.verdict != "waits"
        if not moved:
            break
    return list(answers.values())


def _line(answer: Answer) -> str:
    file = f"{answer.campaign}/{answer.file}"
    if answer.verdict == "waits":
        return f"waits     {file}: for what belongs to it"
    if answer.verdict == "taken":
        return f"taken     {file}: waits for approval as {', '.join(answer.submissions)}"
    reasons = "; ".join(
        f"line {finding.line}: {finding.reason}" if finding.line else str(finding.reason)
        for finding in answer.findings
    )
    return f"{answer.verdict:9} {file}: {reasons}"


def _shape(answer: Answer) -> dict[str, Any]:
    return {
        "campaign": answer.campaign,
        "file": answer.file,
        "verdict": answer.verdict,
        "submissions": list(answer.submissions),
        "reasons": [
            {"code": f.reason.code, "line": f.line, "text": str(f.reason)} for f in answer.findings
        ],
        "note": answer.note,
    }
