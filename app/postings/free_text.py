"""Facts in running text, each with the place of its words: years, heads, phones, names, places, days.

All functions take half-width text and give (value, start, end) or None.
"""

import re
from datetime import date
from typing import Any

from app.core import degrees, places
from app.core.days import find_day
from app.core.identifiers import check_mobile
from app.core.numerals import read_numeral
from app.core.trades import title_families
from app.core.vocabulary import fold

Found = tuple[Any, int, int]

_COUNT = r"(?P<n>\d{1,4}|[一二两三四五六七八九十]{1,3})"
_YEARS = (
    re.compile(
        rf"(?<![满每第\d]){_COUNT}\s*(?:(?:-|至|到|~)\s*\d{{1,2}})?\s*年(?:及)?(?:以上)?[^,。;\n\d]{{0,14}}?(?:经验|经历|资历)"
    ),
    re.compile(rf"(?:经验|经历|从业)[^,。;\n\d]{{0,6}}{_COUNT}\s*(?:(?:-|至|到|~)\s*\d{{1,2}})?\s*年"),
    re.compile(rf"(?<![满每第\d]){_COUNT}\s*年(?:及)?以上"),
)
_DEMANDED_YEARS = re.compile(
    r"(?:^|[,;。、\s])[\u4e00-\u9fffA-Za-z]{0,8}?(?<![满每第近])(?P<n>\d{1,2}|[一二两三四五六七八九十]{1,2})\s*(?:(?:-|至|到|~)\s*\d{1,2})?\s*年"
    r"(?![内前一度满龄检审休终薪假来级年底初]|月)"
)
_NO_YEARS = re.compile(
    r"无需?经验|没有?经验|经验不限|不限经验|无经验|零经验|应届(?:生|毕业生)?(?:均?可|亦可|优先)|经验无要求"
)
_HEADS = re.compile(rf"{_COUNT}\s*(?:(?:-|至|到|~)\s*\d{{1,3}})?\s*(?:名|人|位)(?![班一组以])")
_CALL = re.compile(r"(?:招聘?|聘|急需|需要?|名额|人数)[^,。;\n]{0,18}$")
_MOBILE = re.compile(r"(?<![\d.])(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)")
_LANDLINE = re.compile(r"(?<![\d.])\(?0\d{2,3}\)?[- ]?\d{7,8}(?:[-转]\d{1,6})?(?!\d)")
_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖"
    "贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤巫温赖伍童丘涂池兰华官游柯翁庄连阙"
)
_NAMED = re.compile(
    rf"(?P<n>[{_SURNAMES}](?:[\u4e00-\u9fff]{{0,2}}?)(?:先生|女士|小姐|经理|主任|主管|老师|师傅|部长|厂长|总(?!经|部|监)|工(?![作艺厂])))"
)
_CONTACT = re.compile(
    rf"(?:联系人|联系|找)\s*[:：]?\s*(?P<n>[{_SURNAMES}][\u4e00-\u9fff]{{1,2}})(?![\u4e00-\u9fff])"
)
_PLACE_CUE = re.compile(
    r"(?:工作地|上班地?点?|地[点址]|厂[区址]|位于|就在|人在|驻|坐落|工作在)[^。\n]{0,10}$"
)
_DAY_CUE = re.compile(r"(?:截止|截至|有效期?|报名|招聘期)[^。\n]{0,8}$|^[^。\n]{0,4}(?:前|截止|止)")
_JOB_END = re.compile(
    r"(?:工|员|师|长|手|生|主管|经理|主任|总监|助理|司机|操作|主操|副操|内操|外操|中控|文秘|秘书|会计|出纳|厨师|保安|保洁|普工|专员|干事|顾问|科学家|教师|医生"
    r"|护士|学徒|博士后|负责人|调度|代表|理货|巡检|讲解|总工|副总|采购|销售|岗)$"
)
_NOT_A_JOB = re.compile(
    r"^(?:负责|协助|配合|完成|参与|按(?!摩)|做|能(?!源)|会(?![计展议])|有(?![水机])|熟|具|服从|遵|执行(?!董事|总)|对(?!苯)|持|大专|本科|高中|初中|中专|技校|硕士|博士(?!后)|男|女(?!装)"
    r"|身体|年龄|工作|吃苦|责任|良好|较|不(?!锈)|无(?![水机尘])|每|公司(?!秘书|律师|司机)|我|本|五险|包(?!装)|提供|月(?!嫂)|年(?!度)|薪(?![酬资])|待遇|操作规程|指导"
    r"|培训(?!师|讲师|专员|主管)|管理好|组织(?!部|人事|发展)|编制|定期|处理(?!工)|及时|维护(?![工员])|保证|确保|监督(?!员)|检查(?!员)|落实|接受|优先|应届|欢迎|联系|请|为|向|将|与|和"
    r"|从事|相关|专业|上级|领导|其他|其它|完善|开展|建立|收集|记录(?!员)|跟踪|根据|新进|所有|各类|负)"
)
JOB_LETTER = r"(?:[A-Za-z]{1,6}\d{1,4}[A-Za-z]{0,3}|\d{1,4}[A-Za-z]{1,3}(?=[\u4e00-\u9fff])|[^\d\n:;,。!|\s()【】\[\]])"
"""One step of a job's name: a letter, or a formula or grade such as LiPF6, R134a, 6F."""


