"""Commands about what is in the ledger: queue, log, resolve, cancel, report."""

from __future__ import annotations

import csv
import sys
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli.common import (
    Json,
    OfSandbox,
    UserError,
    console,
    ledger_if_any,
    print_json,
    read_time,
    settings_of,
    wall_clock,
    who,
)

if TYPE_CHECKING:
    from bot.model import Catalog
    from bot.report import Line, Report
    from bot.store import Store


def add_to(app: typer.Typer) -> None:
    """Register the commands of this module."""
    app.command("queue")(queue)
    app.command("log")(log)
    app.command("resolve")(resolve)
    app.command("cancel")(cancel)
    app.command("report")(report)


def queue(context: typer.Context, *, sandbox: OfSandbox = False, as_json: Json = False) -> None:
    """List the deliveries that are not over: queued, on their way, in doubt."""
    from rich.table import Table

    from bot.cli.shapes import ledger_shape
    from bot.jobs.clearing import Clearance
    from bot.model import State
    from bot.status import holds, scopes_in_force

    catalog, store = _open(context, sandbox=sandbox)
    settings = settings_of(context, sandbox=sandbox)
    open_states = (State.SENDING, State.IN_DOUBT, State.QUEUED)
    with store as ledger, ledger_if_any(settings.audit_url) as audit:
        deliveries = ledger.deliveries(states=open_states) if ledger else []
        paused = scopes_in_force(ledger, settings)
        gate = Clearance(settings.root, audit).gate(catalog)
    why = {d.id: "paused" if holds(paused, d) else gate.held(d) for d in deliveries}
    deliveries = [replace(d, reason=d.reason or why[d.id]) for d in deliveries]
    if as_json:
        print_json([ledger_shape(d, catalog.zone) for d in deliveries])
        return
    out = console()
    if not deliveries:
        out.print("Nothing is queued.")
        return
    table = Table(box=None, padding=(0, 1))
    for name in ("id", "due", "state", "account", "message", "why"):
        table.add_column(name, overflow="fold")
    for d in deliveries:
        due = d.due.astimezone(catalog.zone)
        table.add_row(
            str(d.id), f"{due:%Y-%m-%d %H:%M}", d.state.value, d.account, d.message, d.reason
        )
    out.print(table)


def log(
    context: typer.Context,
    *,
    delivery: Annotated[int | None, typer.Option(help="Only this delivery.")] = None,
    last: Annotated[int, typer.Option("-n", "--last", min=1, help="How many lines.")] = 50,
    sandbox: OfSandbox = False,
    as_json: Json = False,
) -> None:
    """Tell what happened: every claim, call, answer, look and decision."""
    catalog, store = _open(context, sandbox=sandbox)
    with store as ledger:
        events = ledger.events(delivery=delivery, last=last) if ledger else []
    if as_json:
        print_json(
            [
                {
                    "at": e.at.astimezone(catalog.zone),
                    "delivery": e.delivery,
                    "account": e.account,
                    "message": e.message,
                    "event": e.event,
                    "detail": e.detail,
                }
                for e in events
            ]
        )
        return
    out = console()
    for e in events:
        at = e.at.astimezone(catalog.zone)
        detail = f"  {e.detail}" if e.detail else ""
        head = f"{at:%Y-%m-%d %H:%M:%S}  {e.delivery or '':>5}  {e.account:12}  {e.event:12}"
        out.print(f"{head}  {e.message}{detail}")


def resolve(
    context: typer.Context,
    delivery: Annotated[int, typer.Argument(help="Its number in bot queue.")],
    *,
    posted: Annotated[str | None, typer.Option("--posted", help="The post's address.")] = None,
    not_posted: Annotated[
        bool, typer.Option("--not-posted", help="It is not on the timeline: post it.")
    ] = False,
    sandbox: OfSandbox = False,
) -> None:
    """Settle a doubt: say whether a delivery went out, after looking at the timeline."""
    from bot.deciding import decide

    if (posted is None) == (not not_posted):
        raise UserError("say either --posted URL or --not-posted")
    catalog, store = _open(context, sandbox=sandbox)
    with store as ledger:
        if ledger is None:
            raise UserError(f"there is no delivery {delivery}: nothing was posted from here yet")
        settled = decide(ledger, catalog, delivery, posted, who(), wall_clock())
    typer.echo(f"delivery {delivery} is {settled.state.value} now")


def cancel(
    context: typer.Context,
    delivery: Annotated[int, typer.Argument(help="Its number in bot queue.")],
    *,
    sandbox: OfSandbox = False,
) -> None:
    """Take a queued delivery back, so that it never goes out; see also bot pause."""
    _, store = _open(context, sandbox=sandbox)
    with store as ledger:
        if ledger is None:
            raise UserError(f"there is no delivery {delivery}: nothing was posted from here yet")
        settled = ledger.cancel(delivery, who(), wall_clock())
    typer.echo(f"delivery {delivery} is {settled.state.value} now: {settled.reason}")


