"""Finds out what a spreadsheet would become, without writing anything."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bot import tables
from bot.cards import CardError
from bot.content import ContentError, Loaded
from bot.content.desks import desk
from bot.content.messages import Desk
from bot.content.waiting import slug
from bot.content.writing import message_file
from bot.importing import pictures
from bot.importing.said import Said
from bot.jobs.drafting import Drafter, known_limits
from bot.model import Catalog, Draft, Message, Refusal
from bot.plan import accounts_for
from bot.reading import ledger_if_any, read
from bot.reasons import Reason
from bot.settings import Settings
from bot.tables import Column, DateOrder, Entry, Fault, Table
from bot.yamlfile.problems import Problem, suggestion

_WORDS_OF_A_NAME = 6


@dataclass(frozen=True, slots=True)
class Planned:
    """A row as the submission it would become."""

    entry: Entry
    stem: str
    """What its file would be named."""
    message: Message
    picture: Path | None
    """Where its picture lies now."""
    drafts: Mapping[str, Draft | Refusal]
    """As each account would post it."""
    warnings: tuple[str, ...]
    """What is to be settled before it can be approved, and what to look at."""


@dataclass(frozen=True, slots=True)
class Import:
    """A spreadsheet as it would be imported."""

    file: str
    """Its name, without folders."""
    campaign: str
    home: ZoneInfo
    """The campaign's zone."""
    table: Table
    planned: tuple[Planned, ...]
    repeats: tuple[Fault, ...]
    """Rows that are there already; nothing is wrong with them."""
    faults: tuple[Fault, ...]
    """Everything else that is told of the file and its rows."""

    @property
    def refused(self) -> tuple[Fault, ...]:
        """What is to be mended."""
        return tuple(fault for fault in self.faults if fault.refuses)


def plan_import(
    settings: Settings,
    file: Path,
    campaign: str | None,
    now: datetime,
    zone: ZoneInfo | None = None,
    order: DateOrder | None = None,
) -> Import:
    """Read a spreadsheet and check each row against the campaign and all that is said.

    Args:
        settings: of the repository.
        file: the spreadsheet.
        campaign: the id of the campaign; None where there is only one.
        now: the time it is; rows before it are refused.
        zone: in which the file's times are, where a row names none; None: the campaign's.
        order: how 4/12/2026 is meant where no date of the file tells.

    Raises:
        ContentError: there is no such file or campaign.
    """
    with ledger_if_any(settings.database_url) as store:
        loaded = read(settings, store, waiting=True)
        limits = known_limits(store, loaded.catalog) if store else {}
    chosen = _campaign(loaded, campaign)
    problems: list[Problem] = []
    writing = desk(settings.root, loaded.catalog, chosen, problems)
    home = writing.ground.zone
    table = tables.read(_bytes(file), file.name, order)
    place = tables.Place(loaded.catalog, chosen, home, now, zone)
    drafter = Drafter(settings.root, loaded.catalog, limits, draw=False)
    said = Said(settings.root, loaded)
    planner = _Planner(loaded.catalog, writing, problems, drafter, now, said, file.parent, table)
    for entry in tables.entries(table, place):
        planner.add(entry)
    told = sorted((*table.faults, *planner.faults), key=lambda fault: fault.row or 0)
    return Import(
        file.name, chosen, home, table, tuple(planner.planned), tuple(planner.repeats), tuple(told)
    )


def submission_file(planned: Planned, picture: str, file: str) -> str:
    """Write the submission's file; `picture` is where its picture will be."""
    entry = planned.entry
    head = _head(entry)
    comments = [f"From {' '.join(file.split())}, row {entry.row}"]
    if picture:
        head["image"] = picture
    elif alt := entry.settings.get("alt"):
        comments.append(f"Alt text, for a picture that is not here: {' '.join(str(alt).split())}")
    return message_file(head, entry.text, comments)


def _head(entry: Entry) -> dict[str, object]:
    """Front matter of a row's submission, but for its picture; alt text goes with that only."""
    head: dict[str, object] = {"approval": "required", **entry.settings}
    if not entry.picture:
        head.pop("alt", None)
    return head


def _campaign(loaded: Loaded, wanted: str | None) -> str:
    known = list(loaded.catalog.campaigns)
    if wanted is None and len(known) == 1:
        return known[0]
    if wanted is None:
        raise ContentError(f"say for which campaign, with --campaign: {', '.join(known)}")
    if wanted not in known:
        hint = suggestion(wanted, known) or f"; there are: {', '.join(known) or 'none'}"
        raise ContentError(f'there is no campaign "{wanted}" that can be used{hint}')
    return wanted


