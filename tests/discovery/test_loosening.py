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
