"""What the plan announces is what goes out: same texts, same times, same cards."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.world import bot, bot_json

REPOSITORY = Path(__file__).resolve().parents[2]
WEEK = ("--from", "2022-02-21", "--days", "7")
ANNOUNCED = (
    "at", "account", "network", "campaign", "message", "text", "length", "limit", "card", "alt",
    "cost_usd", "part",
)  # fmt: skip


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the shipped campaign, as a fresh clone has it."""
    root = tmp_path_factory.mktemp("shipped")
    for folder in ("content", "images"):
        shutil.copytree(REPOSITORY / folder, root / folder, ignore=shutil.ignore_patterns("cards"))
    shutil.copy(REPOSITORY / "schedules.yaml", root)
    return root


@pytest.fixture(scope="module")
def planned(shipped: Path) -> list[dict[str, Any]]:
    """The plan of the shipped campaign's own week."""
    found: list[dict[str, Any]] = bot_json(shipped, "plan", *WEEK)
    return found


@pytest.fixture(scope="module")
def rehearsed(shipped: Path, planned: list[dict[str, Any]]) -> dict[str, Any]:
    """Its rehearsal, with the cards of the plan taken away so that they are drawn again."""
    cards = {e["card"] for e in planned if e["card"]}
    for card in cards:
        (shipped / card).rename((shipped / card).with_suffix(".planned"))
    found: dict[str, Any] = bot_json(shipped, "rehearse", *WEEK)
    return found


def _announced(entry: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(entry[name] for name in ANNOUNCED)


def test_rehearsal_posts_what_the_plan_announced(
    planned: list[dict[str, Any]], rehearsed: dict[str, Any]
) -> None:
    """No more and no fewer, on both networks, to the minute and the letter."""
    announced = [_announced(e) for e in planned if e["state"] == "planned"]
    posted = [_announced(e) for e in rehearsed["posts"]]
    assert sorted(map(repr, posted)) == sorted(map(repr, announced))
    assert {e["network"] for e in rehearsed["posts"]} == {"x", "mastodon"}
    assert all(e["url"].startswith("http://127.0.0.1:") for e in rehearsed["posts"])


def test_rehearsal_skips_what_the_plan_skips(
    planned: list[dict[str, Any]], rehearsed: dict[str, Any]
) -> None:
    """With the same reasons."""
    announced = [(e["at"], e["account"], e["reason"]) for e in planned if e["state"] == "skipped"]
    skipped = [(e["at"], e["account"], e["reason"]) for e in rehearsed["skipped"]]
    assert sorted(skipped) == sorted(announced)
    assert all(reason for *_, reason in skipped)


def test_cards_are_the_same_byte_for_byte(
    shipped: Path, planned: list[dict[str, Any]], rehearsed: dict[str, Any]
) -> None:
    """A card drawn for the plan and drawn anew for the rehearsal is one and the same file."""
    del rehearsed
    cards = {e["card"] for e in planned if e["card"]}
    assert cards
    for card in cards:
        drawn = shipped / card
        assert drawn.read_bytes() == drawn.with_suffix(".planned").read_bytes()


def test_summary_counts_what_went_out(rehearsed: dict[str, Any]) -> None:
    """The figures are of what is on the timelines, not of what was meant."""
    summary = rehearsed["summary"]
    assert summary["posts"] == len(rehearsed["posts"]) == sum(summary["by_network"].values())
    assert summary["skipped"] == len(rehearsed["skipped"])
    assert summary["failed"] == summary["in_doubt"] == 0
    assert summary["cards"] == len({e["card"] for e in rehearsed["posts"] if e["card"]})
    assert summary["cost_usd"] == pytest.approx(sum(e["cost_usd"] for e in rehearsed["posts"]))
    assert summary["metered_usd"] >= summary["cost_usd"]
    assert summary["samples"] > summary["posts"]


def test_the_plan_in_words_names_every_post(shipped: Path, planned: list[dict[str, Any]]) -> None:
    """A person sees what a program sees."""
    said = bot(shipped, "plan", *WEEK, "--no-cards").stdout
    posts = sum(e["state"] == "planned" and e["part"] == 0 for e in planned)
    skipped = sum(e["state"] == "skipped" for e in planned)
    assert f"{posts} posts, {skipped} skipped" in said
    for entry in planned:
        assert entry["message"] is None or entry["message"].split("/")[1] in said


def test_the_shipped_campaign_has_what_it_promises(shipped: Path) -> None:
    """Forty messages and more, in four languages at least, all sound; some true today."""
    checked = bot_json(shipped, "check")
    assert checked["ok"], checked["problems"]
    assert checked["messages"] >= 40
    today = bot_json(shipped, "plan", "--from", "2026-11-20", "--days", "14", "--no-cards")
    assert any(e["state"] == "planned" for e in today)
    languages = {e["language"] for e in bot_json(shipped, "plan", *WEEK, "--no-cards")}
    assert {"en", "es", "pt", "fr"} <= languages
