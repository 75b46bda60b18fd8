"""Answers a spreadsheet: each row is a text of its own.

Rows that can be taken are taken, also where others of the file cannot: then the file goes back
with a note about those, and can be saved again as a whole, since a row that was taken before is
known by its words and passed over. So can a calendar that grows from week to week.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

from bot import tables
from bot.content.files import Refused
from bot.intake import written
from bot.intake.checks import Checked, Checker
from bot.intake.drawer import Drawer
from bot.intake.earlier import key_of
from bot.intake.findings import Answer, Finding
from bot.intake.hand import Hand
from bot.intake.look import Found
from bot.intake.names import parts
from bot.intake.pairs import Pairs
from bot.intake.pictured import Pictured, picture_for
from bot.intake.task import Copy, Move, Submission, Task
from bot.intake.written import Written, in_language
from bot.reasons import Reason


def answer(
    found: Found, folder: Drawer, hand: Hand, checker: Checker, pairs: Pairs
) -> list[Answer]:
    """Answer a spreadsheet that lies in `folder`."""
    most = tables.MOST_BYTES
    if not found.mark.size:
        return hand.give_back([found], [Finding(Reason.of("file-empty"))])
    if found.mark.size > most:
        reason = Reason.of("table-too-large", most=most // 2**20)
        return hand.give_back([found], [Finding(reason)])
    try:
        raw = folder.read(found.name, most=most)
    except Refused:
        return []  # it changed under our eyes
    table = tables.read(raw, found.name)
    findings = [_finding(fault) for fault in table.faults if fault.refuses]
    if table.refused:
        return hand.give_back([found], findings)
    digest = hashlib.sha256(raw).hexdigest()
    rows = _Rows(found, folder, hand, checker, pairs, digest, findings)
    return rows.answer(table)


@dataclass(slots=True)
class _Rows:
    """Goes through a table's rows."""

    found: Found
    folder: Drawer
    hand: Hand
    checker: Checker
    pairs: Pairs
    digest: str
    findings: list[Finding]
    submissions: list[Submission] = field(default_factory=list)
    copies: list[Copy] = field(default_factory=list)
    taken: dict[Found, Move] = field(default_factory=dict)
    """Pictures of rows that are taken."""
    refused: dict[Found, None] = field(default_factory=dict)
    """Pictures of rows that are not."""
    said: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Id and text of the rows that are taken, by what they say."""

    def answer(self, table: tables.Table) -> list[Answer]:
        checker, hand = self.checker, self.hand
        ground = checker.desk.ground
        place = tables.Place(checker.catalog, ground.id, ground.zone, hand.now)
        for entry in tables.entries(table, place):
            if not self._row(entry):
                return [hand.tell(self.found, "waits")]
        answers = self._done()
        if answers:
            for name, text in self.said.values():
                checker.earlier.add(name, text)
        return answers

    def _done(self) -> list[Answer]:
        pictures = [one for one in self.refused if one not in self.taken]
        made = Task(tuple(self.taken.values()), tuple(self.copies), tuple(self.submissions))
        if self.findings:
            return self.hand.give_back([self.found, *pictures], self.findings, taken=made)
        if not self.submissions:
            return self.hand.give_back([self.found], [Finding(Reason.of("repeat-all"))])
        moves = (self.hand.move(self.found, "received"), *made.moves)
        task = Task(moves, made.copies, made.submissions)
        return self.hand.take(self.found, list(self.taken), task)

    def _row(self, entry: tables.Entry) -> bool:
        """Look at a row; False: its picture may still come."""
        place = Reason.of("table-row", n=entry.row)
        if entry.refused:
            self.findings += [_finding(fault) for fault in entry.faults if fault.refuses]
            return True
        settings = {**entry.settings, "image": entry.picture, "by": entry.sender}
        if not entry.picture:
            settings.pop("alt", None)  # what it describes is not there
        text, findings = written.of_cells(settings, entry.text)
        if text is None or self.checker.earlier.same(text.body) or key_of(text.body) in self.said:
            self.findings += [finding._replace(place=place) for finding in findings]
            return True
        picture: Pictured | None = Pictured()
        if entry.picture:
            hand = self.hand
            picture = picture_for(self.found, self.folder, text, self.pairs, hand.room, hand.now)
        if picture is None:
            return False
        stem = self.hand.stem(f"{parts(self.found.name)[0]} {entry.row}")
        text = in_language(text, self.found.folders, self.hand.campaign.languages)
        kept = self.hand.kept(stem, picture, text)
        findings = list(picture.findings)
        checked = None
        if not findings:
            checked = self.checker.check(text, stem, picture.safe, kept)
            findings = list(checked.findings)
        if checked is None or findings:
            self.findings += [finding._replace(place=place) for finding in findings]
            self.refused |= dict.fromkeys(picture.moved)
            return True
        self._take(entry, text, stem, picture, kept, checked)
        return True

    def _take(
        self,
        entry: tables.Entry,
        text: Written,
        stem: str,
        picture: Pictured,
        kept: str,
        checked: Checked,
    ) -> None:
        told = [str(fault.reason) for fault in entry.faults]
        warned = Checked(
            checked.file, checked.message, (), (*checked.warnings, *told), checked.lengths
        )
        made = self.hand.submission(self.found, text, self.digest, stem, picture, warned)
        self.submissions.append(made)
        self.said[key_of(text.body)] = (f"{self.hand.room.campaign}/{stem}", text.body)
        if picture.file is None:
            return
        new = picture.file.name
        if picture.moved:
            if picture.file not in self.taken:
                self.taken[picture.file] = self.hand.move(picture.file, "received")
            new = self.taken[picture.file].new
        self.copies.append(self.hand.copy(picture, kept, new))


def _finding(fault: tables.Fault) -> Finding:
    return Finding(fault.reason, place=fault.place)
