"""Who may see me, whom I block, and the file that I hand in."""

from flask_wtf.file import FileField
from wtforms import BooleanField, RadioField

from app.core.forms import BaseForm, chosen
from app.people.forms.options import offered
from app.people.models import Visibility


class PrivacyForm(BaseForm):
    visibility = RadioField(
        "谁能找到我",
        choices=offered(
            [
                (Visibility.ENTERPRISES.value, "所有已核验的企业"),
                (Visibility.APPLIED.value, "只有我投递过的企业"),
                (Visibility.HIDDEN.value, "先隐藏"),
            ]
        ),
        validators=[chosen("请选一项")],
    )
    is_matching_on = BooleanField("按我的简历推荐职位，也让企业看到匹配")


class ImportForm(BaseForm):
    file = FileField("简历文件")
