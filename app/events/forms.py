"""What a person may type about gatherings."""

from datetime import datetime, timedelta
from typing import Any

from wtforms import (
    BooleanField,
    DateTimeLocalField,
    FileField,
    IntegerField,
    SelectField,
    SelectMultipleField,
    StringField,
    TelField,
    TextAreaField,
    URLField,
)
from wtforms.fields import Field, SelectChoice
from wtforms.validators import URL, NumberRange, Optional, ValidationError

from app.core.county_time import COUNTY_TIME
from app.core.db import now
from app.core.forms import BaseForm, VersionedForm, at_most, chosen, required
from app.core.identifiers import check_mobile
from app.core.presentation import local
from app.events.kinds import SHARES

FORMATS = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"]
FEWEST_DIGITS = 5  # of a phone number: 12345
NEAR = timedelta(days=7)  # before and after a gathering its timetable may reach
MOMENTS = ("starts_at", "ends_at", "exhibitors_from", "exhibitors_until", "people_from", "people_until")


def is_mobile(form: BaseForm, field: Field) -> None:
    checked = check_mobile(field.data or "")
    if not checked.is_valid:
        raise ValidationError(checked.message)
    field.data = checked.value


def _moment(label: str, *validators: Any) -> DateTimeLocalField:
    return DateTimeLocalField(label, format=FORMATS, validators=list(validators))


def listed(text: str | None) -> list[str]:
    """What stands between 、 , ; spaces or lines."""
    for mark in "，,；;\n\r\t ":
        text = (text or "").replace(mark, "、")
    return list(dict.fromkeys(each.strip() for each in (text or "").split("、") if each.strip()))


class EventForm(VersionedForm):
    """Everything that an organizer writes about a gathering, except halls, papers and timetable."""

    title = StringField("名称", validators=[required("请填活动名称"), at_most(60)])
    starts_at = _moment("开始", chosen("请选开始时间"))
    ends_at = _moment("结束", chosen("请选结束时间"))
    is_online = BooleanField("在线上办")
    place = StringField("场地", validators=[at_most(60)])
    address = StringField("详细地址", validators=[at_most(120)])
    online_url = URLField(
        "线上地址", validators=[Optional(), at_most(300), URL(message="网址要以 http:// 或 https:// 开头")]
    )
    introduction = TextAreaField("介绍", validators=[at_most(3000)])
    rules = TextAreaField("须知", validators=[at_most(3000)])
    schools = TextAreaField("学校", validators=[at_most(1000)])
    majors = TextAreaField("专业", validators=[at_most(1000)])
    graduation_years = StringField("毕业年份", validators=[at_most(100)])
    capacity = IntegerField(
        "场地最多容纳", validators=[Optional(), NumberRange(1, 100_000, "请填 1 到 100000")]
    )
    registration_limit = IntegerField(
        "报名人数上限", validators=[Optional(), NumberRange(1, 100_000, "请填 1 到 100000")]
    )
    exhibitors_from = _moment("企业报名从", Optional())
    exhibitors_until = _moment("到", Optional())
    people_from = _moment("个人报名从", Optional())
    people_until = _moment("到", Optional())
    contact_name = StringField("联系人", validators=[at_most(40)])
    contact_phone = StringField("联系电话", validators=[at_most(40)])

    def validate_ends_at(self, field: Field) -> None:
        if self.starts_at.data and field.data and field.data <= self.starts_at.data:
            raise ValidationError("结束要在开始之后")

    def validate_exhibitors_until(self, field: Field) -> None:
        self._check_window(self.exhibitors_from, field)

    def validate_people_until(self, field: Field) -> None:
        self._check_window(self.people_from, field)

    def _check_window(self, opens: Field, closes: Field) -> None:
        if opens.data and closes.data and closes.data <= opens.data:
            raise ValidationError("截止要在开始报名之后")
        if closes.data and self.ends_at.data and closes.data > self.ends_at.data:
            raise ValidationError("截止不能晚于活动结束")

    def validate_contact_phone(self, field: Field) -> None:
        if field.data and sum(sign.isdigit() for sign in field.data) < FEWEST_DIGITS:
            raise ValidationError("请填完整的电话，座机带区号")

    def validate_graduation_years(self, field: Field) -> None:
        if any(not (each.isdigit() and 2000 <= int(each) <= 2100) for each in listed(field.data)):
            raise ValidationError("年份写成 2026、2027")

    def values(self) -> dict[str, Any]:
        """Columns of Event."""
        plain = (
            "title is_online place address introduction rules capacity registration_limit"
            " contact_name contact_phone"
        )
        found: dict[str, Any] = {name: self[name].data for name in plain.split()}
        for name in ("place", "address", "introduction", "rules", "contact_name", "contact_phone"):
            found[name] = found[name] or ""
        for name in MOMENTS:
            typed: datetime | None = self[name].data
            found[name] = typed.replace(tzinfo=COUNTY_TIME) if typed else None
        found["online_url"] = self.online_url.data or None
        found["audience"] = {
            "schools": listed(self.schools.data),
            "majors": listed(self.majors.data),
            "graduation_years": [int(each) for each in listed(self.graduation_years.data)],
        }
        return found

    def show(self, event: Any) -> None:
        """Fill in what the row says."""
        for name, field in self._fields.items():
            if name in MOMENTS:
                moment = getattr(event, name)
                field.data = local(moment).replace(tzinfo=None) if moment else None
            elif hasattr(event, name):
                field.data = getattr(event, name)
        for name in ("schools", "majors", "graduation_years"):
            self[name].data = "、".join(str(each) for each in event.audience.get(name) or [])
        self.version.data = str(event.version)


