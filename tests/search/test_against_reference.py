"""The arrays find and count exactly what a slow search finds and counts, on any small collection."""

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from search import Filters, MemoryIndex, PostDocument, Query
from tests.search import reference
from tests.search.posts import TODAY

WORDS = ("聚四氟乙烯", "ptfe", "电工", "氢氟酸", "会计", "r32")
TOWNS = ("温郊乡", "里田乡", "")
FAMILIES = ("生产操作", "电气", "")
SHIFTS = ("长白班", "四班三运转", "三班倒", "")
BENEFITS = ("双休", "包吃住", "五险一金", "周末双休")
FACETS = ("town", "family", "kind", "shift", "benefits", "degree")


def subsets(values: tuple[str, ...]) -> some.SearchStrategy[tuple[str, ...]]:
    return some.lists(some.sampled_from(values), max_size=2, unique=True).map(tuple)


posts = some.builds(
    PostDocument,
    id=some.integers(1, 12),
    title=some.sampled_from(WORDS),
    body=some.lists(some.sampled_from(WORDS), max_size=3).map("，".join),
    town=some.sampled_from(TOWNS),
    family=some.sampled_from(FAMILIES),
    place_code=some.sampled_from(("350423-08", "350423", "350100", "")),
    degree_rank=some.integers(0, 6),
    years_min=some.integers(0, 3),
    salary_max=some.sampled_from((4000, 6000, 9000)),
    shift=some.sampled_from(SHIFTS),
    benefits=subsets(BENEFITS),
    kind=some.sampled_from(("job", "internship")),
    published_on=some.just(TODAY),
)
filters = some.builds(
    Filters,
    towns=subsets(TOWNS[:2]),
    places=subsets(("350423", "350000", "350423-08")),
    families=subsets(FAMILIES[:2]),
    shifts=subsets(("长白班", "倒班", "夜班")),
    benefits=subsets(("双休", "包住", "五险")),
    kinds=subsets(("job", "internship")),
    degree=some.none() | some.integers(0, 6),
    years=some.none() | some.integers(0, 3),
    pay_min=some.none() | some.sampled_from((3000, 5000, 9000)),
)
changes = some.lists(some.lists(posts, max_size=6) | some.lists(some.integers(1, 12), max_size=3), max_size=7)


def apply(changed: list[list[Any]]) -> tuple[MemoryIndex, list[PostDocument]]:
    """An index and a plain dictionary after the same puts and removals."""
    index, kept = MemoryIndex(lambda: TODAY), {}
    for batch in changed:
        if batch and isinstance(batch[0], int):
            index.remove(batch)
            kept = {id: post for id, post in kept.items() if id not in batch}
        else:
            index.put(batch)
            kept |= {post.id: post for post in batch}
    return index, list(kept.values())


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(changes, filters, some.sampled_from(("", *WORDS)))
def test_found_and_counted_as_by_hand(changed: list[list[Any]], picked: Filters, word: str) -> None:
    index, kept = apply(changed)
    results = index.search(Query(word, picked, per_page=50, facets=FACETS, understand=False))
    candidates = reference.matching(kept, word)
    if word in ("", "r32", "会计"):  # words without neighbours in the lexicon: found exactly
        assert {hit.id for hit in results.hits} >= {p.id for p in candidates if reference.keeps(p, picked)}
    if not word:
        assert {hit.id for hit in results.hits} == {p.id for p in candidates if reference.keeps(p, picked)}
        for facet in FACETS:
            assert dict(results.facets[facet]) == reference.counts(candidates, picked, facet), facet
    assert results.total == len(results.hits)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(changes, some.sampled_from(WORDS))
def test_order_of_changes_does_not_matter(changed: list[list[Any]], word: str) -> None:
    index, kept = apply(changed)
    fresh = MemoryIndex(lambda: TODAY)
    fresh.put(kept)
    query = Query(word, facets=FACETS, per_page=50)
    assert {hit.id for hit in index.search(query).hits} == {hit.id for hit in fresh.search(query).hits}
    assert index.search(query).facets == fresh.search(query).facets
    assert index.ids() == fresh.ids()


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(some.text(max_size=60))
def test_any_text_gets_an_answer(text: str) -> None:
    index = MemoryIndex(lambda: TODAY)
    index.put([PostDocument(1, text), PostDocument(2, "电工", body=text)])
    results = index.search(Query(text, facets=FACETS, highlight=True))
    assert results.total <= 2
    for hit in results.hits:
        assert "".join(piece for piece, _ in hit.title) in {text, "电工"}
