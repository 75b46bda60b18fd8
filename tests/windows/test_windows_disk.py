"""The disk is full right there: rows of docs/crash-windows.md, in a process of their own."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]


def full_disk(folder: Path, when: str) -> dict[str, Any]:
    """Run `tests.windows.full_disk` and read what came of it."""
    done = subprocess.run(  # noqa: S603 - our own code
        [sys.executable, "-m", "tests.windows.full_disk", str(folder), when],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    assert "Is the disk full" in found["troubles"][0]
    return found


def test_disk_is_full_at_the_claim(tmp_path: Path) -> None:
    """No durable claim, no call; it goes out once there is room."""
    found = full_disk(tmp_path, "claim")
    assert found["calls while full"] == 0
    assert (found["state"], found["calls"], found["posts"]) == ("sent", 1, 1)


def test_disk_is_full_at_the_receipt(tmp_path: Path) -> None:
    """Posted, and the receipt cannot be written: found, not posted again."""
    found = full_disk(tmp_path, "answer")
    assert found["calls while full"] == 1
    assert (found["state"], found["calls"], found["posts"]) == ("sent", 1, 1)


def test_disk_is_full_at_the_upload(tmp_path: Path) -> None:
    """It fills while the picture is on its way: posted once, with it, and known."""
    found = full_disk(tmp_path, "upload")
    assert found["calls while full"] == 1
    assert (found["state"], found["calls"], found["posts"]) == ("sent", 1, 1)


def test_disk_is_full_at_a_parts_receipt(tmp_path: Path) -> None:
    """The thread waits for what is known of the part, and is whole in the end."""
    found = full_disk(tmp_path, "part")
    assert found["calls while full"] == 2
    assert (found["state"], found["calls"], found["posts"]) == ("sent", 2, 2)


def test_disk_is_full_at_the_look(tmp_path: Path) -> None:
    """Found, and that cannot be written: found again once there is room; nothing is called."""
    found = full_disk(tmp_path, "look")
    assert (found["state"], found["calls"], found["posts"]) == ("sent", 1, 1)


def test_disk_is_full_at_the_sample(tmp_path: Path) -> None:
    """Engagement is read again once there is room; the post is left alone."""
    found = full_disk(tmp_path, "sample")
    assert (found["state"], found["calls"], found["samples"]) == ("sent", 1, 1)
