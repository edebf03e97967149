"""Postings from a table and from pasted text."""

import io

import openpyxl
import pytest
from sqlalchemy import func, select

from app.core.county_time import today
from app.core.db import db
from app.core.tables import write_xlsx
from app.organizations.models import Standing
from app.postings.models import Posting, PostingImport, PostingState
from app.postings.spreadsheet import template

HEADER = (
    "职位名称",
    "薪资",
    "工作地点",
    "岗位类别",
    "产业链环节",
    "班次",
    "工作内容",
    "任职要求",
    "招聘人数",
)
GOOD = (
    "化验员",
    "5-7K",
    "清流县温郊乡",
    "分析检测",
    "含氟聚合物",
    "长白班",
    "做原料和成品分析",
    "大专，化学类",
    "2",
)


def table(*rows):
    return write_xlsx(HEADER, rows, "职位")


@pytest.fixture
def client(make, login):
    return login(make.recruiter(make.organization()))


def upload(client, data, name="职位.xlsx", kind="job"):
    return client.post(
        "/postings/import",
        data={"file": (io.BytesIO(data), name), "kind": kind},
        content_type="multipart/form-data",
    )


def postings():
    return db.session.scalars(select(Posting).order_by(Posting.id)).all()


def test_good_rows_are_kept_and_each_refused_row_is_named(client):
    men = (*GOOD[:7], "限男性", "2")
    reversed_pay = ("氟化工", "8-6K", *GOOD[2:])
    unfinished = ("分析班长", "7-9K", "清流县温郊乡", "", "", "", "管化验室", "", "")
    answer = upload(client, table(GOOD, men, reversed_pay, unfinished))
    assert answer.status_code == 303
    good, later = postings()
    assert (good.title, good.salary_min, good.place, good.state) == (
        "化验员",
        5000,
        "350423-08",
        PostingState.DRAFT,
    )
    assert good.typed is None
    assert later.typed is not None
    page = client.get(answer.location).get_data(as_text=True)
    assert "共4行：收2行，不收2行，重复0行" in page
    for words in ("限男性", "上下限反了", "有的职位还缺几项"):
        assert words in page
    result = db.session.scalars(select(PostingImport)).one()
    assert [row["row"] for row in result.rejected] == [3, 4]


def test_refused_rows_come_back_as_a_table_that_can_be_mended(client):
    answer = upload(client, table(("化验员", "面议", *GOOD[2:]), ("=1+1", "面议", *GOOD[2:])))
    download = client.get(f"{answer.location}/rejected.xlsx")
    rows = list(openpyxl.load_workbook(io.BytesIO(download.data)).active.iter_rows(values_only=True))
    assert rows[1][0] == "化验员"
    assert rows[2][0] == "=1+1"
    assert "面议" in rows[1][-1]
    again = upload(client, download.data)
    assert again.status_code == 303
    assert db.session.scalar(select(func.count(Posting.id))) == 0


def test_the_same_file_twice_does_not_double(client):
    first = upload(client, table(GOOD, GOOD))
    assert "收1行，不收0行，重复1行" in client.get(first.location).get_data(as_text=True)
    second = upload(client, table(GOOD))
    assert "收0行，不收0行，重复1行" in client.get(second.location).get_data(as_text=True)
    assert len(postings()) == 1


def test_all_finished_rows_are_submitted_at_once(client):
    answer = upload(client, table(GOOD, ("分析班长", "7-9K", "清流县温郊乡", "", "", "", "管化验室", "", "")))
    assert client.post(f"{answer.location}/submit").status_code == 303
    assert [each.state for each in postings()] == [PostingState.SUBMITTED, PostingState.DRAFT]


def test_an_employer_that_may_not_publish_keeps_imported_drafts(make, login):
    client = login(make.recruiter(make.organization(standing=Standing.SUBMITTED, verified_until=None)))
    answer = upload(client, table(GOOD))
    client.post(f"{answer.location}/submit")
    assert [each.state for each in postings()] == [PostingState.DRAFT]
    assert "单位现在不能发布职位" in client.get(answer.location).get_data(as_text=True)


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"", "空.xlsx"),
        (b"MZ" + b"\0" * 500, "程序.xlsx"),
        (b"PK\x03\x04 broken", "坏.xlsx"),
        ("公司,电话\n甲,1".encode(), "没有表头.csv"),
        (table(), "只有表头.xlsx"),
    ],
    ids=["empty", "renamed program", "broken", "no heading", "no rows"],
)
def test_a_file_that_is_no_table_gets_a_sentence(client, data, name):
    answer = upload(client, data, name)
    assert answer.status_code == 422
    assert "有1处要改" in answer.get_data(as_text=True)
    assert db.session.scalar(select(func.count(PostingImport.id))) == 0


def test_no_file_gets_a_sentence(client):
    answer = client.post("/postings/import", data={"kind": "job"})
    assert answer.status_code == 422
    assert "选一个文件" in answer.get_data(as_text=True)


def test_the_template_can_be_downloaded_and_holds_no_posting_of_its_own(client):
    answer = client.get("/postings/import/template.xlsx")
    assert answer.data[:2] == b"PK"
    assert upload(client, template(today())).status_code == 422


def test_results_belong_to_one_employer(client, make, login):
    answer = upload(client, table(GOOD))
    stranger = login(make.recruiter(make.organization()))
    assert stranger.get(answer.location).status_code == 404
    assert stranger.get(f"{answer.location}/rejected.xlsx").status_code == 404
    assert stranger.post(f"{answer.location}/submit").status_code == 404


# ── pasted text ────────────────────────────────────────

ONE = """【急招】氟化工艺操作工 3名
薪资：6-8K·13薪
地点：清流县温郊乡
岗位职责：
1. 按操作法开停车
2. 巡检并做好记录
任职要求：
1. 中专及以上，化工类专业
2. 有氟化工艺作业证
联系人：林女士 13800138000
"""


def test_a_pasted_post_fills_the_editor_and_saves_nothing(client):
    answer = client.post("/postings/paste", data={"text": ONE, "kind": "job"})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 200
    assert 'value="氟化工艺操作工' in page
    assert 'value="6-8K·13薪"' in page
    assert "按操作法开停车" in page
    assert "读出了" in page
    assert postings() == []


def test_several_pasted_posts_are_offered_one_by_one(client):
    two = ONE + "\n" + ONE.replace("氟化工艺操作工", "分析化验员").replace("6-8K·13薪", "5-7K")
    page = client.post("/postings/paste", data={"text": two, "kind": "job"}).get_data(as_text=True)
    assert "读出2个职位" in page
    assert "分析化验员" in page


def test_text_without_anything_to_read_is_not_lost(client):
    page = client.post("/postings/paste", data={"text": "你好<script>", "kind": "job"}).get_data(as_text=True)
    assert "你好&lt;script&gt;" in page
    assert client.post("/postings/paste", data={"text": "", "kind": "job"}).status_code == 422
