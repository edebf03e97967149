"""Tables that leave the site as XLSX or CSV; what begins like a formula stays text."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

from openpyxl import Workbook


def _safe(value: Any) -> Any:
    return "'" + value if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r")) else value


def write_xlsx(header: Sequence[str], rows: Iterable[Sequence[Any]], title: str = "") -> bytes:
    book = Workbook()
    sheet = book.active
    for row in (header, *rows):
        sheet.append([_safe(value) for value in row])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def write_csv(header: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    file = io.StringIO()
    csv.writer(file).writerows([[_safe(value) for value in row] for row in (header, *rows)])
    return file.getvalue().encode("utf-8-sig")