def _bytes(file: Path) -> bytes:
    try:
        with file.open("rb") as opened:
            return opened.read(tables.MOST_BYTES + 1)
    except OSError as error:
        raise ContentError(f"{file} cannot be read: {error.strerror}") from error


@dataclass(slots=True)
class _Planner:
    """Takes one row after the other."""

    catalog: Catalog
    desk: Desk
    problems: list[Problem]
    drafter: Drafter
    now: datetime
    said: Said
    beside: Path
    table: Table
    planned: list[Planned] = field(default_factory=list)
    repeats: list[Fault] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    _rows: dict[str, int] = field(default_factory=dict)

    def add(self, entry: Entry) -> None:
        """Plan a row, or tell why not."""
        self.faults += entry.faults
        picture, fault = self._picture(entry)
        self.faults += [fault] if fault else []
        if entry.refused or (fault and fault.refuses):
            return
        stem = _stem(entry)
        message, warnings = self._message(entry, stem)
        if message is None:
            self.faults += [
                Fault(Reason.of("row-cannot", detail=text), entry.row) for text in warnings
            ]
            return
        if twin := self.said.same(message):
            self.repeats.append(Fault(self._twin("row-repeat", twin), entry.row))
            return
        if near := self.said.near(message):
            self.faults.append(Fault(self._twin("row-near", near), entry.row, refuses=False))
        if picture and not message.alt:
            reason = Reason.of("row-no-alt")
            self.faults.append(Fault(reason, entry.row, self._heading(Column.ALT), refuses=False))
        at = message.at or self.now
        accounts = accounts_for(self.catalog, message)
        drafts = {a.name: self.drafter(message, a, 0, at) for a in accounts}
        for made in drafts.values():
            warnings += made.warnings if isinstance(made, Draft) else [made.reason]
        name = f"row {entry.row}"
        self._rows[name] = entry.row
        self.said.add(name, message)
        unique = tuple(dict.fromkeys(warnings))
        self.planned.append(Planned(entry, stem, message, picture, drafts, unique))

    def _twin(self, code: str, name: str) -> Reason:
        row = self._rows.get(name)
        if code == "row-near":
            return Reason.of("row-near", name=name)
        return Reason.of("row-repeat", name=name) if row is None else Reason.of("row-twice", n=row)

    def _heading(self, column: Column) -> str:
        found = (h.name or h.letter for h in self.table.headings if h.column is column)
        return next(found, "")

    def _picture(self, entry: Entry) -> tuple[Path | None, Fault | None]:
        if not entry.picture:
            return None, None
        try:
            found = pictures.find(self.desk.root, self.beside, entry.picture)
            if found is not None:
                pictures.checked(found)
                return found, None
            reason = Reason.of("row-picture-missing", name=entry.picture)
        except ValueError as error:
            reason = Reason.of("row-picture", detail=str(error))
        except CardError as error:  # of a copy, whose name tells nobody anything
            reason = Reason.of("row-picture", detail=str(error).partition(": ")[2] or str(error))
        return None, Fault(reason, entry.row, self._heading(Column.IMAGE))

    def _message(self, entry: Entry, stem: str) -> tuple[Message | None, list[str]]:
        """Read the row as the message that it would be, and tell what is to be settled."""
        campaign = self.desk.ground.id
        head = _head(entry)
        alt = head.pop("alt", None)  # the picture that it goes with is not there yet
        self.problems.clear()
        path = f"content/{campaign}/waiting/{stem}.md"
        raw = message_file(head, entry.text).encode("utf-8")
        letter = self.desk.read(raw, path, f"{campaign}/{stem}")
        told = [problem.text for problem in self.problems]
        if letter is None:
            return None, told
        if not entry.picture:
            return letter.message, told
        return replace(letter.message, alt=str(alt) if alt else None, wants_card=False), told


def _stem(entry: Entry) -> str:
    """Name the file by its day and its first words."""
    day = str(entry.settings.get("at") or entry.settings.get("not_before") or "")[:10]
    words = _without_links(entry.text.split())
    return slug(" ".join([day, *list(words)[:_WORDS_OF_A_NAME]]))


def _without_links(words: list[str]) -> Iterator[str]:
    return (word for word in words if "://" not in word)
