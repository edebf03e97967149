"""Completions while somebody types: posts, enterprises, places and certificates that begin or go on like that."""

from collections import Counter
from functools import lru_cache

import numpy as np

from search.documents import TITLE
from search.engine import Engine
from search.query import Suggestion
from search.words import fold

_KINDS = (("enterprise", "enterprise"), ("town", "place"), ("certificates", "skill"))


@lru_cache(maxsize=4)
def _completions(engine: Engine) -> tuple[tuple[str, str, str, int], ...]:
    """Everything that can be suggested, as (folded, text, kind, count), the commonest first."""
    found: Counter[tuple[str, str]] = Counter()
    for part in engine.parts:
        for row in np.flatnonzero(part.live):
            found[part.segment.texts(int(row)).get(TITLE, ""), "post"] += 1
        for name, kind in _KINDS:
            values, inverted = part.segment.keywords.get(name, ([], None))
            for at, value in enumerate(values):
                if inverted is not None:
                    found[value, kind] += int(part.live[inverted.of(at)].sum())
    return tuple(
        (fold(text), text, kind, count) for (text, kind), count in found.most_common() if text and count
    )


def suggestions(engine: Engine, prefix: str, limit: int) -> list[Suggestion]:
    """At most *limit* completions, those that begin with *prefix* before those that hold it."""
    wanted = fold(prefix[:60]).strip()
    if not wanted:
        return []
    starting, holding = [], []
    for folded, text, kind, count in _completions(engine):
        if folded.startswith(wanted):
            starting.append(Suggestion(text, kind, count))
        elif wanted in folded:
            holding.append(Suggestion(text, kind, count))
        if len(starting) >= limit:
            break
    return (starting + holding)[:limit]
