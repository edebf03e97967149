"""Wishes (求职意向): posts, places, pay, arrival and shifts, from labels or from what is said in passing."""

import re
from collections.abc import Sequence
from itertools import zip_longest

from app.core import places
from app.core.numerals import read_numeral
from app.core.trades import DAY_SHIFT, SHIFTS
from app.people.content import Intention
from app.people.reading.labels import Labeled, mark
from app.people.reading.page import Page
from app.people.reading.words import family_of

_JOB_CUT = re.compile(r"[、,，;；/|]|或者?|[ ]+")
_NOT_A_JOB = re.compile(r"全职|兼职|实习|不限|面议|均可|相关(?:岗位|工作)|薪|工资|待遇|\d{3,}|^[每个/]?月$")

_AMOUNT = (
    r"(\d{1,3}(?:,\d{3})+|\d{1,6}(?:\.\d{1,2})?|[一二两三四五六七八九]千[一二两三四五六七八九]?百?"
    r"|[一二两三四五六七八九]万[一二三四五六七八九]?千?)[ ]?([kKwW千万])?[ ]?元?"
)
_RANGE = re.compile(rf"{_AMOUNT}[ ]?(?:-|~|至|到)[ ]?{_AMOUNT}")
_SINGLE = re.compile(_AMOUNT)
_DIGIT = r"[\d一二两三四五六七八九]"
_PAY_SAID = re.compile(
    rf"(?:期望|希望|要求|想要)(?:的)?(?:税前|税后)?(?:月薪|年薪|薪资|工资|薪酬|待遇|收入)[^\d,。;\n]{{0,6}}?(?={_DIGIT})"
    rf"|(?:月薪|工资|薪资|待遇)[^\d,。;\n]{{0,4}}?(?={_DIGIT}[^,。;\n]{{0,8}}(?:以上|左右|起|就行|就可以))"
)
_PLACE_SAID = re.compile(
    r"(?:想|希望|愿意|打算|准备|考虑)(?:回|去|在|到|留在)[^,，。;；\n]{2,12}|[^,，。;；\n]{2,20}(?:都可以|都行|均可)"
)
_UNITS = {"k": 1000, "千": 1000, "w": 10_000, "万": 10_000}
_LOWEST, _HIGHEST = 500, 500_000

_ARRIVALS = (
    ("应届毕业后", r"毕业后|拿到毕业证|离校后"),
    ("随时", r"随时|立即|马上|即刻|即日|当天"),
    ("两周内", r"[一两二1-2]\s?个?(?:周|星期|礼拜)|(?<!\d)(?:[3-9]|1[0-5])\s?天|半个?月|下周|本周"),
    ("一个月内", r"(?:一|1)\s?个?月|(?:[23]\d)\s?天|月底|下个?月|[三四34]\s?周"),
    ("三个月内", r"[两二三2-3]\s?个?月"),
)
_ARRIVAL_SAID = re.compile(r"[^,，。;；\n]{0,12}(?:到岗|到职|上岗|上班|入职)")
_ARRIVAL_WORD = re.compile(r"可|能|随时|立即|马上|毕业后|[内后]")

_SHIFT_SAID = re.compile(
    r"(?P<no>不|拒绝|不能|不想|不愿)?(?:接受|可以?上?|能上?|愿意|服从|适应|习惯|胜任|配合|上过|会)[^,，。;；\n]{0,8}?(?P<shift>(?:[两三四]班\w{1,3}|倒班|夜班|轮班|[长常]白班|白班))"
)
_ANY_SHIFT = "倒班"  # says nothing beside an exact one
_DAYS_ONLY = re.compile(r"(?:不倒班|不上夜班|不能上夜班|只上白班|只做白班|只接受[长常]?白班)")


def intention_in(page: Page, labels: Sequence[Labeled]) -> Intention:
    for label in labels:
        if label.kind in {"jobs", "pay", "places", "arrival", "shifts"}:
            mark(page, label)
    jobs = _jobs(page, labels)
    low, high = _pay(page, labels)
    return Intention(
        jobs=jobs,
        places=_places(page, labels),
        salary_min=low,
        salary_max=high,
        arrival=_arrival(page, labels),
        shifts=_shifts(page, labels),
        families=tuple(dict.fromkeys(family for job in jobs if (family := family_of(job))))[:5],
    )


