"""What a résumé (简历) says, as plain values that are stored as JSON.

There is deliberately no field for sex, age, marriage, childbearing, ethnicity, photo, identity number,
certificate number or address: what has no field cannot be asked, stored or leaked. Unknown keys are dropped.
The limits that a person's input must keep stand in `content_rules`.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, field, fields
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

NO_SCHOOL = "没写学校"  # what stands for a school that was left out; no export names it
ARRIVALS = ("随时", "两周内", "一个月内", "三个月内", "应届毕业后")

T = TypeVar("T", bound="DataclassInstance")

# What still counts as a fresh graduate (应届).
_MONTH = re.compile(r"((?:19|20)\d{2})-(0[1-9]|1[0-2])")
_UNSTORABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
_GRADUATE_MONTHS = 12
_GRADUATE_WORK_MONTHS = 6


@dataclass(frozen=True, slots=True)
class Education:
    school: str = ""
    degree: int = 0  # rank of core.degrees.Degree
    major: str = ""
    started_on: str | None = None  # "2019-09"
    ended_on: str | None = None  # also the expected month of somebody who still studies
    is_current: bool = False


@dataclass(frozen=True, slots=True)
class Work:
    employer: str = ""
    title: str = ""
    started_on: str | None = None
    ended_on: str | None = None
    is_current: bool = False
    family: str = ""  # job family of core.trades, "" when unknown
    text: str = ""

    @property
    def is_internship(self) -> bool:
        return "实习" in self.title or "见习" in self.title


@dataclass(frozen=True, slots=True)
class Project:
    name: str = ""
    role: str = ""
    started_on: str | None = None
    ended_on: str | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Certificate:
    name: str = ""
    level: str = ""
    issued_on: str | None = None
    valid_until: str | None = None


@dataclass(frozen=True, slots=True)
class Language:
    name: str = ""
    level: str = ""


@dataclass(frozen=True, slots=True)
class Intention:
    """求职意向; pay is yuan a month before tax, places are area codes."""

    jobs: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    salary_min: int | None = None
    salary_max: int | None = None
    arrival: str = ""  # one of ARRIVALS or ""
    shifts: tuple[str, ...] = ()  # empty: not said
    families: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Content:
    headline: str = ""
    summary: str = ""
    education: tuple[Education, ...] = ()
    work: tuple[Work, ...] = ()
    projects: tuple[Project, ...] = ()
    skills: tuple[str, ...] = ()
    certificates: tuple[Certificate, ...] = ()
    languages: tuple[Language, ...] = ()
    intention: Intention = field(default_factory=Intention)

    def to_dict(self) -> dict[str, Any]:
        """Tuples become lists, so that the value equals itself after a trip through JSON."""
        return _listed(asdict(self))

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "Content":
        """Read stored or posted data; a value of the wrong shape becomes empty, never an exception."""
        return _build(cls, data)


@dataclass(frozen=True, slots=True)
class Completeness:
    share: float  # 0..1
    missing: tuple[str, ...]  # names of parts, the weightiest first


def month_number(month: str | None) -> int | None:
    """Months since year 0, so that months can be subtracted; None for what is not written as 2019-09."""
    found = _MONTH.fullmatch(month or "")
    return int(found[1]) * 12 + int(found[2]) - 1 if found else None


def years_of_experience(content: Content, today: date) -> float:
    """Years worked, to one decimal; overlaps count once, internships and jobs without months do not."""
    return round(_months_worked(content, today) / 12, 1)


def highest_degree(content: Content) -> int:
    """Rank of the highest degree, finished or under way; 0 when no education is given."""
    return max((item.degree for item in content.education), default=0)


def is_fresh_graduate(content: Content, today: date) -> bool:
    """应届: graduates within a year of today, either way, and has hardly worked besides internships."""
    if _months_worked(content, today) >= _GRADUATE_WORK_MONTHS:
        return False
    if content.intention.arrival == "应届毕业后":
        return True
    ends = [end for item in content.education if (end := month_number(item.ended_on)) is not None]
    this_month = today.year * 12 + today.month - 1
    return bool(ends) and abs(max(ends) - this_month) <= _GRADUATE_MONTHS


def completeness(content: Content) -> Completeness:
    """Share of the parts a recruiter looks for, and the names of those that are missing."""
    is_student = any(item.is_current for item in content.education)
    wish = content.intention
    parts: list[tuple[str, int, bool]] = [
        ("工作或项目经历", 25, bool(content.work or content.projects or is_student)),
        ("教育经历", 20, bool(content.education)),
        ("求职意向", 15, bool(wish.jobs or wish.families)),
        ("技能", 10, bool(content.skills)),
        ("期望地点", 5, bool(wish.places)),
        ("期望薪资", 5, wish.salary_min is not None),
        ("到岗时间", 5, bool(wish.arrival)),
        ("证书", 5, bool(content.certificates)),
        ("一句话介绍", 5, bool(content.headline)),
        ("自我评价", 5, bool(content.summary)),
    ]
    got = sum(weight for _name, weight, is_there in parts if is_there)
    return Completeness(got / 100, tuple(name for name, _weight, is_there in parts if not is_there))


def _months_worked(content: Content, today: date) -> int:
    this_month = today.year * 12 + today.month - 1
    spans: list[tuple[int, int]] = []
    for job in content.work:
        start, end = month_number(job.started_on), month_number(job.ended_on)
        end = this_month if job.is_current else end
        if start is not None and end is not None and not job.is_internship:
            spans.append((start, min(end, this_month)))
    months, reached = 0, -1
    for start, end in sorted(spans):
        months += max(0, end - max(start, reached + 1) + 1)
        reached = max(reached, end)
    return months


def _listed(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _listed(item) for key, item in value.items()}
    return [_listed(item) for item in value] if isinstance(value, tuple | list) else value


def storable(text: str) -> str:
    """Drop what a database cannot hold or a page should not: controls, half surrogates, bidi."""
    return _UNSTORABLE.sub("", text)


def _line(value: object) -> str:
    return " ".join(storable(value).split()) if isinstance(value, str) else ""


def _prose(value: object) -> str:
    if not isinstance(value, str):
        return ""
    return storable(value.replace("\r\n", "\n").replace("\r", "\n")).strip()


def _month(value: object) -> str | None:
    """Kept as typed even when it is no month, so that the form can show it beside the error."""
    return _line(value) or None


def _number(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _items(value: object) -> Iterable[object]:
    return value if isinstance(value, list | tuple) else ()


def _lines(value: object) -> tuple[str, ...]:
    return tuple(dict.fromkeys(line for item in _items(value) if (line := _line(item))))


def _each(kind: type[T]) -> Callable[[object], tuple[T, ...]]:
    return lambda value: tuple(_build(kind, item) for item in _items(value) if isinstance(item, Mapping))


def _build(kind: type[T], data: Mapping[str, Any]) -> T:
    return kind(**{part.name: _READERS.get(part.name, _line)(data.get(part.name)) for part in fields(kind)})


# How each field is read; a field that is not named here is one line of text.
_READERS: dict[str, Callable[[object], Any]] = {
    "summary": _prose,
    "text": _prose,
    "degree": lambda value: _number(value) or 0,
    "is_current": lambda value: value is True,
    **dict.fromkeys(("started_on", "ended_on", "issued_on", "valid_until"), _month),
    **dict.fromkeys(("skills", "jobs", "places", "shifts", "families"), _lines),
    **dict.fromkeys(("salary_min", "salary_max"), _number),
    "education": _each(Education),
    "work": _each(Work),
    "projects": _each(Project),
    "certificates": _each(Certificate),
    "languages": _each(Language),
    "intention": lambda value: _build(Intention, value if isinstance(value, Mapping) else {}),
}
