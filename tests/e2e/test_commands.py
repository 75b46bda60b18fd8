"""The commands, as a person or a program meets them."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.e2e.world import bot, bot_json, environment, make_root

REPOSITORY = Path(__file__).resolve().parents[2]
PLAN_FIELDS = {
    "at", "account", "network", "campaign", "message", "text", "length", "limit", "card", "alt",
    "cost_usd", "state", "reason",
}  # fmt: skip


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A small campaign."""
    return make_root(
        tmp_path,
        {
            "a.md": "We meet at eight. Bring soup. #RentStrike",
            "b.md": "---\naction: sign\n---\nPut your name to it.",
            "c.md": "---\nnetworks: [mastodon]\n---\nOnly for the fediverse, for once.",
        },
    )


def test_help_needs_no_heavy_library(tmp_path: Path) -> None:
    """What makes `bot --help` answer at once (the benchmark measures it)."""
    heavy = {"tweepy", "mastodon", "sqlalchemy", "PIL", "flask", "apscheduler", "yaml", "alembic"}
    code = (
        "import sys, bot.cli\n"
        "try: bot.cli.app(['--help'])\n"
        "except SystemExit: pass\n"
        f"print('HEAVY', sorted({heavy!r} & set(sys.modules)))"
    )
    done = subprocess.run(  # noqa: S603 # our own program
        [sys.executable, "-c", code],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
        env=environment(PYTHONPATH=str(REPOSITORY)),
    )
    assert "HEAVY []" in done.stdout


def test_plan_has_the_promised_fields(root: Path) -> None:
    """Programs read the plan; `at` carries an offset, `state` is one of two words."""
    plan = bot_json(root, "plan", "--from", "2026-07-01", "--days", "2")
    assert plan
    for entry in plan:
        assert set(entry) >= PLAN_FIELDS
        assert entry["state"] in ("planned", "skipped")
        assert entry["at"].endswith("+01:00")
        assert (entry["reason"] is None) == (entry["state"] == "planned")
    cards = [e["card"] for e in plan if e["card"]]
    assert cards
    assert all((root / card).is_file() for card in cards)
    skipped = [e["reason"] for e in plan if e["state"] == "skipped"]
    assert skipped[0] == "only for mastodon"


def test_plan_makes_no_ledger(root: Path) -> None:
    """Looking must not leave traces that a later start would trip over."""
    bot(root, "plan", "--no-cards")
    bot(root, "status")
    bot(root, "report")
    bot(root, "queue")
    assert not (root / "data").exists()


def test_length_of_plain_text_and_json(root: Path) -> None:
    """One text gives one answer, an array gives an array, counted as each network does."""
    text = "Sign: https://example.org/a/very/long/path/indeed #RentStrike @mayor"
    counted = bot_json(root, "length", "-", stdin=text)
    assert counted["x"] == {
        "length": 6 + 23 + 1 + 11 + 1 + 6,
        "valid": True,
        "urls": ["https://example.org/a/very/long/path/indeed"],
        "hashtags": ["RentStrike"],
        "mentions": ["mayor"],
    }
    several = bot_json(root, "length", "-", stdin=json.dumps(["a", "é" * 300, ""]))
    assert [c["x"]["length"] for c in several] == [1, 300, 0]
    assert [c["x"]["valid"] for c in several] == [True, False, False]
    assert [c["mastodon"]["valid"] for c in several] == [True, True, False]
    (root / "text.txt").write_text("[a bracket] begins it\n", encoding="utf-8")
    assert bot_json(root, "length", "text.txt")["x"]["length"] == 21
    assert "280" in bot(root, "length", "text.txt").stdout


def test_check_tells_all_problems_at_once_and_goes_on(root: Path) -> None:
    """file:line:column and a suggestion for each; exit 1; what is sound is still counted."""
    messages = root / "content/rent-strike/messages"
    (messages / "d.md").write_text("---\nacton: sign\n---\nText of d.")
    (messages / "e.md").write_text("---\naction: sing\n---\nText of e.")
    (messages / "f.md").write_text("x" * 600)
    done = bot(root, "check", check=False)
    assert done.returncode == 1
    path = "content/rent-strike/messages"
    assert f'{path}/d.md:2:1: unknown setting "acton" - did you mean "action"?' in done.stdout
    assert f"{path}/e.md:2:9: " in done.stdout
    assert 'did you mean "sign"?' in done.stdout
    assert f"{path}/f.md:1:1: on x-main: its text counts 600 of 280 characters: 320 too many" in (
        done.stdout
    )
    assert "Traceback" not in done.stderr
    answer = json.loads(bot(root, "check", "--json", check=False).stdout)
    assert (answer["ok"], answer["messages"]) == (False, 4)
    assert {p["path"].rsplit("/", 1)[1] for p in answer["problems"]} >= {"d.md", "e.md", "f.md"}
    planned = bot_json(root, "plan", "--no-cards")
    assert {e["message"] for e in planned if e["message"]} >= {"rent-strike/a", "rent-strike/b"}


