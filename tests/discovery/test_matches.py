"""Pages around matching: why not me, side by side, similar people, coverage while writing, supply and demand, the digest."""

from datetime import datetime, timedelta

import pytest

from app.core.county_time import COUNTY_TIME
from app.core.db import now, transaction
from app.core.fit import Fit, FitReason, FitRow
from app.core.guard import Role
from app.discovery import digest, services
from app.discovery.evidence import side_by_side
from app.events.courses import is_about as is_about_gap
from app.events.models import EventState
from app.notifications.models import Message, Notification
from app.people.content import Content
from app.people.models import Visibility

MONDAY = datetime(2026, 11, 23, 9, tzinfo=COUNTY_TIME)


@pytest.fixture
def posting(make):
    return make.posting(
        requirements="大专以上，3年以上氟化工经验，持氟化工艺作业证。",
        duties="巡检回转炉，开停车，处理报警。",
        degree=3,
        years=3,
        required_certificates=["氟化工艺作业"],
    )


def test_every_requirement_is_shown_with_the_way_to_close_it(make, login, posting):
    page = login(make.person().user).get(f"/jobs/{posting.id}/why").text
    assert "氟化工艺作业" in page
    assert "培训加考试" in page
    assert page.count("<mark>") >= 4
    assert "职位原文" in page
    assert "我的简历" in page


def test_without_resume_or_with_matching_off_the_page_says_what_to_do(make, login, posting):
    assert "开始答题" in login(make.user()).get(f"/jobs/{posting.id}/why").text
    off = make.person(is_matching_on=False)
    page = login(off.user).get(f"/jobs/{posting.id}/why").text
    assert "你关掉了匹配" in page
    assert "<mark>" not in page
    assert login(off.user).get("/jobs/999/why").status_code == 404


def test_an_employer_sees_both_texts_with_the_evidence_marked(make, login, posting):
    person, other = make.person(), make.person()
    page = login(make.recruiter(posting.organization)).get(f"/people/{person.id}?posting={posting.id}").text
    assert page.count("<mark>") >= 2
    assert "做过相近工作的人" in page
    assert f"/people/{other.id}?" in page


def test_who_may_not_be_found_is_not_among_the_similar(make, login, posting):
    person, hidden = make.person(), make.person(visibility=Visibility.APPLIED)
    page = login(make.recruiter(posting.organization)).get(f"/people/{person.id}").text
    assert f"/people/{hidden.id}" not in page


def test_an_enterprise_that_switched_matching_off_sees_no_band_and_nobody_similar(make, login, posting):
    with transaction():
        posting.organization.is_matching_on = False
    person, _ = make.person(), make.person()
    client = login(make.recruiter(posting.organization))
    page = client.get(f"/people/{person.id}?posting={posting.id}").text
    assert "做过相近工作的人" not in page
    assert 'class="band' not in page
    assert "你们关掉了匹配" in client.get(f"/postings/{posting.id}/people").text


def test_marks_are_cut_from_the_texts_and_lose_no_letter(make, posting):
    content = Content.from_dict(
        {"headline": "外操", "summary": "有叉车证，DCS 看过；会开停车", "skills": ["DCS"]}
    )
    fit = Fit(
        3, "", (FitRow("氟化工艺作业", "有叉车证", "自我评价", is_met=False),),
        reasons=(FitReason("会开停车", "开停车", "会开停车", "自我评价"),),
    )  # fmt: skip
    sides = side_by_side(posting, content, fit)
    summary = next(part for part in sides.resume if part.title == "自我评价")
    assert "".join(text for text, _ in summary.pieces) == content.summary
    assert [(text, numbers) for text, numbers in summary.pieces if numbers] == [
        ("有叉车证", (1,)),
        ("会开停车", (2,)),
    ]
    asked = {part.title: [text for text, numbers in part.pieces if numbers] for part in sides.posting}
    assert asked["工作内容"] == ["开停车"]
    assert asked["条件"] == ["氟化工艺作业"]
    assert [(point.number, point.is_met) for point in sides.points] == [(1, False), (2, True)]


def test_the_form_says_how_many_people_its_conditions_leave(make, login):
    for _ in range(3):
        make.person()
    client = login(make.recruiter())
    said = client.post(
        "/postings/coverage", data={"degree": "5", "years": "", "required_certificates": ""}
    ).text
    assert "3个求职者里剩0人" in said
    assert "不要求「硕士及以上」的话有3人" in said
    assert "都够条件" in client.post("/postings/coverage", data={}).text
    odd = {"degree": "99", "years": "-1", "required_certificates": "叉车证、" * 50, "title": "x" * 999}
    assert client.post("/postings/coverage", data=odd).status_code == 200


def test_the_office_sees_supply_and_demand_per_family_and_link(make, login, posting):
    make.person()
    page = login(make.office()).get("/office/supply").text
    assert "生产操作" in page
    assert "共1人" in page
    assert "缺1" in page  # two wanted, one there
    assert login(make.user(Role.SEEKER)).get("/office/supply").status_code in {403, 404}


def test_the_digest_names_new_posts_once_a_week(make, db, posting, monkeypatch):
    person = make.person()
    make.posting(title="外操")
    monkeypatch.setattr(digest, "now", lambda: MONDAY)
    with transaction():
        posting.published_at = MONDAY - timedelta(days=1)
    digest.send_due()
    digest.send_due()
    (row,) = db.session.query(Notification).filter_by(user_id=person.user_id)
    assert "本周有" in row.text
    assert "（" in row.text
    assert db.session.query(Message).filter_by(subject="本周推荐的职位").count() == 1


