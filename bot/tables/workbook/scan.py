"""Looks through a workbook for what the reading library does not tell. Standard library only.

Which sheet is the first that can be seen, which of its rows and columns are hidden, which cells
are formulas, what is merged, and how far it reaches: the last before any cell is built, so that
a file of 4 MB cannot ask for gigabytes.
"""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from bot.tables.workbook.ods import scan_ods
    from bot.tables.workbook.parts import MOST_PARTS, MOST_UNPACKED, Limits, Refused, Sheet
    from bot.tables.workbook.xlsx import scan_xlsx
else:  # this folder is all that there is to import from
    from ods import scan_ods
    from parts import MOST_PARTS, MOST_UNPACKED, Limits, Refused, Sheet
    from xlsx import scan_xlsx

_ODS = "application/vnd.oasis.opendocument.spreadsheet"


def scan(file: BinaryIO, limits: Limits) -> Sheet:
    """Look through the first sheet that can be seen.

    Raises:
        Refused: it is no workbook, damaged, too large, or has no sheet to read.
    """
    try:
        with zipfile.ZipFile(file) as parts:
            names = set(parts.namelist())
            infos = parts.infolist()
            if len(infos) > MOST_PARTS or sum(i.file_size for i in infos) > MOST_UNPACKED:
                raise Refused("table-takes-too-much")
            if any(i.flag_bits & 1 for i in infos):
                raise Refused("table-locked")
            if "xl/workbook.xml" in names:
                return scan_xlsx(parts, limits)
            if "mimetype" in names and parts.read("mimetype")[:100].decode("latin-1") == _ODS:
                if b"encryption-data" in parts.read("META-INF/manifest.xml"):
                    raise Refused("table-locked")
                return scan_ods(parts, limits)
    except (zipfile.BadZipFile, KeyError, EOFError, NotImplementedError, OSError) as error:
        raise Refused("table-damaged") from error
    raise Refused("table-unreadable-kind")
