"""Whatever is in a file: nothing raises, no row vanishes, and what we write reads back."""

from __future__ import annotations

import csv
import io

from hypothesis import given
from hypothesis import strategies as st

from bot.tables import Column, read
from bot.text import TextError, clean

WORDS = st.text(max_size=30)
HEADINGS = st.sampled_from(["Date", "Text", "Zeit", "Link", "Mood", "Notes", "", "Texto", "Tag"])


@given(st.binary(max_size=400), st.sampled_from(["a.csv", "a.tsv", "a.ods", "a", ""]))
def test_any_bytes_are_answered(raw: bytes, name: str) -> None:
    """A volunteer's file never stops the rest."""
    if not raw.startswith(b"PK\x03\x04"):  # that starts a process: see the hostile ones
        table = read(raw, name)
        assert table.rows or table.faults or table.headings


@given(
    header=st.lists(HEADINGS, min_size=1, max_size=5),
    rows=st.lists(st.lists(WORDS, max_size=6), max_size=8),
    separator=st.sampled_from(",;\t|"),
)
def test_rows_and_faults_account_for_every_row(
    header: list[str], rows: list[list[str]], separator: str
) -> None:
    """A row that is neither taken nor told of would be a post that nobody misses."""
    written = io.StringIO(newline="")
    writer = csv.writer(written, delimiter=separator)
    writer.writerow(header)
    for row in rows:
        writer.writerow([cell.replace("\0", "") for cell in row])
    raw = written.getvalue().encode("utf-8", "ignore")
    table = read(raw, "a.csv")
    if table.refused or not table.headings:
        return
    told = {row.number for row in table.rows} | {f.row for f in table.faults if f.row}
    back = csv.reader(io.StringIO(raw.decode(), newline=""), delimiter=separator)
    full = {n for n, row in enumerate(back, start=1) if any(cell.strip() for cell in row)}
    taken = {row.number for row in table.rows}
    assert taken.isdisjoint({f.row for f in table.faults if f.row and f.refuses})
    assert len(full - told) <= 1  # the header, wherever it was found


TEXTS = WORDS.filter(lambda text: bool(_cleaned(text))).map(lambda text: f"a{text}")


def _cleaned(text: str) -> str:
    try:
        return clean(text).strip()
    except TextError:
        return ""


@given(
    texts=st.lists(TEXTS, min_size=1, max_size=6),
    day=st.dates(),
    separator=st.sampled_from(",;\t|"),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_what_we_write_reads_back(
    texts: list[str], day: object, separator: str, encoding: str
) -> None:
    """Through any separator, any quoting and any Unicode."""
    written = io.StringIO(newline="")
    writer = csv.writer(written, delimiter=separator)
    writer.writerow(["Link", "Text", "Extra"])
    for text in texts:
        writer.writerow(["https://example.org/?a=1,2;3|4", text.replace("\0", ""), str(day)])
    table = read(written.getvalue().encode(encoding, "ignore"), "a.csv")
    assert [row.cells[Column.TEXT] for row in table.rows] == [_cleaned(text) for text in texts]
    assert [row.others["Extra"] for row in table.rows] == [str(day)] * len(texts)
