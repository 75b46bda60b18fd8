"""Content that goes bad under a running daemon: what was good stays in force."""

from __future__ import annotations

from pathlib import Path

from bot.content import load

SCHEDULES = """\
timezone: America/New_York
accounts:
  x-main: {network: x}
  masto-en: {network: mastodon, server: "https://mastodon.example"}
schedules:
  morning: {campaign: c, accounts: [x-main, masto-en], times: ["09:00"]}
  evening: {campaign: c, accounts: [x-main], times: ["18:00"]}
"""
CAMPAIGN = "name: C\nlanguages: [en]\nbrand: {name: C}\n"


def repository(root: Path) -> Path:
    """A sound repository."""
    folder = root / "content/c/messages"
    folder.mkdir(parents=True)
    (root / "schedules.yaml").write_text(SCHEDULES)
    (folder.parent / "campaign.yaml").write_text(CAMPAIGN)
    (folder / "a.md").write_text("The first.")
    return root


def test_broken_schedules_keep_accounts_schedules_and_zone(tmp_path: Path) -> None:
    """New messages still come in, and their times are read in the zone that was in force."""
    root = repository(tmp_path)
    good = load(root).catalog
    (root / "schedules.yaml").write_text(SCHEDULES + "  broken: [\n")
    (root / "content/c/messages/b.md").write_text("---\nat: 2026-07-01 10:00\n---\nThe second.")
    loaded = load(root, keep=good)
    assert loaded.errors
    assert loaded.catalog.accounts == good.accounts
    assert loaded.catalog.schedules == good.schedules
    at = loaded.catalog.messages["c/b"].at
    assert at is not None
    assert at.isoformat() == "2026-07-01T10:00:00-04:00"


def test_one_bad_account_or_schedule_stays_as_it_was(tmp_path: Path) -> None:
    """A typo in one line neither silences that account nor the others."""
    root = repository(tmp_path)
    good = load(root).catalog
    typos = SCHEDULES.replace("{network: x}", "{network: y}").replace('"18:00"', '"25:00"')
    (root / "schedules.yaml").write_text(typos)
    loaded = load(root, keep=good)
    assert len(loaded.errors) >= 2
    assert loaded.catalog.accounts == good.accounts
    assert {s.name for s in loaded.catalog.schedules} == {"morning", "evening"}


def test_what_was_taken_out_is_gone(tmp_path: Path) -> None:
    """Keeping is for mistakes, not for what a person removed."""
    root = repository(tmp_path)
    good = load(root).catalog
    shorter = "\n".join(line for line in SCHEDULES.splitlines() if "evening" not in line)
    (root / "schedules.yaml").write_text(shorter)
    loaded = load(root, keep=good)
    assert [s.name for s in loaded.catalog.schedules] == ["morning"]


def test_a_broken_campaign_stays_with_its_messages(tmp_path: Path) -> None:
    """Its queue goes on; the others are not touched."""
    root = repository(tmp_path)
    good = load(root).catalog
    (root / "content/c/campaign.yaml").write_text("name: [\n")
    loaded = load(root, keep=good)
    assert loaded.errors
    assert loaded.catalog.campaigns == good.campaigns
    assert loaded.catalog.messages == good.messages


def test_a_message_that_became_bad_is_left_out(tmp_path: Path) -> None:
    """Nobody can say whether its old words were to stay."""
    root = repository(tmp_path)
    good = load(root).catalog
    (root / "content/c/messages/a.md").write_text("---\nacton: x\n---\nThe first, changed.")
    assert load(root, keep=good).catalog.messages == {}
