"""Sections of a résumé by their headings, however these are decorated."""

import re
from dataclasses import dataclass
from itertools import zip_longest

from app.people.reading.page import Page

PREAMBLE = "personal"  # what stands before the first heading, and under 个人信息

# kind → names; the letters may stand apart (教 育 经 历).
_NAMES = {
    "education": "教育经历 教育背景 教育情况 教育信息 教育履历 学习经历 学历背景 学历信息 求学经历 教育 education",
    "work": (
        "工作经历 工作经验 工作履历 工作简历 工作背景 任职经历 职业经历 从业经历 从业经验 主要工作经历 实习经历 实习经验 实习与实践 社会实践 "
        "实践经历 实践经验 校外实践 工作/实习经历 工作及实习经历 workexperience experience employment"
    ),
    "projects": "项目经历 项目经验 主要项目 参与项目 科研经历 科研项目 projects projectexperience",
    "skills": (
        "专业技能 职业技能 个人技能 掌握技能 技能特长 技能专长 技能与特长 个人特长 特长 专业特长 技能 技能清单 "
        "skills"
    ),
    "mixed": "技能及证书 技能/证书 技能证书 证书与技能 技能和证书 技能与证书",
    "certificates": (
        "证书 资格证书 职业证书 职业资格 资质证书 持有证书 获得证书 所获证书 持证情况 证书情况 证书资质 个人证书 相关证书 特种作业证 "
        "职业资格证书 技能等级证书 certificates certifications"
    ),
    "languages": "语言能力 外语水平 外语能力 语言 语言水平 languages",
    "summary": (
        "自我评价 个人评价 自我介绍 自我描述 自我鉴定 个人简介 个人总结 个人优势 个人概述 我的优势 关于我 职业总结 自我总结 summary profile "
        "aboutme"
    ),
    "intention": "求职意向 求职意愿 求职目标 求职期望 期望工作 职业意向 就业意向 应聘意向 objective",
    PREAMBLE: "基本信息 个人信息 基本资料 个人资料 基本情况 个人基本信息 个人概况 联系方式 个人简历 求职简历 简历 resume",
    "family": "家庭成员 家庭情况 家庭成员及社会关系 社会关系 家庭主要成员",
    "other": (
        "获奖情况 荣誉奖项 所获荣誉 获奖经历 奖励情况 奖惩情况 荣誉 校内荣誉 校园经历 在校经历 校内职务 学生工作 兴趣爱好 爱好 主修课程 "
        "主要课程 培训经历 培训情况 其他 其他信息 备注 附件 论文 专利 awards interests hobbies"
    ),
}
_KINDS = {
    name.replace("/", ""): kind
    for kind, names in _NAMES.items()
    for name in sorted(names.split(), key=len, reverse=True)
}
_DECORATION = r"[^\w\n]{0,8}(?:(?:[一二三四五六七八九十]{1,2}|\d{1,2})[ \t]?[、.)][ \t]{0,3})?[^\w\n]{0,4}"
_ANY = "|".join(
    r"[ \t]{0,3}".join(map(re.escape, name))
    for name in sorted({name for names in _NAMES.values() for name in names.split()}, key=len, reverse=True)
)
_HEADING = re.compile(
    rf"^{_DECORATION}(?P<name>{_ANY})(?:[^\w\n:\t]{{0,8}}(?:[A-Za-z][A-Za-z &/]{{0,30}})?[^\w\n]{{0,12}}$|[^\w\n:\t]{{0,2}}[ \t]*(?P<sep>[:\t])[ \t]*)",
    re.IGNORECASE | re.MULTILINE,
)
_YEARS = re.compile(r"\d{1,2}[ \t]*年|[一二三四五六七八九十]+年|应届|无")
_INLINE_ONLY = {
    "intention",
    "work",
}  # 求职意向：操作工 and 工作经验：5年 are labels, unless a line of their own


@dataclass(frozen=True, slots=True)
class Section:
    kind: str
    start: int
    end: int


def sections_of(page: Page) -> list[Section]:
    """In order, without gaps; the headings themselves are marked as used."""
    marks = [(PREAMBLE, 0, 0)]
    for found in _HEADING.finditer(page.plain):
        kind = _KINDS[re.sub(r"[\s/]", "", found["name"]).lower()]
        has_rest = bool(page.plain[found.end() :].split("\n", 1)[0].strip()) if found["sep"] else False
        if (
            has_rest
            and kind in _INLINE_ONLY
            and (kind == "intention" or _YEARS.match(page.plain, found.end()))
        ):
            continue
        marks.append((kind, found.start(), found.end()))
    sections = []
    for (kind, start, body), following in zip_longest(marks, marks[1:]):
        page.use(start, body)
        end = following[1] if following else len(page.plain)
        sections.append(Section(kind, body, end))
    return sections
