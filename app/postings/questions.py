"""Screening questions (筛选问题): at most eight on a posting, answered with the application.

A must-have that is not met is shown to the employer and to the person; it never rejects by itself.
"""

from dataclasses import asdict, dataclass
from typing import Any

MOST = 8
TEXT, CHOICE, YES_NO = "text", "choice", "yes_no"
TYPE_LABELS = {TEXT: "自己写一句", CHOICE: "几个里选一个", YES_NO: "是或否"}
YES, NO = "是", "否"


@dataclass(frozen=True, slots=True)
class Question:
    """`wanted` is the answer that a must-have asks for, one of `choices`; a free text has neither."""

    id: str
    type: str
    text: str
    choices: tuple[str, ...] = ()
    is_must: bool = False
    wanted: str = ""

    def is_met_by(self, answer: str) -> bool | None:
        """None where the question demands nothing."""
        return answer == self.wanted if self.is_must else None

    def as_dict(self) -> dict[str, Any]:
        return asdict(self) | {"choices": list(self.choices)}


def read(questions: list[dict[str, Any]]) -> list[Question]:
    return [Question(**{**each, "choices": tuple(each.get("choices", ()))}) for each in questions]
