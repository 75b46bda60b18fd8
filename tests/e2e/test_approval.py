"""Approved is what was seen: from the file to the network, with the real parts."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PIL import Image

from bot.app import Bot, open_bot
from bot.approving import CannotApprove, Review
from bot.content import load
from bot.content.waiting import put
from bot.model import PetitionCount, State
from bot.posting import NotPostable, post_now
from bot.sandbox import Sandbox
from bot.sandboxed import connect_to
from bot.settings import Settings
from tests.e2e.world import bot, make_root

NINE = datetime(2026, 11, 20, 9, tzinfo=UTC)
AT = "at: 2026-11-20 09:01\naccounts: [masto-en]\n"
PHOTO = f"---\n{AT}approval: required\nimage: images/a.png\nalt: A crowd\n---\nWe march.\n"
WORDS = f"---\n{AT}approval: required\ncard: none\n---\nWe march.\n"


class Clock:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.now = NINE

    def __call__(self) -> datetime:
        """Tell the time."""
        return self.now


@contextmanager
def running(root: Path, clock: Clock) -> Iterator[Bot]:
    """A bot on a sandbox of its own; its ledger is that of the root."""
    settings = Settings(root)
    catalog = load(root).catalog
    with (
        Sandbox(root / "sandbox.db", clock=clock, page_port=0, zone=catalog.zone) as sandbox,
        open_bot(
            settings,
            clock,
            connect_with=connect_to(sandbox, clock, catalog.campaigns),
            sandbox=True,
        ) as made,
    ):
        made.watch_clock = False
        yield made


def picture(root: Path, colour: str = "#aa3311") -> Path:
    """Draw a photo."""
    path = root / "images" / "a.png"
    path.parent.mkdir(exist_ok=True)
    Image.new("RGB", (800, 600), colour).save(path)
    return path


def tick(made: Bot, clock: Clock, minutes: float) -> list[tuple[str, str]]:
    """Let it work at a moment; gives what came of each delivery."""
    clock.now = NINE + timedelta(minutes=minutes)
    made.reload()  # what has changed is taken at the second look
    made.tick()
    return [(d.state.value, d.reason) for d in made.store.deliveries()]


def test_an_unapproved_message_waits_and_goes_out_once_it_is_approved(tmp_path: Path) -> None:
    """Its hour comes and nothing happens; a yes within two hours still lets it go, once."""
    make_root(tmp_path, {"march.md": WORDS}, schedules="")
    clock = Clock()
    with running(tmp_path, clock) as made:
        made.tick()
        assert tick(made, clock, 2) == []
        Review(made.settings, made.store).approve("march", "Ana", clock())
        assert tick(made, clock, 30) == [("sent", "")]
        assert tick(made, clock, 60) == [("sent", "")]


@pytest.mark.parametrize("how", ["letter", "pixel"])
def test_an_edit_after_the_approval_keeps_it_back(
    tmp_path: Path, how: str, caplog: pytest.LogCaptureFixture
) -> None:
    """One letter or one pixel, and it does not go out; the log says why."""
    make_root(tmp_path, {"march.md": PHOTO}, schedules="")
    photo = picture(tmp_path)
    clock = Clock()
    with running(tmp_path, clock) as made:
        made.tick()
        Review(made.settings, made.store).approve("march", "Ana", clock())
        if how == "letter":
            path = tmp_path / "content/rent-strike/messages/march.md"
            path.write_text(PHOTO.replace("We march", "We March"), encoding="utf-8")
        else:
            with Image.open(photo) as image:
                image.putpixel((3, 3), (0, 0, 0))
                image.save(photo)
        made.reload()
        made.reload()
        assert tick(made, clock, 2) == []
        what = "the text" if how == "letter" else "the picture"
        assert made.gate().waiting(clock()) == {
            "rent-strike/march": f"{what} changed since Ana approved it"
        }
        assert f"does not go out: rent-strike/march: {what} changed since Ana" in caplog.text


def test_an_edit_between_queue_and_call_keeps_it_back(tmp_path: Path) -> None:
    """A post that is queued and has to wait does not go out on an approval that is void."""
    make_root(tmp_path, {"march.md": WORDS}, schedules="")
    clock = Clock()
    with running(tmp_path, clock) as made:
        made.tick()
        Review(made.settings, made.store).approve("march", "Ana", clock())
        made.store.pause("all", "Ana", "", clock())
        assert tick(made, clock, 2) == [("queued", "")]
        made.store.resume("all", clock())
        path = tmp_path / "content/rent-strike/messages/march.md"
        path.write_text(WORDS.replace("march.", "march!"), encoding="utf-8")
        made.reload()
        made.reload()
        assert tick(made, clock, 3) == [
            ("skipped", "not approved: the text changed since Ana approved it")
        ]


def test_a_return_stops_what_is_queued(tmp_path: Path) -> None:
    """A no counts until the very call, also where the file is gone."""
    make_root(tmp_path, {"march.md": WORDS}, schedules="")
    clock = Clock()
    with running(tmp_path, clock) as made:
        made.tick()
        review = Review(made.settings, made.store)
        review.approve("march", "Ana", clock())
        made.store.pause("all", "Ana", "", clock())
        tick(made, clock, 2)
        made.store.resume("all", clock())
        review.send_back("march", "Ben", "wrong day", clock())
        assert tick(made, clock, 3) == [("skipped", "not approved: Ben returned it: wrong day")]


def test_what_is_held_stays_queued_and_goes_when_it_is_released(tmp_path: Path) -> None:
    """A hold freezes; it neither loses a post nor lets it slip through."""
    make_root(tmp_path, {"march.md": WORDS.replace("approval: required\n", "")}, schedules="")
    clock = Clock()
    with running(tmp_path, clock) as made:
        made.tick()
        made.store.pause("all", "Ana", "", clock())
        assert tick(made, clock, 2) == [("queued", "")]
        made.store.hold("march", "Ana", "verdict", clock())
        made.store.resume("all", clock())
        assert tick(made, clock, 20) == [("queued", "")]
        made.store.release("march", "Ana", clock())
        assert tick(made, clock, 21) == [("sent", "")]


def test_what_is_held_for_too_long_says_so(tmp_path: Path) -> None:
    """A post that was held past its hour is skipped, and its reason names the hold."""
    make_root(tmp_path, {"march.md": WORDS.replace("approval: required\n", "")}, schedules="")
    clock = Clock()
    with running(tmp_path, clock) as made:
        made.tick()
        made.store.pause("all", "Ana", "", clock())
        tick(made, clock, 2)
        made.store.resume("all", clock())
        made.store.hold("march", "Ana", "verdict", clock())
        assert tick(made, clock, 180) == [("skipped", "too late: Ana holds march: verdict")]


def test_counts_that_rest_do_not_make_everything_be_looked_at_anew(tmp_path: Path) -> None:
    """What was found out about messages is kept from tick to tick, until there is a new count."""
    make_root(tmp_path, {"march.md": WORDS}, schedules="")
    clock = Clock()
    with running(tmp_path, clock) as made:
        count = PetitionCount("rent-strike", "sign", 100, NINE.date(), NINE, "Ana")
        made.store.record_count(count)
        made.tick()
        first, gate = made.catalog, made.gate()
        assert first.campaigns["rent-strike"].actions["sign"].count == 100
        made.tick()
        assert made.catalog is first
        assert made.gate() is gate
        made.store.record_count(replace(count, number=101, at=NINE + timedelta(minutes=1)))
        made.tick()
        assert made.catalog.campaigns["rent-strike"].actions["sign"].count == 101


def test_a_schedule_draws_past_what_waits(tmp_path: Path) -> None:
    """One message that waits for a person does not silence its schedule."""
    held = "---\napproval: required\naccounts: [masto-en]\ncard: none\n---\nFirst.\n"
    free = "---\naccounts: [masto-en]\ncard: none\n---\nSecond.\n"
    make_root(tmp_path, {"a.md": held, "b.md": free})
    clock = Clock()
    clock.now = NINE - timedelta(minutes=1)
    with running(tmp_path, clock) as made:
        made.tick()
        tick(made, clock, 1)
        sent = [d.message for d in made.store.deliveries(states=(State.SENT,))]
        assert sent == ["rent-strike/b"]


def test_a_persons_post_now_needs_the_approval_too(tmp_path: Path) -> None:
    """`bot post` goes before hours and gaps, not before what was never approved."""
    make_root(tmp_path, {"march.md": WORDS}, schedules="")
    clock = Clock()
    with running(tmp_path, clock) as made:
        message = made.catalog.messages["rent-strike/march"]
        account = made.catalog.accounts["masto-en"]
        with pytest.raises(NotPostable, match="it waits for approval"):
            post_now(made, message, account)
        Review(made.settings, made.store).approve("march", "Ana", clock())
        assert [d.state for d in post_now(made, message, account)] == [State.SENT]


def test_two_people_must_say_yes_where_the_campaign_asks_for_two(tmp_path: Path) -> None:
    """The first yes leaves a submission where it is, the second makes it a message."""
    make_root(tmp_path, {}, schedules="")
    campaign = tmp_path / "content/rent-strike/campaign.yaml"
    campaign.write_text(campaign.read_text() + "approval: {people: 2}\n")
    put(tmp_path, "rent-strike", "march", WORDS)
    clock = Clock()
    with running(tmp_path, clock) as made:
        review = Review(made.settings, made.store)
        assert review.approve("march", "Ana", clock()) == ("rent-strike/march", 1)
        assert review.approve("march", "ana ", clock()) == ("rent-strike/march", 1)
        assert (tmp_path / "content/rent-strike/waiting/march.md").exists()
        assert review.approve("march", "Ben", clock()) == ("rent-strike/march", 0)
        assert (tmp_path / "content/rent-strike/messages/march.md").exists()
        made.tick()
        made.reload()
        made.reload()
        assert tick(made, clock, 2) == [("sent", "")]


def test_a_submission_with_a_foreign_link_needs_the_reviewers_word(tmp_path: Path) -> None:
    """Approving is refused with the reason, until the link was looked at and allowed."""
    make_root(tmp_path, {}, schedules="")
    put(tmp_path, "rent-strike", "a", "---\napproval: required\n---\nSee https://news.example/x\n")
    clock = Clock()
    with running(tmp_path, clock) as made:
        review = Review(made.settings, made.store)
        with pytest.raises(CannotApprove, match=r'a link to "news\.example"'):
            review.approve("a", "Ana", clock())
        review.allow("a", "Ana", clock(), links=True, mentions=False)
        assert "allow_links: [news.example]" in review.text_of(review.find("a"))
        review.approve("a", "Ana", clock())
        assert not load(tmp_path).errors


def test_the_commands(tmp_path: Path) -> None:
    """What waits is listed with its posts; approve, return, hold and audit say what they did."""
    make_root(tmp_path, {"own.md": "Our own words.\n"})
    put(tmp_path, "rent-strike", "good", "---\napproval: required\n---\nRents are too high.\n")
    put(tmp_path, "rent-strike", "bad", "---\napproval: required\n---\nCall @someone now.\n")
    waiting = json.loads(bot(tmp_path, "waiting", "--json").stdout)
    assert [w["message"] for w in waiting] == ["rent-strike/bad", "rent-strike/good"]
    assert waiting[1]["posts"]["masto-en"]["limit"] == 500
    assert "calls" in bot(tmp_path, "waiting").stdout
    refused = bot(tmp_path, "approve", "bad", "--by", "Ana", check=False)
    assert refused.returncode == 1
    assert "mentions: allowed" in refused.stderr
    assert (
        "approved by Ana: rent-strike/good"
        in bot(tmp_path, "approve", "good", "--by", "Ana").stdout
    )
    bot(tmp_path, "return", "bad", "--why", "Do not call people", "--by", "Ben")
    folder = tmp_path / "content/rent-strike"
    assert (folder / "messages/good.md").exists()
    assert (folder / "waiting/returned/bad.txt").read_text() == "Ben: Do not call people\n"
    assert "Nothing waits" in bot(tmp_path, "waiting").stdout
    assert (
        "1 messages and 0 queued posts match"
        in bot(tmp_path, "hold", "too high", "--why", "verdict").stdout
    )
    assert "rent-strike/good: " in bot(tmp_path, "plan", "--no-cards").stdout
    assert bot(tmp_path, "release", "high", check=False).returncode == 1
    bot(tmp_path, "release", "too high")
    deeds = [e["deed"] for e in json.loads(bot(tmp_path, "audit", "--json").stdout)]
    assert deeds == ["approved", "returned", "held", "released"]
    assert "Do not call people" in bot(tmp_path, "audit", "bad").stdout


def test_the_status_and_the_queue_tell_of_it(tmp_path: Path) -> None:
    """Whoever looks at the status sees that people are waited for, and what they hold."""
    ended = "---\napproval: required\ntrue_until: 2020-01-01\n---\nOver.\n"
    waits = "---\napproval: required\n---\nRents are too high.\n"
    make_root(tmp_path, {"ended.md": ended, "waits.md": waits})
    put(tmp_path, "rent-strike", "new", "---\napproval: required\n---\nCome on Friday.\n")
    bot(tmp_path, "hold", "friday")
    status = json.loads(bot(tmp_path, "status", "--json").stdout)
    assert (status["submissions"], status["unapproved"], status["held"]) == (1, 1, ["friday"])
    text = bot(tmp_path, "status").stdout
    assert "To approve: 1 submissions, 1 messages: bot review" in text
    assert "HELD:       friday: until bot release" in text


def test_the_proof_shows_what_waits_and_the_plan_leaves_it_out(tmp_path: Path) -> None:
    """A proof is mailed to whoever must approve: what is to be approved stands on it."""
    make_root(tmp_path, {"a.md": "---\napproval: required\n---\nRents are too high.\n"})
    plan = bot(tmp_path, "plan", "--days", "1").stdout
    assert "Not in this plan, because they wait for a person (1):" in plan
    assert "rent-strike/a: it waits for approval" in plan
    bot(tmp_path, "plan", "--days", "1", "--html", "proof.html")
    page = (tmp_path / "proof.html").read_text(encoding="utf-8")
    assert "Rents are too high." in page
    assert "it waits for approval" in page
