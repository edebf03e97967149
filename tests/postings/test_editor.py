"""The editor: what may be typed, what is refused and why, and that nothing typed is ever lost."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app.core.audit import AuditEntry
from app.core.county_time import today
from app.core.db import db, now, transaction
from app.organizations.models import Standing
from app.organizations.queries import membership_of
from app.postings import fields, services
from app.postings.models import Posting, PostingRevision, PostingState

S = PostingState


@pytest.fixture
def author(make):
    return make.recruiter(make.organization())


def the_posting():
    return db.session.scalars(select(Posting)).one()


def audit_rows():
    return db.session.scalar(select(func.count(AuditEntry.id)))


def test_a_complete_form_is_submitted_with_one_audit_row(author, login, typed):
    client = login(author)
    before = audit_rows()
    answer = client.post("/postings/new", data=typed())
    assert answer.status_code == 303
    posting = the_posting()
    assert posting.state is S.SUBMITTED
    assert (posting.salary_min, posting.salary_max, posting.salary_months) == (6000, 8000, 13)
    assert posting.salary_words == "6-8K·13薪"
    assert posting.benefits == ["五险一金", "包住", "篮球场", "健身角"]
    assert posting.majors == ["应用化工技术", "精细化工"]
    assert posting.contact_phone == "13800138000"
    assert posting.typed is None
    assert audit_rows() == before + 1
    entry = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc()).limit(1)).one()
    assert (entry.action, entry.record) == ("postings.new", f"postings:{posting.id}")
    assert "13800138000" not in str(entry.changes)


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("title", "", "写上职位名称"),
        ("title", "高" * 41, "最多 40 字"),
        ("family", "", "选一个岗位类别"),
        ("headcount", "0", "1到9999之间"),
        ("headcount", "很多", "写一个整数，例如 3"),
        ("place", "999999", "选一个地点"),
        ("salary_words", "面议", "面议"),
        ("salary_words", "8-6K", "上下限反了"),
        ("salary_words", "看情况", "没有看懂"),
        ("duties", "", "写清楚每天做什么"),
        ("duties", "做" * 100_000, "最多 5000 字"),
        ("years", "-1", "0到50之间"),
        ("contact_phone", "12345", "位"),
        ("valid_until", "2020-01-01", "这个日子已经过了"),
        ("valid_until", "2999-01-01", "最多一年"),
        ("valid_until", "明年", "格式如2026-12-31"),
        ("majors", "、".join(f"专业{n}" for n in range(30)), "最多写20个"),
        ("requirements", "限男性，能上夜班。", "限男性"),
        ("requirements", "已婚已育优先。", "已婚已育"),
        ("duties", "入职交押金500元。", "押金"),
    ],
)
def test_bad_input_is_named_beside_its_field_and_kept(author, login, typed, field, value, sentence):
    answer = login(author).post("/postings/new", data=typed(**{field: value}))
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert sentence in page
    assert "有1处要改" in page
    if field != "place":  # a select shows only what can be chosen
        assert value[:200] in page
    assert db.session.scalar(select(func.count(Posting.id))) == 0


def test_refused_words_are_marked(author, login, typed):
    page = (
        login(author)
        .post("/postings/new", data=typed(requirements="身体好。\n限男性，能上夜班。"))
        .get_data(as_text=True)
    )
    assert "<mark>限男性</mark>，能上夜班。" in page


def test_every_refused_word_counts_and_stands_on_a_line_of_its_own_in_page_order(author, login, typed):
    page = (
        login(author)
        .post(
            "/postings/new",
            data=typed(requirements="限男性，已婚已育优先，交押金500元", address="", headcount=""),
        )
        .text
    )
    summary = page[page.index("data-focus") : page.index('id="sec-basic"')]
    assert summary.count("任职要求：") >= 3
    assert f"有{summary.count('<li>')}处要改" in summary
    assert summary.index("招聘人数：") < summary.index("详细地址：") < summary.index("任职要求：")
    beside = page[page.index('id="requirements-e"') :].split("</p>")[0]
    assert beside.count("<br>") == summary.count("任职要求：") - 1


def test_a_draft_keeps_what_is_not_finished_exactly_as_typed(author, login, typed):
    client = login(author)
    half = typed(
        salary_words="面议",
        duties="",
        headcount="很多",
        action="save",
        **{"questions-0-text": "能上夜班吗？"},
    )
    answer = client.post("/postings/new", data=half)
    posting = the_posting()
    assert answer.status_code == 303
    assert posting.state is S.DRAFT
    assert posting.salary_min is None
    page = client.get(answer.location).get_data(as_text=True)
    for kept in ("面议", "很多", "氟新材料产业园3号", "能上夜班吗？", "篮球场、健身角"):
        assert kept in page
    assert 'aria-invalid="true"' not in page  # nobody asked for a verdict yet
    mended = client.post(f"/postings/{posting.id}/edit", data=typed(version=posting.version))
    assert mended.status_code == 303
    assert posting.state is S.SUBMITTED
    assert posting.typed is None


def test_a_draft_needs_only_a_title(author, login, typed):
    client = login(author)
    assert client.post("/postings/new", data={"title": "化验员", "action": "save"}).status_code == 303
    assert client.post("/postings/new", data={"title": "", "action": "save"}).status_code == 422
    assert the_posting().title == "化验员"


def test_the_same_page_sent_twice_is_one_posting(author, login, typed):
    client = login(author)
    first = client.post("/postings/new", data=typed(nonce="abc"))
    second = client.post("/postings/new", data=typed(nonce="abc"))
    assert (first.status_code, second.status_code) == (303, 303)
    assert first.location == second.location
    assert db.session.scalar(select(func.count(Posting.id))) == 1


def test_an_employer_that_is_not_verified_keeps_drafts(make, login, typed):
    author = make.recruiter(make.organization(standing=Standing.SUBMITTED, verified_until=None))
    client = login(author)
    answer = client.post("/postings/new", data=typed(), follow_redirects=False)
    assert answer.status_code == 303
    assert the_posting().state is S.DRAFT
    assert the_posting().typed is None
    assert "单位通过核验后再提交审核" in client.get(answer.location).get_data(as_text=True)


def test_screening_questions_are_kept_in_order(author, login, typed):
    form = typed(
        **{
            "questions-0-text": "能上夜班吗？",
            "questions-0-type": "yes_no",
            "questions-0-is_must": "y",
            "questions-0-wanted": "是",
            "questions-1-text": "哪种证？",
            "questions-1-type": "choice",
            "questions-1-choices": "N1\nN2",
            "questions-4-text": "做过什么？",
            "questions-4-type": "text",
        }
    )
    login(author).post("/postings/new", data=form)
    first, second, third = the_posting().questions
    assert (first["choices"], first["wanted"], first["is_must"]) == (["是", "否"], "是", True)
    assert second["choices"] == ["N1", "N2"]
    assert (third["type"], third["choices"]) == ("text", [])
    assert len({first["id"], second["id"], third["id"]}) == 3


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ({"text": "哪种证？", "type": "choice", "choices": "N1"}, "要有2到6个"),
        ({"text": "做过什么？", "type": "text", "is_must": "y"}, "不能设成必须符合"),
        (
            {"text": "能上夜班吗？", "type": "yes_no", "is_must": "y", "wanted": "也许"},
            "写一个选项作为要的答案",
        ),
        ({"text": "", "type": "choice", "choices": "N1\nN2"}, "写上要问什么"),
        ({"text": "是否已婚？", "type": "yes_no"}, "婚"),
    ],
)
def test_a_question_that_cannot_be_answered_is_refused(author, login, typed, question, sentence):
    form = typed(**{f"questions-0-{name}": value for name, value in question.items()})
    answer = login(author).post("/postings/new", data=form)
    assert answer.status_code == 422
    assert sentence in answer.get_data(as_text=True)


def test_an_internship_asks_for_its_own_fields(author, login, typed):
    form = typed(employment="实习", salary_words="150元/天", kind="internship")
    client = login(author)
    assert client.post("/postings/new", data=form).status_code == 422
    form |= {"extra_days_a_week": "5", "extra_months": "3", "extra_has_agreement": "y"}
    assert client.post("/postings/new", data=form).status_code == 303
    posting = the_posting()
    assert posting.extra == {"days_a_week": 5, "months": 3, "can_stay": False, "has_agreement": True}
    assert posting.kind == "internship"


# ── editing what exists ────────────────────────────────


def test_quiet_changes_stay_public_and_others_go_back_to_review(make, author, login, typed):
    client = login(author)
    client.post("/postings/new", data=typed())
    posting = the_posting()
    with transaction():
        services.publish(posting, make.office(), seen_version=posting.version)
    url = f"/postings/{posting.id}/edit"
    later = (today() + timedelta(days=90)).isoformat()
    quiet = typed(headcount="9", valid_until=later, version=posting.version, action="save")
    assert client.post(url, data=quiet).status_code == 303
    assert (posting.state, posting.headcount) == (S.PUBLISHED, 9)
    loud = typed(
        headcount="9", valid_until=later, version=posting.version, action="save", title="氟化工艺主操"
    )
    assert client.post(url, data=loud).status_code == 303
    assert posting.state is S.SUBMITTED
    page = client.get(f"/postings/{posting.id}/history").get_data(as_text=True)
    assert "氟化工艺操作工" in page
    assert "氟化工艺主操" in page
    assert "3人" in page
    assert db.session.scalar(select(func.count(PostingRevision.id))) == 2


def test_another_order_of_a_list_is_no_change():
    before, after = {"benefits": ["包吃住", "五险一金"]}, {"benefits": ["五险一金", "包吃住"]}
    assert fields.differences("job", before, after) == []
    assert [row[0] for row in fields.differences("job", before, {"benefits": ["包吃住"]})] == ["福利"]


def test_a_published_posting_cannot_be_saved_unfinished(make, author, login, typed):
    client = login(author)
    client.post("/postings/new", data=typed())
    posting = the_posting()
    with transaction():
        services.publish(posting, make.office(), seen_version=posting.version)
    answer = client.post(
        f"/postings/{posting.id}/edit",
        data=typed(salary_words="面议", version=posting.version, action="save"),
    )
    assert answer.status_code == 422
    assert posting.state is S.PUBLISHED
    assert posting.salary_words == "6-8K·13薪"


def test_the_second_of_two_editors_sees_both_versions(make, author, login, typed):
    client = login(author)
    client.post("/postings/new", data=typed(action="save"))
    posting = the_posting()
    seen = posting.version
    colleague = login(make.recruiter(posting.organization))
    url = f"/postings/{posting.id}/edit"
    assert colleague.post(url, data=typed(title="同事的名字", version=seen, action="save")).status_code == 303
    answer = client.post(
        url, data=typed(title="我的名字", duties="<b>我写的</b>内容", version=seen, action="save")
    )
    page = answer.get_data(as_text=True)
    assert answer.status_code == 409
    for shown in ("我的名字", "同事的名字", "&lt;b&gt;我写的&lt;/b&gt;内容"):
        assert shown in page
    assert posting.title == "同事的名字"
    reopened = client.post(url, data=typed(title="我的名字", version=posting.version, action="reopen"))
    assert "我的名字" in reopened.get_data(as_text=True)
    assert (
        client.post(url, data=typed(title="我的名字", version=posting.version, action="save")).status_code
        == 303
    )
    assert posting.title == "我的名字"


def test_a_closed_posting_is_duplicated_not_edited(make, author, login):
    posting = make.posting(membership_of(author).organization, created_by=author, state=S.CLOSED)
    client = login(author)
    assert client.get(f"/postings/{posting.id}/edit").status_code == 409
    answer = client.post(f"/postings/{posting.id}/duplicate")
    copy = db.session.scalars(select(Posting).where(Posting.id != posting.id)).one()
    assert answer.location.endswith(f"/postings/{copy.id}/edit")
    assert (copy.state, copy.title, copy.published_at) == (S.DRAFT, posting.title, None)


def test_a_preview_shows_unsaved_words_and_saves_nothing(author, login, typed):
    answer = login(author).post("/postings/preview", data=typed(title="还没存的"))
    page = answer.get_data(as_text=True)
    assert "还没存的" in page
    assert "每月6,000–8,000元·13薪" in page
    assert "application/ld+json" not in page
    assert db.session.scalar(select(func.count(Posting.id))) == 0


def test_only_a_draft_that_was_never_handed_in_can_be_deleted(make, author, login, typed):
    client = login(author)
    client.post("/postings/new", data=typed(action="save"))
    posting = the_posting()
    assert "删除草稿" in client.get(f"/postings/{posting.id}/discard").get_data(as_text=True)
    assert client.post(f"/postings/{posting.id}/discard").status_code == 303
    client.post("/postings/new", data=typed())
    assert client.post(f"/postings/{the_posting().id}/discard").status_code == 409


# ── who may not ────────────────────────────────────────


def test_other_employers_do_not_see_that_a_posting_exists(make, login, typed):
    posting = make.posting(make.organization(), state=S.DRAFT, published_at=None)
    stranger = login(make.recruiter(make.organization()))
    paths = ("", "/edit", "/history", "/close", "/discard")
    assert [stranger.get(f"/postings/{posting.id}{path}").status_code for path in paths] == [404] * 5
    posts = ("/edit", "/moves/submit", "/close", "/renew", "/duplicate", "/discard")
    assert {stranger.post(f"/postings/{posting.id}{path}", data=typed()).status_code for path in posts} == {
        404
    }


def test_seekers_and_visitors_do_not_post(app, make, login, typed):
    assert login(make.user()).post("/postings/new", data=typed()).status_code == 403
    assert app.test_client().get("/postings/new").status_code == 302
    assert login(make.office()).get("/postings").status_code == 403


def test_a_member_who_was_removed_loses_the_postings_at_once(make, login):
    organization = make.organization()
    author = make.recruiter(organization)
    posting = make.posting(organization, created_by=author)
    client = login(author)
    assert client.get(f"/postings/{posting.id}").status_code == 200
    with transaction():
        membership_of(author).ended_at = now()
    assert client.get(f"/postings/{posting.id}").status_code == 403
