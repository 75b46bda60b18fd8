"""`bot review` in a terminal, as a person uses it: real keys, real files, a real ledger."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.approving import Review
from bot.content.waiting import put
from bot.model import AuditEntry, Deed
from bot.settings import Settings
from bot.store import NewEntry, Store
from tests.e2e.world import make_root
from tests.review.window import review

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
HEAD = "---\napproval: required\ncard: none\n---\n"
CAMPAIGN = "content/rent-strike"


def root_with(root: Path, **submissions: str) -> Path:
    """A campaign's folder with submissions by name."""
    make_root(root, {"own.md": "Our own words.\n"})
    for name, text in submissions.items():
        put(root, "rent-strike", name, text if text.startswith("---") else f"{HEAD}{text}\n")
    return root


def log(root: Path) -> list[AuditEntry]:
    """What the audit log says."""
    with Store.open(Settings(root).audit_url) as store:
        return store.audit()


def deeds(root: Path) -> list[tuple[str, str, str]]:
    """Who did what to what."""
    return [(e.by, e.deed.value, e.subject.split("/")[1]) for e in log(root)]


def script(folder: Path, name: str, commands: str) -> str:
    """Make an editor of a few shell commands; $1 is the file."""
    path = folder / name
    path.write_text(f"#!/bin/sh\n{commands}\n")
    path.chmod(0o755)
    return str(path)


def test_accept_return_set_aside_and_quit(tmp_path: Path) -> None:
    """One key each; each is in the log and on the disk at once; what is left is left."""
    root = root_with(tmp_path, a="Rents are high.", b="Wages are low.", c="Come along.", d="Later.")
    with review(root) as window:
        seen = window.until("1 of 4: rent-strike/a")
        assert "Mastodon  masto-en  28/500" in seen
        assert "│ Rents are high." in seen
        assert "│ #RentStrike" in seen
        assert "X  x-main  28/280  $0.015" in seen
        window.do("a", "1 of 3: rent-strike/b", not_words="Rents are high")
        assert (root / CAMPAIGN / "messages/a.md").exists()
        assert "accepted: rent-strike/a" in window.screen
        window.do("r", "Please check the date, the time and the place.")
        window.do("1: Say where.", "1: Say where._")
        window.do("\r", "1 of 2: rent-strike/c")
        note = (root / CAMPAIGN / "waiting/returned/b.txt").read_text()
        assert note == "Ana: Please check the date, the time and the place. Say where.\n"
        window.do("h", "Set aside. Why")
        window.do("ask Ben\r", "1 of 1: rent-strike/d")
        said = window.end("q")
        assert "1 accepted, 1 returned, 1 set aside" in said
        assert "1 still waits" in said
    assert deeds(root) == [
        ("Ana", "approved", "a"),
        ("Ana", "returned", "b"),
        ("Ana", "set aside", "c"),
    ]
    with review(root) as window:
        window.until("1 of 2: rent-strike/d")  # what was put off comes last
        assert "Ana set it aside: ask Ben" in window.do("n", "2 of 2: rent-strike/c")
        window.end("\x03")


def test_edit(tmp_path: Path) -> None:
    """In one's own editor, on a copy; mistakes are shown first, and nothing is lost by them."""
    root = root_with(tmp_path / "root", a="Rents are hihg.")
    path = root / CAMPAIGN / "waiting/a.md"
    first = script(tmp_path, "first", 'sed -i "s/card: none/colour: red/; s/hihg/high/" "$1"')
    with review(root, env={"EDITOR": first, "VISUAL": ""}) as window:
        window.until("hihg")
        window.do("e", 'unknown setting "colour"')
        assert "e edit again   k keep it so   d discard" in window.screen
        assert "hihg" in path.read_text()
        script(tmp_path, "first", 'sed -i "s/colour: red/card: none/" "$1"')
        window.do("e", "│ Rents are high.")
        assert "edited" in window.screen
        assert path.read_text() == f"{HEAD}Rents are high.\n"
        script(tmp_path, "first", 'echo "@" > "$1"; exit 3')
        window.do("e", "ended with 3: nothing was changed")
        assert path.read_text() == f"{HEAD}Rents are high.\n"
        script(tmp_path, "first", f'echo Theirs. > "{path}"; echo Mine. > "$1"')
        shown = window.do("e", "Somebody else has changed it meanwhile")
        assert "│ Theirs." in shown
        copy = re.search(r"your copy: (/\S+/a\.md)", " ".join(shown.split()))
        assert copy is not None
        assert Path(copy[1]).read_text() == "Mine.\n"
        window.end("q")
    assert path.read_text() == "Theirs.\n"
    assert deeds(root) == [("Ana", "edited", "a")]


