"""The eight questions, answered by a seeker with a phone and no script."""

import pytest
from sqlalchemy import func, select

from app.core.audit import AuditEntry
from app.core.guard import Role
from app.people.content import Certificate, Content, Intention, Project, Work
from app.people.models import Person, QuickAnswers, Resume, Visibility
from app.people.quick import brought_up_to_date

ANSWERS = {
    1: {"families": ["生产操作", "分析检测"], "words": "氟化操作工"},
    2: {"title": "外操", "employer": "某氟化工厂", "months": "2", "is_current": "y", "text": "巡检、开停车"},
    3: {"degree": "3", "school": "某职业学院", "major": "应用化工技术", "year": "2022"},
    4: {"held": ["氟化工艺作业"], "words": "化学检验员三级、焊工"},
    5: {"shifts": ["长白班", "夜班"]},
    6: {"places": ["350423"]},
    7: {"salary_min": "5500"},
    8: {"arrival": "两周内"},
}


@pytest.fixture
def seeker(make):
    return make.user(Role.SEEKER)


@pytest.fixture
def client(login, seeker):
    return login(seeker)


def audit_rows(db):
    return db.session.scalar(select(func.count()).select_from(AuditEntry))


def answer_all(client, target=""):
    for step, data in ANSWERS.items():
        answer = client.post(f"/me/quick/{step}{target}", data=data)
        assert answer.status_code == 303, answer.text
    return answer


def test_a_visitor_signs_in_first_and_comes_back_to_the_question(app):
    answer = app.test_client().get("/me/quick/1?next=/jobs/7/apply")
    assert answer.status_code == 302
    assert "/sign-in?next=/me/quick/1?next%3D/jobs/7/apply" in answer.location


def test_eight_answers_become_the_main_resume(client, seeker, db):
    assert answer_all(client).location == "/me/quick/done"
    resume = db.session.scalars(select(Resume)).one()
    content = Content.from_dict(resume.content)
    assert resume.is_main and resume.person.user_id == seeker.id and resume.person.name == seeker.name
    assert content.headline == "氟化操作工" and content.intention.jobs == ("氟化操作工",)
    assert content.work[0].title == "外操" and content.work[0].is_current and content.work[0].started_on
    assert content.education[0].degree == 3 and content.education[0].ended_on == "2022-06"
    assert [each.name for each in content.certificates] == ["氟化工艺作业", "化学检验员三级", "焊工"]
    assert content.intention.families == ("生产操作", "分析检测")
    assert (content.intention.salary_min, content.intention.arrival) == (5500, "两周内")
    page = client.get("/me/quick/done").text
    assert "8题做好了" in page and "去找职位" in page and "技能" in page
    assert f"/me/resumes/{resume.id}/view" in page


def test_every_answer_is_saved_at_once_with_one_audit_row(client, db):
    for step, data in ANSWERS.items():
        before = audit_rows(db)
        client.post(f"/me/quick/{step}", data=data)
        assert audit_rows(db) == before + 1
        assert len(db.session.scalars(select(QuickAnswers)).one().answers) == step


def test_going_back_shows_what_was_answered(client):
    client.post("/me/quick/1", data=ANSWERS[1])
    client.post("/me/quick/2", data=ANSWERS[2])
    first, second = client.get("/me/quick/1").text, client.get("/me/quick/2").text
    assert 'value="氟化操作工"' in first and 'value="生产操作" checked' in first
    assert "巡检、开停车" in second and 'value="2" checked' in second
    third = client.get("/me/quick/3").text
    assert "已经答了2题" in third and "某氟化工厂 外操" in third and "上一题" in third


def test_the_way_back_to_the_application_is_kept_through_all_questions(client):
    answer = answer_all(client, "?next=/jobs/7/apply")
    assert answer.location == "/me/quick/done?next=/jobs/7/apply"
    page = client.get(answer.location).text
    assert 'href="/jobs/7/apply"' in page and "接着投递" in page
    assert "next=/jobs/7/apply" in client.get("/me/quick/4?next=/jobs/7/apply").text
    stranger = client.post("/me/quick/4?next=https://evil.example/", data={})
    assert stranger.location == "/me/quick/5"


