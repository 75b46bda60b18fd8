"""Fixtures of the content tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.content.repo import Repo


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    """Hand out a sound repository that the test may change."""
    return Repo(tmp_path)
