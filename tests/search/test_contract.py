"""What every index does. Each test runs against the memory index and against Whoosh on a disk."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from search import Filters, MemoryIndex, Query, SearchIndex, WhooshIndex, digest
from tests.search.posts import HANDFUL, TODAY, post

Make = Callable[[list[Any]], SearchIndex]


@pytest.fixture(params=["memory", "whoosh"])
def make(request: pytest.FixtureRequest, tmp_path: Path) -> Make:
    def make_index(documents: list[Any]) -> SearchIndex:
        index: SearchIndex
        index = (
            MemoryIndex(lambda: TODAY)
            if request.param == "memory"
            else WhooshIndex(tmp_path / "index", today=lambda: TODAY)
        )
        index.rebuild(documents)
        return index

    return make_index


def found(index: SearchIndex, text: str = "", **query: Any) -> list[int]:
    return [hit.id for hit in index.search(Query(text, **query)).hits]


def test_an_empty_index_finds_nothing(make: Make) -> None:
    results = make([]).search(Query("氟", facets=("town",), highlight=True))
    assert (results.hits, results.total, results.facets) == ((), 0, {"town": []})


def test_an_empty_text_finds_everything(make: Make) -> None:
    assert set(found(make(HANDFUL))) == {1, 2, 3, 4, 5}


def test_put_documents_are_found_and_replaced(make: Make) -> None:
    index = make([])
    index.put(HANDFUL)
    assert 4 in found(index, "氢氟酸")
    index.put([post(4, "会计")])
    assert 4 not in found(index, "氢氟酸")
    assert found(index, "会计") == [4]


def test_removed_documents_are_gone_and_unknown_ids_do_no_harm(make: Make) -> None:
    index = make(HANDFUL)
    index.remove([4, 99])
    assert 4 not in found(index, "")
    assert index.search(Query()).total == 4
    index.put([HANDFUL[3]])
    assert 4 in found(index, "氢氟酸")


def test_exact_wording_stands_above_synonyms(make: Make) -> None:
    index = make(HANDFUL)
    assert found(index, "PTFE")[0] == 2
    assert found(index, "聚四氟乙烯")[0] == 1
    assert {1, 2, 3} <= set(found(index, "铁氟龙"))


def test_the_title_counts_more_than_the_body(make: Make) -> None:
    assert found(make([post(1, "会计", body="电工"), post(2, "电工", body="会计")]), "电工")[0] == 2


@pytest.mark.parametrize(
    ("filters", "ids"),
    [
        (Filters(towns=("龙津镇",)), {3, 5}),
        (Filters(towns=("龙津镇", "嵩溪镇")), {3, 4, 5}),
        (Filters(places=("350423",)), {1, 2, 3, 4, 5}),
        (Filters(places=("350423-09",)), set()),
        (Filters(families=("生产操作",)), {1, 2}),
        (Filters(benefits=("双休",)), {2, 4}),
        (Filters(benefits=("双休", "五险")), {2}),
        (Filters(benefits=("包住",)), {1}),
        (Filters(shifts=("倒班",)), {1, 3}),
        (Filters(shifts=("长白班",)), {2, 5}),
        (Filters(kinds=("internship",)), {5}),
        (Filters(certificates=("低压电工作业",)), {3}),
        (Filters(degree=2), {1, 2, 3}),
        (Filters(degree=0), {1, 2}),
        (Filters(years=0), {1, 2, 5}),
        (Filters(pay_min=9000), {2, 4}),
        (Filters(organization_id=2), {3, 4}),
        (Filters(excluded=(("family", "生产操作"), ("benefits", "双休"))), {3, 5}),
        (Filters(excluded=(("text", "电工"),)), {1, 2, 4, 5}),
        (Filters(towns=("温郊乡",), pay_min=8000), {2}),
    ],
)
def test_filters_keep_what_they_say(make: Make, filters: Filters, ids: set[int]) -> None:
    assert set(found(make(HANDFUL), filters=filters)) == ids


def test_each_facet_is_counted_without_its_own_filter(make: Make) -> None:
    query = Query(filters=Filters(towns=("龙津镇",)), facets=("town", "kind", "degree", "pay"))
    facets = make(HANDFUL).search(query).facets
    assert facets["town"] == [("温郊乡", 2), ("龙津镇", 2), ("嵩溪镇", 1)]
    assert dict(facets["kind"]) == {"job": 1, "internship": 1}
    assert dict(facets["degree"])["2"] == 1
    assert dict(facets["degree"])["6"] == 2
    assert dict(facets["pay"])["7000"] == 2


def test_sorting_by_pay_and_by_day(make: Make) -> None:
    index = make(HANDFUL)
    assert found(index, sort="pay")[:2] == [4, 2]
    assert found(index, sort="newest")[-1] == 5


def test_newer_and_fuller_posts_stand_above_equal_ones(make: Make) -> None:
    old = post(1, "电工", published_on=date(2026, 1, 1))
    assert found(make([post(2, "电工"), old]), "电工") == [2, 1]
    assert found(make([post(2, "电工"), post(1, "电工", completeness=1.0)]), "电工") == [1, 2]


def test_pages_do_not_overlap_and_end(make: Make) -> None:
    index = make([post(id, f"电工{id}") for id in range(1, 46)])
    pages = [found(index, "电工", page=page, per_page=20) for page in (1, 2, 3, 4)]
    assert [len(page) for page in pages] == [20, 20, 5, 0]
    assert len({id for page in pages for id in page}) == 45
    assert found(index, "电工", page=-3, per_page=20) == pages[0]
    assert found(index, "电工", page=10**9) == []


def test_highlights_mark_the_wording_and_its_synonyms(make: Make) -> None:
    hits = {hit.id: hit for hit in make(HANDFUL).search(Query("聚四氟乙烯", highlight=True)).hits}
    assert ("聚四氟乙烯", True) in hits[1].title
    assert ("PTFE", True) in hits[2].title
    assert ("特氟龙", True) in hits[3].snippet
    assert "".join(text for text, _ in hits[3].snippet) == "维护特氟龙车间的配电柜。"


def test_a_phrase_as_written_comes_first(make: Make) -> None:
    index = make([post(1, "充装工", body="会氢氟酸充装工的活"), post(2, "氢氟酸 充装工")])
    assert found(index, "“氢氟酸充装工”") == [1, 2]
    assert found(index, "氢氟酸充装工") == [2, 1]
    assert set(found(index, "氢氟酸充装工")) == {1, 2}


def test_ids_come_with_digests_that_tell_stale_documents(make: Make) -> None:
    index = make(HANDFUL)
    assert index.ids() == {document.id: digest(document) for document in HANDFUL}
    changed = post(3, "高级电工")
    assert index.ids()[3] != digest(changed)
    index.put([changed])
    assert index.ids()[3] == digest(changed)


def test_rebuilding_replaces_everything_and_tells_its_progress(make: Make) -> None:
    index = make(HANDFUL)
    steps: list[int] = []
    index.rebuild(HANDFUL[:2], progress=steps.append)
    assert set(index.ids()) == {1, 2}
    assert steps == [1, 2]


def test_suggestions_begin_like_what_is_typed(make: Make) -> None:
    index = make(HANDFUL)
    assert [each.text for each in index.suggest("龙")] == ["龙津镇"]
    assert index.suggest("ptfe")[0].text == "PTFE造粒操作工"
    assert index.suggest("") == []


@pytest.mark.parametrize("typed", ["氢氟", "qingfu", "qfs", "QingFuSuan", "qing fu suan"])
def test_suggestions_come_by_characters_pinyin_and_initials(make: Make, typed: str) -> None:
    assert "氢氟酸" in [each.text for each in make(HANDFUL).suggest(typed)]


def test_suggestions_of_removed_posts_end(make: Make) -> None:
    index = make(HANDFUL)
    index.remove([4])
    assert "氢氟酸工艺工程师" not in [each.text for each in index.suggest("氢氟")]


def test_similar_posts_leave_out_the_post_itself(make: Make) -> None:
    index = make(HANDFUL)
    similar = [hit.id for hit in index.similar(1)]
    assert similar[0] == 2
    assert 1 not in similar
    assert index.similar(99) == []


def test_stats_count_documents_and_change_with_them(make: Make) -> None:
    index = make(HANDFUL)
    before = index.stats()
    index.put([post(9, "保安")])
    assert (before.documents, index.stats().documents) == (5, 6)
    assert before.generation != index.stats().generation


def test_the_version_changes_with_every_change_and_not_before(make: Make) -> None:
    index = make(HANDFUL)
    seen = [index.version()]
    index.search(Query("氟"))
    assert index.version() == seen[0]
    index.put([post(9, "保安")])
    seen.append(index.version())
    index.remove([9])
    seen.append(index.version())
    index.rebuild(HANDFUL)
    seen.append(index.version())
    assert len(set(seen)) == 4


@pytest.mark.parametrize(
    "text",
    ["", " ", "x" * 10_000, "氟" * 10_000, "电工 " * 4_000, "AND OR NOT", "* ? ~ ^ () [] {}", '"“「', "\x00\x01", "\u202e\u200f",
     "'; DROP TABLE postings; --", "<script>alert(1)</script>", "../../etc/passwd%00", "(a+)+$" * 500, "\ud800", "😀" * 300,
     "-" * 5_000, "“" * 2_000, "6000" * 1_000, "不" * 2_000, "1" * 4_000 + "以上"],
)  # fmt: skip
def test_hostile_text_gets_an_answer(make: Make, text: str) -> None:
    index = make(HANDFUL)
    results = index.search(Query(text, facets=("town",), highlight=True))
    assert results.total <= 5
    assert isinstance(index.suggest(text), list)
