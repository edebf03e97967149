"""Places by GB/T 2260 code: provinces, cities, counties, and the townships of 清流 under codes of our own.

A code is `350423` (清流县) or `350423-08` (温郊乡). The township codes are this system's, not the state's.
"""

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from app.core.halfwidth import half_width

HOME = "350423"
HOME_CITY = "350400"
HOME_PROVINCE = "350000"
PARK = f"{HOME}-14"

_TOWNS = (
    ("01", "龙津镇"),
    ("02", "嵩溪镇"),
    ("03", "嵩口镇"),
    ("04", "灵地镇"),
    ("05", "长校镇"),
    ("06", "赖坊镇"),
    ("07", "林畲镇"),
    ("08", "温郊乡"),
    ("09", "余朋乡"),
    ("10", "沙芜乡"),
    ("11", "田源乡"),
    ("12", "李家乡"),
    ("13", "里田乡"),
    ("14", "氟新材料产业园"),
)
TOWNS: dict[str, str] = {f"{HOME}-{number}": name for number, name in _TOWNS}

_MERGED = {"350402": "350404", "350403": "350404", "350427": "350405", "350784": "350703"}
"""Codes that a reform ended: 梅列 and old 三元 became 三元, 沙县 and 建阳市 became districts."""
_MORE_NAMES = {
    "梅列区": "350404",
    "梅列": "350404",
    "沙县": "350405",
    "建阳市": "350703",
    "内蒙古": "150000",
}
_TOWN_ALIASES = {
    "赖坊乡": f"{HOME}-06",
    "林畲乡": f"{HOME}-07",
    "温郊": f"{HOME}-08",
    "温郊园区": f"{HOME}-08",
    "里田": f"{HOME}-13",
    "嵩溪": f"{HOME}-02",
    "龙津": f"{HOME}-01",
    "沙芜": f"{HOME}-10",
    "余朋": f"{HOME}-09",
    "赖坊": f"{HOME}-06",
    "林畲": f"{HOME}-07",
    "灵地": f"{HOME}-04",
    "氟新园区": PARK,
    "氟新材料园": PARK,
    "氟新材料园区": PARK,
    "清流氟新材料产业园": PARK,
    "清流县氟新材料产业园": PARK,
}
_PEOPLES = (
    "壮族|回族|维吾尔|土家族|苗族|藏族|蒙古族|蒙古|彝族|侗族|瑶族|白族|傣族|朝鲜族|哈尼族|哈萨克|布依族|羌族|景颇族|傈僳族|黎族|满族"
    "|畲族|仫佬族|毛南族|各族|水族|仡佬族|拉祜族|佤族|纳西族|独龙族|怒族|普米族|布朗族|裕固族|土族|撒拉族|保安族|东乡族|锡伯|塔吉克"
    "|柯尔克孜|达斡尔族|鄂温克族|鄂伦春"
)
_SUFFIX = re.compile(rf"(?:特别行政区|(?:{_PEOPLES})*自治[区州县旗]|[省市县区盟旗])$")
# Short forms that are everyday words, or words of this trade (三元材料, 白银, 马尾).
_NOT_SHORT = frozenset(
    {
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
    }
    | {
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
        "和平",
        "吉安",
        "东方",
        "兴安",
        "定西",
    }
    | {"四平", "光泽", "固原", "普洱", "海西", "海东", "海北", "山南", "保山", "中山"}
)


@dataclass(frozen=True, slots=True)
class Found:
    code: str
    start: int
    end: int
    words: str


@cache
def _areas() -> dict[str, str]:
    with (Path(__file__).parent / "data" / "areas.csv").open(encoding="utf-8", newline="") as file:
        return {row["code"]: row["name"] for row in csv.DictReader(file)} | TOWNS


@cache
def parents(code: str) -> tuple[str, ...]:
    """County, city and province above a code, nearest first, only those that exist."""
    county = code[:6]
    above = [county, f"{county[:4]}00", f"{county[:2]}0000"]
    return tuple(dict.fromkeys(each for each in above if each != code and each in _areas()))


def current(code: str) -> str | None:
    """A code as it is valid today; old codes are translated, unknown ones give None.

    >>> current("350427")
    '350405'
    """
    code = code.strip()
    code = _MERGED.get(code, code)
    if len(code) in (2, 4) and code.isascii() and code.isdigit():
        code = code.ljust(6, "0")
    return code if code in _areas() else None


def name(code: str) -> str:
    """The bare name of one level; an empty text for an unknown code."""
    return _areas().get(current(code) or "", "")


def label(code: str, *, full: bool = False) -> str:
    """The name as people here say it: 清流县温郊乡, 三明市三元区, 福州市, 江西省赣州市.

    `full` spells every level: 福建省三明市清流县温郊乡.
    """
    valid = current(code)
    if valid is None:
        return ""
    chain = [valid, *parents(valid)]
    if not full:
        chain = [each for each in chain if each == valid or each not in _understood(valid)]
    names = [_areas()[each] for each in reversed(chain)]
    return "".join(names)


