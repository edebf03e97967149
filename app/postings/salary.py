"""Pay as people write it (6-9K·13薪, 8千-1.5万, 200元/天, 年薪20-30万) as yuan a month.

Assumptions: a month has 21.75 paid days (the state's own figure for converting pay), a day 8 hours, a year 12
months and 52 weeks. Yearly pay is divided by 12 whatever the number of months paid. What is open upward (5k起, 1万以上)
keeps its floor as the maximum as well, because nothing more was promised.
"""

import re
from dataclasses import dataclass, replace

from app.core.errors import DomainError
from app.core.halfwidth import half_width
from app.core.numerals import NUMERALS, read_numeral
from app.postings.pay_grammar import (
    AFTER_UNIT,
    BEFORE_UNIT,
    CAPPED,
    CAPPED_BEFORE,
    CUE,
    EITHER,
    FOREIGN,
    MONTHS,
    NEGOTIABLE,
    OPEN,
    OPEN_BEFORE,
    OTHER_MEASURE,
    PAY,
    PIECES,
    UNIT_OF,
    Unit,
)

PAID_DAYS_A_MONTH = 21.75
HOURS_A_DAY = 8
LEAST_PLAUSIBLE = 1_000
SURPRISINGLY_LOW = 2_000
SURPRISINGLY_HIGH = 100_000
MOST_PLAUSIBLE = 1_000_000
MOST_MONTHS = 24
_MOST_DIGITS = 12
NEAR = 30  # characters around an amount in which its unit and months are looked for


NEGATIVE = re.compile(rf"\D*(?<![{NUMERALS}\d万千百kw元])-\s*\d", re.IGNORECASE)  # 一万五-2万 is a range

_MONTHLY = {
    Unit.MONTH: 1.0,
    Unit.YEAR: 1 / 12,
    Unit.WEEK: 52 / 12,
    Unit.DAY: PAID_DAYS_A_MONTH,
    Unit.HOUR: PAID_DAYS_A_MONTH * HOURS_A_DAY,
}


class PayRefused(DomainError):
    status = 400
    message = "没有看懂这个薪资，请写成 6000-8000元/月、6-8K 或 200元/天 的样子"


class BelowZero(PayRefused):
    message = "薪资不能是负数，请写一个最低数，例如 6000元起"


class FloorMissing(PayRefused):
    message = "只写面议不够，请写一个最低数，例如 6000元起"


class LimitsReversed(PayRefused):
    message = "上下限反了，请把小的写在前面"


class UnitMissing(PayRefused):
    message = "请写明单位：K、千、万或元，按天、按小时的也写明"


class PayImplausible(PayRefused):
    message = "这个数不像每月的工资，请检查有没有多写或少写一位"


@dataclass(frozen=True, slots=True)
class Pay:
    """`minimum` and `maximum` are yuan a month; `words` are the author's own, `unit` what they counted in."""

    minimum: int
    maximum: int
    months: int
    words: str
    unit: Unit
    is_open_ended: bool = False
    warnings: tuple[str, ...] = ()
    start: int = 0
    end: int = 0


def read(text: str) -> Pay:
    """The pay that one field's words say.

    Raises
    ------
    FloorMissing, LimitsReversed, UnitMissing, PayImplausible, PayRefused
        Each with a sentence for the person who wrote it.
    """
    plain = half_width(text)
    if FOREIGN.search(plain):
        raise PayRefused("请换算成人民币再写")
    if NEGATIVE.match(plain):
        raise BelowZero
    candidates = [match for match in PAY.finditer(plain) if not _is_months(match, plain)]
    if not candidates:
        raise FloorMissing if NEGOTIABLE.search(plain) else PayRefused
    ranges = [match for match in candidates if match["bn"] or match["bc"]]
    return replace(_pay(plain, (ranges or candidates)[0]), words=text.strip())


def find(text: str) -> Pay | None:
    """The first pay in running text, or None; a bare number counts only behind a word for pay.

    Every amount that is plainly no pay (tons, years, capital) is passed over, and so is pay that `read` would refuse.
    """
    plain = half_width(text)
    for match in PAY.finditer(plain):
        if not _is_months(match, plain) and _is_evident(match, plain):
            try:
                pay = _pay(plain, match)
            except PayRefused:
                continue
            return replace(pay, words=text[pay.start : pay.end].strip())
    return None


def _is_months(match: re.Match[str], plain: str) -> bool:
    """Whether the number is the 13 of 13薪, or the 十三 of 十三薪."""
    months = MONTHS.match(plain, match.start())
    return months is not None


def _is_evident(match: re.Match[str], plain: str) -> bool:
    before, after = plain[max(0, match.start() - 16) : match.start()], plain[match.end() : match.end() + 8]
    if CUE.search(before):
        return True
    unit = AFTER_UNIT.match(after)
    has_scale = _has_scale(match)
    is_range = bool(match["bn"] or match["bc"])
    has_yuan = bool(re.search(r"[元块圆¥￥]|rmb", match[0], re.IGNORECASE))
    if unit and (has_yuan or has_scale or is_range) and (unit["u"] or unit["bare"]) not in PIECES:
        return True
    if OTHER_MEASURE.match(after):
        return False
    if is_range and BEFORE_UNIT.search(before):
        return True
    return (is_range and (has_scale or has_yuan)) or bool(MONTHS.match(after.lstrip("·.*xX, ")))


def _has_scale(match: re.Match[str]) -> bool:
    return any((match[side] or "").lower() in ("k", "w", "千", "万") for side in ("as", "bs"))


