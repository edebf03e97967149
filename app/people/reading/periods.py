"""Spans of time as people write them: 2019.09-2023.06, 2019年9月至今, 19.9~23.6, 2019-2023."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_YEAR = r"((?:19[5-9]|20[0-4])\d)"
_MONTH = (
    r"(?:\s?[.\-/年]\s?(1[0-2]|0?[1-9])(?!\d)(?:\s?月份?)?"
    r"(?:[.\-/](?:3[01]|[12]\d|0?[1-9])(?!\d)日?|\s?(?:3[01]|[12]\d|0?[1-9])\s?[日号])?)"
)
_DATE = rf"(?<![\d.]){_YEAR}(?:{_MONTH}|\s?年)?"
_UNTIL = r"\s*(?:-{1,4}|~{1,2}|至|到|→|一)\s*"
_NOW = r"(至\s?今|今(?!年)|现在|目前|在读|迄今|present|now)"
_SHORT = r"'?(\d{2})[.\-/年](1[0-2]|0?[1-9])(?!\d)月?"

_SPAN = re.compile(
    rf"{_DATE}{_UNTIL}(?:{_NOW}|{_DATE}|(1[0-2]|0?[1-9])月)(?:\s?\(?(在读)\)?)?", re.IGNORECASE
)
_SINCE = re.compile(rf"{_DATE}\s*(?:起|开始|以来)")
_OPEN = re.compile(rf"{_DATE}\s*-+\s*$", re.MULTILINE)
_SHORT_SPAN = re.compile(
    rf"(?<![\d.]){_SHORT}{_UNTIL}(?:{_NOW}|{_SHORT})(?!\s*[\d.kw万千元%℃小分:])", re.IGNORECASE
)
_POINT = re.compile(_DATE)

# Where only years are given: the months in which school years and most contracts begin and end.
_SCHOOL_MONTHS = (9, 6)
_WORK_MONTHS = (7, 6)


@dataclass(frozen=True, slots=True)
class Moment:
    year: int
    month: int | None


@dataclass(frozen=True, slots=True)
class Period:
    start: int
    end: int
    since: Moment
    until: Moment | None = None
    is_current: bool = False

    @property
    def is_guess(self) -> bool:
        """Months had to be guessed."""
        return self.since.month is None or (self.until is not None and self.until.month is None)

    def months(self, *, is_school: bool = False) -> tuple[str, str | None]:
        """`started_on` and `ended_on` as the content keeps them."""
        first, last = _SCHOOL_MONTHS if is_school else _WORK_MONTHS
        if self.until is not None and self.until.year == self.since.year:
            first, last = 1, 12
        return written(self.since, first), written(self.until, last) if self.until else None


def written(moment: Moment, month: int) -> str:
    return f"{moment.year}-{moment.month or month:02}"


def periods_in(plain: str, start: int = 0, end: int | None = None) -> list[Period]:
    """All spans of time in order, none inside another."""
    end = len(plain) if end is None else end
    periods: list[Period] = []
    taken = bytearray(end - start)
    for period in _all(plain, start, end):
        first, last = period.start - start, period.end - start
        if not any(taken[first:last]):
            taken[first:last] = b"\x01" * (last - first)
            periods.append(period)
    return sorted(periods, key=lambda period: period.start)


def moment_in(plain: str, start: int, end: int) -> tuple[Moment, int, int] | None:
    """The first single date."""
    found = _POINT.search(plain, start, end)
    return (_moment(found[1], found[2]), found.start(), found.end()) if found else None


def _all(plain: str, start: int, end: int) -> Iterator[Period]:
    for found in _SPAN.finditer(plain, start, end):
        since = _moment(found[1], found[2])
        if found[3]:
            yield Period(found.start(), found.end(), since, is_current=True)
            continue
        until = _moment(found[4], found[5]) if found[4] else Moment(since.year, int(found[6]))
        if since.year <= until.year:
            yield Period(found.start(), found.end(), since, until, is_current=bool(found[7]))
    for found in _SHORT_SPAN.finditer(plain, start, end):
        since = _moment(_century(found[1]), found[2])
        last = None if found[3] else _moment(_century(found[4]), found[5])
        if last is None or since.year <= last.year:
            yield Period(found.start(), found.end(), since, last, is_current=last is None)
    for found in _SINCE.finditer(plain, start, end):
        yield Period(found.start(), found.end(), _moment(found[1], found[2]), is_current=True)
    for found in _OPEN.finditer(plain, start, end):
        yield Period(found.start(), found.end(), _moment(found[1], found[2]))


def _moment(year: str, month: str | None) -> Moment:
    return Moment(int(year), int(month) if month else None)


def _century(year: str) -> str:
    return f"19{year}" if int(year) >= 60 else f"20{year}"
