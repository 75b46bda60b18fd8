"""A disk that is full: no call without room for its answer, and no answer lost."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.model import State
from bot.store import LedgerDamaged, Store, StoreUnavailable
from bot.store.copies import examine
from tests.ledger.put_back import EAGER, Campaign
from tests.ledger.world import HOUR, KEYED, MINUTE, NINE


def in_child(act: Callable[[], None]) -> None:
    """Do something in a process of its own, which may be limited; its failures are ours."""
    child = os.fork()
    if child == 0:
        try:
            act()
        except BaseException as error:  # noqa: BLE001 - whatever it was, pytest must not go on here
            os.write(2, f"{type(error).__name__}: {error}\n".encode())
            os._exit(1)
        os._exit(0)
    assert os.waitpid(child, 0)[1] == 0


def limit(size: int) -> None:
    """Let no file of this process grow beyond `size`; -1 ends that."""
    hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
    resource.setrlimit(resource.RLIMIT_FSIZE, (hard if size < 0 else size, hard))


def log_size(folder: Path) -> int:
    """How large the ledger's log is."""
    return (folder / "ledger.db-wal").stat().st_size


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 24 MB, where one can be had."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = shutil.which("mount")
    options = ("-t", "tmpfs", "-o", "size=24m", "loudhailer", str(folder))
    if mount is None or os.geteuid() != 0 or subprocess.run([mount, *options]).returncode:  # noqa: S603 # the system's own; its failure is looked at
        pytest.skip("only root can mount")
    yield folder
    subprocess.run(["/bin/umount", "-l", str(folder)], check=True)  # noqa: S603 # the system's own


def fill(folder: Path, leave: int) -> Path:
    """Fill a disk up to so many bytes."""
    free = os.statvfs(folder)
    file = folder / "filling"
    with file.open("wb") as filling:
        filling.write(b"x" * max(0, free.f_bavail * free.f_frsize - leave))
    return file


def test_without_room_for_the_answer_there_is_no_call(small_disk: Path) -> None:
    """Told before the claim; as soon as there is room, it goes on by itself."""
    campaign = Campaign(small_disk)
    campaign.planned(KEYED, 0 * MINUTE)
    campaign.store.enqueue(campaign.plan, NINE)
    campaign.store.look_behind(NINE)
    filling = fill(small_disk, 4 * 1024 * 1024)
    assert "nearly full" in campaign.deliver().troubles[0]
    with pytest.raises(StoreUnavailable, match="nearly full"):
        campaign.tick()
    assert campaign.servers[KEYED.name].calls == 0
    assert campaign.store.counts_by_state()[State.QUEUED] == 1
    filling.unlink()
    campaign.tick()
    assert campaign.store.counts_by_state()[State.SENT] == 1
    campaign.close()


def test_a_disk_that_fills_during_the_call_keeps_the_answer(small_disk: Path) -> None:
    """Room came back: the answer is written from hand; nobody looks, nobody asks."""
    campaign = Campaign(small_disk)
    campaign.planned(KEYED, 0 * MINUTE)
    campaign.store.enqueue(campaign.plan, NINE)
    campaign.store.look_behind(NINE)
    campaign.servers[KEYED.name].after_post = lambda: fill(small_disk, 0)
    assert campaign.deliver().troubles
    assert len(campaign.store.unwritten.in_hand) == 1
    (small_disk / "filling").unlink()
    campaign.tick()
    (sent,) = campaign.store.deliveries()
    assert sent.state is State.SENT
    assert [e.event for e in campaign.store.events()][-2:] == ["claimed", "posted"]
    assert campaign.servers[KEYED.name].calls == 1
    campaign.close()


