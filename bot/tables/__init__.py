"""Reads the spreadsheets that people keep: .csv, .tsv, .xlsx and .ods."""

from bot.tables.entries import Entry, Place, entries, entry
from bot.tables.model import (
    MOST_BYTES,
    MOST_ROWS,
    Column,
    DateOrder,
    Fault,
    Heading,
    Row,
    Table,
    Tool,
)
from bot.tables.names import NAMES, column_named
from bot.tables.reading import SUFFIXES, read

__all__ = [
    "MOST_BYTES",
    "MOST_ROWS",
    "NAMES",
    "SUFFIXES",
    "Column",
    "DateOrder",
    "Entry",
    "Fault",
    "Heading",
    "Place",
    "Row",
    "Table",
    "Tool",
    "column_named",
    "entries",
    "entry",
    "read",
]
