"""People, organizations and events are found through the same door, by conditions that mean what they mean there."""

import pytest

from search import (
    EventDocument,
    MemoryIndex,
    OrganizationDocument,
    PeopleFilters,
    PersonDocument,
    Query,
    Results,
    without_contact,
)
from tests.search.posts import TODAY

PEOPLE = [
    PersonDocument(1, "氟化工艺操作工", titles=("外操",), families=("生产操作",), degree_rank=3, years=4, salary_min=6000,
                   places=("350423",), certificates=("氟化工艺作业",), shifts=("四班三运转",), name="王小明",
                   body="王小明，电话138 0000 1234，负责无水氟化氢精馏。邮箱 wang@example.com", updated_on=TODAY),
    PersonDocument(2, "化验员", families=("分析检测",), degree_rank=4, years=0, places=("350100",), shifts=("长白班",),
                   skills=("ICP-MS",), updated_on=TODAY),
    PersonDocument(3, "电工", degree_rank=2, years=10, salary_min=9000, blocked=(7,), updated_on=TODAY),
]  # fmt: skip


@pytest.fixture(scope="module")
def people() -> MemoryIndex:
    index = MemoryIndex(lambda: TODAY)
    index.put(PEOPLE)
    return index


def search(index: MemoryIndex, text: str = "", **more: object) -> Results:
    return index.search(Query(text, kind="person", **more))  # type: ignore[arg-type]  # fields of a query


def ids(results: Results) -> set[int]:
    return {hit.id for hit in results.hits}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("大专以上", {1, 2}),
        ("本科", {2}),
        ("3年经验", {1, 3}),
        ("应届", {2}),
        ("清流", {1}),
        ("8k", {1, 2}),
        ("有氟化工艺证", {1}),
        ("不倒班", {2, 3}),
        ("AHF精馏", {1}),
        ("icp ms", {2}),
        ("diangong", {3}),
    ],
)
def test_conditions_speak_of_what_people_have(people: MemoryIndex, text: str, found: set[int]) -> None:
    assert ids(search(people, text)) == found


def test_age_and_benefits_never_filter_people(people: MemoryIndex) -> None:
    assert search(people, "35岁以下 双休").understood == ()


def test_who_blocked_an_employer_is_neither_found_nor_counted(people: MemoryIndex) -> None:
    results = search(people, filters=PeopleFilters(blocked_by=7), facets=("held_years",))
    assert (ids(results), results.total) == ({1, 2}, 2)
    assert "10" not in dict(results.facets["held_years"])


def test_facets_count_who_has_as_much(people: MemoryIndex) -> None:
    facets = search(
        people, filters=PeopleFilters(degree=3), facets=("held_degree", "held_years", "family")
    ).facets
    assert dict(facets["held_degree"]) == {"0": 3, "1": 3, "2": 3, "3": 2, "4": 1}
    assert dict(facets["held_years"]) == {"0": 2, "1": 1, "3": 1}


@pytest.mark.parametrize("asked", ["13800001234", "1380", "wang", "example", "王小明", "小明"])
def test_nothing_that_names_or_reaches_a_person_is_found(people: MemoryIndex, asked: str) -> None:
    kept = PEOPLE[0].record().to_json()
    assert asked not in kept
    assert 1 not in ids(people.search(Query(asked, kind="person", understand=False)))


@pytest.mark.parametrize(
    "text",
    [
        "138-0000-1234",
        "+86 138 0000 1234",
        "微信：abc_12345",
        "VX abc12345",
        "QQ 123456789",
        "a.b@c.com.cn",
        "https://x.cn/me",
    ],
)
def test_ways_to_reach_somebody_are_taken_out(text: str) -> None:
    assert without_contact(f"精馏 {text} 岗").split() == ["精馏", "岗"]


@pytest.mark.parametrize(
    "text", ["2018年到2021年", "6000-8000元", "ICP-MS", "R134a与R32", "GB/T 7744", "12小时"]
)
def test_other_numbers_stay(text: str) -> None:
    assert without_contact(text) == text


def test_organizations_are_found_by_name_link_and_place() -> None:
    index = MemoryIndex(lambda: TODAY)
    index.put(
        [
            OrganizationDocument(
                1, "清流第一氟材料有限公司", ("含氟聚合物",), "350423-08", "温郊乡", "做PTFE分散树脂"
            ),
            OrganizationDocument(2, "福建第二化学有限公司", ("制冷剂",), "350100", "", "做R32"),
        ]
    )
    for text, found in (
        ("特氟龙", {1}),
        ("r 32", {2}),
        ("第一氟材料", {1}),
        ("福州 化学", {2}),
        ("大专", set()),
    ):
        assert ids(index.search(Query(text, kind="organization"))) >= found, text
    assert index.suggest("清流第一")[0].text == "清流第一氟材料有限公司"


def test_events_come_by_their_day() -> None:
    index = MemoryIndex(lambda: TODAY)
    index.put(
        [
            EventDocument(
                1, "秋季招聘会", "fair", "县人才办", "350423", "龙津镇", "氟企专场", starts_on=TODAY
            ),
            EventDocument(2, "春季招聘会", "fair", starts_on=TODAY.replace(month=3)),
        ]
    )
    results = index.search(Query("招聘会", kind="event", sort="newest"))
    assert [hit.id for hit in results.hits] == [1, 2]
    assert ids(index.search(Query("氟企专场", kind="event"))) >= {1}
