"""What a person may type about organizations."""

from flask_wtf.file import FileField
from wtforms import (
    BooleanField,
    HiddenField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TelField,
    TextAreaField,
    URLField,
)
from wtforms.fields import Field, SelectChoice
from wtforms.validators import URL, Optional, ValidationError

from app.core import places
from app.core.forms import BaseForm, VersionedForm, at_most, chosen, required
from app.core.identifiers import check_credit_code, check_mobile
from app.core.trades import COMPANY_SIZES, LINKS
from app.organizations.kinds import MEMBER_LABELS, MEMBER_NOTES, RETURN_REASONS
from app.organizations.models import MemberRole


def is_credit_code(form: BaseForm, field: Field) -> None:
    checked = check_credit_code(field.data or "")
    if not checked.is_valid:
        raise ValidationError(checked.message)
    field.data = checked.value


def is_mobile(form: BaseForm, field: Field) -> None:
    checked = check_mobile(field.data or "")
    if not checked.is_valid:
        raise ValidationError(checked.message)
    field.data = checked.value


def _place_choices() -> list[SelectChoice]:
    grouped = [
        SelectChoice(code, label, optgroup=group)
        for group, areas in places.options()
        for code, label in areas
    ]
    return [SelectChoice("", "请选择"), *grouped]


class PapersForm(VersionedForm):
    """Papers that are handed in. A file that was received stays received when another field is wrong."""

    authority = FileField("经办人授权书")
    authority_kept = HiddenField()


class RenewalForm(PapersForm):
    is_unchanged = BooleanField(
        "单位名称、代码、证照都没有变", validators=[required("有变化的话，请先去改单位资料")]
    )


class OrganizationForm(PapersForm):
    """Everything that an organization says about itself."""

    kind = RadioField("单位类型", validators=[chosen("请选单位类型")])
    name = StringField("单位名称", validators=[required("请填单位全称"), at_most(80)])
    credit_code = StringField(
        "统一社会信用代码", validators=[required("请填 18 位代码"), at_most(40), is_credit_code]
    )
    licence = FileField("证照")
    licence_kept = HiddenField()
    place = SelectField("所在地", choices=_place_choices, validators=[required("请选所在地")])
    address = StringField("详细地址", validators=[required("请填详细地址"), at_most(120)])
    size = RadioField(
        "规模",
        choices=[SelectChoice(name, COMPANY_SIZES.label(name)) for name, _ in COMPANY_SIZES.options()],
        validators=[chosen("请选规模")],
    )
    chain_links = SelectMultipleField("产业链环节", choices=[SelectChoice(*each) for each in LINKS.options()])
    introduction = TextAreaField(
        "单位介绍", validators=[required("请写几句介绍，求职者最先看这里"), at_most(3000)]
    )
    website = URLField(
        "网址", validators=[Optional(), at_most(200), URL(message="网址要以 http:// 或 https:// 开头")]
    )
    handler_name = StringField("经办人姓名", validators=[required("请填经办人姓名"), at_most(40)])
    handler_phone = TelField(
        "经办人手机号", validators=[required("请填经办人手机号"), at_most(40), is_mobile]
    )
    is_matching_on = BooleanField("给人才按匹配程度排序", default=True)

    def validate_website(self, field: Field) -> None:
        if not field.data.startswith(("http://", "https://")):
            raise ValidationError("网址要以 http:// 或 https:// 开头")


class InvitationForm(BaseForm):
    role = RadioField(
        "身份",
        choices=[SelectChoice(role.value, label) for role, label in MEMBER_LABELS.items()],
        default=MemberRole.RECRUITER.value,
        validators=[chosen("请选身份")],
    )
    note = StringField("给谁", validators=[required("写一下给谁的，免得发错"), at_most(40)])

    notes = {role.value: words for role, words in MEMBER_NOTES.items()}  # noqa: RUF012 - read only


class DecisionForm(VersionedForm):
    """A decision of the office: the pressed button names the verb."""

    reason = TextAreaField("原因", validators=[at_most(500)])

    ready_made = RETURN_REASONS
