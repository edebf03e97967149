"""Tables that come in: bytes of .xlsx or .csv as rows of text, after checks that no hostile file survives.

Whatever a cell holds becomes text: days as 2026-12-31, whole numbers without a point, formulas as they are written
where the file keeps no result of them. Merged cells repeat their value in every cell that they cover.
"""

import csv
import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from app.core.errors import DomainError

MOST_BYTES = 5 * 1024 * 1024
MOST_UNPACKED = 40 * 1024 * 1024
MOST_XML = 16 * 1024 * 1024
MOST_CELLS = 60_000
MOST_PARTS = 500
MOST_ROWS = 5_000
MOST_LINES = MOST_ROWS + 5  # titles and the head stand above the rows
MOST_COLUMNS = 60
TOO_LONG = f"表超过{MOST_ROWS}行，请把要导入的部分复制到模板里再上传"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
_OTHER_FILES = (
    b"MZ",
    b"\x7fELF",
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"Rar!",
    b"7z\xbc\xaf",
    b"\x1f\x8b",
    b"GIF8",
)
_CELL = re.compile(rb"<(?:\w+:)?c[\s>/]")
_ANY_FORMULA = re.compile(rb"<(?:\w+:)?f[\s>/]")


class TableRefused(DomainError):
    status = 400
    message = "这个文件读不了，请用模板填写后再上传"


def read_cells(data: bytes, filename: str) -> list[list[str]]:
    """The first sheet with content, or the CSV, row by row.

    Raises
    ------
    TableRefused
        Empty, too large, encrypted, not a table, a bomb, damaged: each with its own sentence.
    """
    if not data:
        raise TableRefused("文件是空的")
    if len(data) > MOST_BYTES:
        raise TableRefused(f"文件有{len(data) / 1024 / 1024:.0f}MB，不能超过{MOST_BYTES // 1024 // 1024}MB")
    if data.startswith(_OLE):
        raise TableRefused(
            "文件加了密码，请去掉密码再上传"
            if _ENCRYPTED_STREAM in data
            else "这是旧的.xls格式，请另存为.xlsx再上传"
        )
    if data.startswith(b"PK"):
        return _trimmed(_workbook_rows(data))
    if (
        filename.lower().endswith((".xlsx", ".xlsm", ".xls"))
        or data.startswith(_OTHER_FILES)
        or _is_binary(data)
    ):
        raise TableRefused("这不是Excel或CSV文件，请用模板填写后再上传")
    return _trimmed(_csv_rows(data))


def _trimmed(rows: list[list[str]]) -> list[list[str]]:
    while rows and not any(rows[-1]):
        rows.pop()
    if not rows:
        raise TableRefused("表里没有内容")
    return rows


def _is_binary(data: bytes) -> bool:
    return b"\x00" in data[:4096] and not data.startswith((b"\xff\xfe", b"\xfe\xff"))


# ── CSV ────────────────────────────────────────────────


def _csv_rows(data: bytes) -> list[list[str]]:
    text = _decoded(data)
    head = text[:4096]
    delimiter = max(",;\t，", key=head.count) if any(mark in head for mark in ",;\t，") else ","
    rows: list[list[str]] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            if len(rows) >= MOST_LINES:
                raise TableRefused(TOO_LONG)
            rows.append([_unguarded(cell.strip()) for cell in row[:MOST_COLUMNS]])
    except csv.Error as error:
        raise TableRefused("CSV文件的引号不成对，或有一格太长，请检查后再上传") from error
    return rows


def _unguarded(text: str) -> str:
    """Our own exports put an apostrophe before what begins like a formula."""
    return text[1:] if re.match(r"'[=+\-@]", text) else text


def _decoded(data: bytes) -> str:
    encodings = ("utf-16",) if data.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            return data.decode(encoding).replace("\x00", "")
        except UnicodeDecodeError:
            continue
    raise TableRefused("文字编码看不懂，请用Excel另存为.xlsx或UTF-8的CSV")


# ── XLSX ───────────────────────────────────────────────


