"""schedules.yaml: accounts, schedules, and what holds for all of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from zoneinfo import ZoneInfo

from bot.content.campaigns import Ground
from bot.content.moments import bound
from bot.content.references import declared, refer, some
from bot.content.shapes import AccountShape, SchedulesFile, ScheduleShape
from bot.model import Account, Catalog, NetworkName, Prices, Schedule
from bot.yamlfile.problems import quoted, suggestion
from bot.yamlfile.sheet import Sheet
from bot.yamlfile.yamlmap import Loc

_UTC = ZoneInfo("UTC")

_MOST_CHARACTERS_ON_X = 25_000
"""For paying accounts; see bot.model.Account.characters."""


@dataclass(frozen=True, slots=True)
class Timetable:
    """What schedules.yaml says, its schedules aside: those need the campaigns first."""

    shape: SchedulesFile | None = None
    """None where nothing of the file can be used."""
    usable: bool = False
    """False where nothing may go out by it, though it could be checked."""
    zone: ZoneInfo = _UTC
    accounts: Mapping[str, Account] = field(default_factory=dict)
    """The sound ones."""
    declared: frozenset[str] = frozenset()
    """The names of all accounts, sound or not."""
    settings: Mapping[str, Any] = field(default_factory=dict)
    """What the catalog takes over, by its own names."""


def as_before(catalog: Catalog) -> Timetable:
    """Give the timetable of what was read before."""
    names = ("near_repeat", "fixed_late", "sample_after", "prices", "quiet_days")
    return Timetable(
        usable=True,
        zone=catalog.zone,
        accounts=catalog.accounts,
        declared=frozenset(catalog.accounts),
        settings={name: getattr(catalog, name) for name in names},
    )


def with_accounts_of(before: Catalog, table: Timetable) -> Timetable:
    """Keep the accounts that are still there but cannot be used as they are written now."""
    spoilt = table.declared - set(table.accounts)
    kept = {name: a for name, a in before.accounts.items() if name in spoilt}
    return replace(table, accounts={**table.accounts, **kept})


def with_schedules_of(
    before: Catalog, sheet: Sheet | None, found: Sequence[Schedule]
) -> tuple[Schedule, ...]:
    """Keep the schedules that are still there but cannot be used; all where `sheet` is None."""
    if sheet is None:
        return before.schedules
    sound = {schedule.name for schedule in found}
    spoilt = set(declared(sheet, "schedules")) - sound
    if not sound and sheet.failed("schedules"):
        return before.schedules
    return (*found, *(s for s in before.schedules if s.name in spoilt))


def timetable(sheet: Sheet) -> Timetable:
    """Read all but the schedules."""
    shape = sheet.shape(SchedulesFile, {"timezone": "UTC"})
    if shape is None:
        return Timetable()
    accounts = {}
    for name, account in shape.accounts.items():
        _check_account(sheet, ("accounts", name), account)
        if not sheet.failed("accounts", name):
            accounts[name] = _account(name, account)
    prices = shape.prices
    settings = {
        "near_repeat": shape.near_repeat,
        "quiet_days": shape.quiet_days,
        "fixed_late": shape.fixed_late,
        "sample_after": tuple(sorted(set(shape.samples))) if shape.samples is not None else None,
        "prices": Prices(**prices.model_dump(exclude_none=True)) if prices else None,
    }
    return Timetable(
        shape=shape,
        # Without its zone nothing would go out at the hour that was meant.
        usable=not sheet.failed("timezone"),
        zone=shape.timezone,
        accounts=accounts,
        declared=frozenset(declared(sheet, "accounts")),
        settings={name: value for name, value in settings.items() if value is not None},
    )


# --- accounts ----------------------------------------------------------------------------


def _check_account(sheet: Sheet, loc: Loc, shape: AccountShape) -> None:
    limits = shape.limits
    if shape.network is NetworkName.MASTODON:
        if shape.server is None:
            text = 'a Mastodon account needs its server: "server: https://mastodon.example"'
            sheet.error((*loc, "network"), text)
        if limits and limits.monthly_cap_usd is not None:
            text = "has no effect: Mastodon costs nothing"
            sheet.warning((*loc, "limits", "monthly_cap_usd"), text, at_key=True)
    else:
        if shape.visibility is not None:
            text = "X knows no visibility; take the line out"
            sheet.error((*loc, "visibility"), text, at_key=True)
        if limits and limits.characters and limits.characters > _MOST_CHARACTERS_ON_X:
            text = f"X allows {_MOST_CHARACTERS_ON_X} characters at most"
            sheet.error((*loc, "limits", "characters"), text)


def _account(name: str, shape: AccountShape) -> Account:
    given: dict[str, Any] = {
        key: value
        for key in (
            "language", "languages", "links", "visibility", "when_in_doubt", "card_size",
        )
        if (value := getattr(shape, key)) is not None
    }  # fmt: skip
    if shape.limits:
        given |= shape.limits.model_dump(exclude_none=True)
    if shape.quiet_hours:
        given |= {"quiet_from": shape.quiet_hours.start, "quiet_to": shape.quiet_hours.end}
    return Account(name=name, network=shape.network, server=shape.server, **given)


# --- schedules ---------------------------------------------------------------------------


def schedules(
    sheet: Sheet, table: Timetable, campaigns: Mapping[str, Ground]
) -> tuple[Schedule, ...]:
    """Read the schedules that can be used, in the file's order."""
    found = []
    for name, shape in (table.shape.schedules if table.shape else {}).items():
        schedule = _schedule(sheet, ("schedules", name), name, shape, table, campaigns)
        if not sheet.failed("schedules", name):
            found.append(schedule)
    return tuple(found)


