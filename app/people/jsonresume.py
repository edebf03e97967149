"""JSON Resume 1.0.0, the open format that other sites and tools read.

What the format has no word for (wishes, expiry of a certificate, job family) travels in additional properties that
the schema allows, so that a résumé that comes back has lost nothing; readers that do not know them pass over.
"""

import re
from collections.abc import Mapping
from typing import Any

from app.core.degrees import Degree, read_highest
from app.core.errors import DomainError
from app.people.contact import Contact
from app.people.content import NO_SCHOOL, Content, month_number, storable

SCHEMA = "https://raw.githubusercontent.com/jsonresume/resume-schema/v1.0.0/schema.json"
OURS = "qingcai"  # key of our own block in `meta`

_DATE = re.compile(r"((?:19|20)\d{2})(?:-(0[1-9]|1[0-2])(?:-\d{2})?)?")


class NotAJsonResume(DomainError):
    status = 422
    message = "这个文件不是JSON Resume格式的简历"


def to_json_resume(content: Content, contact: Contact) -> dict[str, Any]:
    """Valid against the official schema whatever the content is; empty values are left out."""
    wish = content.to_dict()["intention"]
    resume = {
        "$schema": SCHEMA,
        "basics": _full(
            name=contact.name,
            label=content.headline,
            email=contact.email if "@" in contact.email else "",
            phone=contact.phone,
            summary=content.summary,
        ),
        "work": [
            _full(
                name=each.employer,
                position=each.title,
                startDate=_iso(each.started_on),
                endDate=_iso(each.ended_on),
                summary=each.text,
                isCurrent=each.is_current,
                family=each.family,
            )
            for each in content.work
        ],
        "education": [
            _full(
                institution="" if each.school == NO_SCHOOL else each.school,
                area=each.major,
                studyType=Degree(each.degree).label if 0 < each.degree <= Degree.DOCTOR else "",
                startDate=_iso(each.started_on),
                endDate=_iso(each.ended_on),
                isCurrent=each.is_current,
            )
            for each in content.education
        ],
        "projects": [
            _full(
                name=each.name,
                roles=[each.role] if each.role else [],
                startDate=_iso(each.started_on),
                endDate=_iso(each.ended_on),
                description=each.text,
            )
            for each in content.projects
        ],
        "certificates": [
            _full(
                name=each.name,
                date=_first_day(each.issued_on),
                level=each.level,
                validUntil=_iso(each.valid_until),
            )
            for each in content.certificates
        ],
        "skills": [{"name": skill} for skill in content.skills],
        "languages": [_full(language=each.name, fluency=each.level) for each in content.languages],
        "meta": {"canonical": SCHEMA, "version": "v1.0.0", OURS: {"intention": _full(**wish)}},
    }
    return {key: value for key, value in resume.items() if value}


def from_json_resume(data: object) -> tuple[Content, Contact]:
    """Content and contact of any JSON Resume; photo, address and profiles are not taken over."""
    if not isinstance(data, Mapping) or not any(isinstance(data.get(key), Mapping | list) for key in _PARTS):
        raise NotAJsonResume
    basics, meta = _mapping(data.get("basics")), _mapping(data.get("meta"))
    content = Content.from_dict(
        {
            "headline": basics.get("label"),
            "summary": basics.get("summary"),
            "work": [_work(each) for each in _mappings(data.get("work"))],
            "education": [_education(each) for each in _mappings(data.get("education"))],
            "projects": [_project(each) for each in _mappings(data.get("projects"))],
            "certificates": [_certificate(each) for each in _mappings(data.get("certificates"))],
            "skills": [skill for each in _mappings(data.get("skills")) for skill in _skills(each)],
            "languages": [
                {"name": each.get("language"), "level": each.get("fluency")}
                for each in _mappings(data.get("languages"))
            ],
            "intention": _mapping(meta.get(OURS)).get("intention"),
        }
    )
    return content, Contact(*(_text(basics.get(key)) for key in ("name", "phone", "email")))


_PARTS = ("basics", "work", "education", "projects", "skills", "certificates")


def _work(item: Mapping[str, Any]) -> dict[str, Any]:
    started_on, ended_on = _month(item.get("startDate")), _month(item.get("endDate"))
    return {
        "employer": item.get("name") or item.get("company"),  # `company` was the name before 1.0.0
        "title": item.get("position"),
        "started_on": started_on,
        "ended_on": ended_on,
        "is_current": _is_current(item, started_on, ended_on),
        "family": item.get("family"),
        "text": _prose(item.get("summary"), item.get("highlights")),
    }


def _education(item: Mapping[str, Any]) -> dict[str, Any]:
    started_on, ended_on = _month(item.get("startDate")), _month(item.get("endDate"))
    return {
        "school": item.get("institution"),
        "degree": int(read_highest(_text(item.get("studyType"))) or Degree.ANY),
        "major": item.get("area"),
        "started_on": started_on,
        "ended_on": ended_on,
        "is_current": _is_current(item, started_on, ended_on),
    }


def _project(item: Mapping[str, Any]) -> dict[str, Any]:
    roles = [role for role in _list(item.get("roles")) if isinstance(role, str)]
    return {
        "name": item.get("name"),
        "role": "、".join(roles),
        "started_on": _month(item.get("startDate")),
        "ended_on": _month(item.get("endDate")),
        "text": _prose(item.get("description"), item.get("highlights")),
    }


def _certificate(item: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "name": item.get("name"),
        "level": item.get("level"),
        "issued_on": _month(item.get("date")),
        "valid_until": _month(item.get("validUntil")),
    }


def _skills(item: Mapping[str, Any]) -> list[Any]:
    return [item.get("name"), *_list(item.get("keywords"))]


def _is_current(item: Mapping[str, Any], started_on: str | None, ended_on: str | None) -> bool:
    """Ours says it; elsewhere a start without an end means that it goes on."""
    said = item.get("isCurrent")
    return said if isinstance(said, bool) else bool(started_on) and ended_on is None


def _full(**parts: Any) -> dict[str, Any]:
    """Without empty texts and lists; False stays, because it says something."""
    return {key: value for key, value in parts.items() if value not in (None, "", [])}


def _iso(month: str | None) -> str | None:
    return month if month_number(month) is not None else None


def _first_day(month: str | None) -> str | None:
    """The schema wants a whole day for certificates, where everything else may be a month."""
    return f"{month}-01" if _iso(month) else None


def _month(value: object) -> str | None:
    """Days are dropped; a year alone becomes its middle, which is when people here leave school and change jobs."""
    found = _DATE.fullmatch(value.strip()[:10]) if isinstance(value, str) else None
    return f"{found[1]}-{found[2] or '07'}" if found else None


def _prose(summary: object, highlights: object) -> str:
    return "\n".join(each for each in (summary, *_list(highlights)) if isinstance(each, str) and each)


def _text(value: object) -> str:
    return storable(value).strip() if isinstance(value, str) else ""


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _mappings(value: object) -> list[Mapping[str, Any]]:
    return [each for each in _list(value) if isinstance(each, Mapping)]
