"""What a person may type about accounts."""

from typing import Any

from flask_wtf import FlaskForm
from wtforms import BooleanField, PasswordField, RadioField, StringField, TextAreaField
from wtforms.fields import Field, SelectChoice
from wtforms.validators import Optional, ValidationError

from app.accounts.passwords import weakness
from app.accounts.policy import GIVEN_BY_ADMIN
from app.core.forms import BaseForm, at_most, chosen, required
from app.core.guard import Role
from app.core.halfwidth import half_width
from app.core.identifiers import check_email, check_mobile

ROLE_LABELS = {
    Role.SEEKER: "求职者",
    Role.ENTERPRISE: "企业成员",
    Role.ORGANIZER: "学校",
    Role.OFFICE: "人才办",
    Role.ADMIN: "系统管理员",
}


def is_address(form: FlaskForm, field: Field) -> None:
    """A mobile number or an e-mail; the field then holds its normal form."""
    text = field.data or ""
    checked = check_email(text) if "@" in text else check_mobile(text)
    if not checked.is_valid:
        raise ValidationError(checked.message)
    field.data = checked.value


def digits(text: Any) -> Any:
    """Codes are pasted with spaces and in full width."""
    return half_width(text).replace(" ", "").replace("-", "") if isinstance(text, str) else text


def is_code(form: FlaskForm, field: Field) -> None:
    if len(field.data) != 6 or not field.data.isdigit():
        raise ValidationError("验证码是 6 位数字")


def is_strong(form: FlaskForm, field: Field) -> None:
    if reason := weakness(field.data, *getattr(form, "known", ())):
        raise ValidationError(reason)


def _address(label: str = "手机号或邮箱") -> StringField:
    return StringField(label, validators=[required("请填手机号或邮箱"), at_most(254), is_address])


def _code() -> StringField:
    return StringField("验证码", filters=[digits], validators=[required("请填短信或邮件里的验证码"), is_code])


def _name() -> StringField:
    return StringField("怎么称呼你", validators=[required("请填姓名，投递时单位会看到"), at_most(40)])


class AddressForm(BaseForm):
    """Where to send a code."""

    address = _address()


class PasswordSignInForm(BaseForm):
    address = _address()
    password = PasswordField("密码", validators=[required("请填密码"), at_most(128)])


class CodeForm(BaseForm):
    code = _code()


class ConsentForm(BaseForm):
    """Two boxes that nobody ticks but the person."""

    agrees_to_terms = BooleanField("我看过并同意用户协议", validators=[required("要先同意用户协议才能继续")])
    agrees_to_privacy = BooleanField(
        "我看过并同意隐私政策", validators=[required("要先同意隐私政策才能继续")]
    )


class SignUpForm(ConsentForm):
    address = _address()


class SignUpCodeForm(CodeForm):
    name = _name()
    password = PasswordField("设一个密码", validators=[Optional(), is_strong])


class NewPasswordForm(BaseForm):
    password = PasswordField("新密码", validators=[required("请填新密码"), is_strong])
    again = PasswordField("再填一次", validators=[required("请再填一次新密码")])

    def validate_again(self, field: Field) -> None:
        if self.password.data and field.data != self.password.data:
            raise ValidationError("两次填的不一样")


class RecoveryForm(CodeForm, NewPasswordForm):
    """A code and the new password on one page."""


class NameForm(BaseForm):
    name = _name()


class PasswordForm(BaseForm):
    password = PasswordField("密码", validators=[required("请填密码"), at_most(128)])


class SecondFactorForm(BaseForm):
    code = StringField("动态码", validators=[required("请填手机上的 6 位动态码"), at_most(20)])


class CloseForm(BaseForm):
    understands = BooleanField("我知道注销后不能恢复", validators=[required("请先勾上，确认你知道不能恢复")])


class NewUserForm(BaseForm):
    """An account that the administrator makes for somebody."""

    name = StringField("姓名", validators=[required("请填姓名"), at_most(40)])
    address = _address()
    role = RadioField(
        "做什么用",
        choices=[SelectChoice(role.value, ROLE_LABELS[role]) for role in Role if role in GIVEN_BY_ADMIN],
        validators=[chosen("请选一种账号")],
    )


class SuspendForm(BaseForm):
    reason = TextAreaField("停用的原因", validators=[required("请写明停用的原因"), at_most(300)])
