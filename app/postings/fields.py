"""What an author writes in a posting: each field's label, how a value reads, and how two versions differ."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.core import places
from app.core.degrees import Degree
from app.core.presentation import phone
from app.postings.kinds import kind_of
from app.postings.models import Posting


def _text(value: Any) -> str:
    return "" if value is None else str(value)


def _list(value: Iterable[Any] | None) -> str:
    return "、".join(str(each) for each in value or ())


def _yes(value: Any) -> str:
    return "是" if value else "否"


def _questions(value: list[dict[str, Any]] | None) -> str:
    lines = []
    for number, question in enumerate(value or (), start=1):
        choices = f"（{'／'.join(question['choices'])}）" if question["choices"] else ""
        must = f"，必须选「{question['wanted']}」" if question["is_must"] else ""
        lines.append(f"{number}. {question['text']}{choices}{must}")
    return "\n".join(lines)


def _day(value: Any) -> str:
    on = date.fromisoformat(value) if isinstance(value, str) and value else value
    return f"{on.year}年{on.month}月{on.day}日" if on else ""


@dataclass(frozen=True, slots=True)
class WrittenField:
    name: str
    label: str
    show: Callable[[Any], str] = _text
    is_worded: bool = False  # what the author words freely, so its wording is checked


WRITTEN = (
    WrittenField("title", "职位名称", is_worded=True),
    WrittenField("family", "岗位类别"),
    WrittenField("chain_link", "产业链环节"),
    WrittenField("employment", "用工形式"),
    WrittenField("headcount", "招聘人数", lambda n: f"{n}人"),
    WrittenField("place", "工作地点", lambda code: places.label(code or "")),
    WrittenField("address", "详细地址", is_worded=True),
    WrittenField("salary_words", "薪资", is_worded=True),
    WrittenField("benefits", "福利", _list, is_worded=True),
    WrittenField("shift", "班次"),
    WrittenField("duties", "工作内容", is_worded=True),
    WrittenField("requirements", "任职要求", is_worded=True),
    WrittenField("degree", "学历", lambda rank: Degree(rank or 0).demand),
    WrittenField("majors", "专业", _list, is_worded=True),
    WrittenField("years", "经验", lambda n: f"{n}年以上" if n else "不限"),
    WrittenField("required_certificates", "必须有的证书", _list, is_worded=True),
    WrittenField("preferred_certificates", "有更好的证书", _list, is_worded=True),
    WrittenField("skills", "技能", _list, is_worded=True),
    WrittenField("questions", "筛选问题", _questions, is_worded=True),
    WrittenField("extra", "其他约定"),
    WrittenField("contact_name", "联系人"),
    WrittenField("contact_phone", "联系电话", phone),
    WrittenField("valid_until", "有效期至", _day),
    WrittenField("is_urgent", "急招", _yes),
    WrittenField("source", "转载来源", is_worded=True),
)
LABELS = {field.name: field.label for field in WRITTEN}
DERIVED = ("salary_min", "salary_max", "salary_months")  # read from salary_words, never typed by themselves


def columns() -> tuple[str, ...]:
    """Every column that a form, an import or a duplicate fills."""
    return (*(field.name for field in WRITTEN), *DERIVED)


def values_of(posting: Posting) -> dict[str, Any]:
    return {name: getattr(posting, name) for name in columns()}


def snapshot(posting: Posting) -> dict[str, Any]:
    """The written values as JSON keeps them."""
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in values_of(posting).items()
    }


def _shown_extra(kind: str, extra: Mapping[str, Any] | None) -> str:
    told = []
    for field in kind_of(kind).extra:
        value = (extra or {}).get(field.name)
        if value not in (None, ""):
            told.append(
                f"{field.label}：{_yes(value) if isinstance(value, bool) else f'{value}{field.unit}'}"
            )
    return "；".join(told)


def differences(kind: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """(label, before, after) of each field that reads differently."""
    rows = []
    for field in WRITTEN:
        if field.name == "extra":
            old, new = (_shown_extra(kind, each.get("extra")) for each in (before, after))
        else:
            old, new = field.show(before.get(field.name)), field.show(after.get(field.name))
        if old != new and not _is_reordered(before.get(field.name), after.get(field.name)):
            rows.append((field.label, old, new))
    return rows


def _is_reordered(before: Any, after: Any) -> bool:
    """Whether two lists of words hold the same ones: their order says nothing."""
    if not isinstance(before, list) or not isinstance(after, list):
        return False
    return all(isinstance(each, str) for each in [*before, *after]) and sorted(before) == sorted(after)


def worded(values: Mapping[str, Any]) -> dict[str, str]:
    """The texts whose wording is checked, by field, as the page will show them."""
    return {field.name: field.show(values.get(field.name)) for field in WRITTEN if field.is_worded}
