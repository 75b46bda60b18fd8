"""A campaign's folder to run the `bot` command in, as a person would."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

CAMPAIGN = """\
name: Rent strike
languages: [en]
hashtags: {always: [RentStrike]}
links: [example.org]
brand: {name: Rent strike}
actions:
  sign: {kind: petition, title: Freeze the rents, target: The mayor, goal: 5000, link: "https://example.org/sign"}
"""

ACCOUNTS = """\
timezone: Europe/London
accounts:
  x-main: {network: x, language: en}
  masto-en: {network: mastodon, server: "https://mastodon.example", language: en}
"""

SCHEDULES = """\
schedules:
  daily:
    campaign: rent-strike
    accounts: [x-main, masto-en]
    times: ["09:00", "17:00"]
    pick: in_order
"""


def make_root(
    root: Path,
    messages: Mapping[str, str],
    schedules: str = SCHEDULES,
    accounts: str = ACCOUNTS,
) -> Path:
    """Write a campaign's folder; messages by file name."""
    folder = root / "content" / "rent-strike" / "messages"
    folder.mkdir(parents=True)
    (root / "schedules.yaml").write_text(accounts + schedules, encoding="utf-8")
    (folder.parent / "campaign.yaml").write_text(CAMPAIGN, encoding="utf-8")
    for name, text in messages.items():
        (folder / name).write_text(text, encoding="utf-8")
    return root


def environment(**more: str) -> dict[str, str]:
    """An environment without any of the machine's own settings for the bot."""
    kept = {
        k: v
        for k, v in os.environ.items()
        if not k.startswith(("X_", "MASTO_", "LOUDHAILER", "DATABASE"))
    }
    return {**kept, "PYTHONWARNINGS": "error::ResourceWarning", **more}


def bot(
    root: Path,
    *args: str,
    stdin: str = "",
    check: bool = True,
    env: Mapping[str, str] | None = None,
) -> subprocess.CompletedProcess[str]:
    """Run one `bot` command to its end."""
    done = subprocess.run(  # noqa: S603 # our own program
        [sys.executable, "-m", "bot", *args],
        cwd=root,
        input=stdin,
        capture_output=True,
        text=True,
        env=environment(**(env or {})),
        timeout=110,
        check=False,
    )
    if check and done.returncode != 0:
        raise AssertionError(f"bot {' '.join(args)}: {done.returncode}\n{done.stdout}{done.stderr}")
    return done


def bot_json(root: Path, *args: str, stdin: str = "", env: Mapping[str, str] | None = None) -> Any:
    """Run one `bot` command with --json and read its document."""
    return json.loads(bot(root, *args, "--json", stdin=stdin, env=env).stdout)


@contextmanager
def daemon(
    root: Path, *args: str, env: Mapping[str, str] | None = None
) -> Iterator[subprocess.Popen[str]]:
    """Have `bot run` running; it is killed at the end if it still is."""
    process = subprocess.Popen(  # noqa: S603 # our own program
        [sys.executable, "-m", "bot", "run", "--every", "1", *args],
        cwd=root,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        env=environment(**(env or {})),
    )
    try:
        yield process
    finally:
        if process.poll() is None:
            process.kill()
        process.wait()
        if process.stderr is not None:
            process.stderr.close()


def wait_for_line(process: subprocess.Popen[str], words: str) -> str:
    """Read the daemon's stderr up to the line that holds `words`."""
    if process.stderr is None:
        raise AssertionError("stderr is not piped")
    seen = []
    for line in process.stderr:
        seen.append(line)
        if words in line:
            return line
    raise AssertionError(f"{words!r} was never said:\n{''.join(seen)}")
