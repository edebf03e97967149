"""From values that were read (out of pasted text, out of a table) to the editor's fields, for checking by the author."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from app.core.trades import BENEFITS
from app.organizations.models import Organization
from app.postings.kinds import Kind
from app.postings.services.writing import blank

Typed = dict[str, list[str]]


def _words(value: Any) -> list[str]:
    if isinstance(value, bool):
        return ["y"] if value else []
    if isinstance(value, date):
        return [value.isoformat()]
    if isinstance(value, list | tuple):
        return ["、".join(str(each) for each in value)] if value else []
    return [str(int(value))] if isinstance(value, int) else [str(value)]


def _usual(kind: Kind, employer: Organization) -> Typed:
    """What stands in most postings of this employer; read values take its place."""
    return {
        "employment": [kind.employments[0]],
        "headcount": ["1"],
        "degree": ["0"],
        "years": ["0"],
        "place": [employer.place],
        "address": [employer.address],
        "contact_name": [employer.handler_name],
        "contact_phone": [employer.handler_phone],
        "valid_until": [blank(kind.key)["valid_until"].isoformat()],
    }


def typed_from(values: Mapping[str, Any], kind: Kind, employer: Organization) -> Typed:
    """*values* by field name, as the editor's form would send them."""
    read = {name: words for name, value in values.items() if (words := _words(value))}
    benefits = list(values.get("benefits") or ())
    read.pop("benefits", None)
    if known := [each for each in benefits if each in BENEFITS]:
        read["benefits"] = known
    if others := [each for each in benefits if each not in BENEFITS]:
        read["other_benefits"] = ["、".join(others)]
    if read.get("employment", [""])[0] not in kind.employments:
        read.pop("employment", None)
    return {name: words for name, words in {**_usual(kind, employer), **read}.items() if any(words)}