def test_the_log_tells_of_stop_switches_too(root: Path) -> None:
    """Events that belong to no delivery are part of the story."""
    bot(root, "pause", "--campaign", "rent-strike", "--why", "verdict at noon")
    assert "campaign:rent-strike" in bot(root, "log").stdout
    assert "verdict at noon" in bot(root, "log").stdout
    assert bot_json(root, "log")[-1]["delivery"] is None
    assert (
        "resumed: campaign:rent-strike" in bot(root, "resume", "--campaign", "rent-strike").stdout
    )
    assert "was not paused" in bot(root, "resume").stdout


def test_a_daemon_without_any_keys_says_so_and_ends(root: Path) -> None:
    """It could do nothing for ever."""
    done = bot(root, "run", check=False)
    assert done.returncode == 1
    assert "no account has its keys: run bot login x-main or bot login masto-en" in done.stderr


def test_card_is_drawn_and_described(root: Path) -> None:
    """One message's card, where one wants it, with its alt text."""
    done = bot_json(root, "card", "b", "-o", "card.png")
    assert (root / "card.png").read_bytes().startswith(b"\x89PNG")
    assert "Freeze the rents" in done["alt"]
    wrong = bot(root, "card", "bb", check=False)
    assert wrong.returncode == 1
    assert 'there is no message "bb" - did you mean "b"?' in wrong.stderr


def test_new_campaign_passes_the_check(root: Path) -> None:
    """The starter folder is sound as it is, and is never written over another."""
    bot(root, "new-campaign", "tree-planting")
    answer = json.loads(bot(root, "check", "--json", check=False).stdout)
    assert answer["ok"], answer["problems"]
    assert answer["campaigns"] == 2
    again = bot(root, "new-campaign", "tree-planting", check=False)
    assert again.returncode == 1
    assert "Traceback" not in again.stderr


def test_rehearsal_ignores_pause_and_leaves_no_ledger(root: Path) -> None:
    """A rehearsal is a rehearsal: it neither heeds the stop switch nor touches the ledger."""
    (root / "PAUSE").touch()
    rehearsed = bot_json(root, "rehearse", "--from", "2026-07-01", "--days", "2")
    assert [e["message"] for e in rehearsed["posts"]] == ["rent-strike/a"] * 2 + [
        "rent-strike/b"
    ] * 2 + ["rent-strike/c"]
    assert not (root / "data").exists()
    assert all(e["url"] for e in rehearsed["posts"])


def test_report_in_all_its_forms(root: Path) -> None:
    """An empty report is an answer too; CSV is one table."""
    assert bot_json(root, "report")["posts"] == 0
    rows = list(csv.reader(io.StringIO(bot(root, "report", "--csv").stdout)))
    assert rows[0][:3] == ["group", "key", "posts"]
    assert "No post went out" in bot(root, "report").stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["plan", "--from", "yesterday"], '"yesterday" is not a time'),
        (["post", "a", "--account", "x-mian"], 'did you mean "x-main"?'),
        (["pause", "--campaign", "nope"], 'there is no campaign "nope"'),
        (["resolve", "7", "--not-posted"], "there is no delivery 7"),
        (["resolve", "7"], "say either"),
        (["length", "nowhere.txt"], "nowhere.txt cannot be read"),
        (["--root", "/nonexistent", "plan"], "holds neither schedules.yaml nor content/"),
    ],
)
def test_mistakes_are_answered_in_one_line(root: Path, arguments: list[str], words: str) -> None:
    """No traceback for a person's mistake, and a non-zero exit."""
    done = bot(root, *arguments, check=False)
    assert done.returncode != 0
    assert words in done.stderr
    assert "Traceback" not in done.stderr
