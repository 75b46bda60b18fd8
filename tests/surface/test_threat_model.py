"""The threat model names tests; what it leans on must be there."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs/threat-model.md").read_text(encoding="utf-8")
NAMED = sorted(set(re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", PAGE)))


def test_each_named_test_exists() -> None:
    """A protection whose test was renamed or removed would only be said to be there."""
    assert len(NAMED) > 30
    missing = [
        f"{file}::{name}"
        for file, name in NAMED
        if not (ROOT / file).is_file()
        or not re.search(rf"^def {name}\(", (ROOT / file).read_text(), re.MULTILINE)
    ]
    assert missing == []
    assert PAGE.count("::") == len(re.findall(r"`tests/[\w/]+\.py::\w+`", PAGE))


def test_each_attacker_has_what_is_left() -> None:
    """A page that knows only of protections is advertising."""
    parts = PAGE.split("\n## ")[2:]
    assert len(parts) >= 8
    assert [part.splitlines()[0] for part in parts if "**Left:**" not in part] == []
