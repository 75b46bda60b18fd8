"""A ledger that was put back: nothing twice, nothing lost, however it was copied and put back."""

from __future__ import annotations

import logging
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest

from bot.jobs.looking_back import notice
from bot.model import Delivery, State
from bot.settle import waits_for_person
from tests.ledger.put_back import EAGER, WAYS, Campaign, live
from tests.ledger.world import KEYED, MINUTE, NINE, X
from tests.postgres import Postgres

SEEDS = 2
"""Of each test run; `python -m tests.ledger.put_back FIRST LAST` lives through more."""


class Blind(Campaign):
    """The seeded fault: a bot that takes any ledger for the one it knows."""

    blind = True


def lived(kind: type[Campaign], seed: int) -> str | None:
    """Live through a seed in a folder of its own."""
    with tempfile.TemporaryDirectory() as folder:
        return live(kind(Path(folder)), seed)


def of(campaign: Campaign, slot: str) -> list[Delivery]:
    """The deliveries of a slot, part by part."""
    return sorted((d for d in campaign.store.deliveries() if d.slot == slot), key=lambda d: d.part)


@pytest.mark.parametrize("seed", range(SEEDS))
def test_no_copy_that_is_put_back_posts_twice_or_loses_a_post(seed: int) -> None:
    """Threads, twins, kills, on keyed and keyless servers and X; put back once or twice."""
    assert lived(Campaign, seed) is None


def test_the_same_campaigns_catch_a_bot_that_trusts_any_ledger() -> None:
    """The seeded fault: a test that cannot find this could not find anything."""
    assert any("more than once" in (lived(Blind, seed) or "") for seed in range(3))


@pytest.mark.parametrize("way", WAYS)
def test_half_a_campaign_each_way(campaign: Campaign, way: str) -> None:
    """What went out after the copy is found; what had not is sent at its hour or just after."""
    half_a_campaign(campaign)
    copy = campaign.copy(way)
    campaign.run(20 * MINUTE, 5 * MINUTE)
    campaign.go_back(way, copy)
    campaign.run(42 * MINUTE, 6 * MINUTE)
    campaign.must_be_once()
    assert campaign.store.counts_by_state() == dict.fromkeys(State, 0) | {State.SENT: 12}
    found = campaign.store.put_back()
    assert found is not None
    assert found.to_look_for == 0
    assert found.since <= found.at


def test_a_dump_that_is_put_back_on_a_server(tmp_path: Path, postgres: Postgres) -> None:
    """The machine's witness knows that PostgreSQL's ledger has been further, too."""
    campaign = after_a_dump(tmp_path, postgres, witnessed=True)
    assert campaign.store.put_back() is not None
    campaign.close()


def test_a_dump_is_noticed_by_a_machine_that_has_seen_nothing(
    tmp_path: Path, postgres: Postgres
) -> None:
    """All machines burned down: what is left is the dump, and no witness of what came after it."""
    campaign = after_a_dump(tmp_path, postgres, witnessed=False)
    found = campaign.store.put_back()
    assert found is not None
    assert found.how == "a dump of it was put in its place"
    campaign.close()


def after_a_dump(folder: Path, postgres: Postgres, *, witnessed: bool) -> Campaign:
    """Live through a campaign whose ledger is put back from a dump: each post once."""
    campaign = Campaign(folder, postgres.ledger())
    half_a_campaign(campaign)
    campaign.store.close()
    dump = postgres.copy(campaign.url)
    campaign.restart()
    campaign.run(20 * MINUTE, 5 * MINUTE)
    campaign.url = dump
    if not witnessed:
        (campaign.folder / "witness").unlink()
    campaign.restart()
    campaign.run(42 * MINUTE, 6 * MINUTE)
    campaign.must_be_once()
    assert campaign.store.counts_by_state()[State.SENT] == 12
    return campaign


def half_a_campaign(campaign: Campaign) -> None:
    """Plan an hour, and live through a third of it."""
    for account in (KEYED, EAGER, X):
        for number in range(4):
            campaign.planned(account, 12 * number * MINUTE)
    campaign.run(22 * MINUTE, 6 * MINUTE)


def test_nothing_is_claimed_before_it_was_looked_for(campaign: Campaign) -> None:
    """Whoever asks: the claim itself refuses, in its transaction."""
    campaign.planned(KEYED, 0 * MINUTE)
    copy = campaign.copy("restore")
    campaign.go_back("restore", copy)
    notice(campaign.store, NINE)
    (number,) = campaign.store.enqueue(campaign.plan, NINE)
    assert campaign.store.due(NINE) == []
    assert campaign.store.claim(number, NINE) is None
    campaign.run(5 * MINUTE, MINUTE)
    assert campaign.store.delivery(number).state is State.SENT


