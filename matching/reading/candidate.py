"""Reads a person's résumé: what they have done, hold, want and rule out, with the words that say so."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching.ontology.chain import GENERAL, N_LINKS, chain
from matching.ontology.families import N_FAMILIES, tasks_of, titles, transfer
from matching.ontology.majors import majors
from matching.profiles import Candidate, Education, Work
from matching.reading import degrees
from matching.reading.claims import add_claims
from matching.reading.clauses import clauses, impersonal
from matching.reading.concepts import Concepts, Evidence, Section, read_concepts, with_implied
from matching.reading.holdings import FIELD, Holdings, read_holdings
from matching.reading.levels import UNKNOWN, level_of, lowest_level
from matching.reading.post import clause_mark, marks
from matching.reading.wishes import Wishes, read_wishes
from search.words import fold

MONTHS_TO_MASTER = 18.0
GUESSED = 0.6  # a family read so faintly was read from letters that happen to be alike
NEAR = 0.6
_INTERN = re.compile(r"实习|学徒|见习|毕业设计|在校|硕士生|博士生|本科生|助教|科研助理")
_GENERIC = re.compile(
    r"(?:顶岗|毕业|暑期|管培|生产)?实习(?:生|工|员)?|学徒工?|见习(?:生|工|员)?|管培生?|助理|^员工$"
)
_CRAFTLESS = re.compile(
    r"^(?:项目|部门|综合)?(?:经理|主管|主任|负责人|组长|班长|领班|总监|部长|技术员|管理员|员)$"
)
_ANY_JOB = re.compile(r"不限|任何|都行|都可以|服从分配")
_TRANSFER = transfer()


@dataclass(frozen=True, slots=True)
class CandidateReading:
    """A person in the matcher's terms; the arrays run over the 15 families or the 9 chain links."""

    id: Any
    candidate: Candidate
    degree: int
    education: Education | None
    years: float
    is_fresh: bool
    family_done: NDArray[np.float32]
    family_wished: NDArray[np.float32]
    family_years: NDArray[np.float32]
    links: NDArray[np.float32]
    trades: frozenset[str]
    majors: tuple[int, ...]
    major_fit: NDArray[np.float32]
    holdings: Holdings
    covered: frozenset[str]
    claimed: dict[str, int]
    level: float
    level_wished: float
    salary_min: int
    wishes: Wishes
    concepts: Concepts
    shown: dict[str, Evidence]
    clause_marks: frozenset[int]


def read_candidate(candidate: Candidate, today: date | None = None) -> CandidateReading:
    """Read one person as they stand on `today`; only the end of certificates depends on the day."""
    degree, education = degrees.highest(candidate)
    works = tuple(w for w in candidate.work if w.months > 0 or w.text)
    years = candidate.years or sum(w.months for w in works if not is_training(w)) / 12
    holdings = read_holdings(candidate, today or date.today())
    read_majors = tuple(dict.fromkeys(filter(None, (majors().read(e.major) for e in candidate.education))))[
        :3
    ]
    wished = _wished(candidate)
    done, family_years = _families_done(candidate, works, years, wished)
    links, trades = _links(works)
    wishes = read_wishes(candidate)
    concepts = add_claims(read_concepts(_history(candidate)), candidate, is_fresh=years < 1)
    return CandidateReading(
        id=candidate.id,
        candidate=candidate,
        degree=degree,
        education=education,
        years=years,
        is_fresh=years < 1,
        family_done=done,
        family_wished=wished,
        family_years=family_years,
        links=links,
        trades=trades,
        majors=read_majors,
        major_fit=majors().fits[list(read_majors)].max(axis=0)
        if read_majors
        else np.zeros(N_FAMILIES, np.float32),
        holdings=holdings,
        covered=frozenset().union(*(h.certificate.covers for h in holdings.valid if h.source == FIELD)),
        claimed=_claimed(holdings),
        level=max((level_of(w.title) for w in works if not is_training(w)), default=1.4),
        level_wished=_level_wished(candidate, wishes),
        salary_min=_pay_wanted(candidate, wishes),
        wishes=wishes,
        concepts=concepts,
        shown=with_implied(concepts.work),
        clause_marks=marks(
            (candidate.headline, candidate.summary, *(w.text for w in works), "，".join(candidate.skills))
        ),
    )


def _claimed(holdings: Holdings) -> dict[str, int]:
    """Return the keys covered by what only the text says, with the mark of the clause that says it."""
    return {
        key: clause_mark(held.clause)
        for held in holdings.valid
        if held.source != FIELD
        for key in sorted(held.certificate.covers)
    }


