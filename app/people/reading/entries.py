"""Entries of a section: which lines are head and which are text, and the words of the head one by one."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from app.people.reading.labels import Labeled, labels_in
from app.people.reading.page import Line, Page
from app.people.reading.periods import Period, periods_in
from app.people.reading.words import employer_and_title, is_employer, is_school, is_title

_SENTENCE = re.compile(r"[。；;！!]|[,，].*[,，]")
_TEXT_BEGINS = re.compile(r":(?=.{9})|(?<![A-Za-z.]),(?=.{16})|[。;]")
_BULLET = re.compile(r"\s*(?:[●■◆▶★•·*\-]|\(?\d{1,2}[.、)])\s*(?!\d)")
_CUT = re.compile(
    r"[\t|]+|[ ]{2,}|[/·、]|(?<![A-Za-z.]),| -+ |-{2,}|(?<![A-Za-z,.&])[ ]+|[ ]+(?![A-Za-z&])|:"
)
_HEAD_LABELS = frozenset(
    {"employer", "title", "period", "school", "degree", "major", "graduated", "project", "role"}
)
_WIDE_CUT = re.compile(r"[\t|]+|[ ]{2,}")
_AROUND = re.compile(r"[\s()（）\[\]【】|/,，:：·*●■◆▶\d.、\-一二三四五六七八九十]*")


@dataclass(frozen=True, slots=True)
class Word:
    """A piece of a head line with its place."""

    words: str
    start: int
    end: int


@dataclass
class Entry:
    period: Period | None = None
    heads: list[Line] = field(default_factory=list)
    body: list[Line] = field(default_factory=list)
    labels: list[Labeled] = field(default_factory=list)
    is_told: bool = False  # a line has gone over from names into text

    @property
    def lines(self) -> list[Line]:
        return self.heads + self.body

    def label(self, kind: str) -> Labeled | None:
        return next((label for label in self.labels if label.kind == kind), None)


def entries_in(page: Page, start: int, end: int, *, is_period_needed: bool = False) -> list[Entry]:
    """Lines grouped into entries; with `is_period_needed` lines before the first span of time belong to none."""
    periods = periods_in(page.plain, start, end)
    labels = labels_in(page, start, end)
    entries: list[Entry] = []
    for line in page.lines(start, end):
        period = _leading_period(page, line, periods)
        mine = [label for label in labels if line.start <= label.start < line.end]
        names = _names(page, line, mine)
        if _begins_entry(entries, period, names) and (period or not is_period_needed):
            entries.append(Entry())
        if not entries:
            continue
        entry = entries[-1]
        entry.labels += mine
        entry.period = entry.period or period
        is_head = bool(period or names or {label.kind for label in mine} & _HEAD_LABELS) or (
            not entry.body and _is_short(page, line) and not mine
        )
        (entry.heads if is_head and not _ended(entry, period) else entry.body).append(line)
        entry.is_told = entry.is_told or (not mine and _head_end(page, line) < line.end)
    return entries


def pieces(page: Page, entry: Entry, *, is_wide: bool = False) -> list[Word]:
    """The words of the head lines without the span of time and without labelled values."""
    taken = [(entry.period.start, entry.period.end)] if entry.period else []
    taken += [(label.start, label.value_end) for label in entry.labels]
    found = []
    for line in entry.heads:
        for start, end in _gaps(Line(line.start, _head_end(page, line)), taken):
            found += _cut(page, start, end, _WIDE_CUT if is_wide else _CUT)
    return found


def _head_end(page: Page, line: Line) -> int:
    """Where the words of a head go over into text on the same line: 某化纤厂 操作工：看聚合釜，抄表。"""
    found = _TEXT_BEGINS.search(page.plain, line.start, line.end)
    return found.start() if found else line.end


def _cut(page: Page, start: int, end: int, at: re.Pattern[str]) -> list[Word]:
    words, position = [], start
    for stop in [*at.finditer(page.plain, start, end), None]:
        first, last = page.trimmed(position, stop.start() if stop else end)
        if last - first >= 1:
            words.append(Word(page.text[first:last], first, last))
        position = stop.end() if stop else end
    return words


def _gaps(line: Line, taken: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    gaps, position = [], line.start
    for start, end in sorted(taken):
        if start >= line.end or end <= line.start:
            continue
        gaps.append((position, start))
        position = end
    gaps.append((position, line.end))
    return [(start, end) for start, end in gaps if end > start]


def _leading_period(page: Page, line: Line, periods: Sequence[Period]) -> Period | None:
    """A span of time that opens or closes its line, or fills a cell of it; one inside a sentence is text."""
    for period in periods:
        if not line.start <= period.start < line.end or page.used[period.start]:
            continue
        before, after = page.plain[line.start : period.start], page.plain[period.end : line.end]
        opens = bool(_AROUND.fullmatch(before)) or before.endswith(("\t", "|", "  "))
        closes = bool(_AROUND.fullmatch(after)) or bool(re.fullmatch(r"\s*\([^)]{1,12}\)\s*", after))
        is_labelled = bool(re.search(r"(?:时间|日期)\s*:?\s*$", before))
        if opens or is_labelled or (closes and len(before) <= 60 and not _SENTENCE.search(before)):
            return period
    return None


def _names(page: Page, line: Line, labels: Sequence[Labeled]) -> set[str]:
    """What a line without a sentence names: {"employer"}, {"title"}, both or nothing."""
    kinds = {label.kind for label in labels} & {"employer", "school", "project"}
    if kinds:
        return {"employer"}
    text = page.text[line.start : line.end]
    if line.end - line.start > 60 or _SENTENCE.search(text) or _BULLET.match(text) or labels:
        return set()
    names = set()
    for word in _cut(page, line.start, line.end, _CUT):
        if is_employer(word.words) or is_school(word.words) or employer_and_title(word.words):
            names.add("employer")
        elif is_title(word.words):
            names.add("title")
    return names


def _is_short(page: Page, line: Line) -> bool:
    text = page.text[line.start : line.end]
    return line.end - line.start <= 30 and not _SENTENCE.search(text) and not _BULLET.match(text)


def _begins_entry(entries: list[Entry], period: Period | None, names: set[str]) -> bool:
    if not entries:
        return True
    entry = entries[-1]
    if period and entry.period:
        return True
    return (
        ("employer" in names or bool(period))
        and bool(entry.body)
        and (entry.period is not None or bool(period) or bool(names))
    )


def _ended(entry: Entry, period: Period | None) -> bool:
    """The head is over where text has begun, be it on the line of the head itself."""
    return (bool(entry.body) or entry.is_told) and not period
