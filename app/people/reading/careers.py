"""Work and projects: employer, post, months and the text below, from entries."""

import re
from collections.abc import Sequence

from app.people.content import Project, Work
from app.people.reading.entries import Entry, Word, pieces
from app.people.reading.labels import mark
from app.people.reading.page import Page
from app.people.reading.periods import periods_in
from app.people.reading.words import (
    employer_and_title,
    family_of,
    is_department,
    is_employer,
    is_role,
    is_school,
    is_title,
)

_SAID = re.compile(
    r"[ ,，:：]*(?:一直)?(?:在|于|就职于|任职于)(?P<employer>[^,，。;；\n]{2,25}?)(?:做|当|任|担任|从事|干)(?:过|了)?"
    r"(?P<title>[^,，。;；\n]{2,12})"
)


def work_of(page: Page, entry: Entry, number: int) -> Work:
    path = f"work.{number}."
    words = pieces(page, entry)
    employer, title = _glued(page, words, path)
    employer = employer or _labeled(page, entry, "employer", path) or _employer(page, words, path)
    title = title or _labeled(page, entry, "title", path) or _title(page, words, path)
    started_on, ended_on, is_current = _months(page, entry, path)
    text = _text(page, entry, path)
    return Work(employer, title, started_on, ended_on, is_current, family_of(title), text)


def project_of(page: Page, entry: Entry, number: int) -> Project:
    path = f"projects.{number}."
    words = pieces(page, entry, is_wide=True)
    name = _labeled(page, entry, "project", path, "name")
    if not name and len(words) == 1:
        words = _apart(page, words[0])
    if not name and words:
        name = page.take(path + "name", words[0].start, words[0].end, is_guess=True)
        words = words[1:]
    role = _labeled(page, entry, "role", path)
    if not role and words:
        role = page.take(path + "role", words[0].start, words[0].end, is_guess=True)
    started_on, ended_on, is_current = _months(page, entry, path)
    return Project(name, role, started_on, None if is_current else ended_on, _text(page, entry, path))


def work_by_sentences(page: Page, start: int, end: int, number: int) -> list[Work]:
    """2010年至2015年在某鞋厂做机修 inside running text; the sentence itself stays for the summary."""
    jobs: list[Work] = []
    for period in periods_in(page.plain, start, end):
        said = _SAID.match(page.text, period.end, end)
        if said and not page.used[period.start]:
            path = f"work.{number + len(jobs)}."
            employer = page.take(path + "employer", *said.span("employer"), is_guess=True)
            title = page.take(path + "title", *said.span("title"), is_guess=True)
            started_on, ended_on, is_current = _months(page, Entry(period=period), path)
            jobs.append(Work(employer, title, started_on, ended_on, is_current, family_of(title)))
    return jobs


def _apart(page: Page, word: Word) -> list[Word]:
    """A name and a role with one space between: 尾气改造 组员."""
    head, gap, role = word.words.replace("\u3000", " ").rpartition(" ")
    if gap and head.strip() and is_role(role):
        edge = word.end - len(role)
        return [Word(head.strip(), *page.trimmed(word.start, edge)), Word(role, edge, word.end)]
    return [word]


def _glued(page: Page, words: Sequence[Word], path: str) -> tuple[str, str]:
    for word in words:
        both = employer_and_title(word.words)
        if both:
            edge = word.start + len(both[0])
            return (
                page.take(path + "employer", word.start, edge, is_guess=True),
                page.take(path + "title", edge, word.end, is_guess=True),
            )
    return "", ""


def _employer(page: Page, words: Sequence[Word], path: str) -> str:
    """What has the form of an employer, else the first word that has the form of nothing else."""
    unnamed = [word for word in words if not is_title(word.words) and not is_department(word.words)]
    for fits in (is_employer, is_school, lambda words: len(words) >= 2 and words.isprintable()):
        word = next((word for word in unnamed if fits(word.words)), None)
        if word:
            return page.take(path + "employer", word.start, word.end, is_guess=True)
    word = next((word for word in words if is_department(word.words)), None)
    return page.take(path + "employer", word.start, word.end, is_guess=True) if word else ""


def _title(page: Page, words: Sequence[Word], path: str) -> str:
    rest = [word for word in words if not page.used[word.start]]
    word = next((word for word in rest if is_title(word.words)), None) or next(
        (word for word in rest if len(word.words) >= 2 and not is_department(word.words)), None
    )
    return page.take(path + "title", word.start, word.end, is_guess=True) if word else ""


def _labeled(page: Page, entry: Entry, kind: str, path: str, name: str = "") -> str:
    label = entry.label(kind)
    if label is None:
        return ""
    mark(page, label)
    return page.take(path + (name or kind), label.value_start, label.value_end)


def _months(page: Page, entry: Entry, path: str) -> tuple[str | None, str | None, bool]:
    period = entry.period
    if period is None:
        return None, None, False
    started_on, ended_on = period.months()
    for label in entry.labels:
        if label.kind == "period":
            mark(page, label)
    page.use(period.start, period.end)
    for name, value in (("started_on", started_on), ("ended_on", ended_on)):
        if value:
            page.note(path + name, period.start, period.end, is_guess=period.is_guess)
    return started_on, ended_on, period.is_current


def _text(page: Page, entry: Entry, path: str) -> str:
    """What is left of the lines: neither the head's words nor departments, reasons for leaving and the like."""
    aside = [(label.start, label.value_end) for label in entry.labels if label.kind == "aside"]
    aside += [(word.start, word.end) for word in pieces(page, entry) if is_department(word.words)]
    aside = [(start, end) for start, end in aside if not any(page.used[start:end])]
    for start, end in aside:
        page.use(start, end)
    for label in entry.labels:
        if label.kind == "duties":
            mark(page, label)
    lines = [
        run for line in entry.lines for run in page.unused(line, is_whole=True) if run.end - run.start > 1
    ]
    text = page.take_prose(path + "text", lines)
    for start, end in aside:
        page.release(start, end)
    return text
