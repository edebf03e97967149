"""What a résumé must keep to be saved: lengths, counts, months in order; each problem names its place."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from app.core.degrees import Degree
from app.people.content import ARRIVALS, Content, month_number

# Longest text of a field, in characters. A field that is not named here is one line of at most LINE_MAX.
LINE_MAX = 60
TEXT_MAX = {"summary": 2000, "text": 4000, "employer": 80, "school": 80, "name": 80}
COUNT_MAX = {
    "education": 10,
    "work": 30,
    "projects": 20,
    "skills": 60,
    "certificates": 50,
    "languages": 10,
    "jobs": 10,
    "places": 10,
    "shifts": 10,
    "families": 5,
}
SALARY_MAX = 1_000_000

# What the person sees for each field and list.
LABELS = {
    "headline": "一句话介绍",
    "summary": "自我评价",
    "education": "教育经历",
    "work": "工作经历",
    "projects": "项目经历",
    "skills": "技能",
    "certificates": "证书",
    "languages": "语言",
    "school": "学校",
    "degree": "学历",
    "major": "专业",
    "employer": "单位",
    "title": "职位",
    "family": "岗位类别",
    "text": "内容",
    "name": "名称",
    "role": "角色",
    "level": "等级",
    "started_on": "开始时间",
    "ended_on": "结束时间",
    "issued_on": "发证时间",
    "valid_until": "有效期",
    "jobs": "期望职位",
    "places": "期望地点",
    "salary_min": "最低期望薪资",
    "salary_max": "最高期望薪资",
    "arrival": "到岗时间",
    "shifts": "接受的班次",
    "families": "期望岗位类别",
}

_MONTHS = ("started_on", "ended_on", "issued_on", "valid_until")
_NEEDED = {
    "education": ("school",),
    "work": ("employer", "title"),
    "projects": ("name",),
    "certificates": ("name",),
}
_ORDERED = (("started_on", "ended_on", "结束早于开始"), ("issued_on", "valid_until", "有效期早于发证时间"))
_PAST = {"started_on": "开始时间在将来", "issued_on": "发证时间在将来"}


@dataclass(frozen=True, slots=True)
class Problem:
    path: str  # "work.0.ended_on", the name of the form field
    message: str


def problems_in(content: Content, today: date) -> list[Problem]:
    """Everything wrong with the content; an empty list means that it may be saved."""
    return [*_problems_of("", content, today), *_problems_of_wishes(content)]


def _problems_of(prefix: str, part: Any, today: date) -> Iterator[Problem]:
    for field in fields(part):
        value = getattr(part, field.name)
        path = prefix + field.name
        if field.name == "intention":
            yield from _problems_of("intention.", value, today)
        elif isinstance(value, tuple):
            yield from _problems_of_list(path, field.name, value, today)
        elif field.name in _MONTHS:
            yield from _problems_of_month(path, field.name, value, today)
        elif isinstance(value, str):
            yield from _too_long(path, field.name, value)
    yield from _out_of_order(prefix, part)


def _problems_of_list(path: str, name: str, items: Sequence[Any], today: date) -> Iterator[Problem]:
    if len(items) > COUNT_MAX[name]:
        yield Problem(path, f"{LABELS[name]}最多{COUNT_MAX[name]}项，现在有{len(items)}项")
    for number, item in enumerate(items[: COUNT_MAX[name]]):
        if isinstance(item, str):
            yield from _too_long(f"{path}.{number}", name, item)
            continue
        yield from _problems_of(f"{path}.{number}.", item, today)
        for needed in _NEEDED.get(name, ()):
            if not getattr(item, needed):
                yield Problem(f"{path}.{number}.{needed}", f"请填写{LABELS[needed]}")
        if name == "education" and not 0 <= item.degree <= Degree.DOCTOR:
            yield Problem(f"{path}.{number}.degree", "请选择学历")


def _problems_of_month(path: str, name: str, month: str | None, today: date) -> Iterator[Problem]:
    if month is None:
        return
    number = month_number(month)
    if number is None:
        yield Problem(path, "时间请写成“2023-09”这样的年和月")
    elif name in _PAST and not path.startswith("education") and number > today.year * 12 + today.month - 1:
        yield Problem(path, _PAST[name])


def _too_long(path: str, name: str, value: str) -> Iterator[Problem]:
    limit = TEXT_MAX.get(name, LINE_MAX)
    if len(value) > limit:
        yield Problem(path, f"{LABELS[name]}最多{limit}字，现在有{len(value)}字")


def _out_of_order(prefix: str, part: Any) -> Iterator[Problem]:
    for first, last, message in _ORDERED:
        start, end = month_number(getattr(part, first, None)), month_number(getattr(part, last, None))
        if start is not None and end is not None and end < start:
            yield Problem(prefix + last, message)


def _problems_of_wishes(content: Content) -> Iterator[Problem]:
    wish = content.intention
    for name in ("salary_min", "salary_max"):
        amount = getattr(wish, name)
        if amount is not None and not 0 < amount <= SALARY_MAX:
            yield Problem(f"intention.{name}", "期望薪资请写每月多少元")
    if wish.salary_min is not None and wish.salary_max is not None and wish.salary_max < wish.salary_min:
        yield Problem("intention.salary_max", "最高期望薪资低于最低期望薪资")
    if wish.arrival and wish.arrival not in ARRIVALS:
        yield Problem("intention.arrival", "请选择到岗时间")
