"""What a few words name, judged by their form: an employer, a post, a school, a department."""

import re

from app.core.degrees import find_all as degrees_in
from app.core.trades import FAMILIES, OTHER_FAMILY, title_families
from app.core.vocabulary import fold

_NOTE = r"(?:[(（][^()（）]{1,30}[)）])?"
_EMPLOYER = re.compile(
    r"(?:\b(?:Ltd|Inc|LLC|Corp|Co|GmbH)\.?|有限责任公司|股份公司|公司|集团|工厂|[\u4e00-\u9fff]厂|企业|医院|酒店|超市|银行|事务所|研究院|研究所|设计院|合作社|工作室|商行|经营部|门市部"
    r"|学校|大学|学院|幼儿园|中学|小学|矿山|[\u4e00-\u9fff]矿|矿业|电站|药店|饭店|餐馆|农场|部队|委员会|园区|基地|网店|商城|[\u4e00-\u9fff]店|[^理]所|煤气站|服务站|加油站"
    rf"|科技|化工|实业|材料|物流|电子|股份){_NOTE}$",
    re.IGNORECASE,
)
_LEGAL = re.compile(
    r"^(?P<employer>[^\s]{2,30}?(?:有限责任公司|股份有限公司|有限公司|集团公司|分公司|公司|集团))(?P<rest>[^\s]{2,20})$"
)
_TITLE = re.compile(
    r"(?:(?:Engineer|Manager|Operator|Technician|Assistant|Director|Intern|Analyst|Specialist|Supervisor|Worker)|工|员|师|长|经理|主管|主任|总监|助理|手|顾问|秘书|会计|出纳|干事|学徒|实习生?|见习|负责人|专家|教师|司机|厨师|保安|文员|主操|副操|内操|外操|操作"
    rf"|代表|客服|管培生|总工|副总|总裁|老板|技工|电焊|电工|店主|班副|值班){_NOTE}$",
    re.IGNORECASE,
)
_SCHOOL = re.compile(
    rf"(?:大学|学院|学校|职校|技校|中学|[一二三四五六七八九十]中|高中|党校|电大|开放大学|职业中专|卫校|职教中心|university|college|school){_NOTE}$",
    re.IGNORECASE,
)
_DEPARTMENT = re.compile(r"(?:部|科|室|车间|工段|班组|事业部|中心|分厂|项目组|系)$")
_IDLE = re.compile(r"(?:待业|失业|求职中|找工作|在家|休息|备考|考研|离职|无业|带孩子|自由职业$)")
_ROLE = re.compile(r"(?:主要|核心)?(?:参与者?|成员|组员|骨干|主导|协助)")
_MODE = re.compile(
    r"(?:全日制|非全日制|统招|自考|函授|成人教育|成教|夜大|网络教育|业余|脱产|在职|在读|毕业|肄业|结业|学制\S*|[三四五]年制)+"
)


def is_idle(words: str) -> bool:
    """A gap that a person accounts for; it is no job."""
    return bool(_IDLE.match(words))


def is_employer(words: str) -> bool:
    return 2 <= len(words) <= 50 and bool(_EMPLOYER.search(words)) and not is_title(words)


def is_title(words: str) -> bool:
    return 2 <= len(words) <= 30 and (fold(words) in title_families() or bool(_TITLE.search(words)))


def is_role(words: str) -> bool:
    """A part in a project: 组员, 负责人, 参与."""
    return is_title(words) or bool(_ROLE.fullmatch(words))


def is_school(words: str) -> bool:
    return 3 <= len(words) <= 40 and bool(_SCHOOL.search(words))


def is_department(words: str) -> bool:
    return 2 <= len(words) <= 15 and bool(_DEPARTMENT.search(words))


def is_degree(words: str) -> bool:
    """Nothing but a degree and how it was taken: 大专, 本科（全日制）, 统招本科."""
    found = degrees_in(words)
    rest = "".join(
        letter for place, letter in enumerate(words) if not any(s <= place < e for _, s, e in found)
    )
    return bool(found) and not _MODE.sub("", rest).strip(" ()（）学历位/、,，·")


def is_mode(words: str) -> bool:
    return bool(_MODE.fullmatch(words.strip("()（）")))


def employer_and_title(words: str) -> tuple[str, str] | None:
    """A company and the post glued to its name: 某某化工有限公司DCS操作工."""
    found = _LEGAL.match(words)
    return (found["employer"], found["rest"]) if found and is_title(found["rest"]) else None


def family_of(title: str) -> str:
    """The job family of a post by its own name or the longest known name inside it; "" when none is known."""
    names, words = title_families(), fold(title)
    if words in names:
        return names[words][1]
    for size in range(len(words) - 1, 1, -1):
        for start in range(len(words) - size, -1, -1):  # what is said last says most: 安全生产管理员
            family = names.get(words[start : start + size], ("", ""))[1]
            if family and family != OTHER_FAMILY:
                return family
    found = FAMILIES.find_all(title)
    return found[0][0] if found else ""
