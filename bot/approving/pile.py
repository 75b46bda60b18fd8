"""What waits for a person's word, and what it is judged against."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import PurePosixPath

from bot.approval import held_by
from bot.approval.holds import words_of
from bot.approving.item import CannotApprove, Item
from bot.content import Loaded, Problem, load, waiting
from bot.content.files import MAX_BYTES, Folder, Refused
from bot.content.links import foreign_hosts
from bot.content.stamp import content_stamp
from bot.jobs.clearing import Clearance, Gate
from bot.jobs.drafting import Drafter, known_limits
from bot.model import Campaign, Deed, Message, PetitionCount
from bot.plan import accounts_for
from bot.reading import read
from bot.settings import Settings
from bot.store import Store
from bot.text import decode


class Pile:
    """All that waits, and all that it is judged against, as it is on the disk now."""

    def __init__(self, settings: Settings, store: Store) -> None:
        self.settings = settings
        self.store = store
        self._root = settings.root
        self._clearance = Clearance(settings.root, store)
        self.loaded: Loaded
        self.drafter: Drafter
        """Of what is loaded; draws nothing."""
        self._stamp: tuple[str, Sequence[PetitionCount]] = ("", ())
        self._shown: dict[str, str] = {}
        self.refresh()

    def refresh(self) -> bool:
        """Read the files again if any has changed; tells whether one has."""
        stamp = content_stamp(self._root, waiting=True)  # first: what comes later is news
        counts = self.store.petition_counts()
        if (stamp, counts) == self._stamp:
            return False
        self._stamp = (stamp, counts)
        self.loaded = read(self.settings, self.store, waiting=True)
        self.drafter = self.new_drafter(draw=False)
        return True

    def new_drafter(self, *, draw: bool) -> Drafter:
        """Make what drafts the posts of all that is loaded; `draw` puts cards on the disk."""
        catalog = self.loaded.catalog
        return Drafter(self._root, catalog, known_limits(self.store, catalog), draw=draw)

    def waiting(self, now: datetime, *, held: bool = True) -> list[str]:
        """List the ids of all that waits for a person: submissions first, as they came in.

        `held=False` leaves out messages that wait for the end of a hold, which no approval ends.
        """
        self.refresh()
        gate = self._gate()
        came = {e.subject: e.id for e in self.store.audit(deeds=(Deed.RECEIVED, Deed.DRAFTED))}
        submissions = sorted(self.loaded.waiting, key=lambda name: (came.get(name, 0), name))
        submissions = [n for n in submissions if self.loaded.waiting[n].campaign in self._campaigns]
        kept_back = [name for name in gate.waiting(now) if name not in self.loaded.waiting]
        if not held and (holds := self.store.holds()):
            messages = self.loaded.catalog.messages
            kept_back = [
                name
                for name in kept_back
                if not held_by(
                    words_of(messages[name], self._campaigns[messages[name].campaign]), holds
                )
            ]
        return [*submissions, *kept_back]

    def unreadable(self) -> list[Problem]:
        """List what keeps files in waiting/ from being submissions at all."""
        known = {m.path for m in self.loaded.waiting.values() if m.campaign in self._campaigns}
        lost = [m for m in self.loaded.waiting.values() if m.campaign not in self._campaigns]
        text = "waits, but its campaign.yaml must be mended first: bot check"
        return [
            *(Problem(m.path, 1, 1, text) for m in lost),
            *(
                p
                for p in self.loaded.errors
                if PurePosixPath(p.path).parent.name == waiting.WAITING and p.path not in known
            ),
        ]

    def item(self, name: str, now: datetime) -> Item:
        """Show one.

        Raises:
            CannotApprove: there is none of that name.
        """
        message = self.find(name)
        gate = self._gate()
        found = gate.standing(message, now)
        problems = tuple(p for p in self.loaded.problems if p.path == message.path)
        fingerprint = gate.fingerprint(message)
        if self._shown.setdefault(message.id, fingerprint.value) != fingerprint.value:
            self._shown[message.id] = fingerprint.value
            self.drafter = self.new_drafter(draw=False)  # its picture may be another
        is_submission = self._is_submission(message)
        if is_submission and (twin := self.loaded.catalog.messages.get(message.id)):
            text = f"has the name of a message, {twin.path}; rename one of them"
            problems = (Problem(message.path, 1, 1, text), *problems)
        accounts = accounts_for(self.loaded.catalog, message)
        turns = range(1, 1 + len(message.variants))
        return Item(
            message=message,
            is_submission=is_submission,
            problems=problems,
            reason=found.reason,
            approved_by=found.approved_by,
            people=self._campaigns[message.campaign].approval.people,
            drafts={a.name: self.drafter(message, a, 0, now) for a in accounts},
            variants={
                a.name: tuple(self.drafter(message, a, n, now) for n in turns) for a in accounts
            },
            fingerprint=fingerprint,
            log=tuple(self.store.audit(message.id)),
        )

    def approved_by(self, name: str, now: datetime) -> tuple[tuple[str, ...], int]:
        """Tell who has approved it as it is, and how many people must."""
        message = self.find(name)
        people = self._campaigns[message.campaign].approval.people
        return self._gate().standing(message, now).approved_by, people

    def find(self, name: str) -> Message:
        """Find a submission or message by its id, its file's stem or its path.

        Raises:
            CannotApprove: there is none, or several.
        """
        stem = PurePosixPath(name).stem if name.endswith((".md", ".txt")) else name
        both = [*self.loaded.waiting.values(), *self.loaded.catalog.messages.values()]
        found = [m for m in both if name in (m.id, m.path) or m.id.split("/", 1)[1] == stem]
        if len(found) > 1:
            # An id goes before a stem, a path before an id: the whole name is meant.
            found = [m for m in found if m.path == name] or found
            exact = [m for m in found if m.id == name]
            found = exact[:1] or found
        if len(found) == 1:
            if found[0].campaign not in self._campaigns:
                raise CannotApprove(f"{found[0].campaign}: mend its campaign.yaml: bot check")
            return found[0]
        if found:
            paths = " or ".join(m.path for m in found)
            raise CannotApprove(f'"{name}" may be {paths}: give the whole path')
        faults = [str(p) for p in self.loaded.problems if f"/{stem}." in p.path]
        if faults:
            raise CannotApprove("that file has problems:\n  " + "\n  ".join(faults))
        raise CannotApprove(f'nothing named "{name}" waits, and no message has that name')

    def foreign(self, message: Message) -> list[str]:
        """List the hosts a message links to that are not its campaign's."""
        texts = (message.text, *message.per_network.values(), *message.variants)
        allowed = self._campaigns[message.campaign].allowed_links
        return foreign_hosts((*texts, *message.thread, message.link or ""), allowed)

    def tried(self, message: Message, text: str) -> tuple[bool, tuple[Problem, ...]]:
        """Read `text` as if it were a message's file: is it one, and what is wrong with it."""
        raw = text.encode("utf-8", "surrogateescape")
        if len(raw) > MAX_BYTES:
            return False, (Problem(message.path, 1, 1, f"has {len(raw)} bytes of {MAX_BYTES}"),)
        found = load(self._root, waiting=True, instead={message.path: raw})
        problems = tuple(p for p in found.problems if p.path == message.path)
        both = {**found.catalog.messages, **found.waiting}
        return message.id in both, problems

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

    @property
    def _campaigns(self) -> Mapping[str, Campaign]:
        return self.loaded.catalog.campaigns

    def _is_submission(self, message: Message) -> bool:
        return self.loaded.waiting.get(message.id) is message

    def _gate(self) -> Gate:
        return self._clearance.gate(self.loaded.catalog)
