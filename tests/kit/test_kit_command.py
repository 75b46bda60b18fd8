"""`bot kit` as a person runs it."""

from __future__ import annotations

import json
import os
import signal
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli import app
from bot.cli.common import UserError
from bot.cli.kits import _ended_kindly
from bot.kit import KitError
from bot.kit.folder import MARKER
from tests.e2e.world import bot, make_root

PLAIN = {"a.md": "The rents are too high."}


def test_it_writes_a_kit_and_says_what_is_in_it(tmp_path: Path) -> None:
    """One campaign needs no name; what is left out is told, with the reason."""
    root = make_root(
        tmp_path / "root",
        {
            **PLAIN,
            "b.md": "---\ntrue_until: 2020-01-01\n---\nOld.",
            "c.md": "---\napproval: required\n---\nNot yet.",
        },
    )
    done = bot(root, "kit", "-o", str(tmp_path / "kit"))
    assert "share kit of rent-strike" in done.stdout
    assert "Texts: en 1" in done.stdout
    assert "b: not true at that time" in done.stderr
    assert "rent-strike/c: it waits for approval" in done.stderr
    page = (tmp_path / "kit/index.html").read_text("utf-8")
    assert "The rents are too high." in page
    assert "Freeze the rents" in page
    assert "Old." not in page
    assert "Not yet." not in page
    assert [p.name for p in (tmp_path / "kit/cards").iterdir()] == ["a.png"]


def test_json_is_one_document(tmp_path: Path) -> None:
    """For a script that puts the kit on a website each night; twice in the same place."""
    root = make_root(tmp_path / "root", PLAIN)
    for _ in range(2):
        done = bot(root, "kit", "--json", "--at", "2026-07-06 12:00", "-o", str(tmp_path / "kit"))
    told = json.loads(done.stdout)
    on_disk = [p for p in (tmp_path / "kit").rglob("*") if p.is_file()]
    assert told["bytes"] == sum(p.stat().st_size for p in on_disk)
    assert told["files"] == len(on_disk)
    assert told["texts"] == {"en": 1}
    about = json.loads((tmp_path / "kit" / MARKER).read_text("utf-8"))
    assert told["as_of"] == about["made"] == "2026-07-06T12:00:00+01:00"
    assert about["campaign"] == "rent-strike"
    assert "index.html" in about["files"]


def refusal(root: Path, *arguments: str) -> str:
    """Run a command here, which is quicker, and return the error that it ends with."""
    done = CliRunner().invoke(app, ["--root", str(root), *arguments])
    assert isinstance(done.exception, UserError | KitError), done.output
    return str(done.exception)


def test_what_it_refuses(tmp_path: Path) -> None:
    """In one line that says what to do, and without touching anything."""
    root = make_root(tmp_path / "root", PLAIN)
    mine, kit = tmp_path / "mine", str(tmp_path / "kit")
    mine.mkdir()
    (mine / "thesis.txt").write_text("x")
    assert "not empty, and no share kit" in refusal(root, "kit", "-o", str(mine))
    unknown = refusal(root, "kit", "-o", kit, "--campaign", "x")
    assert unknown == 'there is no campaign "x": there are rent-strike'
    assert '"soon" is not a time' in refusal(root, "kit", "-o", kit, "--at", "soon")
    (root / "PAUSE").touch()
    assert "everything is paused" in refusal(root, "kit", "-o", kit)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["mine", "root"]


def test_a_paused_campaign_hands_out_nothing(tmp_path: Path) -> None:
    """While we ourselves have stopped speaking, nobody is asked to speak for us."""
    root = make_root(tmp_path / "root", PLAIN)
    bot(root, "pause", "--campaign", "rent-strike", "--why", "verdict expected")
    assert "verdict expected" in refusal(root, "kit", "-o", str(tmp_path / "kit"))
    assert not (tmp_path / "kit").exists()


def test_what_is_held_is_not_in_it(tmp_path: Path) -> None:
    """Neither as a message nor as an action; until somebody ends it."""
    root = make_root(tmp_path / "root", {**PLAIN, "b.md": "The mayor said no."})
    bot(root, "hold", "mayor", "--why", "she resigned")
    done = bot(root, "kit", "-o", str(tmp_path / "kit"))
    assert "rent-strike/b: " in done.stderr
    assert "rent-strike: action sign: " in done.stderr
    page = (tmp_path / "kit/index.html").read_text("utf-8")
    assert "The rents are too high." in page
    assert "ayor" not in page


def test_nothing_to_share_is_no_kit(tmp_path: Path) -> None:
    """Rather than an empty page, the reasons."""
    root = make_root(tmp_path / "root", {"a.md": "---\ntrue_until: 2020-01-01\n---\nOld."})
    campaign = root / "content/rent-strike/campaign.yaml"
    campaign.write_text(campaign.read_text("utf-8").split("actions:")[0], "utf-8")
    why = refusal(root, "kit", "-o", str(tmp_path / "kit"))
    assert "nothing to share of rent-strike at that time (1: not true" in why
    assert not (tmp_path / "kit").exists()


def test_being_told_to_stop_ends_it_as_ctrl_c_does() -> None:
    """A SIGTERM unwinds, so that what is half written is cleared away."""
    before = signal.getsignal(signal.SIGTERM)
    with pytest.raises(SystemExit) as ended, _ended_kindly():
        os.kill(os.getpid(), signal.SIGTERM)
    assert ended.value.code == 128 + signal.SIGTERM
    assert signal.getsignal(signal.SIGTERM) is before
