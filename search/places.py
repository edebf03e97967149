"""Places by GB/T 2260 code, as people type them: 清流, 三明市清流县, 温郊, 福建.

Short forms are read for provinces, cities and the counties of the home province, unless they are everyday words.
"""

import re
from functools import cache

from search.lexicon import rows
from search.pattern import term_pattern
from search.words import fold

HOME_PROVINCE = "35"
HOME_COUNTY = "350423"
_SUFFIX = re.compile(
    r"(?:特别行政区|(?:[\u4e00-\u9fff]{1,4}族)*自治[区州县旗]|维吾尔自治区|地区|[省市县区盟乡镇])$"
)
_EVERYDAY = frozenset(
    [
        "三元",
        "平和",
        "大田",
        "东山",
        "连城",
        "永定",
        "华安",
        "德化",
        "城厢",
        "马尾",
        "石狮",
        "丰泽",
        "鼓楼",
        "金门",
        "南安",
        "白银",
        "来宾",
        "朝阳",
        "大同",
        "长治",
        "日照",
        "安康",
        "河池",
        "文山",
        "平安",
        "吉安",
        "东方",
        "兴安",
        "定西",
        "四平",
        "光泽",
        "固原",
        "普洱",
        "海西",
        "海东",
        "海北",
        "海南",
        "山南",
        "保山",
        "中山",
        "台江",
        "新罗",
        "梅列",
        "长校",
        "中卫",
        "通化",
        "和田",
        "大庆",
        "丽水",
        "台湾",
        "集美",
        "思明",
        "李家",
    ]
)
_PART_OF_A_TOWN = frozenset(
    {"城区", "郊区", "矿区", "市辖区"}
)  # official names that everybody says of any town
_MERGED = {"梅列": "350404", "梅列区": "350404", "沙县": "350405", "内蒙古": "150000", "广西": "450000", "新疆": "650000",
           "西藏": "540000", "宁夏": "640000", "海南": "460000", "园区": "", "氟新园区": "350423-14", "氟新材料园": "350423-14",
           "中山市": "442000", "本县": HOME_COUNTY, "清流县城": "350423-01", "清流城关": "350423-01", "县城": "350423-01", "清流本地": HOME_COUNTY}  # fmt: skip


@cache
def names() -> dict[str, str]:
    """Every name that is read, with its code; where a name is shared, the home province has it first."""
    found: dict[str, str] = {}
    for code, name in sorted(_official(), key=lambda place: not place[0].startswith(HOME_PROVINCE)):
        found.setdefault(fold(name), code)
    for code, name in sorted(_official(), key=lambda place: not place[0].startswith(HOME_PROVINCE)):
        short = _SUFFIX.sub("", fold(name))
        is_near = code.startswith(HOME_PROVINCE) or code.endswith("00")
        if len(short) > 1 and is_near and short not in _EVERYDAY:
            found.setdefault(short, code)
    found.update({name: code for name, code in _MERGED.items() if code})
    return found


def _official() -> list[tuple[str, str]]:
    return [(row["code"], row["name"]) for row in rows("places.tsv") if row["name"] not in _PART_OF_A_TOWN]


@cache
def labels() -> dict[str, str]:
    """The official name of each code."""
    return dict(_official())


@cache
def _one() -> re.Pattern[str]:
    return term_pattern(names())


@cache
def pattern() -> re.Pattern[str]:
    """Finds one place, or a place within a place (三明市清流县)."""
    return re.compile(f"(?:{_one().pattern})+")


def code_of(words: str) -> str:
    """The code of the innermost place that *words* name, or an empty text: 三明市清流县 → 350423."""
    code = ""
    for match in _one().finditer(fold(words)):
        found = names()[match.group()]
        if not code or len(found.rstrip("0")) >= len(code.rstrip("0")):
            code = found
    return code
