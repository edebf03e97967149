"""What both sides say afterwards: a few questions from 1 to 5, and words."""

from collections.abc import Mapping

from sqlalchemy import select

from app.core import audit
from app.core.db import db
from app.core.errors import DomainError
from app.events.models import Event, Exhibitor, Registration, SurveyAnswer

VISITOR = {"overall": "总的满意度", "posts": "职位对不对口", "order": "现场秩序", "again": "下次还会来"}
EXHIBITOR = {
    "overall": "总的满意度",
    "people": "来的人对不对口",
    "service": "主办方服务",
    "again": "下次还会来",
}
WORDS_LIMIT = 500


class NotAnswered(DomainError):
    status = 422
    message = "每一题都请选一个"


def unanswered(questions: Mapping[str, str], given: Mapping[str, str]) -> set[str]:
    """The questions without an answer from 1 to 5, and "words" where they are too long to keep."""
    found = {name for name in questions if given.get(name) not in {"1", "2", "3", "4", "5"}}
    return found | ({"words"} if len(given.get("words", "").strip()) > WORDS_LIMIT else set())


def answer(
    event: Event,
    questions: Mapping[str, str],
    given: Mapping[str, str],
    *,
    registration: Registration | None = None,
    exhibitor: Exhibitor | None = None,
) -> SurveyAnswer:
    """Keep one answer of one visitor or exhibitor; the last one counts."""
    marks = {name: given.get(name, "") for name in questions}
    if unanswered(questions, given):
        raise NotAnswered
    answers = {name: int(mark) for name, mark in marks.items()}
    words = given.get("words", "").strip()
    found = db.session.scalar(
        select(SurveyAnswer).where(
            SurveyAnswer.registration_id == registration.id
            if registration is not None
            else SurveyAnswer.exhibitor_id == (exhibitor.id if exhibitor else None)
        )
    )
    if found is None:
        found = SurveyAnswer(
            event_id=event.id,
            registration_id=registration.id if registration else None,
            exhibitor_id=exhibitor.id if exhibitor else None,
            answers={},
        )
        db.session.add(found)
    found.answers = {**answers, "words": words}
    audit.about(found)
    return found
