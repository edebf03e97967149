"""A school's list of people, row by row: who is named, and what is wrong with the others."""

from collections.abc import Sequence

from app.core.halfwidth import half_width
from app.core.identifiers import check_mobile
from app.core.workbooks import TableRefused
from app.events.services.registering import Row, Visitor

HEADER = ("姓名", "手机号", "学校", "专业", "毕业年份")
ALIASES = {
    "姓名": ("姓名", "名字", "学生姓名"),
    "手机号": ("手机号", "手机", "手机号码", "电话", "联系电话", "联系方式"),
    "学校": ("学校", "院校", "毕业院校", "学校名称"),
    "专业": ("专业", "专业名称", "所学专业"),
    "毕业年份": ("毕业年份", "毕业时间", "毕业年", "届别", "届"),
}
LOOKED_AT = 5  # rows in which the head may stand
LONGEST = 60


def read(cells: Sequence[Sequence[str]]) -> list[Row]:
    """The rows under the head.

    Raises
    ------
    TableRefused
        No head with 姓名 and 手机号 among the first rows.
    """
    at, columns = _head(cells)
    seen: dict[str, int] = {}
    rows = []
    for number, cells_of_row in enumerate(cells[at + 1 :], at + 2):
        fields = {
            name: cells_of_row[index].strip() if index < len(cells_of_row) else ""
            for name, index in columns.items()
        }
        if any(fields.values()):
            rows.append(_row(number, fields, seen))
    return rows


def _head(cells: Sequence[Sequence[str]]) -> tuple[int, dict[str, int]]:
    for at, row in enumerate(cells[:LOOKED_AT]):
        columns = {}
        for index, cell in enumerate(row):
            word = "".join(half_width(cell).split()).rstrip("*:")
            name = next((name for name, words in ALIASES.items() if word in words), None)
            if name and name not in columns:
                columns[name] = index
        if "姓名" in columns and "手机号" in columns:
            return at, columns
    raise TableRefused("没找到表头：至少要有「姓名」和「手机号」两列，请用模板填写")


def _row(number: int, fields: dict[str, str], seen: dict[str, int]) -> Row:
    row = Row(number, fields)
    if not fields["姓名"]:
        row.problems.append("没有姓名")
    elif len(fields["姓名"]) > 30:
        row.problems.append("姓名太长")
    checked = check_mobile(fields["手机号"])
    if not checked.is_valid:
        row.problems.append(f"手机号：{checked.message}")
    elif checked.value in seen:
        row.problems.append(f"手机号和第{seen[checked.value]}行一样")
    else:
        seen[checked.value] = number
    year = _year(fields.get("毕业年份", ""))
    if year is None and fields.get("毕业年份"):
        row.problems.append("毕业年份写成 2026")
    if not row.problems:
        row.visitor = Visitor(
            fields["姓名"],
            checked.value,
            fields.get("学校", "")[:LONGEST],
            fields.get("专业", "")[:LONGEST],
            year,
        )
    return row


def _year(text: str) -> int | None:
    digits = "".join(letter for letter in half_width(text) if letter.isdigit())[:4]
    if len(digits) == 2:
        digits = f"20{digits}"
    return int(digits) if len(digits) == 4 and 1970 <= int(digits) <= 2100 else None