def _jobs(page: Page, labels: Sequence[Labeled]) -> tuple[str, ...]:
    jobs: list[str] = []
    for label in labels:
        if label.kind != "jobs":
            continue
        position = label.value_start
        for stop in [*_JOB_CUT.finditer(page.text, label.value_start, label.value_end), None]:
            start, end = page.trimmed(position, stop.start() if stop else label.value_end)
            words = page.text[start:end]
            if (
                2 <= len(words) <= 30
                and words not in jobs
                and not _NOT_A_JOB.search(words)
                and not places.read(words)
            ):
                jobs.append(page.take(f"intention.jobs.{len(jobs)}", start, end))
            position = stop.end() if stop else label.value_end
    return tuple(jobs)


def _places(page: Page, labels: Sequence[Labeled]) -> tuple[str, ...]:
    codes: list[str] = []
    spans = [(label.value_start, label.value_end) for label in labels if label.kind in {"places", "jobs"}]
    if not any(label.kind == "places" for label in labels):
        spans += [found.span() for found in _PLACE_SAID.finditer(page.text)]
    for first, last in spans:
        found = places.find_all(page.text[first:last])
        for place, following in zip_longest(found, found[1:]):
            is_parent = (
                following and following.start == place.end and places.is_within(following.code, place.code)
            )
            if not is_parent and place.code not in codes:
                page.note(f"intention.places.{len(codes)}", first + place.start, first + place.end)
                codes.append(place.code)
            elif is_parent:
                page.use(first + place.start, first + place.end)
    return tuple(codes)


def _pay(page: Page, labels: Sequence[Labeled]) -> tuple[int | None, int | None]:
    spans = [(label.value_start, label.value_end, label.start) for label in labels if label.kind == "pay"]
    if said := _PAY_SAID.search(page.plain):
        spans.append((said.end(), min(len(page.plain), said.end() + 24), said.start()))
    for start, end, label_start in spans:
        is_yearly = "年薪" in page.plain[label_start:end] or "/年" in page.plain[start:end]
        found = _RANGE.search(page.plain, start, end) or _SINGLE.search(page.plain, start, end)
        if not found:
            page.use(start, page.trimmed(start, end)[1])  # 面议
            continue
        amounts = found.groups()
        units = [
            unit or (amounts[-1] if _bare(amount) else None)
            for amount, unit in zip(amounts[::2], amounts[1::2], strict=True)
        ]
        low, high = (
            _yuan(amounts[0], units[0], is_yearly),
            _yuan(amounts[2], units[1], is_yearly) if len(amounts) > 2 else None,
        )
        if low is None:
            continue
        page.use(label_start, found.end())
        for name, value in (("salary_min", low), ("salary_max", high)):
            if value:
                page.note(f"intention.{name}", *found.span(), is_guess=is_yearly)
        return low, high
    return None, None


def _bare(amount: str) -> bool:
    """6-8K: the unit stands at the end only."""
    return amount.replace(".", "").isdigit() and float(amount) < 1000


def _yuan(amount: str, unit: str | None, is_yearly: bool) -> int | None:
    number = float(amount.replace(",", "")) if amount[0].isdigit() else read_numeral(amount)
    if number is None:
        return None
    yuan = number * _UNITS.get((unit or "").lower(), 1) / (12 if is_yearly else 1)
    rounded = round(yuan / 100) * 100 if is_yearly else round(yuan)
    return rounded if _LOWEST <= rounded <= _HIGHEST else None


def _arrival(page: Page, labels: Sequence[Labeled]) -> str:
    spans = [(label.value_start, label.value_end) for label in labels if label.kind == "arrival"]
    spans += [found.span() for found in _ARRIVAL_SAID.finditer(page.plain) if _ARRIVAL_WORD.search(found[0])]
    for start, end in spans:
        for arrival, words in _ARRIVALS:
            found = re.search(words, page.plain[start:end])
            if found:
                page.note("intention.arrival", *page.trimmed(start, end))
                return arrival
    return ""


def _shifts(page: Page, labels: Sequence[Labeled]) -> tuple[str, ...]:
    shifts: list[str] = []
    spans = [(label.value_start, label.value_end) for label in labels if label.kind == "shifts"]
    spans += [found.span() for found in _DAYS_ONLY.finditer(page.plain)]
    spans += [found.span("shift") for found in _SHIFT_SAID.finditer(page.plain) if not found["no"]]
    for start, end in spans:
        words = page.plain[start:end]
        names = (
            [DAY_SHIFT] if _DAYS_ONLY.fullmatch(words) else [name for name, _, _ in SHIFTS.find_all(words)]
        )
        for name in names:
            if name not in shifts:
                page.note(f"intention.shifts.{len(shifts)}", start, end, is_guess=True)
                shifts.append(name)
    return tuple(shift for shift in shifts if shift != _ANY_SHIFT or len(shifts) == 1)
