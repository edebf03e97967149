"""The editor of a posting. One set of rules for typed, pasted and imported postings."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from functools import cache
from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms import (
    BooleanField,
    FormField,
    SelectField,
    SelectMultipleField,
    StringField,
    TelField,
    TextAreaField,
)
from wtforms.validators import InputRequired, NumberRange, Optional, ValidationError

from app.core import degrees, places
from app.core.county_time import today
from app.core.forms import VersionedForm, at_most, chosen, required
from app.core.identifiers import check_mobile
from app.core.trades import BENEFITS, EMPLOYMENT, FAMILIES, LINKS, SHIFTS
from app.postings import checking, salary
from app.postings.field_readers import LANDLINE
from app.postings.fields import columns, values_of
from app.postings.forms.options import PLEASE, named, offered, offered_places
from app.postings.forms.plain import DayField, WholeNumberField
from app.postings.forms.questions import NumberedFields, QuestionForm, as_typed
from app.postings.forms.word_list import FewWords, WordListField
from app.postings.kinds import ExtraField, Kind, kind_of
from app.postings.models import Posting
from app.postings.questions import MOST
from app.postings.wording import Finding

LONGEST_TEXT = 5000
EXTRA = "extra_"
NOT_TYPED = frozenset({"csrf_token", "version", "action", "kind", "nonce", "original"})

SECTIONS = (
    ("basic", "基本情况", ("title", "family", "chain_link", "employment", "headcount", "extra", "is_urgent")),
    ("place", "工作地点", ("place", "address")),
    ("pay", "待遇", ("salary_words", "shift", "benefits", "other_benefits")),
    ("work", "做什么", ("duties",)),
    (
        "needs",
        "要什么样的人",
        (
            "requirements",
            "degree",
            "years",
            "majors",
            "required_certificates",
            "preferred_certificates",
            "skills",
        ),
    ),
    ("questions", "筛选问题", ("questions",)),
    ("contact", "联系和有效期", ("contact_name", "contact_phone", "valid_until", "source")),
)
_PLACES = {name: place for place, name in enumerate(name for _, _, names in SECTIONS for name in names)}


class PostingForm(VersionedForm):
    """Built for one kind by `form_for`, which adds the kind's own fields."""

    kind: Kind
    title = StringField("职位名称", validators=[required("写上职位名称"), at_most(40)])
    family = SelectField(
        "岗位类别",
        choices=[PLEASE, *named(FAMILIES.names)],
        validators=[chosen("选一个岗位类别")],
        invalid_choice_message="选一个岗位类别",
    )
    chain_link = SelectField(
        "产业链环节",
        choices=[PLEASE, *named(LINKS.names)],
        validators=[chosen("选一个环节")],
        invalid_choice_message="选一个环节",
    )
    employment = SelectField(
        "用工形式",
        choices=[PLEASE, *named(EMPLOYMENT.names)],
        validators=[chosen("选一种形式")],
        invalid_choice_message="选一种形式",
    )
    headcount = WholeNumberField(
        "招聘人数", validators=[InputRequired("写上招几个人"), NumberRange(1, 9999, "1到9999之间")]
    )
    is_urgent = BooleanField("急招，尽快到岗")
    place = SelectField(
        "工作地点",
        choices=offered_places,
        validators=[chosen("选一个地点")],
        invalid_choice_message="选一个地点",
    )
    address = StringField(
        "详细地址", validators=[required("写上厂区或门牌，求职者要知道在哪里上班"), at_most(100)]
    )
    salary_words = StringField("薪资", validators=[required("写上薪资，要有最低数"), at_most(60)])
    benefits = SelectMultipleField("福利", choices=named(BENEFITS.names))
    other_benefits = WordListField("其他福利", validators=[FewWords(10, 20)])
    shift = SelectField(
        "班次",
        choices=[PLEASE, *named(SHIFTS.names)],
        validators=[chosen("选一种班次")],
        invalid_choice_message="选一种班次",
    )
    duties = TextAreaField("工作内容", validators=[required("写清楚每天做什么"), at_most(LONGEST_TEXT)])
    requirements = TextAreaField(
        "任职要求", validators=[required("写清楚要什么样的人"), at_most(LONGEST_TEXT)]
    )
    degree = SelectField("最低学历", coerce=int, choices=lambda: offered(degrees.options()), default=0)
    years = WholeNumberField(
        "最少几年经验", default=0, validators=[InputRequired("不限就写0"), NumberRange(0, 50, "0到50之间")]
    )
    majors = WordListField("专业", validators=[FewWords()])
    required_certificates = WordListField("必须有的证书", validators=[FewWords()])
    preferred_certificates = WordListField("有更好的证书", validators=[FewWords()])
    skills = WordListField("技能", validators=[FewWords(30)])
    questions = NumberedFields(FormField(QuestionForm), "筛选问题", min_entries=MOST, max_entries=MOST)
    contact_name = StringField("联系人", validators=[required("写上联系人"), at_most(20)])
    contact_phone = TelField("联系电话", validators=[required("写上联系电话"), at_most(30)])
    valid_until = DayField("有效期至", validators=[InputRequired("选一个截止的日子，格式如2026-12-31")])
    source = StringField("转载来源", validators=[Optional(), at_most(100)])

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self._fields = dict(sorted(self._fields.items(), key=lambda each: _place_on_page(each[0])))
        self.pay: salary.Pay | None = None
        self.findings: list[Finding] = []
        self.is_checked = False
        if places.current(
            self.place.data or ""
        ):  # a place that was pasted or imported may be any that exists
            self.place.choices = offered_places(self.place.data)
        self.employment.choices = [PLEASE, *named(self.kind.employments)]

    def validate_salary_words(self, field: Any) -> None:
        try:
            self.pay = salary.read(field.data)
        except salary.PayRefused as refused:
            raise ValidationError(refused.message) from refused

    def validate_contact_phone(self, field: Any) -> None:
        if LANDLINE.fullmatch(field.data):
            return
        checked = check_mobile(field.data)
        if not checked.is_valid:
            raise ValidationError(checked.message or "写手机号，或者带区号的座机")
        field.data = checked.value

    def validate_valid_until(self, field: Any) -> None:
        if field.data is None:
            return
        if field.data < today():
            raise ValidationError("这个日子已经过了")
        if field.data > today() + timedelta(days=366):
            raise ValidationError("最多一年，到期前会提醒你延长")

    def validate(self, extra_validators: Mapping[str, Any] | None = None) -> bool:
        is_valid = super().validate(extra_validators)
        self.is_checked = True
        self.findings = checking.findings(self.values())
        refused = [each for each in self.findings if each.severity is checking.Severity.REFUSE]
        for each in refused:
            target = self["other_benefits" if each.field == "benefits" else each.field]
            target.errors = [*target.errors, f"「{each.words}」{each.message}"]
        return is_valid and not refused

    # ── from and to the columns ────────────────────────

    def values(self) -> dict[str, Any]:
        """Columns from the fields that are in order; the others are left out."""
        simple = [name for name in columns() if name in self._fields and name != "questions"]
        found = {name: self[name].data for name in simple if not self[name].errors}
        if not self.other_benefits.errors and not self.benefits.errors:
            found["benefits"] = [*(self.benefits.data or []), *(self.other_benefits.data or [])]
        if "questions" in self._fields and not self.questions.errors:
            found["questions"] = [q.as_dict() for entry in self.questions if (q := entry.form.question())]
        if self.pay is not None and not self.salary_words.errors:
            found |= {
                "salary_min": self.pay.minimum,
                "salary_max": self.pay.maximum,
                "salary_months": self.pay.months,
            }
        else:
            found.pop("salary_words", None)
        found["extra"] = self._extra()
        found["source"] = self.source.data or None
        return {name: value for name, value in found.items() if value is not None or name == "source"}

    def _extra(self) -> dict[str, Any]:
        fields = ((each.name, self[EXTRA + each.name]) for each in self.kind.extra)
        return {name: field.data for name, field in fields if not field.errors and field.data is not None}

    def too_much_for_a_draft(self) -> bool:
        """A draft keeps mistakes; it needs a title and stays within reason."""
        for field in self:
            if isinstance(field, StringField | TextAreaField) and len(str(field.data or "")) > LONGEST_TEXT:
                return True
        return bool(self.title.errors)

    def _in_order(self, names: Iterable[str]) -> bool:
        fields = [self[name] for name in names if name in self._fields]
        if "extra" in names:
            fields += [self[EXTRA + each.name] for each in self.kind.extra]
        return not any(field.errors for field in fields)

    def progress(self) -> list[tuple[str, str, bool]]:
        """(section, label, whether it is in order); nothing is in order before `validate`."""
        return [(key, label, self.is_checked and self._in_order(names)) for key, label, names in SECTIONS]

    def hush(self) -> None:
        """Take the red words away: the author came back to go on writing, not to hand in."""
        for field in self:
            field.errors = ()
        for entry in self._fields.get("questions", ()):
            for field in entry.form:
                field.errors = ()


