"""The desk, the candidate, the seeker's pages: what they show, to whom, and what they cost."""

import csv
import io
from datetime import timedelta

import pytest
from openpyxl import load_workbook
from sqlalchemy import func, select

from app.applications import services
from app.applications.models import ApplicationExport, ApplicationNote, Stage, ThreadMessage
from app.core.audit import AuditEntry
from app.core.county_time import today
from app.core.db import now, transaction
from app.organizations.models import Standing
from app.organizations.queries import membership_of
from app.people.models import ProfileView
from app.postings.models import PostingState

NASTY = "<script>alert(1)</script>𠮷🧪"


def audit_rows(db):
    return db.session.scalar(select(func.count()).select_from(AuditEntry))


def test_opening_a_candidate_marks_it_viewed_once_with_one_audit_row(scene, hand_in, login, db):
    application = hand_in(scene.person, scene.posting)
    client = login(scene.recruiter)
    before = audit_rows(db)
    page = client.get(f"/desk/candidates/{application.id}").text
    assert audit_rows(db) == before + 1
    db.session.refresh(application)
    assert application.stage is Stage.VIEWED
    client.get(f"/desk/candidates/{application.id}")
    assert audit_rows(db) == before + 1
    assert db.session.scalars(select(ProfileView)).one().organization_id == scene.organization.id
    assert scene.seeker.phone in page
    assert "已查看" in login(scene.seeker).get(f"/applications/{application.id}").text


def test_other_employers_seekers_and_visitors_see_no_candidate(scene, hand_in, make, login, app, db):
    application = hand_in(scene.person, scene.posting)
    path = f"/desk/candidates/{application.id}"
    assert login(make.recruiter()).get(path).status_code == 404
    assert login(scene.seeker).get(path).status_code == 403
    assert login(make.office()).get(path).status_code == 403
    assert app.test_client().get(path).status_code in {302, 303}
    assert login(make.user()).get(f"/applications/{application.id}").status_code == 404
    assert login(make.user()).get(f"/applications/{application.id}/withdraw").status_code == 404
    db.session.refresh(application)
    assert application.stage is Stage.SUBMITTED


def test_a_removed_member_loses_everything_at_the_next_request(scene, hand_in, login):
    application = hand_in(scene.person, scene.posting)
    client = login(scene.recruiter)
    assert client.get("/desk").status_code == 200
    with transaction():
        membership_of(scene.recruiter).ended_at = now()
    for path in ("/desk", "/desk/pipeline", "/desk/interviews", f"/desk/candidates/{application.id}"):
        response = client.get(path)
        assert response.status_code == 403
        assert "你已不在这个单位" in response.text


def test_a_suspended_employer_reads_and_is_told_that_it_cannot_move(scene, hand_in, login, db):
    application = hand_in(scene.person, scene.posting)
    client = login(scene.recruiter)
    client.get(f"/desk/candidates/{application.id}")
    with transaction():
        scene.organization.standing, scene.organization.suspend_reason = Standing.SUSPENDED, "收费"
    for path in ("/desk", "/desk/pipeline?stage=viewed", f"/desk/candidates/{application.id}"):
        page = client.get(path)
        assert page.status_code == 200
        assert "单位已停用" in page.text
    db.session.refresh(application)
    for path, data in (
        (f"/desk/candidates/{application.id}/move", {"verb": "shortlist", "version": application.version}),
        (f"/desk/candidates/{application.id}/messages", {"text": "你好"}),
        (f"/desk/candidates/{application.id}/notes", {"note-text": "记一下"}),
        ("/desk/pipeline", {"verb": "shortlist", "id": f"{application.id}.{application.version}"}),
    ):
        response = client.post(path, data=data)
        assert response.status_code == 403
        assert "单位已停用" in response.text
    assert client.get(f"/desk/candidates/{application.id}/invite").status_code == 403
    db.session.refresh(application)
    assert application.stage is Stage.VIEWED


