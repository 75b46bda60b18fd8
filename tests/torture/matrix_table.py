"""The fault matrix as tables in docs/reliability.md, written and read back.

python -m tests.torture.matrix_table            # print the tables
python -m tests.torture.matrix_table --write    # put them into the document
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.torture import document
from tests.torture.matrix import DOUBTS, STEPS, Cell, run
from tests.torture.personalities import PERSONALITIES

PLACE = "fault matrix: make matrix"
WHOLE = ("mastodon-4.5", "x-2.166")
"""Of these every fault at every step; of the others the doubts about a post."""
OTHERS = tuple(name for name in PERSONALITIES if name not in (*WHOLE, "x-2.167"))

Found = Mapping[str, Mapping[Cell, str]]
"""What came of each cell, by the server's name."""


def tables(found: Found) -> str:
    """Write the matrix in Markdown."""
    parts = []
    for name in WHOLE:
        cells = found[name]
        steps = STEPS[PERSONALITIES[name].network]
        kinds = dict.fromkeys(cell.kind for cell in cells)
        rows = [[f"`{kind}`", *(cells.get(Cell(s, kind), "") for s in steps)] for kind in kinds]
        parts.append(f"On {name}:\n\n{_table(['fault', *steps], rows)}")
    rows = [[f"`{kind}`", *(found[n][Cell("post", kind)] for n in OTHERS)] for kind in DOUBTS]
    parts.append(f"At the post, on other servers:\n\n{_table(['fault', *OTHERS], rows)}")
    return "\n".join(parts)


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def documented() -> str:
    """Read the tables that the document has."""
    return document.read(PLACE)


def main(arguments: Sequence[str]) -> int:
    """Run the whole matrix and show it."""
    logging.disable(logging.CRITICAL)  # it is all trouble
    found = {}
    for name in (*WHOLE, *OTHERS):
        with TemporaryDirectory(prefix="loudhailer-matrix-") as folder:
            found[name] = run(PERSONALITIES[name], Path(folder))
    text = tables(found)
    sys.stdout.write(text)
    if "--write" in arguments:
        document.write(PLACE, text)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
