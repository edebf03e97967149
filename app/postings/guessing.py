"""Job family and chain link guessed from a title and a text, for the author to confirm."""

import re
from collections import defaultdict

from app.core.halfwidth import half_width
from app.core.trades import chain_words, title_families
from app.core.vocabulary import fold

_REMARK = re.compile(r"\(.*?\)|\[.*?\]|\d+名|\d+人|招聘|急聘|急招|诚聘|高级|中级|初级|资深|实习生?|储备")
_ENDINGS = (
    ("化验员", "分析检测"),
    ("分析员", "分析检测"),
    ("检测员", "分析检测"),
    ("检验员", "质量"),
    ("质检", "质量"),
    ("品控", "质量"),
    ("安全", "安全环保"),
    ("环保", "安全环保"),
    ("消防", "安全环保"),
    ("仪表", "仪表自动化"),
    ("自控", "仪表自动化"),
    ("电工", "电气"),
    ("电气", "电气"),
    ("机修", "设备"),
    ("维修", "设备"),
    ("焊工", "设备"),
    ("钳工", "设备"),
    ("设备", "设备"),
    ("工艺", "工艺"),
    ("研发", "研发"),
    ("研究", "研发"),
    ("科学家", "研发"),
    ("仓管", "仓储物流"),
    ("仓库", "仓储物流"),
    ("叉车", "仓储物流"),
    ("司机", "仓储物流"),
    ("物流", "仓储物流"),
    ("装卸", "仓储物流"),
    ("采购", "采购销售"),
    ("销售", "采购销售"),
    ("业务员", "采购销售"),
    ("外贸", "采购销售"),
    ("会计", "行政财务"),
    ("出纳", "行政财务"),
    ("财务", "行政财务"),
    ("人事", "行政财务"),
    ("行政", "行政财务"),
    ("文员", "行政财务"),
    ("前台", "行政财务"),
    ("软件", "信息化"),
    ("网络", "信息化"),
    ("MES", "信息化"),
    ("信息", "信息化"),
    ("党", "党群教育"),
    ("教师", "党群教育"),
    ("讲师", "党群教育"),
    ("总经理", "管理"),
    ("厂长", "管理"),
    ("车间主任", "管理"),
    ("分析", "分析检测"),
    ("检测", "分析检测"),
    ("监测", "分析检测"),
    ("化验", "分析检测"),
    ("测试", "分析检测"),
    ("操作工", "生产操作"),
    ("内操", "生产操作"),
    ("外操", "生产操作"),
    ("中控", "生产操作"),
    ("普工", "生产操作"),
    ("包装工", "生产操作"),
    ("充装", "生产操作"),
    ("主操", "生产操作"),
    ("副操", "生产操作"),
    ("操作", "生产操作"),
)
"""Tried in this order where the dictionary of titles knows nothing longer."""


def guess_family(title: str) -> tuple[str, float] | None:
    """(family, confidence): a known title is sure, a known title inside is likely, a telling word is a guess."""
    name = fold(title)
    known = title_families()
    bare = _REMARK.sub("", half_width(name))
    for attempt in (name, bare):
        if attempt in known:
            return known[attempt][1], 1.0
    inside = max((each for each in known if len(each) > 2 and each in bare), key=len, default=None)
    if inside:
        return known[inside][1], 0.8
    told = next((family for word, family in _ENDINGS if fold(word) in name), None)
    if told:
        return told, 0.6
    return ("生产操作", 0.4) if bare.endswith("工") else None


def guess_chain_link(title: str, text: str = "") -> tuple[str, float] | None:
    """(link, confidence) by the products of the chain that are named, the title counting twice.

    None where nothing is named or two links are as likely. Processes and jobs are no evidence: half of the chain
    knows rectification, and every link employs electricians.
    """
    plain = fold(title) * 2 + fold(text)
    votes: dict[str, float] = defaultdict(float)
    for word, hints in chain_words().items():
        times = plain.count(word)
        for link, kind in hints if times else ():
            if kind in ("product", "alias"):
                votes[link] += times * len(word) / len(hints)
    ranked = sorted(votes.items(), key=lambda vote: -vote[1])
    if not ranked or (len(ranked) > 1 and ranked[0][1] < 1.3 * ranked[1][1]):
        return None
    return ranked[0][0], 0.8 if ranked[0][1] >= 4 else 0.6