class PapersForm(BaseForm):
    safety_plan = FileField("安全工作方案")
    emergency_plan = FileField("应急预案")


class CopyForm(BaseForm):
    starts_at = _moment("新的开始时间", chosen("请选开始时间"))

    def validate_starts_at(self, field: Field) -> None:
        if field.data and field.data.replace(tzinfo=COUNTY_TIME) <= now():
            raise ValidationError("开始时间要在现在之后")


class TimetableForm(BaseForm):
    starts_at = _moment("开始", chosen("请选开始时间"))
    ends_at = _moment("结束", Optional())
    what = StringField("做什么", validators=[required("请填做什么"), at_most(80)])
    place = StringField("在哪里", validators=[at_most(40)])
    event: Any = None  # the gathering that it belongs to

    def validate_starts_at(self, field: Field) -> None:
        if field.data is None or self.event is None:
            return
        at = field.data.replace(tzinfo=COUNTY_TIME)
        if not self.event.starts_at - NEAR <= at <= self.event.ends_at + NEAR:
            raise ValidationError("离活动太远了，日程只写前后一周内的")

    def validate_ends_at(self, field: Field) -> None:
        if self.starts_at.data and field.data and field.data <= self.starts_at.data:
            raise ValidationError("结束要在开始之后")


class HallForm(BaseForm):
    name = StringField("馆名", validators=[required("请填馆名"), at_most(20)])
    width = IntegerField(
        "宽（格）", default=12, validators=[chosen("请填"), NumberRange(1, 60, "1 到 60 格")]
    )
    height = IntegerField(
        "高（格）", default=8, validators=[chosen("请填"), NumberRange(1, 60, "1 到 60 格")]
    )
    entrance_x = IntegerField(
        "入口在第几列", default=1, validators=[chosen("请填"), NumberRange(1, 60, "1 到 60")]
    )
    entrance_y = IntegerField(
        "入口在第几行", default=1, validators=[chosen("请填"), NumberRange(1, 60, "1 到 60")]
    )

    def validate_entrance_x(self, field: Field) -> None:
        if field.data and self.width.data and field.data > self.width.data:
            columns = self.width.data
            raise ValidationError(f"这个馆只有{columns}列")

    def validate_entrance_y(self, field: Field) -> None:
        if field.data and self.height.data and field.data > self.height.data:
            rows = self.height.data
            raise ValidationError(f"这个馆只有{rows}行")