def _understood(code: str) -> tuple[str, ...]:
    if code.startswith(HOME):
        return (HOME_CITY, HOME_PROVINCE)
    return (HOME_PROVINCE,)


def is_within(code: str, area: str) -> bool:
    """Whether a place lies in an area or is that area; unknown codes lie nowhere."""
    inner, outer = current(code), current(area)
    if inner is None or outer is None:
        return False
    return inner == outer or outer in parents(inner)


def children(code: str) -> list[str]:
    """Codes one level down, in order: cities of a province, counties of a city, townships of 清流."""
    valid = current(code)
    return [each for each in _areas() if valid and each != valid and (parents(each) or ("",))[0] == valid]


def options() -> list[tuple[str, list[tuple[str, str]]]]:
    """Groups for a select, nearest first: (group, [(code, label)])."""
    cities = [code for code in children(HOME_PROVINCE) if code != HOME_CITY]
    provinces = [code for code in _areas() if code.endswith("0000") and code != HOME_PROVINCE]
    return [
        ("清流县", [(HOME, "清流县（全县）"), *TOWNS.items()]),
        (
            "三明市",
            [(HOME_CITY, "三明市（全市）"), *_named(code for code in children(HOME_CITY) if code != HOME)],
        ),
        ("福建省", [(HOME_PROVINCE, "福建省（全省）"), *_named(cities)]),
        ("其他省份", _named(provinces)),
    ]


def _named(codes: Iterable[str]) -> list[tuple[str, str]]:
    return [(code, _areas()[code]) for code in codes]


@cache
def _spellings() -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]]:
    """Spelling -> codes: (safe in running text, only as a whole field: 城区, 新县, 三元)."""
    safe: dict[str, list[str]] = {}
    whole: dict[str, list[str]] = {}
    for code, full in _areas().items():
        is_near = code.endswith("00") or code.startswith(HOME_PROVINCE[:2])
        (safe if is_near or len(full) > 2 else whole).setdefault(full, []).append(code)
        short = _SUFFIX.sub("", full)
        if len(short) < 2 or short == full or "-" in code:
            continue
        target = safe if is_near and short not in _NOT_SHORT else whole
        target.setdefault(short, []).append(code)
    for spelling, code in (_TOWN_ALIASES | _MORE_NAMES).items():
        safe.setdefault(spelling, []).append(code)
    return _frozen(safe), _frozen(whole)


def _frozen(table: dict[str, list[str]]) -> dict[str, tuple[str, ...]]:
    return {spelling: tuple(codes) for spelling, codes in table.items()}


def find_all(text: str) -> list[Found]:
    """Places named in running text, longest name first at each position; doubtful short forms are left out.

    A township of 清流 right behind another county's name is somebody else's township and is left out too.
    """
    hits = _hits(half_width(text))
    named = frozenset(codes[0] for codes, _, _ in hits if len(codes) == 1)
    found: list[Found] = []
    for codes, start, end in hits:
        code = _nearest(codes, named)
        before = found[-1] if found and start - found[-1].end <= 1 else None
        if "-" in code and before and not is_within(code, before.code):
            continue
        found.append(Found(code, start, end, text[start:end]))
    return found


def _hits(plain: str) -> list[tuple[tuple[str, ...], int, int]]:
    spellings, beginnings = _spellings()[0], _beginnings()
    hits = []
    position = 0
    while position < len(plain) - 1:
        if plain[position : position + 2] in beginnings:
            for end in range(min(len(plain), position + 16), position + 1, -1):
                codes = spellings.get(plain[position:end])
                if codes:
                    hits.append((codes, position, end))
                    position = end - 1
                    break
        position += 1
    return hits


@cache
def _beginnings() -> frozenset[str]:
    """First two letters of every spelling, so that most positions need one look only."""
    return frozenset(spelling[:2] for spelling in _spellings()[0])


def read(text: str) -> str | None:
    """The most exact place that one field's words name, or None. Codes are read too, old ones included.

    Of namesakes the one inside another named place wins, then the one nearest to 清流.
    """
    words = half_width(text).strip()
    valid = current(words)
    if valid:
        return valid
    found = find_all(words)
    codes = [each.code for each in found]
    rest = words[found[-1].end :].strip() if found else words
    if rest in _spellings()[1]:
        codes.append(_nearest(_spellings()[1][rest], frozenset(codes)))
    return max(codes, key=lambda code: _exactness(code, codes), default=None)


def _exactness(code: str, found: list[str]) -> tuple[int, int]:
    """A place whose parents are also named beats an equally deep one that stands alone."""
    level = 3 if "-" in code else 0 if code.endswith("0000") else 1 if code.endswith("00") else 2
    return sum(other in parents(code) for other in found), level


def _nearest(codes: tuple[str, ...], named: frozenset[str]) -> str:
    if len(codes) == 1:
        return codes[0]

    def nearness(code: str) -> tuple[bool, int]:
        shared = next((size for size in (6, 4, 2) if code[:size] == HOME[:size]), 0)
        return not named.isdisjoint(parents(code)), shared

    return max(codes, key=nearness)
