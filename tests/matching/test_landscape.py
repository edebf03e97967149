from dataclasses import replace

from matching import OUTSIDE, Candidate, Education, HeldCertificate, Matcher, Work
from tests.matching.cases import PERSON, POST, STRANGER


def test_coverage_counts_who_meets_each_need_and_what_dropping_it_would_bring() -> None:
    people = [
        PERSON,
        replace(PERSON, id="no card", certificates=()),
        replace(PERSON, id="new", years=0.5, work=(replace(PERSON.work[0], months=5),)),
        replace(PERSON, id="school", education=(Education("", "初中", ""),)),
        replace(PERSON, id="card in the text", certificates=(), summary="氟化工艺证考下来了。"),
    ]
    found = Matcher().fit([POST], people).coverage(POST.id)
    assert (found.total, found.left) == (5, 2)
    assert [(need.kind, need.meet, need.without) for need in found.needs] == [
        ("degree", 4, 3), ("years", 4, 3), ("certificate", 4, 3)
    ]  # fmt: skip
    assert found.tightest is not None
    assert found.tightest.without == 3


def test_a_post_that_asks_nothing_leaves_everybody() -> None:
    easy = replace(POST, degree_min="不限", years_min=0, certificates=())
    found = Matcher().fit([], [PERSON, STRANGER]).coverage(easy)
    assert (found.total, found.left, found.needs, found.tightest) == (2, 2, (), None)
    assert Matcher().coverage(POST).total == 0


def test_similar_people_do_similar_work() -> None:
    near = Candidate(
        id="near", work=(Work("氢氟酸企业", "外操", 30, "巡检回转炉、洗涤塔，配合内操调精馏塔。"),)
    )
    held = Matcher().fit([], [PERSON, STRANGER, near])
    assert held.people_like("a") == ["near", "b"]
    assert held.people_like("a", 1) == ["near"]
    assert Matcher().people_like(PERSON) == []


def test_supply_counts_everybody_once() -> None:
    card = replace(PERSON, id="c", certificates=(HeldCertificate("叉车证"),))
    counted = Matcher().fit([], [PERSON, STRANGER, card]).supply()
    assert sum(counted.values()) == 3
    assert sum(n for (family, _), n in counted.items() if family == "生产操作") == 2
    assert any(link == OUTSIDE for _, link in counted)
