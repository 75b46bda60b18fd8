"""A person's word counts for what the person saw, and for nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.approving import CannotApprove, ChangedMeanwhile, Review
from bot.content.waiting import put
from tests.e2e.test_approval import Clock, running
from tests.e2e.world import bot, make_root


def test_a_yes_is_for_what_was_seen(tmp_path: Path) -> None:
    """Given with the fingerprint of what was shown, it is refused for anything else; unwritten."""
    make_root(tmp_path, {}, schedules="")
    place = put(tmp_path, "rent-strike", "a", "---\napproval: required\n---\nRents are high.\n")
    clock = Clock()
    with running(tmp_path, clock) as made:
        review = Review(made.settings, made.store)
        seen = review.item("a", clock()).fingerprint.value
        path = tmp_path / place
        path.write_text(path.read_text().replace("high", "fair"))
        with pytest.raises(ChangedMeanwhile, match="changed after it was shown"):
            review.approve("a", "Ana", clock(), seen=seen)
        assert made.store.audit() == []
        now_is = review.item("a", clock()).fingerprint.value
        assert review.approve("a", "Ana", clock(), seen=now_is) == ("rent-strike/a", 0)


def test_a_submission_with_a_messages_name_binds_nothing(tmp_path: Path) -> None:
    """A word on the one must not fall on the other, which may be on its way out."""
    make_root(tmp_path, {"a.md": "Our own words.\n"}, schedules="")
    other = tmp_path / "content/rent-strike/waiting/a.md"
    other.parent.mkdir()
    other.write_text("---\napproval: required\n---\nRents are high.\n")
    clock = Clock()
    with running(tmp_path, clock) as made:
        review = Review(made.settings, made.store)
        path = "content/rent-strike/waiting/a.md"
        with pytest.raises(CannotApprove, match="has the name of a message"):
            review.approve(path, "Ana", clock())
        with pytest.raises(CannotApprove, match="rename one"):
            review.send_back(path, "Ana", "no", clock())
        assert made.store.audit() == []
        assert review.item("rent-strike/a", clock()).is_submission


def test_what_was_interrupted_is_finished_by_saying_it_again(tmp_path: Path) -> None:
    """A yes that is in the log, its file not moved yet: it is still listed, and a yes moves it."""
    make_root(tmp_path, {}, schedules="")
    place = tmp_path / put(tmp_path, "rent-strike", "a", "---\napproval: required\n---\nRents.\n")
    clock = Clock()
    with running(tmp_path, clock) as made:
        review = Review(made.settings, made.store)
        review.approve("a", "Ana", clock())
        (tmp_path / "content/rent-strike/messages/a.md").rename(place)
        assert review.waiting(clock()) == ["rent-strike/a"]
        assert "approved, and its file not moved yet" in bot(tmp_path, "waiting").stdout
        review.approve("a", "Ana", clock())
        assert not place.exists()


def test_one_that_cannot_be_approved_does_not_stop_the_others(tmp_path: Path) -> None:
    """`bot approve A B C` does what it can, names the rest, and ends with an error."""
    make_root(tmp_path, {})
    for name, text in {"a": "Rents.", "b": "Call @someone.", "c": "Wages."}.items():
        put(tmp_path, "rent-strike", name, f"---\napproval: required\n---\n{text}\n")
    put(tmp_path, "rent-strike", "d", "---\napproval: [\n---\nText.\n")
    done = bot(tmp_path, "approve", "a", "b", "c", "nobody", "--by", "Ana", check=False)
    assert done.returncode == 1
    assert done.stdout == "approved by Ana: rent-strike/a\napproved by Ana: rent-strike/c\n"
    assert 'calls "@someone"' in done.stderr
    assert 'nothing named "nobody"' in done.stderr
    left = bot(tmp_path, "waiting")
    assert "rent-strike/b" in left.stdout
    assert "cannot be shown: content/rent-strike/waiting/d.md:" in left.stderr
