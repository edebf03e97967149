"""One screening question in the editor."""

import secrets
from typing import Any

from wtforms import BooleanField, FieldList, HiddenField, RadioField, StringField, TextAreaField
from wtforms.utils import unset_value
from wtforms.validators import ValidationError

from app.core.forms import BaseForm, at_most
from app.postings.forms.options import offered
from app.postings.questions import CHOICE, MOST, NO, TEXT, TYPE_LABELS, YES, YES_NO, Question

MOST_CHOICES = 6
LONGEST_CHOICE = 40


class NumberedFields(FieldList):
    """Always so many entries, each under its own number: a gap between two that are filled stays a gap.

    WTForms closes gaps and then reads the entries behind them twice.
    """

    def process(self, formdata: Any, data: Any = unset_value, extra_filters: Any = None) -> None:
        known = list(data) if data and data is not unset_value else []
        self.entries, self.last_index, self.object_data = [], -1, known
        for index in range(self.min_entries):
            self._add_entry(formdata, known[index] if index < len(known) else unset_value, index=index)


class QuestionForm(BaseForm):
    """Left empty, it is no question."""

    class Meta(BaseForm.Meta):
        csrf = False

    id = HiddenField()
    text = StringField("问题", validators=[at_most(100)])
    type = RadioField("怎么答", choices=offered(TYPE_LABELS.items()), default=YES_NO)
    choices = TextAreaField("选项", validators=[at_most(300)])
    is_must = BooleanField("必须符合")
    wanted = StringField("要的答案", validators=[at_most(LONGEST_CHOICE)])

    def options(self) -> tuple[str, ...]:
        if self.type.data == YES_NO:
            return (YES, NO)
        if self.type.data == CHOICE:
            lines = (line.strip() for line in (self.choices.data or "").splitlines())
            return tuple(dict.fromkeys(line for line in lines if line))
        return ()

    def validate_text(self, field: Any) -> None:
        if not field.data and ((self.choices.data or "") or self.is_must.data):
            raise ValidationError("写上要问什么")

    def validate_choices(self, field: Any) -> None:
        if not self.text.data or self.type.data != CHOICE:
            return
        options = self.options()
        if not 2 <= len(options) <= MOST_CHOICES:
            raise ValidationError(f"一行写一个选项，要有2到{MOST_CHOICES}个")
        if any(len(option) > LONGEST_CHOICE for option in options):
            raise ValidationError(f"每个选项最多{LONGEST_CHOICE}字")

    def validate_is_must(self, field: Any) -> None:
        if field.data and self.text.data and self.type.data == TEXT:
            raise ValidationError("自己写的答案不能设成必须符合，改成选择题或是非题")

    def validate_wanted(self, field: Any) -> None:
        if self.text.data and self.is_must.data and self.options() and field.data not in self.options():
            raise ValidationError(f"写一个选项作为要的答案：{'、'.join(self.options())}")

    def question(self) -> Question | None:
        if not self.text.data:
            return None
        is_must = bool(self.is_must.data) and self.type.data != TEXT
        return Question(
            id=self.id.data or f"q{secrets.token_hex(3)}",
            type=self.type.data,
            text=self.text.data,
            choices=self.options(),
            is_must=is_must,
            wanted=self.wanted.data if is_must else "",
        )


def as_typed(questions: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Stored questions as the editor's entries hold them."""
    return [{**each, "choices": "\n".join(each["choices"])} for each in questions[:MOST]]
