"""Whether what was read from a query is what a collection expects."""

from collections.abc import Callable
from typing import Any

from search.attributes import benefit_name
from search.places import labels
from search.query import Reading, Results
from search.words import fold

DEGREES = {"初中": 1, "高中": 2, "中专": 2, "大专": 3, "本科": 4, "硕士": 5, "博士": 6}


def readings_right(expect: dict[str, Any], results: Results) -> float | None:
    """The share of the expected conditions that were read, each right or wrong; None when none is expected."""
    judged = [right for key, value in expect.items() if (right := _judge(key, value, results)) is not None]
    return sum(judged) / len(judged) if judged else None


def _judge(key: str, value: Any, results: Results) -> bool | None:
    read = {kind: [each for each in results.understood if each.kind == kind] for kind in _KINDS}
    values = {kind: [each.value for each in found] for kind, found in read.items()}
    judges: dict[str, Callable[[], bool]] = {
        "city": lambda: any(fold(value) in fold(labels().get(each, each)) for each in values["place"]),
        "degree_max": lambda: values["degree"] == [str(DEGREES[value])],
        "years": lambda: values["years"] == [str(value)],
        "salary_min": lambda: any(each.partition("-")[0] == str(value) for each in values["pay"]),
        "salary_max": lambda: any(each.partition("-")[2] == str(value) for each in values["pay"]),
        "benefits": lambda: {benefit_name(each) for each in value} == set(values["benefits"]),
        "shift": lambda: value in values["shift"],
        "certificates": lambda: set(value) == set(values["certificates"]),
        "not": lambda: all(_is_excluded(each, read["not"]) for each in value),
    }
    judge = judges.get(_SAME.get(key, key))
    return judge() if judge else None


_SAME = {"town": "city", "years_max": "years"}
_KINDS = ("place", "degree", "years", "pay", "benefits", "shift", "certificates", "not")


def _is_excluded(value: str, read: list[Reading]) -> bool:
    """Whether a negation names the thing, or the trade that the thing stands for (业务员, 业务)."""
    return any(value in each.value or each.value in value for each in read if each.value)
