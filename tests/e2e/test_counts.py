"""Counts that move, as a person meets them: told once, shown everywhere alike."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.sandbox import Sandbox
from tests.e2e.test_daemon import drop, due_now, ledger, until
from tests.e2e.world import bot, bot_json, daemon, make_root, wait_for_line

SCHEDULES = """\
schedules:
  daily:
    campaign: rent-strike
    accounts: [masto-en]
    times: ["09:00", "17:00"]
    pick: in_order
"""
NUMBERS = (
    "---\naction: sign\n---\nWe are {count} of {goal}, {missing} to go! As of {count_as_of}.\n"
)
PLAIN = "---\naction: sign\n---\nSign before Friday.\n"
TODAY = f"{datetime.now(UTC):%Y-%m-%d}"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A campaign with a petition, which one message has the figures of."""
    return make_root(tmp_path, {"1-numbers.md": NUMBERS, "2-plain.md": PLAIN}, SCHEDULES)


def refused(root: Path, *args: str) -> str:
    """Run `bot count`, which must say no in one line."""
    done = bot(root, "count", *args, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith("bot: ")
    assert "Traceback" not in done.stderr
    return done.stderr


def test_a_count_that_is_none_is_refused(root: Path) -> None:
    """Each slip of the hand says what to do; nothing is written down."""
    assert '"many" is not a count' in refused(root, "sign", "many")
    assert "is not a count" in refused(root, "sign", "12.345")
    assert 'there is no petition "sing" - did you mean "sign"?' in refused(root, "sing", "5")
    assert 'there is no campaign "rents"' in refused(root, "sign", "5", "--campaign", "rents")
    assert "is not a day" in refused(root, "sign", "5", "--as-of", "yesterday")
    assert "has not come yet" in refused(root, "sign", "5", "--as-of", "2999-01-01")
    assert "more than 3 times the goal of 5,000" in refused(root, "sign", "15001")
    assert bot_json(root, "status")["petitions"] == []


def test_a_count_goes_up_unless_a_person_insists(root: Path) -> None:
    """Less than before, and of an earlier day: asked about, and refused."""
    assert bot(root, "count", "sign", "1,234").stdout == f"sign: 1,234 as of {TODAY}\n"
    assert f"it is less than the 1,234 of {TODAY}" in refused(root, "sign", "123")
    said = bot(root, "count", "sign", "1233", "--yes", "--by", "anna", "--source", "page").stdout
    assert said == f"sign: 1,233 as of {TODAY} (before: 1,234 of {TODAY})\n"
    assert "would change nothing" in refused(root, "sign", "1300", "--as-of", "2022-02-20")
    (petition,) = bot_json(root, "status")["petitions"]
    assert petition["count"] == 1233
    assert (petition["by"], petition["source"], petition["as_of"]) == ("anna", "page", TODAY)
    shown = bot(root, "status").stdout
    assert f"rent-strike/sign: 1,233 of 5,000 as of {TODAY}, by anna (page)" in shown
    assert "1,233 as of" in bot(root, "log").stdout


def texts(entries: list[dict[str, Any]]) -> list[tuple[str, str, str | None, str | None]]:
    """What is said of each post, as plan and rehearsal give it."""
    return [(e["at"], e["text"], e["card"], e["alt"]) for e in entries]


def test_plan_rehearsal_check_and_card_show_the_same_figures(root: Path) -> None:
    """The plan is a promise: text, card and alt text have the count that was told."""
    bot(root, "count", "sign", "1,234")
    span = ("--days", "2")
    planned = [e for e in bot_json(root, "plan", *span) if e["state"] == "planned"]
    rehearsed = bot_json(root, "rehearse", *span)["posts"]
    assert texts(planned) == texts(rehearsed)
    day = datetime.now(UTC)
    words = f"We are 1,234 of 5,000, 3,766 to go! As of {day:%B} {day.day}, {day.year}."
    assert any(e["text"].startswith(words) for e in planned)
    card = bot_json(root, "card", "1-numbers", "--account", "masto-en")
    assert card["card"] in {e["card"] for e in planned}
    assert "1,234 of 5,000" in card["alt"]
    assert bot_json(root, "check")["problems"] == []


def test_without_a_count_the_words_wait_and_the_rest_goes_out(root: Path) -> None:
    """The plan says why and what to do; `bot check` warns, since nothing is wrong in the file."""
    command = "bot count sign NUMBER --campaign rent-strike"
    planned = bot_json(root, "plan", "--days", "1", "--no-cards")
    assert {e["message"] for e in planned if e["state"] == "planned"} == {"rent-strike/2-plain"}
    (skipped,) = [e for e in planned if e["state"] == "skipped"]
    assert f'petition "sign" has no count yet: {command}' in skipped["reason"]
    checked = bot_json(root, "check")
    assert checked["ok"]
    assert {p["severity"] for p in checked["problems"]} == {"warning"}
    assert all(command in p["text"] for p in checked["problems"])


def test_words_without_room_for_larger_figures_are_warned_about(root: Path) -> None:
    """What fits at 999 and not at 2,500 would be left out one day without a word."""
    folder = root / "content/rent-strike/messages"
    (folder / "1-numbers.md").write_text(f"---\naction: sign\n---\n{'x' * 495} {{count}}\n")
    bot(root, "count", "sign", "999")
    checked = bot_json(root, "check")
    assert checked["ok"]
    assert [p["text"] for p in checked["problems"] if "grow" in p["text"]] == [
        "on masto-en: as its figures grow, its text counts 501 of 500 characters: 1 too many"
    ]


def test_a_stale_count_is_not_shown(root: Path) -> None:
    """Not in words, not on the card; plan, status and card say so."""
    bot(
        root,
        "count",
        "sign",
        "1234",
        "--as-of",
        f"{datetime.now(UTC) - timedelta(days=9):%Y-%m-%d}",
    )
    planned = bot_json(root, "plan", "--days", "1")
    (post, *_) = [e for e in planned if e["state"] == "planned"]
    assert post["message"] == "rent-strike/2-plain"
    assert "1,234" not in post["alt"]
    assert "older than the 7 days it lasts" in post["warnings"][0]
    assert "NOT SHOWN: the count of petition" in bot(root, "status").stdout


def test_a_past_week_is_planned_with_what_was_known_then(root: Path) -> None:
    """A count of today says nothing of a week ago; plan and rehearsal agree on that, too."""
    campaign = root / "content/rent-strike/campaign.yaml"
    known = campaign.read_text().replace(
        "goal: 5000", "goal: 5000, count: 900, count_as_of: 2022-02-20"
    )
    campaign.write_text(known)
    bot(root, "count", "sign", "1234")
    span = ("--from", "2022-02-21", "--days", "1")
    planned = [e for e in bot_json(root, "plan", *span) if e["state"] == "planned"]
    assert planned[0]["text"].startswith("We are 900 of 5,000")
    assert "900 of 5,000" in planned[0]["alt"]
    assert texts(planned) == texts(bot_json(root, "rehearse", *span)["posts"])


@pytest.mark.timeout(200)
def test_a_running_daemon_says_the_newest_count(root: Path) -> None:
    """`bot count` reaches it at once: the next message has the new figure."""
    with daemon(root, "--sandbox", "--port", "0") as process:
        wait_for_line(process, "sandbox")
        until(process, lambda: (root / "data/sandbox/loudhailer.db").exists())
        with ledger(root) as store:
            until(process, lambda: store.heartbeat() is not None)
            bot(root, "count", "sign", "1234")
            drop(root, "a.md", due_now("We are {count}!", action="sign", accounts="[masto-en]"))
            until(process, lambda: store.counts_by_state()["sent"] == 1)
            bot(root, "count", "sign", "1300")
            more = due_now("Now we are {count}!", action="sign", accounts="[masto-en]")
            drop(root, "b.md", more)
            until(process, lambda: store.counts_by_state()["sent"] == 2)
        shown = bot_json(root, "status", "--sandbox")["petitions"]
    assert [p["count"] for p in shown] == [1300]
    with Sandbox(root / "data/sandbox/sandbox.db", clock=lambda: datetime.now(UTC)) as sandbox:
        said = [p.text.split("\n")[0] for p in sandbox.posts()]
    assert said == ["We are 1,234!", "Now we are 1,300!"]
