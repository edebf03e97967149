"""Answers to the screening questions (筛选题) of a posting, as an application keeps them.

An answer that does not meet a must-have is told to both sides. It never turns anybody down by itself.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from app.postings.questions import NO, YES, YES_NO, Question

LONGEST_ANSWER = 500


def options_of(question: Question) -> tuple[str, ...]:
    """What may be chosen; empty for an answer in words."""
    return (YES, NO) if question.type == YES_NO else question.choices


def answered(questions: Sequence[Question], given: Mapping[str, str]) -> list[dict[str, Any]]:
    """The question in the words of that day, the answer, and whether it meets what is wanted (None: nothing is)."""
    return [
        {
            "question": question.text,
            "answer": given.get(question.id, ""),
            "is_met": question.is_met_by(given.get(question.id, "")),
        }
        for question in questions
    ]


def unmet(answers: Sequence[Mapping[str, Any]]) -> list[str]:
    """The must-haves that the answers do not meet."""
    return [str(row.get("question", "")) for row in answers if row.get("is_met") is False]
