"""Numbers as people write them: 6000, 8k, 1.5万, 一万五, 三; and sums of money in a text."""

import re
from collections.abc import Iterator
from typing import NamedTuple

_DIGITS = dict(zip("零〇一二两三四五六七八九", (0, 0, 1, 2, 2, 3, 4, 5, 6, 7, 8, 9), strict=True))
SMALL = r"\d{1,2}|[一二两三四五六七八九]?十[一二三四五六七八九]?|[一二两三四五六七八九]"
_CHINESE = r"[一二两三四五六七八九]"
_AMOUNT = rf"(?:\d{{1,2}}万\d千?|\d{{1,6}}(?:\.\d{{1,2}})?\s?[k千万w]?|{_CHINESE}[千万]{_CHINESE}?千?)"
_BEFORE = r"(?:税前|税后)?(?:月薪|月工资|工资|薪资|薪水|底薪|收入|待遇|月入|到手|年薪|年收入|时薪|日薪)?(?:要|在|是|有|大概|大约|约|能到|能有)?"
_FLOOR_BEFORE = r"(?:不低于|至少|最低|不少于|超过|高于|大于|起码|保底)?"
_SUM = re.compile(
    rf"(?P<before>{_BEFORE})\s?(?P<floor>{_FLOOR_BEFORE})\s?(?<![a-z0-9.\-])(?P<low>{_AMOUNT})(?![a-z0-9])"
    rf"(?:\s?(?:元|块)?\s?[-~到至—]\s?(?P<high>{_AMOUNT})(?![a-z0-9]))?"
    r"\s?(?P<yuan>元|块钱?)?(?P<per>/?(?:每|一)?(?:个?月|年|天|日|小时|时))?"
    r"(?P<after>及?以上|以上|起步?|往上|朝上|\+|以内|以下|之内|左右|多)?(?:的?(?:工资|薪资|月薪|收入|待遇))?"
)
_MONTHLY = {"年": 1 / 12, "天": 21.75, "日": 21.75, "时": 174.0}


class Sum(NamedTuple):
    """Yuan a month and where the words stand; ``low`` or ``high`` is 0 when open, both are equal for one number."""

    low: int
    high: int
    is_floor: bool
    start: int
    end: int


def small(words: str) -> int:
    """A number below one hundred."""
    if words.isdigit():
        return int(words)
    tens, ten, ones = words.rpartition("十")
    return (_DIGITS.get(tens, 1) * 10 if ten else 0) + _DIGITS.get(ones, 0)


def amount(words: str, unit: str = "") -> float:
    """A sum: 8k, 1.5万, 一万五 (15000), 八千; *unit* counts when the words name none."""
    match = re.fullmatch(rf"({_CHINESE})([千万])({_CHINESE}?)千?", words)
    if match:
        scale = 1000 if match[2] == "千" else 10_000
        return _DIGITS[match[1]] * scale + (_DIGITS[match[3]] * scale / 10 if match[3] else 0)
    whole, ten_thousands, rest = words.partition("万")
    if ten_thousands and rest:  # 1万2
        return float(whole) * 10_000 + float(rest.rstrip("千")) * 1000
    digits = words.rstrip("k千万w ")
    own = words[len(digits) :].strip() or unit
    return float(digits) * {"k": 1000, "千": 1000, "万": 10_000, "w": 10_000}.get(own, 1)


def sums(text: str) -> Iterator[Sum]:
    """Sums of money in a folded text. A bare number must look like pay: a round one from 1000 to 60000."""
    for match in _SUM.finditer(text):
        found = _sum(match)
        if found:
            yield found


def _sum(match: re.Match[str]) -> Sum | None:
    unit = (match["high"] or match["low"]).strip()[-1:]
    unit = unit if unit in "k千万w" else ""
    low = amount(match["low"], unit)
    high = amount(match["high"], unit) if match["high"] else low
    per = (match["per"] or "")[-1:]
    is_said = bool(
        match["before"] or match["yuan"] or unit or match["low"][-1:] in "k千万w" or per in _MONTHLY
    )
    factor = 1 / 12 if match["before"].startswith("年") else _MONTHLY.get(per, 1.0)
    if match["before"].startswith("时薪"):
        factor = _MONTHLY["时"]
    if (not is_said and (low < 1000 or low % 100 or low > 60_000)) or (
        per in _MONTHLY and not is_money(match)
    ):
        return None
    low, high = round(low * factor), round(high * factor)
    if not 500 <= high <= 500_000 or low > high:
        return None
    after = match["after"] or ""
    if after in ("以内", "以下", "之内") and not match["high"]:
        return Sum(0, high, is_floor=False, start=match.start(), end=match.end())
    is_floor = bool(match["floor"]) or after.removeprefix("及") in (
        "以上",
        "起",
        "起步",
        "往上",
        "朝上",
        "+",
        "多",
    )
    return Sum(low, high, is_floor, match.start(), match.end())


def is_money(match: re.Match[str]) -> bool:
    """Whether a number before 年 or 天 is a sum at all: three years are not."""
    return bool(match["yuan"] or match["before"] or match["low"][-1:] in "k千万w")
