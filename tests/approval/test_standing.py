"""From the audit log to "may it go out": only ever what enough people approved, as it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.approval import Fingerprint, Standing, standing
from bot.approval.standing import is_in_force
from bot.model import ApprovalRules, AuditEntry, Deed, Message

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
MESSAGE = Message("rent/a", "rent", "a.md", "Sign today.", "en")
SUBMISSION = replace(MESSAGE, needs_approval=True)
PRINT = Fingerprint({"text": "this"})
OTHER = Fingerprint({"text": "that"})


def entry(deed: Deed, by: str = "Ana", of: Fingerprint = PRINT, at: datetime = NOW) -> AuditEntry:
    """A line of the log."""
    detail = of.parts if deed is Deed.APPROVED else {"why": "not true"}
    return AuditEntry(1, at, by, deed, MESSAGE.id, of.value, detail)


def stands(
    log: Sequence[AuditEntry],
    rules: ApprovalRules = ApprovalRules(),  # noqa: B008 # frozen
    message: Message = SUBMISSION,
    facts: date | None = None,
) -> Standing:
    """Where the message stands now."""
    return standing(message, rules, log, PRINT, facts, NOW)


def test_the_teams_own_message_needs_nobody() -> None:
    """Messages that the team puts into messages/ go out unless the campaign wants more."""
    assert stands([], message=MESSAGE).cleared
    assert not stands([], ApprovalRules(messages=True), MESSAGE).cleared


def test_a_submission_waits_until_it_is_approved() -> None:
    """Nothing of a volunteer goes out unseen."""
    assert stands([]).reason == "it waits for approval"
    assert stands([entry(Deed.RECEIVED)], message=MESSAGE).reason == "it waits for approval"
    assert stands([entry(Deed.APPROVED)]).cleared


def test_a_change_voids_the_approval_and_is_named() -> None:
    """Approved is what was seen; the log says what is different."""
    found = stands([entry(Deed.APPROVED, of=OTHER)])
    assert not found.cleared
    assert found.reason == "the text changed since Ana approved it"


def test_what_was_approved_once_stays_bound_to_it() -> None:
    """Taking the mark out of the file does not take the approval's bounds away."""
    assert not stands([entry(Deed.APPROVED, of=OTHER)], message=MESSAGE).cleared


def test_a_return_ends_what_was_approved_before() -> None:
    """Who says no last is heard, until somebody says yes again."""
    log = [entry(Deed.APPROVED), entry(Deed.RETURNED, "Ben")]
    assert stands(log).reason == "Ben returned it: not true"
    assert stands([*log, entry(Deed.APPROVED)]).cleared


def test_two_people_means_two() -> None:
    """The same person twice, spelled differently, is one."""
    two = ApprovalRules(people=2)
    once = [entry(Deed.APPROVED, "Ana"), entry(Deed.APPROVED, " ana ")]
    assert stands(once, two).reason == "approved by  ana , and one more person must"
    assert stands([*once, entry(Deed.APPROVED, "Ben")], two).cleared
    assert not stands([*once, entry(Deed.APPROVED, "Ben", OTHER)], two).cleared


def test_another_file_of_the_same_name_begins_anew() -> None:
    """A name is free again once its file was returned: what was said then was of other words."""
    once = [entry(Deed.APPROVED, "Ana", OTHER), entry(Deed.RETURNED, "Ben")]
    assert "Ben returned it" in stands(once).reason
    again = stands([*once, entry(Deed.DRAFTED, "bot")])
    assert again.reason == "it waits for approval"
    assert not again.cleared


def test_old_facts_wait_for_a_second_look() -> None:
    """A figure of last year is looked at again before it is said again."""
    rules = ApprovalRules(second_look=timedelta(days=90))
    old = date(2026, 1, 1)
    found = stands([], rules, MESSAGE, old)
    assert not found.cleared
    assert "its facts are of 2026-01-01, more than 90 days ago" in found.reason
    assert stands([], rules, MESSAGE, date(2026, 11, 1)).cleared
    looked = stands([entry(Deed.APPROVED, at=NOW - timedelta(days=1))], rules, facts=old)
    assert looked.cleared
    assert looked.until == NOW + timedelta(days=89)


_DEEDS = st.builds(
    entry,
    st.sampled_from([Deed.RECEIVED, Deed.EDITED, Deed.APPROVED, Deed.RETURNED, Deed.SET_ASIDE]),
    st.sampled_from(["Ana", "Ben", "Caro"]),
    st.sampled_from([PRINT, OTHER]),
)


@given(st.lists(_DEEDS, max_size=12), st.integers(1, 3))
def test_nothing_passes_without_enough_people(log: list[AuditEntry], people: int) -> None:
    """Whatever the log's order: cleared means enough people approved this very state, last."""
    found = stands(log, ApprovalRules(people=people))
    ends = (Deed.RETURNED, Deed.RECEIVED, Deed.DRAFTED)
    last_end = max((n for n, e in enumerate(log) if e.deed in ends), default=-1)
    since = [e for e in log[last_end + 1 :] if e.deed is Deed.APPROVED]
    yes = {e.by for e in {e.by: e for e in since}.values() if e.fingerprint == PRINT.value}
    assert found.cleared == (len(yes) >= people)
    assert found.cleared or found.reason


def test_only_the_last_word_is_in_force() -> None:
    """A return, another person's newer yes to other words, or a yes too few: it is not."""
    old, new = entry(Deed.APPROVED, of=OTHER), replace(entry(Deed.APPROVED), id=2)
    assert is_in_force([old, new], PRINT.value, ApprovalRules())
    assert not is_in_force([old, new], OTHER.value, ApprovalRules())
    newer = replace(entry(Deed.APPROVED, "Ben", OTHER), id=3)
    assert not is_in_force([old, new, newer], PRINT.value, ApprovalRules())
    assert not is_in_force([old, new, entry(Deed.RETURNED)], PRINT.value, ApprovalRules())
    assert not is_in_force([old, new], PRINT.value, ApprovalRules(people=2))
    assert not is_in_force([], "", ApprovalRules())
