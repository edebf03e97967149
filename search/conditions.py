"""Conditions in a text: what reads ``6000以上`` as pay and ``大专`` as a degree. Each finding names its words.

A finding is a Reading and the span of the folded text that it was read from. Readers are asked in order, and
what one has read is blank for the next.
"""

import re
from collections.abc import Callable, Iterable
from typing import NamedTuple

from search import numerals
from search.attributes import DAY, ROTATING, benefit_name, is_offer
from search.lexicon import SAME_THING
from search.places import code_of, labels, pattern
from search.plan import Preference
from search.query import Constraint, Reading
from search.words import Token, senses, tokens

_DEGREES = {
    "初中": 1, "高中": 2, "中专": 2, "技校": 2, "中职": 2, "职高": 2, "中技": 2, "大专": 3, "专科": 3, "高职": 3, "本科": 4, "学士": 4,
    "硕士": 5, "研究生": 5, "博士": 6,
}  # fmt: skip
DEGREE_LABELS = ("不限", "初中", "高中/中专", "大专", "本科", "硕士", "博士")
_DEGREE = re.compile(
    rf"(?:统招|全日制)?({'|'.join(_DEGREES)})(?!后|语文|数学|英语|物理|教师|老师|医生|门诊|教育)(?:在读|学历|毕业生?|文凭|学位|生)?"
    r"(?:及以上|以上|起)?(?:学历|毕业)?"
)
_NO_DEGREE = re.compile(
    r"(?:不限|不要求?|不看|没有?|无|低)(?:要求)?学历(?:要求)?|学历(?:不限|不高|低|没要求|无要求)(?:要求)?"
)
_FRESH = re.compile(
    r"(?:应届|刚毕业|毕业季|秋招|春招)(?:的?(?:大学|毕业)?生)?|应往届(?:毕业)?生?|毕业生(?!产)"
    r"|(?:没有?|无需?|零|不要求?|不需要|不用|不限|0)(?:工作|相关)?经[验历](?:也?可)?|经验不限|零基础|小白"
)
_YEARS = re.compile(
    rf"(?<![\d.])(?:({numerals.SMALL})[-~到至])?({numerals.SMALL})\s?年(?:以上|左右|多|及以上|的)*"
    r"(?:工作|相关|从业|行业)?(?:经验|经历|工龄)?(?![级制薪底月审度内检龄份])"
)
_AGE = re.compile(r"(?<!\d)([1-7]\d)\s?(?:周?岁)(?:的?(?:人|大叔|阿姨|大姐|左右|以上|了))?")
_DAY = re.compile(
    r"(?:不|不用|不要|不想|不需要?|无需?|没有?|别|免)(?:再)?(?:上|值|熬)?(?:大|小)?(?:倒班|夜班|晚班|轮班|夜|三班倒|两班倒|翻班)(?:的|岗位)?"
    r"|(?:长|常)?白天?班|常日班|长日班|正常班|行政班|朝九晚[五六]|白天上班"
)
_NIGHT = re.compile(r"(?:能|可以?|愿意?|接受|肯)?(?:上|值)?(?:大|小|常)?(?:夜班|晚班)")
_REFUSING = re.compile(
    r"(?:不(?:是|要|想|愿意?|能|用|考虑|接受|喜欢|安排)?|别|非|无需?|没有?|除了?|拒绝|避开|排除|远离)(?:再)?(?:上|值|做|干|安排|去)?$"
)
_LOOKING = re.compile(r"有|持有?|考了|拿到|要求?|需要?|带")


class Finding(NamedTuple):
    """A reading, its place in the folded text, and what it prefers beyond what it demands."""

    reading: Reading
    start: int
    end: int
    preferences: tuple[Preference, ...] = ()


Reader = Callable[[str, str], Iterable[Finding]]


def _prefer(name: str, test: str, number: int, bonus: float) -> Preference:
    return Preference(Constraint(name, test, number=number), bonus)  # type: ignore[arg-type]  # test is at_most or at_least


def read_pay(text: str, _: str) -> Iterable[Finding]:
    """Sums of money a month: 6000以上, 8k, 一万五, 5千到7千, 年薪20万, 200元/天."""
    for found in numerals.sums(text):
        low, high = found.low, found.high
        demands = [Constraint("salary_max", "at_least", number=low)] if low else []
        wishes: list[Preference] = []
        if high and high != low:
            demands.append(Constraint("salary_min", "at_most", number=high))
            wishes = [
                _prefer("salary_mid", "at_most", high, 0.4),
                _prefer("salary_mid", "at_least", low, 0.4),
            ]
        elif found.is_floor:
            wishes = [
                _prefer("salary_min", "at_least", low, 1.0),
                _prefer("salary_mid", "at_least", low, 0.7),
            ]
        elif low:
            wishes = [_prefer("salary_min", "at_most", low, 1.0)]
        value = f"{low or ''}-{high if high != low else ''}"
        label = (
            f"月薪{low}元以上"
            if not high or high == low
            else f"月薪{low}-{high}元"
            if low
            else f"月薪{high}元以下"
        )
        yield _finding("pay", label, text, (found.start, found.end), tuple(demands), value, tuple(wishes))


