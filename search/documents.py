"""What can be found. Documents are what the site puts in; records are the same in the index's own terms.

A new kind of thing (people, organizations, events) is a new document class with a ``record`` method; nothing
behind it changes. One index holds one kind.
"""

import hashlib
import json
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from search.attributes import (
    age_limit,
    benefit_closure,
    certified,
    offers,
    places_above,
    shift_closure,
    topics_of,
)
from search.words import terms

TITLE, SKILLS, NAMES, TRADE, BODY = "title", "skills", "names", "trade", "body"
TITLES, MAJORS = "titles", "majors"  # of people: what they did and want to do, what they studied
_ENCODE = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


@dataclass(frozen=True)
class Record:
    """A document as fields of four uses: text to match, keywords to filter and count, numbers, display order.

    ``published_on`` is a day's ordinal; ``completeness`` lies between 0 and 1.
    """

    id: int
    texts: dict[str, str]
    keywords: dict[str, tuple[str, ...]] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)
    published_on: int = 0
    completeness: float = 0.0
    topics: tuple[str, ...] = ()

    def to_json(self) -> str:
        """Write the record so that equal records give equal texts; done once."""
        if "_json" not in self.__dict__:
            text = _ENCODE({name: getattr(self, name) for name in self.__dataclass_fields__})
            object.__setattr__(self, "_json", text)
        return str(self.__dict__["_json"])

    @classmethod
    def from_json(cls, text: str) -> "Record":
        """Read what :meth:`to_json` wrote."""
        fields = json.loads(text)
        fields["keywords"] = {name: tuple(values) for name, values in fields["keywords"].items()}
        fields["topics"] = tuple(fields["topics"])
        return cls(**fields)

    def digest(self) -> int:
        """A 63-bit number that changes whenever anything in the record does."""
        return int.from_bytes(hashlib.blake2b(self.to_json().encode(), digest_size=8).digest()) >> 1


class Document(Protocol):
    """Anything that can be put into an index."""

    @property
    def id(self) -> int: ...

    def record(self) -> Record: ...


@dataclass(frozen=True)
class PostDocument:
    """A published post. Money is yuan a month, ``degree_rank`` 0 (any) to 6 (doctor), ``place_code`` GB/T 2260.

    A place code may go on below the county after a hyphen (``350423-08``); ``town`` is the name people read.
    """

    id: int
    title: str
    enterprise: str = ""
    family: str = ""
    chain_link: str = ""
    place_code: str = ""
    town: str = ""
    degree_rank: int = 0
    years_min: int = 0
    salary_min: int = 0
    salary_max: int = 0
    shift: str = ""
    benefits: tuple[str, ...] = ()
    certificates: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()
    kind: str = "job"
    employment: str = ""
    body: str = ""
    published_on: date = date.min
    completeness: float = 0.0
    headcount: int = 1
    organization_id: int = 0

    def record(self) -> Record:
        """Lay the post out for the index; benefits and shifts also count as what they include."""
        named = terms(self.body)
        return Record(
            id=self.id,
            texts={
                TITLE: self.title,
                SKILLS: " ".join((*self.skills, *self.certificates)),
                NAMES: " ".join(filter(None, (self.enterprise, self.town))),
                TRADE: " ".join(filter(None, (self.family, self.chain_link))),
                BODY: self.body,
            },
            keywords={
                "town": _some(self.town),
                "place": places_above(self.place_code),
                "family": _some(self.family),
                "chain_link": _some(self.chain_link),
                "shift": shift_closure(self.shift),
                "benefits": benefit_closure(self.benefits),
                "certificates": tuple(dict.fromkeys(self.certificates)),
                "offers": offers(self.benefits, self.body, named),
                "certified": certified(self.certificates, (*terms(self.title), *named)),
                "skills": tuple(dict.fromkeys(self.skills)),
                "kind": _some(self.kind),
                "employment": _some(self.employment),
                "organization": (str(self.organization_id),),
                "enterprise": _some(self.enterprise),
            },
            numbers={
                "degree": self.degree_rank,
                "years": self.years_min,
                "salary_min": self.salary_min,
                "salary_max": self.salary_max,
                "salary_mid": (self.salary_min + self.salary_max) // 2,
                "age_max": age_limit(self.body),
                "headcount": self.headcount,
            },
            published_on=self.published_on.toordinal(),
            completeness=self.completeness,
            topics=topics_of(self.family, self.chain_link),
        )


def _some(value: str) -> tuple[str, ...]:
    return (value,) if value else ()


def digest(document: Document) -> int:
    """The content digest that :meth:`SearchIndex.ids` tells for a document: differs when the document is stale."""
    return document.record().digest()
