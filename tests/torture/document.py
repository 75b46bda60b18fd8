"""The places in docs/reliability.md that a command fills in.

<!-- what it is: its command -->
...
<!-- end of what it is: its command -->
"""

from __future__ import annotations

from pathlib import Path

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "reliability.md"


def read(place: str) -> str:
    """Read what stands in a place.

    Raises:
        AssertionError: the document has no such place.
    """
    return _parts(place)[1].strip("\n") + "\n"


def write(place: str, text: str) -> None:
    """Put a text into a place, instead of what stands there.

    Raises:
        AssertionError: the document has no such place.
    """
    before, _, after = _parts(place)
    inside = text.strip("\n")
    DOCUMENT.write_text(f"{before}\n{inside}\n\n{after}", encoding="utf-8")


def _parts(place: str) -> tuple[str, str, str]:
    begin, end = f"<!-- {place} -->\n", f"<!-- end of {place} -->\n"
    before, found, rest = DOCUMENT.read_text(encoding="utf-8").partition(begin)
    inside, also_found, after = rest.partition(end)
    if not (found and also_found):
        raise AssertionError(f"{DOCUMENT} has no place for {place}")
    return before + begin, inside, end + after