def report(
    context: typer.Context,
    *,
    campaign: Annotated[str | None, typer.Option(help="Only this campaign.")] = None,
    start: Annotated[str | None, typer.Option("--from", help="Posts from then on.")] = None,
    to: Annotated[str | None, typer.Option("--to", help="Posts before then.")] = None,
    sandbox: OfSandbox = False,
    as_json: Json = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="One CSV table on stdout.")] = False,
) -> None:
    """Sum up what came of the posts: per message, hashtag, hour and account."""
    from datetime import UTC

    from bot.model import State
    from bot.report import summarize

    catalog, store = _open(context, sandbox=sandbox)
    zone = catalog.zone
    begin = read_time(start, zone, datetime(1970, 1, 1, tzinfo=UTC))
    end = read_time(to, zone, datetime(9999, 1, 1, tzinfo=UTC))
    if campaign is not None and campaign not in catalog.campaigns:
        raise UserError(f'there is no campaign "{campaign}"')
    with store as ledger:
        deliveries = (
            ledger.deliveries(states=(State.SENT,), campaign=campaign, since=begin, until=end)
            if ledger
            else []
        )
        found = summarize(deliveries, ledger.samples() if ledger else [], zone)
    if as_json:
        print_json(_report_shape(found))
    elif as_csv:
        _print_csv(found)
    else:
        _print_report(found, str(zone))


def _open(
    context: typer.Context, *, sandbox: bool
) -> tuple[Catalog, AbstractContextManager[Store | None]]:
    """Give the content, and the ledger; None where nothing was posted from here yet."""
    from bot.content import load

    settings = settings_of(context, sandbox=sandbox)
    return load(settings.root).catalog, ledger_if_any(settings.database_url)


AT_MOST = 30
"""Lines of a table for people; a longer one is for a spreadsheet."""

GROUPS = ("message", "hashtag", "hour", "account")


def _groups(found: Report) -> dict[str, tuple[Line, ...]]:
    return {name: getattr(found, f"by_{name}") for name in GROUPS}


def _line_shape(line: Line) -> dict[str, Any]:
    from bot.cli.shapes import counts_shape

    return {
        "key": line.key,
        "posts": line.posts,
        "measured": line.measured,
        **counts_shape(line.counts),
        "interactions": line.interactions,
        "per_post": line.per_post,
        "cost_usd": line.cost_usd,
        "simulated": line.simulated,
    }


def _report_shape(found: Report) -> dict[str, Any]:
    return {
        "posts": found.posts,
        "total": _line_shape(found.total),
        **{
            f"by_{name}": [_line_shape(li) for li in lines]
            for name, lines in _groups(found).items()
        },
    }


def _print_csv(found: Report) -> None:
    rows = [
        {"group": name, **_line_shape(line)}
        for name, lines in _groups(found).items()
        for line in lines
    ]
    columns = ["group", *_line_shape(found.total)]
    writer = csv.DictWriter(sys.stdout, columns, lineterminator="\n")
    writer.writeheader()
    # A spreadsheet runs a cell that begins with = + - @ as a formula.
    writer.writerows({k: f"'{v}" if str(v)[:1] in tuple("=+-@") and isinstance(v, str) else v
                      for k, v in row.items()} for row in rows)  # fmt: skip


def _print_report(found: Report, zone: str) -> None:
    from rich.table import Table

    from bot.report import METRICS

    out = console()
    if not found.posts:
        out.print("No post went out in that time.")
        return
    simulated = "  The engagement is SIMULATED by the sandbox." if found.total.simulated else ""
    out.print(f"{found.posts} posts.{simulated}")
    for name, lines in _groups(found).items():
        title = f"by {name}" + (f" ({zone})" if name == "hour" else "")
        table = Table(title=title, title_justify="left", box=None, padding=(0, 1))
        table.add_column(name)
        for column in ("posts", *METRICS, "per post"):
            table.add_column(column, justify="right")
        for line in lines[:AT_MOST]:
            values = [getattr(line.counts, metric) for metric in METRICS]
            table.add_row(
                line.key,
                str(line.posts),
                *("-" if v is None else f"{v:,}" for v in values),
                "-" if line.per_post is None else f"{line.per_post:.1f}",
            )
        out.print(table)
        if len(lines) > AT_MOST:
            out.print(f" and {len(lines) - AT_MOST} more: --csv or --json has them all")
        out.print()
