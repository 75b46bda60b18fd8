"""The command that draws drafts from a page, a call or a letter: draft."""

from __future__ import annotations

import stat
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli.common import Json, UserError, print_json, settings_of, wall_clock, who

if TYPE_CHECKING:
    from bot.proposals.proposal import Finding, Proposal
    from bot.proposing import DrawnUp

_SHOWN = 15
"""Findings of a kind on a screen; --json has all."""
_WIDTH = 90


def add_to(app: typer.Typer) -> None:
    """Register the commands of this module."""
    app.command("draft")(draft)


def draft(
    context: typer.Context,
    file: Annotated[str, typer.Argument(help="Text, Markdown or HTML; - for standard input.")],
    *,
    campaign: Annotated[
        str | None, typer.Option(help="Its folder's name; may be left out where there is one.")
    ] = None,
    language: Annotated[
        str | None, typer.Option(help="The file's language. Default: the campaign's first.")
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would be written, write nothing.")
    ] = False,
    by: Annotated[
        str | None,
        typer.Option("--by", help="Your name, for the audit log. Default: the system user's."),
    ] = None,
    as_json: Json = False,
) -> None:
    """Read an action page, call or letter and propose messages from it, in its own words.

    They land in content/CAMPAIGN/waiting/ and go out only once they are approved.
    """
    from bot.documents import DocumentError
    from bot.proposing import draw_up, put_down
    from bot.store import Store

    settings, now = settings_of(context), wall_clock()
    root = settings.root
    raw = _read(file)
    name = "standard input" if file == "-" else file
    try:
        drawn = draw_up(root, raw, name, campaign=campaign, language=language, today=now.date())
    except DocumentError as error:
        raise UserError(f"{name} {error}") from error
    written: list[Path] = []
    if not dry_run and drawn.proposed.proposals:
        with Store.open(settings.audit_url) as store:
            written = put_down(root, drawn, store, by or who(), now)
    if as_json:
        print_json(_shape(drawn, written))
        return
    _show(drawn, written, dry_run=dry_run)


def _read(file: str) -> bytes:
    """Read a file, or standard input, up to what a document may have and one byte more."""
    from bot.documents import MAX_BYTES

    if file == "-":
        return sys.stdin.buffer.read(MAX_BYTES + 1)
    try:
        path = Path(file)
        if not stat.S_ISREG(path.stat().st_mode):
            raise UserError(f"{file} is not a file")
        with path.open("rb") as opened:
            return opened.read(MAX_BYTES + 1)
    except OSError as error:
        raise UserError(f"{file} cannot be read: {error.strerror}") from error


def _show(drawn: DrawnUp, written: list[Path], *, dry_run: bool) -> None:
    from bot.proposals.proposal import FindingKind

    proposed = drawn.proposed
    about = proposed.about
    typer.echo(f"{drawn.name}: {about.source(_day(drawn)) or 'a document without a title'}")
    for kind in FindingKind:
        found = [one for one in proposed.findings if one.kind is kind]
        if not found:
            continue
        typer.echo(f"\n{_plural(kind, len(found))}")
        for one in found[:_SHOWN]:
            typer.echo(_finding(one))
        if len(found) > _SHOWN:
            typer.echo(f"  … and {len(found) - _SHOWN} more, all of them with --json")
    for number, proposal in enumerate(proposed.proposals, start=1):
        _show_proposal(drawn, number, proposal)
    if proposed.warnings:
        typer.echo("\nTo look at:")
    for warning in proposed.warnings:
        typer.echo(f"  {warning}")
    if proposed.repeats:
        typer.echo(
            f"\n{proposed.repeats} left out, as {drawn.campaign.id} says nearly the same already."
        )
    _show_end(drawn, written, dry_run=dry_run)


def _show_end(drawn: DrawnUp, written: list[Path], *, dry_run: bool) -> None:
    typer.echo()
    count = len(drawn.proposed.proposals)
    if not count:
        typer.echo("Nothing to propose from it.")
    elif dry_run:
        typer.echo(f"{_drafts(count)}; nothing was written.")
    for path in written:
        typer.echo(f"wrote {path.as_posix()}")
    if written:
        typer.echo(f"\n{_drafts(count)} in {written[0].parent.as_posix()}. Read them: bot waiting")


def _show_proposal(drawn: DrawnUp, number: int, proposal: Proposal) -> None:
    typer.echo(f"\n{number}. {_title(drawn, proposal)}")
    for line in proposal.text.split("\n"):
        typer.echo(f"   | {line}" if line else "   |")
    if proposal.card:
        words = (f"{k}: {v}" for k, v in proposal.card.items() if k != "kind")
        typer.echo(f"   card, {proposal.card['kind']}: {'; '.join(words)}")
    for note in proposal.notes:
        typer.echo(f"   check: {note}")


def _title(drawn: DrawnUp, proposal: Proposal) -> str:
    lengths = drawn.proposed.lengths(proposal)
    parts = [
        str(proposal.kind),
        f"for {proposal.action}" if proposal.action else "",
        f"link {proposal.link}" if proposal.link else "",
        f"true until {proposal.true_until}" if proposal.true_until else "",
        ", ".join(f"{length} of {limit} on {network}" for network, length, limit in lengths),
        f"from line {proposal.place}",
    ]
    return ", ".join(filter(None, parts))


def _finding(one: Finding) -> str:
    text = one.text if len(one.text) <= _WIDTH else f"{one.text[: _WIDTH - 1]}…"
    detail = one.detail if len(one.detail) <= _WIDTH else f"{one.detail[: _WIDTH - 1]}…"
    return f"  {one.place!s:>8}  {text}" + (f"  ({detail})" if detail else "")


def _plural(kind: str, count: int) -> str:
    return f"{count} {kind}" if count == 1 or kind == "left out" else f"{count} {kind}s"


def _drafts(count: int) -> str:
    return f"{count} draft" if count == 1 else f"{count} drafts"


def _day(drawn: DrawnUp) -> str:
    from bot.proposing import in_words

    published = drawn.proposed.about.published
    return in_words(published, "en") if published else ""


def _shape(drawn: DrawnUp, written: list[Path]) -> dict[str, Any]:
    proposed = drawn.proposed
    about = proposed.about
    files: list[Path | None] = [*written] or [None] * len(proposed.proposals)
    return {
        "file": drawn.name,
        "campaign": drawn.campaign.id,
        "language": drawn.language,
        "title": about.title,
        "organisation": about.organisation,
        "date": about.published.isoformat() if about.published else None,
        "warnings": list(proposed.warnings),
        "repeats": proposed.repeats,
        "findings": [
            {"kind": one.kind, "text": one.text, "place": str(one.place), "detail": one.detail}
            for one in proposed.findings
        ],
        "proposals": [
            {
                "kind": proposal.kind,
                "text": proposal.text,
                "place": str(proposal.place),
                "settings": {k: v for k, v in proposal.head().items() if v},
                "lengths": {n: length for n, length, _ in proposed.lengths(proposal)},
                "notes": list(proposal.notes),
                "file": path,
            }
            for proposal, path in zip(proposed.proposals, files, strict=True)
        ],
    }