@pytest.mark.parametrize("dies", [False, True])
def test_an_answer_that_cannot_be_written_is_not_lost(tmp_path: Path, dies: bool) -> None:
    """Held in hand; and where the process dies, too, left where the next one finds it.

    The server knows no keys and nobody may look: only the kept answer can tell.
    """

    def act() -> None:
        campaign = Campaign(tmp_path)
        campaign.planned(EAGER, 0 * MINUTE)
        campaign.planned(KEYED, 0 * MINUTE)
        campaign.store.enqueue(campaign.plan, NINE)
        campaign.store.look_behind(NINE)
        server = campaign.servers[EAGER.name]
        server.after_post = lambda: limit(max(log_size(tmp_path), 32 * 1024))
        campaign.deliver()
        calls = server.calls + campaign.servers[KEYED.name].calls
        assert campaign.deliver().troubles
        assert server.calls + campaign.servers[KEYED.name].calls == calls
        assert len(campaign.store.unwritten.in_hand) == 1
        if dies:
            os._exit(0)
        limit(-1)
        server.after_post = lambda: None
        campaign.deliver()
        assert campaign.store.counts_by_state()[State.SENT] == 2
        assert server.calls == 1

    in_child(act)
    with Store.open(f"sqlite:///{tmp_path / 'ledger.db'}", watched_from=tmp_path) as store:
        assert len(store.left_unwritten) == (1 if dies else 0)
    if dies:
        campaign = Campaign(tmp_path)
        campaign.servers[EAGER.name].faults.extend(["blind"] * 9)
        report = campaign.deliver()
        assert State.SENT in {d.state for d in report.settled if d.account == EAGER.name}
        assert campaign.servers[EAGER.name].calls == 0
        campaign.close()


def test_a_claim_that_cannot_be_written_makes_no_call(tmp_path: Path) -> None:
    """Whatever the disk says beforehand: the claim is written, or there is no call."""

    def act() -> None:
        campaign = Campaign(tmp_path)
        campaign.planned(KEYED, 0 * MINUTE)
        campaign.store.enqueue(campaign.plan, NINE)
        campaign.store.look_behind(NINE)
        limit(log_size(tmp_path))
        assert campaign.deliver().troubles
        assert campaign.servers[KEYED.name].calls == 0
        limit(-1)
        campaign.tick()
        assert campaign.store.counts_by_state()[State.SENT] == 1

    in_child(act)


def worked(folder: Path, posts: int = 40) -> Campaign:
    """A closed campaign with a past."""
    campaign = Campaign(folder)
    for _ in range(posts):
        campaign.planned(KEYED, 0 * MINUTE)
    campaign.tick()
    campaign.close()
    return campaign


@pytest.mark.parametrize("where", [0, 100, 4096 * 3, 4096 * 9])
def test_a_damaged_ledger_is_not_worked_from(tmp_path: Path, where: int) -> None:
    """Found at the start, before any call, with what to do; the file stays as it is."""
    campaign = worked(tmp_path)
    with campaign.ledger.open("r+b") as file:
        file.seek(where)
        file.write(b"\xa5" * 3000)
    before = campaign.ledger.read_bytes()
    with pytest.raises(LedgerDamaged, match="bot restore FILE"):
        Store.open(campaign.url, watched_from=tmp_path)
    assert campaign.ledger.read_bytes() == before


def test_a_damaged_log_is_noticed_as_an_older_ledger(tmp_path: Path) -> None:
    """SQLite drops what it cannot read of it without a word; the witness has seen more."""
    campaign = Campaign(tmp_path)
    campaign.planned(KEYED, 0 * MINUTE)
    campaign.tick()
    shutil.copytree(tmp_path, tmp_path / "killed")
    campaign.close()
    log = tmp_path / "killed" / "ledger.db-wal"
    with log.open("r+b") as file:
        file.seek(log.stat().st_size * 3 // 4)
        file.write(b"\xa5" * 500)
    killed = tmp_path / "killed"
    with Store.open(f"sqlite:///{killed / 'ledger.db'}", watched_from=killed) as store:
        found = store.look_behind(NINE + HOUR)
    assert found is not None
    assert found.how == "an older copy was put in its place"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_ledger_is_explained(tmp_path: Path) -> None:
    """Nothing can be claimed, so nothing is called."""
    campaign = worked(tmp_path, 1)
    campaign.ledger.chmod(0o400)
    with pytest.raises(StoreUnavailable, match="read-only"):
        Store.open(campaign.url, watched_from=tmp_path).look_behind(NINE)
    assert examine(campaign.ledger).states == {"sent": 1}
