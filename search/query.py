"""What one asks an index and what it answers. Everything is a plain value: a distributed engine could answer too."""

from dataclasses import dataclass, field
from typing import Literal, Protocol

Test = Literal["any", "all", "none", "at_most", "at_least"]
Sort = Literal["relevance", "newest", "pay", "openings"]
Kind = Literal["post", "person", "organization", "event"]


@dataclass(frozen=True)
class Constraint:
    """A condition on one keyword or number field; ``facet`` names the facet that it belongs to, if any.

    ``any``, ``all`` and ``none`` speak of keyword values, ``at_most`` and ``at_least`` of a number. The field
    "text" with ``none`` leaves out documents in which the words stand.
    """

    field: str
    test: Test
    values: tuple[str, ...] = ()
    number: int = 0
    facet: str = ""


class Picked(Protocol):
    """What somebody picked beside the text, for one kind of thing."""

    def constraints(self) -> tuple[Constraint, ...]:
        """The same as a list of conditions that must all hold."""


@dataclass(frozen=True)
class Filters:
    """What the seeker picked. Several towns, families, links, shifts or kinds: any of them; several benefits or
    certificates: all of them.

    ``places`` are GB/T 2260 codes of any level. ``degree`` and ``years`` are the seeker's own: posts that ask for
    no more stay. ``pay_min`` keeps posts whose upper end reaches it (``salary_max >= pay_min``).
    ``excluded`` are (field, value) pairs that must not hold; the field is a facet's name or "text".
    """

    towns: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    families: tuple[str, ...] = ()
    chain_links: tuple[str, ...] = ()
    shifts: tuple[str, ...] = ()
    benefits: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    employments: tuple[str, ...] = ()
    certificates: tuple[str, ...] = ()
    degree: int | None = None
    years: int | None = None
    pay_min: int | None = None
    organization_id: int | None = None
    excluded: tuple[tuple[str, str], ...] = ()

    def constraints(self) -> tuple[Constraint, ...]:
        """The same as a list of conditions that must all hold."""
        picked = (
            ("town", "any", self.towns),
            ("place", "any", self.places),
            ("family", "any", self.families),
            ("chain_link", "any", self.chain_links),
            ("shift", "any", self.shifts),
            ("benefits", "all", self.benefits),
            ("kind", "any", self.kinds),
            ("employment", "any", self.employments),
            ("certificates", "all", self.certificates),
        )
        found = [Constraint(name, test, tuple(values), facet=name) for name, test, values in picked if values]  # type: ignore[arg-type]  # the literals above are tests
        if self.degree is not None:
            found.append(Constraint("degree", "at_most", number=self.degree, facet="degree"))
        if self.years is not None:
            found.append(Constraint("years", "at_most", number=self.years, facet="years"))
        if self.pay_min is not None:
            found.append(Constraint("salary_max", "at_least", number=self.pay_min, facet="pay"))
        if self.organization_id is not None:
            found.append(
                Constraint("organization", "any", (str(self.organization_id),), facet="organization")
            )
        found += [Constraint(name, "none", (value,)) for name, value in self.excluded]
        return tuple(found)


@dataclass(frozen=True)
class Query:
    """One page of a search for things of ``kind``. ``as_text`` holds words that must stay plain words though they
    could be a condition: the chips that the seeker removed.
    """

    text: str = ""
    filters: Picked = Filters()
    sort: Sort = "relevance"
    page: int = 1
    per_page: int = 20
    facets: tuple[str, ...] = ()
    highlight: bool = False
    understand: bool = True
    as_text: tuple[str, ...] = ()
    kind: Kind = "post"


@dataclass(frozen=True)
class Reading:
    """A condition that was read from the text, shown as a chip: ``words`` are the words that it came from."""

    kind: str
    label: str
    words: str
    constraints: tuple[Constraint, ...] = ()
    value: str = ""


@dataclass(frozen=True)
class Hit:
    """A document found. Snippet and title come in pieces: each is a text and whether it matched. ``lacks`` are
    words of the query that it does not have, told when highlights are.
    """

    id: int
    score: float
    title: tuple[tuple[str, bool], ...] = ()
    snippet: tuple[tuple[str, bool], ...] = ()
    lacks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Loosening:
    """A way to find more: without the condition called ``label`` there would be ``count`` hits.

    ``words`` are the words of the text to leave out, or ``facet`` names the filter to clear.
    """

    label: str
    words: str
    count: int
    facet: str = ""


@dataclass(frozen=True)
class Results:
    """The answer. ``understood`` are removable chips, ``rest`` the words that were searched as text.

    ``corrected`` is what was searched instead of what was typed (a typo, pinyin), or empty. Facet values are
    keyword values, or for degree, years and pay the number as text, best known first by count.
    """

    hits: tuple[Hit, ...]
    total: int
    facets: dict[str, list[tuple[str, int]]] = field(default_factory=dict)
    understood: tuple[Reading, ...] = ()
    rest: str = ""
    corrected: str = ""
    loosenings: tuple[Loosening, ...] = ()


@dataclass(frozen=True)
class Suggestion:
    """A completion: ``kind`` is post, skill, enterprise or place."""

    text: str
    kind: str
    count: int = 0


@dataclass(frozen=True)
class Stats:
    """What an index holds, for the operator's page."""

    documents: int
    generation: str
    bytes_on_disk: int = 0
    segments: int = 0