def _place_on_page(name: str) -> int:
    """Errors are listed in the order of the page; what is not shown comes first."""
    return _PLACES.get("extra" if name.startswith(EXTRA) else name, -1)


def _extra_field(extra: ExtraField) -> Any:
    if extra.type == "number":
        must = InputRequired(f"写上{extra.label}") if extra.is_required else Optional()
        bounds = NumberRange(extra.least, extra.most, f"{extra.least}到{extra.most}之间")
        return WholeNumberField(extra.label, validators=[must, bounds])
    must_tick = [required("要先做到这一条才能发布")] if extra.type == "tick" and extra.is_required else []
    return BooleanField(extra.label, validators=must_tick)


@cache
def form_for(kind: str) -> type[PostingForm]:
    row = kind_of(kind)
    fields = {EXTRA + each.name: _extra_field(each) for each in row.extra}
    return type(f"PostingFormOf{kind.title()}", (PostingForm,), {"kind": row, **fields})


@cache
def row_form_for(kind: str) -> type[PostingForm]:
    """The same rules for a row of a table, which has no screening questions; hundreds are checked at once."""
    return type(f"RowFormOf{kind.title()}", (form_for(kind),), {"questions": None})


def typed_in(form: Mapping[str, Any]) -> dict[str, list[str]]:
    """What a request's form says, as `Posting.typed` keeps it; empty entries are left out."""
    lists = form.lists() if isinstance(form, MultiDict) else ((k, [v]) for k, v in form.items())
    return {name: values for name, values in lists if name not in NOT_TYPED and any(values)}


def _data_of(posting: Posting) -> dict[str, Any]:
    data = values_of(posting)
    known = [each for each in data["benefits"] if each in BENEFITS]
    data["other_benefits"] = [each for each in data["benefits"] if each not in BENEFITS]
    data["benefits"] = known
    data["questions"] = as_typed(data["questions"])
    return data | {EXTRA + name: value for name, value in (posting.extra or {}).items()}


def typed_form(posting: Posting) -> PostingForm:
    """The editor as the author left it, checked, so that it can say what is missing."""
    build = form_for(posting.kind)
    if posting.typed is not None:
        form = build(formdata=MultiDict(posting.typed))
        form.version.data = str(posting.version)
        return form
    return build(formdata=None, data=_data_of(posting), version=str(posting.version))
