"""A person's word on a submission or message: approve, return, allow, edit, schedule, set aside.

    waiting/NAME.md ── approved, by as many as the campaign asks for ──▶ messages/NAME.md
                    ── returned ──▶ waiting/returned/NAME.md, a note beside it, and one
                                    in inbox/returned/ where a volunteer will look

First the ledger is told, then files are moved: after a crash between the two the same command
finishes the work.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath

from bot.content import ContentError, Loaded, Problem, waiting
from bot.content.files import Folder, Refused
from bot.content.links import foreign_hosts
from bot.content.writing import with_settings
from bot.intake.leaving import leave_note
from bot.jobs.clearing import Clearance, Gate
from bot.jobs.drafting import Drafter, known_limits
from bot.model import Deed, Draft, Message, Refusal
from bot.plan import accounts_for
from bot.reading import read
from bot.settings import Settings
from bot.store import NewEntry, Store
from bot.text import decode


class CannotApprove(ContentError):
    """What was asked cannot be done; the text says what to do first."""


@dataclass(frozen=True, slots=True)
class Item:
    """A submission, or a message that waits, as a reviewer needs it."""

    message: Message
    is_submission: bool
    """It lies in waiting/."""
    problems: tuple[Problem, ...]
    """Of its file; with an error among them it cannot be approved."""
    reason: str
    """What it waits for."""
    approved_by: tuple[str, ...]
    drafts: Mapping[str, Draft | Refusal]
    """As each account would post it."""

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that must be mended first."""
        return tuple(p for p in self.problems if p.severity == "error")


