"""A draft résumé out of free text, messy as people's résumés are; every value keeps the place it was read from."""

import re
from collections.abc import Collection
from datetime import date

from app.people.content import Content, Education, Project, Work
from app.people.reading.careers import project_of, work_by_sentences, work_of
from app.people.reading.draft import Draft, NotKept, Source, redact
from app.people.reading.education import (
    complete_by_labels,
    education_by_labels,
    education_by_sentence,
    education_of,
    is_schooling,
)
from app.people.reading.entries import Entry, entries_in, pieces
from app.people.reading.headings import PREAMBLE, Section, sections_of
from app.people.reading.held import certificates_in, languages_in, skills_in
from app.people.reading.labels import labels_in, mark
from app.people.reading.page import Line, Page
from app.people.reading.persons import contact_in, headline_in
from app.people.reading.private import private_words
from app.people.reading.wishes import intention_in
from app.people.reading.words import is_idle

__all__ = ["Draft", "NotKept", "Source", "read", "redact"]

_PROSE = 8  # characters that a line outside all sections still has to say
_SENTENCE = re.compile(r"[,。;]")


def read(text: str, today: date, known_skills: Collection[str] = ()) -> Draft:
    """The draft of `text`; what found no place is in `leftover`, what may not be kept in `not_kept` and nowhere else.

    `known_skills` are words to look for in sentences about skills; short lists are taken as they stand.
    """
    return _Reader(text, today, known_skills).draft()


class _Reader:
    def __init__(self, text: str, today: date, known_skills: Collection[str]) -> None:
        self.today = today
        self.known_skills = known_skills
        self.not_kept = list(private_words(text))
        self.page = Page(text, self.not_kept)
        self.contact, more = contact_in(self.page, labels_in(self.page, 0, len(text)))
        self.not_kept += more
        self.sections = sections_of(self.page)
        self.education: list[Education] = []
        self.work: list[Work] = []
        self.projects: list[Project] = []

    def draft(self) -> Draft:
        self._drop_relatives()
        certificates = certificates_in(self.page, self._where_certificates_stand())
        languages = languages_in(
            self.page, [(each.start, each.end, each.kind == "languages") for each in self.sections]
        )
        intention = intention_in(self.page, labels_in(self.page, 0, len(self.page.plain)))
        skills = skills_in(self.page, self._skill_lines(), self.known_skills)
        for section in self.sections:
            self._read_section(section)
        self._read_loose_schooling()
        headline = headline_in(self.page)
        content = Content(
            headline=headline,
            summary=self._summary(),
            education=tuple(self.education),
            work=tuple(self.work),
            projects=tuple(self.projects),
            skills=tuple(skills),
            certificates=tuple(certificates),
            languages=tuple(languages),
            intention=intention,
        )
        order = sorted(self.not_kept, key=lambda each: each.start)
        return Draft(content, self.contact, tuple(self.page.sources), tuple(order), self.page.leftover())

    def _drop_relatives(self) -> None:
        """Names and jobs of relatives are nobody's business here."""
        for line in self._lines_of("family"):
            self.not_kept.append(NotKept("家庭成员", line.start, line.end))
            self.page.blank(line.start, line.end)

    def _where_certificates_stand(self) -> list[tuple[int, int, str]]:
        """Sections of certificates first, so that a certificate is read where it is said best."""
        spans = [
            (each.start, each.end, each.kind if each.kind in {"certificates", "mixed"} else "")
            for each in self.sections
            if each.kind != "intention"
        ]
        return sorted(spans, key=lambda span: not span[2])

    def _read_section(self, section: Section) -> None:
        if section.kind in {"education", "work", "projects"}:
            for entry in entries_in(self.page, section.start, section.end):
                self._read_entry(section.kind, entry)
        elif section.kind == PREAMBLE:
            self.work += work_by_sentences(self.page, section.start, section.end, len(self.work))
            for entry in entries_in(self.page, section.start, section.end, is_period_needed=True):
                if is_schooling(self.page, entry):
                    self._read_entry("education", entry)
                elif not any(is_idle(word.words) for word in pieces(self.page, entry)):
                    self._read_entry("work", entry)

    def _read_entry(self, kind: str, entry: Entry) -> None:
        if kind == "education":
            self.education.append(education_of(self.page, entry, len(self.education), self.today))
        elif kind == "work":
            self.work.append(work_of(self.page, entry, len(self.work)))
        else:
            self.projects.append(project_of(self.page, entry, len(self.projects)))

    def _read_loose_schooling(self) -> None:
        """Labels and sentences about school count where no entry told of it."""
        labels = labels_in(self.page, 0, len(self.page.plain))
        if self.education:
            self.education = complete_by_labels(self.page, self.education, labels)
            return
        found = education_by_labels(self.page, labels, 0, self.today) or education_by_sentence(
            self.page, 0, 0, len(self.page.plain), self.today
        )
        if found:
            self.education.append(found)

    def _summary(self) -> str:
        """The section of that name; without one, whole sentences outside all entries, what they gave included."""
        lines = self._lines_of("summary") or [
            line
            for line in self._lines_of(PREAMBLE)
            if _SENTENCE.search(self.page.plain, line.start, line.end)
            and sum(run.end - run.start for run in self.page.unused(line)) >= _PROSE
        ]
        return self.page.take_prose("summary", lines)

    def _skill_lines(self) -> list[Line]:
        """Sections of skills and lines such as 会：滴定、气相."""
        said = [label for label in labels_in(self.page, 0, len(self.page.plain)) if label.kind == "skills"]
        for label in said:
            mark(self.page, label)
        lines = self._lines_of("skills", "mixed")
        starts = {line.start for line in lines}
        return lines + [Line(each.value_start, each.value_end) for each in said if each.start not in starts]

    def _lines_of(self, *kinds: str) -> list[Line]:
        return [
            line
            for each in self.sections
            if each.kind in kinds
            for line in self.page.lines(each.start, each.end)
        ]
