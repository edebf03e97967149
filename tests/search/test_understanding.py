"""What is read from a query, and what stays text."""

import pytest

from search import MemoryIndex, Query, Results
from tests.search.posts import HANDFUL, TODAY, post

POSTS = [
    *HANDFUL,
    post(6, "化验员", benefits=("双休", "五险一金"), shift="长白班", place_code="350121", family="分析检测", certificates=("氟化工艺作业",)),
    post(7, "销售代表", place_code="350423-01", family="采购销售", benefits=("大小周",)),
    post(8, "氟碳漆销售员", place_code="350423-13", family="采购销售"),
]  # fmt: skip


@pytest.fixture(scope="module")
def index() -> MemoryIndex:
    index = MemoryIndex(lambda: TODAY)
    index.put(POSTS)
    return index


def read(results: Results) -> set[tuple[str, str]]:
    return {(each.kind, each.value) for each in results.understood}


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        (
            "清流 氟化工艺 大专 双休 6000以上",
            {("place", "350423"), ("degree", "3"), ("benefits", "双休"), ("pay", "6000-")},
        ),
        ("不倒班的化验员", {("shift", "长白班")}),
        ("化验员 -倒班", {("shift", "长白班")}),
        ("-销售 化验员", {("not", "销售")}),
        ("化验 R-32 5-7k", {("pay", "5000-7000")}),
        ("不用上夜班还包吃住的厂", {("shift", "长白班"), ("benefits", "包吃住")}),
        ("应届能做的", {("years", "0")}),
        ("没经验也可以", {("years", "0")}),
        ("有氟化工艺证", {("certificates", "氟化工艺作业")}),
        ("3年经验 8k", {("years", "3"), ("pay", "8000-")}),
        ("三年以上 一万五", {("years", "3"), ("pay", "15000-")}),
        ("5千到7千 化验员", {("pay", "5000-7000")}),
        ("8-12k 电工", {("pay", "8000-12000")}),
        ("年薪24万", {("pay", "20000-")}),
        ("两百", set()),
        ("電工 長白班", {("shift", "长白班")}),
        ("三明市清流县温郊乡 电工", {("place", "350423-08")}),
        ("福州 化验员", {("place", "350100")}),
        ("研发 不去福州", {("not", "福州")}),
        ("销售 不要大小周", {("not", "大小周")}),
        ("氟碳漆以外的销售", {("not", "氟碳漆")}),
        ("不是三班倒的操作岗", {("not", "三班倒")}),
        ("不加班 不需要出差", {("not", "加班"), ("not", "出差")}),
        ("不需要氟化工艺证的化验员", {("not", "氟化工艺证")}),
        ("无氟制冷剂", set()),
        ("不锈钢焊工", set()),
        ("本科生", {("degree", "4")}),
        ("博士后", set()),
        ("2205双相钢", set()),
        ("R1234yf", set()),
        ("50岁还能干的活", {("age", "50")}),
        ("月薪1万2以上", {("pay", "12000-")}),
        ("1万5到2万", {("pay", "15000-20000")}),
        ("别给我推销售", {("not", "销售")}),
        ("不想去车间里干活", {("not", "车间")}),
        ("福州市区", {("place", "350100")}),
        ("一线", set()),
    ],
)
def test_conditions_are_read(index: MemoryIndex, text: str, readings: set[tuple[str, str]]) -> None:
    assert read(index.search(Query(text))) == readings


@pytest.mark.parametrize(
    ("text", "ids"),
    [("化验员 不去福州", {5}), ("化验员 福州", {6}), ("销售 不要大小周", {8}), ("氟碳漆以外的销售", {7})],
)
def test_what_is_read_decides_what_is_found(index: MemoryIndex, text: str, ids: set[int]) -> None:
    assert {hit.id for hit in index.search(Query(text)).hits} == ids


