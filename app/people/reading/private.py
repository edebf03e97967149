"""Words of a résumé that are not kept: sex, age, birth, ethnicity, marriage, origin, identity number, photo and the like."""

import re
from collections.abc import Sequence

from app.people.reading.draft import NotKept
from app.people.reading.page import plain

_GAP = r"[ \t]{0,4}"

# Label → kind. The letters of a label may stand apart, as in 姓 名.
_LABELS = {
    "性别": "性别",
    "民族": "民族",
    "婚姻状况|婚姻|婚否|婚育状况|婚育|生育状况|生育情况|子女情况": "婚育",
    "出生年月日|出生年月|出生日期|出生时间|出生|生日|年龄": "出生与年龄",
    "公民身份号码|身份证号码|身份证号|身份证|证件号码|证件号": "证件号码",
    "籍贯|户籍所在地|户籍地址|户籍|户口所在地|户口|出生地|生源地": "籍贯与户口",
    "身高体重|身高|体重|视力|血型|健康状况|身体状况": "身体",
    "政治面貌": "政治面貌",
    "宗教信仰|宗教": "宗教",
    "家庭住址|家庭地址|现居住地址|现居住地|现居地|现住址|居住地|通讯地址|联系地址|住址|地址|现居": "住址",
    "微信号|微信|wechat": "微信",
    "qq号码|qq号|qq": "QQ",
    "证明人": "证明人",
    "紧急联系人": "紧急联系人",
}
_KINDS = tuple(_LABELS.values())
_LABEL = "|".join(
    f"(?P<k{number}>{'|'.join(_GAP.join(name) for name in names.split('|'))})"
    for number, names in enumerate(_LABELS)
)
_DATE_VALUE = r"(?:19|20)\d{2}[ ]?[年.\-/][ ]?\d{1,2}(?:[ ]?[月.\-/](?:[ ]?\d{1,2}[ ]?日?)?)?"
_VALUE = rf"(?:{_DATE_VALUE}|\d{{6}}[ \-]?\d{{8}}[ \-]?\d{{3}}[\dXx]|[^\s,;|]+)"
_LABELED = re.compile(
    rf"(?:^|(?<=[\s,;|/(]))(?:{_LABEL})(?:[ \t]*:[ \t]*|[ \t]+|[ \t]*:?[ \t]*\n[ \t]*)(?P<value>{_VALUE})",
    re.IGNORECASE | re.MULTILINE,
)
_EMPTY_LABEL = re.compile(rf"(?:{_LABEL})[ \t]*:?", re.IGNORECASE)

# An address or a home town runs on over single spaces, up to the next cell or label.
_LONG = frozenset({"住址", "籍贯与户口"})
_CELL_END = re.compile(r"\t|\n|;|\||[ ]{2}|[ ][^\s:]{2,8}:|$")

_PEOPLES = (
    "汉|壮|回|满|苗|维吾尔|土家|彝|蒙古|藏|布依|侗|瑶|朝鲜|白|哈尼|哈萨克|黎|傣|畲|傈僳|仡佬|东乡|高山|拉祜|水|佤|纳西|"
    "羌|土|仫佬|锡伯|柯尔克孜|达斡尔|景颇|毛南|撒拉|布朗|塔吉克|阿昌|普米|鄂温克|怒|京|基诺|德昂|保安|俄罗斯|裕固|乌孜别克|门巴|鄂伦春|独龙|塔塔尔|赫哲|珞巴"
)
_EDGE = r"(?:^|(?<=[\s,;|/、(]))"
_STOP = r"(?=$|[\s,;|/、)。])"

