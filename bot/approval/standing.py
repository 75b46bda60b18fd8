"""The audit log, and the message as it is now: may it go out? If not, what does it wait for.

    approved   x people   of this very fingerprint, since it was last returned   ▶ may go out
    changed    since somebody approved it                                        ▶ waits again
    returned                                                                     ▶ waits
    facts      older than the campaign allows, nobody looked since               ▶ waits

A message needs approval where its file says so, where its campaign asks for it, or where the
log knows it: what was approved once is bound to what was approved.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from bot.approval.fingerprint import Fingerprint, changed
from bot.model import ApprovalRules, AuditEntry, Deed, Message

_BINDING = frozenset((Deed.RECEIVED, Deed.DRAFTED, Deed.APPROVED, Deed.RETURNED))
"""What in the log makes a message one that needs approval."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether a message may go out."""

    cleared: bool
    reason: str = ""
    """What it waits for, in words for a person."""
    approved_by: tuple[str, ...] = ()
    """Whose approval of it, as it is, is in force."""
    until: datetime | None = None
    """When its facts will be too old, if nobody looks again."""


def needs_approval(message: Message, rules: ApprovalRules, log: Sequence[AuditEntry]) -> bool:
    """Tell whether a message may only go out approved; `log` is what happened to it."""
    return message.needs_approval or rules.messages or any(e.deed in _BINDING for e in log)


def standing(
    message: Message,
    rules: ApprovalRules,
    log: Sequence[AuditEntry],
    now_is: Fingerprint | None,
    facts: date | None,
    now: datetime,
) -> Standing:
    """Tell whether a message may go out at `now`.

    Args:
        message: as it is now.
        rules: its campaign's.
        log: what happened to this message, in order.
        now_is: its fingerprint; None where it is sure not to be needed.
        facts: of which day its facts are, where that is known.
        now: the moment.
    """
    returned, approvals = _since_returned(log)
    value = now_is.value if now_is else ""
    in_force = {name: e for name, e in approvals.items() if e.fingerprint == value}
    people = tuple(entry.by for entry in in_force.values())
    if needs_approval(message, rules, log) and len(in_force) < rules.people:
        return Standing(False, _why_not(returned, approvals, in_force, now_is, rules), people)
    until = _facts_last(facts, rules, list(in_force.values()))
    if until is not None and now >= until:
        days = rules.second_look.days if rules.second_look else 0
        text = f"its facts are of {facts}, more than {days} days ago: look again, then approve it"
        return Standing(False, text, people, until)
    return Standing(True, "", people, until)


def is_in_force(log: Sequence[AuditEntry], value: str, rules: ApprovalRules) -> bool:
    """Tell whether the last word on a message is the approval of the state `value` of it."""
    _, approvals = _since_returned(log)
    given = [entry for entry in approvals.values() if entry.fingerprint == value]
    last = max(approvals.values(), key=lambda entry: entry.id, default=None)
    return last in given and len(given) >= rules.people


def _since_returned(
    log: Sequence[AuditEntry],
) -> tuple[AuditEntry | None, Mapping[str, AuditEntry]]:
    """Find the last return, if nothing was approved since, and each person's last approval."""
    returned = None
    approvals: dict[str, AuditEntry] = {}
    for entry in log:
        if entry.deed is Deed.RETURNED:
            returned = entry
            approvals = {}
        elif entry.deed in (Deed.RECEIVED, Deed.DRAFTED):
            returned, approvals = None, {}  # another file, under a name that was free again
        elif entry.deed is Deed.APPROVED:
            approvals[" ".join(entry.by.casefold().split())] = entry
    return (None if approvals else returned), approvals


def _why_not(
    returned: AuditEntry | None,
    approvals: Mapping[str, AuditEntry],
    in_force: Mapping[str, AuditEntry],
    now_is: Fingerprint | None,
    rules: ApprovalRules,
) -> str:
    if returned is not None:
        why = returned.detail.get("why", "")
        return f"{returned.by} returned it{f': {why}' if why else ''}"
    if in_force:
        names = " and ".join(entry.by for entry in in_force.values())
        missing = rules.people - len(in_force)
        more = "one more person" if missing == 1 else f"{missing} more people"
        return f"approved by {names}, and {more} must"
    if approvals and now_is is not None:
        last = max(approvals.values(), key=lambda entry: entry.id)
        return f"{changed(last.detail, now_is)} changed since {last.by} approved it"
    return "it waits for approval"


def _facts_last(
    facts: date | None, rules: ApprovalRules, looks: Sequence[AuditEntry]
) -> datetime | None:
    """Say when facts will be too old: counted from their day, or from the last look at them."""
    if facts is None or rules.second_look is None:
        return None
    ends = datetime.combine(facts + timedelta(days=1), time(), UTC)
    return max([ends, *(entry.at for entry in looks)]) + rules.second_look