def is_training(work: Work) -> bool:
    return bool(_INTERN.search(work.title))


def _history(candidate: Candidate) -> Iterable[Section]:
    """Weigh the parts of a résumé that tell what was done and learnt."""
    for work in candidate.work:
        employer = work.company_type or "工作经历"
        yield Section(work.title, 0.9, employer)
        yield Section(work.text, 1.0, employer)
        yield Section(work.company_type, 0.5, employer)
    yield Section(telling(candidate.headline), 0.6, "简历标题")
    for education in candidate.education:
        yield Section(education.major, 0.3, "教育经历")


@lru_cache(maxsize=8192)
def telling(headline: str) -> str:
    """Return those clauses of a headline that name work, all of it when none does: idle words must not thin out the rest."""
    said = [clause.text for clause in clauses(headline)]
    kept = [
        text
        for text in said
        if titles().read(text).max() > GUESSED or read_concepts([Section(text, 1.0, "")]).work
    ]
    return "，".join(kept) if kept and len(kept) < len(said) else headline


def _wished(candidate: Candidate) -> NDArray[np.float32]:
    """Return how much the person wants each family: named wishes 1, the headline less."""
    wished = np.zeros(N_FAMILIES, dtype=np.float32)
    for wish in candidate.expected_jobs:
        if _ANY_JOB.search(fold(wish)):
            wished = np.maximum(wished, 0.5)
        for part in re.split(r"[/、，,;；|]", wish):
            wished = np.maximum(wished, titles().read(part))
    wished = np.maximum(wished, 0.7 * titles().read(impersonal(candidate.headline)))
    near = (wished[:, None] * np.where(_TRANSFER >= NEAR, _TRANSFER, 0.0)).max(axis=0)
    return np.maximum(wished, 0.8 * near).astype(np.float32)


def _families_done(
    candidate: Candidate, works: tuple[Work, ...], years: float, wished: NDArray[np.float32]
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return experience per family (0 to 1, with transfer) and the years that count in each."""
    done = np.zeros(N_FAMILIES, dtype=np.float32)
    months = np.zeros(N_FAMILIES, dtype=np.float32)
    for work in works:
        kind = _kind_of(work, impersonal(candidate.headline))
        counted = (kind[:, None] * _TRANSFER).max(axis=0)
        share = 0.35 + 0.65 * min(work.months / MONTHS_TO_MASTER, 1.0)
        done = np.maximum(done, counted * share * (0.7 if is_training(work) else 1.0))
        if not is_training(work):
            months += counted * work.months
    total = years * 12 + 11
    return done.astype(np.float32), (np.minimum(months, total) / 12).astype(np.float32)


def _kind_of(work: Work, headline: str) -> NDArray[np.float32]:
    """Read the family from the title and from what was done; 顶岗实习 or 项目经理 say nothing of the craft, the work does."""
    bare = _GENERIC.sub("", work.title) if _GENERIC.search(work.title) else work.title
    kind = titles().read(bare)
    tasks = tasks_of(read_concepts([Section(work.text, 1.0, "")]).work)
    if not bare or _CRAFTLESS.search(bare):
        kind = np.maximum(kind, np.maximum(tasks, 0.7 * titles().read(headline)))
    return np.maximum(kind, 0.6 * tasks).astype(np.float32)


def _links(works: tuple[Work, ...]) -> tuple[NDArray[np.float32], frozenset[str]]:
    worth = np.zeros(N_LINKS, dtype=np.float32)
    trades = set()
    for work in works:
        name = chain().read(work.company_type) or chain().read(work.title)
        if not name:
            continue
        trades.add(name)
        worth = np.maximum(
            worth, chain().worth[name] * (0.5 + 0.5 * min(work.months / MONTHS_TO_MASTER, 1.0))
        )
        said = chain().read(work.text)
        if said and said != GENERAL:
            trades.add(said)
            worth = np.maximum(worth, 0.6 * chain().worth[said])
    return worth.astype(np.float32), frozenset(trades)


def _pay_wanted(candidate: Candidate, wishes: Wishes) -> int:
    """Return the least pay wanted; a lower figure in words counts, but not below seven tenths of the field's."""
    if wishes.pay_floor is None:
        return candidate.salary_min
    return min(candidate.salary_min, max(wishes.pay_floor, round(0.7 * candidate.salary_min)))


def _level_wished(candidate: Candidate, wishes: Wishes) -> float:
    if not candidate.expected_jobs:
        return UNKNOWN
    level = min(lowest_level(wish) for wish in candidate.expected_jobs)
    return max(level - 2.0, 1.0) if wishes.steps_down else level