class BoothForm(BaseForm):
    number = StringField("展位号", validators=[required("请填展位号"), at_most(8)])
    x = IntegerField("第几列", validators=[chosen("请填"), NumberRange(1, 60, "1 到 60")])
    y = IntegerField("第几行", validators=[chosen("请填"), NumberRange(1, 60, "1 到 60")])
    w = IntegerField("宽（格）", default=1, validators=[chosen("请填"), NumberRange(1, 6, "1 到 6 格")])
    h = IntegerField("高（格）", default=1, validators=[chosen("请填"), NumberRange(1, 6, "1 到 6 格")])
    has_power = BooleanField("有电源")
    is_accessible = BooleanField("无障碍通道能到", default=True)


class RowForm(BaseForm):
    """Many booths at once: a row of them from one cell on."""

    prefix = StringField("号码开头", default="A", validators=[at_most(4)])
    first = IntegerField("从几号", default=1, validators=[chosen("请填"), NumberRange(1, 999, "1 到 999")])
    count = IntegerField("几个", default=6, validators=[chosen("请填"), NumberRange(1, 60, "1 到 60")])
    x = IntegerField("从第几列", default=1, validators=[chosen("请填"), NumberRange(1, 60, "1 到 60")])
    y = IntegerField("第几行", default=2, validators=[chosen("请填"), NumberRange(1, 60, "1 到 60")])
    gap = IntegerField("隔几格", default=0, validators=[Optional(), NumberRange(0, 6, "0 到 6")])
    has_power = BooleanField("有电源")


class SharesForm(BaseForm):
    """What booths may see. Nothing is ticked beforehand: a consent is given, not taken."""

    shares = SelectMultipleField(
        "展位扫我的入场券时，可以看到", choices=[SelectChoice(*each) for each in SHARES.items()]
    )


class RegistrationForm(SharesForm):
    """One's own place: name and phone are enough."""

    name = StringField("姓名", validators=[required("请填姓名"), at_most(30)])
    phone = TelField("手机号", validators=[required("请填手机号"), at_most(40), is_mobile])
    school = StringField("学校", validators=[at_most(60)])
    major = StringField("专业", validators=[at_most(40)])
    graduation_year = IntegerField("毕业年份", validators=[Optional(), NumberRange(1970, 2100, "写成 2026")])


class WalkInForm(SharesForm):
    """At the door, in half a minute. The door's address is the authority: there is no session to hold a token."""

    class Meta(SharesForm.Meta):
        csrf = False

    name = StringField("姓名", validators=[required("请填姓名"), at_most(30)])
    phone = TelField("手机号", validators=[required("请填手机号"), at_most(40), is_mobile])
    school = StringField("学校", validators=[at_most(60)])


class ImportForm(BaseForm):
    file = FileField("名单（.xlsx 或 .csv）")


class AnnouncementForm(BaseForm):
    text = TextAreaField("公告", validators=[required("请写公告"), at_most(200)])


class OutcomeForm(BaseForm):
    outcome = TextAreaField("记录", validators=[at_most(5000)])


class ReasonForm(BaseForm):
    reason = TextAreaField("原因", validators=[required("请写明原因"), at_most(200)])


class InviteForm(BaseForm):
    names = TextAreaField(
        "企业名称或统一社会信用代码，一行一家", validators=[required("请填要邀请的企业"), at_most(20_000)]
    )


class BringForm(BaseForm):
    """The posts that an enterprise brings."""

    postings = SelectMultipleField("带来的职位", coerce=int)

    def validate_postings(self, field: Field) -> None:
        if not field.data:
            raise ValidationError("至少选一个审核通过的职位")


class ExhibitForm(BringForm, VersionedForm):
    """An enterprise applies: wishes, posts, who comes, what the booth's card says."""

    cells = SelectField(
        "展位大小", choices=[SelectChoice("1", "标准展位"), SelectChoice("2", "双展位")], default="1"
    )
    power = BooleanField("要用电")
    accessible = BooleanField("要无障碍通道")
    near_entrance = BooleanField("希望靠近入口")
    staff = TextAreaField("到场人员，一行一位", validators=[at_most(400)])
    card = TextAreaField("展位名片", validators=[at_most(400)])

    def wishes(self) -> dict[str, Any]:
        return {
            "cells": int(self.cells.data),
            "power": bool(self.power.data),
            "accessible": bool(self.accessible.data),
            "near_entrance": bool(self.near_entrance.data),
        }
