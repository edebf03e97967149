"""Schooling: from entries with a span of time, from labels, or from one sentence."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from app.core.degrees import Degree, read_highest
from app.core.degrees import find_all as degrees_in
from app.core.qualifications import read_major
from app.people.content import Education, month_number
from app.people.reading.entries import Entry, Word, pieces
from app.people.reading.labels import Labeled, mark
from app.people.reading.page import Page, plain
from app.people.reading.periods import moment_in, written
from app.people.reading.words import is_degree, is_department, is_mode, is_school, is_title

_GRADUATION_MONTH = 6
_MAJOR = re.compile(r"[\u4e00-\u9fffA-Za-z()（）与及]{2,20}")
_SENTENCE = re.compile(
    r"毕业于[ ]?(?P<school>[\u4e00-\u9fff]{2,25}?(?:大学|学院|学校|职校|技校|中学|[一二三四五六七八九]中|高中|中专))的?(?P<major>[\u4e00-\u9fff]{2,15}?)?(?=专业|[ ,，。;；\n]|$)"
)
_DEGREE_SAID = re.compile(r"(?P<degree>初中|高中|职高|中专|中技|技校|大专|本科|硕士|博士)(?:毕业|学历|文化)")
_DEGREE_NOTE = re.compile(r"[(（][^()（）]{2,12}[)）]$")
_WITH_MODE = re.compile(r"[(（](?:全日制|非全日制|统招|自考|函授|成人教育|成教|在读)[)）]$")
# What the name of a school says about its degree, where nothing else does.
_BY_SCHOOL = (
    (
        re.compile(
            r"技师学院|技工|技校|职校|中专|职业中|中等|高中|中学|[一二三四五六七八九]中$|卫校|职教中心"
        ),
        Degree.SECONDARY,
    ),
    (re.compile(r"(?:职业|高等专科|专科)(?:技术)?(?:学院|学校)"), Degree.COLLEGE),
)


def is_schooling(page: Page, entry: Entry) -> bool:
    """An entry outside a section: a school in its head and no post beside it (a teacher works there)."""
    words = pieces(page, entry)
    return (entry.label("school") is not None or any(is_school(word.words) for word in words)) and not any(
        is_title(word.words) and not degrees_in(word.words) and not read_major(word.words) for word in words
    )


def education_of(page: Page, entry: Entry, number: int, today: date) -> Education:
    path = f"education.{number}."
    words = pieces(page, entry)
    school = _labeled(page, entry, "school", path) or _first(page, words, path + "school", is_school)
    school = _WITH_MODE.sub("", school)
    degree = _degree(page, entry, words, path)
    major = _labeled(page, entry, "major", path) or _major(page, words, path)
    started_on = ended_on = None
    is_current = False
    if entry.period:
        started_on, ended_on = entry.period.months(is_school=True)
        is_current = entry.period.is_current
        for name, value in (("started_on", started_on), ("ended_on", ended_on)):
            if value:
                page.note(path + name, entry.period.start, entry.period.end, is_guess=entry.period.is_guess)
        page.use(entry.period.start, entry.period.end)
    else:
        ended_on = _graduation(page, entry.label("graduated"), path)
    return Education(
        school,
        _degree_or_guess(degree, school),
        major,
        started_on,
        ended_on,
        is_current or _ahead(ended_on, today),
    )


def education_by_labels(page: Page, labels: Sequence[Labeled], number: int, today: date) -> Education | None:
    """毕业院校, 学历, 专业 and 毕业时间 of a table of personal data; None where they say nothing."""
    entry = Entry(
        labels=[label for label in labels if label.kind in {"school", "degree", "major", "graduated"}]
    )
    found = education_of(page, entry, number, today)
    return found if found != Education() else None


def complete_by_labels(
    page: Page, education: Sequence[Education], labels: Sequence[Labeled]
) -> list[Education]:
    """A table of personal data beside a section: what the section left out is filled in, the rest said the same."""
    completed = list(education)
    for label in labels:
        value = page.text[label.value_start : label.value_end].strip()
        if label.kind not in {"school", "degree", "major", "graduated"} or page.used[label.value_start]:
            continue
        for number, item in enumerate(completed):
            if label.kind == "degree" and not item.degree and (rank := read_highest(value)):
                completed[number] = replace(item, degree=int(rank))
                page.note(
                    f"education.{number}.degree",
                    label.value_start,
                    label.value_end,
                    is_guess=len(completed) > 1,
                )
            elif label.kind == "major" and not item.major and value:
                major = page.take(
                    f"education.{number}.major", label.value_start, label.value_end, is_guess=True
                )
                completed[number] = replace(item, major=major)
            elif not _says_the_same(label.kind, value, item):
                continue
            mark(page, label)
            page.use(label.value_start, label.value_end)
            break
    return completed


def _says_the_same(kind: str, value: str, item: Education) -> bool:
    if kind == "degree":
        return read_highest(value) == item.degree
    if kind == "graduated":
        when = moment_in(plain(value), 0, len(value))
        return when is not None and written(when[0], _GRADUATION_MONTH)[:4] == (item.ended_on or "")[:4]
    mine = item.school if kind == "school" else item.major
    return bool(value) and (value in mine or mine in value)


def education_by_sentence(page: Page, number: int, start: int, end: int, today: date) -> Education | None:
    path = f"education.{number}."
    found = _SENTENCE.search(page.text, start, end)
    if not found:
        said = _DEGREE_SAID.search(page.plain, start, end)
        if not said:
            return None
        page.note(path + "degree", *said.span("degree"), is_guess=True)
        return Education(degree=int(read_highest(said["degree"]) or 0))
    page.use(*found.span())
    school = page.take(path + "school", *found.span("school"), is_guess=True)
    major = page.take(path + "major", *found.span("major"), is_guess=True) if found["major"] else ""
    line_start = page.plain.rfind("\n", 0, found.start()) + 1
    when = moment_in(page.plain, max(line_start, found.start() - 14), found.start())
    ended_on = None
    if when:
        ended_on = written(when[0], _GRADUATION_MONTH)
        page.note(path + "ended_on", when[1], when[2], is_guess=True)
    line_end = page.plain.find("\n", found.end())
    stop = min(found.end() + 20, line_end if line_end >= 0 else len(page.plain))
    degree = max(
        (found for found in degrees_in(page.plain[found.end() : stop]) if found[0] is not Degree.ANY),
        default=None,
    )
    if degree:
        page.note(path + "degree", found.end() + degree[1], found.end() + degree[2], is_guess=True)
    rank = int(degree[0]) if degree else 0
    if not rank and (said := _DEGREE_SAID.search(page.plain, start, end)):
        page.note(path + "degree", *said.span("degree"), is_guess=True)
        rank = int(read_highest(said["degree"]) or 0)
    return Education(school, _degree_or_guess(rank, school), major, None, ended_on, _ahead(ended_on, today))


def _labeled(page: Page, entry: Entry, kind: str, path: str) -> str:
    label = entry.label(kind)
    if label is None:
        return ""
    mark(page, label)
    return page.take(path + kind, label.value_start, label.value_end)


def _first(page: Page, words: Sequence[Word], path: str, fits: object) -> str:
    assert callable(fits)  # noqa: S101 - one of the predicates of `words`
    word = next((word for word in words if fits(word.words)), None)
    return page.take(path, word.start, word.end) if word else ""


def _degree(page: Page, entry: Entry, words: Sequence[Word], path: str) -> int:
    label = entry.label("degree")
    spans = [(label.value_start, label.value_end)] if label else [(word.start, word.end) for word in words]
    if not label and not any(is_degree(page.text[start:end]) for start, end in spans):
        spans += [(line.start, line.end) for line in entry.heads]
    if label:
        mark(page, label)
        page.use(label.value_start, label.value_end)
    best: tuple[int, int, int] | None = None
    for start, end in spans:
        for degree, first, last in degrees_in(page.plain[start:end]):
            if degree is not Degree.ANY and (best is None or degree > best[0]):
                best = (int(degree), start + first, start + last)
    if best is None:
        return 0
    page.note(path + "degree", best[1], best[2])
    return best[0]


def _degree_or_guess(degree: int, school: str) -> int:
    if degree:
        return degree
    return next((int(rank) for pattern, rank in _BY_SCHOOL if pattern.search(school)), 0)


def _without_degree(word: Word) -> Word:
    """应用化工技术（大专） without the bracket."""
    note = _DEGREE_NOTE.search(word.words)
    if not note or not (degrees_in(note[0]) or is_mode(note[0])):
        return word
    return Word(word.words[: note.start()], word.start, word.start + note.start())


def _major(page: Page, words: Sequence[Word], path: str) -> str:
    """A word with 专业 behind it, a known major, or what is neither school nor degree nor department."""
    rest = [
        _without_degree(word)
        for word in words
        if not is_school(word.words) and not is_degree(word.words) and not is_mode(word.words)
    ]
    for fits in (
        lambda words: words.endswith("专业"),
        lambda words: read_major(words) is not None,
        lambda words: bool(_MAJOR.fullmatch(words)) and not is_department(words) and not degrees_in(words),
    ):
        word = next((word for word in rest if fits(word.words)), None)
        if word:
            end = word.end - 2 if word.words.endswith("专业") and len(word.words) > 3 else word.end
            page.use(word.start, word.end)
            return page.take(path + "major", word.start, end, is_guess=True)
    return ""


def _graduation(page: Page, label: Labeled | None, path: str) -> str | None:
    when = moment_in(page.plain, label.value_start, label.value_end) if label else None
    if label is None or when is None:
        return None
    mark(page, label)
    page.use(label.value_start, label.value_end)
    page.note(path + "ended_on", when[1], when[2], is_guess=when[0].month is None)
    return written(when[0], _GRADUATION_MONTH)


def _ahead(ended_on: str | None, today: date) -> bool:
    end = month_number(ended_on)
    return end is not None and end > today.year * 12 + today.month - 1
