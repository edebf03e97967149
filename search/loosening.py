"""When nothing is found: which one condition or word to give up, and how much that would find."""

from dataclasses import replace

from search.engine import Engine
from search.query import Loosening, Query
from search.understanding import Understood

MOST = 8  # ways that are tried


def loosenings(engine: Engine, query: Query, understood: Understood) -> tuple[Loosening, ...]:
    """Every way that finds something, the most fruitful first."""
    plan = understood.plan
    ways = [(reading.label, reading.words, "", set(reading.constraints)) for reading in understood.readings]
    ways += [
        (picked.facet or picked.field, "", picked.facet, {picked}) for picked in query.filters.constraints()
    ]
    found = []
    for label, words, facet, given_up in ways[:MOST]:
        left = tuple(constraint for constraint in plan.constraints if constraint not in given_up)
        found.append(Loosening(label, words, engine.count(replace(plan, constraints=left)), facet))
    if len(plan.groups) > 1:
        for group in plan.groups[:MOST]:
            left_groups = tuple(each for each in plan.groups if each is not group)
            found.append(Loosening(group.words, group.words, engine.count(replace(plan, groups=left_groups))))
    return tuple(sorted((each for each in found if each.count), key=lambda each: -each.count))
