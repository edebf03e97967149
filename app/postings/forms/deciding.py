"""Short forms around a posting: decisions, closing, reporting, pasting, importing."""

from datetime import timedelta
from typing import Any

from flask_wtf.file import FileField, FileRequired
from wtforms import RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, ValidationError

from app.core.county_time import today
from app.core.forms import BaseForm, VersionedForm, at_most, chosen, required
from app.postings.forms.options import named, offered
from app.postings.forms.plain import DayField
from app.postings.kinds import KINDS
from app.postings.services.keeping import REASONS

LONGEST_REASON = 500
TEMPLATES = (
    "薪资写得太宽，请写实际能给的范围",
    "工作内容太简单，请写清楚每天做什么",
    "任职要求和岗位不相符，请核对",
    "证书要求写得不对，请写证书的正式名称",
    "工作地点不清楚，请写到厂区或门牌",
    "同一个职位已经在招，请不要重复发布",
)
CLOSE_REASONS = ("人招满了", "这个岗位不招了", "内容要重写", "其他")


class ReturnForm(VersionedForm):
    """退回: reasons to tick, and words of one's own."""

    template = SelectField("常用原因", choices=[SelectChoice("", "不用常用原因"), *named(TEMPLATES)])
    reason = TextAreaField("退回原因", validators=[at_most(LONGEST_REASON)])

    def validate_reason(self, field: Any) -> None:
        if not field.data and not self.template.data:
            raise ValidationError("写明要改什么，作者才知道怎么改")

    def full_reason(self) -> str:
        return "。".join(part for part in (self.template.data, self.reason.data) if part)


class PublishForm(VersionedForm):
    note = TextAreaField("放行的理由", validators=[at_most(LONGEST_REASON)])


class CloseForm(BaseForm):
    reason = SelectField("原因", choices=named(CLOSE_REASONS), validators=[chosen("选一个原因")])


class RenewForm(BaseForm):
    valid_until = DayField("有效期至", validators=[InputRequired("选一个截止的日子")])

    def validate_valid_until(self, field: Any) -> None:
        if field.data is not None and not today() <= field.data <= today() + timedelta(days=366):
            raise ValidationError("从今天起，最多一年")


class ReportForm(BaseForm):
    reason = RadioField("遇到了什么", choices=named(REASONS), validators=[chosen("选一项")])
    text = TextAreaField("说说经过", validators=[at_most(1000)])

    def validate_text(self, field: Any) -> None:
        if self.reason.data == REASONS[-1] and not field.data:
            raise ValidationError("选「其他」时请写几句")


class OutcomeForm(BaseForm):
    outcome = StringField("处理结果", validators=[required("写明怎么处理的"), at_most(200)])


class PasteForm(BaseForm):
    text = TextAreaField("整条招聘信息", validators=[required("把招聘信息粘贴到这里"), at_most(30_000)])
    kind = RadioField("是什么", default="job", choices=offered((k.key, k.label) for k in KINDS.values()))


class ImportForm(BaseForm):
    file = FileField("Excel 或 CSV 文件", validators=[FileRequired("选一个文件")])
    kind = RadioField("表里是什么", default="job", choices=offered((k.key, k.label) for k in KINDS.values()))
