"""Workbooks as spreadsheet programs write them, put together byte by byte."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from xml.sax.saxutils import escape, quoteattr

from bot.tables.model import column_letter

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STYLES = (
    f'<styleSheet xmlns="{MAIN}"><fonts count="1"><font/></fonts><fills count="1"><fill/></fills>'
    '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="4"><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="20"/>'
    '<xf numFmtId="22"/></cellXfs></styleSheet>'
)
DATE, TIME, MOMENT = 1, 2, 3


@dataclass(frozen=True)
class Serial:
    """A number that its style shows as a date, a time or both; plain without a style."""

    number: float
    style: int = 0


@dataclass(frozen=True)
class Formula:
    """A cell that is worked out; `value` is what it came to, if it did."""

    text: str
    value: str = ""
    kind: str = "str"


Cell = str | Serial | Formula | None


@dataclass
class Sheet:
    """A sheet; `rows[0]` is row 1. A row that is None is not in the file at all."""

    rows: Sequence[Sequence[Cell] | None]
    name: str = "Plan"
    state: str = "visible"
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    merged: tuple[str, ...] = ()
    extra: str = ""
    """More XML among the rows."""
    files: dict[str, bytes] = field(default_factory=dict)


def xlsx(*sheets: Sheet, from_1904: bool = False, parts: Mapping[str, str] | None = None) -> bytes:
    """Write a workbook; `parts` are further files, or others in place of ours."""
    names = "".join(
        f'<sheet name={quoteattr(s.name)} sheetId="{n}" state="{s.state}" r:id="rId{n}"/>'
        for n, s in enumerate(sheets, start=1)
    )
    relations = "".join(
        f'<Relationship Id="rId{n}" Type="{OFFICE}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in range(1, len(sheets) + 1)
    )
    files = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": "<Relationships "
        'xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
        "</Relationships>",
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">'
        f'<workbookPr date1904="{int(from_1904)}"/><sheets>{names}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": "<Relationships "
        'xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'{relations}<Relationship Id="rId99" Type="{OFFICE}/styles" Target="styles.xml"/>'
        "</Relationships>",
        "xl/styles.xml": STYLES,
        **{f"xl/worksheets/sheet{n}.xml": _sheet(s) for n, s in enumerate(sheets, start=1)},
        **(parts or {}),
    }
    return zipped(files)


def zipped(files: dict[str, str]) -> bytes:
    """Pack files into a ZIP."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return packed.getvalue()


def _sheet(sheet: Sheet) -> str:
    columns = "".join(
        f'<col min="{c + 1}" max="{c + 1}" hidden="1"/>' for c in sorted(sheet.hidden_columns)
    )
    rows = "".join(
        f'<row r="{n}"{" hidden=" + chr(34) + "1" + chr(34) if n in sheet.hidden_rows else ""}>'
        + "".join(_cell(f"{column_letter(c)}{n}", cell) for c, cell in enumerate(row))
        + "</row>"
        for n, row in enumerate(sheet.rows, start=1)
        if row is not None
    )
    merged = "".join(f'<mergeCell ref="{area}"/>' for area in sheet.merged)
    return (
        f'<worksheet xmlns="{MAIN}">{f"<cols>{columns}</cols>" if columns else ""}'
        f"<sheetData>{rows}{sheet.extra}</sheetData>"
        f"{f'<mergeCells>{merged}</mergeCells>' if merged else ''}</worksheet>"
    )


def _cell(place: str, cell: Cell) -> str:
    if cell is None or cell == "":
        return f'<c r="{place}" s="1"/>'  # coloured, or with a border, but empty
    if isinstance(cell, Serial):
        return f'<c r="{place}" s="{cell.style}"><v>{cell.number!r}</v></c>'
    if isinstance(cell, Formula):
        value = f"<v>{escape(cell.value)}</v>" if cell.value else ""
        return f'<c r="{place}" t="{cell.kind}"><f>{escape(cell.text)}</f>{value}</c>'
    text = escape(cell)
    return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'


def ods(rows: str, before: str = "", styles: str = "") -> bytes:
    """Write an OpenDocument sheet of raw rows; `before` are tables in front of it."""
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text", "style")
    )
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "META-INF/manifest.xml": "<manifest/>",
            "content.xml": f"<office:document-content {spaces}>"
            f"<office:automatic-styles>{styles}</office:automatic-styles>"
            f"<office:body><office:spreadsheet>{before}"
            f'<table:table table:name="Plan">{rows}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>",
        }
    )


def ods_row(*cells: str, **attributes: str) -> str:
    """Write a row of texts; a cell that begins with `<` is taken as XML."""
    inner = "".join(
        cell
        if cell.startswith("<")
        else f'<table:table-cell office:value-type="string"><text:p>{escape(cell)}</text:p>'
        "</table:table-cell>"
        for cell in cells
    )
    given = "".join(f' table:{k.replace("_", "-")}="{v}"' for k, v in attributes.items())
    return f"<table:table-row{given}>{inner}</table:table-row>"
