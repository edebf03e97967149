"""Certificates and majors of the trade: names, other names, what the law demands, how long a newcomer needs."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from app.core.halfwidth import half_width
from app.core.vocabulary import fold

_DATA = Path(__file__).parent / "data"
MANY_MAJORS = 4
"""So many majors that share a word make it the name of their class."""


@dataclass(frozen=True, slots=True)
class Certificate:
    name: str
    issuer: str
    mandatory_for: str
    is_legal_demand: bool
    months_for_newcomer: float | None
    """None: a newcomer cannot simply take it."""
    validity_years: int | None
    review_years: int | None
    families: tuple[str, ...]
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Major:
    name: str
    level: str
    families: tuple[str, ...]
    """Families that it fits, best first."""
    aliases: tuple[str, ...]


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (_DATA / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)


def _split(words: str) -> tuple[str, ...]:
    return tuple(word for word in words.split(";") if word)


@cache
def certificates() -> dict[str, Certificate]:
    """By canonical name, special-operation certificates of hazardous chemistry first."""
    return {
        row["certificate"]: Certificate(
            name=row["certificate"],
            issuer=row["issuer_type"],
            mandatory_for=row["mandatory_for"],
            is_legal_demand=row["law_or_habit"].startswith("法定"),
            months_for_newcomer=float(row["months_for_newcomer"]) if row["months_for_newcomer"] else None,
            validity_years=int(row["validity_years"]) if row["validity_years"].isdigit() else None,
            review_years=int(row["review_years"]) if row["review_years"].isdigit() else None,
            families=_split(row["families"]),
            aliases=_split(row["aliases"]),
        )
        for row in _rows("certificates.tsv")
    }


@cache
def majors() -> dict[str, Major]:
    """By name; the same name on several levels is one major here, on its first level."""
    found: dict[str, Major] = {}
    for row in _rows("majors.tsv"):
        fits = [part.partition(":") for part in _split(row["family_fits"])]
        ranked = tuple(family for family, _, _ in sorted(fits, key=lambda fit: -float(fit[2] or 0)))
        found.setdefault(row["major"], Major(row["major"], row["level"], ranked, _split(row["aliases"])))
    return found


@cache
def _certificate_spellings() -> dict[str, str]:
    spellings = {fold(name): name for name in certificates()}
    for certificate in certificates().values():
        for alias in certificate.aliases:
            spellings.setdefault(fold(alias), certificate.name)
    return spellings


@cache
def _major_spellings() -> dict[str, str]:
    spellings = {fold(name): name for name in majors()}
    for major in majors().values():
        for alias in major.aliases:
            spellings.setdefault(fold(alias), major.name)
    return spellings


def read_certificate(text: str) -> str | None:
    """The canonical name for one written name; `氟化工艺证` and `氟化工艺操作证` are the same certificate.

    A missing or added closing word (证, 证书, 作业, 资格证) does not matter.
    """
    spellings, words = _certificate_spellings(), fold(text)
    stem = words
    for tail in ("资格证书", "操作证书", "证书", "资格证", "操作证", "作业证", "上岗证", "作业", "证"):
        stem = stem.removesuffix(tail) if len(stem) > len(tail) + 1 else stem
    for attempt in (words, f"{words}证", f"{words}作业", stem, f"{stem}证", f"{stem}作业", f"{stem}资格证"):
        if attempt in spellings:
            return spellings[attempt]
    return None


@cache
def _major_class(words: str) -> str | None:
    """`化工类` where many majors share what is written: who asks for 化工 has not asked for one of them."""
    stem = words.removesuffix("专业").removesuffix("类").removesuffix("相关")
    if len(stem) < 2 or stem in map(fold, majors()):
        return None
    return f"{stem}类" if sum(stem in fold(name) for name in majors()) >= MANY_MAJORS else None


def read_major(text: str) -> str | None:
    """The major that is meant; a class of majors (化工类) stays a class."""
    spellings, words = _major_spellings(), fold(text)
    for attempt in (
        words,
        words.removesuffix("专业"),
        words.removesuffix("类"),
        f"{words}类",
        words.removesuffix("相关专业"),
    ):
        if attempt in spellings:
            return _major_class(words) or spellings[attempt]
    return None


def find_certificates(text: str) -> list[tuple[str, int, int]]:
    """Certificates named in running text: (canonical name, start, end)."""
    return _find(text, _certificate_spellings())


def find_majors(text: str) -> list[tuple[str, int, int]]:
    """Majors named in running text. Call it on the words about majors only: many are everyday words.

    Where many majors share what is written, it stays a class: 化工专业 and 化工类专业 are 化工类.

    A name of two letters inside a longer word is none: 化学 in 电化学, 化工 in 化工厂.
    """
    found = []
    for name, start, end in _find(text, _major_spellings()):
        if end - start <= 2 and not _stands_alone(text, start, end):
            continue
        stop = end + 1 if text[end : end + 1] == "类" else end
        found.append((_major_class(fold(text[start:end])) or name, start, stop))
    return found


def _stands_alone(text: str, start: int, end: int) -> bool:
    before, after = text[start - 1 : start], text[end : end + 1]
    is_free = not before or not "\u4e00" <= before <= "\u9fff" or before in "、及和或与等学类的、有读修是为"
    return is_free and after not in tuple("品反试厂厅局部")


def _find(text: str, spellings: dict[str, str]) -> list[tuple[str, int, int]]:
    plain = half_width(text).lower()
    beginnings, longest = _beginnings(spellings is _certificate_spellings())
    found = []
    position = 0
    while position < len(plain) - 1:
        if plain[position : position + 2] in beginnings:
            for end in range(min(len(plain), position + longest), position + 1, -1):
                name = spellings.get(plain[position:end])
                if name and not _cuts_a_word(plain, position, end):
                    found.append((name, position, end))
                    position = end - 1
                    break
        position += 1
    return found


@cache
def _beginnings(is_certificates: bool) -> tuple[frozenset[str], int]:
    """First two letters of every spelling, so that most positions need one look only; and the greatest length."""
    spellings = _certificate_spellings() if is_certificates else _major_spellings()
    return frozenset(each[:2] for each in spellings), max(map(len, spellings))


def _cuts_a_word(plain: str, start: int, end: int) -> bool:
    """Whether ASCII letters or digits run on across an edge: `cet4` in `cet40`."""
    return any(
        0 < edge < len(plain)
        and all(letter.isascii() and letter.isalnum() for letter in plain[edge - 1 : edge + 1])
        for edge in (start, end)
    )
