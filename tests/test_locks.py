"""What is installed is said exactly, and alike for running and for developing."""

from __future__ import annotations

import re
from pathlib import Path

REQUIREMENTS = Path(__file__).resolve().parents[1] / "requirements"
PIN = re.compile(r"^([A-Za-z0-9_.-]+)==([^\s;\\]+)", re.MULTILINE)


def pins(name: str) -> dict[str, str]:
    """The versions that a lock names, by package."""
    return dict(PIN.findall((REQUIREMENTS / name).read_text(encoding="utf-8")))


def test_developing_has_what_running_has() -> None:
    """The tests run against the very versions that an operator installs."""
    run, dev = pins("run.lock"), pins("dev.lock")
    assert len(run) > 30
    assert run.items() <= dev.items()


def test_every_pin_has_hashes_and_no_index_is_named() -> None:
    """A package index cannot slip in another file, and any index serves."""
    for name in ("run.lock", "dev.lock"):
        text = (REQUIREMENTS / name).read_text(encoding="utf-8")
        for block in re.split(r"(?m)^(?=[A-Za-z0-9])", text):
            assert not PIN.match(block) or "--hash=sha256:" in block, block[:60]
        assert "://" not in text