def test_after_withdrawal_the_employer_sees_no_resume_and_no_phone(scene, hand_in, login):
    application = hand_in(scene.person, scene.posting)
    seeker = login(scene.seeker)
    assert "不再看到你的简历和电话" in seeker.get(f"/applications/{application.id}/withdraw").text
    assert seeker.post(f"/applications/{application.id}/withdraw").status_code == 303
    page = login(scene.recruiter).get(f"/desk/candidates/{application.id}").text
    assert scene.seeker.phone not in page
    assert "外操" not in page
    assert "撤回了投递" in page


def test_a_rejection_goes_through_its_own_page_and_shows_the_reason(scene, hand_in, login, db):
    application = hand_in(scene.person, scene.posting)
    client = login(scene.recruiter)
    path = f"/desk/candidates/{application.id}/move"
    assert "请选一个原因" in client.get(f"{path}?verb=reject").text
    base = {"verb": "reject", "version": application.version}
    assert client.post(path, data=base).status_code == 422
    other = client.post(path, data={**base, "reason": "其他"})
    assert other.status_code == 422
    assert "应聘者会看到" in other.text
    done = client.post(path, data={**base, "reason": "缺必须的证书", "words": NASTY})
    assert done.status_code == 303
    page = login(scene.seeker).get(f"/applications/{application.id}").text
    assert "缺必须的证书" in page
    assert "<script>alert(1)" not in page


def test_a_move_that_is_not_in_the_table_is_not_found(scene, hand_in, login):
    application = hand_in(scene.person, scene.posting)
    client = login(scene.recruiter)
    for verb in ("", "nonsense", "withdraw", "lapse", "offer", "invite"):
        data = {"verb": verb, "version": application.version}
        assert client.post(f"/desk/candidates/{application.id}/move", data=data).status_code == 404


def test_a_stale_page_gets_a_409_that_says_what_is_so(scene, hand_in, login, take):
    application = hand_in(scene.person, scene.posting)
    seen = application.version
    take(application, "shortlist", scene.recruiter)
    response = login(scene.recruiter).post(
        f"/desk/candidates/{application.id}/move",
        data={"verb": "reject", "version": seen, "reason": "缺必须的证书"},
    )
    assert response.status_code == 409
    assert "初筛通过" in response.text


def test_both_sides_talk_and_what_they_write_is_shown_as_text(scene, hand_in, login, db):
    application = hand_in(scene.person, scene.posting)
    seeker, recruiter = login(scene.seeker), login(scene.recruiter)
    assert seeker.post(f"/applications/{application.id}/messages", data={"text": NASTY}).status_code == 303
    assert "1条新消息" not in seeker.get("/applications").text
    page = recruiter.get(f"/desk/candidates/{application.id}").text
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;𠮷🧪" in page
    assert db.session.scalars(select(ThreadMessage)).one().read_at is not None
    path = f"/desk/candidates/{application.id}/messages"
    assert recruiter.post(path, data={"text": "周三能来吗？"}).status_code == 303
    assert "1条新消息" in seeker.get("/applications").text
    assert "周三能来吗？" in seeker.get(f"/applications/{application.id}").text


@pytest.mark.parametrize(("text", "status"), [("", 422), ("  ", 422), ("字" * 2000, 303), ("字" * 2001, 422)])
def test_a_message_has_one_to_two_thousand_characters(scene, hand_in, login, text, status):
    application = hand_in(scene.person, scene.posting)
    response = login(scene.seeker).post(f"/applications/{application.id}/messages", data={"text": text})
    assert response.status_code == status
    if status == 422 and text.strip():
        assert text in response.text


def test_the_thread_closes_with_the_application(scene, hand_in, take, login):
    application = hand_in(scene.person, scene.posting)
    take(application, "reject", scene.recruiter, "已经招满")
    response = login(scene.seeker).post(f"/applications/{application.id}/messages", data={"text": "为什么"})
    assert response.status_code == 409
    assert "不能再发消息" in response.text


