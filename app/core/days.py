"""Days as people write them: 2026年12月31日, 2026/12/31, 26.12.31, 12月31日, 12月底."""

import calendar
import re
from datetime import date, timedelta

from app.core.halfwidth import half_width

_YEAR = r"(?P<y>(?:20)?\d{2})"
_FULL = re.compile(
    rf"(?<!\d){_YEAR}\s*[-./年]\s*(?P<m>\d{{1,2}})\s*(?:[-./月]\s*(?P<d>\d{{1,2}})\s*[日号]?|月?\s*(?P<e>底|末)|月(?!\d))"
)
_SHORT = re.compile(
    r"(?<![\d.\-/])(?P<m>\d{1,2})\s*(?:月\s*(?:(?P<d>\d{1,2})\s*[日号]?|(?P<e>底|末))|[./](?P<d2>\d{1,2})[日号]?(?![\d./万千百kKwW元%年米吨MmVv]))"
)
_COMPACT = re.compile(r"(?<!\d)(?P<y>20\d{2})(?P<m>\d{2})(?P<d>\d{2})(?!\d)")
_SERIAL = re.compile(r"\s*[0-9]{5}\s*")
_FIRST_SERIAL, _LAST_SERIAL = 36_526, 73_050  # the days of 2000 to 2099 as spreadsheets count them
_SERIAL_ZERO = date(1899, 12, 30)


def read_day(text: str, today: date) -> date | None:
    """The first day named. Without a year it is the next such day, today included; a month alone is its last day."""
    found = find_day(text, today)
    return found[0] if found else None


def find_day(text: str, today: date) -> tuple[date, int, int] | None:
    """(day, start, end) of the first day named in running text; impossible days such as 2月30日 are passed over."""
    plain = half_width(text)
    if _SERIAL.fullmatch(plain) and _FIRST_SERIAL <= int(plain) <= _LAST_SERIAL:
        return _SERIAL_ZERO + timedelta(days=int(plain)), 0, len(text)
    for pattern in (_FULL, _COMPACT, _SHORT):
        for match in pattern.finditer(plain):
            day = _day(match, today)
            if day:
                return day, match.start(), match.end()
    return None


def _day(match: re.Match[str], today: date) -> date | None:
    parts = match.groupdict()
    month = int(parts["m"])
    number = parts.get("d") or parts.get("d2")
    if not 1 <= month <= 12:
        return None
    if parts.get("y"):
        year = int(parts["y"])
        return _made(year if year > 99 else 2000 + year, month, number)
    day = _made(today.year, month, number)
    return _made(today.year + 1, month, number) if day is None or day < today else day


def _made(year: int, month: int, number: str | None) -> date | None:
    last = calendar.monthrange(year, month)[1]
    day = int(number) if number else last
    return date(year, month, day) if 1 <= day <= last else None
