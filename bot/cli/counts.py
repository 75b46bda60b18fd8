"""The command that says how many have signed: count."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.common import UserError, settings_of, wall_clock, who

if TYPE_CHECKING:
    from bot.model import Action, Campaign, Catalog


def add_to(app: typer.Typer) -> None:
    """Register the command of this module."""
    app.command("count")(count)


def count(
    context: typer.Context,
    action: Annotated[str, typer.Argument(help="The petition, by its name in campaign.yaml.")],
    number: Annotated[str, typer.Argument(help="How many have signed: 12345 or 12,345.")],
    *,
    as_of: Annotated[
        str | None, typer.Option(help="The day of the count, like 2022-02-20. Default: today.")
    ] = None,
    campaign: Annotated[
        str | None, typer.Option(help="The campaign, where several have such an action.")
    ] = None,
    by: Annotated[str | None, typer.Option(help="Who says so. Default: you.")] = None,
    source: Annotated[str, typer.Option(help="Where you saw it.")] = "",
    yes: Annotated[
        bool, typer.Option("--yes", help="Take a count that is less, or leaps.")
    ] = False,
) -> None:
    """Say how many have signed a petition: texts and cards use it from now on."""
    from bot.counting import odd
    from bot.jsonpath import MOST_SIGNATURES, whole_number
    from bot.model import PetitionCount
    from bot.reading import read
    from bot.store import Store

    settings = settings_of(context)
    signed = whole_number(number)
    if signed is None or signed > MOST_SIGNATURES:
        raise UserError(f'"{number}" is not a count: write digits only, like 12345')
    now = wall_clock()
    with Store.open(settings.database_url) as store:
        of, petition = _petition(read(settings, store).catalog, action, campaign)
        today = now.astimezone(of.zone).date()
        day = _day(as_of, today)
        before = ""
        if petition.count is not None and petition.count_as_of is not None:
            before = f" (before: {petition.count:,} of {petition.count_as_of})"
            if day < petition.count_as_of:
                raise UserError(
                    f"there is a count of a later day, {petition.count:,} of "
                    f"{petition.count_as_of}: one of {day} would change nothing"
                )
        if (why := odd(signed, petition)) and not yes:
            raise UserError(f"{signed:,} was not taken: {why}. If it is right, add --yes")
        store.record_count(PetitionCount(of.id, petition.id, signed, day, now, by or who(), source))
    typer.echo(f"{petition.id}: {signed:,} as of {day}{before}")


def _petition(catalog: Catalog, name: str, campaign: str | None) -> tuple[Campaign, Action]:
    """Find a petition by its action's name.

    Raises:
        UserError: there is none, or there are several; says which there are.
    """
    from bot.model import ActionKind
    from bot.yamlfile.problems import suggestion

    if campaign is not None and campaign not in catalog.campaigns:
        hint = suggestion(campaign, catalog.campaigns)
        raise UserError(f'there is no campaign "{campaign}"{hint}')
    among = [c for c in catalog.campaigns.values() if campaign in (None, c.id)]
    found = [(c, c.actions[name]) for c in among if name in c.actions]
    petitions = [pair for pair in found if pair[1].kind is ActionKind.PETITION]
    if len(petitions) == 1:
        return petitions[0]
    if petitions:
        names = " or ".join(f"--campaign {c.id}" for c, _ in petitions)
        raise UserError(f'several campaigns have a petition "{name}": add {names}')
    if found:
        raise UserError(f'"{name}" is a {found[0][1].kind}, and only petitions are counted')
    known = [a.id for c in among for a in c.actions.values() if a.kind is ActionKind.PETITION]
    hint = suggestion(name, known) or (f"; there is {', '.join(known)}" if known else "")
    raise UserError(f'there is no petition "{name}"{hint}')


def _day(text: str | None, today: date) -> date:
    if text is None:
        return today
    try:
        day = date.fromisoformat(text.strip())
    except ValueError as error:
        raise UserError(f'"{text}" is not a day: write it like {today}') from error
    if day > today:
        raise UserError(f"{day} has not come yet; it is {today} in the campaign's time zone")
    return day
