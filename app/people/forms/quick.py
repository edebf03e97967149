"""One small form for each of the eight questions. `answer()` is what is kept."""

from typing import Any

from wtforms import BooleanField, IntegerField, RadioField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import NumberRange, Optional

from app.core import degrees, trades
from app.core.forms import BaseForm, at_most, chosen
from app.people import quick
from app.people.content import ARRIVALS
from app.people.content_rules import COUNT_MAX, LINE_MAX, TEXT_MAX
from app.people.forms.options import named, offered

MONTHS_WORKED = (
    ("half", "半年以内"),
    ("1", "1年左右"),
    ("2", "2年左右"),
    ("3", "3–4年"),
    ("5", "5–7年"),
    ("8", "8–11年"),
    ("12", "12年以上"),
)


class QuickForm(BaseForm):
    """Base of the eight: `answer()` gives what was typed as plain values."""

    def answer(self) -> dict[str, Any]:
        return {
            name: (field.data or []) if isinstance(field, SelectMultipleField) else field.data
            for name, field in self._fields.items()
            if name != "csrf_token"
        }

    def validate(self, extra_validators: Any = None) -> bool:
        fine = super().validate(extra_validators)
        return self._is_answered() if fine else False

    def _is_answered(self) -> bool:
        """What one field alone cannot tell; puts its sentence beside a field."""
        return True


def _refuse(field: Any, message: str) -> bool:
    field.errors = [*field.errors, message]
    return False


class JobsForm(QuickForm):
    families = SelectMultipleField("岗位类别", choices=named(trades.FAMILIES.names))
    words = StringField("具体的职位", validators=[at_most(LINE_MAX)])

    def _is_answered(self) -> bool:
        if not self.families.data and not self.words.data:
            return _refuse(self.families, "选一类，或在下面写一个")
        if len(self.families.data or ()) > COUNT_MAX["families"]:
            return _refuse(self.families, f"最多选{COUNT_MAX['families']}类，选最想做的")
        return True


class WorkForm(QuickForm):
    is_new = BooleanField("还没上过班")
    title = StringField("做什么", validators=[at_most(LINE_MAX)])
    employer = StringField("在哪个单位", validators=[at_most(TEXT_MAX["employer"])])
    months = RadioField(
        "做了多久", choices=offered(MONTHS_WORKED), validators=[Optional()], validate_choice=False
    )
    is_current = BooleanField("现在还在做")
    text = TextAreaField("每天做些什么", validators=[at_most(1000)])

    def _is_answered(self) -> bool:
        if not self.is_new.data and not self.title.data:
            return _refuse(self.title, "写一下做什么；没上过班就勾「还没上过班」")
        return True


def _rank(value: Any) -> int:
    return int(value) if str(value).isdigit() else 0


class EducationForm(QuickForm):
    degree = RadioField(
        "最高学历",
        choices=offered(degrees.options(of_person=True)),
        coerce=_rank,
        validate_choice=False,
    )
    school = StringField("学校", validators=[at_most(TEXT_MAX["school"])])
    major = StringField("专业", validators=[at_most(LINE_MAX)])
    year = IntegerField("哪年毕业", validators=[Optional(), NumberRange(1960, 2040, "请填年份，比如2022")])

    def _is_answered(self) -> bool:
        return self.degree.data in dict(degrees.options(of_person=True)) or _refuse(self.degree, "请选一项")


class CertificatesForm(QuickForm):
    held = SelectMultipleField("证书", choices=named(quick.CERTIFICATES))
    words = StringField("别的证", validators=[at_most(200)])

    def _is_answered(self) -> bool:
        longest = TEXT_MAX["name"]
        if any(len(word) > longest for word in quick.words_of(self.words.data)):
            return _refuse(self.words, f"一个证最多{longest}字，几个证用顿号隔开")
        return True


class ShiftsForm(QuickForm):
    shifts = SelectMultipleField("班次", choices=named(quick.SHIFTS))


class PlacesForm(QuickForm):
    places = SelectMultipleField("地点", choices=offered(quick.PLACES), validators=[chosen("至少选一个地方")])


class PayForm(QuickForm):
    salary_min = IntegerField(
        "最低月薪",
        validators=[
            chosen("请填一个数，比如5000"),
            NumberRange(500, 200_000, "请填每月多少元，500到200000之间"),
        ],
    )


class ArrivalForm(QuickForm):
    arrival = RadioField("到岗时间", choices=named(ARRIVALS), validate_choice=False)
    name = StringField("怎么称呼你", validators=[at_most(30)])

    def _is_answered(self) -> bool:
        return self.arrival.data in ARRIVALS or _refuse(self.arrival, "请选一项")


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
