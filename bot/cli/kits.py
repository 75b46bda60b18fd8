"""The command that makes a share kit."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.common import Json, UserError, note, print_json, read_time, settings_of, wall_clock

if TYPE_CHECKING:
    from types import FrameType

    from bot.kit import Kit, Wish
    from bot.model import Campaign, Catalog
    from bot.planning import Desk


def add_to(app: typer.Typer) -> None:
    """Register the commands of this module."""
    app.command("kit")(kit)


def kit(
    context: typer.Context,
    *,
    output: Annotated[
        Path,
        typer.Option("-o", "--output", metavar="DIR", help="The folder to write, e.g. kit."),
    ],
    campaign: Annotated[
        str | None,
        typer.Option(help="The folder's name in content/. Not needed where there is but one."),
    ] = None,
    at: Annotated[
        str | None,
        typer.Option("--at", help="As of this time, e.g. 2022-02-22. Default: now."),
    ] = None,
    as_json: Json = False,
) -> None:
    """Write a share kit: a website in a folder, for supporters to share from their own accounts.

    It has the campaign's texts and cards by language, share buttons, letters, calendar files and
    petitions: only what is true at that time, approved and not held. It loads nothing and needs
    no server: open index.html, put the folder on a USB stick or on your site.
    """
    from bot.kit import files, gather, may_write, put
    from bot.planning import planned

    may_write(output)
    with planned(settings_of(context), wall_clock) as desk:
        _not_paused(desk, _campaign(desk.catalog, campaign))
        now = read_time(at, desk.catalog.zone, wall_clock())
        made = gather(_wish(desk, campaign, now))
        chosen = made.campaign
        if not made.pages:
            raise UserError(f"there is nothing to share of {chosen.id} at that time{_why(made)}")
        with _ended_kindly():
            written = files(made)
            size = put(written, output, chosen.id, made.made)
            count = len(written) + 1  # with the kit's own list of them
    if as_json:
        print_json(_shape(made, output, count, size))
        return
    languages = ", ".join(f"{page.language} {page.texts}" for page in made.pages)
    typer.echo(
        f"{output}: share kit of {chosen.id} as of {made.made:%d %B %Y}, {count} files, "
        f"{size / 1_000_000:.1f} MB. Texts: {languages}"
    )
    for reason, names in _left_out(made).items():
        shown = names[0] if len(names) == 1 else str(len(names))
        note(f"left out: {shown}: {reason}")


def _campaign(catalog: Catalog, name: str | None) -> Campaign:
    campaigns = catalog.campaigns
    if name is None and len(campaigns) == 1:
        return next(iter(campaigns.values()))
    listed = ", ".join(campaigns) or "none"
    if name is None:
        raise UserError(f"name the campaign with --campaign: there are {listed}")
    if name not in campaigns:
        raise UserError(f'there is no campaign "{name}": there are {listed}')
    return campaigns[name]


def _not_paused(desk: Desk, campaign: Campaign) -> None:
    """Hand nothing to people while the organisation itself has stopped speaking."""
    if desk.settings.pause_file.exists():
        raise UserError(
            f"everything is paused by the file {desk.settings.pause_file.name}: take it away first"
        )
    for pause in desk.store.pauses() if desk.store is not None else ():
        if pause.scope in ("all", f"campaign:{campaign.id}"):
            why = f": {pause.why}" if pause.why else ""
            raise UserError(f"{campaign.id} is paused by {pause.by}{why}. End it with bot resume")


def _wish(desk: Desk, name: str | None, now: datetime) -> Wish:
    """Put together what may be said at `now`, with the counts that were known then."""
    from bot.jobs.clearing import Clearance
    from bot.kit import Wish
    from bot.reading import counted

    catalog = counted(desk.written, desk.store, now)
    gate = Clearance(desk.settings.root, desk.store).gate(catalog)
    # Cleared messages are true for as long only as nobody has to look at them again.
    messages = {**catalog.messages, **gate.cleared(now).messages}
    return Wish(
        root=desk.settings.root,
        catalog=replace(catalog, messages=messages),
        campaign=_campaign(catalog, name),
        now=now,
        waiting=gate.waiting(now),
        holds=desk.store.holds() if desk.store is not None else (),
    )


def _left_out(made: Kit) -> dict[str, list[str]]:
    reasons: dict[str, list[str]] = {}
    for one in made.left_out:
        reasons.setdefault(one.reason, []).append(one.name)
    return reasons


def _why(made: Kit) -> str:
    counted = [f"{len(names)}: {reason}" for reason, names in _left_out(made).items()]
    return f" ({'; '.join(counted)})" if counted else ""


def _shape(made: Kit, output: Path, files: int, size: int) -> dict[str, object]:
    return {
        "folder": output,
        "campaign": made.campaign.id,
        "as_of": made.made,
        "files": files,
        "bytes": size,
        "texts": {page.language: page.texts for page in made.pages},
        "left_out": [{"name": one.name, "reason": one.reason} for one in made.left_out],
    }


@contextmanager
def _ended_kindly() -> Iterator[None]:
    """Let a SIGTERM end the work as Ctrl-C does, so that nothing is left behind."""

    def end(number: int, _frame: FrameType | None) -> None:
        raise SystemExit(128 + number)

    before = signal.signal(signal.SIGTERM, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
