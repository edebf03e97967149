"""The eight questions (八问): what each asks, and the résumé that the answers make."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

from app.core import places, trades
from app.core.degrees import Degree
from app.people.content import NO_SCHOOL, Certificate, Content, Education, Intention, Work

STARTED = {
    "none": None,
    "half": 6,
    "1": 12,
    "2": 24,
    "3": 36,
    "5": 60,
    "8": 96,
    "12": 144,
}  # months worked there
CERTIFICATES = (
    "氟化工艺作业",
    "化工自动化控制仪表作业",
    "聚合工艺作业",
    "移动式压力容器充装R2",
    "气瓶充装",
    "低压电工作业",
    "叉车司机N1",
    "化学检验员",
)
CERTIFICATE_NOTES = {
    "氟化工艺作业": "危化品特种作业",
    "化工自动化控制仪表作业": "中控、仪表岗位用",
    "移动式压力容器充装R2": "槽车、罐车充装",
    "化学检验员": "在下面写明几级",
}
PLACES = (
    (places.HOME, "清流县"),
    (places.HOME_CITY, "三明市其他地方"),
    (places.HOME_PROVINCE, "福建省内都行"),
)
SHIFTS = ("长白班", "两班倒", "三班倒", "四班三运转", "夜班")


@dataclass(frozen=True)
class Question:
    """One screen: its name in the address bar's step, the words on the button that leads to it, and a summary."""

    name: str
    title: str
    lead: str
    short: str


QUESTIONS = (
    Question("jobs", "想找什么活？", "可以多选，也可以自己写。", "找什么活"),
    Question("work", "最近做过什么？", "写最近的一份就行，以后可以补。没上过班也没关系。", "做过什么"),
    Question("education", "读到哪里？", "最高的那个，还在读也算。", "学历"),
    Question("certificates", "手上有哪些证？", "可以多选，过期的也算。没有就直接下一题。", "证书"),
    Question("shifts", "能上什么班？", "可以多选，都能上就全选。", "班次"),
    Question("places", "想在哪里上班？", "可以多选。", "地点"),
    Question("pay", "最低要多少钱一个月？", "税前。写个大概，公司按这个找人。", "月薪"),
    Question("arrival", "什么时候能来？", "最后一题。", "到岗"),
)


def question_of(step: int) -> Question:
    return QUESTIONS[step - 1]


def summary(question: Question, answer: Mapping[str, Any]) -> str:
    """An answer in a few words, for the list of what is done."""
    shown = {
        "jobs": lambda a: "、".join((*a.get("families", ()), *words_of(a.get("words")))),
        "work": lambda a: (
            "没上过班" if a.get("is_new") else f"{a.get('employer', '')} {a.get('title', '')}".strip()
        ),
        "education": lambda a: f"{Degree(a.get('degree') or 0).label} {a.get('major', '')}".strip(),
        "certificates": lambda a: "、".join((*a.get("held", ()), *words_of(a.get("words")))) or "没有",
        "shifts": lambda a: "、".join(a.get("shifts", ())),
        "places": lambda a: "、".join(places.label(code) for code in a.get("places", ())),
        "pay": lambda a: f"{a.get('salary_min') or ''}元",
        "arrival": lambda a: a.get("arrival", ""),
    }
    return shown[question.name](answer)


def words_of(text: str | None) -> list[str]:
    """What was typed into one line, several things apart by 、 or a comma."""
    text = text or ""
    for sign in "，,；;/ ":
        text = text.replace(sign, "、")
    return [word for word in (part.strip() for part in text.split("、")) if word]


def content_of(answers: Mapping[str, Mapping[str, Any]], today: date) -> Content:
    """The résumé that the answers make; what was not answered stays empty."""
    jobs, education = answers.get("jobs", {}), answers.get("education", {})
    wished = words_of(jobs.get("words"))
    held = answers.get("certificates", {})
    return Content(
        headline=(wished or list(jobs.get("families", ())) or [""])[0],
        education=_education(education, today),
        work=_work(answers.get("work", {}), today),
        certificates=tuple(
            Certificate(name=n) for n in (*held.get("held", ()), *words_of(held.get("words")))
        ),
        intention=Intention(
            jobs=tuple(wished)[:10],
            families=tuple(f for f in jobs.get("families", ()) if f in trades.FAMILIES)[:5],
            places=tuple(answers.get("places", {}).get("places", ())),
            shifts=tuple(answers.get("shifts", {}).get("shifts", ())),
            salary_min=answers.get("pay", {}).get("salary_min"),
            arrival=answers.get("arrival", {}).get("arrival", ""),
        ),
    )


def brought_up_to_date(kept: Content, made: Content, new: Content) -> Content:
    """*kept* with the answers that changed since *made*; what its person edited by hand since then stays."""
    parts = {f.name: _newer(*(getattr(each, f.name) for each in (kept, made, new))) for f in fields(Content)}
    wishes = [each.intention for each in (kept, made, new)]
    parts["intention"] = replace(
        kept.intention,
        **{f.name: _newer(*(getattr(wish, f.name) for wish in wishes)) for f in fields(Intention)},
    )
    return replace(kept, **parts)


def _newer(kept: Any, made: Any, new: Any) -> Any:
    if kept == made or not kept:
        return new
    if isinstance(kept, tuple):
        return (*(each for each in new if each not in made and each not in kept), *kept)
    return kept if new == made else new


def _education(answer: Mapping[str, Any], today: date) -> tuple[Education, ...]:
    if not answer:
        return ()
    year = answer.get("year")
    ended = f"{year}-06" if year else None
    return (
        Education(
            school=answer.get("school") or NO_SCHOOL,
            degree=int(answer.get("degree") or 0),
            major=answer.get("major", ""),
            ended_on=ended,
            is_current=bool(year and (year > today.year or (year == today.year and today.month < 7))),
        ),
    )


def _work(answer: Mapping[str, Any], today: date) -> tuple[Work, ...]:
    months = STARTED.get(answer.get("months", "none"))
    if not answer or answer.get("is_new") or not answer.get("title"):
        return ()
    is_current = bool(answer.get("is_current"))
    ended = today.year * 12 + today.month - 1
    started = ended - (months or 0)
    return (
        Work(
            employer=answer.get("employer") or "没写单位",
            title=answer["title"],
            started_on=_month(started) if months else None,
            ended_on=None if is_current or not months else _month(ended),
            is_current=is_current,
            text=answer.get("text", ""),
        ),
    )


def _month(number: int) -> str:
    return f"{number // 12}-{number % 12 + 1:02d}"
