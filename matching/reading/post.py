"""Reads a post: everything that its fields and its own words ask for and offer."""

import re
from dataclasses import dataclass
from typing import Any
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from matching.ontology.certificates import Certificate, book
from matching.ontology.chain import GENERAL, chain
from matching.ontology.families import FAMILY_INDEX, N_FAMILIES, titles
from matching.ontology.majors import majors
from matching.profiles import Post
from matching.reading import degrees
from matching.reading.clauses import clauses
from matching.reading.concepts import Concepts, Section, read_concepts
from matching.reading.levels import level_of
from matching.reading.wishes import nights_of, place_key
from search.words import fold

_YEARS_OPEN = re.compile(
    r"(?:应届|经验|新手|年限)[^,，。;；]{0,10}(?:放宽|可以谈|均可|也可|可以|可培训|可学|培训)"
)
_CERTIFICATE_OPEN = re.compile(
    r"(?:先[^,，。;；]{0,8}后|半年内|三个月内|入职后|试用期内|无证|没证)[^,，。;；]{0,10}(?:取证|考取|拿证|培训|报销|补)|(?:可先|先任|先做)[^,，。;；]{0,12}"
)


CARD_LENGTH = 4  # a copied need of a certificate is short


@dataclass(frozen=True, slots=True)
class PostReading:
    """A post in the matcher's terms. Ranks, levels and weights are explained where they are read."""

    id: Any
    post: Post
    family: NDArray[np.float32]
    link: int
    trade: str
    level: float
    degree_min: int
    is_degree_open: bool
    years_min: float
    is_years_open: bool
    majors: tuple[int, ...]
    certificates: tuple[Certificate, ...]
    preferred: tuple[Certificate, ...]
    is_certificate_open: bool
    salary_max: int
    place: str
    nights: float
    concepts: Concepts
    welcome: frozenset[str]
    clause_marks: frozenset[int]


def read_post(post: Post) -> PostReading:
    """Read one post."""
    concepts = read_concepts(
        (
            Section(post.title, 1.0, "职位名称"),
            Section("、".join(post.skills[:10]), 0.9, "技能要求"),
            Section(post.requirements, 0.8, "任职要求"),
            Section(post.duties, 0.8, "工作内容"),
        ),
        with_denied=True,
    )
    requirements = fold(post.requirements)
    return PostReading(
        id=post.id,
        post=post,
        family=_families(post),
        link=_link(post),
        trade=chain().read(post.chain_link) or "",
        level=level_of(post.title),
        degree_min=degrees.rank(post.degree_min),
        is_degree_open=degrees.is_open(post),
        years_min=float(post.years_min),
        is_years_open=bool(_YEARS_OPEN.search(requirements)),
        majors=tuple(dict.fromkeys(filter(None, map(majors().read, post.majors))))[:8],
        certificates=tuple(map(book().read, post.certificates))[:4],
        preferred=tuple(map(book().read, post.preferred_certificates))[:4],
        is_certificate_open=bool(_CERTIFICATE_OPEN.search(requirements)),
        salary_max=post.salary_max,
        place=place_key(post.city or post.town),
        nights=nights_of(post),
        concepts=concepts,
        welcome=_welcome(post),
        clause_marks=marks((post.title, post.duties, post.requirements)),
    )


def _families(post: Post) -> NDArray[np.float32]:
    """Weigh the families of a post: the declared one 1, what the title says beside it less."""
    said = titles().read(post.title)
    if post.family not in FAMILY_INDEX:
        return said
    weights = np.zeros(N_FAMILIES, dtype=np.float32)
    weights[FAMILY_INDEX[post.family]] = 1.0
    return np.maximum(weights, 0.8 * np.where(said >= 0.95, said, 0.0)).astype(np.float32)


def _link(post: Post) -> int:
    known = chain()
    link = known.link_of(post.chain_link)
    return link if link >= 0 else known.link_of(post.title + post.duties)


def _welcome(post: Post) -> frozenset[str]:
    """Collect the outside trades that the requirements name as welcome."""
    named = (
        chain().read(part)
        for part in re.split(r"[、，。；/,;\s或和]+", fold(post.requirements))
        if len(part) <= 12
    )
    return frozenset(name for name in named if name and name != GENERAL)


def clause_mark(text: str) -> int:
    """Return a lasting number for a clause."""
    return crc32(text.encode())


def marks(texts: tuple[str, ...], shortest: int = 8) -> frozenset[int]:
    """Return a number for each longer clause, so that copied text can be found without keeping it."""
    return frozenset(
        clause_mark(clause.text)
        for text in texts
        for clause in clauses(text)
        if len(clause.text) >= (CARD_LENGTH if "证" in clause.text else shortest)
    )
