"""Reads a repository: schedules.yaml and content/, into a catalog and a list of problems.

schedules.yaml            zone and accounts first
content/*/campaign.yaml   then campaigns, whose default zone is that one
schedules.yaml            then the schedules, which name campaigns and actions
content/*/messages/*      then messages, and last what shows only across them
content/*/waiting/*       submissions, where they are asked for
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Literal

from bot.content import styles
from bot.content.campaigns import Ground, ground
from bot.content.files import Entry, Folder, Refused
from bot.content.messages import Desk, Letter
from bot.content.pasted import with_hints
from bot.content.pictures import SUFFIXES
from bot.content.schedules import (
    Timetable,
    as_before,
    schedules,
    timetable,
    with_accounts_of,
    with_schedules_of,
)
from bot.content.together import never_said, repeats
from bot.content.values import identifier, reason
from bot.content.waiting import MESSAGES, WAITING
from bot.model import Catalog, Message
from bot.text import TextError, decode
from bot.yamlfile import yamlmap
from bot.yamlfile.problems import Problem, Severity, printable
from bot.yamlfile.sheet import Sheet

SCHEDULES = "schedules.yaml"
CONTENT = "content"
CAMPAIGN = "campaign.yaml"

_MESSAGE_SUFFIXES = (".md", ".txt")
_LEFTOVERS = ("~", ".swp", ".tmp", ".bak", ".orig", "#")
_NOT_IN_NAMES = frozenset('|/\\:*?"<>')


@dataclass(frozen=True, slots=True)
class Loaded:
    """What is valid, and every problem with the rest, by file and line."""

    catalog: Catalog
    problems: tuple[Problem, ...]
    waiting: Mapping[str, Message] = field(default_factory=dict)
    """Submissions by id, the unsound ones as well; read only where they are asked for."""

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that leave something out."""
        return tuple(p for p in self.problems if p.severity == "error")


def load(
    root: Path,
    *,
    keep: Catalog | None = None,
    waiting: bool = False,
    instead: Mapping[str, bytes] | None = None,
) -> Loaded:
    """Read the repository at `root`. Bad content is a problem in the answer, never raised.

    `keep` is what was read before, for a program that goes on working while people edit: an
    account, a schedule or a campaign that can no longer be used as it is written stays as it
    was. The problems are told all the same. A message that has become bad is left out, since
    nobody can say whether its old words were to stay.

    `waiting` asks for the submissions as well. `instead` tells, by path, what to read in place of
    a message's file: what would be wrong if it said that?
    """
    loader = _Loader(root, keep, with_waiting=waiting, instead=instead or {})
    catalog = loader.catalog()
    problems = sorted(
        with_hints(root, loader.problems), key=lambda p: (p.path, p.line, p.column, p.text)
    )
    return Loaded(catalog, tuple(dict.fromkeys(problems)), loader.waiting)