def test_what_is_refused_may_stand_in_the_text_or_in_an_allowance() -> None:
    index = MemoryIndex(lambda: TODAY)
    index.put(
        [
            post(1, "销售代表", body="能适应出差"),
            post(2, "销售代表", benefits=("出差补贴",)),
            post(3, "销售代表", shift="三班倒"),
            post(4, "销售代表", certificates=("氟化工艺作业",)),
        ]
    )
    for text, left in (("不出差", {3, 4}), ("非三班倒", {1, 2, 4}), ("不需要氟化工艺证", {1, 2, 3})):
        assert {hit.id for hit in index.search(Query(text)).hits} == left, text


def test_a_family_or_an_activity_finds_the_jobs_that_do_it() -> None:
    index = MemoryIndex(lambda: TODAY)
    index.put([post(1, "含氟材料研究员"), post(2, "仪表工"), post(3, "总经办秘书"), post(4, "厨师")])
    for text, found in (("研发", 1), ("仪表维修", 2), ("行政", 3)):
        assert index.search(Query(text)).hits[0].id == found, text


def test_alternating_weekends_are_no_two_free_days() -> None:
    index = MemoryIndex()
    index.put(
        [
            post(1, "采购员", body="一周单休一周双休"),
            post(2, "采购员", body="周末双休"),
            post(3, "采购员", benefits=("大小周",), body="双休轮着来"),
        ]
    )
    assert {hit.id for hit in index.search(Query("双休 采购")).hits} == {2}
    assert {hit.id for hit in index.search(Query("采购 拒绝大小周")).hits} == {2}


def test_a_refusal_alone_is_searched_when_the_other_words_are_in_no_post(index: MemoryIndex) -> None:
    results = index.search(Query("不想做销售的女生"))
    assert {hit.id for hit in results.hits} == {1, 2, 3, 4, 5, 6}


def test_a_removed_chip_becomes_words_again(index: MemoryIndex) -> None:
    text = "化验员 福州"
    (chip,) = index.search(Query(text)).understood
    again = index.search(Query(text, as_text=(chip.words,)))
    assert again.understood == ()
    assert "福州" in again.rest
    assert {hit.id for hit in again.hits} > {6}


def test_a_place_in_an_enterprises_name_stays_part_of_it() -> None:
    index = MemoryIndex()
    index.put(
        [
            post(1, "电工", enterprise="清流九曜新材料有限公司", place_code="350404"),
            post(2, "电工", enterprise="别的公司"),
        ]
    )
    results = index.search(Query("清流九曜新材料"))
    assert results.understood == ()
    assert results.hits[0].id == 1


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("qingfusuan", "氢氟酸"),
        ("qing fu suan", "氢氟酸"),
        ("qfs", "氢氟酸"),
        ("氢弗酸", "氢氟酸"),
        ("聚四佛乙烯", "聚四氟乙烯"),
        ("diangong", "电工"),
        ("huayanyuan", "化验员"),
    ],
)
def test_misspelt_words_find_what_was_meant_and_say_so(index: MemoryIndex, typed: str, meant: str) -> None:
    results = index.search(Query(typed))
    assert results.corrected == meant
    assert [hit.id for hit in results.hits] == [hit.id for hit in index.search(Query(meant)).hits]
    assert results.hits


@pytest.mark.parametrize("text", ["电工", "氢氟酸", "ptfe", "icp-ms", "table jobs", "C语言", "福建"])
def test_known_words_are_not_corrected(index: MemoryIndex, text: str) -> None:
    assert index.search(Query(text)).corrected == ""


@pytest.mark.parametrize("text", ["聚四氟乙烯", "PTFE", "ｐｔｆｅ", "特氟龙", "铁氟龙", "F4"])
def test_every_name_of_a_thing_finds_the_same_posts(index: MemoryIndex, text: str) -> None:
    assert {1, 2, 3} <= {hit.id for hit in index.search(Query(text)).hits}


def test_nothing_found_tells_what_to_give_up(index: MemoryIndex) -> None:
    results = index.search(Query("化验员 福州 20000以上"))
    assert results.total == 0
    assert [(each.words, each.count) for each in results.loosenings] == [("20000以上", 1)]


def test_without_understanding_everything_is_text(index: MemoryIndex) -> None:
    results = index.search(Query("大专 双休", understand=False))
    assert results.understood == ()
