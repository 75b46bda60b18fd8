"""The files and the ledger, for a person who says what goes out.

    waiting/NAME.md ── approved, by as many as the campaign asks for ──▶ messages/NAME.md
                    ── returned ──▶ waiting/returned/NAME.md, a note beside it, and one
                                    in inbox/returned/ where a volunteer will look

First the ledger is told, then files are written or moved: after a crash between the two the
same command finishes the work. Before each deed the files are looked at again: somebody else
may be at work, too.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from bot.approving.item import CannotApprove, ChangedMeanwhile
from bot.approving.pile import Pile
from bot.content import ContentError, waiting
from bot.content.writing import with_settings
from bot.intake.leaving import leave_note
from bot.model import Deed, Message, Refusal
from bot.store import NewEntry


class Review(Pile):
    """The files and the ledger, for a person who says what goes out."""

    def approve(
        self, name: str, by: str, now: datetime, *, seen: str | None = None
    ) -> tuple[str, int]:
        """Say yes to a message as it is now.

        Args:
            name: as in `find`.
            by: the person's name.
            now: the moment.
            seen: the fingerprint of what the person was shown.

        Returns:
            its id, and how many more people must say yes.

        Raises:
            ChangedMeanwhile: it is not what was seen.
            CannotApprove: it has errors, no account can say it, or its name is taken.
        """
        self.refresh()
        item = self.item(name, now)
        message = item.message
        if seen is not None and item.fingerprint.value != seen:
            raise ChangedMeanwhile(f"{message.id} was changed after it was shown: look again")
        if item.errors:
            raise CannotApprove(
                f"{message.id} cannot go out as it is:\n  "
                + "\n  ".join(str(p) for p in item.errors)
            )
        refused = {a: d.reason for a, d in item.drafts.items() if isinstance(d, Refusal)}
        if refused and len(refused) == len(item.drafts):
            reasons = "\n  ".join(f"{account}: {why}" for account, why in refused.items())
            raise CannotApprove(f"{message.id} can go out nowhere:\n  {reasons}")
        fingerprint = item.fingerprint
        entry = NewEntry(by, Deed.APPROVED, message.id, fingerprint.value, fingerprint.parts)
        self.store.write_audit([entry], now)
        people = {*map(_person, self._gate().standing(message, now).approved_by), _person(by)}
        missing = max(0, item.people - len(people))
        if item.is_submission and not missing:
            self._accept(message)
        return message.id, missing

    def send_back(self, name: str, by: str, why: str, now: datetime) -> str:
        """Return a submission, or stop a message, with a reason; gives its id.

        Raises:
            CannotApprove: there is none of that name, or its folder cannot be written.
        """
        message = self._named(name)
        is_submission = self._is_submission(message)
        if is_submission and (twin := self.loaded.catalog.messages.get(message.id)):
            # The log would stop that one.
            raise CannotApprove(f"{message.path} has the name of {twin.path}: rename one of them")
        self._note(by, Deed.RETURNED, message, now, {"why": why})
        if is_submission:
            self._return(message, f"{by}: {why}\n")
        return message.id

    def allow(self, name: str, by: str, now: datetime, *, links: bool, mentions: bool) -> str:
        """Let a submission's foreign links, or the names it calls, stand; gives its id.

        Raises:
            CannotApprove: there is none of that name, or its file cannot be written.
        """
        message = self._named(name)
        head: dict[str, object] = {}
        found = self.foreign(message) if links else []
        if found:
            head["allow_links"] = found
        if mentions:
            head["mentions"] = "allowed"
        if head:
            text = with_settings(self.text_of(message), head)
            what = ", ".join([*found, *(["@names"] if mentions else [])])
            self._note(by, Deed.ALLOWED, message, now, {"what": what})
            waiting.rewrite(self._root, Path(message.path), text)
        return message.id

    def schedule(self, name: str, by: str, at: datetime, now: datetime) -> str:
        """Give a submission or message its own time; gives its id.

        Raises:
            CannotApprove: there is none of that name, or its file cannot be written.
        """
        message = self._named(name)
        local = at.astimezone(self.loaded.catalog.zone).isoformat(timespec="minutes")
        text = with_settings(self.text_of(message), {"at": local})
        self._note(by, Deed.SCHEDULED, message, now, {"at": local})
        waiting.rewrite(self._root, Path(message.path), text)
        return message.id

    def replace(self, name: str, by: str, text: str, now: datetime) -> str:
        """Put an edited text in a file's place; gives its id.

        Raises:
            CannotApprove: there is none of that name, or its file cannot be written.
        """
        message = self._named(name)
        self._note(by, Deed.EDITED, message, now, {})
        waiting.rewrite(self._root, Path(message.path), text)
        return message.id

    def set_aside(self, name: str, by: str, why: str, now: datetime) -> str:
        """Leave it for later; gives its id."""
        message = self._named(name)
        self._note(by, Deed.SET_ASIDE, message, now, {"why": why} if why else {})
        return message.id

    # --- files ---------------------------------------------------------------------------

    def _named(self, name: str) -> Message:
        self.refresh()
        return self.find(name)

    def _note(
        self, by: str, deed: Deed, message: Message, now: datetime, detail: Mapping[str, str]
    ) -> None:
        self.store.write_audit([NewEntry(by, deed, message.id, detail=detail)], now)

    def _accept(self, message: Message) -> None:
        try:
            waiting.accept(self._root, Path(message.path))
        except ContentError:
            self.refresh()
            if message.id in self.loaded.waiting or message.id not in self.loaded.catalog.messages:
                raise  # else another reviewer's yes has moved it at this very moment

    def _return(self, message: Message, note: str) -> None:
        waiting.send_back(self._root, Path(message.path), note)
        received = self.store.audit(message.id, deeds=(Deed.RECEIVED,))[-1:]
        if received and (file := received[0].detail.get("file")):
            campaign = self.loaded.catalog.campaigns[message.campaign]
            leave_note(self._root, campaign, file, note)


def _person(name: str) -> str:
    return " ".join(name.casefold().split())
