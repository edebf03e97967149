"""Tables that leave the site as XLSX or CSV; what begins like a formula stays text."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any
from unicodedata import east_asian_width

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from app.core.county_time import COUNTY_TIME

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
CELL_LIMIT = 32_767  # letters, Excel's own
_SHEET_NAME_LIMIT = 31
_HEAD_FILL = PatternFill("solid", fgColor="FFE8EEF5")


def plain(value: Any) -> str | int | float | date | None:
    """A value as a cell can hold it: moments in local time, lists joined by 、, yes and no in words.

    Control characters, which no workbook may hold, are dropped; so is a time zone, which no cell can hold.
    """
    if value is None or (isinstance(value, int | float) and not isinstance(value, bool | Enum)):
        return value
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime):
        return value.astimezone(COUNTY_TIME).replace(tzinfo=None, microsecond=0) if value.tzinfo else value
    if isinstance(value, date):
        return value
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, list | tuple | set | frozenset):
        return plain("、".join(str(each) for each in value))
    text = str(value.value) if isinstance(value, Enum) else str(value)
    return ILLEGAL_CHARACTERS_RE.sub("", text)


def write_xlsx(header: Sequence[str], rows: Iterable[Sequence[Any]], title: str = "") -> bytes:
    """A workbook of one sheet with a frozen head. A text stays a text, whatever it begins with."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_sheet_name(title))
    table = [[plain(value) for value in row] for row in rows]
    sheet.freeze_panes = "A2"
    for index, width in enumerate(_widths(header, table), 1):
        sheet.column_dimensions[get_column_letter(index)].width = width
    head = [_cell(sheet, label) for label in header]
    for cell in head:
        cell.font, cell.fill = Font(bold=True), _HEAD_FILL
    sheet.append(head)
    for row in table:
        sheet.append([_cell(sheet, value) for value in row])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def write_csv(header: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """UTF-8 with a byte order mark, so that Excel shows Chinese.

    CSV knows no text cells: what begins like a formula gets an apostrophe in front.
    """
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow([_guarded(label) for label in header])
    for row in rows:
        writer.writerow([_guarded(value) for value in row])
    return file.getvalue().encode("utf-8-sig")


def _guarded(value: Any) -> Any:
    value = plain(value)
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M")
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA_STARTS) else value


def _cell(sheet: WriteOnlyWorksheet, value: Any) -> Cell:
    cell: Cell = WriteOnlyCell(sheet)
    if isinstance(value, str):
        cell.value = value[:CELL_LIMIT]
        cell.data_type = "s"  # whatever the library takes it for: formula, error code
        cell.quotePrefix = value.startswith(FORMULA_STARTS)  # still text after somebody edits it in Excel
        if "\n" in value:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    else:
        cell.value = value
        if isinstance(value, datetime):
            cell.number_format = "yyyy-mm-dd hh:mm"
    return cell


def _sheet_name(title: str) -> str:
    kept = "".join(letter for letter in title if letter.isprintable() and letter not in r"[]:*?/\'")
    return kept[:_SHEET_NAME_LIMIT].strip() or "表1"


def _widths(header: Sequence[str], rows: Sequence[Sequence[Any]]) -> list[float]:
    """Column widths for the first rows, a Chinese letter counting twice, never wider than can be read."""
    widest = [_columns(label) for label in header]
    for row in rows[:200]:
        for index, value in enumerate(row[: len(widest)]):
            widest[index] = max(widest[index], _columns(value))
    return [min(max(width + 2, 8), 60) for width in widest]


def _columns(value: Any) -> int:
    lines = str(value if value is not None else "").splitlines() or [""]
    return max(sum(2 if east_asian_width(letter) in "WF" else 1 for letter in line[:80]) for line in lines)
