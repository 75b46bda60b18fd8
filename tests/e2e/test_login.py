"""`bot login`: the walk a person takes, with the sandbox's pages as the browser."""

from __future__ import annotations

import re
import stat
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import requests

from bot.sandbox import Sandbox
from tests.e2e.world import SCHEDULES, bot_json, environment, make_root


@pytest.fixture
def servers(tmp_path: Path) -> Iterator[Sandbox]:
    """Servers with an account each that is not labelled as automated yet."""
    with Sandbox(tmp_path / "elsewhere.db", clock=lambda: datetime.now(UTC)) as sandbox:
        sandbox.add_account("x", "x-main")
        sandbox.add_account("mastodon", "masto-en")
        yield sandbox


@pytest.fixture
def root(tmp_path: Path, servers: Sandbox) -> Path:
    """A campaign on those servers, without keys."""
    accounts = (
        "timezone: Europe/London\naccounts:\n"
        f"  x-main: {{network: x, server: '{servers.x_url}', language: en}}\n"
        f"  masto-en: {{network: mastodon, server: '{servers.mastodon_url}', language: en}}\n"
    )
    return make_root(tmp_path / "root", {"a.md": "We meet at eight."}, SCHEDULES, accounts)


class Person:
    """Somebody at a terminal and a browser."""

    def __init__(self, root: Path, account: str) -> None:
        self.said = ""
        self._process = subprocess.Popen(  # noqa: S603 # our own program
            [sys.executable, "-m", "bot", "login", account],
            cwd=root,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            bufsize=1,
            env=environment(),
            start_new_session=True,  # no terminal, so hidden prompts read from us
        )

    def reads_address(self) -> str:
        """Read up to the address to open."""
        if self._process.stdout is None:
            raise AssertionError("stdout is not piped")
        for line in self._process.stdout:
            self.said += line
            if match := re.search(r"http://127\.0\.0\.1\S+authorize\S*", line):
                return match[0]
        raise AssertionError(f"no address was shown: {self.said}")

    def types(self, *lines: str) -> None:
        """Type lines."""
        if self._process.stdin is None:
            raise AssertionError("stdin is not piped")
        self._process.stdin.write("".join(f"{line}\n" for line in lines))
        self._process.stdin.flush()

    def hears_the_end(self) -> str:
        """Wait for the end; give all that was said."""
        rest, _ = self._process.communicate(timeout=60)
        self.said += rest
        assert self._process.returncode == 0, self.said
        return self.said


def _code(address: str, account: str) -> str:
    """Allow the access in the browser and copy the code."""
    page = requests.post(address, data={"account": account}, timeout=10)
    found = re.search(r'id="code"[^>]*>([^<]+)<', page.text)
    assert found is not None, page.text
    return found[1]


def _env(root: Path) -> dict[str, str]:
    file = root / ".env"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    lines = [line.split("=", 1) for line in file.read_text().splitlines() if "=" in line]
    return {name: value.strip("'\"") for name, value in lines}


def test_mastodon_login_writes_the_token_and_sets_the_label(root: Path, servers: Sandbox) -> None:
    """Code in, token in .env (0600), labelled as automated after a yes, and it posts."""
    (root / ".env").write_text("# mine\nOTHER=kept\n")
    person = Person(root, "masto-en")
    person.types(_code(person.reads_address(), "masto-en"), "y")
    said = person.hears_the_end()
    assert "masto-en is @masto_en@" in said
    assert "Labelled." in said
    kept = _env(root)
    assert kept["OTHER"] == "kept"
    assert kept["MASTO_EN_ACCESS_TOKEN"]
    assert kept["MASTO_EN_ACCESS_TOKEN"] not in said
    assert [a.bot for a in servers.accounts("mastodon")] == [True]
    assert bot_json(root, "post", "a", "--account", "masto-en")["state"] == "sent"


def test_x_login_by_pin(root: Path, servers: Sandbox) -> None:
    """Keys of the app and the PIN in, four values in .env; says where X's label is set."""
    keys = servers.x_credentials("x-main")
    person = Person(root, "x-main")
    person.types(keys["API_KEY"], keys["API_SECRET"])
    person.types(_code(person.reads_address(), "x-main"))
    said = person.hears_the_end()
    assert "Automation" in said
    assert keys["API_SECRET"] not in said
    assert _env(root) == {f"X_MAIN_{name}": value for name, value in keys.items()}
    assert bot_json(root, "post", "a", "--account", "x-main")["state"] == "sent"
