"""What people type when they apply, invite, offer and answer."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from wtforms import BooleanField, DateField, IntegerField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields import DateTimeLocalField, Field, HiddenField, SelectChoice
from wtforms.validators import NumberRange, Optional, ValidationError

from app.applications.kinds import LENGTHS, MODES, REJECTION_REASONS, RESULTS
from app.applications.screening import LONGEST_ANSWER, options_of
from app.applications.services.moving import LONGEST_REASON
from app.applications.services.talking import LONGEST_MESSAGE
from app.core.county_time import COUNTY_TIME, today
from app.core.forms import BaseForm, VersionedForm, at_most, chosen, required
from app.postings.questions import Question

MOST_SLOTS = 5
FARTHEST = timedelta(days=90)
NONE_FITS = "none"
NOT_OFFERED = "请从给出的里面选一个"


def offered(words: Iterable[str]) -> list[SelectChoice]:
    """Choices that are kept as the words they are shown in."""
    return [SelectChoice(value=word, label=word) for word in words]


class ApplyForm(BaseForm):
    """Built for one posting by `apply_form`, which adds a field for each screening question."""

    resume = RadioField("投哪份简历", invalid_choice_message=NOT_OFFERED, validators=[chosen("请选一份简历")])
    consent = BooleanField("同意", validators=[required("要勾选同意，公司才能收到你的简历和电话")])
    lifts_block = BooleanField("我知道屏蔽过这家公司，仍要投递")

    def answer_fields(self) -> list[Field]:
        return [field for name, field in self._fields.items() if name.startswith("answer_")]

    def given(self) -> dict[str, str]:
        return {field.name.removeprefix("answer_"): field.data or "" for field in self.answer_fields()}


def apply_form(questions: Sequence[Question], resumes: Sequence[tuple[str, str]], **given: Any) -> ApplyForm:
    """The form of one posting: its questions, and the résumés to choose from."""
    fields = {f"answer_{question.id}": _answer_field(question) for question in questions}
    form = type("ApplyFormOfPosting", (ApplyForm,), fields)(**given)
    form.resume.choices = [SelectChoice(value=key, label=title) for key, title in resumes]
    if form.resume.data is None and resumes:
        form.resume.data = resumes[0][0]
    return form


def _answer_field(question: Question) -> Field:
    if options := options_of(question):
        return RadioField(
            question.text,
            choices=offered(options),
            validators=[chosen("请选一个")],
            invalid_choice_message=NOT_OFFERED,
        )
    return TextAreaField(question.text, validators=[required("请写一句"), at_most(LONGEST_ANSWER)])


class ReasonForm(VersionedForm):
    """不合适: a reason from the list, and words where the list does not say it."""

    verb = HiddenField()
    reason = SelectField(
        "原因",
        choices=[SelectChoice(value="", label="请选一个原因"), *offered(REJECTION_REASONS)],
        validators=[required("请选一个原因")],
    )
    words = TextAreaField("补充说明", validators=[at_most(LONGEST_REASON - 50)])

    def validate_words(self, field: Field) -> None:
        if self.reason.data == REJECTION_REASONS[-1] and not field.data:
            raise ValidationError("选「其他」时请写一句，应聘者会看到")

    @property
    def full_reason(self) -> str:
        words = self.words.data or ""
        if self.reason.data == REJECTION_REASONS[-1]:
            return words
        return f"{self.reason.data}。{words}" if words else str(self.reason.data)


class MoveForm(VersionedForm):
    verb = HiddenField()
    words = TextAreaField("原因", validators=[at_most(LONGEST_REASON)])


class MessageForm(BaseForm):
    text = TextAreaField("消息", validators=[required("请写点内容再发"), at_most(LONGEST_MESSAGE)])


class NoteForm(BaseForm):
    text = TextAreaField("给同事留言", validators=[required("请写点内容再保存"), at_most(LONGEST_MESSAGE)])


class InviteForm(VersionedForm):
    """面试邀约: one to five times in the future."""

    slot_1 = DateTimeLocalField("时间1", format="%Y-%m-%dT%H:%M", validators=[Optional()])
    slot_2 = DateTimeLocalField("时间2", format="%Y-%m-%dT%H:%M", validators=[Optional()])
    slot_3 = DateTimeLocalField("时间3", format="%Y-%m-%dT%H:%M", validators=[Optional()])
    slot_4 = DateTimeLocalField("时间4", format="%Y-%m-%dT%H:%M", validators=[Optional()])
    slot_5 = DateTimeLocalField("时间5", format="%Y-%m-%dT%H:%M", validators=[Optional()])
    minutes = SelectField(
        "大约多久", coerce=int, default=30, choices=[SelectChoice(value=n, label=f"{n}分钟") for n in LENGTHS]
    )
    mode = RadioField("方式", default=MODES[0], choices=offered(MODES), validators=[chosen("请选一种方式")])
    place = StringField("地点、电话或会议链接", validators=[required("请写清楚在哪里面试"), at_most(200)])
    note = TextAreaField("要带什么、找谁", validators=[at_most(500)])
    is_sure = BooleanField("时间有冲突，仍然这样约")

    def slot_fields(self) -> list[Field]:
        return [self[f"slot_{n}"] for n in range(1, MOST_SLOTS + 1)]

    def slots(self) -> list[datetime]:
        """Aware moments, in order, each once."""
        typed = {field.data for field in self.slot_fields() if field.data}
        return sorted(each.replace(tzinfo=COUNTY_TIME).astimezone(UTC) for each in typed)

    def validate(self, extra_validators: Any = None) -> bool:
        is_valid = super().validate(extra_validators)
        moment = datetime.now(UTC)
        filled = [field for field in self.slot_fields() if field.data]
        if not filled and not any(field.errors for field in self.slot_fields()):
            self.slot_1.errors = ["至少给一个时间"]
            return False
        seen: set[datetime] = set()
        for field in filled:
            at = field.data.replace(tzinfo=COUNTY_TIME)
            if field.data in seen:
                field.errors = [*field.errors, "和上面的一个时间相同"]
            seen.add(field.data)
            if at <= moment:
                field.errors = [*field.errors, "这个时间已经过了"]
            elif at > moment + FARTHEST:
                field.errors = [*field.errors, "最多约到90天以后"]
            is_valid = is_valid and not field.errors
        return is_valid


class AnswerForm(BaseForm):
    """The seeker's answer to an invitation: one of its slots, or none with words."""

    slot = RadioField(
        "选一个时间",
        invalid_choice_message=NOT_OFFERED,
        validators=[chosen("请选一个时间，或者选「都不合适」")],
    )
    words = TextAreaField("什么时候方便", validators=[at_most(300)])

    def validate_words(self, field: Field) -> None:
        if self.slot.data == NONE_FITS and not field.data:
            raise ValidationError("请写一下什么时候方便，公司好再约")


