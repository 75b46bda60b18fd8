"""Starting, stopping, being killed and starting again."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import requests
from mastodon import MastodonError
from tweepy import TweepyException

from bot.sandbox import PortTakenError, Sandbox
from tests.sandbox.stage import PATIENCE, Clock, Stage, png


def test_everything_survives_reopening(tmp_path: Path) -> None:
    """Posts, pictures, keys, charges, labels and tokens are in the file."""
    clock, path = Clock(), tmp_path / "sandbox.db"
    with Sandbox(path, clock=clock) as sandbox, Stage.on(sandbox, clock) as stage:
        media = stage.mastodon.media_post(png(), mime_type="image/png", description="alt")
        stage.mastodon.account_update_credentials(bot=True)
        stage.mastodon.status_post("hello", media_ids=[media.id], idempotency_key="k")
        stage.x.create_tweet(text="hello")
        before = [(post.network, post.id, post.text) for post in sandbox.posts()]
        token, charges = sandbox.mastodon_token("campaign"), sandbox.charges()
    with Sandbox(path, clock=clock) as sandbox, Stage.on(sandbox, clock) as stage:
        assert [(post.network, post.id, post.text) for post in sandbox.posts()] == before
        assert sandbox.mastodon_token("campaign") == token
        assert sandbox.charges() == charges
        [post] = stage.posts("mastodon")
        assert post.media[0].file.read_bytes() == png()
        assert stage.mastodon.account_verify_credentials().bot
        stage.mastodon.status_post("hello again", idempotency_key="k")
        assert len(stage.posts("mastodon")) == 1


def test_settling_waits_for_whom_nobody_waits_any_more(tmp_path: Path) -> None:
    """A post whose client was killed after sending it is made, and seen to be made."""
    clock = Clock()
    with (
        Sandbox(tmp_path / "sandbox.db", clock=clock) as sandbox,
        Stage.on(sandbox, clock) as stage,
    ):
        stage.fail("mastodon", "post", "latency", seconds=0.3)
        body = b"status=the+last+words"
        head = (
            "POST /api/v1/statuses HTTP/1.1\r\nHost: localhost\r\n"
            f"Authorization: Bearer {sandbox.mastodon_token('campaign')}\r\n"
            "Content-Type: application/x-www-form-urlencoded\r\n"
            f"Content-Length: {len(body)}\r\n\r\n"
        )
        port = int(sandbox.mastodon_url.rpartition(":")[2])
        with socket.create_connection(("127.0.0.1", port)) as client:
            client.sendall(head.encode() + body)
        assert stage.posts("mastodon") == []
        sandbox.settle()
        assert [post.text for post in stage.posts("mastodon")] == ["the last words"]


def test_closing_ends_a_hang_at_once(tmp_path: Path) -> None:
    """A request that hangs for ever does not keep the sandbox from closing."""
    clock = Clock()
    outcome: list[Exception] = []
    with (
        Sandbox(tmp_path / "sandbox.db", clock=clock) as sandbox,
        Stage.on(sandbox, clock) as stage,
    ):
        fault = stage.fail("x", "post", "hang_after", seconds=None)

        def post() -> None:
            try:
                stage.call_x("POST", "/2/tweets", json={"text": "hello"})
            except requests.RequestException as error:
                outcome.append(error)

        caller = threading.Thread(target=post)
        caller.start()
        assert fault.begun.wait(PATIENCE)
        assert len(stage.posts("x")) == 1
        begun = time.monotonic()
        sandbox.close()
        caller.join(PATIENCE)
        assert time.monotonic() - begun < 2
    assert isinstance(outcome[0], requests.ConnectionError)


def test_closing_twice_and_unstarted(tmp_path: Path) -> None:
    """Closing is safe at any time."""
    sandbox = Sandbox(tmp_path / "sandbox.db", clock=Clock())
    sandbox.close()
    sandbox.close()


def test_taken_port(tmp_path: Path) -> None:
    """A taken port is a clear error, and the ports bound before it are free again."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(PortTakenError, match=f"port {port} on 127.0.0.1"):
            Sandbox(tmp_path / "sandbox.db", clock=Clock(), page_port=port)


def test_same_ports_again(tmp_path: Path) -> None:
    """After a stop the same ports serve at once, whatever connections were open."""
    clock = Clock()
    ports = [0, 0, 0]
    for _ in range(3):
        with (
            Sandbox(
                tmp_path / "sandbox.db",
                clock=clock,
                x_port=ports[0],
                mastodon_port=ports[1],
                page_port=ports[2],
            ) as sandbox,
            Stage.on(sandbox, clock) as stage,
        ):
            stage.mastodon.account_verify_credentials()
            urls = (sandbox.x_url, sandbox.mastodon_url, sandbox.page_url)
            found = [int(url.rsplit(":", 1)[1]) for url in urls]
            assert ports in ([0, 0, 0], found)
            ports = found


def test_many_threads_post_at_once(tmp_path: Path) -> None:
    """Ids stay unique and nothing is lost when accounts post at the same moment."""
    clock = Clock()
    with Sandbox(tmp_path / "sandbox.db", clock=clock) as sandbox:
        failures: list[BaseException] = []

        def post(name: str) -> None:
            try:
                with Stage.on(sandbox, clock, name) as stage:
                    for number in range(10):
                        stage.mastodon.status_post(f"{name} {number}")
                        stage.x.create_tweet(text=f"{name} {number}")
            except (
                AssertionError,
                requests.RequestException,
                MastodonError,
                TweepyException,
            ) as error:
                failures.append(error)

        threads = [threading.Thread(target=post, args=(f"account{n}",)) for n in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert failures == []
        posts = sandbox.posts()
        assert len(posts) == len({(post.network, post.id) for post in posts}) == 120


@contextmanager
def program(path: Path) -> Iterator[tuple[subprocess.Popen[str], dict[str, str]]]:
    """Run `python -m bot.sandbox`; give the process and what it printed."""
    arguments = ["--database", str(path), "--x-account", "x-main", "--mastodon-account", "m"]
    with subprocess.Popen(  # noqa: S603 # our own program
        [sys.executable, "-X", "dev", "-m", "bot.sandbox", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2])},
    ) as process:
        try:
            assert process.stdout is not None
            printed = {}
            for line in process.stdout:
                name, value = re.split(r"\s+|=", line.lstrip("# ").strip(), maxsplit=1)
                printed[name] = value
                if name == "M_ACCESS_TOKEN":
                    break
            yield process, printed
        finally:
            process.kill()


def test_program_survives_kill_9(tmp_path: Path) -> None:
    """What was answered before a `kill -9` is there after it, under the same credentials."""
    path = tmp_path / "sandbox.db"
    with program(path) as (process, printed):
        made = requests.post(
            f"{printed['Mastodon']}/api/v1/statuses",
            data={"status": "before the end"},
            headers={"Authorization": f"Bearer {printed['M_ACCESS_TOKEN']}"},
            timeout=PATIENCE,
        )
        assert made.ok
        os.kill(process.pid, signal.SIGKILL)
        process.wait(PATIENCE)
    with program(path) as (process, again):
        credentials = {name for name in printed if "_" in name}
        assert len(credentials) == 5
        assert {name: again[name] for name in credentials} == {
            name: printed[name] for name in credentials
        }
        posts = requests.get(f"{again['page']}/posts.json", timeout=PATIENCE).json()["posts"]
        assert [post["text"] for post in posts] == ["before the end"]
        process.send_signal(signal.SIGTERM)
        assert process.wait(PATIENCE) == 0
        assert process.stderr is not None
        assert process.stderr.read() == ""
