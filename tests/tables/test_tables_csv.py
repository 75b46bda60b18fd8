"""CSV as spreadsheet programs and people write it."""

from __future__ import annotations

import pytest

from bot.reasons import say
from bot.tables import MOST_BYTES, MOST_ROWS, Column, Tool, read
from tests.tables.reading import codes, column, csv, said

GERMAN = (
    "Datum;Uhrzeit;Text;Link;Bild;Alternativtext;Netzwerke;Sprache\r\n"
    '24.12.2026;9:30;"Freiheit für Assange, jetzt!\nHeute in Köln; alle kommen.";'
    "https://example.org/a?b=1;köln.jpg;Menschen vor dem Dom;X, Mastodon;de\r\n"
    '31.12.2026;14:00 Uhr;"Er sagte: ""Nie wieder.""";;;;;\r\n'
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be"])
def test_a_german_excels_csv_is_read_in_every_unicode(encoding: str) -> None:
    """Semicolons, quoted line breaks, doubled quotation marks, local dates; any Unicode."""
    mark = "\ufeff" if encoding == "utf-16-be" else ""
    table = read((mark + GERMAN).encode(encoding), "Plan.csv")
    assert table.faults == ()
    assert [row.number for row in table.rows] == [2, 3]
    assert table.rows[0].cells == {
        Column.DATE: "2026-12-24",
        Column.TIME: "09:30",
        Column.TEXT: "Freiheit für Assange, jetzt!\nHeute in Köln; alle kommen.",
        Column.LINK: "https://example.org/a?b=1",
        Column.IMAGE: "köln.jpg",
        Column.ALT: "Menschen vor dem Dom",
        Column.NETWORKS: "X, Mastodon",
        Column.LANGUAGE: "de",
    }
    assert table.rows[1].cells[Column.TEXT] == 'Er sagte: "Nie wieder."'


def test_excels_old_encoding_is_refused_with_the_menu_item_to_choose() -> None:
    """A German Excel's default CSV: guessing would garble it, "save as UTF-8" helps nobody."""
    table = read(GERMAN.encode("cp1252"), "Plan.csv")
    assert table.refused
    assert codes(table) == [(None, "table-not-utf8")]
    assert "„CSV UTF-8 (durch Trennzeichen getrennt)“" in say(table.faults[0].reason, "de")


def test_excels_unicode_text_with_tabs_is_read() -> None:
    """What Excel saves as "Unicode Text": UTF-16 with tabs."""
    raw = "Date\tTime\tText\r\n2026-12-24\t9:30 AM\tComma, semicolon; tab\r\n".encode("utf-16")
    assert column(read(raw, "plan.tsv")) == ["Comma, semicolon; tab"]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_the_header_tells_the_separator(separator: str) -> None:
    """Not the commas, semicolons and bars of the texts, of which there may be more."""
    text = "One, two; three, four; five | six, seven; eight\tnine"
    table = csv(f'Date{separator}Text{separator}Link\n2026-01-02{separator}"{text}"{separator}\n')
    assert column(table) == [text.replace("\t", " ")]


def test_excels_separator_line_decides_and_does_not_count() -> None:
    """Excel and LibreOffice do not show it, so the rows' numbers go without it."""
    table = csv("sep=|\r\nText|Link\r\nHello; you, all|\r\n")
    assert (column(table), table.rows[0].number) == (["Hello; you, all"], 2)


def test_rows_are_counted_as_the_spreadsheet_shows_them() -> None:
    """A text over three lines is one row, an empty line is a row."""
    table = csv('Text\n"a\nb\nc"\n\nd\n')
    assert [(row.number, row.cells[Column.TEXT]) for row in table.rows] == [
        (2, "a\nb\nc"),
        (4, "d"),
    ]


def test_an_open_quotation_mark_takes_no_row_with_it_unseen() -> None:
    """Rows before it are kept; two rows read as one are worse than two rows to mend."""
    table = csv('Text;Link\nfirst;\n"second;\nthird;\n"fourth";\n"fifth;\n')
    assert column(table) == ["first"]
    assert (6, "table-open-quote") not in codes(table)
    assert {code for _, code in codes(table)} == {"table-open-quote"}
    assert min(row for row, _ in codes(table) if row) == 3


def test_an_unquoted_separator_in_a_text_is_noticed() -> None:
    """Otherwise half a sentence would go out, with the other half as its link."""
    table = csv("Date,Text,Link\n2026-01-02,Free him, now!,https://example.org\n")
    assert (table.rows, codes(table)) == ((), [(2, "table-too-many-cells")])


def test_empty_rows_totals_titles_and_sections_are_no_posts() -> None:
    """They are left out, and told, and nothing has to be mended."""
    table = csv(
        "Content calendar 2026,,\n,,\nDate,Text,Signs\n2026-01-02,One,3\n,,\nWeek 2,,\n"
        "2026-01-09,Two,3\nDate,Text,Signs\n,Total,6\nTotal,,6\nSumme,2,\n"
    )
    assert column(table) == ["One", "Two"]
    left_out = [(row, True) for row in (1, 6, 8, 9, 10, 11)]
    assert [(f.row, f.reason.code == "table-left-out") for f in table.faults] == left_out
    assert not any(fault.refuses for fault in table.faults)


def test_a_row_without_text_is_to_be_mended() -> None:
    """Unlike a total it has what only a post has."""
    table = csv("Date,Text,Link\n2026-01-02,,https://example.org\n")
    assert [(f.row, f.reason.code, f.heading, f.refuses) for f in table.faults] == [
        (2, "table-no-text", "Text", True)
    ]


def test_without_a_text_column_the_headings_found_are_told() -> None:
    """The person sees what was read, and what to name the column."""
    table = csv("Datum;Thema;Verantwortlich\n24.12.2026;Mahnwache;Ada\n")
    assert table.refused
    assert "Datum, Thema, Verantwortlich" in said(table)


def test_columns_nobody_knows_are_kept_and_the_teams_notes_are_not() -> None:
    """What is not understood can be shown; remarks are nobody's business."""
    table = csv("Text,Mood,Notes,Status\nHello,angry,ask Ada,draft\n")
    assert table.rows[0].cells == {Column.TEXT: "Hello"}
    assert table.rows[0].others == {"Mood": "angry"}
    shown = [(h.letter, h.name, h.column) for h in table.headings]
    assert shown[1:3] == [("B", "Mood", None), ("C", "Notes", Column.NOTES)]


def test_of_two_columns_with_one_meaning_the_surer_is_read() -> None:
    """A "Day" beside a "Date" holds weekdays; that it was not read is told."""
    table = csv("Day,Date,Text\nThursday,2026-12-24,Hello\n")
    assert table.rows[0].cells[Column.DATE] == "2026-12-24"
    assert [(f.heading, f.reason.code, f.refuses) for f in table.faults] == [
        ("Day", "table-column-twice", False)
    ]


def test_buffers_layout_is_known() -> None:
    """Its Tags are labels among its users, not hashtags."""
    table = csv(
        "Text,Image URL,Tags,Posting Time\nHi,https://i.example/a.png,sale,2026-01-15 10:00\n"
    )
    assert table.tool is Tool.BUFFER
    assert table.rows[0].cells == {
        Column.TEXT: "Hi",
        Column.IMAGE: "https://i.example/a.png",
        Column.DATE: "2026-01-15",
        Column.TIME: "10:00",
    }


def test_hootsuites_layout_without_a_header_is_known() -> None:
    """Date and time, message, link; the first line is a row, too."""
    table = csv('24/12/2026 14:05,"Hello, you",https://example.org\n25/12/2026 15:00,Two,\n')
    assert table.tool is Tool.HOOTSUITE
    assert [row.number for row in table.rows] == [1, 2]
    assert table.rows[0].cells == {
        Column.DATE: "2026-12-24",
        Column.TIME: "14:05",
        Column.TEXT: "Hello, you",
        Column.LINK: "https://example.org",
    }


@pytest.mark.parametrize(
    "text",
    ["=1+1", "=SUM(A1:A9)", "= SUM(A1)", "@SUM(A1)", "+SUM(1)", "=cmd|' /C calc'!A0", "+cmd|x!A0"],
)
def test_what_a_spreadsheet_would_work_out_is_refused(text: str) -> None:
    """A text that does something where it is opened next is no text."""
    assert codes(csv(f'Text\n"{text}"\n')) == [(2, "table-formula")]


@pytest.mark.parametrize(
    "text",
    ["- 3 more days", "-10% of the vote", "@amnesty asks", "+++ Breaking +++", "== Today ==",
     "=> go", "+49 30 1234", "@Reporter (in court) says", "-demo(Berlin)"],
)  # fmt: skip
def test_ordinary_prose_is_no_formula(text: str) -> None:
    """Posts begin with dashes, plus signs and handles."""
    assert column(csv(f'Text\n"{text}"\n')) == [text]


def test_a_formula_in_a_column_that_nobody_reads_does_no_harm() -> None:
    """Character counts stand in half of all calendars."""
    table = csv("Text,Chars,Left\nHello,=LEN(A2),=280-B2\n")
    assert (column(table), codes(table)) == (["Hello"], [])


def test_cells_are_cleaned_and_tricks_refused() -> None:
    """As every text that goes out: invisible rubbish drops, a bidi override is refused."""
    table = csv("Text\nHe\u200bllo\u00ad e\u0301\nab\u202ecd\n")
    assert column(table) == ["Hello é"]
    assert codes(table) == [(3, "table-odd-signs")]


def test_too_much_is_refused_in_words() -> None:
    """Sizes are told with the limit, and nothing is read halfway."""
    assert codes(read(b"x" * (MOST_BYTES + 1), "a.csv")) == [(None, "table-too-large")]
    rows = "Text\n" + "x\n" * (MOST_ROWS + 1)
    assert codes(csv(rows)) == [(None, "table-too-many-rows")]
    assert "5,000" in said(csv(rows))
    assert len(csv("Text\n" + "x\n" * MOST_ROWS).rows) == MOST_ROWS
    assert codes(csv("Text" + "," * 300 + "x")) == [(None, "table-too-many-columns")]
    assert codes(csv(f"Text;Link\n{'x' * 200_000};\ny;\n")) == [(2, "table-cell-too-long")]


@pytest.mark.parametrize(
    ("raw", "name", "code"),
    [
        (b"", "a.csv", "table-empty"),
        (b"\xef\xbb\xbf\r\n", "a.csv", "table-empty"),
        (b" \n\n", "a.tsv", "table-empty"),
        (b"Text\nx\n", "a.txt", "table-unreadable-kind"),
        (b"Te\0xt\nx\n", "a.csv", "table-damaged"),
        (b"\xff\xfeT\0\n", "a.csv", "table-damaged"),
        (b"", "a.xlsx", "table-empty"),
        (b"<html>", "a.xls", "table-damaged"),
        (b"\xd0\xcf\x11\xe0 old", "a.xls", "table-old-excel"),
    ],
)
def test_what_is_no_table_is_named(raw: bytes, name: str, code: str) -> None:
    """Each kind of wrong file gets the answer that helps."""
    table = read(raw, name)
    assert (table.rows, codes(table)) == ((), [(None, code)])
