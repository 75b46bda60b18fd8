"""The daemon reads counts beside the posting: a source that hangs makes nothing late."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event, Thread
from time import monotonic

from bot import daemon
from bot.app import Bot, open_bot
from bot.model import SOURCE
from bot.sandbox import Sandbox
from bot.sandboxed import connect_to
from bot.settings import Settings
from bot.store import Store
from tests.counts.hostile import Connection, Server, server, tells
from tests.e2e.test_daemon import drop, due_now
from tests.e2e.world import CAMPAIGN, make_root


def clock() -> datetime:
    """The real time."""
    return datetime.now(UTC)


@contextmanager
def running(root: Path, source: Server) -> Iterator[Bot]:
    """The real daemon in this process, on the sandbox, reading from the source."""
    file = root / "content/rent-strike/campaign.yaml"
    reads = f'goal: 5000, count_from: {{url: "{source.url()}", path: data.total}}'
    file.write_text(CAMPAIGN.replace("goal: 5000", reads), encoding="utf-8")
    settings = Settings(root, {"LOUDHAILER_DATA": str(root / "data")})
    stop = Event()
    with (
        Sandbox(root / "sandbox.db", clock=clock) as sandbox,
        open_bot(
            settings,
            clock,
            connect_with=connect_to(sandbox, clock, {}),
            sandbox=True,
            fetch=source.fetcher(seconds=100),
        ) as bot,
    ):
        work = Thread(target=daemon.run, args=(bot, stop, timedelta(seconds=1)))
        work.start()
        try:
            yield bot
        finally:
            stop.set()
            work.join(timeout=30)
            assert not work.is_alive()


def until(store: Store, reached: Callable[[], bool], seconds: float = 60) -> None:
    """Wait until something is so in the ledger; the daemon's own pace is the clock."""
    ends = monotonic() + seconds
    pause = Event()
    while not reached():
        assert monotonic() < ends, store.counts_by_state()
        pause.wait(0.05)


def test_a_post_goes_out_while_a_source_hangs(tmp_path: Path) -> None:
    """And once the source answers, the next message has its count."""
    root = make_root(tmp_path, {"later.md": "Nothing is due yet."})
    asked, released = Event(), Event()

    def hang(connection: Connection) -> None:
        asked.set()
        released.wait(60)
        tells("1,234")(connection)

    with server() as source:
        source.does["/n.json"] = hang
        with running(root, source) as bot:
            until(bot.store, lambda: bot.store.heartbeat() is not None)
            assert asked.wait(30)
            drop(root, "now.md", due_now("We meet at eight.", accounts="[masto-en]"))
            until(bot.store, lambda: bot.store.counts_by_state()["sent"] == 1)
            assert bot.store.petition_counts() == []
            released.set()
            until(bot.store, lambda: bot.store.petition_counts() != [])
            (count,) = bot.store.petition_counts()
            assert (count.number, count.by) == (1234, SOURCE)
            drop(root, "next.md", due_now("{count} of us!", action="sign", accounts="[masto-en]"))
            until(bot.store, lambda: bot.store.counts_by_state()["sent"] == 2)
            said = [d.draft.text.split("\n")[0] for d in bot.store.deliveries() if d.receipt]
    assert said == ["We meet at eight.", "1,234 of us!"]
