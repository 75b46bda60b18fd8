"""One root for all tests of a module; none of them changes what another one reads."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cards.layout.styles import make_root


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a root with a logo and a photo."""
    return make_root(tmp_path_factory.mktemp("root"))