def test_a_thread_goes_on_from_its_next_part(campaign: Campaign) -> None:
    """Its first part went out after the copy; the second answers that very post."""
    post = campaign.planned(EAGER, 1 * MINUTE, parts=2)
    campaign.tick()
    copy = campaign.copy("restore")
    campaign.machine.true += MINUTE
    campaign.servers[EAGER.name].faults.extend(["", "limit"])
    campaign.tick()
    assert len(campaign.servers[EAGER.name].posts) == 1
    campaign.go_back("restore", copy)
    campaign.run(30 * MINUTE, 3 * MINUTE)
    parts = of(campaign, post.slot)
    assert [d.state for d in parts] == [State.SENT] * 3
    posts = campaign.servers[EAGER.name].posts
    assert [p.draft.in_reply_to for p in posts] == [None, *(p.receipt.remote_id for p in posts[:2])]
    campaign.must_be_once()


def test_another_text_in_its_place_is_not_posted_on_top(campaign: Campaign) -> None:
    """The file was changed since: what went out at that hour is named, and nothing is added."""
    post = campaign.planned(EAGER, 1 * MINUTE)
    campaign.tick()
    copy = campaign.copy("restore")
    campaign.machine.true += MINUTE
    campaign.tick()
    campaign.go_back("restore", copy)
    assert post.draft is not None
    campaign.plan[:] = [replace(post, draft=replace(post.draft, text="Changed since"))]
    later = campaign.planned(EAGER, 3 * MINUTE)
    campaign.run(20 * MINUTE, 3 * MINUTE)
    (changed,) = of(campaign, post.slot)
    assert changed.state is State.SKIPPED
    assert "https://example.net/gts-1" in changed.reason
    assert of(campaign, later.slot)[0].state is State.SENT
    assert len(campaign.servers[EAGER.name].posts) == 2


def test_what_came_too_late_is_skipped_only_after_a_look(campaign: Campaign) -> None:
    """A day later: what went out counts as posted, what did not is told as too late."""
    sent = campaign.planned(KEYED, 1 * MINUTE, parts=1)
    unsent = campaign.planned(KEYED, 30 * MINUTE)
    campaign.tick()
    copy = campaign.copy("restore")
    campaign.run(5 * MINUTE, MINUTE)
    campaign.machine.true += 24 * 60 * MINUTE
    campaign.go_back("restore", copy)
    campaign.run(10 * MINUTE, 2 * MINUTE)
    assert [d.state for d in of(campaign, sent.slot)] == [State.SENT, State.SENT]
    (late,) = of(campaign, unsent.slot)
    assert (late.state, late.reason) == (
        State.SKIPPED,
        "too late: not on our timeline after the ledger was put back",
    )


def test_a_doubt_that_a_person_had_settled_is_looked_for_again(campaign: Campaign) -> None:
    """In the copy it waits for a person, who has spoken since; the post itself tells."""
    campaign.servers[X.name].faults.append("timeout, not posted")
    post = campaign.planned(X, 0 * MINUTE)
    campaign.run(20 * MINUTE, 3 * MINUTE)
    (waiting,) = of(campaign, post.slot)
    assert waits_for_person(waiting)
    copy = campaign.copy("restore")
    campaign.store.resolve(waiting.id, None, "ana", campaign.machine.clock())
    campaign.run(5 * MINUTE, MINUTE)
    campaign.go_back("restore", copy)
    campaign.run(20 * MINUTE, 3 * MINUTE)
    (found,) = of(campaign, post.slot)
    assert found.state is State.SENT
    assert len(campaign.servers[X.name].posts) == 1


def test_on_x_all_is_read_twice_and_no_more(campaign: Campaign) -> None:
    """One read answers for all of an account's deliveries: each costs money there."""
    for number in range(6):
        campaign.planned(X, number * MINUTE)
    campaign.tick()
    copy = campaign.copy("restore")
    campaign.run(4 * MINUTE, MINUTE)
    campaign.machine.true += 20 * MINUTE
    campaign.go_back("restore", copy)
    before = campaign.servers[X.name].posts_read
    there = len(campaign.servers[X.name].posts)
    campaign.run(30 * MINUTE, 3 * MINUTE)
    assert campaign.servers[X.name].posts_read - before == 2 * there
    campaign.must_be_once()


def test_it_is_said_loudly(campaign: Campaign, caplog: pytest.LogCaptureFixture) -> None:
    """What people said since the copy is gone; they must say it again."""
    campaign.planned(KEYED, 0 * MINUTE)
    copy = campaign.copy("restore")
    campaign.go_back("restore", copy)
    with caplog.at_level(logging.WARNING):
        campaign.tick()
        campaign.tick()
    (said,) = [r.getMessage() for r in caplog.records if "put back:" in r.getMessage()]
    assert "as of 2022-02-21 09:00 UTC" in said
    assert "approvals" in said
