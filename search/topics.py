"""What a word suggests beyond itself: the job family of an occupation, the industry of 化工."""

from collections.abc import Iterable
from functools import lru_cache

from search.attributes import INDUSTRY
from search.plan import Group, Preference
from search.query import Constraint
from search.words import parts, senses, synonyms

OF_OCCUPATION = 0.3  # what a post of the same family weighs against one that names the occupation
OF_NAME = 0.6  # what a post of a family weighs against a word that names the family
OF_KIND = 0.25
FAMILY_BONUS = 0.35
_FAMILIES = frozenset(
    [
        "研发",
        "工艺",
        "生产操作",
        "设备",
        "仪表自动化",
        "电气",
        "分析检测",
        "安全环保",
        "质量",
        "仓储物流",
        "采购销售",
        "管理",
        "行政财务",
        "信息化",
        "党群教育",
    ]
)
_KINDS = {
    "analysis_method": "分析检测", "instrument": "仪表自动化", "control_system": "仪表自动化", "safety": "安全环保",
    "quality_system": "质量",
}  # fmt: skip
_WORDS = {
    "行政": "行政财务", "财务": "行政财务", "人事": "行政财务", "后勤": "行政财务", "文职": "行政财务", "销售": "采购销售", "采购": "采购销售",
    "业务": "采购销售", "外贸": "采购销售", "市场": "采购销售", "仪表": "仪表自动化", "自动化": "仪表自动化", "电气": "电气", "化验": "分析检测",
    "检测": "分析检测", "检验": "分析检测", "分析": "分析检测", "安全": "安全环保", "环保": "安全环保", "安环": "安全环保", "质量": "质量",
    "品质": "质量", "物流": "仓储物流", "仓库": "仓储物流", "仓储": "仓储物流", "叉车": "仓储物流", "研发": "研发", "科研": "研发", "工艺": "工艺",
    "设备": "设备", "机修": "设备", "维修": "设备", "软件": "信息化", "编程": "信息化", "党建": "党群教育", "教学": "党群教育", "操作": "生产操作",
    "内勤": "行政财务",
}  # fmt: skip
_INDUSTRY = frozenset(
    [
        "化工",
        "化工厂",
        "氟化工",
        "氟化工厂",
        "氟",
        "含氟",
        "氟产品",
        "氟材料",
        "氟新材料",
        "化工企业",
        "化工行业",
        "化工公司",
        "氟化",
        "氟企",
        "氟化学",
    ]
)


@lru_cache(maxsize=5_000)
def topics(word: str) -> dict[str, float]:
    """The topics of a word with what they weigh against its wording."""
    found: dict[str, float] = {}
    if word in _INDUSTRY:
        found[INDUSTRY] = 0.5
    if word in _WORDS:
        found[_WORDS[word]] = OF_NAME
    _add_senses(word, found)
    for part in parts(word) if not found else ():
        found.update({topic: OF_KIND for topic in (_WORDS.get(part),) if topic})
    if found and INDUSTRY not in found:
        for name in _neighbours(word):
            found.setdefault(name, OF_OCCUPATION / 2)
    return found


def _add_senses(word: str, found: dict[str, float]) -> None:
    for entry in senses(word):
        for name in (entry.note, *(sense.note for sense in senses(entry.canonical))):
            if name in _FAMILIES:
                found.setdefault(name, OF_OCCUPATION)
        if entry.kind in _KINDS and word not in _WORDS:
            found.setdefault(_KINDS[entry.kind], OF_KIND)


def _neighbours(word: str) -> Iterable[str]:
    """Families of the occupations that are near to a word."""
    for link in synonyms(word):
        for sense in senses(link.word)[:1]:
            if link.relation in ("related", "narrower") and sense.note in _FAMILIES and link.weight >= 0.6:
                yield sense.note


def family_wishes(groups: Iterable[Group]) -> Iterable[Preference]:
    """A preference for posts of the families that the words of a query suggest most."""
    families: dict[str, None] = {}
    for group in groups:
        families.update((name, None) for name, factor in topics(group.words).items() if factor >= OF_KIND)
    wanted = tuple(name for name in families if name in _FAMILIES)
    if wanted:
        yield Preference(Constraint("family", "any", wanted), FAMILY_BONUS)
