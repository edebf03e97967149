"""What a person wants and refuses, and what a post demands of them: place, shift, pay, kind of work."""

import re
from dataclasses import dataclass

from matching.profiles import Candidate, Post
from matching.reading.clauses import clauses
from search.words import fold

ANYWHERE = "不限"
_COUNTY = "三明"
_COUNTY_WORDS = [
    "三明",
    "清流",
    "三元",
    "沙县",
    "永安",
    "明溪",
    "宁化",
    "大田",
    "尤溪",
    "将乐",
    "泰宁",
    "建宁",
    "龙津",
    "嵩溪",
    "嵩口",
    "灵地",
    "长校",
    "赖坊",
    "林畲",
    "温郊",
    "余朋",
    "沙芜",
    "田源",
    "李家",
    "里田",
]
_ANYWHERE = re.compile(r"不限|全国|各地|均可|都可以|任何|服从")
_PROVINCE = re.compile(r"^福建省?$|省内")
_CITY = re.compile(r"(?:[\u4e00-\u9fff]{2,8}?省)?([\u4e00-\u9fff]{2,5}?)(?:市|$|县|区|州)")
_ONLY = re.compile(
    r"(?:只|仅|非)(?:能|想|考虑|找|去|接受|留|要|看|愿意?)?(?:在|去|到|留在?)?([\u4e00-\u9fff]{2,4}?)(?:市)?(?:本地|当地|市区|岗|的?岗位|工作|不去|上班|$)"
)
_STAYS = re.compile(
    r"(?:不|不想|不愿|不愿意|不能|没法|无法)(?:去|到|来|接受|考虑|离开|出)[^，。；]{0,4}(?:县|乡|镇|山里|山区|外地|清流|三明|偏远|小地方|本市|省)"
)
_COMES = re.compile(
    r"(?:清流|三明|县|驻厂|两头跑|双城|当地|外地|搬|迁)[^，。；]{0,8}(?:可以|能|愿|没问题|接受|行|不介意)|(?:可以?|能|愿意?|接受|不介意|肯)[^，。；]{0,6}(?:去清流|来清流|到清流|驻厂|两头跑|搬|外派|去县|回三明|回清流)|不挑地方|哪里都"
)
_NIGHTS_NO = re.compile(
    r"(?:不|不能|无法|没法|不想|不愿意?|不接受|拒绝|不考虑|上不了|做不了|干不了|熬不了)[^，。；]{0,5}(?:夜班|倒班|三班|轮班|翻班|大夜|通宵|熬夜)"
    r"|(?:夜班|倒班|轮班|三班倒?)[^，。；没]{0,3}(?:做不了|上不了|不行|不能|不了|不上|不做|不接受|吃不消|受不了|免谈)"
    r"|(?:只|仅)(?:能|想|接受|考虑|上|做|要|找)?[^，。；]{0,4}(?:白班|日班)|不倒班|不倒夜班|想找不倒|要求[^，。；]{0,3}白班|\(?长白班\)?$"
)
_NIGHTS_YES = re.compile(
    r"(?:夜班|倒班|轮班|三班)[^，。；]{0,5}(?:没问题|没有问题|可以|都行|也行|能上|熟|习惯|接受|无所谓)|(?:能|可|可以|接受|愿意?|服从|肯|适应)(?:上|倒|接受)?[^，。；不]{0,3}(?:夜班|倒班|轮班|三班)|^倒班$"
)
_PAY_OPEN = re.compile(
    r"(?:薪资|工资|待遇|薪酬|收入|钱)[^，。；]{0,6}(?:没写死|可谈|可以谈|好商量|面议|不强求|其次|低点|低一点|低些|少点|不是问题|看着给|按厂里|按公司)|(?:够不到|达不到)[^，。；]{0,3}可以?谈|可以?谈$"
)
_PAY_DOWN = re.compile(
    r"(?:降到?|低到|最低|底线|保底)[^0-9一二两三四五六七八九]{0,4}(\d+(?:\.\d+)?)\s*(万|千|k)?"
)
_STEP_DOWN = re.compile(
    r"(?:职务|职位|岗位|级别)[^，。；]{0,4}(?:低|不计较|不限)|(?:先|从)[^，。；]{1,8}(?:做起|干起|干|过渡)(?:也|都)?(?:可以|行|没问题)?|也可以先干|接受过渡|从基层"
)
_PART_TIME = re.compile(
    r"(?:只|仅)(?:接受|接|做|想|考虑)?[^，。；]{0,3}(?:兼职|顾问|远程)|只做顾问|兼职\)?$|远程办公|/远程|每月[一两二三四1-4]天"
)
_ROTATING = re.compile(r"倒|运转|三班|四班|两班|轮班|翻班|轮换|上一休|24小时|早晚班|^夜班")
_SOME_NIGHTS = re.compile(r"夜")
_DAYS_ONLY = re.compile(r"不(?:用|需要?|上|倒)?(?:夜班|倒班)|无夜班|没有夜班")


