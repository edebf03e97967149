"""Documents like another one, by the rarest words that they share."""

from search.analysis import IN_TITLE, weights
from search.answering import hits_of
from search.documents import Record
from search.engine import Engine
from search.plan import Group, Plan
from search.query import Hit
from search.ranking import idf
from search.understanding import Understood

WORDS = 12  # how many of the weightiest words of a document are asked for


def similar_to(engine: Engine, id: int, limit: int) -> list[Hit]:
    """The documents that share most of the weightiest words of document *id*, without itself."""
    place = engine.find(id)
    if place is None:
        return []
    segment, row = place
    documents = len(engine)
    own = weights(Record(id, segment.texts(row)))
    weighed = []
    for key, weight in own.items():
        number = segment.key(key)
        having = len(segment.postings.of(number)) if number is not None else 1
        if not key.startswith(IN_TITLE) and 1 < having < documents / 2 + 1:
            weighed.append((weight * idf(documents, having), key))
    groups = tuple(Group(key, ((key, 1.0),), weight) for weight, key in sorted(weighed, reverse=True)[:WORDS])
    if not groups:
        return []
    plan = Plan(groups, least=0.2)
    found = engine.run(plan, 1, limit + 1)
    return [hit for hit in hits_of(engine, found, Understood(plan), is_highlighted=False) if hit.id != id][
        :limit
    ]