def test_schedule(tmp_path: Path) -> None:
    """A typed time is local; what speaks against it is said; an impossible one is refused."""
    root = root_with(tmp_path, a="---\ntrue_until: 2031-01-05\napproval: required\n---\nCome.\n")
    schedules = root / "schedules.yaml"
    schedules.write_text(
        schedules.read_text()
        .replace(
            "x-main: {network: x, language: en}",
            'x-main: {network: x, language: en, quiet_hours: "22:00-07:00"}',
        )
        .replace("masto-en: {", "masto-en: {limits: {least_gap: 30m}, ")
    )
    own = root / CAMPAIGN / "messages/fixed.md"
    own.write_text("---\nat: 2030-07-05 18:20\naccounts: [masto-en]\ncard: none\n---\nSix.\n")
    with review(root) as window:
        window.until("1 of 1")
        window.do("s", "When (Europe/London)?")
        window.do("noon\r", '"NOON" is not a date')
        window.do("s2031-01-06 10:00\r", "it is true only until Mon 2031-01-06 00:00")
        window.do("s2030-07-05 23:00\r", "23:00 is in the quiet hours of x-main (22:00-07:00)")
        window.do("n", "a accept", not_words="all the same?")
        near = "18:20 has rent-strike/fixed on masto-en, less than 30 min away"
        window.do("s2030-07-05 18:00\r", near)
        window.do("y", "Goes out  Fri 2030-07-05 18:00 Europe/London")
        window.end("q")
    assert 'at: "2030-07-05T18:00+01:00"' in (root / CAMPAIGN / "waiting/a.md").read_text()
    assert deeds(root) == [("Ana", "scheduled", "a")]


def test_links_and_names_are_allowed_by_a_key_each(tmp_path: Path) -> None:
    """Until then a yes is refused; the host is shown as it is looked up, too."""
    root = root_with(tmp_path, a="See https://ехample.org/x says @ben")
    with review(root) as window:
        seen = " ".join(window.until("2 must be mended or allowed first").split())
        assert 'only looks like "example.org"; l allows it' in seen
        assert "ехample.org, looked up as xn--" in seen
        window.do("a", "It cannot go out as it is")
        window.do("l", "could be taken for example.org, and is another's")
        window.do("n", "l links", not_words="could be taken")
        assert log(root) == []
        window.do("l", "could be taken")
        window.do("y", "1 must be mended", not_words="l links")
        window.do("m", "the names in it may stand", not_words="must be mended")
        window.pause()
        assert "1 accepted" in window.end("a")
    assert [d for _, d, _ in deeds(root)] == ["allowed", "allowed", "approved"]


def test_what_was_approved_is_what_was_seen(tmp_path: Path) -> None:
    """A letter changed while a person looks at it: the yes is refused and it is shown again."""
    root = root_with(tmp_path, a="Rents are high.", b="Wages are low.")
    with review(root) as window:
        window.until("│ Rents are high.")
        (root / CAMPAIGN / "waiting/a.md").write_text(f"{HEAD}Rents are fine.\n")
        seen = window.do("a", "It was changed while you looked at it")
        assert "│ Rents are fine." in seen
        assert log(root) == []
        (root / CAMPAIGN / "waiting/a.md").write_text(f"{HEAD}Rents are so so.\n")
        window.do("r", "Why")
        window.do("no\r", "│ Rents are so so.")  # nor is one returned for what it said before
        assert log(root) == []
        window.pause()
        window.do("a", "1 of 1: rent-strike/b")
        window.end("q")


def test_what_somebody_else_decided_is_noticed(tmp_path: Path) -> None:
    """Two reviewers at once: each item is decided by one, and the other is told."""
    root = root_with(tmp_path, a="Rents are high.", b="Wages are low.", c="Come along.")
    with review(root) as window, Store.open(Settings(root).audit_url) as store:
        window.until("1 of 3: rent-strike/a")
        ben = Review(Settings(root), store)
        ben.approve("a", "Ben", NOW)
        ben.send_back("b", "Ben", "why", NOW)
        seen = window.do("h\r", "1 of 1: rent-strike/c")
        assert "rent-strike/a waits no more: Ben approved it" in seen
        assert "rent-strike/b waits no more: Ben returned it" in seen
        assert "1 accepted" in window.end("a")


def test_what_changed_since_an_approval_is_shown_word_by_word(tmp_path: Path) -> None:
    """Also without colour; and two people's yes are two people's."""
    root = root_with(tmp_path, a="We march on Friday.")
    campaign = root / CAMPAIGN / "campaign.yaml"
    campaign.write_text(campaign.read_text() + "approval: {people: 2}\n")
    with Store.open(Settings(root).audit_url) as store:
        store.write_audit(
            [NewEntry("María", Deed.RECEIVED, "rent-strike/a", "ab", {"file": "inbox/a.txt"})], NOW
        )
        Review(Settings(root), store).approve("a", "Ben", NOW + timedelta(hours=1))
    path = root / CAMPAIGN / "waiting/a.md"
    path.write_text(path.read_text().replace("Friday.", "Saturday."))
    with review(root, env={"NO_COLOR": "1"}) as window:
        seen = window.until("the text changed since Ben approved it")
        assert "We march on [-Friday.-]{+Saturday.+}" in seen
        assert "sent by María, Fri 2026-11-20 09:00" in seen
        assert "2 people must say yes; nobody yet." in seen
        assert "\x1b[31" not in window.raw
        assert "1 accepted" in window.end("a")
    assert path.exists()
    with review(root) as window:
        assert "Nothing" in window.end()  # the second yes is another person's
