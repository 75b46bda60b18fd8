"""kill -9 of real processes, at every named point and at random: each post exactly once.

The long version is `make torture`; docs/reliability.md has its figures.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from bot.sandbox import FLAVOURS
from tests.torture.personalities import PERSONALITIES
from tests.torture.points import POINTS

ROOT = Path(__file__).resolve().parents[2]


def torture(folder: Path, *arguments: str) -> tuple[int, dict[str, Any], str]:
    """Run a torture in a process of its own, which forks; give code, figures, words."""
    figures = folder / "figures.json"
    command = [sys.executable, "-m", "tests.torture", "--json", str(figures), *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603 - our own program
    said = done.stdout + done.stderr
    assert figures.exists(), said
    return done.returncode, json.loads(figures.read_text(encoding="utf-8")), said


@pytest.mark.timeout(900)  # a kill costs a tenth of a second, on a machine that is not busy
def test_nothing_is_lost_and_nothing_goes_out_twice(tmp_path: Path) -> None:
    """Killed at every named point, on every kind of server, among other faults: all once."""
    code, figures, said = torture(
        tmp_path, "--kills", "80", "--per-round", "12", "--messages", "4", "--cover"
    )
    assert code == 0, said
    assert figures.keys() == PERSONALITIES.keys()
    for name, found in figures.items():
        assert found["kills"] >= 2, (name, said)  # an account that rests gives few occasions
        assert found["posts"] >= 6
        assert found["faults"] > 0, "nothing but kills: this showed little"
    assert {point for found in figures.values() for point in found["at_points"]} == set(POINTS)


@pytest.mark.timeout(900)
def test_the_torture_finds_a_naive_loop_out(tmp_path: Path) -> None:
    """The control: a loop that retries on any failure posts twice, and the torture says so."""
    code, figures, said = torture(
        tmp_path, "--naive", "--kills", "4", "--only", "mastodon-4.5", "--only", "snac"
    )
    assert code == 1, said
    assert all(found["twice"] > 0 for found in figures.values()), said


@pytest.mark.parametrize(
    "flavour", ["mastodon-4.5", "mastodon-4.6", "gotosocial", "snac", "takahe"]
)
def test_all_kinds_of_servers_are_tortured(flavour: str) -> None:
    """A server that the sandbox can be is one that posts are made to under torture."""
    assert flavour in FLAVOURS
    assert flavour in {personality.flavour for personality in PERSONALITIES.values()}


def test_the_document_counts_the_points() -> None:
    """A point that is new is told of where the figures are."""
    said = (ROOT / "docs" / "reliability.md").read_text(encoding="utf-8")
    assert f"at each of {len(POINTS)}\nnamed points" in said
