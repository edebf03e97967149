"""What every engine of the search benchmark is given: the same posts, the same words, the same questions."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from search import Filters, PostDocument
from search.attributes import benefit_closure, shift_closure
from search.snippets import snippet, spans
from search.words import cut
from tests.bench import search_posts

FACETS = search_posts.FACETS
PAY_STEPS = (3000, 4000, 5000, 6000, 7000, 8000, 10000, 12000, 15000, 20000, 30000)
WORDS = ("town", "family", "chain_link", "shift", "benefits")  # facets that count words
NUMBERS = ("degree", "years", "pay")


def tokens(post: PostDocument) -> list[str]:
    return cut(" ".join((post.title, *post.skills, post.body)))


def keywords(post: PostDocument) -> dict[str, tuple[str, ...]]:
    return {
        "town": (post.town,),
        "family": (post.family,),
        "chain_link": (post.chain_link,),
        "shift": shift_closure(post.shift),
        "benefits": benefit_closure(post.benefits),
    }


def numbers(post: PostDocument) -> dict[str, int]:
    return {"degree": post.degree_rank, "years": post.years_min, "pay": post.salary_max}


@dataclass(frozen=True)
class Condition:
    """One filter: the facet that it belongs to, and any of these words, or a number to reach or not to pass."""

    facet: str
    values: tuple[str, ...] = ()
    number: int = 0


def conditions(filters: Filters) -> list[Condition]:
    picked = (
        ("town", filters.towns),
        ("family", filters.families),
        ("chain_link", filters.chain_links),
        ("shift", filters.shifts),
        ("benefits", filters.benefits),
    )
    found = [Condition(name, values) for name, values in picked if values]
    bounds = (("degree", filters.degree), ("years", filters.years), ("pay", filters.pay_min))
    return found + [Condition(name, number=bound) for name, bound in bounds if bound is not None]


@dataclass
class Corpus:
    posts: list[PostDocument]
    texts: list[str]

    @cached_property
    def tokens(self) -> list[list[str]]:
        return [tokens(post) for post in self.posts]

    def question(self, number: int) -> tuple[list[str], list[Condition]]:
        """The words of a question and its filters."""
        words = list(dict.fromkeys(cut(self.texts[number]))) or ["氟"]
        return words, conditions(search_posts.filters(number))

    def snippets(self, words: Sequence[str], rows: Sequence[int]) -> list:
        """What an engine without marks of its own must do for ten lines of a page."""
        wanted = sorted(words, key=len, reverse=True)
        bodies = [self.posts[row].body for row in rows[:10]]
        return [snippet(body, spans(body, wanted)) for body in bodies]


class Columns:
    """Filters and counts with numpy, for engines that give one score for each post."""

    def __init__(self, posts: Sequence[PostDocument]) -> None:
        self.words: dict[str, tuple[list[str], np.ndarray]] = {}
        for name in WORDS:
            held = [keywords(post)[name] for post in posts]
            values = sorted({value for each in held for value in each})
            matrix = np.zeros((len(values), len(posts)), np.bool_)
            place = {value: at for at, value in enumerate(values)}
            for row, each in enumerate(held):
                matrix[[place[value] for value in each], row] = True
            self.words[name] = (values, matrix)
        self.numbers = {name: np.array([numbers(post)[name] for post in posts]) for name in NUMBERS}

    def mask(self, condition: Condition) -> np.ndarray:
        if condition.values:
            values, matrix = self.words[condition.facet]
            return matrix[[values.index(value) for value in condition.values if value in values]].any(axis=0)
        column = self.numbers[condition.facet]
        return column >= condition.number if condition.facet == "pay" else column <= condition.number

    def counts(self, matching: np.ndarray, wanted: Sequence[Condition]) -> dict[str, np.ndarray]:
        """Six facets, each without its own filter."""
        found = {}
        for name in FACETS:
            kept = matching.copy()
            for condition in wanted:
                if condition.facet != name:
                    kept &= self.mask(condition)
            if name == "pay":
                pay = self.numbers["pay"][kept]
                found[name] = np.array([(pay >= step).sum() for step in PAY_STEPS])
            else:
                found[name] = self.words[name][1][:, kept].sum(axis=1)
        return found


def best(scores: np.ndarray, limit: int = 20) -> list[int]:
    """The rows of the highest scores."""
    top = np.argpartition(-scores, min(limit, len(scores) - 1))[:limit]
    return [int(row) for row in top[np.argsort(-scores[top])] if scores[row] > 0]
