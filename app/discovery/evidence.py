"""A posting and a résumé side by side: both texts, with the words that each reason was read from marked and numbered."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from app.core import degrees
from app.core.fit import Fit
from app.people.content import Content
from app.postings.models import Posting
from search import fold

BREAKS = "，。；！？;!?,\n\r\t、"
SHORTEST = 2


@dataclass(frozen=True)
class Point:
    """One reason or requirement: its number in both texts, what it says, and whether it speaks for the match."""

    number: int
    words: str
    is_met: bool
    advice: str = ""


@dataclass(frozen=True)
class Passage:
    """A part of one of the two texts, in pieces: (text, numbers of the points read from it)."""

    title: str
    pieces: tuple[tuple[str, tuple[int, ...]], ...]

    @property
    def is_marked(self) -> bool:
        return any(numbers for _, numbers in self.pieces)


@dataclass(frozen=True)
class SideBySide:
    points: tuple[Point, ...]
    posting: tuple[Passage, ...]
    resume: tuple[Passage, ...]


def side_by_side(posting: Posting, content: Content, fit: Fit, *, for_employer: bool = False) -> SideBySide:
    """Lay both texts beside each other and mark in each the words behind every point of *fit*.

    A gap comes with what the person can do about it, or with what the employer can.
    """
    points, asked, said = [], [], []
    for number, (words, post_words, person_words, is_met, how) in enumerate(
        _read(fit, for_employer=for_employer), 1
    ):
        points.append(Point(number, words, is_met, how))
        asked.append((number, fold(post_words)))
        said.append((number, fold(person_words)))
    return SideBySide(
        tuple(points),
        tuple(_passage(title, text, asked) for title, text in _of_posting(posting) if text),
        tuple(_passage(title, text, said) for title, text in _of_resume(content) if text),
    )


def _read(fit: Fit, *, for_employer: bool) -> Iterator[tuple[str, str, str, bool, str]]:
    for row in fit.rows:
        says = row.says if row.source else ""
        yield row.need, row.need, says, row.is_met, row.for_employer if for_employer else row.how_to_close
    for reason in fit.reasons:
        if reason.person_words and all(reason.person_words != row.says for row in fit.rows):
            yield reason.sentence, reason.post_words, reason.person_words, True, ""


def _of_posting(posting: Posting) -> Iterator[tuple[str, str]]:
    asked = [degrees.Degree(posting.degree).demand if posting.degree else ""]
    asked += [
        f"{posting.years}年以上经验" if posting.years else "",
        *posting.required_certificates,
        *posting.majors,
    ]
    yield "职位", posting.title
    yield "条件", "、".join(filter(None, asked))
    yield "任职要求", posting.requirements
    yield "工作内容", posting.duties
    yield "班次", posting.shift
    yield "技能", "、".join(posting.skills)


def _of_resume(content: Content) -> Iterator[tuple[str, str]]:
    yield "求职方向", content.headline
    wish = content.intention
    yield "求职意向", "、".join((*wish.jobs, *wish.families, *wish.shifts))
    for work in content.work:
        yield "工作经历", f"{work.title}、{work.employer}\n{work.text}"
    for project in content.projects:
        yield "项目经历", f"{project.name}\n{project.text}"
    for school in content.education:
        degree = degrees.Degree(school.degree).label if school.degree else ""
        yield "教育经历", "、".join(filter(None, (degree, school.major)))
    yield "证书", "、".join(f"{c.name}{c.level}" for c in content.certificates)
    yield "技能", "、".join(content.skills)
    yield "自我评价", content.summary


def _passage(title: str, text: str, evidence: list[tuple[int, str]]) -> Passage:
    pieces = [(piece, _numbers(piece, evidence)) for piece in _cut(text)]
    merged = (
        ("".join(piece for piece, _ in group), numbers)
        for numbers, group in groupby(pieces, key=lambda pair: pair[1])
    )
    return Passage(title, tuple(merged))


def _cut(text: str) -> Iterator[str]:
    """Yield stretches between commas and the commas themselves; joined they are the text again."""
    for _, stretch in groupby(text, key=lambda letter: letter in BREAKS):
        yield "".join(stretch)


def _numbers(piece: str, evidence: list[tuple[int, str]]) -> tuple[int, ...]:
    """Return the points whose words hold this stretch, or stand in it."""
    bare = fold(piece).strip()
    if len(bare) < SHORTEST:
        return ()
    return tuple(number for number, words in evidence if len(words) >= SHORTEST and _is_from(bare, words))


def _is_from(bare: str, words: str) -> bool:
    parts = [part.strip() for part in _cut(words)]
    return words in bare or any(part == bare or (len(part) > SHORTEST and part in bare) for part in parts)
