"""Every fault that the sandbox knows, at every step, on each kind of server."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.sandbox.faults import KINDS
from tests.torture.matrix import cells_of, run
from tests.torture.matrix_table import OTHERS, WHOLE, documented, tables
from tests.torture.personalities import PERSONALITIES

NEVER_DOUBLED = {"posted", "later", "paused", "found", "sent again", "asks", "refused"}


@pytest.mark.timeout(900)  # a few hundred posts; hangs on purpose take their time
def test_each_fault_ends_in_one_post_or_for_a_reason(tmp_path: Path) -> None:
    """Nothing lost, nothing twice (`run` asserts it), and all as docs/reliability.md says."""
    found = {name: run(PERSONALITIES[name], tmp_path / name) for name in (*WHOLE, *OTHERS)}
    for cells in found.values():
        posts = {outcome for cell, outcome in cells.items() if cell.step != "counts"}
        assert posts <= NEVER_DOUBLED
    assert tables(found) == documented()


def test_no_fault_is_left_out() -> None:
    """A kind of fault that is new in the sandbox gets its row."""
    struck = {cell.kind for name in WHOLE for cell in cells_of(PERSONALITIES[name])}
    assert struck == set(KINDS)
