"""Postings as a table: the template to fill in, and the reader of what comes back.

Headings are understood by many names and in any order. A row is either good or carries its problems, each with the
column and the reason; nothing is guessed where a cell cannot be read.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from app.core.vocabulary import fold
from app.core.workbooks import TableRefused, read_cells
from app.postings.columns import BY_HEADING, COLUMNS, EXAMPLE_MARK
from app.postings.field_readers import READERS, FieldUnreadable, read_field
from app.postings.guessing import guess_family
from app.postings.template import template

__all__ = ["COLUMNS", "Row", "Sheet", "TableRefused", "read_table", "template"]

MOST_ROWS = 500
MOST_LETTERS = 10_000  # of one cell
_LABELS = {column.field: column.label for column in COLUMNS}
_HEAD_WITHIN = 15  # rows


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the table; `number` counts as the person sees it, from 1."""

    number: int
    raw: Mapping[str, str]
    values: Mapping[str, Any] = field(default_factory=dict)
    problems: tuple[tuple[str, str], ...] = ()
    guessed: tuple[str, ...] = ()  # fields of `values` that nobody wrote


@dataclass(frozen=True, slots=True)
class Sheet:
    rows: tuple[Row, ...]
    unknown: tuple[str, ...] = ()

    @property
    def good(self) -> tuple[Row, ...]:
        return tuple(row for row in self.rows if not row.problems)

    @property
    def rejected(self) -> tuple[Row, ...]:
        return tuple(row for row in self.rows if row.problems)


def read_table(data: bytes, filename: str, today: date) -> Sheet:
    """Rows of a filled template, or of anybody's table with understandable headings.

    Raises
    ------
    TableRefused
        Where the file as a whole cannot be used; single bad rows never refuse the file.
    """
    cells = read_cells(data, filename)
    head, columns = _head(cells)
    unknown = tuple(heading for index, heading in enumerate(cells[head]) if heading and index not in columns)
    rows = [
        _row(head + offset, raw, today)
        for offset, line in enumerate(cells[head + 1 :], 2)
        if (raw := _raw(line, columns)) and not raw.get("title", "").startswith(EXAMPLE_MARK)
    ]
    if not rows:
        raise TableRefused("表头下面还没有填写内容")
    if len(rows) > MOST_ROWS:
        raise TableRefused(f"一次最多导入{MOST_ROWS}行，现在有{len(rows)}行，请分成几个文件")
    return Sheet(tuple(rows), tuple(dict.fromkeys(unknown)))


def _head(cells: Sequence[Sequence[str]]) -> tuple[int, dict[int, str]]:
    """(index of the heading row, column index → field): the row that names the most fields, the title among them."""
    best: tuple[int, dict[int, str]] = (-1, {})
    for index, line in enumerate(cells[:_HEAD_WITHIN]):
        found: dict[int, str] = {}
        for position, heading in enumerate(line):
            name = BY_HEADING.get(_heading(heading))
            if name and name not in found.values():
                found[position] = name
        if "title" in found.values() and len(found) > max(len(best[1]), 1):
            best = index, found
    if not best[1]:
        raise TableRefused("没有找到表头：至少要有“职位名称”和“薪资”两列，建议下载模板来填")
    return best


def _heading(text: str) -> str:
    """A heading without its remarks: `职位名称*（必填）` is 职位名称."""
    return re.sub(r"\(.*?\)|\[.*?\]|[*:：★●]|必填|选填", "", fold(text))


def _raw(line: Sequence[str], columns: Mapping[int, str]) -> dict[str, str]:
    raw = {name: line[index] for index, name in columns.items() if index < len(line) and line[index]}
    if not raw:
        return {}
    low, high = raw.pop("salary_low", ""), raw.pop("salary_high", "")
    if "salary_words" not in raw and (low or high):
        raw["salary_words"] = f"{low}-{high}" if low and high and low != high else low or f"最高{high}"
        if raw["salary_words"].replace("-", "").isdigit():
            raw["salary_words"] += "元/月"
    return raw


def _row(number: int, raw: dict[str, str], today: date) -> Row:
    values: dict[str, Any] = {}
    problems = [
        (column.label, f"{column.label}没有填")
        for column in COLUMNS
        if column.is_required and not raw.get(column.field)
    ]
    if not raw.get("duties") and not raw.get("requirements"):
        problems.append((_LABELS["duties"], "工作内容和任职要求至少写一样"))
    for name, text in raw.items():
        if len(text) > MOST_LETTERS:
            problems.append((_LABELS[name], f"{_LABELS[name]}有{len(text)}个字，不能超过{MOST_LETTERS}"))
        elif name in READERS:
            try:
                values[name] = read_field(name, text, today)
            except FieldUnreadable as unreadable:
                problems.append((_LABELS[name], str(unreadable)))
    guess = guess_family(raw.get("title", "")) if "family" not in raw else None
    if guess:
        values["family"] = guess[0]
    return Row(number, raw, values, tuple(problems), ("family",) if guess else ())
