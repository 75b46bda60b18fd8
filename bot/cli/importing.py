"""Bringing spreadsheets in: import."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli.common import Json, UserError, console, note, print_json, settings_of, wall_clock, who

if TYPE_CHECKING:
    from rich.console import Console

    from bot.importing import Import, Planned
    from bot.tables import DateOrder, Fault


def add_to(app: typer.Typer) -> None:
    """Register the commands of this module."""
    app.command("import")(bring_in)


def bring_in(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="A spreadsheet: .xlsx, .ods, .csv or .tsv.")],
    *,
    campaign: Annotated[
        str | None, typer.Option(help="For which campaign. Default: the only one.")
    ] = None,
    timezone: Annotated[
        str | None,
        typer.Option(help="The zone of its times, like Europe/Berlin. Default: the campaign's."),
    ] = None,
    dates: Annotated[
        str | None,
        typer.Option(help="How 4/12/2026 is meant: day-first or month-first."),
    ] = None,
    by: Annotated[
        str | None,
        typer.Option("--by", help="Your name, for the audit log. Default: the system user's."),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Import without asking.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show.")] = False,
    as_json: Json = False,
) -> None:
    """Import a spreadsheet's rows as submissions, after a preview; they wait for approval.

    Rows that are there already are not imported again. Exits with 1 where a row was refused.
    """
    from bot.importing import carry_out, plan_import
    from bot.store import Store

    settings = settings_of(context)
    now = wall_clock()
    zone, order = _zone(timezone), _order(dates)
    planned = plan_import(settings, file, campaign, now, zone, order)
    if not as_json:
        _preview(console(), planned)
    written: list[tuple[int, Path]] = []
    if planned.planned and not dry_run and (yes or _agreed(planned, as_json=as_json)):
        with Store.open(settings.audit_url) as store:
            for row, path in carry_out(settings.root, planned, store, by or who(), now):
                written.append((row, path))
                if not as_json:
                    typer.echo(f"row {row}: {path.as_posix()}")
    if as_json:
        print_json(_document(planned, written))
    elif written:
        note(f"{_number(len(written), 'submission')} in waiting/: see them with bot waiting")
    raise typer.Exit(1 if planned.refused else 0)


def _zone(written: str | None) -> Any:  # noqa: ANN401 # ZoneInfo or None
    if written is None:
        return None
    from bot.content.times import zone

    try:
        return zone(written)
    except ValueError as error:
        raise UserError(f"--timezone {error}") from error


def _order(written: str | None) -> DateOrder | None:
    from bot.tables import DateOrder

    if written is None:
        return None
    if written not in tuple(DateOrder):
        raise UserError(f'--dates "{written}": write day-first or month-first')
    return DateOrder(written)


def _agreed(planned: Import, *, as_json: bool) -> bool:
    if as_json or not sys.stdin.isatty():
        raise UserError("nothing was imported: add --yes to import, or --dry-run to look only")
    count = _number(len(planned.planned), "row")
    return typer.confirm(f"Import {count} into content/{planned.campaign}/waiting/?")


# --- for people ------------------------------------------------------------------------------


def _preview(out: Console, planned: Import) -> None:
    table = planned.table
    where = f', sheet "{table.sheet}"' if table.sheet else ""
    made_for = f", in the layout of {table.tool}" if table.tool else ""
    out.print(f"{planned.file}{where}{made_for}, for {planned.campaign}", markup=False)
    _columns(out, planned)
    if table.date_order:
        out.print(f"Dates like 4/12/2026 are read {table.date_order}.", markup=False)
    for one in planned.planned:
        _row(out, planned, one)
    repeated, refused = planned.repeats, planned.refused
    told = [fault for fault in planned.faults if not fault.refuses]
    for title, faults in (("There already", repeated), ("Refused", refused), ("To know", told)):
        if faults:
            out.print(f"\n{title}", style="bold")
        for fault in faults:
            out.print(f"  {_line(fault)}", markup=False)
    out.print(
        f"\n{_number(len(planned.planned), 'row')} to import, {len(repeated)} there already, "
        f"{len({f.row for f in refused})} refused",
        markup=False,
    )


def _columns(out: Console, planned: Import) -> None:
    headings = planned.table.headings
    known = [h for h in headings if h.column and h.column != "notes"]
    shown = ", ".join(f"{h.name or h.letter} = {h.column}" for h in known)
    out.print(f"Columns: {shown or 'none that are known'}", markup=False)
    left = [h.name for h in headings if h.name and h not in known]
    if left:
        out.print(f"Not imported: {', '.join(left)}", markup=False)


def _row(out: Console, planned: Import, one: Planned) -> None:
    message = one.message
    if message.at is not None:
        # strftime's names of days are the system's language, ours are English.
        local = message.at.astimezone(planned.home)
        when = f"{_DAYS[local.weekday()]} {local:%Y-%m-%d %H:%M} {planned.home.key}"
    elif message.not_before is not None:
        when = f"no time, from {message.not_before.astimezone(planned.home):%Y-%m-%d}"
    else:
        when = "no time"
    out.print(f"\nRow {one.entry.row}  {when}  -> {one.stem}.md", style="bold", markup=False)
    text = " ".join(message.text.split())
    out.print(f"  {text if len(text) <= 100 else text[:99] + '…'}", markup=False)
    out.print(f"  {_lengths(one)}", markup=False, style="dim")
    if one.picture:
        out.print(f"  picture: {one.picture.name}", markup=False, style="dim")
    for warning in one.warnings:
        out.print(f"  ! {warning}", markup=False, style="yellow")


_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def _lengths(one: Planned) -> str:
    from bot.model import Draft

    if not one.drafts:
        return "for no account yet: name some, or make a schedule"
    return ", ".join(
        f"{account} {draft.length} of {draft.limit}"
        if isinstance(draft, Draft)
        else f"{account}: does not fit as it is"
        for account, draft in one.drafts.items()
    )


def _line(fault: Fault) -> str:
    place = fault.place
    return f"{place}: {fault.reason}" if place else str(fault.reason)


def _number(n: int, what: str) -> str:
    return f"{n} {what}" if n == 1 else f"{n} {what}s"


# --- for programs ----------------------------------------------------------------------------


def _document(planned: Import, written: list[tuple[int, Path]]) -> dict[str, Any]:
    table = planned.table
    files = dict(written)
    return {
        "file": planned.file,
        "campaign": planned.campaign,
        "sheet": table.sheet or None,
        "layout_of": table.tool,
        "dates": table.date_order,
        "columns": [
            {"letter": h.letter, "name": h.name, "column": h.column} for h in table.headings
        ],
        "rows": [_row_shape(one, files.get(one.entry.row)) for one in planned.planned],
        "repeats": [_fault_shape(fault) for fault in planned.repeats],
        "problems": [_fault_shape(fault) for fault in planned.faults],
    }


def _row_shape(one: Planned, path: Path | None) -> dict[str, Any]:
    from bot.model import Draft

    message = one.message
    at: datetime | None = message.at
    return {
        "row": one.entry.row,
        "file": path,
        "at": at,
        "not_before": message.not_before,
        "text": message.text,
        "language": message.language,
        "posts": {
            account: (
                {"length": made.length, "limit": made.limit}
                if isinstance(made, Draft)
                else {"refused": made.reason}
            )
            for account, made in one.drafts.items()
        },
        "warnings": list(one.warnings),
    }


def _fault_shape(fault: Fault) -> dict[str, Any]:
    return {
        "row": fault.row,
        "column": fault.heading or None,
        "code": fault.reason.code,
        "text": str(fault.reason),
        "refused": fault.refuses,
    }
