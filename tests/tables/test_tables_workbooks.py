"""Workbooks of Excel and LibreOffice, read in a process of their own."""

from __future__ import annotations

import pytest

from bot.tables import Column, DateOrder, read
from tests.tables.books import (
    DATE,
    MOMENT,
    TIME,
    Formula,
    Serial,
    Sheet,
    ods,
    ods_row,
    xlsx,
)
from tests.tables.reading import codes, column, said

HEADER = ("Datum", "Uhrzeit", "Text", "Zeichen")
CHRISTMAS_EVE = 46380
"""24 December 2026, in days since 30 December 1899."""
HALF_PAST_NINE = 9.5 / 24


def test_a_german_excels_workbook_is_read() -> None:
    """Dates and times are numbers there, whatever the program shows."""
    raw = xlsx(
        Sheet(
            [
                ("Redaktionsplan",),
                None,
                HEADER,
                (Serial(CHRISTMAS_EVE, DATE), Serial(HALF_PAST_NINE, TIME), "Grüße\nan alle ", ""),
                ("24.12.2026", "14:00 Uhr", "zwei", Serial(4)),
                (Serial(CHRISTMAS_EVE + HALF_PAST_NINE, MOMENT), None, "drei"),
                (Serial(CHRISTMAS_EVE), Serial(HALF_PAST_NINE), "vier"),
            ]
        )
    )
    table = read(raw, "Plan.xlsx")
    assert [row.number for row in table.rows] == [4, 5, 6, 7]
    assert column(table) == ["Grüße\nan alle", "zwei", "drei", "vier"]
    assert column(table, Column.DATE) == ["2026-12-24"] * 4
    assert column(table, Column.TIME) == ["09:30", "14:00", "09:30", "09:30"]
    assert codes(table) == [(1, "table-left-out")]
    assert table.sheet == "Plan"


def test_a_workbook_that_counts_from_1904_names_the_same_days() -> None:
    """Old Macs' workbooks are four years and a day off if nobody looks."""
    days = CHRISTMAS_EVE - 1462
    rows = [
        HEADER,
        (Serial(days, DATE), Serial(HALF_PAST_NINE, TIME), "styled"),
        (Serial(days + HALF_PAST_NINE), None, "bare"),
    ]
    table = read(xlsx(Sheet(rows), from_1904=True), "mac.xlsx")
    assert column(table, Column.DATE) == ["2026-12-24"] * 2
    assert column(table, Column.TIME) == ["09:30"] * 2


def test_a_fraction_lost_is_no_minute_lost() -> None:
    """A third of a day and the like cannot be written exactly."""
    rows = [HEADER] + [
        (Serial(CHRISTMAS_EVE, DATE), Serial(m / 1440, TIME), "x") for m in range(90)
    ]
    table = read(xlsx(Sheet(rows)), "a.xlsx")
    assert column(table, Column.TIME) == [f"{m // 60:02}:{m % 60:02}" for m in range(90)]


def test_formulas_are_refused_where_they_would_be_posted() -> None:
    """With or without a value; errors, too; and a count of characters does no harm."""
    raw = xlsx(
        Sheet(
            [
                HEADER,
                (Formula("A1+7", "46380", "n"), None, "a", Formula("LEN(C2)", "1", "n")),
                (None, None, Formula('"a"&"b"', "ab"), Formula("LEN(C3)")),
                (None, None, Formula("WEBSERVICE(1)"), None),
                (None, None, Formula("1/0", "#DIV/0!", "e"), None),
                (None, None, "fine", Formula("LEN(C6)", "4", "n")),
            ]
        )
    )
    table = read(raw, "a.xlsx")
    assert column(table) == ["fine"]
    assert table.rows[0].others == {}
    assert codes(table) == [(row, "table-formula") for row in (2, 3, 4, 5)]


