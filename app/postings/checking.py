"""What the wording of a posting says against the rules: what stops it, and what its reviewer must weigh."""

from collections.abc import Mapping
from typing import Any

from app.postings import fields, wording
from app.postings.wording import Finding, Severity


def findings(values: Mapping[str, Any]) -> list[Finding]:
    return wording.check(fields.worded(values))


def refusals(values: Mapping[str, Any]) -> list[Finding]:
    """Wording that no posting may carry."""
    return [each for each in findings(values) if each.severity is Severity.REFUSE]


def warnings(values: Mapping[str, Any]) -> list[str]:
    """Sentences for the reviewer, who lets them pass only with a reason."""
    found = [each for each in findings(values) if each.severity is Severity.WARN]
    return [f"{fields.LABELS[each.field]}：「{each.words}」{each.message}" for each in found]
