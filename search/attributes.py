"""What a benefit, a shift or a place includes: 包吃住 is also 包住, 四班三运转 is also 倒班, 350423 is in 35."""

import re
from functools import lru_cache

from search.words import canonical, fold

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


def places_above(code: str) -> tuple[str, ...]:
    """A place code and the codes around it: 350423-08 → 350423-08, 350423, 350400, 350000."""
    if not code:
        return ()
    county = code.partition("-")[0]
    return tuple(dict.fromkeys((code, county, county[:4] + "00", county[:2] + "0000")))