@pytest.mark.parametrize(
    ("step", "data", "sentence"),
    [
        (1, {}, "选一类，或在下面写一个"),
        (1, {"families": ["研发", "工艺", "设备", "电气", "质量", "管理"]}, "最多选5类"),
        (1, {"words": "工" * 61}, "最多 60 字"),
        (2, {"employer": "某厂"}, "写一下做什么"),
        (2, {"title": "焊工", "text": "焊" * 100_000}, "最多 1000 字"),
        (3, {}, "请选一项"),
        (3, {"degree": "0"}, "请选一项"),
        (3, {"degree": "大专"}, "请选一项"),
        (3, {"degree": "3", "year": "20222"}, "请填年份"),
        (4, {"words": "证" * 81}, "一个证最多80字"),
        (6, {}, "至少选一个地方"),
        (7, {"salary_min": ""}, "请填一个数"),
        (7, {"salary_min": "50"}, "请填每月多少元"),
        (8, {}, "请选一项"),
        (8, {"arrival": "明年"}, "请选一项"),
    ],
)
def test_a_bad_answer_is_named_and_nothing_typed_is_lost(client, db, step, data, sentence):
    answer = client.post(f"/me/quick/{step}", data=data)
    assert answer.status_code == 422 and sentence in answer.text
    for name, value in data.items():
        if name in {"words", "employer", "text", "salary_min"}:
            assert value in answer.text
    assert db.session.scalar(select(QuickAnswers)) is None


def test_html_emoji_and_rare_characters_are_text(client, db):
    typed = "<script>alert(1)</script>𠮷🙂"
    client.post("/me/quick/1", data={"words": typed})
    page = client.get("/me/quick/1").text
    assert "<script>alert" not in page and "&lt;script&gt;alert(1)&lt;/script&gt;𠮷🙂" in page
    assert "<script>alert" not in client.get("/me/quick/2").text


def test_somebody_who_never_worked_gets_a_resume_too(client, db):
    for step, data in {**ANSWERS, 2: {"is_new": "y"}, 4: {}, 5: {}}.items():
        assert client.post(f"/me/quick/{step}", data=data).status_code == 303
    content = Content.from_dict(db.session.scalars(select(Resume)).one().content)
    assert content.work == () and content.certificates == ()


def test_answering_again_brings_the_same_resume_up_to_date(client, db):
    answer_all(client)
    client.post("/me/quick/7", data={"salary_min": "7000"})
    client.post("/me/quick/8", data=ANSWERS[8])
    resume = db.session.scalars(select(Resume)).one()
    assert resume.content["intention"]["salary_min"] == 7000 and resume.version == 2


def test_what_was_edited_by_hand_survives_answering_again():
    made = Content(
        headline="操作工", work=(Work(employer="甲厂", title="外操"),), intention=Intention(salary_min=5000)
    )
    kept = Content(
        headline="五年氟化操作工",
        work=(Work(employer="甲厂", title="外操", text="自己补的"),),
        projects=(Project(name="技改"),),
        intention=Intention(salary_min=5000, jobs=("内操",)),
    )
    new = Content(
        headline="操作工",
        work=(Work(employer="乙厂", title="内操"),),
        certificates=(Certificate(name="焊工"),),
        intention=Intention(salary_min=6000),
    )
    merged = brought_up_to_date(kept, made, new)
    assert merged.headline == "五年氟化操作工" and merged.projects == kept.projects
    assert [each.employer for each in merged.work] == ["乙厂", "甲厂"] and merged.work[1].text == "自己补的"
    assert merged.certificates == new.certificates
    assert merged.intention == Intention(salary_min=6000, jobs=("内操",))


def test_the_name_is_asked_only_of_those_who_have_none(make, login, client, db):
    assert "怎么称呼你" not in client.get("/me/quick/8").text
    nameless = make.user(Role.SEEKER, name="")
    client = login(nameless)
    assert "怎么称呼你" in client.get("/me/quick/8").text
    client.post("/me/quick/8", data={**ANSWERS[8], "name": "小林"})
    assert db.session.scalars(select(Person)).one().name == "小林" and nameless.name == "小林"


def test_one_press_lets_enterprises_find_me(client, db):
    answer_all(client)
    assert db.session.scalars(select(Person)).one().visibility is Visibility.APPLIED
    before = audit_rows(db)
    assert client.post("/me/quick/visible").location == "/me/quick/done"
    assert db.session.scalars(select(Person)).one().visibility is Visibility.ENTERPRISES
    assert audit_rows(db) == before + 1
    assert "已核验的企业能找到你" in client.get("/me/quick/done").text


def test_steps_that_do_not_exist_lead_to_the_first(client):
    assert client.get("/me/quick/9").location == "/me/quick/1"
    assert client.get("/me/quick/0?next=/jobs").location == "/me/quick/1?next=/jobs"
    assert client.get("/me/quick/done").location == "/me/quick/1"


def test_only_seekers_answer(make, login):
    assert login(make.recruiter()).get("/me/quick/1").status_code == 403
    assert login(make.office()).post("/me/quick/1", data=ANSWERS[1]).status_code == 403
