"""Files made to do harm: each is refused in words, soon, and without much memory."""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.tables import MOST_ROWS, read
from tests.tables.books import MAIN, Formula, Serial, Sheet, ods, ods_row, xlsx, zipped
from tests.tables.reading import codes, column

SHEET = f'<worksheet xmlns="{MAIN}"><sheetData>{{}}</sheetData></worksheet>'
ROWS = '<row r="1"><c r="A1" t="inlineStr"><is><t>Text</t></is></c></row>'
LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>'
)


def with_sheet(xml: str) -> bytes:
    """A workbook whose sheet is this XML."""
    return xlsx(Sheet([]), parts={"xl/worksheets/sheet1.xml": xml})


def shared_strings(entries: str) -> bytes:
    """A workbook whose words are in a table of their own, as Excel keeps them."""
    raw = io.BytesIO(with_sheet(SHEET.format(ROWS)))
    relations = "xl/_rels/workbook.xml.rels"
    with zipfile.ZipFile(raw) as archive:
        files = {name: archive.read(name).decode() for name in archive.namelist()}
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
    link = f'<Relationship Id="rId77" Type="{kind}" Target="sharedStrings.xml"/></Relationships>'
    files[relations] = files[relations].replace("</Relationships>", link)
    files["xl/sharedStrings.xml"] = f'<sst xmlns="{MAIN}">{entries}</sst>'
    return zipped(files)


def lying() -> bytes:
    """A workbook of 80 MB of rows that says it has a thousand bytes of them."""
    xml = SHEET.format("<row/>" * 13_981_013)
    told = len(xml).to_bytes(4, "little")
    raw = with_sheet(xml)
    assert raw.count(told) == 2
    return raw.replace(told, (1000).to_bytes(4, "little"))


def encrypted() -> bytes:
    """The beginning of what Excel writes when a password is set."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le")


HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "encrypted": (encrypted, "table-locked"),
    "a bomb that tells": (
        lambda: with_sheet(SHEET.format("<row/>" * 13_000_000)),
        "table-takes-too-much",
    ),
    "a bomb that lies": (lying, "table-damaged"),
    "a bomb of strings": (
        lambda: shared_strings("<si><t/></si>" * 4_000_000),
        "table-no-rows",  # read, and found to be nothing
    ),
    "a million rows": (
        lambda: with_sheet(SHEET.format("<row><c><v>1</v></c></row>" * 1_048_576)),
        "table-too-many-rows",
    ),
    "a cell at the far end": (
        lambda: with_sheet(SHEET.format(ROWS + '<row r="1048576"><c><v>1</v></c></row>')),
        "table-far-row",
    ),
    "16,384 columns": (
        lambda: with_sheet(SHEET.format('<row r="1">' + "<c><v>1</v></c>" * 16_384 + "</row>")),
        "table-too-many-columns",
    ),
    "deep XML": (
        lambda: with_sheet(SHEET.format("<row>" * 100_000 + "</row>" * 100_000)),
        "table-damaged",
    ),
    "entities": (lambda: with_sheet(LAUGHS + SHEET.format("<row>&c;</row>")), "table-damaged"),
    "an outside entity": (
        lambda: with_sheet(
            '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + SHEET.format("&a;")
        ),
        "table-damaged",
    ),
    "cut off": (lambda: xlsx(Sheet([("Text",), ("x",)]))[:-200], "table-damaged"),
    "no workbook": (lambda: zipped({"word/document.xml": "<x/>"}), "table-unreadable-kind"),
    "too many parts": (
        lambda: zipped({f"xl/{n}": "" for n in range(3000)}),
        "table-takes-too-much",
    ),
    "a sheet elsewhere": (
        lambda: xlsx(
            Sheet([]),
            parts={
                "xl/_rels/workbook.xml.rels": '<Relationships><Relationship Id="rId1" '
                'Type="x/worksheet" Target="../../../etc/passwd"/></Relationships>'
            },
        ),
        "table-damaged",
    ),
    "an .ods that repeats a cell": (
        lambda: ods(
            ods_row("Text")
            + '<table:table-row table:number-rows-repeated="1000000"><table:table-cell '
            'office:value-type="string" table:number-columns-repeated="200"><text:p>x</text:p>'
            "</table:table-cell></table:table-row>"
        ),
        "table-far-row",
    ),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_workbook_is_refused_in_words(what: str) -> None:
    """By a limit that is meant for it, not by luck; and without waiting for the clock."""
    build, code = HOSTILE[what]
    raw = build()
    start = time.monotonic()
    table = read(raw, "a.xlsx")
    assert (table.rows, codes(table)) == ((), [(None, code)])
    assert time.monotonic() - start < 30


def test_the_longest_workbook_fits_into_the_memory_that_reading_may_take() -> None:
    """The limits belong together: what is not refused for its length is not for its memory."""
    rows = [["Text", *["x"] * 9]] + [[str(n), *["y" * 40] * 9] for n in range(MOST_ROWS)]
    assert len(read(xlsx(Sheet(rows)), "a.xlsx").rows) == MOST_ROWS


@pytest.mark.parametrize(
    "number", ["NaN", "INF", "-1", "1e300", "2958466.5", "-46380.5", "0.99999999999", "60"]
)
@pytest.mark.parametrize("style", [0, 1])
def test_absurd_numbers_are_no_dates(number: str, style: int) -> None:
    """A date is a number there, and a number may be anything."""
    row = f'<row r="2"><c r="A2" t="inlineStr"><is><t>x</t></is></c><c r="B2" s="{style}"><v>{number}</v></c></row>'  # noqa: E501 - as it is in a file
    head = ROWS.replace("</row>", '<c r="B1" t="inlineStr"><is><t>Date</t></is></c></row>')
    table = read(with_sheet(SHEET.format(head + row)), "a.xlsx")
    assert table.rows == ()
    assert [row for row, _ in codes(table)] in ([2], [None])


def test_macros_links_and_objects_are_left_alone() -> None:
    """Nothing in a workbook is run or fetched; what stands in its cells is read."""
    raw = xlsx(
        Sheet([("Text",), ("x",), (Formula("'[http://evil.example/a.xlsx]S'!A1", "y"),)]),
        parts={
            "xl/vbaProject.bin": "MZ",
            "xl/externalLinks/externalLink1.xml": "<x/>",
            "xl/embeddings/oleObject1.bin": "MZ",
        },
    )
    table = read(raw, "a.xlsx")
    assert (column(table), codes(table)) == (["x"], [(3, "table-formula")])


@settings(max_examples=12)
@given(
    cut=st.integers(0, 5000),
    junk=st.binary(max_size=30),
    at=st.integers(0, 5000),
)
def test_a_workbook_with_any_bytes_changed_never_raises(cut: int, junk: bytes, at: int) -> None:
    """Whatever falls out of a broken copy, an answer comes."""
    raw = xlsx(Sheet([("Text", "Date"), ("x", Serial(46380, 1))]))
    changed = raw[: at % len(raw)] + junk + raw[at % len(raw) + len(junk) :]
    table = read(changed[: len(changed) - cut % 50], "a.xlsx")
    assert table.rows or table.faults
