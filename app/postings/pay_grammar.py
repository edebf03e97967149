"""The words of pay: amounts, units, months, open ends. Patterns expect half-width text and keep positions."""

import re
from enum import StrEnum

from app.core.numerals import NUMERALS


class Unit(StrEnum):
    MONTH = "月"
    YEAR = "年"
    WEEK = "周"
    DAY = "天"
    HOUR = "小时"


_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"


def _amount(side: str) -> str:
    return (
        rf"(?:(?P<{side}n>{_NUMBER})\s*(?P<{side}s>[万千百wk](?![a-z])|)"
        rf"(?P<{side}t>(?<=[万w])(?:\d{{4}}|\d千?)(?![\d.])|(?<=[千k])\d百?(?![\d.])|)"
        rf"|(?P<{side}c>[{NUMERALS}]{{2,}}))"
    )


_YUAN = r"(?:\s*(?:元|块钱|块|圆|rmb|人民币))?"
_UNIT_BETWEEN = r"(?:\s*/\s*(?:月|天|日|时|小时|年))?"
_SEPARATOR = r"\s*(?:[-~－]+|至|到|一(?=\s*[\d¥]))\s*[¥￥]?\s*"
PAY = re.compile(
    rf"(?<![\d.a-z])(?:[¥￥]\s*)?{_amount('a')}{_YUAN}(?:{_UNIT_BETWEEN}{_SEPARATOR}{_amount('b')})?{_YUAN}",
    re.IGNORECASE,
)
AFTER_UNIT = re.compile(
    r"[^\S\n]*(?:[/(]|每|一个?|人/)\s*(?:人\s*/\s*)?(?:个)?(?P<u>月|months?|m(?![a-z])|天|日|班|工|days?|d(?![a-z])|小时|h(?:our)?(?![a-z])|时|年"
    r"|years?|y(?![a-z])|周|星期|礼拜|weeks?|件|吨|次|单|课时|节|箱|米|平)|\s*(?P<bare>日结|月结)",
    re.IGNORECASE,
)
BEFORE_UNIT = re.compile(
    r"(?P<u>年薪|年收入|年包|每年|全年|一年|月薪|月收入|每个?月|一个月|底薪|基本工资|日薪|每天|每日|一天|日结|时薪|每小时|一小时|周薪|每周)"
    r"[^\d\n]{0,6}$"
)
UNIT_OF = {
    **dict.fromkeys(
        ("天", "日", "班", "工", "d", "day", "days", "日薪", "每天", "每日", "一天", "日结"), Unit.DAY
    ),
    **dict.fromkeys(("小时", "时", "h", "hour", "时薪", "每小时", "一小时"), Unit.HOUR),
    **dict.fromkeys(
        ("年", "y", "year", "years", "年薪", "年收入", "年包", "每年", "全年", "一年"), Unit.YEAR
    ),
    **dict.fromkeys(("周", "星期", "礼拜", "week", "weeks", "周薪", "每周"), Unit.WEEK),
}
PIECES = frozenset({"件", "吨", "次", "单", "课时", "节", "箱", "米", "平"})
OPEN = re.compile(r"\+|[^\S\n]*(?:(?:[/每]\s*月)?\s*(?:以上|及以上|起|保底|打底)|加(?:提成|计件|绩效|奖金))")
OPEN_BEFORE = re.compile(r"(?:保底|底薪|不低于|不少于|最低|起薪|至少|≥|>=|>|基本工资)\s*[:：]?\s*$")
CAPPED = re.compile(r"[^\S\n]*(?:元)?(?:以下|以内|封顶)")
CAPPED_BEFORE = re.compile(r"(?:最高|不超过|高达|可达|上限|至多|≤|<=|<)\s*[:：]?\s*$")
EITHER = re.compile(r"(?P<d>[一二两三四五六七八九]{2})(?P<p>[百千万])")  # 五六千 is five to six thousand
MONTHS = re.compile(
    r"(?P<n>\d{2})(?:\s*-\s*\d{2})?\s*(?:个月)?薪|(?P<c>十[二三四五六七八])(?:个月)?薪|(?P<d>年底双薪|双薪)"
)
FOREIGN = re.compile(r"美元|美金|usd|\$|港币|港元|hkd|台币|新台币|欧元|日元|英镑", re.IGNORECASE)
NEGOTIABLE = re.compile(r"面议|面谈|电议|可谈|详谈|商议|待定")
CUE = re.compile(r"(?:薪[资酬水]?|工资|待遇|收入|底薪|月薪|年薪|日薪|时薪|津贴|报酬|补贴)[^\d。;\n]{0,8}$")
OTHER_MEASURE = re.compile(
    r"\s*(?:吨|平方?|平米|人|名|股|千瓦|伏|kv|kw|亩|公里|米|年(?!薪)|岁|个(?!月)|项|种|台|套|mg|ml|%|度|级|次|天(?!薪)|小时|点|日|月(?!薪)|号|:)",
    re.IGNORECASE,
)
