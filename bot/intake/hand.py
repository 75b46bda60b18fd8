"""Puts answers into effect: chooses free names, writes notes, has tasks carried out."""

from __future__ import annotations

import os
import pwd
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final

from bot.content.waiting import INBOX, slug
from bot.intake import carrying
from bot.intake.checks import Checked
from bot.intake.findings import Answer, Finding, Length, Verdict
from bot.intake.look import Found
from bot.intake.names import LONGEST, NOTE, numbered, shortened, shown
from bot.intake.notes import note
from bot.intake.pictured import Pictured, way
from bot.intake.room import HOMES, PICTURES, Room, has_stem, inner
from bot.intake.task import Copy, Move, Note, Side, Submission, Task
from bot.intake.written import Written
from bot.model import Campaign, Deed
from bot.reasons import Reason
from bot.store import NewEntry, Store

NOTHING: Final = Task(())
_NOBODY: Final = "somebody"


@dataclass(slots=True)
class Hand:
    """Works in one campaign's folders."""

    room: Room
    campaign: Campaign
    store: Store
    """The ledger that the audit log is in."""
    now: datetime
    _stems: set[str] = field(default_factory=set)

    def take(self, found: Found, files: Sequence[Found], task: Task) -> list[Answer]:
        """Have a task done that makes submissions of a file and of the `files` with it."""
        if not carrying.carry_out(task, self.room, self.record):
            return []
        names = tuple(f"{self.room.campaign}/{s.stem}" for s in task.submissions)
        return [self.tell(one, "taken", names) for one in (found, *files)]

    def give_back(
        self,
        files: Sequence[Found],
        findings: Sequence[Finding],
        lengths: Sequence[Length] = (),
        text: str = "",
        language: str = "",
        taken: Task = NOTHING,
    ) -> list[Answer]:
        """Return files with a note beside each; what is wrong is told beside the first.

        What is `taken` of them all the same is done as well.
        """
        spoken = self.language(language)
        moves = [self.move(found, "returned") for found in files]
        notes = []
        first = shown(files[0].name)
        for number, (found, move) in enumerate(zip(files, moves, strict=True)):
            told = findings if not number else [Finding(Reason.of("file-with", name=first))]
            words = (
                note(spoken, shown(found.name), told, lengths, text, len(taken.submissions))
                if not number
                else note(spoken, shown(found.name), told)
            )
            notes.append(Note(found.folders, note_name(move.new), words))
        task = Task((*moves, *taken.moves), taken.copies, taken.submissions, tuple(notes))
        if not carrying.carry_out(task, self.room, self.record):
            return []
        names = tuple(f"{self.room.campaign}/{s.stem}" for s in taken.submissions)
        answers = [
            self.tell(found, "returned", (), tuple(findings), one)
            for found, one in zip(files, notes, strict=True)
        ]
        if names:
            answers[0] = replace(answers[0], verdict="partly", submissions=names)
        return answers

    def record(self, submissions: Sequence[Submission]) -> None:
        """Write lines into the audit log, unless they are there."""
        record(self.store, self.room.campaign, submissions, self.now)

    def language(self, named: str = "") -> str:
        """Choose the language of a note: that of the text, else the campaign's first."""
        return named or next(iter(self.campaign.languages), "en")

    def submission(
        self,
        found: Found,
        written: Written,
        digest: str,
        stem: str,
        picture: Pictured,
        checked: Checked,
    ) -> Submission:
        """Make what is put into waiting/, and what the audit log says of it."""
        detail = {"file": shown("/".join((INBOX, *found.folders, found.name)))}
        if checked.warnings:
            detail["warnings"] = "\n".join(checked.warnings)
        if picture.file is not None:
            with inner(picture.folder(self.room), picture.file.folders) as folder:
                detail["picture"] = folder.digest(picture.file.name)
        by = written.by or sender(found, self.campaign.languages)
        return Submission(stem, checked.file, by, digest, detail)

    def copy(self, picture: Pictured, kept: str, new: str) -> Copy:
        """Have a picture copied to `kept`; in `received` it is called `new`."""
        if picture.file is None or picture.safe is None:
            raise ValueError("there is no picture to copy")
        original = way(picture.file, self.room.campaign, "received", new)
        return Copy(str(picture.safe), str(original), kept.rpartition("/")[2])

    def move(self, found: Found, to: Side) -> Move:
        """Plan a file's way out of the inbox."""
        return Move(found.folders, found.name, found.mark, to, self._free(found, to))

    def _free(self, found: Found, to: Side) -> str:
        """Choose the name that a file gets where it goes: its own, or one with a number."""
        number = 1
        try:
            with inner(self.room.side(to), found.folders) as folder:
                while True:
                    # With a number it leaves room for a note's name that has it, too.
                    name = numbered(found.name, number, len(NOTE)) if number > 1 else found.name
                    if not folder.has(name) and not (
                        to == "returned" and folder.has(note_name(name))
                    ):
                        return name
                    number += 1
        except FileNotFoundError:
            return found.name

    def stem(self, words: str) -> str:
        """Choose a submission's name that nothing has, or ever had."""
        stem = base = slug(os.fsencode(words).decode("utf-8", "ignore"))
        number = 1
        while stem in self._stems or self._is_taken(stem):
            number += 1
            stem = f"{base}-{number}"
        self._stems.add(stem)
        return stem

    def _is_taken(self, stem: str) -> bool:
        return any(has_stem(self.room, way, stem) for way in HOMES) or bool(
            self.store.audit(f"{self.room.campaign}/{stem}", last=1)
        )

    def kept(self, stem: str, picture: Pictured, text: Written) -> str:
        """Say where a text's picture will lie, from the root; "" where it has none."""
        if picture.file is None:
            return text.picture  # of the comms team's own, or none
        return (PICTURES / self.room.campaign / self._picture_name(stem, picture)).as_posix()

    def _picture_name(self, stem: str, picture: Pictured) -> str:
        suffix = picture.safe.suffix if picture.safe else ""
        name = f"{stem}{suffix}"
        number = 1
        while self.room.pictures.has(name):
            number += 1
            name = f"{stem}-{number}{suffix}"
        return name

    def tell(
        self,
        found: Found,
        verdict: Verdict,
        submissions: tuple[str, ...] = (),
        findings: tuple[Finding, ...] = (),
        beside: Note | None = None,
    ) -> Answer:
        """Put together an answer about a file."""
        place = ""
        if beside is not None:
            place = shown("/".join(("returned", *beside.folders, beside.name)))
        file = shown("/".join((*found.folders, found.name)))
        return Answer(self.room.campaign, file, verdict, submissions, findings, place)


def record(store: Store, campaign: str, submissions: Sequence[Submission], now: datetime) -> None:
    """Write that files came in into the audit log, unless that is there."""
    fresh = [
        NewEntry(s.by, Deed.RECEIVED, f"{campaign}/{s.stem}", s.digest, s.detail)
        for s in submissions
        if not store.audit(f"{campaign}/{s.stem}", last=1)
    ]
    store.write_audit(fresh, now)


def note_name(name: str) -> str:
    """Name the note about a file."""
    return shortened(name, LONGEST - len(NOTE)) + NOTE


def sender(found: Found, languages: Sequence[str]) -> str:
    """Say whose file it is: a folder's name tells, but a language's, else the system's user."""
    own = [name for name in found.folders if name.lower() not in languages]
    if own:
        return shown(own[0])
    if found.owner == os.geteuid():
        return _NOBODY  # whatever copied it here runs as we do
    try:
        return pwd.getpwuid(found.owner).pw_name
    except KeyError:
        return _NOBODY
