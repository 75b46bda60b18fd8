"""Workbooks (.xlsx, .ods), read in a process of its own; see `reading.py`."""

from bot.tables.workbook.reading import read_workbook

__all__ = ["read_workbook"]
