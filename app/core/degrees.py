"""Degrees (学历) by rank, and how people write them."""

import re
from enum import IntEnum

from app.core.halfwidth import half_width


class Degree(IntEnum):
    """The number is the rank and is what the database and the index keep."""

    ANY = 0
    JUNIOR = 1
    SECONDARY = 2
    COLLEGE = 3
    BACHELOR = 4
    MASTER = 5
    DOCTOR = 6

    @property
    def label(self) -> str:
        return _LABELS[self]

    @property
    def demand(self) -> str:
        """As a post says it: 学历不限, 大专及以上, 博士."""
        if self is Degree.ANY:
            return "学历不限"
        if self in (Degree.JUNIOR, Degree.DOCTOR):
            return self.label
        return f"{self.label}及以上"


_LABELS = {
    Degree.ANY: "不限",
    Degree.JUNIOR: "初中及以下",
    Degree.SECONDARY: "高中/中专/技校",
    Degree.COLLEGE: "大专",
    Degree.BACHELOR: "本科",
    Degree.MASTER: "硕士",
    Degree.DOCTOR: "博士",
}

# The look-aheads keep look-alikes out: 大专业, 本科室, 专科医院, 高中低压, 初中级职称, 其中专门.
_WORDS: tuple[tuple[Degree, str], ...] = (
    (Degree.DOCTOR, r"博士|(?<![a-z])ph\.?\s?d(?![a-z])"),
    (Degree.MASTER, r"硕士|碩士|研究生|(?<![a-z])(?:master|mba)(?![a-z])"),
    (
        Degree.BACHELOR,
        r"(?:大学)?本科(?!室|目)|学士|學士|大学(?:毕业|学历|以上|及以上)|(?<![a-z])bachelor(?![a-z])",
    ),
    (Degree.COLLEGE, r"大专(?![业门家项利用])|专科(?![医门])|專科|高职(?!务|责|位|称)|高等职业"),
    (
        Degree.SECONDARY,
        (
            r"(?<!初)高中(?![低级层压控端])|(?<![其大])中专(?![业门家项利用])|中职(?!工|业资|务)|职高|职业高中"
            r"|职中|中技(?!术)|技校|技工学校|技师学院|中等职业"
        ),
    ),
    (Degree.JUNIOR, r"初中(?![级层期])|小学(?!生|教)|九年义务|文盲|识字"),
)
_FIND = re.compile("|".join(f"(?P<d{degree.value}>{words})" for degree, words in _WORDS), re.IGNORECASE)
_NONE_ASKED = re.compile(
    r"(?:不限|不看|不论|无关)学历|学历\s*[:：]?\s*(?:要求)?\s*[:：]?\s*(?:不限|无要求|没要求|不要求|不作要求|不高)|无学历要求"
)
_BARE = re.compile(r"(?:学历)?(?:要求)?[:：]?(?:不限|无|无要求|均可)")


def find_all(text: str) -> list[tuple[Degree, int, int]]:
    """Every degree named, with the place of its words; `学历不限` counts as ANY."""
    plain = half_width(text)
    found = [(Degree.ANY, match.start(), match.end()) for match in _NONE_ASKED.finditer(plain)]
    found += [
        (Degree(int((match.lastgroup or "d0")[1:])), match.start(), match.end())
        for match in _FIND.finditer(plain)
    ]
    return sorted(found, key=lambda each: each[1])


def read(text: str) -> Degree | None:
    """The lowest degree named, which is what a post demands; None where none is named.

    A number is taken as a rank, so that exports come back in.
    """
    plain = half_width(text).strip()
    if re.fullmatch(r"[0-9]{1,2}", plain):
        return Degree(int(plain)) if int(plain) <= Degree.DOCTOR else None
    if _BARE.fullmatch(plain):
        return Degree.ANY
    return min((degree for degree, _, _ in find_all(plain)), default=None)


def read_highest(text: str) -> Degree | None:
    """The highest degree named, which is what a person holds."""
    held = [degree for degree, _, _ in find_all(text) if degree is not Degree.ANY]
    return max(held, default=None)


def options(*, of_person: bool = False) -> list[tuple[int, str]]:
    """(rank, words) for a select: demands of a post, or degrees a person holds."""
    if of_person:
        return [(degree.value, degree.label) for degree in Degree if degree is not Degree.ANY]
    return [(degree.value, degree.demand) for degree in Degree]
