"""One account's server hangs; the others' posts go out at their hour all the same."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest

from bot.model import State
from bot.sandbox import Sandbox
from bot.store import Store
from tests.e2e.test_compatible import root, servers  # noqa: F401 # fixtures
from tests.e2e.test_daemon import drop, due_now, until
from tests.e2e.world import daemon, wait_for_line


@pytest.mark.timeout(200)
def test_a_server_that_hangs_holds_up_nobody_else(
    root: Path,  # noqa: F811 # the fixture
    servers: Sandbox,  # noqa: F811 # the fixture
) -> None:
    """Mastodon takes a post and never answers; X posts this one and the next two."""
    hangs = servers.faults.add("mastodon", "post", "hang_before", times=None, seconds=None)
    with daemon(root) as process:
        until(process, lambda: (root / "data/loudhailer.db").exists())
        with Store.open(f"sqlite:///{root / 'data/loudhailer.db'}") as store:
            until(process, lambda: store.heartbeat() is not None)
            for number in range(3):
                text = f"The rents rise again, {number + 1} times. #RentStrike"
                drop(root, f"now{number}.md", due_now(text))
                posted = number + 1
                until(process, lambda: store.counts_by_state()["sent"] == posted)  # noqa: B023
            assert hangs.struck >= 1
            assert {p.account for p in servers.posts()} == {"x-main"}
            assert store.counts_by_state()["sending"] == 1, "Mastodon's call is still under way"
        process.send_signal(signal.SIGKILL)


@pytest.mark.timeout(200)
def test_a_second_sigterm_ends_it_while_a_server_hangs(
    root: Path,  # noqa: F811 # the fixture
    servers: Sandbox,  # noqa: F811 # the fixture
) -> None:
    """The first waits for the call in hand, half a minute; the second does not."""
    hangs = servers.faults.add("mastodon", "post", "hang_before", times=None, seconds=None)
    drop(root, "now.md", due_now("The rents rise again. #RentStrike"))
    with Store.open(f"sqlite:///{root / 'data/loudhailer.db'}") as store:
        with daemon(root) as process:
            assert hangs.begun.wait(60)
            process.send_signal(signal.SIGTERM)
            wait_for_line(process, "stopping after the call in hand")
            process.send_signal(signal.SIGTERM)
            assert process.wait(15) == 128 + signal.SIGTERM
        sending = {delivery.account for delivery in store.deliveries(states=(State.SENDING,))}
        assert "masto-en" in sending, "it is looked for after the next start"
