"""Says which messages may go out: approved as they are, not held, their facts not too old.

    audit log + holds ─▶ Clearance.gate(catalog) ─▶ Gate
    Gate.cleared(now)    the catalog without what waits: what planning draws from
    Gate.waiting(now)    what waits, and for what
    Gate.stamped(posts)  drafts that know which approval they stand on
    Gate.against(delivery, now)   why a queued one does not go out any more
    Gate.lags(delivery)           whether that may only be so on this machine

Planning asks, and sending asks again: between the two a person may have changed a letter.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path

from bot import cards
from bot.approval import Fingerprint, Standing, fingerprint, held_by, standing
from bot.approval.holds import words_of, words_of_draft
from bot.approval.standing import is_in_force, needs_approval
from bot.model import AuditEntry, Catalog, Deed, Delivery, Hold, Message, Post
from bot.plan import accounts_for
from bot.store import Store

log = logging.getLogger("bot")


class Gate:
    """Who may pass, for one state of the content, the audit log and the holds."""

    def __init__(
        self,
        root: Path,
        catalog: Catalog,
        entries: Mapping[str, Sequence[AuditEntry]],
        holds: Sequence[Hold] = (),
        *,
        several: bool = False,
    ) -> None:
        self._root = root
        self._catalog = catalog
        self._entries = entries
        self._holds = holds
        self._several = several
        self._prints: dict[str, tuple[tuple[str, ...], Fingerprint]] = {}
        self.turned_away: Mapping[str, str] = {}
        """What the last `cleared` left out, and why."""

    def standing(self, message: Message, now: datetime) -> Standing:
        """Tell whether a message may go out at `now`."""
        campaign = self._catalog.campaigns[message.campaign]
        if self._holds and (hold := held_by(words_of(message, campaign), self._holds)):
            return Standing(False, _held(hold))
        entries = self._entries.get(message.id, ())
        facts = self._facts(message) if campaign.approval.second_look else None
        if not entries and not needs_approval(message, campaign.approval, ()) and facts is None:
            return Standing(True)
        known = self.fingerprint(message) if entries else None
        return standing(message, campaign.approval, entries, known, facts, now)

    def needs_approval(self, message: Message) -> bool:
        """Tell whether a message goes out only while an approval of it is in force."""
        rules = self._catalog.campaigns[message.campaign].approval
        return needs_approval(message, rules, self._entries.get(message.id, ()))

    def fingerprint(self, message: Message) -> Fingerprint:
        """Take the fingerprint of a message as it is now; pictures are looked at anew."""
        campaign = self._catalog.campaigns[message.campaign]
        accounts = [account.name for account in accounts_for(self._catalog, message)]
        pictures = [p for p in (message.image, message.card and message.card.image) if p]
        pictures += [p for p in (campaign.brand.logo, campaign.brand.picture) if p]
        key = tuple(map(self._digest, pictures))
        known = self._prints.get(message.id)
        if known is None or known[0] != key:
            known = (key, fingerprint(message, campaign, accounts, self._digest))
            self._prints[message.id] = known
        return known[1]

    def cleared(self, now: datetime) -> Catalog:
        """Give the catalog without what waits; a message lasts until its facts are too old."""
        messages: dict[str, Message] = {}
        turned_away: dict[str, str] = {}
        for name, message in self._catalog.messages.items():
            found = self.standing(message, now)
            if found.cleared:
                until = [m for m in (message.true_until, found.until) if m is not None]
                bounded = replace(message, true_until=min(until)) if found.until else message
                messages[name] = bounded
            elif _still_true(message, now):
                turned_away[name] = found.reason
        self.turned_away = turned_away
        if len(messages) == len(self._catalog.messages) and all(
            messages[name] is message for name, message in self._catalog.messages.items()
        ):
            return self._catalog
        return replace(self._catalog, messages=messages)

    def waiting(self, now: datetime) -> dict[str, str]:
        """List the messages that may not go out at `now`, and why.

        Those that are no longer true wait for nothing.
        """
        found = {
            name: self.standing(message, now)
            for name, message in self._catalog.messages.items()
            if _still_true(message, now)
        }
        return {name: s.reason for name, s in found.items() if not s.cleared}

    def stamped(self, posts: Iterable[Post]) -> list[Post]:
        """Write into drafts which state of their message was approved."""
        return [self._stamped(post) for post in posts]

    def _stamped(self, post: Post) -> Post:
        message = self._catalog.messages.get(post.message or "")
        if post.draft is None or message is None or not self.needs_approval(message):
            return post
        return replace(post, draft=replace(post.draft, approved=self.fingerprint(message).value))

    def held(self, delivery: Delivery) -> str:
        """Say which word holds a queued delivery; "" where none does."""
        hold = held_by(words_of_draft(delivery.draft, delivery.message), self._holds)
        return _held(hold) if hold else ""

    def against(self, delivery: Delivery, now: datetime) -> str:
        """Say why a queued delivery may not go out any more; "" where it may.

        One whose file is gone stands on what was queued, unless somebody returned it.
        """
        message = self._catalog.messages.get(delivery.message)
        approved = delivery.draft.approved
        if message is None:
            last = [e for e in self._entries.get(delivery.message, ()) if e.deed in _ENDING][-1:]
            returned = bool(last) and last[0].deed is Deed.RETURNED
            return f"{last[0].by} returned it" if returned else ""
        if not approved and not self.needs_approval(message):
            return ""
        found = self.standing(message, now)
        if not found.cleared:
            return found.reason
        if approved != self.fingerprint(message).value:
            return "it was changed, and approved anew, after it was queued"
        return ""

    def lags(self, delivery: Delivery) -> bool:
        """Tell whether the file here may be an older state of what is queued, and approved.

        Each of several machines has its own copy of the folder, and one may be behind. On a
        single one the file is that very one which was approved, unless the log knows it of before.
        """
        message = self._catalog.messages.get(delivery.message)
        if message is None:
            return False
        here, queued = self.fingerprint(message).value, delivery.draft.approved
        entries = self._entries.get(message.id, ())
        rules = self._catalog.campaigns[message.campaign].approval
        if here == queued or not is_in_force(entries, queued, rules):
            return False
        return self._several or any(entry.fingerprint == here for entry in entries)

    def _digest(self, picture: Path) -> str:
        try:
            return cards.picture_digest(self._root, picture)
        except cards.CardError:
            return "missing"

    def _facts(self, message: Message) -> date | None:
        if message.as_of is not None or message.action is None:
            return message.as_of
        action = self._catalog.campaigns[message.campaign].actions.get(message.action)
        return action.as_of if action is not None else None


_ENDING = (Deed.APPROVED, Deed.RETURNED)


@dataclass(slots=True)
class Clearance:
    """Follows the audit log and the holds, so that each look at them is a short one."""

    root: Path
    source: Store | None
    """The ledger that people's words are in; None where there is none yet."""
    _seen: int = 0
    _entries: dict[str, list[AuditEntry]] = field(default_factory=lambda: defaultdict(list))
    _holds: tuple[Hold, ...] = ()
    _gate: tuple[Catalog, Gate] | None = None
    _told: set[tuple[str, str]] = field(default_factory=set)

    def gate(self, catalog: Catalog) -> Gate:
        """Give the gate as it stands now."""
        fresh = self.source.audit(after=self._seen) if self.source else []
        holds = tuple(self.source.holds()) if self.source else self._holds
        for entry in fresh:
            self._entries[entry.subject].append(entry)
            self._seen = entry.id
        if self._gate is None or self._gate[0] is not catalog or holds != self._holds:
            self._holds = holds
            several = self.source is not None and self.source.worker is not None
            gate = Gate(self.root, catalog, self._entries, holds, several=several)
            self._gate = (catalog, gate)
        return self._gate[1]

    def detached(self, catalog: Catalog) -> Clearance:
        """Take all that is known now, and go without the ledger from then on."""
        self.gate(catalog)
        self.source = None
        return self

    def tell(self, waiting: Mapping[str, str]) -> None:
        """Write into the log what waits and why, each once."""
        for message, reason in waiting.items():
            if (message, reason) not in self._told:
                self._told.add((message, reason))
                log.warning("does not go out: %s: %s", message, reason)


def _still_true(message: Message, now: datetime) -> bool:
    return message.true_until is None or now < message.true_until


def _held(hold: Hold) -> str:
    why = f": {hold.why}" if hold.why else ""
    return f"{hold.by} holds {hold.pattern}{why}"
