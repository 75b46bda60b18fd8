"""Counts in the ledger: the newest of each petition, and nothing is ever rewritten."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError

from bot.model import PetitionCount
from bot.store import SourceState, Store

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
DAY = date(2026, 11, 20)
FIRST = PetitionCount("c", "sign", 12_000, DAY, NOW, "anna", "the petition's page")
STATE = SourceState("c", "sign", "4f", NOW, None, NOW + timedelta(hours=1), 1, "it answers 404")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A new ledger."""
    with Store.open(f"sqlite:///{tmp_path / 'ledger.db'}") as opened:
        yield opened


def test_the_newest_count_of_each_petition_is_given(store: Store) -> None:
    """Of the latest day; of one day the last that was written down."""
    corrected = replace(FIRST, number=12_001, at=NOW + timedelta(minutes=1))
    older = replace(FIRST, number=1, as_of=DAY - timedelta(days=3), at=NOW + timedelta(hours=1))
    other = replace(FIRST, action="other", number=0, source="")
    for count in (FIRST, corrected, older, other):
        store.record_count(count)
    assert store.petition_counts() == [other, corrected]
    assert store.petition_counts(before=NOW + timedelta(minutes=1)) == [other, FIRST]
    assert store.petition_counts(before=NOW) == []


def test_counts_are_never_changed_or_deleted(store: Store) -> None:
    """Whoever asks later what was known on a day gets what was known."""
    store.record_count(FIRST)
    for change in ("UPDATE counts SET number = 1", "DELETE FROM counts"):
        with pytest.raises(IntegrityError, match="append-only"), store._write() as connection:
            connection.exec_driver_sql(change)
    assert store.petition_counts() == [FIRST]


def test_each_count_is_in_the_log(store: Store) -> None:
    """Who said so, when, how many, and where it is from."""
    store.record_count(FIRST)
    (event,) = store.events()
    assert (event.at, event.event, event.account) == (NOW, "counted", "c/sign")
    assert event.detail == "12,000 as of 2026-11-20 by anna (the petition's page)"


def test_a_persons_word_ends_what_was_wrong_with_the_source(store: Store) -> None:
    """It is read anew then; another petition's trouble stays."""
    other = replace(STATE, action="other", offered=7)
    for state in (STATE, other):
        store.note_source(state)
    store.note_source(replace(STATE, failures=2))
    assert store.source_states() == [other, replace(STATE, failures=2)]
    store.record_count(FIRST)
    assert store.source_states() == [other]


def test_what_a_source_tells_is_written_with_how_it_went(store: Store) -> None:
    """Both or neither."""
    store.note_source(STATE, FIRST)
    assert store.petition_counts() == [FIRST]
    assert store.source_states() == [STATE]
    with pytest.raises(IntegrityError):
        store.note_source(replace(STATE, trouble="new"), replace(FIRST, number=-1))
    assert store.source_states() == [STATE]
