"""From values that were read (out of pasted text, out of a table) to the editor's fields, for checking by the author."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from app.core.trades import BENEFITS
from app.organizations.models import Organization
from app.postings.fields import LABELS
from app.postings.kinds import Kind
from app.postings.services.writing import blank

Typed = dict[str, list[str]]
TELLING = ("title", "salary_words", "duties", "requirements")


def _words(value: Any) -> list[str]:
    if isinstance(value, bool):
        return ["y"] if value else []
    if isinstance(value, date):
        return [value.isoformat()]
    if isinstance(value, list | tuple):
        return ["、".join(str(each) for each in value)] if value else []
    return [str(int(value))] if isinstance(value, int) else [str(value)]


def says_something(values: Mapping[str, Any]) -> bool:
    """Whether a text was a posting at all: it names a job, its pay, its work or its demands."""
    return any(values.get(name) for name in TELLING)


def filled_for(values: Mapping[str, Any], employer: Organization) -> list[str]:
    """Labels of the fields that the text did not give and that stand as in the employer's own record."""
    known = of_employer(employer, values)
    return [LABELS[name] for name in known if name not in values and known[name]]


def of_employer(employer: Organization, values: Mapping[str, Any] | None = None) -> dict[str, str]:
    """Where and whom to call; the employer's address is none of a pasted text that names another place."""
    is_elsewhere = values is not None and values.get("place", employer.place) != employer.place
    return {
        "place": employer.place,
        "address": "" if is_elsewhere else employer.address,
        "contact_name": employer.handler_name,
        "contact_phone": employer.handler_phone,
    }


def _usual(kind: Kind, known: Mapping[str, str]) -> Typed:
    """What stands in most postings of this employer; read values take its place."""
    return {name: [value] for name, value in known.items()} | {
        "employment": [kind.employments[0]],
        "headcount": ["1"],
        "degree": ["0"],
        "years": ["0"],
        "valid_until": [blank(kind.key)["valid_until"].isoformat()],
    }


def typed_from(values: Mapping[str, Any], kind: Kind, known: Mapping[str, str]) -> Typed:
    """*values* by field name, as the editor's form would send them; *known* stands where nothing was read."""
    read = {name: words for name, value in values.items() if (words := _words(value))}
    benefits = list(values.get("benefits") or ())
    read.pop("benefits", None)
    if usual := [each for each in benefits if each in BENEFITS]:
        read["benefits"] = usual
    if others := [each for each in benefits if each not in BENEFITS]:
        read["other_benefits"] = ["、".join(others)]
    if read.get("employment", [""])[0] not in kind.employments:
        read.pop("employment", None)
    return {name: words for name, words in {**_usual(kind, known), **read}.items() if any(words)}