@dataclass(frozen=True, slots=True)
class Wishes:
    """A person's side: places as city names (`不限` for anywhere), and what they rule out in their own words."""

    places: tuple[str, ...] = ()
    only_place: str = ""
    stays_away: bool = False
    comes_along: bool = False
    refuses_nights: bool = False
    nights_evidence: str = ""
    place_evidence: str = ""
    is_pay_open: bool = False
    pay_floor: int | None = None
    steps_down: bool = False
    wants_part_time: bool = False


def place_key(text: str) -> str:
    """Return the city that a place belongs to: every name of Sanming and of Qingliu is one place."""
    folded = fold(text)
    if not folded:
        return ""
    if any(word in folded for word in _COUNTY_WORDS):
        return _COUNTY
    if _ANYWHERE.search(folded) or _PROVINCE.search(folded):
        return ANYWHERE
    found = _CITY.match(folded)
    return found[1] if found else folded


def read_wishes(candidate: Candidate) -> Wishes:
    """Read a person's wishes from the fields and from what the headline, the wish and the summary say."""
    places = tuple(dict.fromkeys(filter(None, map(place_key, candidate.expected_places))))
    said = [
        clause.text
        for text in (candidate.headline, *candidate.expected_jobs, candidate.summary)
        for clause in clauses(text)
    ]
    only = next(
        (found for clause in said if (found := _ONLY.search(clause)) and _names_a_city(found[1])), None
    )
    stays = next((clause for clause in said if _STAYS.search(clause)), "")
    nights = next((clause for clause in said if _NIGHTS_NO.search(clause)), "")
    accepted = candidate.shifts_accepted
    if accepted is not None:
        days_only = bool(accepted) and not any(
            _ROTATING.search(s) or _SOME_NIGHTS.search(s) for s in accepted
        )
        nights = "、".join(accepted) if days_only else ""
    return Wishes(
        places=places,
        only_place=place_key(only[1]) if only else "",
        stays_away=bool(stays),
        comes_along=any(_COMES.search(clause) for clause in said),
        refuses_nights=bool(nights),
        nights_evidence=nights,
        place_evidence=only.string if only else stays,
        pay_floor=next((floor for clause in said if (floor := _pay_floor(clause))), None),
        is_pay_open=any(_PAY_OPEN.search(clause) for clause in said),
        steps_down=any(_STEP_DOWN.search(clause) for clause in said),
        wants_part_time=any(_PART_TIME.search(clause) for clause in said),
    )


def _pay_floor(clause: str) -> int | None:
    """Return the yuan a month that a clause says the person would come down to."""
    found = _PAY_DOWN.search(clause)
    if not found or not re.search(r"薪|工资|待遇|收入|月入|到手", clause):
        return None
    amount = float(found[1]) * {"万": 10_000, "千": 1_000, "k": 1_000}.get(found[2] or "", 1)
    return int(amount) if 1_000 <= amount <= 500_000 else None


def _names_a_city(text: str) -> bool:
    return text in _CITIES or place_key(text) == _COUNTY


def nights_of(post: Post) -> float:
    """Return 1.0 for a rotating shift, 0.6 for days with some nights, 0.0 for days only."""
    shift = fold(post.shift) or fold(post.requirements)
    if _DAYS_ONLY.search(shift):
        return 0.0
    if _ROTATING.search(shift) and "白班" not in shift.split(",")[0].split("+")[0]:
        return 1.0
    return 0.6 if _SOME_NIGHTS.search(shift) or _ROTATING.search(shift) else 0.0


_CITIES = frozenset(
    [
        "北京",
        "上海",
        "天津",
        "重庆",
        "广州",
        "深圳",
        "杭州",
        "南京",
        "苏州",
        "无锡",
        "常州",
        "宁波",
        "温州",
        "合肥",
        "武汉",
        "长沙",
        "南昌",
        "成都",
        "西安",
        "郑州",
        "济南",
        "青岛",
        "大连",
        "沈阳",
        "福州",
        "厦门",
        "泉州",
        "漳州",
        "龙岩",
        "南平",
        "宁德",
        "莆田",
        "晋江",
        "石狮",
        "赣州",
        "上饶",
        "衢州",
        "金华",
        "台州",
        "绍兴",
        "嘉兴",
        "佛山",
        "东莞",
        "珠海",
        "惠州",
        "中山",
        "省外",
        "省城",
        "昆明",
        "贵阳",
        "南宁",
        "海口",
    ]
)