def read_years(text: str, _: str) -> Iterable[Finding]:
    """Years of experience that the seeker has; fresh from school is none."""
    for match in _FRESH.finditer(text):
        wishes = (
            _prefer("years", "at_most", 0, 1.0),
            Preference(Constraint("text", "any", ("应届", "应届生")), 0.6),
        )
        demands = (Constraint("years", "at_most", number=1),)
        yield _finding("years", "应届可做", text, match.span(), demands, "0", wishes)
    for match in _YEARS.finditer(text):
        least, years = numerals.small(match[1] or match[2]), numerals.small(match[2])
        if years <= 40:
            liking = (_prefer("years", "at_least", least, 0.5),)
            demands = (Constraint("years", "at_most", number=years),)
            yield _finding("years", f"{years}年经验可做", text, match.span(), demands, str(years), liking)


def read_age(text: str, _: str) -> Iterable[Finding]:
    """The seeker's age: leaves out posts that say they take nobody so old."""
    for match in _AGE.finditer(text):
        age = int(match[1])
        demands = (Constraint("age_max", "at_least", number=age),)
        wishes = (_prefer("age_max", "at_most", 98, 1.0), _prefer("degree", "at_most", 1, 0.3))
        yield _finding("age", f"{age}岁可做", text, match.span(), demands, str(age), wishes)


def read_degree(text: str, _: str) -> Iterable[Finding]:
    """The seeker's degree; of several the highest counts."""
    for match in _NO_DEGREE.finditer(text):
        yield _finding(
            "degree", "学历要求低", text, match.span(), (Constraint("degree", "at_most", number=1),), "1"
        )
    matches = list(_DEGREE.finditer(text))
    if matches:
        best = max(matches, key=lambda match: _DEGREES[match[1]])
        rank = _DEGREES[best[1]]
        wishes = (_prefer("degree", "at_least", rank, 0.3),)
        demands = (Constraint("degree", "at_most", number=rank),)
        yield _finding("degree", f"{DEGREE_LABELS[rank]}可投", text, best.span(), demands, str(rank), wishes)


def read_shift(text: str, _: str) -> Iterable[Finding]:
    """Working hours: no nights, day work, or a rota by its name."""
    for match in _DAY.finditer(text):
        yield _finding("shift", DAY, text, match.span(), (Constraint("shift", "any", (DAY,)),), DAY)
    rest = _DAY.sub(lambda match: "\0" * len(match[0]), text)
    for match in _NIGHT.finditer(rest):
        yield _finding("shift", "夜班", text, match.span(), (Constraint("shift", "any", ("夜班",)),), "夜班")
    rest = _NIGHT.sub(lambda match: "\0" * len(match[0]), rest)
    for token in tokens(rest):
        entry = next((entry for entry in senses(token.text) if entry.kind == "shift"), None)
        is_hours = entry is not None and not is_offer(benefit_name(token.text))
        is_refused = (
            _REFUSING.search(rest[: token.start]) is not None
        )  # 不是三班倒: for the reader of refusals
        if entry and is_hours and not is_refused and entry.canonical != DAY and "\0" not in token.text:
            name = entry.canonical if entry.relation in SAME_THING else ROTATING
            yield _of_token("shift", name, text, token, Constraint("shift", "any", (name,)))


def read_benefits(text: str, _: str) -> Iterable[Finding]:
    """What the employer gives, as far as posts state it in a field or in words."""
    for token in tokens(text):
        name = benefit_name(token.text)
        if is_offer(name):
            yield _of_token("benefits", name, text, token, Constraint("offers", "any", (name,)))


def read_certificates(text: str, _: str) -> Iterable[Finding]:
    """Certificates that the post should ask for; a name with two meanings stands for both."""
    for token in tokens(text):
        found = [e for e in senses(token.text) if e.kind == "certificate"]
        if found and found[0] == senses(token.text)[0]:
            wanted = tuple(dict.fromkeys(e.canonical if e.relation in SAME_THING else e.term for e in found))
            demands = (Constraint("certified", "any", wanted),)
            start = token.start
            before = re.search(rf"(?:{_LOOKING.pattern})$", text[:start])
            start = before.start() if before else start
            yield _finding("certificates", wanted[0], text, (start, token.end), demands, wanted[0])


def read_places(text: str, enterprises: str) -> Iterable[Finding]:
    """Provinces to townships; a place at the head of an enterprise's name is part of the name."""
    for match in pattern().finditer(text):
        following = re.match(r"[\u4e00-\u9fff]+", text[match.end() :])
        if following and len(following[0]) > 2 and following[0] in enterprises:
            continue
        before = re.search(r"(?:在|去|到|人在|家在|想回)$", text[: match.start()])
        after = re.match(
            r"(?:城区|城关|城里|市区|[城区](?=[\s的]|$)|这边|那边|附近|本地|当地|周边|上班|工作|的)+",
            text[match.end() :],
        )
        code = code_of(match.group())
        start = before.start() if before else match.start()
        end = match.end() + (after.end() if after else 0)
        yield _finding(
            "place",
            labels().get(code, code),
            text,
            (start, end),
            (Constraint("place", "any", (code,)),),
            code,
        )


def _of_token(kind: str, name: str, text: str, token: Token, demand: Constraint) -> Finding:
    return _finding(kind, name, text, (token.start, token.end), (demand,), name)


def _finding(  # noqa: PLR0917 - a finding is what it is: seven plain values
    kind: str,
    label: str,
    text: str,
    span: tuple[int, int],
    demands: tuple[Constraint, ...],
    value: str,
    wishes: tuple[Preference, ...] = (),
) -> Finding:
    words = text[slice(*span)].strip()
    return Finding(Reading(kind, label, words, demands, value), *span, wishes)


BEFORE_NEGATIONS: tuple[Reader, ...] = (read_years, read_pay, read_age, read_shift)
AFTER_NEGATIONS: tuple[Reader, ...] = (read_places, read_degree, read_certificates, read_benefits)
