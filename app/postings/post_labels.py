"""The headings that people put into a pasted post (【薪资】, 岗位职责：, 💰待遇), and the sections that they open."""

import re
from dataclasses import dataclass

from app.core.halfwidth import half_width

_LABELS: dict[str, str] = {
    "title": "岗位名称|职位名称|招聘岗位|招聘职位|招聘工种|应聘岗位|岗位|职位|工种|职务|招聘|诚聘|急聘|急招|诚招|招工",
    "salary_words": "薪资待遇|薪资范围|薪资|薪酬待遇|薪酬福利|薪酬|工资待遇|工资标准|综合工资|综合薪资|工资|月薪|年薪|日薪|时薪|底薪|待遇|薪水|月收入"
    "|薪资福利",
    "benefits": "福利待遇|员工福利|公司福利|岗位福利|福利保障|福利|我们提供|提供|食宿",
    "degree": "学历要求|最低学历|学历|文化程度",
    "years": "工作经验|经验要求|工作年限|经验|年限",
    "headcount": "招聘人数|需求人数|招工人数|用工人数|人数|名额|数量",
    "place": "工作地点|工作地址|工作地区|上班地点|上班地址|公司地址|单位地址|厂址|工作地|地点|地址",
    "duties": "岗位职责|工作职责|工作内容|职位描述|岗位描述|工作描述|主要职责|主要工作|岗位内容|岗位说明|职责描述|职责|做什么|你将负责",
    "requirements": "任职要求|岗位要求|招聘要求|任职资格|任职条件|招聘条件|应聘条件|应聘要求|职位要求|录用条件|报名条件|基本要求|要求|条件|我们希望你",
    "majors": "专业要求|所学专业|专业",
    "certificates": "证书要求|持证要求|资格证书|必备证书|证书",
    "skills": "技能要求|专业技能|技能",
    "shift": "上班时间|工作时间|工作班次|班次|班制|倒班|作息",
    "employment": "用工形式|用工性质|工作性质|用工方式",
    "contact": "联系人及电话|联系人|联系方式|联系电话|招聘电话|报名电话|咨询电话|报名方式|应聘方式|电话|手机|微信|投递邮箱|邮箱|联系",
    "valid_until": "截止日期|截止时间|报名截止时间|报名截止|报名时间|有效期至|有效期|招聘期限",
    "company": "公司简介|企业简介|单位简介|公司介绍|企业介绍|单位名称|公司名称|企业名称|关于我们|招聘单位|用人单位|公司",
    "other": "备注|其他说明|温馨提示|面试时间|面试地点|应聘流程|招聘流程|来源",
}
_FIELD_OF = {label: field for field, labels in _LABELS.items() for label in labels.split("|")}
_ANY_LABEL = "|".join(sorted((re.escape(label) for label in _FIELD_OF), key=len, reverse=True))
_NUMBER = (
    r"(?:[一二三四五六七八九十]{1,2}[、.]|\(?[一二三四五六七八九十\d]{1,2}\)|\d{1,2}\ufe0f?\u20e3?[、.)]?)?"
)
_HEADING = re.compile(
    rf"(?:(?<![^\n])|(?<=[;,。|\s】\])!]))(?P<before>[^\S\n]*[^\w\n;,。:(]{{0,5}}{_NUMBER}[^\S\n]*[【\[「《<(]?[^\S\n]*)"
    rf"(?P<label>{_ANY_LABEL})(?P<more>[^\S\n]*\([^)\n]{{0,10}}\))?"
    r"(?P<after>[*_]{0,2}[^\S\n]*[】\]」》>)][^\S\n]*:?|[*_]{0,2}[^\S\n]*:[*_]{0,2}|[^\S\n]*(?=\n|$)|(?<=[^\d\s]{2})[^\S\n]+(?=\S))"
)
_BARE_LABELS = frozenset(
    {
        "招聘",
        "诚聘",
        "急聘",
        "急招",
        "诚招",
        "招工",
        "提供",
        "要求",
        "条件",
        "公司",
        "联系",
        "职责",
        "来源",
        "数量",
    }
)
"""Labels that are also ordinary words: without a bracket or a colon they open nothing."""


@dataclass(frozen=True, slots=True)
class Section:
    """Text under a heading: `start` to `end` is the content, `label_start` where the heading begins."""

    field: str
    label: str
    label_start: int
    start: int
    end: int


def find_sections(text: str, start: int = 0, end: int | None = None) -> list[Section]:
    """Sections of a stretch of text in their order; what stands before the first heading belongs to none."""
    plain = half_width(text)[: len(text) if end is None else end]
    heads = [match for match in _HEADING.finditer(plain, start) if _opens(match, plain)]
    sections = []
    stops = [*(match.start() for match in heads[1:]), len(plain)]
    for match, stop in zip(heads, stops, strict=False):
        content_start, content_end = trimmed(plain, match.end(), stop)
        label = match["label"]
        sections.append(Section(_FIELD_OF[label], label, match.start(), content_start, content_end))
    return sections


def _opens(match: re.Match[str], plain: str) -> bool:
    after = match["after"]
    is_marked = ":" in after or bool(re.search(r"[】\]」》>)]", after))
    if is_marked:
        return "(" not in match["before"] or ")" in after
    is_line_start = match.start() == 0 or plain[match.start() - 1] == "\n"
    return not (not is_line_start or match["label"] in _BARE_LABELS)


def trimmed(plain: str, start: int, end: int) -> tuple[int, int]:
    """The stretch without spaces, line ends and separators at its edges."""
    while start < end and (plain[start].isspace() or plain[start] in ":;,。|、"):
        start += 1
    while end > start and (plain[end - 1].isspace() or plain[end - 1] in ";,|、"):
        end -= 1
    return start, end


_FILLER = re.compile(
    rf"(?:{_ANY_LABEL}|招|找|有意者?|请|打|致电|拨打|以上|岗位|前|及|和|或|等|的|为|在|是|需|持|有|有限公司|报名|可以?|另|均|欢迎)+"
)


def is_only_labels(plain: str) -> bool:
    """Whether a leftover says nothing: marks, list numbers, headings and joining words."""
    letters = "".join(filter(str.isalnum, plain))
    is_number = re.fullmatch(r"\d{1,2}|[一二三四五六七八九十]{1,2}", letters)
    return not letters or is_number is not None or _FILLER.fullmatch(letters) is not None
