"""A résumé as it is laid out on paper: sections in order, each with its rows; PDF and Word print the same sheet."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from app.core import places
from app.core.degrees import Degree
from app.core.presentation import phone
from app.people.contact import Contact
from app.people.content import Certificate, Content, Intention


@dataclass(frozen=True, slots=True)
class Row:
    """One entry: when on the left; head and side on the first line; text below, one string a paragraph."""

    when: str = ""
    head: str = ""
    side: str = ""
    text: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    name: str
    headline: str
    contact: tuple[str, ...]
    sections: tuple[Section, ...]
    foot: str


def sheet_of(content: Content, contact: Contact, made_on: date) -> Sheet:
    """What is empty takes no room; a contact line that is not given is simply not there."""
    sections = (
        ("求职意向", wishes(content.intention)),
        (
            "工作经历",
            [
                Row(
                    span(each.started_on, each.ended_on, each.is_current),
                    each.employer,
                    each.title,
                    lines(each.text),
                )
                for each in content.work
            ],
        ),
        (
            "项目经历",
            [
                Row(span(each.started_on, each.ended_on), each.name, each.role, lines(each.text))
                for each in content.projects
            ],
        ),
        (
            "教育经历",
            [
                Row(
                    span(each.started_on, each.ended_on, each.is_current, "在读"),
                    each.school,
                    joined((Degree(each.degree).label if each.degree else "", each.major)),
                )
                for each in content.education
            ],
        ),
        ("证书", [certificate(each) for each in content.certificates]),
        ("技能", [Row(text=("、".join(content.skills),))] if content.skills else []),
        ("语言", [Row(head=each.name, side=each.level) for each in content.languages]),
        ("自我评价", [Row(text=lines(content.summary))] if content.summary else []),
    )
    return Sheet(
        name=contact.name,
        headline=content.headline,
        contact=tuple(filter(None, (phone(contact.phone), contact.email))),
        sections=tuple(Section(title, tuple(rows)) for title, rows in sections if rows),
        foot=f"清才荟萃 · {made_on.year}年{made_on.month}月{made_on.day}日",
    )


def wishes(wish: Intention) -> list[Row]:
    named = (
        ("期望职位", "、".join(wish.jobs or wish.families)),
        ("期望地点", "、".join(filter(None, map(places.label, wish.places)))),
        ("期望薪资", pay(wish.salary_min, wish.salary_max)),
        ("到岗时间", wish.arrival),
        ("接受班次", "、".join(wish.shifts)),
    )
    return [Row(when=name, head="", side="", text=(value,)) for name, value in named if value]


def certificate(held: Certificate) -> Row:
    dates = (
        f"{month(held.issued_on)}取得" if held.issued_on else "",
        f"有效期至{month(held.valid_until)}" if held.valid_until else "",
    )
    return Row(head=held.name, side=joined((held.level, *dates)))


def pay(low: int | None, high: int | None) -> str:
    if low and high and low != high:
        return f"每月{low:,}–{high:,}元"
    return f"每月{low:,}元以上" if low else f"每月{high:,}元以内" if high else ""


def span(start: str | None, end: str | None, is_current: bool = False, current: str = "至今") -> str:
    """2019.09–2023.06; the expected end of somebody who still studies is followed by 在读."""
    until = f"{month(end)} {current}".strip() if is_current else month(end)
    return "–".join(filter(None, (month(start), until)))


def month(value: str | None) -> str:
    return (value or "").replace("-", ".")


def lines(text: str) -> tuple[str, ...]:
    return tuple(line for line in text.split("\n") if line.strip())


def joined(parts: Iterable[str]) -> str:
    return " · ".join(filter(None, parts))
