"""A page of all the parts of the look, for those who change it. Development only."""

from datetime import date

from flask import Blueprint, Flask, jsonify, render_template, request
from werkzeug.wrappers import Response
from wtforms import (
    BooleanField,
    DateField,
    FileField,
    HiddenField,
    IntegerField,
    PasswordField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TelField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice

from app.core.forms import BaseForm
from app.core.guard import public

bp = Blueprint("gallery", __name__)
WORDS = ("氟化工艺", "氟化氢装置内操", "氢氟酸充装工", "含氟聚合物研发", "化验员", "化工自动化控制仪表作业")


def _options(**labels: str) -> list[SelectChoice]:
    return [SelectChoice(value, label) for value, label in labels.items()]


class GalleryForm(BaseForm):
    version = HiddenField()
    title = StringField("职位名称")
    salary_min = IntegerField("最低月薪")
    headcount = IntegerField("招聘人数")
    degree = SelectField("最低学历", choices=_options(secondary="中专", college="大专", bachelor="本科"))
    duties = TextAreaField("工作内容")
    valid_until = DateField("有效期")
    phone = TelField("联系电话")
    password = PasswordField("密码")
    certificates = SelectMultipleField(
        "手上有哪些证",
        choices=_options(f="氟化工艺作业", r2="移动式压力容器充装R2", p="气瓶充装P", n1="叉车N1"),
    )
    shift = RadioField("能上什么班", choices=_options(day="长白班", two="两班倒", four="四班三运转"))
    benefits = SelectMultipleField(
        "福利", choices=[SelectChoice(word) for word in ("五险一金", "双休", "包吃住", "餐补", "年终奖")]
    )
    licence = FileField("营业执照")
    agree = BooleanField("我看过服务条款")


def _form() -> GalleryForm:
    form = GalleryForm(
        formdata=None,
        title="氢氟酸充装工",
        headcount=4,
        valid_until=date(2026, 11, 1),
        duties="跟槽车充装\n做气密",
        certificates=["f", "n1"],
        benefits=["双休"],
    )
    wrong = {
        form.salary_min: "「面议」不够，请写一个最低数，比如6000",
        form.valid_until: "11月1日已经过了",
        form.shift: "请选一种班次",
        form.agree: "同意后才能提交",
    }
    for field, message in wrong.items():
        field.errors = [message]
    return form


@bp.route("/states", methods=["GET", "POST"])
@public
def states() -> str:
    return render_template("states.html", form=_form(), page_url=lambda page: f"?page={page}")


@bp.get("/states/suggest")
@public
def suggest() -> Response:
    text = request.args.get("q", "")
    return jsonify([{"value": word, "note": "职位"} for word in WORDS if text in word])


def init_app(app: Flask) -> None:
    if app.config.get("APP_ENV") != "production":
        app.register_blueprint(bp)