def _workbook_rows(data: bytes) -> list[list[str]]:
    has_formulas = _checked_package(data)
    sheet = _first_filled(data, data_only=True)
    formulas = _first_filled(data, data_only=False) if has_formulas else None
    covered = _covered(sheet)
    rows = []
    last_column = min(sheet.max_column, MOST_COLUMNS)
    if sheet.max_row > MOST_LINES:
        raise TableRefused(TOO_LONG)
    for number in range(1, sheet.max_row + 1):
        row = []
        for column in range(1, last_column + 1):
            place = covered.get((number, column), (number, column))
            value = sheet.cell(*place).value
            if value is None and formulas is not None:
                value = formulas.cell(*place).value
            row.append(as_text(value))
        rows.append(row)
    return rows


def _checked_package(data: bytes) -> bool:
    """Refuses every package that is no sound workbook of reasonable size; says whether it holds formulas."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = package.infolist()
            if any(part.flag_bits & 1 for part in parts):
                raise TableRefused("文件加了密码，请去掉密码再上传")
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
                raise TableRefused("文件解开后太大，请把内容复制到模板里再上传")
            names = {part.filename for part in parts}
            if not {"[Content_Types].xml", "xl/workbook.xml"} <= names:
                raise TableRefused("这不是Excel工作簿，请用模板填写后再上传")
            return _checked_xml(
                package, [part for part in parts if part.filename.endswith((".xml", ".rels"))]
            )
    except (
        zipfile.BadZipFile,
        zipfile.LargeZipFile,
        NotImplementedError,
        EOFError,
        OSError,
        zlib.error,
    ) as error:
        raise TableRefused("文件损坏了，请重新保存后再上传") from error


def _checked_xml(package: zipfile.ZipFile, parts: list[zipfile.ZipInfo]) -> bool:
    if sum(part.file_size for part in parts) > MOST_XML:
        raise TableRefused("文件解开后太大，请把内容复制到模板里再上传")
    cells, has_formulas = 0, False
    for part in parts:
        content = package.read(part)
        if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
            raise TableRefused("文件里有不允许的内容，请用模板填写后再上传")
        if part.filename.startswith("xl/worksheets/"):
            cells += sum(1 for _ in _CELL.finditer(content))
            has_formulas = has_formulas or _ANY_FORMULA.search(content) is not None
    if cells > MOST_CELLS:
        raise TableRefused("表里的格子太多，请把内容复制到模板里再上传")
    return has_formulas


def _first_filled(data: bytes, *, data_only: bool) -> Worksheet:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter(
                "ignore"
            )  # what the library cannot keep (extensions, slicers) is of no use here
            book = load_workbook(io.BytesIO(data), data_only=data_only, keep_links=False)
    except Exception as error:  # on a damaged part the library raises whatever it stumbles over
        raise TableRefused("文件损坏了，请重新保存后再上传") from error
    for sheet in book.worksheets:
        if sheet.sheet_state == "visible" and any(cell.value is not None for cell in _some_cells(sheet)):
            return sheet
    raise TableRefused("表里没有内容")


def _some_cells(sheet: Worksheet) -> Iterator[Any]:
    rows, columns = min(sheet.max_row, MOST_LINES), min(sheet.max_column, MOST_COLUMNS)
    for row in sheet.iter_rows(max_row=rows, max_col=columns):
        yield from row


def _covered(sheet: Worksheet) -> dict[tuple[int, int], tuple[int, int]]:
    """Cell that a merge covers → the cell that holds its value; merges over a whole sheet are cut."""
    covered = {}
    for area in list(sheet.merged_cells.ranges)[:2000]:
        for row in range(area.min_row, min(area.max_row, area.min_row + 1000) + 1):
            for column in range(area.min_col, min(area.max_col, MOST_COLUMNS) + 1):
                covered[row, column] = (area.min_row, area.min_col)
    return covered


def as_text(value: Any) -> str:
    """What the person sees in the cell, without its decoration."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(getattr(value, "text", value)).strip()  # an array formula keeps its text in `text`
