"""The workbook to fill in: headings, drop-downs, an example row, a sheet of explanations."""

import io
from datetime import date, timedelta
from functools import lru_cache

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from app.postings.columns import COLUMNS, EXAMPLE_MARK

_ROWS = 501  # the drop-downs reach as far as an import may
_REQUIRED_FILL = PatternFill("solid", fgColor="FFFCE8D5")
_HEAD_FILL = PatternFill("solid", fgColor="FFE8EEF5")
_GREY = Font(italic=True, color="FF6B7280")
_NOTES = (
    "带 * 的列必须填；工作内容和任职要求至少写一样。",
    f"第2行是示例，职位名称以“{EXAMPLE_MARK}”开头的行不会导入，可以留着。",
    "一次最多500行，文件不超过5MB。读不懂的行会说明是哪一列、为什么，其余的行照常导入。",
    "性别、民族、宗教、婚育的限制，押金、培训费，保录、包过一类的话不能写；限年龄要说明理由。",
)


def template(today: date | None = None) -> bytes:
    """The bytes of an .xlsx; with `today` the example's last day lies two months ahead."""
    return _template((today + timedelta(days=60)).isoformat() if today else "2026-12-31")


@lru_cache(maxsize=2)
def _template(last_day: str) -> bytes:
    book = Workbook()
    sheet = book.active or book.create_sheet()
    sheet.title = "职位"
    lists = book.create_sheet("选项")
    _fill(sheet, last_day)
    _offer(sheet, lists)
    _explain(book.create_sheet("填写说明", 1))
    lists.sheet_state = "hidden"
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _fill(sheet: Worksheet, last_day: str) -> None:
    for index, column in enumerate(COLUMNS, 1):
        head = sheet.cell(1, index, column.heading)
        head.font = Font(bold=True)
        head.fill = _REQUIRED_FILL if column.is_required or column.instead else _HEAD_FILL
        head.alignment = Alignment(vertical="center", wrap_text=True)
        head.comment = Comment(column.help, "填写说明")
        example = sheet.cell(2, index, last_day if column.field == "valid_until" else column.example)
        example.font = _GREY
        below = sheet.column_dimensions[get_column_letter(index)]
        below.width = column.width
        for cells in (example, below):
            cells.number_format = "@"  # phone numbers and days stay as typed
            cells.alignment = Alignment(vertical="top", wrap_text=True)
    sheet.freeze_panes = "B2"


def _offer(sheet: Worksheet, lists: Worksheet) -> None:
    """Drop-downs from a hidden sheet, because a list inside the cell rule ends at 255 letters."""
    for index, column in enumerate(COLUMNS, 1):
        if not column.choices:
            continue
        letter = get_column_letter(index)
        for row, choice in enumerate(column.choices, 1):
            lists.cell(row, index, choice)
        rule = DataValidation(
            type="list",
            formula1=f"选项!${letter}$1:${letter}${len(column.choices)}",
            allow_blank=True,
            showErrorMessage=not column.is_open,
            errorTitle=column.label,
            error="请从下拉里选一项",
        )
        rule.add(f"{letter}2:{letter}{_ROWS}")
        sheet.add_data_validation(rule)


def _explain(sheet: Worksheet) -> None:
    for note in _NOTES:
        sheet.append([note])
    sheet.append([])
    sheet.append(["列", "要不要填", "怎么写", "例子"])
    for cell in sheet[sheet.max_row]:
        cell.font, cell.fill = Font(bold=True), _HEAD_FILL
    for column in COLUMNS:
        is_needed = f"和{column.instead}至少写一样" if column.instead else "可以不填"
        is_needed = "必须填" if column.is_required else is_needed
        sheet.append([column.label, is_needed, column.help, column.example.removeprefix(f"{EXAMPLE_MARK}：")])
    for letter, width in zip("ABCD", (18, 24, 60, 44), strict=True):
        sheet.column_dimensions[letter].width = width
