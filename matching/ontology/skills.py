"""What a skill, substance or machine says about others: who runs a DCS reads a control room's screens."""

from collections import defaultdict
from functools import lru_cache

from matching.ontology import table
from search.words import fold

RELATED_SHARE = 0.6
NARROWER_SHARE = 0.45
FLOOR = 0.25


@lru_cache(maxsize=1)
def implied() -> dict[str, tuple[tuple[str, float], ...]]:
    """Return for each concept what it also shows, with a weight of 0.25 to 1; the concept itself is not listed."""
    links: dict[str, dict[str, float]] = defaultdict(dict)

    def link(source: str, target: str, weight: float) -> None:
        if source != target and weight >= FLOOR:
            links[source][target] = max(weight, links[source].get(target, 0.0))

    for row in table("skills_graph.tsv"):
        share = 1.0 if row["kind"] == "implies" else RELATED_SHARE
        link(fold(row["skill"]), fold(row["implies_or_related"]), float(row["weight"]) * share)
    for row in table("term_relations.tsv"):
        narrow, broad, weight = fold(row["term"]), fold(row["related_term"]), float(row["weight"])
        if row["relation"] == "broader":
            link(narrow, broad, weight)
            link(broad, narrow, weight * NARROWER_SHARE)
        else:
            link(narrow, broad, weight * RELATED_SHARE)
            link(broad, narrow, weight * RELATED_SHARE)
    return {source: tuple(targets.items()) for source, targets in links.items()}
