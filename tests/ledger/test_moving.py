"""From a file to a server: nothing is lost, and the work goes on there."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.model import State
from bot.store import LedgerReplaced, Store, StoreError
from bot.store.moving import copy_to_server
from tests.e2e.world import bot, make_root
from tests.ledger.put_back import Campaign
from tests.ledger.world import KEYED, KEYLESS, MINUTE, NINE, World, X, threaded
from tests.postgres import Postgres


def lived(folder: Path) -> World:
    """A world in a file with something in every state."""
    world = World(folder)
    for number in range(6):
        world.queue(KEYED)
        world.queue(X, draft=threaded(world.post(X, f"Thread {number}").draft, f"more {number}"))
    world.servers[KEYED.name].faults.extend(["invalid", "timeout, posted", "limit"])
    world.run(2 * MINUTE)
    world.queue(KEYLESS)
    world.store.pause("account:gts", "ana", "a talk", world.machine.clock())
    return world


def test_what_was_in_the_file_is_on_the_server(tmp_path: Path, postgres: Postgres) -> None:
    """Every row of every table; new rows get new numbers; what was queued goes out, once."""
    world, url = lived(tmp_path), postgres.ledger()
    before = world.store.deliveries()
    assert {d.state for d in before} >= {State.SENT, State.FAILED, State.QUEUED}
    copied = copy_to_server(world.url, url)
    assert copied["deliveries"] == len(before)
    posted = {name: len(server.posts) for name, server in world.servers.items()}
    world.close()
    world.url = url
    world.restart()
    assert world.store.deliveries() == before
    world.store.resume("account:gts", world.machine.clock())
    new = world.queue(KEYED)
    assert new.id == max(d.id for d in before) + 1
    world.run(20 * MINUTE)
    sent = [d for d in world.store.deliveries() if d.state is State.SENT]
    for name, server in world.servers.items():
        assert len(server.posts) == sum(d.account == name for d in sent)
        assert len(server.posts) >= posted[name]
    world.close()


def test_a_ledger_with_a_past_is_not_mixed_with_another(tmp_path: Path, postgres: Postgres) -> None:
    """Two histories in one ledger would be neither; the second copy is refused whole."""
    world, url = lived(tmp_path), postgres.ledger()
    copy_to_server(world.url, url)
    with pytest.raises(StoreError, match=r"in use already.*in deliveries.*name it in DATABASE_URL"):
        copy_to_server(world.url, url)
    with Store.open(url) as store:
        assert store.deliveries() == world.store.deliveries()
    world.close()


def test_what_a_first_start_wrote_is_no_past(tmp_path: Path, postgres: Postgres) -> None:
    """A daemon that was started too early leaves its own life there, which the copy replaces."""
    world, url = lived(tmp_path), postgres.ledger()
    now = datetime.now(UTC)
    with Store.open(url) as early:
        early.join("here", 1, now)
        early.lead("planning", now)
        early.beat(pid=1, host="here", started=now, tick=now, next_due=None, mode="real")
        (tmp_path / "early").mkdir()
        early.watch(tmp_path / "early")
        early.look_behind(now)
        with pytest.raises(StoreError, match="a daemon is at work on"):
            copy_to_server(world.url, url)
        early.leave(now)
    copy_to_server(world.url, url)
    with Store.open(url) as store:
        assert store.deliveries() == world.store.deliveries()
        assert store.heartbeat() == world.store.heartbeat()
    world.close()


def test_a_word_of_a_person_is_a_past(tmp_path: Path, postgres: Postgres) -> None:
    """A pause on the server is not wiped out with the rest."""
    world, url = lived(tmp_path), postgres.ledger()
    with Store.open(url) as early:
        early.pause("all", "ana", "wait", NINE)
    with pytest.raises(StoreError, match="1 in pauses"):
        copy_to_server(world.url, url)
    with Store.open(url) as store:
        assert [p.scope for p in store.pauses()] == ["all"]
    world.close()


def test_a_server_that_is_empty_is_not_begun_anew(tmp_path: Path, postgres: Postgres) -> None:
    """Where this machine has posted from a file: the start is refused, and says what moves it."""
    campaign = Campaign(tmp_path)
    campaign.planned(KEYED, 0 * MINUTE)
    campaign.run(MINUTE)
    campaign.close()
    for url in (postgres.nothing(), postgres.ledger()):
        with pytest.raises(
            LedgerReplaced, match=r"DATABASE_URL names, is empty.*bot db copy"
        ) as told:
            Store.open(url, watched_from=campaign.folder)
        assert "bot restore" not in str(told.value)
    copy_to_server(campaign.url, url)
    with Store.open(url, create=False) as store:
        store.was_moved(campaign.folder)
    with Store.open(url, watched_from=campaign.folder) as store:
        assert store.look_behind(NINE + MINUTE) is None
    Store.open(postgres.ledger(), watched_from=tmp_path / "new").close()  # another machine


def test_bot_db_copy(tmp_path: Path, postgres: Postgres) -> None:
    """As an operator: it says what it did, and the file can no longer be posted from by mistake."""
    root = make_root(tmp_path, {})
    (root / "data").mkdir()
    world = lived(root / "data")
    world.close()
    (root / "data/ledger.db").rename(root / "data/loudhailer.db")
    env = {"DATABASE_URL": postgres.ledger()}
    said = bot(root, "db", "copy", env=env).stdout
    assert "deliveries) and compared each" in said
    assert not (root / "data/loudhailer.db").exists()
    assert len(list((root / "data").glob("loudhailer-moved-*.db"))) == 1
    assert "sent" in bot(root, "status", env=env).stdout
    again = bot(root, "db", "copy", env=env, check=False)
    assert (again.returncode, "there is no ledger at" in again.stderr) == (1, True)