@pytest.mark.parametrize("moment", [MONDAY + timedelta(days=1), MONDAY.replace(hour=7)])
def test_no_digest_on_other_days_or_at_night(make, db, posting, monkeypatch, moment):
    make.person()
    monkeypatch.setattr(digest, "now", lambda: moment)
    digest.send_due()
    assert db.session.query(Notification).count() == 0


def test_the_digest_can_be_switched_off_and_on(make, login, db, posting):
    person = make.person()
    client = login(person.user)
    assert "每周一把新的推荐发给你" in client.get("/jobs/recommended").text
    client.post("/jobs/recommended/digest", data={"is_on": "0"})
    assert "现在不发每周推荐" in client.get("/jobs/recommended").text
    assert digest.queries.people_due_a_digest(now(), 10) == []
    client.post("/jobs/recommended/digest", data={"is_on": "1"})
    assert [p.id for p in digest.queries.people_due_a_digest(now(), 10)] == [person.id]


def test_who_switched_matching_off_gets_no_digest(make):
    make.person(is_matching_on=False)
    assert digest.queries.people_due_a_digest(now(), 10) == []


def course(gathering, title, introduction="", **given):
    return gathering(title, kind="training", introduction=introduction, **given)


@pytest.mark.parametrize("page", ["/jobs/{}/why", "/jobs/{}", "/jobs/{}/detail", "/jobs/recommended"])
def test_a_missing_certificate_leads_to_the_next_open_course(make, login, posting, gathering, page):
    course(gathering, "叉车司机培训")
    late = course(gathering, "氟化工艺复训班", days=30)
    soon = course(gathering, "特种作业取证培训", "十二月一期，氟化工艺和电工两个工种。", days=12)
    shown = login(make.person().user).get(page.format(posting.id)).text
    assert f'href="/events/{soon.id}"' in shown
    assert "特种作业取证培训" in shown
    assert f'href="/events/{late.id}"' not in shown


@pytest.mark.parametrize(
    "given",
    [
        {"days": -3},
        {"state": EventState.DRAFT, "published_at": None},
        {"people_until": now() - timedelta(days=1)},
        {"kind": "lecture"},
    ],
    ids=["over", "not published", "closed for people", "no course"],
)
def test_what_nobody_can_join_closes_no_gap(make, login, posting, gathering, given):
    given = {"kind": "training"} | given
    event = gathering("氟化工艺取证培训", **given)
    assert f"/events/{event.id}" not in login(make.person().user).get(f"/jobs/{posting.id}/why").text


def test_a_missing_degree_leads_to_a_course_for_the_next_one(make, login, gathering):
    posting = make.posting(degree=4, required_certificates=[])
    event = course(gathering, "明年春季学历提升说明会", "专升本，周末上课。")
    page = login(make.person().user).get(f"/jobs/{posting.id}/why").text
    assert "本科及以上" in page
    assert f'href="/events/{event.id}"' in page


def test_an_employer_reads_what_the_employer_can_do(make, login, posting):
    person = make.person()
    page = login(make.recruiter(posting.organization)).get(f"/people/{person.id}?posting={posting.id}").text
    assert "可以送培，两个月左右" in page
    assert "培训加考试" not in page
    seen = login(person.user).get(f"/jobs/{posting.id}/why").text
    assert "可以送培" not in seen


@pytest.mark.parametrize(
    ("text", "need", "is_about"),
    [
        ("氟化工艺安全培训", "氟化工艺作业", True),
        ("低压电工取证班", "低压电工作业", True),
        ("化学检验员（三级）培训", "化学检验员三级", True),
        ("化学检验员（四级）培训", "化学检验员三级", False),
        ("焊工培训", "低压电工作业", False),
        ("资格证书讲座", "作业证", False),
    ],
)
def test_a_course_is_about_a_certificate_when_it_names_what_is_particular(text, need, is_about):
    assert is_about_gap(text, "certificate", need) is is_about


def test_a_list_ends_with_a_few_weak_ones_under_a_heading_of_their_own(make, login, monkeypatch):
    good, weak = make.posting(), [make.posting(title=f"会计{n}") for n in range(12)]
    found = [(good.id, Fit(3, "做过"))] + [(row.id, Fit(1, "没做过")) for row in weak]
    assert [id_ for id_, _ in services.with_few_weak(found, 30)] == [id_ for id_, _ in found[:9]]
    assert services.with_few_weak(found, 1) == found[:1]
    monkeypatch.setattr("app.discovery.services.recommended", lambda person, limit: found)
    page = login(make.person().user).get("/jobs/recommended").text
    assert page.count("匹配弱") == services.MOST_WEAK
    assert page.index("匹配强") < page.index("也可以看看") < page.index("匹配弱")


def test_a_page_of_nothing_but_weak_ones_says_so(make, login, monkeypatch):
    found = [(make.posting().id, Fit(1, "没做过"))]
    monkeypatch.setattr("app.discovery.services.recommended", lambda person, limit: found)
    page = login(make.person().user).get("/jobs/recommended").text
    assert "现在没有很合适的职位" in page
