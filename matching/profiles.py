"""What the matcher is told about a post and about a person; nothing here names, dates or pictures anybody."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Self


@dataclass(frozen=True, slots=True)
class Post:
    """A position as its employer describes it. Pay is yuan a month, `years_min` whole years, `family` a job family's name."""

    id: Any
    title: str
    family: str = ""
    chain_link: str = ""
    duties: str = ""
    requirements: str = ""
    degree_min: str = "不限"
    majors: tuple[str, ...] = ()
    years_min: int = 0
    certificates: tuple[str, ...] = ()
    preferred_certificates: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()
    salary_min: int = 0
    salary_max: int = 0
    city: str = ""
    town: str = ""
    shift: str = ""
    headcount: int = 1

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> Self:
        """Make a post from one line of the collection's `jobs.jsonl`."""
        return cls(
            id=record["id"],
            title=record["title"],
            family=record.get("job_family", ""),
            chain_link=record.get("company_type", "") or record.get("chain_link", ""),
            duties=record.get("description", ""),
            requirements=record.get("requirements", ""),
            degree_min=record.get("degree_min", "不限"),
            majors=tuple(record.get("majors", ())),
            years_min=int(record.get("years_min") or 0),
            certificates=tuple(record.get("certificates", ())),
            preferred_certificates=tuple(record.get("preferred_certificates", ())),
            skills=tuple(record.get("skills", ())),
            salary_min=int(record.get("salary_min") or 0),
            salary_max=int(record.get("salary_max") or 0),
            city=record.get("city", ""),
            town=record.get("town", ""),
            shift=record.get("shift", ""),
            headcount=int(record.get("headcount") or 1),
        )


@dataclass(frozen=True, slots=True)
class Education:
    """One stretch of schooling; the year is kept for display elsewhere and never read by the matcher."""

    school_type: str = ""
    degree: str = ""
    major: str = ""
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Work:
    """One job held, `months` long."""

    company_type: str = ""
    title: str = ""
    months: int = 0
    text: str = ""


@dataclass(frozen=True, slots=True)
class HeldCertificate:
    """A certificate that a person says they hold; `valid_until` None means no end is known."""

    name: str
    valid_until: date | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A person as their résumé describes them: no name, sex, age or photo, only an id.

    `years` is the whole working life in years, `salary_min` the least yuan a month that the person wants,
    `shifts_accepted` None when the person has not said.
    """

    id: Any
    headline: str = ""
    education: tuple[Education, ...] = ()
    work: tuple[Work, ...] = ()
    skills: tuple[str, ...] = ()
    certificates: tuple[HeldCertificate, ...] = ()
    expected_jobs: tuple[str, ...] = ()
    expected_places: tuple[str, ...] = ()
    salary_min: int = 0
    shifts_accepted: tuple[str, ...] | None = None
    summary: str = ""
    years: float = 0.0

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> Self:
        """Make a candidate from one line of the collection's `candidates.jsonl`."""
        fields = ("company_type", "title", "months", "text")
        return cls(
            id=record["id"],
            headline=record.get("headline", ""),
            education=tuple(
                Education(e.get("school_type", ""), e.get("degree", ""), e.get("major", ""), e.get("year"))
                for e in record.get("education", ())
            ),
            work=tuple(
                Work(**{key: w[key] for key in fields if key in w}) for w in record.get("experience", ())
            ),
            skills=tuple(record.get("skills", ())),
            certificates=tuple(map(_held, record.get("certificates", ()))),
            expected_jobs=_some(record.get("expected_job")),
            expected_places=_some(record.get("expected_city")),
            salary_min=int(record.get("expected_salary_min") or 0),
            summary=record.get("self_summary", ""),
            years=float(record.get("years") or 0),
        )


def _held(value: str | Mapping[str, Any]) -> HeldCertificate:
    """Read a certificate given by its name alone, or with the ISO day until which it is valid."""
    if isinstance(value, str):
        return HeldCertificate(value)
    until = value.get("valid_until")
    return HeldCertificate(value["name"], date.fromisoformat(until) if until else None)


def _some(value: str | Iterable[str] | None) -> tuple[str, ...]:
    """Return one text, or several, or none, always as a tuple."""
    if not value:
        return ()
    return (value,) if isinstance(value, str) else tuple(value)
