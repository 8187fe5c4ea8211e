"""What users send as a workbook or csv, opened safely; what they get back, marked where wrong."""

from shuangyong_core.sheets.book import LIMITS, Book, Cell, Limits, Row, Sheet
from shuangyong_core.sheets.marking import Mark, mark_cells
from shuangyong_core.sheets.opening import open_book, open_rows
from shuangyong_core.sheets.refusing import problem_at, why_unusable
from shuangyong_core.sheets.tables import Table, TableRow, find_table
from shuangyong_core.sheets.writing import csv_text, new_book_options, write_csv

__all__ = [
    "LIMITS",
    "Book",
    "Cell",
    "Limits",
    "Mark",
    "Row",
    "Sheet",
    "Table",
    "TableRow",
    "csv_text",
    "find_table",
    "mark_cells",
    "new_book_options",
    "open_book",
    "open_rows",
    "problem_at",
    "why_unusable",
    "write_csv",
]
