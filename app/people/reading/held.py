"""What a person can and holds: skills, certificates with their dates, languages."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import zip_longest

from app.core.qualifications import certificates, find_certificates, read_certificate
from app.core.trades import read_skill_level
from app.people.content import Certificate, Language
from app.people.reading.page import Line, Page
from app.people.reading.periods import moment_in, periods_in, written

_ITEM_CUT = re.compile(r"[、,，;；\t|\n/。]|[ ]{2,}")
_VERB = re.compile(
    r"^(?:熟练(?:掌握|使用|操作|运用)?|熟悉|精通|掌握|擅长|了解|能够?|会(?:使用|操作)?|具备|使用)[ ]?(?=\S{2})"
)
_LEADING = re.compile(r"^(?:[●■◆▶★•·*\-]|[(（]?\d{1,2}[.、)）])\s*(?!\d)")
_INNER_LABEL = re.compile(r"^[\u4e00-\u9fffA-Za-z]{2,8}[:：]")
_LETTERS = re.compile(r"\w[^\n]*\w")  # what is a name, and no mark of punctuation
_SHORT_SKILL = 5
_LONGEST_SKILL = 24
_LIKE_A_SENTENCE = re.compile(
    r"^(?:本人|我|曾|并|对|在|做过|可以|从事|因为|但)|了|过$|[做干用]过|非常|大量|能够|喜欢|性格"
)

_NOT_HELD = re.compile(
    r"(?:没有?|无|未|不|缺|差|还差|想|打算|准备|计划|正在|在)(?:考|有|取得|拿到?|办|持有|学|要)?[^,，。;；\n]{0,4}$"
)
_CERTIFICATE = re.compile(r"(?:证书?|资格|职称|师|级|[中高初]级工|操作工|作业)(?:[(（].*[)）])?$")
_SKILL_LEVELS = re.compile(r"[工员](?:职业技能等级证书|[一二三四五]级)$")
_LEVEL_PAPER = "职业技能等级证书"
_GRADES = {"初级": "五级", "中级": "四级", "高级": "三级"}
_GRADED = re.compile(r"师职业技能等级证书$")
_GRADE = re.compile(r"[(（]?([一二三四五]级)[)）]?")
_VALID = re.compile(r"有效期?\s*(?:限)?\s*(?:至|到|截止|截至)?\s*:?\s*$")
_ENGLISH = re.compile(
    r"(?:大学)?英语[ ]?(?:CET[ \-]?)?(?:([四六468])级|口语|[读听]写)|CET[ \-]?([46])|专业?八级|专八",
    re.IGNORECASE,
)
ENGLISH_TEST = "大学英语四六级"
_TEST = re.compile(r"CET[ \-]?[46]", re.IGNORECASE)
_DATE_TAIL = re.compile(r"[ ]?(?:年?月?日?(?:取得|获得|发证|获证|考取|考得|领证))?[ ]?\)?")
_ABOUT_DATES = re.compile(r"有效期|^(?:取得|获得|发证|复审)")
_DATE_FOLLOWS = re.compile(r"证?书?[ ]?[(（,，]?(?:有效期?至?|于)?[: ]?(?:19|20)\d{2}")
_LANGUAGES = re.compile(
    r"(?P<name>英语|日语|韩语|德语|法语|俄语|西班牙语|葡萄牙语|普通话|闽南话|客家话|粤语)[ :：,，(（\-]{0,2}"
    r"(?P<level>CET[ \-]?[46]|大学[四六]级|[四六]级|专业[四八]级|专[四八]|[一二三]级[甲乙]等|二[甲乙]|一[甲乙]|N[1-5]|母语|精通|流利|熟练|良好|一般|日常(?:交流|对话)|可作为工作语言|口语流利)?",
    re.IGNORECASE,
)
_LEVELS = {"4": "四级", "6": "六级", "8": "八级", "四": "四级", "六": "六级"}


def skills_in(page: Page, lines: Iterable[Line], known: Collection[str], first: int = 0) -> list[str]:
    """Short items as they stand; of a whole sentence only the skills that are `known`."""
    skills: list[str] = []
    for line in lines:
        for start, end in _items(page, line.start, line.end):
            if any(page.used[start:end]):
                continue
            path = f"skills.{first + len(skills)}"
            if _is_item(page.text[start:end]):
                value = page.take(path, start, end)
                if value and value not in skills:
                    skills.append(value)
                continue
            skills += _known_skills(page, (start, end), known, skills, first + len(skills))
    return skills


def _is_item(words: str) -> bool:
    if not re.search(r"\w", words):
        return False
    return len(words) <= _SHORT_SKILL or (len(words) <= _LONGEST_SKILL and not _LIKE_A_SENTENCE.search(words))


def _known_skills(
    page: Page, span: tuple[int, int], known: Collection[str], taken: Sequence[str], first: int
) -> list[str]:
    start, end = span
    text = page.text[start:end]
    found: list[str] = []
    for skill in sorted(known, key=len, reverse=True):
        place = text.find(skill)
        if place >= 0 and skill not in taken and not any(skill in longer for longer in found):
            page.note(f"skills.{first + len(found)}", start + place, start + place + len(skill))
            found.append(skill)
    return found


def _items(page: Page, start: int, end: int) -> list[tuple[int, int]]:
    """Items of a line without bullets, inner labels (操作技能：) and the verb of ability (熟练掌握)."""
    items, position = [], start
    for stop in [*_ITEM_CUT.finditer(page.text, start, end), None]:
        first, last = page.trimmed(position, stop.start() if stop else end)
        for lead in (_LEADING, _INNER_LABEL, _VERB):
            found = lead.match(page.text[first:last])
            if found:
                page.use(first, first + found.end())
                first += found.end()
        first, last = page.trimmed(first, last)
        if last - first >= 1:
            items.append((first, last))
        position = stop.end() if stop else end
    return items


@dataclass(frozen=True, slots=True)
class _Named:
    """A certificate named in a line, with the words around it that may tell its level and dates."""

    name: str
    start: int
    end: int
    line_start: int
    until: int  # the next certificate or the end of the line
    is_said: bool  # in a section of certificates


def certificates_in(page: Page, spans: Iterable[tuple[int, int, str]]) -> list[Certificate]:
    """Known certificates in the spans; in a section of certificates every item, in a mixed one what has their form."""
    held: list[Certificate] = []
    for start, end, kind in spans:
        for line in page.lines(start, end):
            for named in _named_in(page, line, kind):
                if named.name not in {each.name for each in held}:
                    held.append(_certificate(page, f"certificates.{len(held)}.", named))
    return held


def _named_in(page: Page, line: Line, kind: str) -> list[_Named]:
    words = page.plain[line.start : line.end]
    leveled = _leveled(words)
    plainly = [
        each
        for each in find_certificates(words)
        if not any(each[1] < last and first < each[2] for _, first, last in leveled)
    ]
    found = [(name, line.start + first, line.start + last) for name, first, last in leveled + plainly]
    found += [
        (ENGLISH_TEST, line.start + match.start(), line.start + match.end())
        for match in _TEST.finditer(words)
        if not any(name == ENGLISH_TEST for name, _, _ in found)
    ]
    found = [
        (name, first - 2 * (words[: first - line.start].endswith("大学")), last)
        for name, first, last in found
    ]
    if kind:
        found += _unknown(page, line, found, is_mixed=kind == "mixed")
    held = [
        each
        for each in sorted(found, key=lambda each: each[1])
        if not _NOT_HELD.search(page.plain, max(line.start, each[1] - 10), each[1])
    ]
    return [
        _Named(name, first, last, line.start, following[1] if following else line.end, bool(kind))
        for (name, first, last), following in zip_longest(held, held[1:])
    ]


def _leveled(words: str) -> list[tuple[str, int, int]]:
    """化学检验员 四级, 电工（三级）, 高级焊工: an occupation with its level apart."""
    found = []
    for match in _level_pattern().finditer(words):
        occupation = match["after"] or match["before"]
        level = _GRADES.get(match["grade"] or match["word"], match["grade"] or "")
        exact = f"{occupation}{level}"
        name = exact if exact in certificates() else f"{occupation}{_LEVEL_PAPER}"
        found.append((name, match.start(), match.end()))
    return found


@cache
def _level_pattern() -> re.Pattern[str]:
    names = [name.removesuffix(_LEVEL_PAPER) for name in certificates() if name.endswith(_LEVEL_PAPER)]
    occupation = "|".join(sorted(names, key=len, reverse=True))
    return re.compile(
        rf"(?P<after>{occupation})(?:职业资格|职业技能等级)?(?:证书?)?[ ]?\(?(?P<grade>[一二三四五]级)\)?"
        rf"|(?P<word>[初中高]级)(?P<before>{occupation})"
    )


def _unknown(
    page: Page, line: Line, known: Sequence[tuple[str, int, int]], *, is_mixed: bool
) -> list[tuple[str, int, int]]:
    found = []
    for first, last in _items(page, line.start, line.end):
        date = moment_in(page.plain, first, last)
        start, end = page.trimmed(date[2], last) if date and date[1] == first else (first, last)
        words = page.text[start:end]
        is_new = not any(other < end and start < stop for _, other, stop in known)
        is_one = (not is_mixed or bool(_CERTIFICATE.search(words))) and not _ABOUT_DATES.search(words)
        if (
            is_new
            and is_one
            and _LETTERS.search(words)
            and len(words) <= _LONGEST_SKILL
            and not _LIKE_A_SENTENCE.search(words)
        ):
            found.append((read_certificate(words) or " ".join(words.split()), start, end))
    return found


def _certificate(page: Page, path: str, named: _Named) -> Certificate:
    page.note(path + "name", named.start, named.end, is_guess=not named.is_said)
    level = ""
    if named.name == ENGLISH_TEST:
        number = re.search(r"[四六46]", page.plain[named.start : named.end])
        level = _LEVELS[number[0]] if number else ""
    elif _SKILL_LEVELS.search(named.name):
        near = min(named.until, named.end + 12)
        found = read_skill_level(named.name) or read_skill_level(page.plain[named.start : near])
        level = found.label if found else ""
        if level and (note := re.compile(r"[/(（ ]*\w{0,3}级工?[)）]?").match(page.text, named.end, near)):
            page.use(*note.span())
    elif _GRADED.search(named.name) and (grade := _GRADE.match(page.plain, named.end, named.until)):
        page.use(*grade.span())
        level = grade[1]
    issued_on, valid_until = _dates(page, path, named)
    return Certificate(named.name, level, issued_on, valid_until)


def _dates(page: Page, path: str, named: _Named) -> tuple[str | None, str | None]:
    """A span is issue and expiry; a date behind 有效期 the expiry; any other, behind the name or before it, the issue."""
    if not named.is_said and not _DATE_FOLLOWS.match(page.plain, named.end, named.until):
        return None, None
    span = next(iter(periods_in(page.plain, named.end, named.until)), None)
    if span and span.until and span.since.month and span.until.month:
        page.note(path + "issued_on", span.start, span.end)
        page.note(path + "valid_until", span.start, span.end)
        return written(span.since, 1), written(span.until, 12)
    dates: dict[str, str] = {}
    position = named.end
    while when := moment_in(page.plain, position, named.until):
        moment, first, last = when
        name = "valid_until" if _VALID.search(page.plain, position, first) else "issued_on"
        if name not in dates:
            dates[name] = written(moment, 12 if name == "valid_until" else 1)
            page.note(path + name, first, last, is_guess=moment.month is None)
            tail = _DATE_TAIL.match(page.plain, last, named.until)
            page.use(position, tail.end() if tail else last)
        position = last
    before = moment_in(page.plain, named.line_start, named.start)
    if named.is_said and not dates and before and not page.used[before[1]]:
        dates["issued_on"] = written(before[0], 1)
        page.note(path + "issued_on", before[1], before[2], is_guess=True)
    return dates.get("issued_on"), dates.get("valid_until")


def languages_in(page: Page, spans: Iterable[tuple[int, int, bool]]) -> list[Language]:
    """Languages with a level anywhere; without one only in a section of languages."""
    languages: dict[str, Language] = {}
    for start, end, is_section in spans:
        for found in [
            *_LANGUAGES.finditer(page.plain, start, end),
            *_ENGLISH.finditer(page.plain, start, end),
        ]:
            parts = found.groupdict()
            if "name" in parts:
                name, level = parts["name"], parts["level"] or ""
            else:
                number = found[1] or found[2] or ""
                name, level = (
                    "英语",
                    _LEVELS.get(number, "") if number else "八级" if "八" in found[0] else "",
                )
            is_better = name not in languages or (level and not languages[name].level)
            if (level or is_section) and is_better:
                languages[name] = Language(name, level)
                place = list(languages).index(name)
                page.note(f"languages.{place}.name", *found.span(), is_guess=not is_section)
    return list(languages.values())
