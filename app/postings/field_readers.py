"""One written value of each field of a posting as the column keeps it; what cannot be read says why."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

from app.core import degrees, places
from app.core.days import read_day
from app.core.degrees import Degree
from app.core.halfwidth import half_width
from app.core.identifiers import check_mobile
from app.core.numerals import read_numeral
from app.core.qualifications import read_certificate, read_major
from app.core.trades import BENEFITS, EMPLOYMENT, FAMILIES, LINKS, SHIFTS, title_families
from app.core.vocabulary import Vocabulary, fold
from app.postings import salary

LANDLINE = re.compile(r"0\d{2,3}[- ]?\d{7,8}(?:[-转 ]\d{1,6})?")
_SEPARATORS = re.compile(r"[、，,;；|\n\r\t]+")
_NUMBER = re.compile(r"[0-9]{1,12}|[一二两三四五六七八九十百]+")
_NONE = re.compile(r"(?:经验|专业|证书|班次)?(?:不限|无|没有|无要求|不要求|均可|/|-+)")


class FieldUnreadable(ValueError):
    """Carries the sentence for the person who wrote the value."""


def words(text: str) -> list[str]:
    """Words between 、 commas, semicolons or line ends, each once, in their order."""
    pieces = (piece.strip(" .。") for piece in _SEPARATORS.split(text))
    return list(dict.fromkeys(piece for piece in pieces if piece and not _NONE.fullmatch(half_width(piece))))


def _text(text: str, today: date) -> str:
    return text.strip()


def _named(terms: Vocabulary, what: str) -> Callable[[str, date], str]:
    def read(text: str, today: date) -> str:
        name = terms.read(text)
        if name is None:
            found = terms.find_all(text)
            name = found[0][0] if found else None
        if name is None:
            raise FieldUnreadable(
                f"没有“{text.strip()[:20]}”这种{what}，可以写：{'、'.join(terms.names[:6])}等"
            )
        return name

    return read


def _family(text: str, today: date) -> str:
    known = title_families().get(fold(text))
    return known[1] if known else _named(FAMILIES, "岗位类别")(text, today)


def _number(text: str) -> int | None:
    match = _NUMBER.search(half_width(text))
    if match is None:
        return None
    return int(match[0]) if match[0].isascii() else read_numeral(match[0])


def _headcount(text: str, today: date) -> int:
    if "若干" in text or "不限" in text:
        raise FieldUnreadable("招聘人数要写数字，不能写若干、不限")
    number = _number(text)
    if number is None or not 1 <= number <= 9999:
        raise FieldUnreadable("招聘人数要写1到9999之间的数字")
    return number


def _years(text: str, today: date) -> int:
    """The least years: 3-5年 is 3, 应届 and 不限 are 0, 半年 counts as 0."""
    plain = half_width(text)
    if re.search(
        r"不限|应届|无经验|无需经验|无要求|不要求|半年|^\D*\d+年?(?:以下|以内|内)$", plain
    ) or _NONE.fullmatch(plain.strip()):
        return 0
    number = _number(plain)
    if number is None or number > 50:
        raise FieldUnreadable("经验要写几年，例如 3年以上、不限")
    return number


def _degree(text: str, today: date) -> int:
    degree = degrees.read(text)
    if degree is None:
        raise FieldUnreadable(
            f"没有看懂学历“{text.strip()[:20]}”，可以写：{'、'.join(each.label for each in Degree)}"
        )
    return degree.value


def _place(text: str, today: date) -> str:
    code = places.read(text)
    if code is None:
        raise FieldUnreadable(f"没有找到地点“{text.strip()[:20]}”，请写到县或乡镇，例如 清流县温郊乡")
    return code


def _salary(text: str, today: date) -> str:
    try:
        salary.read(text)
    except salary.PayRefused as refused:
        raise FieldUnreadable(refused.message) from refused
    return text.strip()


def _phone(text: str, today: date) -> str:
    plain = half_width(text).strip()
    if LANDLINE.fullmatch(plain):
        return plain
    checked = check_mobile(plain)
    if not checked.is_valid:
        raise FieldUnreadable("座机要写区号，例如 0598-5321234" if plain.startswith("0") else checked.message)
    return checked.value


def _valid_until(text: str, today: date) -> date:
    day = read_day(text, today)
    if day is None:
        raise FieldUnreadable("有效期要写到哪一天，例如 2026-12-31")
    if day < today:
        raise FieldUnreadable(f"有效期{day.year}年{day.month}月{day.day}日已经过了")
    return day


def _is_yes(text: str, today: date) -> bool:
    return fold(text) in {"是", "有", "急", "急招", "y", "yes", "1", "true", "√", "✓"}


def _benefits(text: str, today: date) -> list[str]:
    return list(dict.fromkeys(BENEFITS.read(word) or word for word in words(text)))


def _certificates(text: str, today: date) -> list[str]:
    return list(dict.fromkeys(read_certificate(word) or word for word in words(text)))


def _majors(text: str, today: date) -> list[str]:
    cleaned = re.sub(r"等?(?:相关|类似|相近)?专业(?:优先)?", "", text.replace("/", "、").replace("或", "、"))
    return list(dict.fromkeys(read_major(word) or word for word in words(cleaned)))


def _skills(text: str, today: date) -> list[str]:
    return words(text)


READERS: dict[str, Callable[[str, date], Any]] = {
    "title": _text,
    "family": _family,
    "chain_link": _named(LINKS, "产业链环节"),
    "employment": _named(EMPLOYMENT, "用工形式"),
    "headcount": _headcount,
    "place": _place,
    "address": _text,
    "salary_words": _salary,
    "benefits": _benefits,
    "shift": _named(SHIFTS, "班次"),
    "duties": _text,
    "requirements": _text,
    "degree": _degree,
    "years": _years,
    "majors": _majors,
    "required_certificates": _certificates,
    "preferred_certificates": _certificates,
    "skills": _skills,
    "contact_name": _text,
    "contact_phone": _phone,
    "valid_until": _valid_until,
    "is_urgent": _is_yes,
    "source": _text,
}


def read_field(name: str, text: str, today: date) -> Any:
    """The value of one field.

    Raises
    ------
    FieldUnreadable
        With a sentence that says what to write instead.
    """
    return READERS[name](text, today)
