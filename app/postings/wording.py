"""Wording that a post must not carry: each finding marks its words and says in a sentence what to do.

The rules stand in `wording_rules`; here they are applied. Text is compared with spaces, invisible letters, full
width and traditional forms evened out, so that `限 男 性` is found too; positions are those of the text given.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from app.core.halfwidth import half_width
from app.postings.wording_innocent import INNOCENT
from app.postings.wording_rules import RULES, TITLE_RULES
from app.postings.wording_terms import MEN_ONLY_BY_LAW, SIMPLIFIED, Kind, Rule, Severity

__all__ = ["Finding", "Kind", "Severity", "check", "check_text", "is_refused"]


@dataclass(frozen=True, slots=True)
class Finding:
    """Words of one field, from `start` to `end` of the text as it was typed."""

    field: str
    start: int
    end: int
    words: str
    kind: Kind
    severity: Severity
    message: str
    law: str


_BLANK = "\x00"  # stands in for innocent words while the rules look: no rule matches it
_IGNORED = re.compile(r"[ \t\u200b-\u200f\u2060\ufeff\u00ad*_`^•●]")


def check(texts: Mapping[str, str]) -> list[Finding]:
    """All findings of a post, field by field in the order given, each field in reading order.

    Work that the state keeps from women (underground mining, the heaviest labour) turns a limit to men into a
    warning for the reviewer, wherever in the post that work is named.
    """
    is_mens_work = any(MEN_ONLY_BY_LAW.search(half_width(text or "")) for text in texts.values())
    return [
        finding
        for field, text in texts.items()
        for finding in check_text(text or "", field, is_mens_work=is_mens_work)
    ]


def is_refused(findings: list[Finding]) -> bool:
    return any(finding.severity is Severity.REFUSE for finding in findings)


def check_text(text: str, field: str = "", *, is_mens_work: bool = False) -> list[Finding]:
    """The findings of one text."""
    even, positions = _evened(text)
    looked_at = _without_innocent(even)
    found = []
    for rule in (*RULES, *TITLE_RULES) if field == "title" else RULES:
        for match in rule.pattern.finditer(looked_at):
            is_part = "w" in rule.pattern.groupindex and match["w"] is not None
            start, end = match.span("w" if is_part else 0)
            if end > start:
                found.append(
                    _finding(rule, field, text, (positions[start], positions[end - 1] + 1), is_mens_work)
                )
    return _joined(text, found)


def _finding(rule: Rule, field: str, text: str, span: tuple[int, int], is_mens_work: bool) -> Finding:
    severity, message = rule.severity, rule.message
    words = text[slice(*span)]
    if rule.kind is Kind.SEX and is_mens_work and "男" in words and severity is Severity.REFUSE:
        severity = Severity.WARN
        message = "岗位像是国家规定女职工不能从事的劳动，限男性的理由由审核员确认"
    return Finding(field, *span, words, rule.kind, severity, message, rule.law)


def _evened(text: str) -> tuple[str, list[int]]:
    """The text to compare, and for each of its letters the position in the original."""
    plain = half_width(text).translate(SIMPLIFIED).lower()
    if len(plain) != len(text):  # a letter whose lower case is longer
        plain = "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in half_width(text))
    kept = [index for index, letter in enumerate(plain) if not _IGNORED.match(letter)]
    return "".join(plain[index] for index in kept), kept


def _without_innocent(text: str) -> str:
    for pattern in INNOCENT:
        text = pattern.sub(lambda match: _BLANK * len(match[0]), text)
    return text


def _joined(text: str, found: list[Finding]) -> list[Finding]:
    """Overlapping findings of one kind as one, of the severest; the rest in reading order."""
    joined: list[Finding] = []
    for kind in dict.fromkeys(each.kind for each in found):
        group: list[Finding] = []
        for each in sorted((each for each in found if each.kind is kind), key=lambda each: each.start):
            if group and each.start < group[-1].end:
                graver = min(group[-1], each, key=lambda one: one.severity is not Severity.REFUSE)
                start, end = group[-1].start, max(group[-1].end, each.end)
                group[-1] = replace(graver, start=start, end=end, words=text[start:end])
            else:
                group.append(each)
        joined += group
    return sorted(joined, key=lambda each: (each.start, each.end))
