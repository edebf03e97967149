"""Completions while somebody types: posts, skills, enterprises and places, by characters, pinyin or initials."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from search.analysis import concept
from search.documents import TITLE
from search.engine import Engine, Part
from search.pinyin import full, initials
from search.query import Suggestion
from search.segment import Segment
from search.words import fold, lexicon

LONGEST_PREFIX = 30
MOST_LOOKED_AT = 3_000  # completions with the same beginning among which the commonest are chosen
SMALL = (
    5_000  # documents up to which removed ones are left out at once; larger segments wait for the next merge
)
_KINDS = (("enterprise", "enterprise"), ("town", "place"), ("certificates", "skill"), ("skills", "skill"))


@dataclass(frozen=True, eq=False)
class Completions:
    """What can be suggested, and sorted keys (characters, pinyin, initials) that lead to it."""

    entries: tuple[Suggestion, ...]
    folded: tuple[str, ...]
    keys: tuple[tuple[str, int], ...]

    def starting(self, prefix: str) -> Iterator[int]:
        """Numbers of the entries that begin with *prefix* in one of their spellings."""
        at = bisect_left(self.keys, (prefix, -1))
        for key, number in self.keys[at : at + MOST_LOOKED_AT]:
            if not key.startswith(prefix):
                return
            yield number

    def holding(self, words: str) -> Iterator[int]:
        """Numbers of the entries that hold *words* somewhere."""
        return (number for number, text in enumerate(self.folded) if words in text)


def suggestions(engine: Engine, prefix: str, limit: int) -> list[Suggestion]:
    """At most *limit* completions, those that begin with *prefix* before those that hold it, commonest first."""
    wanted = " ".join(fold(prefix[: 2 * LONGEST_PREFIX]).split())[:LONGEST_PREFIX]
    if not wanted or limit < 1:
        return []
    starting: Counter[tuple[str, str]] = Counter()
    holding: Counter[tuple[str, str]] = Counter()
    for each in completions(engine):
        begin = set(each.starting(wanted)) or set(each.starting(wanted.replace(" ", "")))
        _count(each, begin, starting)
        if len(starting) < limit:
            _count(each, set(each.holding(wanted)) - begin, holding)
    ordered = [*starting.most_common(limit), *holding.most_common(limit)]
    found = {text: Suggestion(text, kind, count) for (text, kind), count in reversed(ordered)}
    return [found[text] for text in dict.fromkeys(text for (text, _), _ in ordered)][:limit]


def _count(completions: Completions, numbers: set[int], counts: Counter[tuple[str, str]]) -> None:
    for number in numbers:
        entry = completions.entries[number]
        counts[entry.text, entry.kind] += entry.count


@lru_cache(maxsize=4)
def completions(engine: Engine) -> tuple[Completions, ...]:
    """The completions of each part of an engine."""
    return tuple(
        _of_segment(part.segment)
        if part.live.all() or len(part.segment) > SMALL
        else _of_rows(part.segment, part.live)
        for part in engine.parts
    )


@lru_cache(maxsize=8)
def _of_segment(segment: Segment) -> Completions:
    return _of_rows(segment, Part.whole(segment).live)


def _of_rows(segment: Segment, live: NDArray[np.bool_]) -> Completions:
    counts: Counter[tuple[str, str]] = Counter()
    for row in np.flatnonzero(live):
        counts[segment.texts(int(row)).get(TITLE, ""), "post"] += 1
    for name, kind in _KINDS:
        values, inverted = segment.keywords.get(name, ([], None))
        for at, value in enumerate(values):
            if inverted is not None:
                counts[value, kind] += int(np.count_nonzero(live[inverted.of(at)]))
    for name in lexicon().spellings:
        number = segment.key(concept(name))
        if number is not None:
            counts[name, "skill"] = max(
                counts[name, "skill"], int(np.count_nonzero(live[segment.postings.of(number)]))
            )
    entries = tuple(Suggestion(text, kind, n) for (text, kind), n in counts.most_common() if text and n)
    return Completions(entries, tuple(fold(entry.text) for entry in entries), _keys(entries))


def _keys(entries: tuple[Suggestion, ...]) -> tuple[tuple[str, int], ...]:
    keys = set()
    for number, entry in enumerate(entries):
        folded = fold(entry.text)
        keys |= {(folded, number), (full(folded), number), (initials(folded), number)}
    return tuple(sorted(keys))