class Review:
    """The files and the ledger, for a person who says what goes out."""

    def __init__(self, settings: Settings, store: Store) -> None:
        self.settings = settings
        self.store = store
        self._root = settings.root
        self._clearance = Clearance(settings.root, store)
        self.loaded: Loaded
        self.reload()

    def reload(self) -> None:
        """Read the files again."""
        self.loaded = read(self.settings, self.store, waiting=True)

    def waiting(self, now: datetime) -> list[str]:
        """List the ids of all that waits for a person: submissions first, as they came in."""
        gate = self._gate()
        came = {e.subject: e.id for e in self.store.audit(deeds=(Deed.RECEIVED, Deed.DRAFTED))}
        submissions = sorted(self.loaded.waiting, key=lambda name: (came.get(name, 0), name))
        held_back = [name for name in gate.waiting(now) if name not in self.loaded.waiting]
        return [*submissions, *held_back]

    def item(self, name: str, now: datetime, *, draw: bool = False) -> Item:
        """Show one; `draw` puts its cards on the disk.

        Raises:
            CannotApprove: there is none of that name.
        """
        message = self.find(name)
        gate = self._gate()
        found = gate.standing(message, now)
        problems = tuple(p for p in self.loaded.problems if p.path == message.path)
        catalog = self.loaded.catalog
        drafter = Drafter(self._root, catalog, known_limits(self.store, catalog), draw=draw)
        drafts = {a.name: drafter(message, a, 0, now) for a in accounts_for(catalog, message)}
        is_submission = message.id in self.loaded.waiting
        return Item(message, is_submission, problems, found.reason, found.approved_by, drafts)

    def find(self, name: str) -> Message:
        """Find a submission or message by its id, its file's stem or its path.

        Raises:
            CannotApprove: there is none, or several.
        """
        stem = PurePosixPath(name).stem if name.endswith((".md", ".txt")) else name
        both = [*self.loaded.waiting.values(), *self.loaded.catalog.messages.values()]
        found = [m for m in both if name in (m.id, m.path) or m.id.split("/", 1)[1] == stem]
        if len(found) > 1 and name in {m.path for m in found}:
            found = [m for m in found if m.path == name]
        if len(found) == 1:
            if found[0].campaign not in self.loaded.catalog.campaigns:
                raise CannotApprove(f"{found[0].campaign}: mend its campaign.yaml: bot check")
            return found[0]
        if found:
            paths = " or ".join(m.path for m in found)
            raise CannotApprove(f'"{name}" may be {paths}: give the whole path')
        faults = [str(p) for p in self.loaded.problems if f"/{stem}." in p.path]
        if faults:
            raise CannotApprove("that file has problems:\n  " + "\n  ".join(faults))
        raise CannotApprove(f'nothing named "{name}" waits, and no message has that name')

    # --- a person's word -----------------------------------------------------------------

    def approve(self, name: str, by: str, now: datetime) -> tuple[str, int]:
        """Say yes to a message as it is now.

        Returns:
            its id, and how many more people must say yes.

        Raises:
            CannotApprove: it has errors, no account can say it, or its name is taken.
        """
        item = self.item(name, now)
        message = item.message
        if item.errors:
            raise CannotApprove(
                f"{message.id} cannot go out as it is:\n  "
                + "\n  ".join(str(p) for p in item.errors)
            )
        refused = {a: d.reason for a, d in item.drafts.items() if isinstance(d, Refusal)}
        if refused and len(refused) == len(item.drafts):
            reasons = "\n  ".join(f"{account}: {why}" for account, why in refused.items())
            raise CannotApprove(f"{message.id} can go out nowhere:\n  {reasons}")
        rules = self.loaded.catalog.campaigns[message.campaign].approval
        fingerprint = self._gate().fingerprint(message)
        entry = NewEntry(by, Deed.APPROVED, message.id, fingerprint.value, fingerprint.parts)
        self.store.write_audit([entry], now)
        people = {*map(_person, self._gate().standing(message, now).approved_by), _person(by)}
        missing = max(0, rules.people - len(people))
        if item.is_submission and not missing:
            waiting.accept(self._root, Path(message.path))
            self.reload()
        return message.id, missing

    def send_back(self, name: str, by: str, why: str, now: datetime) -> str:
        """Return a submission, or stop a message, with a reason; gives its id.

        Raises:
            CannotApprove: there is none of that name, or its folder cannot be written.
        """
        message = self.find(name)
        self.store.write_audit([NewEntry(by, Deed.RETURNED, message.id, detail={"why": why})], now)
        if message.id in self.loaded.waiting:
            self._return(message, f"{by}: {why}\n")
        return message.id

    def allow(self, name: str, by: str, now: datetime, *, links: bool, mentions: bool) -> str:
        """Let a submission's foreign links, or the names it calls, stand; gives its id.

        Raises:
            CannotApprove: there is none of that name, or its file cannot be written.
        """
        message = self.find(name)
        campaign = self.loaded.catalog.campaigns[message.campaign]
        texts = (message.text, *message.per_network.values(), *message.variants, *message.thread)
        found = foreign_hosts((*texts, message.link or ""), campaign.allowed_links)
        head: dict[str, object] = {}
        if links and found:
            head["allow_links"] = found
        if mentions:
            head["mentions"] = "allowed"
        if head:
            self._rewrite(message, head)
            what = [*(found if links else ()), *(["@names"] if mentions else ())]
            self._note(by, Deed.ALLOWED, message, now, {"what": ", ".join(what)})
        return message.id

    def schedule(self, name: str, by: str, at: datetime, now: datetime) -> str:
        """Give a submission or message its own time; gives its id.

        Raises:
            CannotApprove: there is none of that name, or its file cannot be written.
        """
        message = self.find(name)
        self._rewrite(message, {"at": at.isoformat(timespec="minutes")})
        self._note(by, Deed.SCHEDULED, message, now, {"at": at.isoformat()})
        return message.id

    def replace(self, name: str, by: str, text: str, now: datetime) -> str:
        """Put an edited text in a file's place; gives its id.

        Raises:
            CannotApprove: there is none of that name, or its file cannot be written.
        """
        message = self.find(name)
        self._write(message, text)
        self._note(by, Deed.EDITED, message, now, {})
        return message.id

    def set_aside(self, name: str, by: str, why: str, now: datetime) -> str:
        """Leave it for later; gives its id."""
        message = self.find(name)
        self._note(by, Deed.SET_ASIDE, message, now, {"why": why} if why else {})
        return message.id

    def text_of(self, message: Message) -> str:
        """Give a file's text as it stands.

        Raises:
            CannotApprove: it cannot be read.
        """
        path = self._root / message.path
        try:
            with Folder.root(path.parent) as folder:
                return decode(folder.read(path.name)).replace("\r\n", "\n").replace("\r", "\n")
        except (Refused, OSError, ValueError) as error:
            raise CannotApprove(f"{message.path} {error}") from error

    # --- files ---------------------------------------------------------------------------

    def _gate(self) -> Gate:
        return self._clearance.gate(self.loaded.catalog)

    def _note(
        self, by: str, deed: Deed, message: Message, now: datetime, detail: Mapping[str, str]
    ) -> None:
        self.store.write_audit([NewEntry(by, deed, message.id, detail=detail)], now)

    def _rewrite(self, message: Message, head: Mapping[str, object]) -> None:
        self._write(message, with_settings(self.text_of(message), head))

    def _write(self, message: Message, text: str) -> None:
        waiting.rewrite(self._root, Path(message.path), text)
        self.reload()

    def _return(self, message: Message, note: str) -> None:
        waiting.send_back(self._root, Path(message.path), note)
        received = self.store.audit(message.id, deeds=(Deed.RECEIVED,))[-1:]
        if received and (file := received[0].detail.get("file")):
            campaign = self.loaded.catalog.campaigns[message.campaign]
            leave_note(self._root, campaign, file, note)
        self.reload()


def _person(name: str) -> str:
    return " ".join(name.casefold().split())
