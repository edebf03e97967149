"""Degrees by rank: 不限 < 初中 < 高中 = 中专 = 技校 < 大专 < 本科 < 硕士 < 博士."""

import re

from matching.profiles import Candidate, Education, Post
from search.words import fold

ANY = -1
_RANKS: tuple[tuple[str, int], ...] = (
    ("博士", 5),
    ("硕士", 4),
    ("研究生", 4),
    ("mba", 4),
    ("本科", 3),
    ("学士", 3),
    ("大专", 2),
    ("专科", 2),
    ("高职", 2),
    ("高中", 1),
    ("中专", 1),
    ("技校", 1),
    ("中职", 1),
    ("职高", 1),
    ("中技", 1),
    ("初中", 0),
    ("小学", 0),
)
LABELS = ("初中", "高中或中专", "大专", "本科", "硕士", "博士")
_OPEN = re.compile(
    r"(?:学历|初中|高中|中专|大专|本科|硕士)[^,，。;；]{0,14}(?:可以谈|可谈|可放宽|放宽|可适当放宽|不作要求|也可以?)"
)
_STUDYING = re.compile(r"在读|肄业|未毕业|就读")
_UNFINISHED = re.compile(r"延毕|延期毕业|肄业|结业|退学|没毕业|未毕业|(?:没|未)拿到?(?:学位|毕业证|学历)")


def rank(degree: str) -> int:
    """Return the rank of a degree's name, -1 for 不限 or an unknown word."""
    text = fold(degree)
    return next((value for word, value in _RANKS if word in text), ANY)


def demand(degree: str) -> str:
    """Return a demanded degree as posts say it: 大专及以上, 博士, 初中及以下."""
    return degree if rank(degree) in (0, 5) else f"{degree}及以上"


def highest(candidate: Candidate) -> tuple[int, Education | None]:
    """Return the highest finished degree and where it was read; 0 and None for a résumé without schooling."""
    best, where = 0, None
    listed = candidate.education
    if len(listed) > 1 and _UNFINISHED.search(fold(candidate.headline + candidate.summary)):
        top = max(range(len(listed)), key=lambda i: rank(listed[i].degree))
        listed = listed[:top] + listed[top + 1 :]
    for education in listed:
        value = rank(education.degree)
        if value >= best and not _STUDYING.search(education.degree):
            best, where = value, education
    return best, where


def is_open(post: Post) -> bool:
    """True when the post's own words say that the degree can be discussed."""
    return bool(_OPEN.search(fold(post.requirements)))
