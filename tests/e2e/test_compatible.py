"""Servers known only by their address and a token: `bot post` and `bot run` work unchanged."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.sandbox import Sandbox
from bot.store import Store
from tests.e2e.test_daemon import drop, due_now, until
from tests.e2e.world import SCHEDULES, bot, bot_json, daemon, make_root

FLAVOURS = ("mastodon-4.5", "mastodon-4.6", "gotosocial", "no-instance")


@pytest.fixture
def servers(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Sandbox]:
    """An X-compatible and a Mastodon-compatible server, as somebody else would run them."""
    flavour = getattr(request, "param", "mastodon-4.6")
    with Sandbox(
        tmp_path / "elsewhere.db", clock=lambda: datetime.now(UTC), flavour=flavour
    ) as sandbox:
        sandbox.add_account("x", "x-main")
        sandbox.add_account("mastodon", "masto-en", bot=True)
        yield sandbox


@pytest.fixture
def root(tmp_path: Path, servers: Sandbox) -> Path:
    """A campaign on those servers, its keys in .env and in a file."""
    accounts = (
        "timezone: Europe/London\naccounts:\n"
        f"  x-main: {{network: x, server: '{servers.x_url}', language: en}}\n"
        f"  masto-en: {{network: mastodon, server: '{servers.mastodon_url}', language: en}}\n"
    )
    made = make_root(
        tmp_path / "root",
        {"hello.md": "We meet at eight & bring <soup>. https://example.org/soup #RentStrike"},
        SCHEDULES,
        accounts,
    )
    lines = [f"X_MAIN_{k}={v}" for k, v in servers.x_credentials("x-main").items()]
    (made / "token").write_text(servers.mastodon_token("masto-en") + "\n")
    (made / "token").chmod(0o600)
    env = made / ".env"
    env.write_text("\n".join([*lines, "MASTO_EN_ACCESS_TOKEN_FILE=token", ""]))
    env.chmod(0o600)
    return made


@pytest.mark.parametrize("servers", FLAVOURS, indirect=True)
def test_bot_post_posts_once_with_card_and_alt(root: Path, servers: Sandbox) -> None:
    """Text, card and alt text arrive; saying it again is refused, with the reason."""
    for account in ("x-main", "masto-en"):
        done = bot_json(root, "post", "hello", "--account", account)
        assert done["state"] == "sent"
        assert done["url"].startswith("http")
        again = bot(root, "post", "hello", "--account", account, check=False)
        assert again.returncode == 1
        assert "said before" in again.stderr
    posts = servers.posts()
    assert sorted(p.account for p in posts) == ["masto-en", "x-main"]
    for post in posts:
        assert "bring <soup>. https://example.org/soup #RentStrike" in post.text
        assert [bool(m.alt) for m in post.media] == [True]
    assert bot(root, "check", "--online").stdout.count("error") == 1  # "no errors"


@pytest.mark.timeout(200)
@pytest.mark.parametrize("servers", ["mastodon-4.6", "gotosocial"], indirect=True)
def test_bot_run_posts_what_is_due(root: Path, servers: Sandbox) -> None:
    """The daemon on those servers is the daemon."""
    database = f"sqlite:///{root / 'data/loudhailer.db'}"
    with daemon(root) as process:
        until(process, lambda: (root / "data/loudhailer.db").exists())
        with Store.open(database) as store:
            until(process, lambda: store.heartbeat() is not None)
            drop(root, "now.md", due_now("The rents rise again. #RentStrike"))
            until(process, lambda: store.counts_by_state()["sent"] == 2)
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=20) == 0
    assert len(servers.posts()) == 2


def test_wrong_keys_are_told_plainly(root: Path) -> None:
    """A revoked token is the operator's to mend: no traceback, no token in the text."""
    (root / "token").write_text("planted-token-of-nobody")
    done = bot(root, "post", "hello", "--account", "masto-en", check=False)
    assert "Traceback" not in done.stderr
    assert "planted-token-of-nobody" not in done.stdout + done.stderr
    status = bot(root, "status").stdout
    assert "stopped" in status
    assert "planted-token-of-nobody" not in (root / "data/loudhailer.db").read_bytes().decode(
        "latin-1"
    )


@pytest.mark.timeout(200)
def test_one_bad_key_does_not_silence_the_others(root: Path, servers: Sandbox) -> None:
    """A token that cannot be one is that account's trouble alone."""
    (root / "token").write_text("two words")
    with daemon(root) as process:
        until(process, lambda: (root / "data/loudhailer.db").exists())
        with Store.open(f"sqlite:///{root / 'data/loudhailer.db'}") as store:
            until(process, lambda: store.heartbeat() is not None)
            drop(root, "now.md", due_now("The rents rise again. #RentStrike"))
            until(process, lambda: store.counts_by_state()["sent"] == 1)
    assert [p.account for p in servers.posts()] == ["x-main"]
    done = bot(root, "post", "hello", "--account", "masto-en", check=False)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr


def test_missing_keys_name_the_variable(root: Path) -> None:
    """What is missing is named, and how to get it."""
    (root / ".env").write_text("")
    done = bot(root, "post", "hello", "--account", "masto-en", check=False)
    assert done.returncode == 1
    assert "MASTO_EN_ACCESS_TOKEN" in done.stderr
    assert "bot login masto-en" in done.stderr
