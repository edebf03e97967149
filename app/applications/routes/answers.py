"""The form in which a seeker answers an invitation."""

from datetime import datetime
from typing import Any

from wtforms.fields import SelectChoice

from app.applications.forms import NONE_FITS, AnswerForm
from app.applications.models import Interview
from app.core.db import now
from app.core.presentation import clock, day, local
from app.core.translation import translate

WEEKDAYS = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")


def answer_form(interview: Interview, **given: Any) -> AnswerForm:
    """The slots that still lie ahead, and 都不合适."""
    given.setdefault("formdata", None)
    form = AnswerForm(**given)
    form.slot.choices = [
        *(
            SelectChoice(value=slot, label=slot_words(datetime.fromisoformat(slot)))
            for slot in ahead(interview)
        ),
        SelectChoice(value=NONE_FITS, label="都不合适"),
    ]
    return form


def ahead(interview: Interview) -> list[str]:
    moment = now()
    return [slot for slot in interview.slots if datetime.fromisoformat(slot) > moment]


def slot_words(at: datetime) -> str:
    """11月25日 周三 9:30."""
    return f"{day(at)} {translate(WEEKDAYS[local(at).weekday()])} {clock(at)}"
