"""What counts beside the words is small, said on the page, and told to who can change it."""

from datetime import timedelta

import pytest

from app.core.db import now
from app.discovery.documents import post_document
from app.postings.fullness import fullness, gaps
from search import MemoryIndex, Query, ranking

FULL = {
    "majors": ["化学工程与工艺"],
    "skills": ["DCS"],
    "benefits": ["双休"],
    "duties": "按操作法开停车，做好巡检记录，配合设备检修，交接班写清楚每一釜的情况，发现异常及时报告。",
    "requirements": "中专以上，化工类专业，能上夜班，身体健康。",
}
BARE = {"majors": [], "skills": [], "benefits": [], "shift": "", "duties": "操作。", "requirements": "不限。"}


def order(*postings):
    index = MemoryIndex()
    index.put(post_document(posting) for posting in postings)
    return [hit.id for hit in index.search(Query("操作工")).hits]


def test_of_two_alike_the_newer_and_the_fuller_comes_first(make):
    old, new = make.posting(published_at=now() - timedelta(days=90)), make.posting()
    assert order(new, old) == [new.id, old.id]
    full, bare = make.posting(**FULL), make.posting(**(FULL | {"majors": [], "skills": []}))
    assert (fullness(full), gaps(bare)) == (1.0, ["技能", "专业"])
    assert order(bare, full)[0] == full.id


def test_neither_outweighs_the_words(make):
    named = make.posting(**(BARE | {"title": "操作工"}), published_at=now() - timedelta(days=400))
    mentioned = make.posting(**(FULL | {"title": "统计员", "duties": FULL["duties"] + "协助操作工。"}))
    assert order(mentioned, named)[0] == named.id


@pytest.mark.indexed
def test_the_page_says_how_it_ranks(app, make):
    make.posting()
    page = app.test_client().get("/jobs?q=操作工").get_data(as_text=True)
    assert "怎么排序" in page
    for factor in (ranking.FRESHNESS, ranking.COMPLETENESS):
        assert f"{factor:.0%}" in page


def test_the_owner_is_told_what_is_missing(login, make):
    organization = make.organization()
    posting = make.posting(organization, **(FULL | {"skills": [], "shift": ""}))
    page = login(make.recruiter(organization)).get(f"/postings/{posting.id}").get_data(as_text=True)
    assert "写上班次、技能" in page
    full = make.posting(organization, **FULL)
    assert "搜索里也会靠前" not in login(make.recruiter(organization)).get(f"/postings/{full.id}").get_data(
        as_text=True
    )
