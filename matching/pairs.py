"""Scores pairs of free texts, a résumé and a post of any trade, when there are no fields to read."""

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction.text import TfidfVectorizer

from matching.reading.degrees import ANY, rank
from search.words import cut, fold

WORDS_SHARE = 0.4
DEGREE_SHORT, YEARS_SHORT = (
    0.5,
    0.4,
)  # in standard deviations of the likeness: these break ties, the text decides
_DEGREES = "博士|硕士|研究生|本科|学士|大专|专科|高职|高中|中专|技校|中技|初中"
_DEGREE = re.compile(_DEGREES)
# Degrees in English texts, with the ranks of matching.reading.degrees.
_ENGLISH_DEGREES = {
    5: re.compile(r"\b(?:ph\.?\s?d|doctorate|doctoral)\b"),
    4: re.compile(r"\b(?:master(?:'?s)?(?=\s+(?:degree|of|in\b|or)|'s)|m\.?sc|mba|postgraduate)\b"),
    3: re.compile(r"\b(?:bachelor(?:'?s)?|b\.?sc|b\.?a\.?|undergraduate degree|college degree)\b"),
    2: re.compile(r"\b(?:associate(?:'?s)?\s+degree|vocational diploma)\b"),
    1: re.compile(r"\b(?:high school|secondary school|ged)\b"),
}
_DEGREE_ASKED = re.compile(
    rf"({_DEGREES})(?:学历|学位)?(?:及|或)?(?:其)?以上|学历(?:要求)?[:：]?\s*({_DEGREES})"
)
_COUNT = r"(\d{1,2}|[一二两三四五六七八九十])"
_YEARS_ASKED = re.compile(
    rf"{_COUNT}\s*(?:[-~至到]\s*\d{{1,2}})?\s*年(?:及)?(?:以上)?[^,。;，；\n]{{0,12}}(?:经验|经历|工作)"
)
_YEARS_SAID = re.compile(
    rf"{_COUNT}\s*年(?:多)?(?:以上)?[^,。;，；\n]{{0,10}}(?:经验|经历)|(?:工作年限|经验)[:：]?\s*{_COUNT}\s*年"
)
_ENGLISH_YEARS = re.compile(
    r"(\d{1,2})\s*\+?\s*(?:(?:-|~|to)\s*\d{1,2}\s*)?\+?\s*(?:years?|yrs?)\b[^,.;\n]{0,40}?\bexperience"
)
_DIGITS = {word: number for number, word in enumerate("零一二三四五六七八九十")} | {"两": 2}


def text_scores(resumes: Sequence[str], posts: Sequence[str]) -> NDArray[np.float64]:
    """Return how near each résumé is to the post beside it.

    Cosine of letters (one and two) and, for less, of words, each weighed by how rare it is in all the texts given; a
    degree or years that the post asks for and the résumé plainly lacks take off less than the likeness varies. Nothing
    of one trade is needed and no label is looked at.

    Parameters
    ----------
    resumes, posts : sequence of str, each of length n

    Returns
    -------
    ndarray of shape (n,)
        Higher is nearer.
    """
    left, right = [fold(text) for text in resumes], [fold(text) for text in posts]
    every = list(dict.fromkeys([*left, *right]))
    letters = TfidfVectorizer(analyzer="char", ngram_range=(1, 2), sublinear_tf=True)
    words = TfidfVectorizer(analyzer=cut, sublinear_tf=True)
    scores = np.zeros(len(left))
    for vectors, share in ((letters, 1.0 - WORDS_SHARE), (words, WORDS_SHARE)):
        vectors.fit(every)
        products = vectors.transform(left).multiply(vectors.transform(right))
        scores += share * np.asarray(products.sum(axis=1)).ravel()
    return scores - scores.std() * np.array([lacks(cv, jd) for cv, jd in zip(left, right, strict=True)])


def lacks(resume: str, post: str) -> float:
    """Return what a résumé plainly lacks; 0 when either text does not say. Folded Chinese or English texts."""
    asked, held = (
        degree_asked(post),
        max([*map(rank, _DEGREE.findall(resume)), *_english(resume)], default=ANY),
    )
    loss = DEGREE_SHORT if asked > held > ANY else 0.0
    needed, worked = years_asked(post), years_said(resume)
    return loss + (YEARS_SHORT if needed and worked and worked < needed else 0.0)


def degree_asked(post: str) -> int:
    """Return the rank of the lowest degree that a folded post asks for, -1 when it names none."""
    ranks = [rank(first or second) for first, second in _DEGREE_ASKED.findall(post)]
    return min([*ranks, *_english(post)], default=ANY)


def years_asked(post: str) -> int:
    """Return the fewest years of experience that a folded post asks for, 0 when it names none."""
    return min(_counts(_YEARS_ASKED, post), default=0)


def years_said(resume: str) -> int:
    """Return the most years of experience that a folded résumé speaks of, 0 for none."""
    return max(_counts(_YEARS_SAID, resume), default=0)


def _english(text: str) -> list[int]:
    return [degree for degree, pattern in _ENGLISH_DEGREES.items() if pattern.search(text)]


def _counts(pattern: re.Pattern[str], text: str) -> list[int]:
    found = [*pattern.finditer(text), *_ENGLISH_YEARS.finditer(text)]
    counts = [next(filter(None, groups.groups())) for groups in found]
    return [int(c) if c.isdigit() else _DIGITS[c] for c in counts]