def find_years(plain: str, *, is_demand: bool = False) -> Found | None:
    """The least years of experience: 3-5年经验 is 3, 经验不限 and 应届亦可 are 0.

    Among demands a bare 三年 counts too: 化工本科三年.
    """
    none = _NO_YEARS.search(plain)
    for pattern in (*_YEARS, _DEMANDED_YEARS) if is_demand else _YEARS:
        for match in pattern.finditer(plain):
            number = int(match["n"]) if match["n"].isdigit() else read_numeral(match["n"])
            if number is not None and number <= 40 and not (none and none.start() < match.start()):
                return number, match.start("n"), match.end()
    return (0, none.start(), none.end()) if none else None


def find_headcount(plain: str, *, is_title: bool = False) -> Found | None:
    """How many are wanted; outside a title line only behind a word such as 招."""
    for match in _HEADS.finditer(plain):
        number = int(match["n"]) if match["n"].isdigit() else read_numeral(match["n"])
        if number and 1 <= number <= 999 and (is_title or _CALL.search(plain[: match.start()])):
            return number, match.start(), match.end()
    return None


def find_degree(plain: str) -> Found | None:
    """The lowest degree named; two that share a slash or a comma count together, 优先 ones do not."""
    found = [
        each
        for each in degrees.find_all(plain)
        if "优先" not in plain[each[2] : each[2] + 6].split(",", maxsplit=1)[0]
    ]
    if not found:
        return None
    lowest = min(found)
    return lowest[0].value, lowest[1], lowest[2]


def find_phone(plain: str) -> Found | None:
    mobile = _MOBILE.search(plain)
    if mobile and (checked := check_mobile(mobile[0])).is_valid:
        return checked.value, mobile.start(), mobile.end()
    landline = _LANDLINE.search(plain)
    return (landline[0], landline.start(), landline.end()) if landline else None


def find_contact_name(plain: str, phone: Found | None = None) -> Found | None:
    """A person to call: named as contact, or with a title within a few letters of the phone number."""
    match = _CONTACT.search(plain)
    if match:
        return match["n"], match.start("n"), match.end("n")
    start, end = (max(0, phone[1] - 12), phone[2] + 10) if phone else (0, len(plain))
    match = _NAMED.search(plain, start, end)
    return (match["n"], match.start("n"), match.end("n")) if match else None


def find_place(plain: str, *, is_told: bool = False) -> Found | None:
    """(code, start, end) of the most exact place; outside a place section one behind a cue is preferred."""
    found = places.find_all(plain)
    if not found:
        return None
    cued = [each for each in found if is_told or _PLACE_CUE.search(plain[: each.start])]
    chosen = cued or [each for each in found if places.is_within(each.code, places.HOME)]
    if not chosen:
        return None
    group = [chosen[0]]
    for each in found[found.index(chosen[0]) + 1 :]:
        if each.start - group[-1].end > 1:
            break
        group.append(each)
    code = places.read(plain[group[0].start : group[-1].end]) or group[-1].code
    return code, group[0].start, group[-1].end


def find_last_day(plain: str, today: date, *, is_told: bool = False) -> Found | None:
    found = find_day(plain, today)
    if found and (is_told or _DAY_CUE.search(plain[: found[1]]) or _DAY_CUE.search(plain[found[2] :][:8])):
        return found
    return None


def may_be_job(name: str) -> bool:
    """Whether nothing speaks against a phrase being a job's name; for places where only a job would stand."""
    words = fold(name)
    return (
        2 <= len(words) <= 18 and not _NOT_A_JOB.search(words) and not re.search(r"[,。;:!?]|以上|公司", name)
    )


def is_job(name: str) -> bool:
    """Whether a short phrase is the name of a job rather than a task, a demand or a benefit."""
    words = fold(re.sub(r"\(.*?\)|[\"'“”‘’]", "", name))
    if not 2 <= len(words) <= 18 or _NOT_A_JOB.search(words):
        return False
    if words in title_families():
        return True
    return not re.search(r"[,。;:!?]", name) and _JOB_END.search(words) is not None
