"""The claim is on the disk before the call: seen in a trace of the system calls."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.model import NetworkName
from bot.sandbox import Sandbox
from tests.torture.campaign import ACCOUNTS, FIRST, write_campaign
from tests.torture.personalities import PERSONALITIES

ROOT = Path(__file__).resolve().parents[2]
MESSAGES = 3
STRACE = shutil.which("strace")

_WRITE = re.compile(r"\bp?write(?:64|v)?\(\d+<[^>]*\.db-wal>")
_SYNC = re.compile(r"\bf(?:data)?sync\(\d+<[^>]*\.db-wal>")
_POST = re.compile(r"\b(?:sendto|sendmsg|write)\(.*\"POST (?:/api/v1/statuses|/2/tweets) ")


@dataclass(frozen=True)
class Seen:
    """What a trace shows of the posts of one run."""

    posts: int
    unsynced: int
    """Posts that began while something in the write-ahead log was not on the disk."""
    unclaimed: int
    """Posts before which nothing was written since the one before."""


def read_trace(trace: str) -> Seen:
    """Follow the write-ahead log and the network through a trace."""
    posts = unsynced = unclaimed = 0
    dirty = written = False
    for line in trace.splitlines():
        if _WRITE.search(line):
            dirty = written = True
        elif _SYNC.search(line):
            dirty = False
        elif _POST.search(line):
            posts += 1
            unsynced += dirty
            unclaimed += not written
            written = False
    return Seen(posts, unsynced, unclaimed)


def run_traced(folder: Path, network: NetworkName, synchronous: str | None) -> Seen:
    """Let a bot post under strace, to a sandbox in this process."""
    if STRACE is None:
        pytest.skip("strace is not installed: apt-get install strace")
    name = "mastodon-4.5" if network is NetworkName.MASTODON else "x-2.166"
    root = folder / "root"
    expected = write_campaign(root, PERSONALITIES[name], MESSAGES)
    # One account: what another one's worker writes meanwhile says nothing of this one's claim.
    for file in (root / "content" / "rent-strike" / "messages").iterdir():
        text = file.read_text(encoding="utf-8")
        file.write_text(re.sub(r"accounts: .*", f"accounts: [{ACCOUNTS[0]}]", text), "utf-8")
    schedules = root / "schedules.yaml"
    said = schedules.read_text(encoding="utf-8").replace("samples: [10m]", "samples: []")
    schedules.write_text(said, encoding="utf-8")
    trace = folder / "trace"
    with Sandbox(folder / "sandbox.db", clock=lambda: FIRST, rate_limits=False) as sandbox:
        sandbox.add_account(network.value, ACCOUNTS[0])
        x = network is NetworkName.X
        secrets = (
            sandbox.x_credentials(ACCOUNTS[0])
            if x
            else {"ACCESS_TOKEN": sandbox.mastodon_token(ACCOUNTS[0])}
        )
        asked = {
            "root": str(root),
            "server": sandbox.x_url if x else sandbox.mastodon_url,
            "secrets": json.dumps(secrets),
            "synchronous": synchronous,
        }
        calls = "trace=write,pwrite64,writev,fsync,fdatasync,sendto,sendmsg"
        command = [STRACE, "-f", "-y", "-s", "40", "-e", calls, "-o", str(trace)]
        program = [sys.executable, "-m", "tests.torture.traced", json.dumps(asked)]
        done = subprocess.run(  # noqa: S603 - strace and our own program
            [*command, *program], cwd=ROOT, capture_output=True, text=True, check=False
        )
        if "ptrace" in done.stderr and not trace.stat().st_size:
            pytest.skip(f"strace may not trace here: {done.stderr.splitlines()[0]}")
        assert done.returncode == 0, done.stdout + done.stderr
        assert len(sandbox.posts()) == len({mark for _, mark in expected})
    return read_trace(trace.read_text(encoding="utf-8", errors="replace"))


@pytest.mark.parametrize("network", list(NetworkName))
def test_the_claim_is_on_the_disk_before_the_call(tmp_path: Path, network: NetworkName) -> None:
    """Whatever was written before a post is synced before its first byte leaves."""
    assert run_traced(tmp_path, network, None) == Seen(posts=5, unsynced=0, unclaimed=0)


def test_the_trace_tells_the_common_default(tmp_path: Path) -> None:
    """The control: with `synchronous = NORMAL` the same trace shows claims only in memory."""
    seen = run_traced(tmp_path, NetworkName.MASTODON, "NORMAL")
    assert seen.posts == 5
    assert seen.unsynced == 5
