"""What a benefit, a shift or a place includes: 包吃住 is also 包住, 四班三运转 is also 倒班, 350423 is in 35."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from search.words import Term, canonical, fold, terms

ROTATING = "倒班"
DAY = "长白班"

_SAME_BENEFIT = {
    "周末双休": "双休", "提供食宿": "包吃住", "包食宿": "包吃住", "住宿": "包住", "提供住宿": "包住", "包午餐": "包吃",
    "做五休二": "双休", "五天工作制": "双休", "包吃包住": "包吃住", "六险一金": "五险一金", "月休四天": "单休",
}  # fmt: skip
_INCLUDES = {"包吃住": ("包吃", "包住"), "五险一金": ("五险",), "住房补贴": ("房补",), "租房补贴": ("房补",)}
_DAY = re.compile(r"长白班|常白班|常日班|长日班|正常班|行政班|白天班|不倒班|^白班")
_ROTATES = re.compile(
    r"[两二三四五]班|[234]班|倒班|轮班|轮换|运转|早晚班|早中晚|上.休.|做.休一|24小时|值班制"
)
_NIGHT = re.compile(r"夜班|晚班|[两二三四]班|[234]班|倒班|轮班|运转|轮换|24小时|值班|晚上|上.休.")


def benefit_closure(benefits: tuple[str, ...]) -> tuple[str, ...]:
    """The benefits as written, then their usual names and what those include; no repeats."""
    found: dict[str, None] = {}
    for benefit in benefits:
        name = benefit_name(benefit)
        for each in (benefit, name, *_INCLUDES.get(name, ())):
            found[each] = None
    return tuple(found)


@lru_cache(maxsize=2_000)
def benefit_name(benefit: str) -> str:
    """The usual name of a benefit: 周末双休 → 双休."""
    folded = fold(benefit)
    return (
        _SAME_BENEFIT.get(folded)
        or _SAME_BENEFIT.get(canonical(folded) or "")
        or canonical(folded)
        or benefit
    )


@lru_cache(maxsize=2_000)
def shift_closure(shift: str) -> tuple[str, ...]:
    """The shift as written, then 长白班 or 倒班, and 夜班 when nights are worked; empty when nothing is said."""
    if not shift:
        return ()
    folded = fold(shift)
    names = [shift, *(name for name in (canonical(folded),) if name)]
    if _DAY.search(folded) and not _ROTATES.search(folded):
        names.append(DAY)
    if _ROTATES.search(folded):
        names.append(ROTATING)
    if _NIGHT.search(folded):
        names.append("夜班")
    return tuple(dict.fromkeys(names))


_OFFERS = frozenset(
    [
        "双休",
        "单休",
        "大小周",
        "五险一金",
        "五险",
        "意外险",
        "包吃住",
        "包吃",
        "包住",
        "餐补",
        "提成",
        "年终奖",
        "住房补贴",
        "房补",
        "车补",
        "交通补贴",
        "安家费",
        "人才补贴",
        "股权激励",
        "带薪培训",
        "出差补贴",
        "弹性工作",
        "高温补贴",
        "夫妻房",
        "带薪年假",
        "十三薪",
        "班车",
        "寒暑假",
        "项目奖金",
        "夜班补贴",
        "全勤奖",
        "生日福利",
        "定期体检",
    ]
)
_REFUSED = re.compile(r"[不无没非]\S{0,2}$")
_ALTERNATES = re.compile(r"单休.{0,5}双休|双休.{0,5}单休|单双休|大小[周礼]|大小星期|隔周双?休")
_AGE_LIMIT = re.compile(
    r"(?:(?:1[68]|[2-5]\d)\s?(?:周岁|岁)?\s?[-~到至—]\s?)?([2-6]\d)\s?(?:周岁|岁)(?:及以下|以下|以内|之内|内|之下)?"
    r"|年龄\D{0,4}([2-6]\d)(?!\d)"
)


def is_offer(name: str) -> bool:
    """Whether a benefit is one that seekers filter by."""
    return name in _OFFERS


def offers(benefits: tuple[str, ...], text: str, named: Sequence[Term] | None = None) -> tuple[str, ...]:
    """Benefits of the field and those that the text promises, with what they include; *named* are its terms."""
    folded = fold(text)
    promised = tuple(
        name
        for term in (terms(text) if named is None else named)
        if is_offer(name := benefit_name(term.surface))
        and not _REFUSED.search(folded[max(0, term.start - 3) : term.start])
    )
    if _ALTERNATES.search(folded) or "大小周" in promised or "大小周" in benefits:
        promised = (*(name for name in promised if name not in ("双休", "单休")), "大小周")
    return benefit_closure((*benefits, *promised))


def certified(certificates: tuple[str, ...], named: Iterable[Term] = ()) -> tuple[str, ...]:
    """The official names of the certificates of the field, and of those among the terms that texts name."""
    names = [name for certificate in certificates for name in (certificate, canonical(certificate)) if name]
    names += [term.canonical for term in named if term.kind == "certificate"]
    return tuple(dict.fromkeys(names))


def age_limit(text: str) -> int:
    """The age above which a post takes nobody, or 99 when it names none."""
    limits = [int(match[1] or match[2]) for match in _AGE_LIMIT.finditer(fold(text))]
    return max(limits, default=99)


def places_above(code: str) -> tuple[str, ...]:
    """A place code and the codes around it: 350423-08 → 350423-08, 350423, 350400, 350000."""
    if not code:
        return ()
    county = code.partition("-")[0]
    return tuple(dict.fromkeys((code, county, county[:4] + "00", county[:2] + "0000")))


INDUSTRY = "氟化工"
_OUTSIDE = frozenset({"", "其他行业", "涂料", "物流配送", "教育培训", "人力外包"})


def topics_of(family: str, chain_link: str) -> tuple[str, ...]:
    """What a post belongs to: its family, its link, and the industry when the link is one of the chain."""
    industry = () if chain_link in _OUTSIDE else (INDUSTRY,)
    return tuple(topic for topic in (family, chain_link, *industry) if topic)
