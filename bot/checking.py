"""Validates everything that can be validated before it matters: `bot check`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Final, Literal

from bot.content import Problem
from bot.counting import as_grown
from bot.exposure import exposures, surroundings
from bot.jobs.drafting import Drafter, known_limits
from bot.jobs.shared_clock import Clock
from bot.model import Catalog, Draft, Limits, Message, NetworkName, Refusal
from bot.networks.base import NetworkError
from bot.networks.login import whoami
from bot.networks.registry import SECRETS, connect
from bot.placeholders import used
from bot.plan import accounts_for, in_quiet_hours, is_quiet_day
from bot.reading import ledger_if_any, read
from bot.settings import Settings, SettingsError
from bot.store import StoreError

ERROR: Final = "error"
WARNING: Final = "warning"


_VARIABLE = re.compile(r"[A-Z][A-Z0-9_]{2,}")


def setting_problem(settings: Settings, text: str) -> Problem:
    """Call a setting an error, at its line of `.env` where it has one."""
    named = _VARIABLE.search(text)
    name = named[0].removesuffix("_FILE") if named else ""
    try:
        lines = (settings.root / ".env").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        lines = []
    wanted = re.compile(rf"\s*(?:export\s+)?{re.escape(name)}(?:_FILE)?\s*=")
    line = next((n for n, said in enumerate(lines, 1) if name and wanted.match(said)), None)
    return Problem(".env" if line else "environment", line or 1, 1, text, ERROR)


@dataclass(frozen=True, slots=True)
class Checked:
    """What was read, and all that is wrong with it."""

    catalog: Catalog
    problems: tuple[Problem, ...]


def check_all(settings: Settings, now: datetime) -> Checked:
    """Read all content and make every message's draft for every account that may take it.

    `now` says which petitions' counts are too old to be shown.
    """
    limits: Mapping[str, Limits] = {}
    unusable: tuple[Problem, ...] = ()
    try:
        with ledger_if_any(settings.database_url) as store:
            loaded = read(settings, store)
            limits = known_limits(store, loaded.catalog) if store else {}
    except (SettingsError, StoreError) as error:
        loaded = read(settings, None)
        unusable = (setting_problem(settings, str(error)),)
    catalog = loaded.catalog
    drafter = Drafter(settings.root, catalog, limits, draw=False)
    problems = [
        *unusable,
        *loaded.problems,
        *_drafts(catalog, drafter, now),
        *_growing(settings, catalog, limits, now),
        *_fixed_times(catalog),
        *_keys(settings, catalog),
    ]
    return Checked(catalog, tuple(sorted(problems, key=lambda p: (p.path, p.line, p.column))))


def _keys(settings: Settings, catalog: Catalog) -> Iterable[Problem]:
    """Keys that others can get at stop the posting; those that may get out are warned about."""
    for exposure in exposures(settings, catalog.accounts.values()):
        yield Problem(exposure.path, 1, 1, exposure.text, ERROR)
    for exposure in surroundings(settings):
        yield Problem(exposure.path, 1, 1, exposure.text, WARNING)


def _drafts(catalog: Catalog, drafter: Drafter, now: datetime) -> Iterable[Problem]:
    """Every account that may say a message must be able to, in each of its wordings.

    A figure that is missing only for now is no mistake in the file.
    """
    for message in catalog.messages.values():
        said: set[str] = set()
        for account in accounts_for(catalog, message):
            faults: tuple[str, ...]
            severity: Literal["error", "warning"]
            for turn in range(1 + len(message.variants)):
                made = drafter(message, account, turn, now)
                wording = f"variant {turn}: " if turn else ""
                if isinstance(made, Draft):
                    faults, severity = made.warnings, WARNING
                else:
                    faults, severity = (made.reason,), WARNING if made.passing else ERROR
                for fault in faults:
                    text = f"on {account.name}: {wording}{fault}"
                    if fault not in said:  # two Mastodon accounts need not say it twice
                        said.add(fault)
                        of_picture = fault.startswith("its picture")
                        place = message.picture_place if of_picture else (message.line, 1)
                        yield Problem(message.path, *place, text, severity)


def _growing(
    settings: Settings, catalog: Catalog, limits: Mapping[str, Limits], now: datetime
) -> Iterable[Problem]:
    """Words with a petition's figures must have room for those of next month, too."""
    day = date(now.year, 9, 30)  # written out, about as long as days get
    grown = Drafter(settings.root, as_grown(catalog, day), limits, draw=False)
    noon = datetime.combine(day, time(12), UTC)
    for message in catalog.messages.values():
        texts = (message.text, *message.per_network.values(), *message.variants, *message.thread)
        if not used(*texts):
            continue
        for account in accounts_for(catalog, message):
            for turn in range(1 + len(message.variants)):
                made = grown(message, account, turn, noon)
                if isinstance(made, Refusal) and not made.passing:
                    text = f"on {account.name}: as its figures grow, {made.reason}"
                    yield Problem(message.path, message.line, 1, text, WARNING)


def _fixed_times(catalog: Catalog) -> Iterable[Problem]:
    """A fixed time that an account's quiet hours forbid would only be skipped in silence."""
    for message in catalog.messages.values():
        if message.at is None:
            continue
        takers = accounts_for(catalog, message)
        if sum(a.network is NetworkName.X for a in takers) > 1:
            yield _warn(message, "has several X accounts to go to; only the first posts it")
        for account in takers:
            local = message.at.astimezone(catalog.zone)
            if is_quiet_day(catalog, local.date()):
                yield _warn(message, f"its time is on a quiet day, {local.date()}")
            elif in_quiet_hours(account, local.time()):
                yield _warn(message, f"its time is within the quiet hours of {account.name}")


def _warn(message: Message, text: str) -> Problem:
    return Problem(message.path, 1, 1, text, "warning")


def check_accounts(settings: Settings, catalog: Catalog, clock: Clock) -> list[Problem]:
    """Ask each account's server who we are there and what it accepts."""
    problems = []
    for account in catalog.accounts.values():
        try:
            secrets = settings.secrets(account.name, SECRETS[account.network])
            network = connect(account, secrets, clock=clock)
            network.limits()
            identity = whoami(account, secrets)
        except (NetworkError, SettingsError, ValueError) as error:
            problems.append(Problem("schedules.yaml", 1, 1, f"{account.name}: {error}", "error"))
            continue
        if identity.automated is False:
            problems.append(
                Problem(
                    "schedules.yaml",
                    1,
                    1,
                    f"{account.name} ({identity.handle}) is not labelled as automated: "
                    f"run bot login {account.name}",
                    "warning",
                )
            )
    return problems
