"""Posts and people as columns of numbers, so that a thousand pairs cost as much as one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from typing import Any, Self

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from matching.reading.candidate import CandidateReading, telling
from matching.reading.concepts import Section, read_concepts
from matching.reading.post import PostReading
from matching.reading.wishes import ANYWHERE
from matching.vectors import Rarity, Row, column, letter_counts, row_of, stack

NOTHING, NOWHERE = -1, -2
NEVER = 0  # no day


def number(word: str) -> int:
    """Return a lasting number for a certificate, place or trade."""
    return column(word) if word else NOTHING


def padded(rows: Sequence[Iterable[int]], width: int, empty: int, dtype: Any = np.int32) -> NDArray[Any]:
    """Return rows of different length as one array, the rest filled with `empty`."""
    table = np.full((len(rows), width), empty, dtype=dtype)
    for position, row in enumerate(rows):
        values = list(row)[:width]
        table[position, : len(values)] = values
    return table


@dataclass(frozen=True, slots=True)
class PostRow:
    """A post as read, with its words as weighted vectors; made once, laid out in tables many times."""

    reading: PostReading
    concepts: Row
    titles: Row
    letters: Row


@dataclass(frozen=True, slots=True)
class CandidateRow:
    """A person as read, with their words as weighted vectors."""

    reading: CandidateReading
    concepts: Row
    titles: Row
    letters: Row


class Table:
    """Parallel arrays; slicing keeps them parallel."""

    ids: Sequence[Any]

    def __len__(self) -> int:
        return len(self.ids)

    def id_at(self, position: int) -> Any:
        """Return the id of one row as it was given."""
        id_ = self.ids[position]
        return id_.item() if isinstance(id_, np.generic) else id_

    def columns(self) -> dict[str, Any]:
        """Return every column but the ids by its name: dense ones of shape (n, …), sparse ones in CSR."""
        return {part.name: getattr(self, part.name) for part in fields(self) if part.name != "ids"}  # type: ignore[arg-type] # every table is a dataclass

    def take(self, positions: NDArray[np.intp]) -> Self:
        """Return the rows at `positions`, in that order."""
        some = {name: column[positions] for name, column in self.columns().items()}
        return type(self)(ids=[self.id_at(int(i)) for i in positions], **some)  # type: ignore[call-arg]

    def with_more(self, other: Self) -> Self:
        """Return the rows of this table and then those of another."""
        more = other.columns()
        both = {name: joined([column, more[name]]) for name, column in self.columns().items()}
        return type(self)(
            ids=[*map(self.id_at, range(len(self))), *map(other.id_at, range(len(other)))], **both
        )  # type: ignore[call-arg]


def joined(columns: Sequence[Any]) -> Any:
    """Return columns of the same kind one below the other; a single one as it is."""
    if len(columns) == 1:
        return columns[0]
    return sp.vstack(columns, format="csr") if sp.issparse(columns[0]) else np.concatenate(columns)


@dataclass
class PostTable(Table):
    """Columns of n posts; see PostReading for their meaning."""

    ids: Sequence[Any]
    family: NDArray[np.float32]
    link: NDArray[np.int32]
    trade: NDArray[np.int32]
    level: NDArray[np.float32]
    degree_min: NDArray[np.int32]
    is_degree_open: NDArray[np.bool_]
    years_min: NDArray[np.float32]
    is_years_open: NDArray[np.bool_]
    majors: NDArray[np.int32]
    certificates: NDArray[np.int32]
    is_quick: NDArray[np.bool_]
    is_certificate_open: NDArray[np.bool_]
    preferred: NDArray[np.int32]
    salary_max: NDArray[np.float32]
    place: NDArray[np.int32]
    nights: NDArray[np.float32]
    welcome: NDArray[np.int32]
    marks: NDArray[np.int64]
    concepts: sp.csr_matrix
    titles: sp.csr_matrix
    letters: sp.csr_matrix


@dataclass
class CandidateTable(Table):
    """Columns of n people; see CandidateReading for their meaning. `turns_on` is the day from which to read anew."""

    ids: Sequence[Any]
    degree: NDArray[np.int32]
    years: NDArray[np.float32]
    is_fresh: NDArray[np.bool_]
    family_done: NDArray[np.float32]
    family_wished: NDArray[np.float32]
    family_years: NDArray[np.float32]
    links: NDArray[np.float32]
    trades: NDArray[np.int32]
    majors: NDArray[np.int32]
    major_fit: NDArray[np.float32]
    covered: NDArray[np.int32]
    claimed: NDArray[np.int32]
    claim_marks: NDArray[np.int64]
    level: NDArray[np.float32]
    level_wished: NDArray[np.float32]
    salary_min: NDArray[np.float32]
    is_pay_open: NDArray[np.bool_]
    places: NDArray[np.int32]
    only_place: NDArray[np.int32]
    stays_away: NDArray[np.bool_]
    comes_along: NDArray[np.bool_]
    refuses_nights: NDArray[np.bool_]
    wants_part_time: NDArray[np.bool_]
    turns_on: NDArray[np.int32]
    marks: NDArray[np.int64]
    concepts: sp.csr_matrix
    titles: sp.csr_matrix
    letters: sp.csr_matrix


def post_row(reading: PostReading, rarity: Rarity) -> PostRow:
    """Weigh a post's words: its concepts sum to 1, its letters have length 1."""
    return PostRow(
        reading,
        concepts=_shares(reading, rarity),
        titles=_unit(_title_of_post(reading), rarity),
        letters=_unit(reading.concepts.spelling, rarity),
    )


