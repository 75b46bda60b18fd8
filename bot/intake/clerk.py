"""Answers one file after another: taken, returned with a note, or left for now.

found ─▶ still the same? ─▶ readable? ─▶ its picture ─▶ checks ─▶ task ─▶ carried out
"""

from __future__ import annotations

import hashlib
import stat
from dataclasses import dataclass

from bot.content.files import MAX_BYTES, Refused
from bot.intake import kinds, sheets, written
from bot.intake.checks import Checked, Checker
from bot.intake.drawer import Drawer
from bot.intake.findings import Answer, Finding
from bot.intake.hand import Hand
from bot.intake.look import Found, has_settled
from bot.intake.names import NOTE, kind_of, parts
from bot.intake.pairs import PATIENCE, Pairs, age, is_picture
from bot.intake.pictured import Pictured, picture_for
from bot.intake.room import inner
from bot.intake.task import Task
from bot.intake.written import Written, in_language
from bot.reasons import Reason


@dataclass(slots=True)
class Clerk:
    """Answers the files of one look at a campaign's inbox."""

    hand: Hand
    checker: Checker
    pairs: Pairs

    def answer(self, found: Found) -> list[Answer]:
        """Answer a file, and what belongs to it; nothing where it is not whole yet, or gone.

        Raises:
            OSError, Refused: it cannot be moved, or the disk is full.
            StoreError: the ledger does not answer.
        """
        try:
            with inner(self.hand.room.inbox, found.folders) as folder:
                if not has_settled(found, folder):
                    return []
                return self._answer(found, folder)
        except FileNotFoundError:
            return []

    def _answer(self, found: Found, folder: Drawer) -> list[Answer]:
        if reason := _no_plain_file(found):
            return self.hand.give_back([found], [Finding(reason)])
        if is_picture(found.name):
            return self._picture(found, folder)
        if kind_of(found.name) == "text":
            return self._text(found, folder)
        if kind_of(found.name) == "table":
            return sheets.answer(found, folder, self.hand, self.checker, self.pairs)
        return self.hand.give_back([found], [Finding(kinds.unreadable(found.name))])

    # --- pictures ------------------------------------------------------------------------

    def _picture(self, found: Found, folder: Drawer) -> list[Answer]:
        """Answer a picture that no text has taken along."""
        if self.pairs.has_text(found, folder):
            return []  # that text answers for both
        if kind_of(found.name) == "other":
            return self.hand.give_back([found], [Finding(kinds.unreadable(found.name))])
        if reason := kinds.not_a_picture(folder.start(found.name)):
            return self.hand.give_back([found], [Finding(reason)])
        if age(found, self.hand.now) < PATIENCE:
            return [self.hand.tell(found, "waits")]
        minutes = int(PATIENCE.total_seconds() // 60)
        return self.hand.give_back([found], [Finding(Reason.of("picture-alone", minutes=minutes))])

    # --- texts ---------------------------------------------------------------------------

    def _text(self, found: Found, folder: Drawer) -> list[Answer]:
        read: tuple[Written | None, list[Finding]]
        raw = b""
        if reason := self._no_text(found, folder):
            read = None, [Finding(reason)]
        else:
            try:
                raw = folder.read(found.name)
            except Refused:
                return []  # it changed under our eyes
            read = written.read(raw)
            if read[0] is not None and not raw.strip():
                read = None, [Finding(Reason.of("file-empty"))]
        text, findings = read
        picture = picture_for(found, folder, text, self.pairs, self.hand.room, self.hand.now)
        if picture is None:
            return [self.hand.tell(found, "waits")]
        files = [found, *picture.moved]
        if text is None or findings or picture.findings:
            body = text.body if text else ""
            language = _language(text)
            return self.hand.give_back(files, [*findings, *picture.findings], (), body, language)
        if picture.there:
            text = text.with_picture()
        text = in_language(text, found.folders, self.checker.campaign.languages)
        stem = self.hand.stem(parts(found.name)[0])
        kept = self.hand.kept(stem, picture, text)
        checked = self.checker.check(text, stem, picture.safe, kept)
        if checked.findings:
            return self.hand.give_back(
                files, checked.findings, checked.lengths, text.body, _language(text)
            )
        return self._take(found, text, hashlib.sha256(raw).hexdigest(), stem, picture, checked)

    @staticmethod
    def _no_text(found: Found, folder: Drawer) -> Reason | None:
        if found.name.endswith(NOTE):
            return Reason.of("file-note")
        if not found.mark.size:
            return Reason.of("file-empty")
        if found.mark.size > MAX_BYTES:
            size = -(-found.mark.size // 1024)
            return Reason.of("file-too-large", size=size, most=MAX_BYTES // 1024)
        return kinds.not_a_text(folder.start(found.name))

    def _take(
        self,
        found: Found,
        text: Written,
        digest: str,
        stem: str,
        picture: Pictured,
        checked: Checked,
    ) -> list[Answer]:
        hand = self.hand
        moves = [hand.move(found, "received")]
        copies = []
        if picture.file is not None:
            new = picture.file.name
            if picture.moved:
                moves.append(hand.move(picture.file, "received"))
                new = moves[-1].new
            copies = [hand.copy(picture, hand.kept(stem, picture, text), new)]
        made = hand.submission(found, text, digest, stem, picture, checked)
        task = Task(tuple(moves), tuple(copies), (made,))
        answers = hand.take(found, picture.moved, task)
        if answers and checked.message is not None:
            self.checker.earlier.add(checked.message.id, checked.message.text)
        return answers


def _language(text: Written | None) -> str:
    """The language that a volunteer names is the one to answer in."""
    named = text.settings.get("language") if text else None
    return named if isinstance(named, str) else ""


def _no_plain_file(found: Found) -> Reason | None:
    """Say why something is not even opened."""
    if found.mark.is_folder:
        return Reason.of("file-too-deep")
    if not found.mark.is_file:
        is_link = stat.S_ISLNK(found.mark.mode)
        return Reason.of("file-link") if is_link else Reason.of("file-special")
    return Reason.of("file-hard-link") if found.links > 1 else None
