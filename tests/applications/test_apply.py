"""Handing in: the page, its refusals, and one application however often the button is pressed."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app.applications import queries, services
from app.applications.models import Application, Stage
from app.applications.services.applying import EmployerIsBlocked, OwnEmployer
from app.core.audit import AuditEntry
from app.core.county_time import today
from app.core.db import transaction
from app.notifications.models import Notification
from app.organizations.models import Standing
from app.organizations.queries import membership_of
from app.people.models import BlockedEmployer, Resume, ResumeSnapshot
from app.people.queries import main_resume
from app.postings.models import PostingState

QUESTIONS = [
    {"id": "a", "type": "yes_no", "text": "能上夜班吗？", "choices": [], "is_must": True, "wanted": "是"},
    {
        "id": "b",
        "type": "choice",
        "text": "住哪里？",
        "choices": ["清流", "外县"],
        "is_must": False,
        "wanted": "",
    },
    {"id": "c", "type": "text", "text": "做过哪些工艺？", "choices": [], "is_must": False, "wanted": ""},
]


def url(posting):
    return f"/jobs/{posting.id}/apply"


def typed(person, **more):
    return {"resume": main_resume(person).id, "consent": "y", **more}


def count(db, model):
    return db.session.scalar(select(func.count()).select_from(model))


def test_the_page_names_the_employer_and_what_is_handed_over(scene, login):
    page = login(scene.seeker).get(url(scene.posting)).text
    assert f"交给{scene.organization.name}" in page
    assert " ".join((scene.seeker.phone[:3], scene.seeker.phone[3:7], scene.seeker.phone[7:])) in page
    assert 'name="consent"' in page
    assert "checked" not in page.split('name="consent"')[1].split(">")[0]


def test_applying_hands_over_a_snapshot_with_a_consent(scene, login, db):
    response = login(scene.seeker).post(url(scene.posting), data=typed(scene.person))
    application = queries.find(scene.posting, scene.person)
    assert response.status_code == 303
    assert response.location == f"/applications/{application.id}"
    assert scene.organization.name in application.consent_text
    assert application.snapshot.content == main_resume(scene.person).content
    told = db.session.scalars(select(Notification).where(Notification.user_id == scene.recruiter.id)).one()
    assert told.path == f"/desk/candidates/{application.id}"


def test_applying_leaves_exactly_one_audit_row_without_the_resume(scene, login, db):
    client = login(scene.seeker)
    before = count(db, AuditEntry)
    client.post(url(scene.posting), data=typed(scene.person))
    rows = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id).offset(before)).all()
    assert [row.action for row in rows] == ["applications.apply"]
    assert rows[0].record == f"applications:{queries.find(scene.posting, scene.person).id}"
    assert "外操" not in str(rows[0].changes)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"consent": ""}, "要勾选同意"),
        ({"resume": ""}, "请选一份简历"),
        ({"resume": "99999"}, "请从给出的里面选一个"),
    ],
)
def test_what_is_missing_is_named_and_nothing_is_handed_in(scene, login, db, data, sentence):
    response = login(scene.seeker).post(url(scene.posting), data=typed(scene.person) | data)
    assert response.status_code == 422
    assert sentence in response.text
    assert count(db, Application) == 0


def test_somebody_elses_resume_cannot_be_handed_in(scene, login, make, db):
    theirs = main_resume(make.person())
    response = login(scene.seeker).post(url(scene.posting), data=typed(scene.person) | {"resume": theirs.id})
    assert response.status_code == 422
    assert count(db, Application) == 0


def test_answers_are_kept_and_an_unmet_must_have_is_told_but_refuses_nobody(scene, make, login):
    posting = make.posting(scene.organization, questions=QUESTIONS)
    answers = {"answer_a": "否", "answer_b": "外县", "answer_c": "<b>聚合</b> 𠮷 🧪"}
    client = login(scene.seeker)
    assert "公司的必要条件" in client.get(url(posting)).text
    response = client.post(url(posting), data=typed(scene.person, **answers), follow_redirects=True)
    application = queries.find(posting, scene.person)
    assert application.stage is Stage.SUBMITTED
    assert [(row["answer"], row["is_met"]) for row in application.answers] == [
        ("否", False),
        ("外县", None),
        ("<b>聚合</b> 𠮷 🧪", None),
    ]
    assert "系统不会因此筛掉你" in response.text
    assert "<b>聚合</b>" not in response.text
    assert "&lt;b&gt;聚合&lt;/b&gt; 𠮷 🧪" in response.text


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        ({"answer_a": "", "answer_c": "写了"}, "请选一个"),
        ({"answer_a": "是", "answer_b": "月球", "answer_c": "写了"}, "请从给出的里面选一个"),
        ({"answer_a": "是", "answer_b": "清流", "answer_c": ""}, "请写一句"),
        ({"answer_a": "是", "answer_b": "清流", "answer_c": "长" * 501}, "最多 500 字"),
    ],
)
def test_bad_answers_are_named_and_what_was_typed_stays(scene, make, login, answers, sentence):
    posting = make.posting(scene.organization, questions=QUESTIONS)
    response = login(scene.seeker).post(url(posting), data=typed(scene.person, **answers))
    assert response.status_code == 422
    assert sentence in response.text
    if answers.get("answer_c"):
        assert answers["answer_c"] in response.text


def test_a_hundred_thousand_characters_get_a_clear_answer(scene, make, login):
    posting = make.posting(scene.organization, questions=QUESTIONS)
    data = typed(scene.person, answer_a="是", answer_b="清流", answer_c="字" * 100_000)
    response = login(scene.seeker).post(url(posting), data=data)
    assert response.status_code == 422
    assert "最多 500 字" in response.text


def test_pressing_again_shows_the_first_application_as_success(scene, login, db):
    client = login(scene.seeker)
    first = client.post(url(scene.posting), data=typed(scene.person))
    again = client.post(url(scene.posting), data=typed(scene.person))
    assert (first.status_code, again.status_code) == (303, 303)
    assert first.location == again.location
    assert client.get(url(scene.posting)).status_code == 303
    assert count(db, Application) == 1


def test_two_applications_with_one_version_share_a_snapshot(scene, make, hand_in, db):
    hand_in(scene.person, scene.posting)
    hand_in(scene.person, make.posting(scene.organization))
    assert count(db, ResumeSnapshot) == 1


def test_editing_the_resume_later_does_not_change_what_was_handed_in(scene, hand_in):
    application = hand_in(scene.person, scene.posting)
    with transaction():
        main_resume(scene.person).content = {"headline": "改过的"}
    assert application.snapshot.content["headline"] == "氟化工操作工"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda p, o: setattr(p, "state", PostingState.CLOSED), "停止招聘"),
        (lambda p, o: setattr(p, "state", PostingState.PAUSED), "暂停了这个职位"),
        (lambda p, o: setattr(p, "valid_until", today() - timedelta(days=1)), "过了有效期"),
        (lambda p, o: setattr(o, "standing", Standing.SUSPENDED), "现在不能招聘"),
        (lambda p, o: setattr(o, "verified_until", today() - timedelta(days=1)), "现在不能招聘"),
    ],
)
def test_a_posting_that_ends_while_somebody_applies_keeps_what_was_typed(
    scene, make, login, db, change, sentence
):
    posting = make.posting(scene.organization, questions=QUESTIONS)
    other = make.posting(title="化验员")
    client = login(scene.seeker)
    assert client.get(url(posting)).status_code == 200
    with transaction():
        change(posting, scene.organization)
    data = typed(scene.person, answer_a="是", answer_b="清流", answer_c="做过三年含氟聚合")
    response = client.post(url(posting), data=data)
    assert response.status_code == 409
    assert sentence in response.text
    assert "做过三年含氟聚合" in response.text
    assert other.title in response.text
    assert count(db, Application) == 0


def test_a_blocked_employer_is_asked_about_first(scene, login, db):
    with transaction() as session:
        session.add(BlockedEmployer(person_id=scene.person.id, organization_id=scene.organization.id))
    client = login(scene.seeker)
    assert "你屏蔽了这家公司" in client.get(url(scene.posting)).text
    refused = client.post(url(scene.posting), data=typed(scene.person))
    assert refused.status_code == 422
    assert "请先确认" in refused.text
    done = client.post(url(scene.posting), data=typed(scene.person, lifts_block="y"))
    assert done.status_code == 303
    assert count(db, Application) == 1


def test_the_service_itself_asks_about_a_blocked_employer(scene, hand_in):
    with transaction() as session:
        session.add(BlockedEmployer(person_id=scene.person.id, organization_id=scene.organization.id))
    with pytest.raises(EmployerIsBlocked):
        hand_in(scene.person, scene.posting)


def test_nobody_applies_to_their_own_employer(scene, make, hand_in):
    membership = membership_of(scene.recruiter)
    with pytest.raises(OwnEmployer):
        hand_in(scene.person, scene.posting, membership=membership)


def test_a_seeker_without_a_resume_is_led_to_the_eight_questions_and_back(scene, make, login):
    response = login(make.user()).get(url(scene.posting))
    assert response.status_code == 303
    assert "next=%2Fjobs%2F" in response.location or f"next=/jobs/{scene.posting.id}" in response.location


def test_a_visitor_is_led_to_sign_in_and_recruiters_may_not_apply(scene, app, login):
    visitor = app.test_client().get(url(scene.posting))
    assert visitor.status_code in {302, 303}
    assert "next" in visitor.location
    assert login(scene.recruiter).get(url(scene.posting)).status_code == 403


def test_an_unknown_posting_is_not_found(scene, login):
    assert login(scene.seeker).get("/jobs/999999/apply").status_code == 404


def test_a_withdrawn_application_is_handed_in_anew_with_the_resume_of_now(scene, hand_in, login, db):
    application = hand_in(scene.person, scene.posting)
    with transaction():
        services.withdraw(application, scene.seeker)
        resume = db.session.scalars(select(Resume)).one()
        resume.content = {"headline": "新的一版"}
    response = login(scene.seeker).post(url(scene.posting), data=typed(scene.person))
    db.session.refresh(application)
    assert response.status_code == 303
    assert application.stage is Stage.SUBMITTED
    assert application.snapshot.content["headline"] == "新的一版"
    assert count(db, Application) == 1


def test_a_rejected_application_is_not_handed_in_anew(scene, hand_in, take, db):
    application = hand_in(scene.person, scene.posting)
    take(application, "reject", scene.recruiter, "已经招满")
    assert hand_in(scene.person, scene.posting) is application
    assert application.stage is Stage.REJECTED