class _Loader:
    def __init__(
        self,
        root: Path,
        keep: Catalog | None,
        *,
        with_waiting: bool,
        instead: Mapping[str, bytes],
    ) -> None:
        self.problems: list[Problem] = []
        self.waiting: dict[str, Message] = {}
        self._with_waiting = with_waiting
        self._instead = instead
        self._keep = keep
        self._root = root
        self._sheets: dict[str, Sheet] = {}
        """Of the campaigns, by id."""

    def catalog(self) -> Catalog:
        """Read everything."""
        try:
            self._root = self._root.resolve()
            folder = Folder.root(self._root)
        except (Refused, OSError, RuntimeError) as error:
            self._problem(SCHEDULES, f"the folder it should be in {error}")
            return Catalog(
                zone=Timetable().zone, accounts={}, schedules=(), campaigns={}, messages={}
            )
        with folder:
            return self._read(folder)

    def _read(self, folder: Folder) -> Catalog:
        sheet = self._sheet(folder, SCHEDULES, SCHEDULES)
        table = timetable(sheet) if sheet else Timetable()
        before = self._keep
        if before is not None and before.accounts and not (table.usable and table.accounts):
            sheet, table = None, as_before(before)
        elif before is not None and sheet is not None:
            table = with_accounts_of(before, table)
        grounds: dict[str, Ground] = {}
        letters: list[Letter] = []
        submitted: list[Letter] = []
        for campaign_id, inner in self._campaigns(folder):
            grounds[campaign_id] = self._ground(inner, campaign_id, table)
            letters += self._letters(inner, grounds[campaign_id], table, MESSAGES)
            if self._with_waiting:
                submitted += self._letters(inner, grounds[campaign_id], table, WAITING)
        found = schedules(sheet, table, grounds) if sheet else ()
        if before is not None:
            found = with_schedules_of(before, sheet, found)
        sound = [letter for letter in letters if letter.sound]
        # Submissions come last: of two with the same words the message is the earlier one.
        refused = repeats((*sound, *submitted), tuple(table.accounts.values()))
        self.waiting = {letter.message.id: letter.message for letter in submitted}
        kept = [
            letter
            for letter in sound
            if letter.message.id not in refused and grounds[letter.message.campaign].usable
        ]
        if sheet and table.usable and not (sheet.failed("schedules") or sheet.failed("accounts")):
            never_said(kept, found, table.accounts, self._sheets)
        campaigns = {g.id: g.campaign for g in grounds.values() if g.campaign is not None}
        messages = {letter.message.id: letter.message for letter in kept}
        self.problems += styles.faults(self._root, campaigns.values(), messages.values())
        for spoilt in (g.id for g in grounds.values() if not g.usable):
            if self._keep is not None and spoilt in self._keep.campaigns:
                campaigns[spoilt] = self._keep.campaigns[spoilt]
                said = self._keep.messages.items()
                messages |= {name: m for name, m in said if m.campaign == spoilt}
        return Catalog(
            zone=table.zone,
            accounts=table.accounts if table.usable else {},
            schedules=found if table.usable else (),
            campaigns=campaigns,
            messages=dict(sorted(messages.items())),
            **table.settings,
        )

    # --- files ---------------------------------------------------------------------------

    def _campaigns(self, folder: Folder) -> Iterator[tuple[str, Folder]]:
        """Open the campaigns' folders one after the other, by name."""
        try:
            with folder.folder(CONTENT) as content:
                for entry in content.entries():
                    path = f"{CONTENT}/{entry.name}"
                    may_be_one = entry.is_folder or (entry.is_link and "." not in entry.name)
                    if entry.name.startswith((".", "_")) or not may_be_one:
                        continue
                    try:
                        identifier(entry.name)
                        with content.folder(entry.name) as inner:
                            yield entry.name, inner
                    except (Refused, ValueError) as error:
                        self._problem(path, str(error))
        except FileNotFoundError:
            text = "there is no such folder; `bot new-campaign NAME` makes one with a campaign"
            self._problem(CONTENT, text)
        except Refused as error:
            self._problem(CONTENT, str(error))

    def _ground(self, folder: Folder, campaign_id: str, table: Timetable) -> Ground:
        sheet = self._sheet(folder, CAMPAIGN, f"{CONTENT}/{campaign_id}/{CAMPAIGN}")
        if sheet is None:
            return Ground(campaign_id, table.zone)
        self._sheets[campaign_id] = sheet
        return ground(sheet, campaign_id, table.zone, self._root)

    def _letters(
        self, folder: Folder, ground: Ground, table: Timetable, kind: str
    ) -> Iterator[Letter]:
        base = f"{CONTENT}/{ground.id}/{kind}"
        desk = Desk(self._root, table, ground, self.problems)
        try:
            with folder.folder(kind) as inner:
                for name, stem in self._message_files(inner, base):
                    path = f"{base}/{name}"
                    try:
                        raw = self._instead[path] if path in self._instead else inner.read(name)
                    except (Refused, FileNotFoundError) as error:
                        self._problem(path, str(error))
                        continue
                    if letter := desk.read(raw, path, f"{ground.id}/{stem}"):
                        yield letter
        except FileNotFoundError:
            pass  # a campaign without messages, or submissions, yet
        except Refused as error:
            self._problem(base, str(error))

    def _message_files(self, folder: Folder, base: str) -> Iterator[tuple[str, str]]:
        """Pick the messages among a folder's files; gives each name and its stem."""
        taken: dict[str, str] = {}
        for entry in folder.entries():
            if not (kind := _kind_of(entry)):
                continue
            path = f"{base}/{entry.name}"
            stem = unicodedata.normalize("NFC", PurePosixPath(entry.name).stem)
            if kind == "unknown":
                text = "is not used: a message is a text file whose name ends in .md or .txt"
                self._problem(path, text, "warning")
            elif not stem.isprintable() or _NOT_IN_NAMES.intersection(stem):
                self._problem(path, "has signs in its name that cannot be used; rename it")
            elif stem in taken:
                text = f"has the same name as {printable(taken[stem])}; rename one of them"
                self._problem(path, text)
            else:
                taken[stem] = entry.name
                yield entry.name, stem

    def _sheet(self, folder: Folder, name: str, path: str) -> Sheet | None:
        """Read a YAML file; None where that cannot be."""
        try:
            text = decode(folder.read(name))
        except FileNotFoundError:
            self._problem(path, "there is no such file; without it nothing goes out")
        except Refused as error:
            self._problem(path, str(error))
        except TextError as error:
            place = (error.line or 1, error.column or 1)
            self.problems.append(Problem(path, *place, reason(error)))
        else:
            return Sheet(path, yamlmap.read(text), self.problems)
        return None

    def _problem(self, path: str, text: str, severity: Severity = "error") -> None:
        self.problems.append(Problem(printable(path), 1, 1, printable(text), severity))


def _kind_of(entry: Entry) -> Literal["message", "unknown", ""]:
    """Tell what a name in a messages/ folder stands for; "" for what is none of our business."""
    name = entry.name.lower()
    stem, dot, suffix = name.rpartition(".")
    if entry.is_folder or name.startswith(".") or name.endswith(_LEFTOVERS) or stem == "readme":
        return ""
    if f"{dot}{suffix}" in SUFFIXES:
        return ""
    return "message" if f"{dot}{suffix}" in _MESSAGE_SUFFIXES else "unknown"
