"""A search that finds nothing offers ways out, and each keeps what it promises."""

import html
import re

import pytest

pytestmark = pytest.mark.indexed
WAY = re.compile(r'<a class="btn[^"]*" href="(\?[^"]*)">不限「([^」]+)」，看(\d+)个')


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("q=操作工 50000以上", {"月薪50000元以上"}),
        ("q=操作工&pay=15000", {"月薪"}),
        ("q=操作工&town=里田乡", {"乡镇"}),
        ("q=操作工 ＰＴＦＥ&degree=0", {"我的学历"}),
        ("q=操作工&kind=internship", {"类型"}),
    ],
)
def test_a_way_out_finds_as_many_as_it_says(app, make, query, names):
    make.posting(title="操作工", degree=2)
    make.posting(title="操作工", degree=2, salary_max=9000)
    client = app.test_client()
    ways = WAY.findall(client.get(f"/jobs?{query}").get_data(as_text=True))
    assert {name for _, name, _ in ways} >= names
    for address, name, promised in ways:
        page = client.get("/jobs" + html.unescape(address)).get_data(as_text=True)
        assert f"{promised}个职位" in page, name


def page_of(app, words, path="/jobs"):
    return html.unescape(app.test_client().get(f"{path}?q={words}").get_data(as_text=True))


NEAREST = "没有把这些词都写到的"


def test_words_that_nothing_has_are_said_before_what_comes_nearest(app, make):
    make.posting(title="操作工", duties="看管反应釜，按时巡检。", requirements="身体健康。")
    page = page_of(app, "操作工 六氟磷酸锂")
    assert NEAREST in page
    assert '<del translate="no">六氟磷酸锂</del>' in page
    assert '<del translate="no">操作工</del>' not in page


def test_a_post_that_lacks_a_word_says_so_below_those_that_have_all(app, make):
    has, lacks = (
        make.posting(title="操作工", duties=f"{what}，按时巡检。", requirements="身体健康。")
        for what in ("六氟磷酸锂车间", "看管反应釜")
    )
    page = page_of(app, "操作工 LiPF6")
    assert NEAREST not in page
    assert (
        page.index(f"/jobs/{has.id}") < page.index("下面的少写了一部分词") < page.index(f"/jobs/{lacks.id}")
    )
    assert page.count('<del translate="no">lipf6</del>') == 1


def test_another_name_a_benefit_and_a_compound_are_no_lack(app, make):
    make.posting(title="PTFE聚合操作工", benefits=["夫妻房"], duties="聚合釜操作。", requirements="不限。")
    for words in ("聚四氟乙烯", "特氟龙 操作工", "夫妻房 操作工", "聚合工"):
        page = page_of(app, words)
        assert "1个职位" in page, words
        assert "没写到" not in page, words


def test_the_other_kinds_say_it_too(app, make):
    make.organization(name="清流梦溪陶瓷厂")
    assert NEAREST in page_of(app, "陶瓷 六氟磷酸锂", "/companies")
