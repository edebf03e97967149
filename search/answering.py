"""From a query to results over an engine: what both backends do once they have one."""

from collections.abc import Sequence
from functools import lru_cache

from search import snippets
from search.documents import BODY, SKILLS, TITLE
from search.engine import Engine, Found
from search.lacking import lacking
from search.loosening import loosenings
from search.plan import Group, Plan
from search.query import Hit, Query, Results
from search.spelling import Vocabulary
from search.understanding import Understood, understand
from search.words import fold

MOST_PER_PAGE = 200
LAST_ROW = 10_000  # nobody pages further


def answer(engine: Engine, query: Query) -> Results:
    """Carry out *query*; pages out of range are empty, never an error."""
    per_page = min(max(1, query.per_page), MOST_PER_PAGE)
    page = min(max(1, query.page), LAST_ROW // per_page)
    understood = understand(query, vocabulary_of(engine))
    found = engine.run(understood.plan, page, per_page, query.facets)
    return Results(
        hits=hits_of(engine, found, understood, is_highlighted=query.highlight),
        total=found.total,
        facets=found.facets,
        understood=understood.readings,
        rest=understood.rest,
        corrected=understood.corrected,
        loosenings=() if found.total else loosenings(engine, query, understood),
    )


@lru_cache(maxsize=8)
def vocabulary_of(engine: Engine) -> Vocabulary:
    """What an engine's documents contribute to reading queries; made once for each engine."""
    segments = [part.segment for part in engine.parts]
    names = {name for segment in segments for name in segment.keywords.get("enterprise", ([],))[0]}
    return Vocabulary(engine.frequency, "\n".join(map(fold, names)), engine.can_meet)


def hits_of(engine: Engine, found: Found, understood: Understood, *, is_highlighted: bool) -> tuple[Hit, ...]:
    """The rows of a page as hits; when wanted with marked title and snippet, and with what they lack."""
    hits = [Hit(int(engine.parts[number].segment.ids[row]), score) for number, row, score in found.rows]
    if not is_highlighted:
        return tuple(hits)
    texts = [engine.parts[number].segment.texts(row) for number, row, _ in found.rows]
    lacks = _lacks(engine, found, texts, (*understood.plan.groups, *understood.unknown))
    wanted = _marked(understood.plan)
    return tuple(
        _highlighted(hit, said, wanted, lacked) for hit, said, lacked in zip(hits, texts, lacks, strict=True)
    )


def _lacks(
    engine: Engine, found: Found, texts: Sequence[dict[str, str]], groups: Sequence[Group]
) -> list[tuple[str, ...]]:
    """What each row of a page lacks."""
    lacks: list[tuple[str, ...]] = [()] * len(texts)
    if not groups:
        return lacks
    for number, part in enumerate(engine.parts):
        places = [place for place, (at, _, _) in enumerate(found.rows) if at == number]
        said = ["\n".join(texts[place].values()).lower() for place in places]
        missed = lacking(part.segment, [found.rows[place][1] for place in places], said, groups)
        for place, words in zip(places, missed, strict=True):
            lacks[place] = words
    return lacks


def _marked(plan: Plan) -> tuple[str, ...]:
    """The words to mark, longest first, so that a compound is marked whole."""
    words = {word for group in plan.groups for word in snippets.surfaces(group)}
    return tuple(sorted({*words, *plan.phrases}, key=len, reverse=True))


def _highlighted(hit: Hit, texts: dict[str, str], wanted: tuple[str, ...], lacks: tuple[str, ...]) -> Hit:
    title, body = texts.get(TITLE, ""), " ".join(texts.get(BODY, "").split())
    in_body = snippets.spans(body, wanted)
    skills = texts.get(SKILLS, "")
    if not in_body and skills and (in_skills := snippets.spans(skills, wanted)):
        body, in_body = skills, in_skills
    return Hit(
        hit.id,
        hit.score,
        snippets.pieces(title, snippets.spans(title, wanted)),
        snippets.snippet(body, in_body),
        lacks,
    )