def _pay(plain: str, match: re.Match[str]) -> Pay:
    before = plain[max(0, match.start() - NEAR) : match.start()]
    after = plain[match.end() : match.end() + NEAR]
    low, high = _limits(match)
    unit, is_said, unit_end = _unit(before, after)
    if not is_said:
        unit = _guessed_unit(match, low, high)
    tail = after[unit_end:]
    if CAPPED.match(tail) or CAPPED_BEFORE.search(before):
        raise FloorMissing("只写了最高数，请再写一个最低数")
    if low > high:
        raise LimitsReversed(f"上下限反了：最低{low:g}高于最高{high:g}")
    months, months_end = _months(before, after)
    opened = OPEN.match(tail)
    end = match.end() + max(unit_end + (opened.end() if opened else 0), months_end)
    pay = Pay(
        minimum=round(low * _MONTHLY[unit]),
        maximum=round(high * _MONTHLY[unit]),
        months=months,
        words="",
        unit=unit,
        is_open_ended=low == high and bool(opened or OPEN_BEFORE.search(before)),
        start=match.start(),
        end=end,
    )
    return _checked(pay, is_said=is_said)


def _limits(match: re.Match[str]) -> tuple[float, float]:
    either = EITHER.fullmatch(match["ac"] or "")
    if either and not match["bc"]:
        first, second = (read_numeral(digit + either["p"]) or 0 for digit in either["d"])
        return first, second
    low, low_scale = _number(match, "a")
    if not (match["bn"] or match["bc"]):
        return low * low_scale, low * low_scale
    high, high_scale = _number(match, "b")
    if low_scale == 1 and high_scale > 1 and low < 1000 and not match["ac"]:
        low_scale = high_scale  # 8-12K, 1.5-2万
    elif high_scale == 1 and low_scale > 1 and high < 1000 and not match["bc"]:
        high_scale = low_scale  # 8K-12
    return low * low_scale, high * high_scale


def _number(match: re.Match[str], side: str) -> tuple[float, int]:
    numeral = match[f"{side}c"]
    if numeral:
        amount = read_numeral(numeral)
        if amount is None:
            raise PayRefused
        return amount, 1
    digits = match[f"{side}n"].replace(",", "")
    if len(digits) > _MOST_DIGITS:
        raise PayImplausible
    value = float(digits)
    scale = {"万": 10_000, "w": 10_000, "千": 1000, "k": 1000, "百": 100}.get(match[f"{side}s"].lower(), 1)
    tail = match[f"{side}t"]
    if tail:
        more = tail.rstrip("千百")
        rest = int(more) if len(more) > 1 else int(more) * scale // 10
        return value * scale + rest, 1
    return value, scale


def _unit(before: str, after: str) -> tuple[Unit, bool, int]:
    """(unit, whether the words said it, where its words end)."""
    behind = AFTER_UNIT.match(after)
    if behind:
        word = (behind["u"] or behind["bare"]).lower()
        if word in PIECES:
            raise PayRefused("计件、计次的，请写折合每月大约多少")
        return UNIT_OF.get(word, Unit.MONTH), True, behind.end()
    ahead = BEFORE_UNIT.search(before)
    if ahead:
        return UNIT_OF.get(ahead["u"], Unit.MONTH), True, 0
    return Unit.MONTH, False, 0


def _guessed_unit(match: re.Match[str], low: float, high: float) -> Unit:
    """A month, unless nobody earns that in one: 20-30万 alone is said of a year."""
    has_scale = _has_scale(match)
    if high < LEAST_PLAUSIBLE and not has_scale:
        raise UnitMissing
    is_yearly = has_scale and (low >= SURPRISINGLY_HIGH or high >= 1.5 * SURPRISINGLY_HIGH)
    return Unit.YEAR if is_yearly else Unit.MONTH


def _months(before: str, after: str) -> tuple[int, int]:
    """(months paid a year, where their words end behind the amount); 12 where nothing is said."""
    behind = MONTHS.search(after)
    match = behind or MONTHS.search(before)
    if not match:
        return 12, 0
    end = match.end() if behind else 0
    if match["d"]:
        return 13, end
    months = int(match["n"]) if match["n"] else read_numeral(match["c"]) or 12
    if not 12 <= months <= MOST_MONTHS:
        raise PayImplausible(f"一年{months}薪不像是真的，请检查")
    return months, end


def _checked(pay: Pay, *, is_said: bool) -> Pay:
    if pay.minimum <= 0:
        raise FloorMissing
    if pay.maximum > MOST_PLAUSIBLE or pay.minimum < LEAST_PLAUSIBLE:
        raise PayImplausible(
            f"折合每月{pay.minimum}到{pay.maximum}元，不像每月的工资，请检查有没有多写或少写一位"
        )
    warnings = []
    if pay.unit is Unit.YEAR and not is_said:
        warnings.append("没有写明按月还是按年，已按年薪理解")
    if pay.minimum < SURPRISINGLY_LOW:
        warnings.append(f"折合每月只有{pay.minimum}元，请确认没有少写一位")
    if pay.maximum > SURPRISINGLY_HIGH:
        warnings.append(f"折合每月高达{pay.maximum}元，请确认没有多写一位")
    if pay.maximum > 4 * pay.minimum:
        warnings.append("最高是最低的四倍以上，范围太宽，应聘的人不好判断")
    return replace(pay, warnings=tuple(warnings))