def candidate_row(reading: CandidateReading, rarity: Rarity) -> CandidateRow:
    """Weigh a person's words: concepts hold how well each is shown (0 to 1), letters have length 1."""
    return CandidateRow(
        reading,
        concepts=row_of({column(name): found.weight for name, found in reading.shown.items()}),
        titles=_unit(_titles_of_candidate(reading), rarity),
        letters=_unit(reading.concepts.spelling, rarity),
    )


def post_table(rows: Sequence[PostRow]) -> PostTable:
    """Lay posts out as columns."""
    r = [row.reading for row in rows]
    return PostTable(
        ids=[p.id for p in r],
        family=_matrix([p.family for p in r], 15),
        link=_ints(p.link for p in r),
        trade=_ints(number(p.trade) for p in r),
        level=_floats(p.level for p in r),
        degree_min=_ints(p.degree_min for p in r),
        is_degree_open=_bools(p.is_degree_open for p in r),
        years_min=_floats(p.years_min for p in r),
        is_years_open=_bools(p.is_years_open for p in r),
        majors=padded([p.majors for p in r], 8, 0),
        certificates=padded([[number(c.key) for c in p.certificates] for p in r], 4, NOTHING),
        is_quick=padded([[c.is_quick for c in p.certificates] for p in r], 4, 0).astype(bool),
        is_certificate_open=_bools(p.is_certificate_open for p in r),
        preferred=padded([[number(c.key) for c in p.preferred] for p in r], 4, NOTHING),
        salary_max=_floats(p.salary_max for p in r),
        place=_ints(number(p.place) for p in r),
        nights=_floats(p.nights for p in r),
        welcome=padded([[number(t) for t in sorted(p.welcome)] for p in r], 8, NOTHING),
        marks=padded([sorted(p.clause_marks) for p in r], 24, NOTHING, dtype=np.int64),
        concepts=stack([row.concepts for row in rows]),
        titles=stack([row.titles for row in rows]),
        letters=stack([row.letters for row in rows]),
    )


def candidate_table(rows: Sequence[CandidateRow]) -> CandidateTable:
    """Lay people out as columns."""
    r = [row.reading for row in rows]
    return CandidateTable(
        ids=[c.id for c in r],
        degree=_ints(c.degree for c in r),
        years=_floats(c.years for c in r),
        is_fresh=_bools(c.is_fresh for c in r),
        family_done=_matrix([c.family_done for c in r], 15),
        family_wished=_matrix([c.family_wished for c in r], 15),
        family_years=_matrix([c.family_years for c in r], 15),
        links=_matrix([c.links for c in r], 9),
        trades=padded([[number(t) for t in sorted(c.trades)] for c in r], 6, NOWHERE),
        majors=padded([c.majors for c in r], 3, 0),
        major_fit=_matrix([c.major_fit for c in r], 15),
        covered=padded([[number(k) for k in sorted(c.covered)] for c in r], 40, NOWHERE),
        claimed=padded([[number(k) for k in c.claimed] for c in r], 16, NOWHERE),
        claim_marks=padded([c.claimed.values() for c in r], 16, NOWHERE, dtype=np.int64),
        level=_floats(c.level for c in r),
        level_wished=_floats(c.level_wished for c in r),
        salary_min=_floats(c.salary_min for c in r),
        is_pay_open=_bools(c.wishes.is_pay_open for c in r),
        places=padded([[number(p) for p in c.wishes.places] for c in r], 6, NOWHERE),
        only_place=_ints(number(c.wishes.only_place) for c in r),
        stays_away=_bools(c.wishes.stays_away for c in r),
        comes_along=_bools(c.wishes.comes_along for c in r),
        refuses_nights=_bools(c.wishes.refuses_nights for c in r),
        wants_part_time=_bools(c.wishes.wants_part_time for c in r),
        turns_on=_ints(c.holdings.changes_on.toordinal() if c.holdings.changes_on else NEVER for c in r),
        marks=padded([sorted(c.clause_marks) for c in r], 48, NOWHERE, dtype=np.int64),
        concepts=stack([row.concepts for row in rows]),
        titles=stack([row.titles for row in rows]),
        letters=stack([row.letters for row in rows]),
    )


ANYWHERE_NUMBER = number(ANYWHERE)


def _floats(values: Iterable[float]) -> NDArray[np.float32]:
    return np.array(list(values), dtype=np.float32)


def _ints(values: Iterable[int]) -> NDArray[np.int32]:
    return np.array(list(values), dtype=np.int32)


def _bools(values: Iterable[bool]) -> NDArray[np.bool_]:
    return np.array(list(values), dtype=bool)


def _matrix(rows: Sequence[NDArray[np.float32]], width: int) -> NDArray[np.float32]:
    return np.array(rows, dtype=np.float32).reshape(len(rows), width)


def _shares(reading: PostReading, rarity: Rarity) -> Row:
    columns, weights = row_of({column(name): found.weight for name, found in reading.concepts.work.items()})
    weights = weights * rarity.of(columns)
    return columns, (weights / max(float(weights.sum()), 1e-9)).astype(np.float32)


def _unit(spelling: Iterable[tuple[str, float]], rarity: Rarity) -> Row:
    columns, weights = row_of(letter_counts(spelling))
    weights = weights * rarity.of(columns)
    return columns, (weights / max(float(np.sqrt((weights**2).sum())), 1e-9)).astype(np.float32)


def _title_of_post(reading: PostReading) -> list[tuple[str, float]]:
    return read_concepts([Section(reading.post.title, 1.0, "")], with_denied=True).spelling


def _titles_of_candidate(reading: CandidateReading) -> list[tuple[str, float]]:
    person = reading.candidate
    sections = [Section(wish, 1.0, "") for wish in person.expected_jobs]
    sections += [Section(work.title, 0.8, "") for work in person.work]
    return read_concepts([*sections, Section(telling(person.headline), 0.7, "")]).spelling
