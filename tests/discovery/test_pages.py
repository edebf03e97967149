"""The first page promises what the search keeps, and no page of a list is empty."""

import re

import pytest

from app.discovery.routes.home import EXAMPLES

CHIP = re.compile(r'class="chip[^"]*"[^>]*><span>(.*?)</span>([^<]*)<')


@pytest.mark.indexed
def test_the_example_of_the_first_page_is_read_as_the_search_page_reads_it(app, make):
    make.posting(title="氟化工艺操作工", benefits=["双休"], degree=3)
    client = app.test_client()
    promised = CHIP.findall(client.get("/").text)
    kept = CHIP.findall(client.get("/jobs", query_string={"q": EXAMPLES[0]}).text)
    assert len(promised) > 2
    assert promised == kept[: len(promised)]


@pytest.mark.indexed
def test_the_example_is_one_whose_first_result_has_all_of_it(app, make):
    make.posting(title="操作工", benefits=["包吃住"], shift="长白班")
    page = app.test_client().get("/").text
    assert EXAMPLES[0] not in page
    assert EXAMPLES[1] in page


@pytest.mark.indexed
def test_no_example_is_given_when_none_finds_what_it_says(app, make):
    make.posting(title="党建干事", place="350100", salary_min=3000, salary_max=4000)
    assert "会读成" not in app.test_client().get("/").text


def test_the_first_page_promises_nothing_while_the_index_cannot_be_asked(app, make):
    make.posting()
    page = app.test_client().get("/").text
    assert "会读成" not in page


@pytest.mark.indexed
@pytest.mark.parametrize("path", ["/jobs", "/companies"])
def test_a_page_beyond_the_last_is_the_last(app, make, path):
    posting = make.posting(title="充装工")
    answer = app.test_client().get(path, query_string={"page": 9999}, follow_redirects=True)
    assert answer.status_code == 200
    assert (posting.title if path == "/jobs" else posting.organization.name) in answer.text


@pytest.mark.indexed
def test_a_page_beyond_the_last_keeps_the_question(app, make):
    make.posting(title="充装工")
    answer = app.test_client().get("/jobs", query_string={"q": "充装", "page": 50})
    assert answer.status_code == 303
    assert "q=%E5%85%85%E8%A3%85" in answer.location
    assert "page=1" in answer.location
