"""Pasting a whole post: what is read is said, what is not read is asked for, nothing is lost."""

import re

import pytest

from app.postings.fields import LABELS
from app.postings.reading import read_posts


def title_of(text):
    return read_posts(text)[0].fields["title"].value


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("【急招】清流县温郊乡氟新材料产业园 诚聘氟化工艺操作工5名\n包吃住", "氟化工艺操作工"),
        ("【急招】清流县温郊乡 DCS 操作员 6-9K 包吃住 四班三运转", "DCS 操作员"),
        ("【急招】嵩溪镇化工园区 电工 3名", "电工"),
        ("招聘：清流县 镇村规划员 1名", "镇村规划员"),
    ],
)
def test_where_the_work_is_does_not_become_its_name(text, title):
    assert title_of(text) == title


def test_a_class_of_majors_is_not_narrowed_to_one_of_them():
    read = read_posts("操作工 6-8K\n要求：化工专业，大专")[0].fields
    assert read["majors"].value == ["化工类"]
    assert read_posts("操作工 6-8K\n要求：化工类专业，大专")[0].fields["majors"].value == ["化工类"]
    assert read_posts("操作工 6-8K\n要求：化学工程与工艺专业")[0].fields["majors"].value == ["化学工程与工艺"]


def value_of(page, name):
    return re.search(rf'name="{name}"[^>]*value="([^"]*)"', page)[1]


@pytest.fixture
def recruiter(make):
    return make.recruiter(make.organization(place="350423-08", address="产业园1号"))


def test_what_the_text_leaves_out_comes_from_the_employer_and_is_named(recruiter, login):
    page = login(recruiter).post("/postings/paste", data={"text": "操作工5名 6-8K", "kind": "job"}).text
    assert value_of(page, "address") == "产业园1号"
    assert LABELS["address"] in re.search(r"原文没写(.*?)，", page)[1]


def test_the_employer_s_address_is_not_put_on_work_elsewhere(recruiter, login):
    text = "操作工5名 6-8K 工作地点：清流县嵩溪镇"
    page = login(recruiter).post("/postings/paste", data={"text": text, "kind": "job"}).text
    assert 'value="产业园1号"' not in page
    assert LABELS["address"] not in re.search(r"原文没写(.*?)，", page)[1]


def test_a_text_that_is_no_post_is_said_and_stays(recruiter, login):
    client = login(recruiter)
    answer = client.post("/postings/paste", data={"text": "今天天气真好，我们去爬山吧", "kind": "job"})
    assert answer.status_code == 422
    assert "没读出职位名称、薪资或要求" in answer.text
    assert "今天天气真好，我们去爬山吧</textarea>" in answer.text
    kept = client.post(
        "/postings/paste", data={"text": "今天天气真好，我们去爬山吧", "as_duties": "1", "kind": "job"}
    )
    assert kept.status_code == 200
    assert re.search(r'<textarea[^>]*name="duties"[^>]*>\s*今天天气真好', kept.text)


def test_too_long_a_text_is_said_and_stays(recruiter, login):
    text = "操作工5名 6-8K 负责巡检。" * 3000
    answer = login(recruiter).post("/postings/paste", data={"text": text, "kind": "job"})
    assert answer.status_code == 422
    assert "最多 30000 字" in answer.text
    assert text in answer.text


def test_the_browser_cuts_nothing_off_a_pasted_text(recruiter, login):
    client = login(recruiter)
    for path in ("/postings/paste", "/postings/new"):
        assert not re.search(r"<textarea[^>]*maxlength", client.get(path).text), path


def test_wording_that_may_not_be_published_is_named_when_it_is_left_out(recruiter, login):
    text = "招包装工3名 5-6K\n要求：初中以上，能倒班\n限女性，押金500元，入职后退还"
    page = login(recruiter).post("/postings/paste", data={"text": text, "kind": "job"}).text
    typed = re.sub(r"<[^>]+>", "", page)
    for words in ("限女性", "押金500元"):
        assert words in typed
    assert page.count("<mark") >= 2
