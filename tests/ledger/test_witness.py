"""Something outside the ledger knows how far it had come: what follows from that."""

from __future__ import annotations

import shutil
import threading
from pathlib import Path

import pytest

from bot.jobs.looking_back import notice
from bot.model import State
from bot.store import LedgerReplaced, Store
from bot.store.witness import Sight
from tests.ledger.put_back import Campaign
from tests.ledger.world import KEYED, MINUTE, NINE, SECOND, X


@pytest.mark.parametrize("back", [False, True])
def test_a_ledger_is_known_by_its_witness(tmp_path: Path, back: bool) -> None:
    """Its own restart is nothing; its folder brought back from a backup is."""
    folder = tmp_path / "data"
    folder.mkdir()
    campaign = Campaign(folder)
    campaign.planned(KEYED, 0 * MINUTE)
    campaign.run(MINUTE)
    campaign.close()
    if back:
        shutil.copytree(folder, tmp_path / "back")
        folder = tmp_path / "back"
    with Store.open(f"sqlite:///{folder / 'ledger.db'}", watched_from=folder) as store:
        assert (store.look_behind(NINE + MINUTE) is not None) is back
        assert store.look_behind(NINE + MINUTE) is None


@pytest.mark.parametrize("older", [False, True])
def test_a_ledger_that_is_moved_whole_is_no_copy(campaign: Campaign, older: bool) -> None:
    """Who moves it says so; that does not make a newer one of an older one."""
    campaign.planned(KEYED, 0 * MINUTE)
    campaign.planned(KEYED, 2 * MINUTE)
    campaign.run(MINUTE)
    moved = campaign.copy("cp without -wal" if older else "restore of a cp")
    if older:
        campaign.run(5 * MINUTE)
    campaign.close()
    with Store.open(f"sqlite:///{moved}") as store:
        store.was_moved(campaign.folder)
        assert (store.look_behind(NINE + 9 * MINUTE) is not None) is older


@pytest.mark.parametrize(
    ("hurt", "how"),
    [
        (lambda f: (f / "witness").unlink(), "is not there"),
        (lambda f: (f / "witness").write_text("what?"), "not legible"),
        (lambda f: (f / "witness").write_bytes(b""), "not legible"),
    ],
)
def test_without_its_witness_it_looks(campaign: Campaign, hurt: object, how: str) -> None:
    """Nobody can say that it is not a copy, so it looks: that costs little."""
    campaign.planned(KEYED, 0 * MINUTE)
    campaign.run(MINUTE)
    campaign.close()
    assert callable(hurt)
    hurt(campaign.folder)
    campaign.restart()
    found = campaign.store.look_behind(NINE + MINUTE)
    assert found is not None
    assert how in found.how


def test_a_ledger_from_before_there_were_witnesses_is_no_copy(campaign: Campaign) -> None:
    """An update alone makes nobody look."""
    campaign.planned(KEYED, 0 * MINUTE)
    campaign.run(MINUTE)
    with campaign.store._write() as connection:
        connection.exec_driver_sql("DELETE FROM marks WHERE name = 'life'")
    campaign.close()
    (campaign.folder / "witness").unlink()
    campaign.restart()
    assert campaign.store.look_behind(NINE + MINUTE) is None


def test_a_ledger_that_is_gone_is_not_begun_anew(campaign: Campaign) -> None:
    """Gone, or emptied by a full disk: the start is refused, until a person says so."""
    campaign.planned(KEYED, 0 * MINUTE)
    campaign.run(MINUTE)
    campaign.close()
    url, folder = campaign.url, campaign.folder
    campaign.ledger.write_bytes(b"")
    with pytest.raises(LedgerReplaced, match=r"is empty.*bot restore FILE"):
        Store.open(url, watched_from=folder)
    campaign.ledger.unlink()
    with pytest.raises(LedgerReplaced, match=r"is gone.*bot restore FILE"):
        Store.open(url, watched_from=folder)
    Store.open(url).close()  # any other command makes one
    with Store.open(url, watched_from=folder) as store, pytest.raises(LedgerReplaced):
        store.look_behind(NINE)
    (folder / "witness").unlink()
    with Store.open(url, watched_from=folder) as store:
        assert store.look_behind(NINE) is None


def test_accounts_that_are_served_side_by_side_are_no_trouble(
    campaign: Campaign, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What another thread has seen a moment later is no reason to think that it is a copy."""
    for account in (KEYED, X):
        campaign.planned(account, 0 * MINUTE)
    store = campaign.store
    notice(store, NINE)
    mine, others = store.enqueue(campaign.plan, NINE)
    see = store._see

    def meanwhile(sight: Sight) -> None:
        monkeypatch.setattr(store, "_see", see)  # between the first claim's commit and its witness
        other = threading.Thread(target=store.claim, args=(others, NINE))
        other.start()
        other.join()
        see(sight)

    monkeypatch.setattr(store, "_see", meanwhile)
    assert store.claim(mine, NINE) is not None
    assert store.delivery(others).state is State.SENDING
    assert store.look_behind(NINE) is None


@pytest.mark.parametrize("kind", ["deleted", "replaced"])
def test_a_ledger_that_is_taken_away_at_work_posts_nothing(campaign: Campaign, kind: str) -> None:
    """What would be written to a file without a name is lost with the process."""
    campaign.planned(KEYED, 0 * MINUTE)
    campaign.tick()
    if kind != "deleted":
        shutil.copy(campaign.ledger, campaign.folder / "other.db")
    campaign.ledger.unlink()
    if kind != "deleted":
        (campaign.folder / "other.db").rename(campaign.ledger)
    campaign.store.enqueue([campaign.post(KEYED)], NINE + SECOND)
    before = campaign.servers[KEYED.name].calls
    report = campaign.deliver()
    assert report.troubles
    assert "bot restore" in report.troubles[0]
    with pytest.raises(LedgerReplaced, match="bot restore"):
        notice(campaign.store, NINE + SECOND)
    assert campaign.servers[KEYED.name].calls == before
