"""One small form for each of the eight questions. `answer()` is what is kept."""

from typing import Any

from wtforms import BooleanField, IntegerField, RadioField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import NumberRange, Optional

from app.core import degrees, trades
from app.core.forms import BaseForm, at_most, chosen
from app.people import quick
from app.people.content import ARRIVALS


class QuickForm(BaseForm):
    """Base of the eight: `answer()` gives what was typed as plain values."""

    def answer(self) -> dict[str, Any]:
        return {name: field.data for name, field in self._fields.items() if name != "csrf_token"}


class JobsForm(QuickForm):
    families = SelectMultipleField("想找什么活？", choices=[(n, n) for n in trades.FAMILIES.names])
    words = StringField("具体一点，比如：氟化操作工、化验员", validators=[at_most(60)])

    def validate(self, extra_validators: Any = None) -> bool:
        fine = super().validate(extra_validators)
        if fine and not self.families.data and not self.words.data:
            self.families.errors = [*self.families.errors, "选一类，或在下面写一个"]
            return False
        return fine


class WorkForm(QuickForm):
    is_new = BooleanField("还没上过班")
    employer = StringField("在哪里上班", validators=[at_most(80)])
    title = StringField("做什么", validators=[at_most(60)])
    months = RadioField(
        "做了多久",
        choices=[
            ("half", "半年以内"),
            ("1", "1年左右"),
            ("2", "2年左右"),
            ("3", "3–4年"),
            ("5", "5–7年"),
            ("8", "8–11年"),
            ("12", "12年以上"),
        ],
        validators=[Optional()],
    )
    is_current = BooleanField("现在还在做")
    text = TextAreaField("每天做些什么（写得越具体，越容易配上）", validators=[at_most(1000)])

    def validate(self, extra_validators: Any = None) -> bool:
        fine = super().validate(extra_validators)
        if fine and not self.is_new.data and not self.title.data:
            self.title.errors = [*self.title.errors, "写一下做什么；没上过班就勾上面那一项"]
            return False
        return fine


class EducationForm(QuickForm):
    degree = RadioField(
        "最高学历",
        choices=degrees.options(of_person=True),
        coerce=int,
        validators=[chosen("请选一项")],
    )
    school = StringField("学校", validators=[at_most(80)])
    major = StringField("专业", validators=[at_most(60)])
    year = IntegerField("哪年毕业", validators=[Optional(), NumberRange(1960, 2035, "请填年份，比如 2022")])


class CertificatesForm(QuickForm):
    held = SelectMultipleField("手上有哪些证？", choices=[(n, n) for n in quick.CERTIFICATES])
    words = StringField("别的证", validators=[at_most(200)])


class ShiftsForm(QuickForm):
    shifts = SelectMultipleField("能上什么班？", choices=[(n, n) for n in quick.SHIFTS])


class PlacesForm(QuickForm):
    places = SelectMultipleField(
        "想在哪里上班？", choices=list(quick.PLACES), validators=[chosen("至少选一个地方")]
    )


class PayForm(QuickForm):
    salary_min = IntegerField(
        "最低月薪",
        validators=[
            chosen("请填一个数，比如 5000"),
            NumberRange(500, 200_000, "请填每月多少元，500 到 200000 之间"),
        ],
    )


class ArrivalForm(QuickForm):
    arrival = RadioField(
        "什么时候能来？", choices=[(a, a) for a in ARRIVALS], validators=[chosen("请选一项")]
    )
    name = StringField("怎么称呼你", validators=[at_most(30)])


FORMS: dict[str, type[QuickForm]] = {
    "jobs": JobsForm,
    "work": WorkForm,
    "education": EducationForm,
    "certificates": CertificatesForm,
    "shifts": ShiftsForm,
    "places": PlacesForm,
    "pay": PayForm,
    "arrival": ArrivalForm,
}