def _schedule(
    sheet: Sheet,
    loc: Loc,
    name: str,
    shape: ScheduleShape,
    table: Timetable,
    campaigns: Mapping[str, Ground],
) -> Schedule:
    _check_hours(sheet, loc, shape)
    zone = shape.timezone or table.zone
    ground = campaigns.get(shape.campaign)
    if ground is None:
        hint = suggestion(shape.campaign, campaigns) or f"; there is {some(campaigns)}"
        text = f"there is no campaign {quoted(shape.campaign)} in content/{hint}"
        sheet.error((*loc, "campaign"), text)
    elif not ground.usable:
        text = f"campaign {quoted(shape.campaign)} has errors of its own and is left out"
        sheet.error((*loc, "campaign"), text)
    accounts = refer(
        sheet, (*loc, "accounts"), shape.accounts, "account", table.accounts, table.declared
    )
    _check_x_accounts(sheet, (*loc, "accounts"), accounts, table.accounts)
    if not shape.accounts:
        sheet.error((*loc, "accounts"), "is an empty list; name at least one account")
    actions = shape.actions or ()
    if ground is not None and ground.campaign is not None:
        actions = refer(
            sheet,
            (*loc, "actions"),
            actions,
            "action",
            ground.campaign.actions,
            ground.declared_actions,
        )
        _check_languages(sheet, (*loc, "languages"), shape.languages or (), ground)
    starts = bound(sheet, (*loc, "from"), shape.starts, zone)
    ends = bound(sheet, (*loc, "until"), shape.until, zone, to_end=True)
    if starts and ends and ends <= starts:
        sheet.error((*loc, "until"), 'lies before "from"')
    given: dict[str, Any] = {
        key: value
        for key in ("days", "times", "pick", "late", "missed", "jitter", "languages")
        if (value := getattr(shape, key)) is not None
    }
    return Schedule(
        name=name,
        campaign=shape.campaign,
        zone=zone,
        accounts=accounts,
        cron=shape.cron,
        actions=actions,
        starts=starts,
        ends=ends,
        **given,
    )


def _check_hours(sheet: Sheet, loc: Loc, shape: ScheduleShape) -> None:
    if shape.cron is not None:
        for key in ("times", "days"):
            if getattr(shape, key) is not None:
                sheet.error(
                    (*loc, key), 'cannot stand beside "cron", which says it all', at_key=True
                )
    elif not shape.times:
        sheet.error(loc, 'it needs "times" (or "cron") to say when', at_key=True)


def _check_x_accounts(
    sheet: Sheet, loc: Loc, names: Sequence[str], accounts: Mapping[str, Account]
) -> None:
    on_x = [name for name in names if accounts[name].network is NetworkName.X]
    if len(on_x) > 1:
        first, *rest = on_x
        text = "the same message never goes to two X accounts: "
        sheet.warning(loc, f"{text}{', '.join(rest)} gets only what {first} does not take")


def _check_languages(sheet: Sheet, loc: Loc, languages: Sequence[str], ground: Ground) -> None:
    for index, language in enumerate(languages):
        if not ground.has_language(language):
            sheet.error((*loc, index), ground.no_language(language))