class CallOffForm(BaseForm):
    reason = StringField("取消的原因", validators=[required("请写一句原因，应聘者会看到"), at_most(200)])


class ResultForm(BaseForm):
    result = SelectField("结果", choices=offered(RESULTS))
    words = StringField("评语", validators=[at_most(300)])


class OfferForm(VersionedForm):
    """录用通知: pay, first day, terms, and until when to answer."""

    salary = IntegerField(
        "月薪",
        validators=[chosen("请写每月多少元"), NumberRange(1000, 500_000, "月薪请写1,000到500,000之间的数")],
    )
    months = IntegerField(
        "一年发几个月",
        default=12,
        validators=[chosen("请写12到24之间的数"), NumberRange(12, 24, "请写12到24之间的数")],
    )
    starts_on = DateField("到岗日期", validators=[chosen("请写到岗日期")])
    answer_by = DateField("最晚哪天答复", validators=[chosen("请写最晚哪天答复")])
    terms = TextAreaField("待遇和条件", validators=[required("请写清待遇和条件"), at_most(2000)])
    is_sure = BooleanField("月薪低于职位上写的，仍然这样发")

    def validate_answer_by(self, field: Field) -> None:
        if field.data and field.data <= today():
            raise ValidationError("最早是明天，要给对方时间考虑")
        if field.data and self.starts_on.data and field.data > self.starts_on.data:
            raise ValidationError("答复期限晚于到岗日期，请改早一点")

    def validate_starts_on(self, field: Field) -> None:
        if field.data and field.data <= today():
            raise ValidationError("到岗日期要在今天以后")
        if field.data and field.data > today() + timedelta(days=730):
            raise ValidationError("到岗日期太远了")


class OfferAnswerForm(BaseForm):
    answer = HiddenField()
    words = TextAreaField("想说的话", validators=[at_most(300)])
