"""Cuts free text into clauses, leaving out what may never count: protected facts, denials, lists of keywords."""

import re
from dataclasses import dataclass
from functools import lru_cache

from search.words import fold

_BREAK = re.compile(r"[，。；！？;!?,\n\r\t]+|(?<=[^\d])\.(?=\s|$)")
_ITEM = re.compile(r"[、/|,，\s]+")
LONG_LIST = 11
_AGE = r"(?:今年|现年|年龄|芳龄)?[:：]?\s*\d{2}\s*(?:周岁|岁|歲)(?:了|左右)?|年龄[:：]?\s*\d{2}|[一二三四五六七八九]十[一二三四五六七八九]?岁"
_PROTECTED_FACTS = (
    _AGE,
    r"(?:19[4-9]\d|20[01]\d)年?(?:\d{1,2}月)?(?:\d{1,2}日)?(?:出生|生人?(?![产活物态意成]))",
    r"(?:出生(?:于|年月|日期)?|生于|生日)[:：]?\s*(?:19|20)\d{2}[年\-./]?\d{0,2}[月\-./]?\d{0,2}日?",
    r"[56789]0后|零零后|(?:八|九)零后",
    r"(?:性别)[:：]?\s*(?:男|女)性?|^(?:本人)?(?:男|女)(?:性|士|生)?$|(?:男|女)性|先生|女士|小姐|小伙子?|姑娘|帅哥|美女|宝妈|宝爸|妈妈|爸爸",
    r"(?:本人)?(?:未婚|已婚|离异|离婚|丧偶|再婚|单身)(?:未育|已育|有孩|带娃)?|(?:未|已)(?:婚|育)(?:未育|已育)?|婚姻状况[:：]?\S{0,4}",
    r"(?:孩子|小孩|娃|儿子|女儿)[^，。；]{0,8}|(?:备孕|怀孕|二胎|三胎|产假|生育)[^，。；]{0,6}",
    r"[\u4e00-\u9fff]{1,3}族(?=$|[，。；、,])|民族[:：]?\S{1,4}",
    r"姓名[:：]?\s*\S{2,4}|我叫\S{2,4}|本人姓\S{1,2}",
    r"身高[:：]?\s*(?:1[.米]?\d{1,2}|\d{3})\s*(?:cm|厘米|公分|米)?|体重[:：]?\s*\d{2,3}\s*(?:kg|公斤|斤)?",
    r"党员家庭|(?:中共)?(?:预备)?党员(?=$)|政治面貌[:：]?\S{0,4}|团员(?=$)|群众(?=$)|(?:信仰|信奉)\S{1,4}教|(?:基督|佛|伊斯兰|天主)教徒?",
    r"籍贯[:：]?\S{0,6}|户口[:：]?\S{0,6}|属[鼠牛虎兔龙蛇马羊猴鸡狗猪]",
)
_PROTECTED = re.compile("|".join(_PROTECTED_FACTS))
_FILLER = re.compile(r"^(?:本人|我|个人|的|是|了|[:：、\s.\-—()（）])*$")
_DENIED = re.compile(
    r"(?:没|没有|未|未曾|从未|不曾|没怎么|没真|没正经|没专门|没独立|没深)(?:真|怎么|正经|专门|独立|深|直接|系统|实际|太)?"
    r"(?:做过?|干过?|用过?|接触过?|学过?|搞过?|碰过?|卖过?|买过?|教过?|操作过?|参加过?|实操|整定过?|从事过?|见过?|弄过?|跑过?|带过?|写过?|开过?|修过?|考过?)"
    r"|(?:做|干|用|接触|学|搞|碰|卖|买|操作)得?(?:很)?少|不会|不懂|不太懂|不熟|不太会|不了解|不是(?:我|本人)的|零基础|无经验|没经验|没有经验|一窍不通|一点不懂"
    r"|(?:相关|方面|经验|基础|行业)(?:没有|没|无)$|^[^没无]{1,10}(?:没有|不行)$|(?:要|需要|想|愿意?|可以|在|准备|打算|正在)(?:多|再|从头|慢慢)?(?:自)?学(?!历|位|校|生|院|会|过)|自学"
    r"|学两天|上手(?:要|需)|听过|听说过|见过照片|只见过|了解一点|知道一点|略懂|略知|想转|想进|想去|感兴趣|有兴趣|希望(?:能)?(?:做|去|进|往|转)|精通[^，]{0,40}欢迎"
)


@dataclass(frozen=True, slots=True)
class Clause:
    """One stretch of text between commas; `is_denied` when it says what the person has not done or only wishes."""

    text: str
    is_denied: bool = False


@lru_cache(maxsize=8192)
def clauses(text: str) -> tuple[Clause, ...]:
    """Return the clauses of `text` once each, in order, without protected facts and without long lists of keywords."""
    found: dict[str, Clause] = {}
    for piece in _BREAK.split(fold(text)):
        bare = without_protected(piece)
        if bare and bare not in found and not is_keyword_list(bare):
            found[bare] = Clause(bare, bool(_DENIED.search(bare)))
    return tuple(found.values())


def without_protected(clause: str) -> str:
    """Return a clause without sex, age, birth, marriage, children, ethnicity, faith, name or build."""
    stripped = clause.strip()
    bare = _PROTECTED.sub("", stripped)
    if bare == stripped:
        return bare
    bare = bare.strip("、:：;；,， 的和及与")
    return "" if _FILLER.match(bare) else bare


def impersonal(text: str) -> str:
    """Return a text's clauses without protected facts, joined again."""
    return ",".join(filter(None, (without_protected(piece) for piece in _BREAK.split(fold(text)))))


def is_keyword_list(clause: str) -> bool:
    """Tell a pasted list of words from a sentence: eleven items or more with hardly a verb between them."""
    items = [item for item in _ITEM.split(clause) if item]
    return len(items) >= LONG_LIST and sum(map(len, items)) / len(items) <= 12
