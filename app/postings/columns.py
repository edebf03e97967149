"""The columns of the posting table: heading, other headings, what to write, what may be chosen."""

from dataclasses import dataclass

from app.core.degrees import Degree
from app.core.places import HOME, TOWNS
from app.core.places import label as place_label
from app.core.trades import EMPLOYMENT, FAMILIES, LINKS, SHIFTS
from app.core.vocabulary import fold

EXAMPLE_MARK = "示例"


@dataclass(frozen=True, slots=True)
class Column:
    field: str
    label: str
    example: str
    help: str
    is_required: bool = False
    instead: str = ""  # the column that may stand in for this one: one of the two is required
    choices: tuple[str, ...] = ()
    is_open: bool = False  # other words than the choices are fine
    aliases: tuple[str, ...] = ()
    width: int = 16

    @property
    def heading(self) -> str:
        """As the template shows it; what stands in brackets is no part of the name when it comes back."""
        if self.instead:
            return f"{self.label}*（和{self.instead}至少写一样）"
        return f"{self.label}*" if self.is_required else self.label


COLUMNS = (
    Column(
        "title", "职位名称", f"{EXAMPLE_MARK}：氟化工艺操作工", "写真实的职位名，不写“高薪急聘”一类的话", is_required=True, width=26,
        aliases=("岗位名称", "职位", "岗位", "招聘岗位", "招聘职位", "工种", "岗位（工种）", "职务", "title"),
    ),
    Column(
        "salary_words", "薪资", "6-8K·13薪", "怎么写都行：6-8K·13薪、6000-8000元/月、200元/天；只写面议不行", is_required=True, width=20,
        aliases=("薪资待遇", "工资", "工资待遇", "月薪", "薪酬", "薪酬待遇", "待遇", "薪资范围", "月工资", "基本工资", "工资标准", "薪水", "salary"),
    ),
    Column(
        "place", "工作地点", "清流县温郊乡", "写到乡镇；外地写到县或区", is_required=True, is_open=True, width=20,
        choices=(*(place_label(code) for code in TOWNS), place_label(HOME)),
        aliases=("工作地", "地点", "上班地点", "工作地区", "工作区域", "所在地", "工作城市"),
    ),
    Column("address", "详细地址", "氟新材料产业园1号路8号", "厂区、路名、门牌；不填用单位的地址", width=28, aliases=("地址", "工作地址", "单位地址", "具体地址")),
    Column("headcount", "招聘人数", "4", "写数字", aliases=("人数", "需求人数", "招聘数量", "拟招人数", "数量", "招工人数", "需求数", "岗位人数", "用工人数")),
    Column(
        "family", "岗位类别", "生产操作", "从下拉里选；不填由系统按职位名猜，发布前请核对", choices=FAMILIES.names,
        aliases=("岗位族", "职位类别", "岗位类型", "职位类型", "类别", "职类"),
    ),
    Column("chain_link", "产业链环节", "氟化氢与氢氟酸", "从下拉里选", choices=LINKS.names, width=20, aliases=("产业链", "环节", "链条环节", "所属环节")),
    Column("employment", "用工形式", "全职", "从下拉里选，不填按全职", choices=EMPLOYMENT.names, aliases=("用工类型", "工作性质", "用工方式", "工作类型", "职位性质")),
    Column("shift", "班次", "四班三运转", "从下拉里选", choices=SHIFTS.names, aliases=("班制", "工作班次", "上班时间", "工作时间", "倒班", "作息")),
    Column(
        "degree", "最低学历", "高中/中专/技校", "从下拉里选，不填按不限", choices=tuple(each.label for each in Degree), is_open=True,
        aliases=("学历", "学历要求", "文化程度", "最低学历要求"),
    ),
    Column("years", "最少经验", "1年", "写几年，不填按不限", aliases=("经验", "工作经验", "经验要求", "工作年限", "年限", "工作经验要求")),
    Column("majors", "专业", "化学工程与工艺、应用化学", "几个专业用顿号隔开", width=24, aliases=("专业要求", "所学专业", "需求专业")),
    Column(
        "duties", "工作内容", "按规程操作氟化反应装置，做好巡检记录和交接班", "每天做什么，写清楚", instead="任职要求", width=44,
        aliases=("岗位职责", "工作职责", "职责", "职位描述", "岗位描述", "工作描述", "主要职责", "岗位内容", "描述"),
    ),
    Column(
        "requirements", "任职要求", "有化工操作经验，能倒班，服从安全管理", "不能限性别、民族、婚育；限年龄要有理由", instead="工作内容", width=44,
        aliases=("岗位要求", "招聘要求", "要求", "任职条件", "招聘条件", "任职资格", "应聘条件", "录用条件", "职位要求", "岗位条件", "条件要求", "其他要求"),
    ),
    Column("required_certificates", "必须有的证书", "氟化工艺作业", "几个证书用顿号隔开", width=22, aliases=("必备证书", "证书要求", "证书", "资格证书", "持证要求", "资格要求")),
    Column("preferred_certificates", "有更好的证书", "叉车司机N1", "几个证书用顿号隔开", width=22, aliases=("优先证书", "加分证书")),
    Column("skills", "技能", "DCS操作、取样", "几个技能用顿号隔开", width=22, aliases=("技能要求", "专业技能")),
    Column("benefits", "福利", "五险一金、包吃住、夜班补贴", "几样福利用顿号隔开", width=28, aliases=("福利待遇", "福利保障", "员工福利", "其他待遇", "食宿")),
    Column("contact_name", "联系人", "林先生", "姓名或称呼；不填用单位的经办人", aliases=("招聘联系人", "联系人姓名")),
    Column("contact_phone", "联系电话", "138 0013 8000", "手机号，或带区号的座机；不填用单位的电话", width=18, aliases=("电话", "手机", "手机号", "联系方式", "手机号码", "咨询电话", "报名电话")),
    Column("valid_until", "有效期至", "2026-12-31", "写到哪一天，最多一年", aliases=("截止日期", "截止时间", "有效期", "招聘截止日期", "报名截止", "截止日", "招聘期限")),
    Column("is_urgent", "急招", "否", "是或否", choices=("是", "否"), aliases=("是否急招", "紧急")),
    Column("source", "转载来源", "", "转载别处的职位，写明来源；自己的职位不填", aliases=("来源", "信息来源")),
)  # fmt: skip

_SPLIT_PAY = {
    "salary_low": ("最低薪资", "最低工资", "薪资下限", "月薪下限", "起薪", "最低月薪", "工资下限"),
    "salary_high": ("最高薪资", "最高工资", "薪资上限", "月薪上限", "最高月薪", "工资上限"),
}
"""Two columns in other people's tables; together they are read as one."""

BY_HEADING: dict[str, str] = {
    fold(heading): name
    for name, headings in (
        *((column.field, (column.label, *column.aliases)) for column in COLUMNS),
        *_SPLIT_PAY.items(),
    )
    for heading in headings
}
"""Folded heading → field."""
