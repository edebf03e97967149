"""Choices of a select, as WTForms wants them."""

from collections.abc import Iterable
from functools import cache

from wtforms.fields.choices import SelectChoice

from app.core import places

PLEASE = SelectChoice("", "请选择")


def offered(pairs: Iterable[tuple[object, str]]) -> list[SelectChoice]:
    return [SelectChoice(value, label) for value, label in pairs]  # type: ignore[arg-type]  # coerce takes any


def named(names: Iterable[str]) -> list[SelectChoice]:
    return [SelectChoice(name, name) for name in names]


@cache
def _all_places() -> tuple[SelectChoice, ...]:
    groups = places.options()
    return tuple(
        SelectChoice(code, label, optgroup=group) for group, members in groups for code, label in members
    )


def offered_places(also: str = "") -> list[SelectChoice]:
    """All places of the select in their groups; *also* is one more that is not among them."""
    found = list(_all_places())
    if also and also not in {each.value for each in found}:
        found.append(SelectChoice(also, places.label(also) or also, optgroup="其他地方"))
    return [PLEASE, *found]