def test_notes_are_for_colleagues_only(scene, hand_in, login, db):
    application = hand_in(scene.person, scene.posting)
    client = login(scene.recruiter)
    path = f"/desk/candidates/{application.id}"
    assert client.post(f"{path}/notes", data={"note-text": "手法熟练，先留着"}).status_code == 303
    assert db.session.scalars(select(ApplicationNote)).one().author_id == scene.recruiter.id
    assert "手法熟练" in client.get(path).text
    assert "手法熟练" not in login(scene.seeker).get(f"/applications/{application.id}").text
    assert client.post(f"{path}/notes", data={"note-text": ""}).status_code == 422


def test_the_desk_says_what_to_do_first(scene, hand_in, invited, make, login, offered, take):
    client = login(scene.recruiter)
    assert "眼下没有要赶着做的事" in client.get("/desk").text
    old = hand_in(scene.person, scene.posting)
    invited(hand_in(make.person(), scene.posting), scene.recruiter, hours=(5,))
    make.posting(scene.organization, title="快到期的", valid_until=today() + timedelta(days=3))
    make.posting(
        scene.organization, title="被退回的", state=PostingState.RETURNED, return_reason="缺最低月薪"
    )
    due = hand_in(make.person(), scene.posting)
    take(due, "shortlist", scene.recruiter)
    offered(due, scene.recruiter, answer_by=today() + timedelta(days=1))
    with transaction():
        old.moved_at = now() - timedelta(days=4)
    page = client.get("/desk").text
    for words in ("面试邀约一天内到期", "录用通知等着收尾", "投递超过3天没回应", "快到期的", "缺最低月薪"):
        assert words in page


def test_the_desk_shows_columns_and_how_many_more(scene, hand_in, make, login, take):
    for _ in range(8):
        hand_in(make.person(), scene.posting)
    other = make.posting(scene.organization, title="化验员")
    take(hand_in(scene.person, other), "shortlist", scene.recruiter)
    client = login(scene.recruiter)
    page = client.get("/desk").text
    assert "还有2人" in page
    assert scene.person.name in page
    filtered = client.get(f"/desk?posting={scene.posting.id}").text
    assert f"/desk/candidates/{9}" not in filtered
    assert 'aria-label="去掉条件：职位' in filtered


def test_words_filter_names_and_resumes_as_text(scene, hand_in, make, login):
    found = make.person(content={"headline": "槽车充装 100% 持证"})
    hand_in(found, scene.posting)
    hand_in(scene.person, scene.posting)
    client = login(scene.recruiter)
    page = client.get("/desk/pipeline?words=槽车充装").text
    assert found.name in page
    assert scene.person.name not in page
    assert found.name in client.get("/desk/pipeline?words=100%").text
    assert "这一栏没有人" in client.get("/desk/pipeline?words=%25%25").text


def test_a_list_opens_at_the_first_stage_in_which_somebody_waits(scene, hand_in, login, take):
    application = hand_in(scene.person, scene.posting)
    take(application, "shortlist", scene.recruiter)
    page = login(scene.recruiter).get("/desk/pipeline").text
    assert scene.person.name in page
    assert "这一栏没有人" in login(scene.recruiter).get("/desk/pipeline?stage=new").text


def test_bulk_moves_from_the_list(scene, hand_in, make, login, db, take):
    rows = [hand_in(make.person(), scene.posting) for _ in range(3)]
    ids = [f"{row.id}.{row.version}" for row in rows]
    take(rows[2], "view", scene.recruiter)
    client = login(scene.recruiter)
    assert client.post("/desk/pipeline?stage=new", data={"verb": "shortlist"}).status_code == 422
    assert client.post("/desk/pipeline?stage=new", data={"verb": "reject", "id": ids}).status_code == 422
    before = audit_rows(db)
    page = client.post(
        "/desk/pipeline?stage=new",
        data={"verb": "reject", "reason": "岗位已经招满", "id": [*ids, "x", "9.a"]},
    )
    assert "处理了2人，1人没有动" in page.text
    assert rows[2].person.name in page.text
    assert audit_rows(db) == before + 1
    db.session.expire_all()
    assert [row.stage for row in rows] == [Stage.REJECTED, Stage.REJECTED, Stage.VIEWED]


