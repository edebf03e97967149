"""The same words mean another condition on another kind of thing: 大专 in a search for people is what they have,
in a search for posts what these may ask for. What means nothing for a kind stays text; age never filters people.
"""

from dataclasses import replace

from search.conditions import DEGREE_LABELS, Finding
from search.query import Constraint, Kind


def seen_from(kind: Kind, finding: Finding) -> Finding | None:
    """The finding as a search for things of *kind* means it; None when it means nothing there."""
    if kind == "post":
        return finding
    if kind == "person":
        return _of_person(finding)
    return finding if finding.reading.kind in ("place", "not") else None


def _of_person(finding: Finding) -> Finding | None:
    reading = finding.reading
    if reading.kind == "degree":
        rank = int(reading.value)
        return _turned(finding, f"{DEGREE_LABELS[rank]}及以上", Constraint("degree", "at_least", number=rank))
    if reading.kind == "years":
        years = int(reading.value)
        if not years:
            return _turned(finding, "应届或不到一年", Constraint("years", "at_most", number=0))
        return _turned(finding, f"{years}年以上经验", Constraint("years", "at_least", number=years))
    if reading.kind == "pay":
        low, _, high = reading.value.partition("-")
        most = int(high or low)
        return _turned(finding, f"期望月薪{most}元以内", Constraint("salary_min", "at_most", number=most))
    return finding if reading.kind in ("place", "shift", "certificates", "not") else None


def _turned(finding: Finding, label: str, constraint: Constraint) -> Finding:
    reading = replace(finding.reading, label=label, constraints=(constraint,))
    return Finding(reading, finding.start, finding.end)