def test_what_is_hidden_is_not_read_and_told() -> None:
    """A person hides what is not for others; the first sheet they see is read."""
    visible = Sheet(
        [("Text", "Link", "Hashtags"), ("one", "", "#a"), ("two", "", "#b"), ("three", "", "#c")],
        name="Dezember",
        hidden_rows=frozenset((3,)),
        hidden_columns=frozenset((2,)),
    )
    raw = xlsx(
        Sheet([("Text",), ("secret",)], name="Intern", state="hidden"),
        Sheet([("Text",), ("macro",)], name="Tief", state="veryHidden"),
        visible,
        Sheet([("Text",), ("later",)], name="Januar"),
    )
    table = read(raw, "a.xlsx")
    assert (table.sheet, column(table)) == ("Dezember", ["one", "three"])
    assert Column.HASHTAGS not in table.rows[0].cells
    assert table.rows[0].others == {}
    assert codes(table) == [
        (None, "table-other-sheets"), (None, "table-hidden-column"), (3, "table-hidden-row"),
    ]  # fmt: skip
    assert "Januar" in said(table)
    assert "Intern" not in said(table)


def test_a_workbook_with_nothing_to_see_is_refused() -> None:
    """Its only sheet is hidden; or nothing is in it."""
    hidden = xlsx(Sheet([("Text",), ("x",)], state="hidden"))
    assert codes(read(hidden, "a.xlsx")) == [(None, "table-no-sheet")]
    assert codes(read(xlsx(Sheet([])), "a.xlsx")) == [(None, "table-empty")]


def test_a_date_merged_over_rows_is_each_rows_date() -> None:
    """As the person sees it; a merged title is no row, and merging fills no empty row."""
    raw = xlsx(
        Sheet(
            [
                HEADER,
                (Serial(CHRISTMAS_EVE, DATE), "9:00", "a"),
                (None, "10:00", "b"),
                (None, None, None),
                ("Woche 53", None, None),
            ],
            merged=("A2:A4", "A5:D5", "A1:XFD1048576"),
        )
    )
    table = read(raw, "a.xlsx")
    assert column(table, Column.DATE) == ["2026-12-24", "2026-12-24"]
    assert [row for row, _ in codes(table)] == [5]


def test_numbers_and_truths_in_texts_read_as_they_are_shown() -> None:
    """2026 is not 2026.0."""
    table = read(xlsx(Sheet([("Text", "x"), (Serial(2026), ""), (Serial(1.5), "")])), "a.xlsx")
    assert column(table) == ["2026", "1.5"]


def test_a_libreoffice_sheet_is_read() -> None:
    """Dates with their type, repeated cells and rows, formulas, hidden rows and tables."""
    day = '<table:table-cell office:value-type="date" office:date-value="2026-12-24"/>'
    formula = (
        '<table:table-cell table:formula="of:=1" office:value-type="string"><text:p>x</text:p>'
        "</table:table-cell>"
    )
    rows = (
        ods_row("Date", "Text")
        + ods_row(day, "one")
        + ods_row('<table:table-cell table:number-columns-repeated="2"/>', number_rows_repeated="3")
        + ods_row(day, formula)
        + ods_row("", "hidden", visibility="filter")
        + ods_row("4/12/2026", "two")
        + ods_row('<table:table-cell table:number-columns-repeated="1024"/>',
                  number_rows_repeated="1048000")
    )  # fmt: skip
    styles = (
        '<style:style style:name="off"><style:table-properties table:display="false"/>'
        "</style:style>"
    )
    before = f'<table:table table:name="Old" table:style-name="off">{ods_row("Text")}</table:table>'
    table = read(ods(rows, before, styles), "plan.ods", DateOrder.DAY_FIRST)
    assert (table.sheet, column(table)) == ("Plan", ["one", "two"])
    assert [row.number for row in table.rows] == [2, 8]
    assert column(table, Column.DATE) == ["2026-12-24", "2026-12-04"]
    assert codes(table) == [(6, "table-formula"), (7, "table-hidden-row")]


@pytest.mark.parametrize("name", ["plan.csv", "plan", "plan.xlsx", "../Plan.XLSX"])
def test_a_workbook_is_known_by_what_it_is(name: str) -> None:
    """Files are renamed by people who think that this converts them."""
    assert column(read(xlsx(Sheet([("Text",), ("x",)])), name)) == ["x"]