def test_a_bulk_refusal_without_a_reason_keeps_the_ticks_and_opens_the_list_of_reasons(
    scene, hand_in, make, login
):
    ticked, other = hand_in(scene.person, scene.posting), hand_in(make.person(), scene.posting)
    page = login(scene.recruiter).post(
        "/desk/pipeline?stage=new", data={"verb": "reject", "id": f"{ticked.id}.{ticked.version}"}
    )
    assert page.status_code == 422
    assert f'value="{ticked.id}.{ticked.version}" checked' in page.text
    assert f'value="{other.id}.{other.version}" checked' not in page.text
    assert "data-menu open" in page.text
    assert '<select class="form-select" id="reason" name="reason" aria-invalid="true"' in page.text


def test_a_clean_bulk_move_comes_back_to_the_list(scene, hand_in, login):
    row = hand_in(scene.person, scene.posting)
    response = login(scene.recruiter).post(
        "/desk/pipeline?stage=new", data={"verb": "shortlist", "id": f"{row.id}.{row.version}"}
    )
    assert response.status_code == 303
    assert response.location.endswith("/desk/pipeline?stage=new")


def test_applications_leave_as_a_table_whose_cells_stay_text(scene, hand_in, make, login, db):
    formula = make.person(content={"headline": "=1+1"})
    hand_in(formula, scene.posting)
    gone = hand_in(scene.person, scene.posting)
    with transaction():
        services.withdraw(gone, scene.seeker)
    client = login(scene.recruiter)
    before = audit_rows(db)
    sheet = load_workbook(io.BytesIO(client.post("/desk/export.xlsx").data)).active
    cells = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert cells[0][0] == "姓名"
    assert len(cells) == 3
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    assert audit_rows(db) == before + 1
    rows = list(csv.reader(io.StringIO(client.post("/desk/export.csv").data.decode("utf-8-sig"))))
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)
    assert scene.seeker.phone not in str(rows)
    assert [row.row_count for row in db.session.scalars(select(ApplicationExport))] == [2, 2]


def test_lists_cost_the_same_however_long(scene, hand_in, make, login, queries_run):
    recruiter, seeker = login(scene.recruiter), login(scene.seeker)
    for _ in range(6):
        hand_in(scene.person, make.posting(scene.organization))
    pages = ((recruiter, "/desk"), (recruiter, "/desk/pipeline"), (seeker, "/applications"))

    def costs():
        found = []
        for client, path in pages:
            with queries_run() as seen:
                assert client.get(path).status_code == 200
            found.append(len(seen))
        return found

    costs()
    before = costs()
    for _ in range(6):
        hand_in(make.person(), scene.posting)
        hand_in(scene.person, make.posting(scene.organization))
    assert costs() == before
    assert max(before) <= 20


def test_the_seekers_list_filters_pages_and_says_what_to_do_when_empty(scene, hand_in, make, login, take):
    assert "还没有投过职位" in login(make.user()).get("/applications").text
    client = login(scene.seeker)
    assert "还没有投过职位" in client.get("/applications").text
    application = hand_in(scene.person, scene.posting)
    assert "还没有投过职位" not in client.get("/applications").text
    assert "这一类里没有投递" in client.get("/applications?show=over").text
    take(application, "reject", scene.recruiter, "已经招满")
    assert "原因：已经招满" in client.get("/applications?show=over").text
    for _ in range(21):
        hand_in(scene.person, make.posting(scene.organization))
    assert "第2页" in client.get("/applications?page=2").text


def test_pages_are_shown_in_english_too(scene, hand_in, login):
    application = hand_in(scene.person, scene.posting)
    for client, path in (
        (login(scene.seeker), f"/applications/{application.id}"),
        (login(scene.recruiter), "/desk"),
        (login(scene.recruiter), f"/desk/candidates/{application.id}"),
    ):
        assert client.get(f"{path}?lang=en").status_code == 200
        assert client.get(f"{path}?lang=zh-Hant").status_code == 200
