"""The full editor: lists of entries whose rows are added and removed by buttons, also without a script."""

from typing import Any

from wtforms import (
    BooleanField,
    FieldList,
    FormField,
    IntegerField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms import Form as PlainForm
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional

from app.core import degrees, places, trades
from app.core.forms import SpokenMeta, VersionedForm, at_most, required, trim
from app.people.content import ARRIVALS, Content
from app.people.content_rules import LINE_MAX, Problem
from app.people.forms.options import named, offered

MONTH = {"type": "month", "placeholder": "2022-06"}


def _text(label: str, **keywords: Any) -> StringField:
    return StringField(label, filters=[trim], render_kw=keywords or None)


def _month(label: str) -> StringField:
    return StringField(label, filters=[trim, lambda v: v or None], render_kw=MONTH)


class Row(PlainForm):
    """One entry of a list; its messages and choices speak as those of the whole form do."""

    class Meta(SpokenMeta):
        pass


class EducationRow(Row):
    school = _text("学校")
    degree = SelectField(
        "学历", choices=offered([(0, "请选择"), *degrees.options(of_person=True)]), coerce=int, default=0
    )
    major = _text("专业")
    started_on = _month("开始")
    ended_on = _month("毕业（还在读的填预计）")
    is_current = BooleanField("还在读")


class WorkRow(Row):
    employer = _text("单位")
    title = _text("职位")
    started_on = _month("开始")
    ended_on = _month("结束")
    is_current = BooleanField("现在还在做")
    family = SelectField(
        "岗位类别", choices=offered([("", "不确定"), *trades.FAMILIES.options()]), default=""
    )
    text = TextAreaField("做了什么", filters=[trim])


class ProjectRow(Row):
    name = _text("项目")
    role = _text("角色")
    started_on = _month("开始")
    ended_on = _month("结束")
    text = TextAreaField("做了什么", filters=[trim])


class CertificateRow(Row):
    name = _text("证书名称")
    level = _text("等级")
    issued_on = _month("发证")
    valid_until = _month("有效到")


class LanguageRow(Row):
    name = _text("语言")
    level = _text("程度")


ROWS: dict[str, type[Row]] = {
    "education": EducationRow,
    "work": WorkRow,
    "projects": ProjectRow,
    "certificates": CertificateRow,
    "languages": LanguageRow,
}


def _place_choices() -> list[SelectChoice]:
    """The whole county, city and province first, then the rest, nearest first, the townships last."""
    (_, towns), *others = places.options()
    wide = [(places.HOME, "清流县"), (places.HOME_CITY, "三明市"), (places.HOME_PROVINCE, "福建省")]
    taken = {code for code, _ in wide}
    rest = [(code, name) for _, group in (*others, ("", towns)) for code, name in group if code not in taken]
    return offered([*wide, *rest])


class ResumeForm(VersionedForm):
    """The whole résumé on one page; its fields stand here in the order of the page, as its errors are listed."""

    title = StringField(
        "简历名称（只有你看得到）", validators=[required("给简历起个名字"), at_most(LINE_MAX)]
    )
    headline = StringField("一句话介绍自己")
    summary = TextAreaField("自我评价")
    work = FieldList(FormField(WorkRow), "工作经历", max_entries=32)
    education = FieldList(FormField(EducationRow), "教育经历", max_entries=12)
    certificates = FieldList(FormField(CertificateRow), "证书", max_entries=52)
    projects = FieldList(FormField(ProjectRow), "项目经历", max_entries=22)
    skills = TextAreaField("技能（一行一个，或用顿号隔开）")
    languages = FieldList(FormField(LanguageRow), "语言", max_entries=12)
    jobs = StringField("期望职位（几个用顿号隔开）")
    families = SelectMultipleField("期望岗位类别", choices=named(trades.FAMILIES.names))
    places = SelectMultipleField("期望地点", choices=_place_choices(), validate_choice=False)
    salary_min = IntegerField("最低期望月薪", validators=[Optional()])
    salary_max = IntegerField("最高期望月薪", validators=[Optional()])
    arrival = SelectField(
        "到岗时间", choices=offered([("", "没想好"), *((each, each) for each in ARRIVALS)]), default=""
    )
    shifts = SelectMultipleField("能上的班次", choices=named(trades.SHIFTS.names))

    def process(self, *args: Any, **kwargs: Any) -> None:
        super().process(*args, **kwargs)
        known = {choice.value for choice in self.places.choices}
        kept = [code for code in self.places.data or () if code not in known and places.current(code)]
        self.places.choices = [*self.places.choices, *offered((code, places.label(code)) for code in kept)]

    @staticmethod
    def blank(name: str) -> Row:
        """An empty row with `__n__` for its number, which the script fills in."""
        return ROWS[name](formdata=None, prefix=f"{name}-__n__-")

    @classmethod
    def of(cls, content: Content, *, title: str, version: int) -> "ResumeForm":
        """The form as it shows *content*."""
        data = content.to_dict()
        intention = data.pop("intention")
        values = {
            **data,
            **intention,
            "skills": "、".join(content.skills),
            "jobs": "、".join(content.intention.jobs),
            "title": title,
            "version": str(version),
        }
        return cls(formdata=None, data=values)

    def content(self) -> Content:
        """What was typed, as the résumé keeps it; empty rows are left out."""
        lists = {name: [row for row in getattr(self, name).data if _is_filled(row)] for name in ROWS}
        intention = {
            name: getattr(self, name).data
            for name in ("families", "places", "salary_min", "salary_max", "arrival", "shifts")
        }
        return Content.from_dict(
            {
                "headline": self.headline.data,
                "summary": self.summary.data,
                **lists,
                "skills": _words(self.skills.data),
                "intention": {**intention, "jobs": _words(self.jobs.data)},
            }
        )

    def change_rows(self, action: str) -> None:
        """Do what a row button asks: `add:work` or `remove:work:1`."""
        verb, _, rest = action.partition(":")
        name, _, number = rest.partition(":")
        if name not in ROWS:
            return
        entries: FieldList = getattr(self, name)
        if verb == "add" and len(entries) < (entries.max_entries or 0):
            entries.append_entry()
        elif verb == "remove" and number.isdigit() and int(number) < len(entries):
            kept = [entry.data for n, entry in enumerate(entries) if n != int(number)]
            while len(entries):
                entries.pop_entry()
            for data in kept:
                entries.append_entry(data)

    def show(self, problems: list[Problem]) -> None:
        """Put each problem of the content beside the field that it is about."""
        for problem in problems:
            field = self._field_at(problem.path)
            if field is None or isinstance(field, FieldList | FormField):
                self.form_errors = [*self.form_errors, problem.message]
                continue
            field.errors = [*field.errors, problem.message]
            rows = self._fields.get(problem.path.split(".")[0])
            if isinstance(rows, FieldList):
                rows.errors = [*rows.errors, problem.message]

    def _field_at(self, path: str) -> Any:
        head, *rest = path.split(".")
        if head == "intention" and rest:
            head, rest = rest[0], []
        field = self._fields.get(head)
        if field is None or not rest or not isinstance(field, FieldList):
            return field
        kept = [n for n, row in enumerate(field.data) if _is_filled(row)]
        number = int(rest[0]) if rest[0].isdigit() else 0
        if number >= len(kept):
            return None
        entry = field.entries[kept[number]]
        return entry.form._fields.get(rest[1]) if len(rest) > 1 else entry


def _is_filled(row: dict[str, Any]) -> bool:
    return any(value for name, value in row.items() if name != "is_current")


def _words(text: str | None) -> list[str]:
    for sign in "\n\r，,；;":
        text = (text or "").replace(sign, "、")
    return [word for word in dict.fromkeys(part.strip() for part in (text or "").split("、")) if word]
