"""Labels with their values: 姓名：林小溪, the cells of a table in one line, or a label above its value."""

import re
from dataclasses import dataclass
from itertools import zip_longest

from app.people.reading.page import Page

_NAMES = {
    "name": "姓名 name",
    "school": "毕业院校 毕业学校 就读学校 就读院校 学校名称 院校名称 院校 学校",
    "degree": "最高学历 学历层次 学历学位 学历/学位 学历 学位 文化程度",
    "major": "所学专业 主修专业 专业名称 专业",
    "graduated": "毕业时间 毕业日期 毕业年份 预计毕业时间",
    "jobs": "求职意向 应聘 求职岗位 期望职位 期望岗位 期望职业 意向岗位 意向职位 应聘岗位 应聘职位 目标职位 目标岗位 求职职位 期望从事职业",
    "pay": "期望薪资 期望月薪 期望薪酬 期望工资 薪资要求 薪资期望 待遇要求 期望待遇 薪酬要求 要求月薪 期望年薪",
    "places": "期望地点 期望城市 意向城市 意向地点 期望工作地点 期望工作地区 期望地区 目标地点 工作地点 目标城市 求职地区",
    "arrival": "到岗时间 到岗日期 可到岗时间 到职时间 入职时间 最快到岗时间 到岗",
    "shifts": "接受班次 可接受班次 班次 倒班 接受倒班 是否接受倒班",
    "employer": "公司名称 单位名称 企业名称 工作单位 就职单位 就职公司 所在公司 实习单位 公司 单位",
    "title": "职位名称 岗位名称 担任职位 担任职务 所任职位 任职岗位 实习岗位 工作岗位 职位 职务 岗位",
    "period": "起止时间 起止日期 工作时间 在职时间 任职时间 就读时间 在校时间 实习时间 项目时间 时间",
    "project": "项目名称",
    "role": "项目角色 项目职责 担任角色 角色",
    "duties": "工作内容 工作职责 工作描述 职责描述 岗位职责 主要工作 主要职责 工作业绩 主要业绩 业绩 项目描述 项目内容 职责 描述 实习内容",
    "skills": "会 擅长 掌握 技能 特长",
    # Named so that their words end up in no other value; they stay in the leftover.
    "aside": "工作性质 期望行业 所在部门 部门 所属行业 行业 公司性质 公司规模 汇报对象 下属人数 离职原因 工作年限 工作经验 工龄 职称 目前状态 求职状态 在职状态",
    "contact": "联系电话 手机号码 手机号 手机 电话 电子邮箱 电子邮件 邮箱 联系方式 e-mail email mail tel phone mobile",
}
_COLON_ONLY = frozenset(_NAMES["skills"].split())
_KINDS = {name: kind for kind, names in _NAMES.items() for name in names.split()}
_ANY = "|".join(r"[ \t]{0,4}".join(map(re.escape, name)) for name in sorted(_KINDS, key=len, reverse=True))
_LABEL = re.compile(
    rf"(?:^|(?<=[\s,;|/、(【\[。]))(?P<name>{_ANY})[ \t】\]]*(?P<sep>:[ \t]*\n?|\t|[ ]+|\n)[ \t]*",
    re.IGNORECASE | re.MULTILINE,
)
_CELL_END = re.compile(r"[\t\n|;]|[ ]{2,}")
_SHORT = 24  # characters of a value whose label has no colon


@dataclass(frozen=True, slots=True)
class Labeled:
    kind: str
    start: int  # of the label
    value_start: int
    value_end: int


def labels_in(page: Page, start: int, end: int) -> list[Labeled]:
    """In order; a value ends at the end of its cell or at the next label."""
    found = [match for match in _LABEL.finditer(page.plain, start, end) if _is_label(page, match, end)]
    labeled = []
    for match, following in zip_longest(found, found[1:]):
        stop = _CELL_END.search(page.plain, match.end(), end)
        value_end = min(stop.start() if stop else end, following.start() if following else end)
        kind = _KINDS[re.sub(r"[ \t]", "", match["name"]).lower()]
        labeled.append(Labeled(kind, match.start(), match.end(), max(value_end, match.end())))
    return labeled


def mark(page: Page, label: Labeled) -> None:
    """The label has done its work; its value is marked by whoever takes it."""
    page.use(label.start, label.value_start)


def _is_label(page: Page, match: re.Match[str], end: int) -> bool:
    """Without a colon a word is a label only beside a short value: 专业 应用化工技术, not 专业 知识扎实，肯学."""
    if ":" in match["sep"]:
        return True
    if match["name"] in _COLON_ONLY:
        return False
    rest = page.plain[match.end() : min(end, match.end() + _SHORT + 1)]
    value = _CELL_END.split(rest)[0]
    if match["sep"].startswith("\n"):  # the label fills its line and the value fills the next
        line_start = page.plain.rfind("\n", 0, match.start()) + 1
        return page.plain[line_start : match.start()].strip() == "" and 0 < len(value) < _SHORT
    return 0 < len(value) < _SHORT and not re.search(r",(?!\d{3})|。", value)