_UNLABELED = {
    "证件号码": r"(?:身份证(?:号码?)?[: ]{0,2})?(?<![\dA-Za-z])\d{6}[ \-]?(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])[ \-]?\d{3}[\dXx](?![\dA-Za-z])",
    "民族": rf"(?<![\u4e00-\u9fff])(?:民族)?(?:{_PEOPLES})族(?![\u4e00-\u9fff])",
    "性别": rf"{_EDGE}(?:性别)?[男女](?:性|士|生)?{_STOP}",
    "婚育": (
        r"(?:已婚|未婚)[已未]育|[已未]婚(?!夫妻)|离异|丧偶|离婚|已育[一二两三1-3]?孩?|未育"
        r"|(?:有|育有)[一二两三1-3]个?(?:孩子|小孩|子女|儿子|女儿|孩)|(?:打算|准备|计划)(?:要孩子|生育|怀孕|二胎)|备孕|怀孕|哺乳期"
        r"|(?:孩子|小孩|儿子|女儿)[^,，。;；\n]{0,6}(?:上学|小学|初中|高中|幼儿园|读书|上大学)"
    ),
    "出生与年龄": (
        rf"{_DATE_VALUE}出?生(?![产活])|(?:19|20)\d{{2}}年(?:出生|生)(?![产活])|出生于{_DATE_VALUE}|(?<!\d)[1-6]\d[ ]?周?岁(?![以及])|(?<!\d)[5-9]0后|(?<!\d)00后"
    ),
    "籍贯与户口": r"(?:籍贯|户籍|户口)(?:在|为|是)?[\u4e00-\u9fff]{2,12}(?=$|[\s,;|/、)。])",
    "政治面貌": rf"{_EDGE}(?:中共党员|中共预备党员|预备党员|共青团员|党员|团员|群众|无党派人士?){_STOP}",
    "照片": rf"^[ \t]*[\[(【]?(?:照{_GAP}片|贴照片处|(?:[一1二2]寸)?(?:免冠)?(?:证件|近|彩色)?照片?(?:粘贴处)?)[\])】]?[ \t]*$",
    "微信": r"微信(?:号|同号|同步|同手机号?|\(?同电话\)?)",
}
_LONE_DATE = re.compile(rf"{_EDGE}(?:{_DATE_VALUE}|(?:19|20)\d{{2}}年?){_STOP}")
_FREE = re.compile(
    "|".join(f"(?P<u{number}>{words})" for number, words in enumerate(_UNLABELED.values())),
    re.IGNORECASE | re.MULTILINE,
)


def private_words(text: str) -> tuple[NotKept, ...]:
    """In order, none inside another; labels are part of the words, so that an empty label stays behind nowhere."""
    flat = plain(text)
    taken: list[NotKept] = []
    position = 0
    while found := _LABELED.search(flat, position):
        number = next(int(name[1:]) for name, value in found.groupdict().items() if name != "value" and value)
        end = found.end()
        if _EMPTY_LABEL.match(found["value"]):  # the label of the next cell: this one was empty
            end = found.start("value")
        elif _KINDS[number] in _LONG:
            end = max(end, _cell_end(flat, found.start("value")))
        taken.append(
            NotKept(_KINDS[number], found.start(), found.start() + len(flat[found.start() : end].rstrip()))
        )
        position = max(end, found.start() + 1)
    for found in _FREE.finditer(flat):
        number = next(int(name[1:]) for name, value in found.groupdict().items() if value is not None)
        if all(found.end() <= other.start or found.start() >= other.end for other in taken):
            taken.append(NotKept(tuple(_UNLABELED)[number], found.start(), found.end()))
    taken += _births_beside(flat, taken)
    return tuple(sorted(taken, key=lambda each: each.start))


def _births_beside(flat: str, taken: Sequence[NotKept]) -> list[NotKept]:
    """A date alone in its cell, in a line that also tells sex or ethnicity, is the day of birth."""
    births: list[NotKept] = []
    for line in {
        flat.rfind("\n", 0, each.start) + 1 for each in taken if each.kind in {"性别", "民族", "婚育"}
    }:
        end = flat.find("\n", line)
        births += [
            NotKept("出生与年龄", found.start(), found.end())
            for found in _LONE_DATE.finditer(flat, line, end if end >= 0 else len(flat))
            if all(found.end() <= other.start or found.start() >= other.end for other in taken)
        ]
    return births


def _cell_end(flat: str, start: int) -> int:
    found = _CELL_END.search(flat, start)
    return found.start() if found else len(flat)
