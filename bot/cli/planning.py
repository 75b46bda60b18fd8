"""Commands about what is to come: plan, rehearse."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from itertools import groupby
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli import proofs
from bot.cli.common import (
    Json,
    UserError,
    console,
    note,
    page_port,
    print_json,
    read_time,
    settings_of,
    wall_clock,
)

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from rich.console import Console

    from bot.jobs.metering import Spending
    from bot.model import Catalog, Delivery, Post
    from bot.rehearsal import Rehearsal, Summary

From = Annotated[
    str | None,
    typer.Option("--from", help="Where the span starts, e.g. 2022-02-21. Default: now."),
]
Days = Annotated[int, typer.Option(min=1, max=3660, help="How many days.")]

_MOST_WAITING = 20
"""How many of the messages that wait are named."""


def add_to(app: typer.Typer) -> None:
    """Register the commands of this module."""
    app.command("plan")(plan)
    app.command("rehearse")(rehearse)


def plan(
    context: typer.Context,
    *,
    start: From = None,
    days: Days = 7,
    cards: Annotated[bool, typer.Option(help="Draw the cards that the plan names.")] = True,
    html: Annotated[
        str | None,
        typer.Option(
            metavar="FILE",
            help="Write a proof sheet instead: one page to mail to whoever approves. "
            "- is standard output.",
        ),
    ] = None,
    as_json: Json = False,
) -> None:
    """Show the coming posts, and the skipped ones with the reason."""
    from bot.cli.shapes import post_shapes
    from bot.jobs.metering import forecast
    from bot.planning import planned

    settings = settings_of(context)
    if html is not None:
        if as_json:
            raise UserError("--html and --json are two answers: ask for one at a time")
        proofs.writable(html)
    with planned(settings, wall_clock) as desk:
        begin = read_time(start, desk.catalog.zone, wall_clock())
        end = begin + timedelta(days=days)
        posts = desk.plan(begin, end, draw=cards, waiting=html is not None)
        waiting = desk.gate.waiting(min(begin, wall_clock()))
        costs = forecast(desk.store, desk.catalog, posts, wall_clock())
        zone = desk.catalog.zone
        if html is not None:
            proofs.write(html, desk, posts, begin, end)
    if as_json:
        print_json([shape for post in posts for shape in post_shapes(post, zone)])
        return
    for problem in desk.problems:
        if problem.severity == "error":
            note(str(problem))
    if html is None:
        _print_plan(posts, zone, costs)
        _print_waiting(waiting, desk.catalog)


def _print_plan(posts: Sequence[Post], zone: ZoneInfo, costs: Sequence[Spending]) -> None:
    out = console()
    out.print(f"Times are {zone}.")
    rows = [(post, _plan_row(post, zone)) for post in posts]
    widths = [max((len(row[n]) for _, row in rows), default=0) for n in range(4)]
    for day, of_day in groupby(rows, key=lambda r: f"{r[0].at.astimezone(zone):%A %d %B %Y}"):
        out.print(f"\n[bold]{day}[/bold]")
        for post, (at, account, message, size, text) in of_day:
            cells = zip((at, account, message), widths, strict=False)
            head = "  ".join(
                [*(f"{cell:{width}}" for cell, width in cells), f"{size:>{widths[3]}}"]
            )
            _line(out, f"{head}  {text}", "yellow" if post.draft is None else "")
            for warning in post.draft.warnings if post.draft else ():
                _line(out, f"{'':{len(head)}}  warning: {warning}", "yellow")
    sent = [p.draft for p in posts if p.draft is not None]
    cost = sum(draft.cost_usd for draft in sent)
    skipped = len(posts) - len(sent)
    out.print(f"\n{len(sent)} posts, {skipped} skipped, ${cost:.3f} on X for posting.")
    for line in costs:
        _line(out, f"  {line}, reading them included", "yellow" if line.tight else "")


def _print_waiting(waiting: Mapping[str, str], catalog: Catalog) -> None:
    """Tell what is not in the plan because it waits for a person."""
    if not waiting:
        return
    out = console()
    out.print(f"\nNot in this plan, because they wait for a person ({len(waiting)}):")
    for name, reason in sorted(waiting.items())[:_MOST_WAITING]:
        at = catalog.messages[name].at
        when = f" (for {at.astimezone(catalog.zone):%Y-%m-%d %H:%M})" if at else ""
        _line(out, f"  {name}{when}: {reason}", "yellow")
    if len(waiting) > _MOST_WAITING:
        out.print(f"  and {len(waiting) - _MOST_WAITING} more: bot waiting")


def _plan_row(post: Post, zone: ZoneInfo) -> tuple[str, str, str, str, str]:
    at = f"{post.at.astimezone(zone):%H:%M}"
    message = (post.message or "").split("/", 1)[-1]
    draft = post.draft
    if draft is None:
        return at, post.account, message, "", f"skipped: {post.reason}"
    cost = f"  ${draft.cost_usd:.3f}" if draft.cost_usd else " " * 8
    size = f"{draft.length}/{draft.limit}{cost}"
    return at, post.account, message, size, " ".join(draft.text.split())


def _line(out: Console, text: str, style: str) -> None:
    """Print one line; on a terminal it ends at the edge, in a pipe it is whole."""
    from rich.text import Text

    out.print(Text(text, style=style), no_wrap=True, overflow="ellipsis", crop=True)


def rehearse(
    context: typer.Context,
    *,
    start: From = None,
    days: Days = 7,
    serve: Annotated[
        bool, typer.Option("--serve", help="Then show the timelines until Ctrl-C.")
    ] = False,
    port: Annotated[
        int | None,
        typer.Option(min=0, max=65535, help="Of the timelines page. Default: 8022 or a free one."),
    ] = None,
    as_json: Json = False,
) -> None:
    """Run the real pipeline through a span of time, against two sandbox servers.

    Real tweepy and Mastodon.py speak HTTP to loopback; the ledger is thrown away.
    """
    import logging

    from bot import logs
    from bot.cli.shapes import delivery_shape
    from bot.content import load
    from bot.rehearsal import rehearsal

    logs.to_stderr(logging.ERROR)
    settings = settings_of(context)
    catalog = load(settings.root).catalog
    zone = catalog.zone
    begin = read_time(start, zone, wall_clock())
    on_port = page_port(port) if serve else 0
    with rehearsal(settings, catalog, begin, days, page_port=on_port) as rehearsed:
        if as_json:
            rehearsed.run()
            results = rehearsed.results()
            print_json(
                {
                    "posts": [
                        {
                            **delivery_shape(r.delivery, zone),
                            "text": r.post.text,
                            "url": r.post.url,
                        }
                        for r in results
                        if r.post is not None
                    ],
                    "skipped": [
                        delivery_shape(r.delivery, zone) for r in results if r.post is None
                    ],
                    "summary": _summary_shape(rehearsed.summary()),
                }
            )
        else:
            rehearsed.run(_progress(zone))
            _print_summary(rehearsed.summary())
        if serve:
            _serve(rehearsed)


def _progress(zone: ZoneInfo) -> Callable[[Delivery], None]:
    """Make what says each delivery as it ends, on stderr."""

    def tell(delivery: Delivery) -> None:
        at = delivery.due.astimezone(zone)
        name = delivery.message.split("/", 1)[-1]
        mark = {"sent": "posted ", "skipped": "skipped"}.get(
            delivery.state.value, delivery.state.value
        )
        reason = f" ({delivery.reason})" if delivery.reason else ""
        note(f"{at:%a %d %b %H:%M}  {mark}  {delivery.account:12}  {name}{reason}")

    return tell


def _print_summary(summary: Summary) -> None:
    out = console()
    networks = ", ".join(f"{n} on {name}" for name, n in summary.by_network.items())
    out.print(f"\nPosts sent: {summary.posts} ({networks})")
    out.print(f"Skipped:    {summary.skipped}")
    for reason, n in summary.skipped_because.items():
        out.print(f"            {n} x {reason}")
    if summary.failed or summary.in_doubt:
        out.print(f"Failed:     {summary.failed}; in doubt: {summary.in_doubt}")
    out.print(f"Cards:      {summary.cards}")
    out.print(
        f"Cost:       ${summary.cost_usd:.3f} on X for posting, "
        f"${summary.metered_usd:.3f} with reading engagement"
    )
    out.print(f"Samples:    {summary.samples} (engagement is simulated)")


def _summary_shape(summary: Summary) -> dict[str, Any]:
    return {
        "posts": summary.posts,
        "by_network": summary.by_network,
        "skipped": summary.skipped,
        "skipped_because": summary.skipped_because,
        "failed": summary.failed,
        "in_doubt": summary.in_doubt,
        "cards": summary.cards,
        "cost_usd": summary.cost_usd,
        "metered_usd": summary.metered_usd,
        "samples": summary.samples,
        "simulated": True,
    }


def _serve(rehearsed: Rehearsal) -> None:
    from threading import Event

    from bot.process import stop_on_signals

    stop = Event()
    stop_on_signals(stop)
    typer.echo(f"\nThe timelines: {rehearsed.sandbox.page_url}  (Ctrl-C ends)", err=True)
    sys.stderr.flush()
    stop.wait()
