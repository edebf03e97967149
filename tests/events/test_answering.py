"""Organizer and enterprise hear each other: withdrawn, called off, changed, and a word after each press."""

from datetime import timedelta

import pytest

from app.core.db import db, now
from app.events.models import EventState, Exhibitor, ExhibitorState, Meeting, MeetingState, Scan
from app.events.queries.exhibiting import ties_of
from app.notifications.models import Notification
from tests.events.conftest import saved


def desk(event):
    return f"/organize/events/{event.id}"


def told():
    return [row.text for row in db.session.query(Notification)]


def test_an_invitation_is_taken_back_and_made_again(fair, make, login):
    event, company = fair(state=EventState.DRAFT), make.organization()
    office, recruiter = login(make.office()), login(make.recruiter(company))
    office.post(f"{desk(event)}/exhibitors/invite", data={"names": company.name})
    row = db.session.query(Exhibitor).one()
    page = office.get(f"{desk(event)}/exhibitors").get_data(as_text=True)
    assert "收回邀请" in page
    path = f"{desk(event)}/exhibitors/{row.id}/decide"
    assert office.post(path, data={"verb": "withdraw"}).status_code == 303
    assert db.session.get(Exhibitor, row.id).state is ExhibitorState.CANCELLED
    assert any("收回了邀请" in text for text in told())
    assert recruiter.get(f"/events/{event.id}").status_code == 404
    office.post(f"{desk(event)}/exhibitors/invite", data={"names": company.name})
    assert db.session.get(Exhibitor, row.id).state is ExhibitorState.INVITED
    assert recruiter.get(f"/events/{event.id}").status_code == 200


def test_an_approval_is_taken_back_with_a_reason_and_nobody_waits_in_vain(
    fair, booths, exhibitor, visitor, make, login
):
    event, person = fair(), make.person()
    row = exhibitor(event, booth_id=booths(event, 1)[0].id)
    waiting = saved(
        Meeting(
            event_id=event.id, exhibitor_id=row.id, registration_id=visitor(event, person=person).id,
            number="A001", state=MeetingState.WAITING, is_by_hand=False,
        )
    )  # fmt: skip
    office = login(make.office())
    assert "撤回通过" in office.get(f"{desk(event)}/exhibitors").get_data(as_text=True)
    office.post(f"{desk(event)}/exhibitors/{row.id}/decide", data={"verb": "return", "reason": "资质过期"})
    assert db.session.get(Exhibitor, row.id).state is ExhibitorState.RETURNED
    assert db.session.get(Meeting, waiting.id).state is MeetingState.CANCELLED
    assert any("面试取消" in text for text in told())
    assert "退回了，已经通知" in office.get(f"{desk(event)}/exhibitors").get_data(as_text=True)


def test_the_organizer_hears_that_an_enterprise_stays_away(fair, exhibitor, make, login):
    event, company = fair(), make.organization()
    recruiter = make.recruiter(company)
    exhibitor(event, company)
    login(recruiter).post(f"/exhibits/{event.id}/cancel")
    assert f"{company.name}取消参加「{event.title}」" in told()


def test_each_side_finds_its_own_way_in(fair, exhibitor, make, login, app):
    event, company = fair(), make.organization()
    page = login(make.recruiter(company)).get(f"/events/{event.id}").get_data(as_text=True)
    assert "企业报名参展" in page and "我要参加" not in page
    invited = make.organization()
    exhibitor(event, invited, state=ExhibitorState.INVITED)
    page = login(make.recruiter(invited)).get(f"/events/{event.id}").get_data(as_text=True)
    assert "主办方邀请你们参展" in page and f'href="/exhibits/{event.id}"' in page and "我要参加" not in page
    page = login(make.person().user).get(f"/events/{event.id}").get_data(as_text=True)
    assert "我要参加" in page and "企业报名参展" not in page
    assert "企业报名参展" in app.test_client().get(f"/events/{event.id}").get_data(as_text=True)


def test_an_approved_enterprise_changes_its_posts_until_the_end(fair, exhibitor, make, login):
    event, company = fair(), make.organization()
    row, post = exhibitor(event, company), make.posting(company)
    browser, path = login(make.recruiter(company)), f"/exhibits/{event.id}/posts"
    assert path in browser.get(f"/exhibits/{event.id}").get_data(as_text=True)
    page = browser.get(path).get_data(as_text=True)
    assert post.title in page and "data-sift" in page
    assert browser.post(path, data={}).status_code == 422
    assert browser.post(path, data={"postings": [post.id]}).status_code == 303
    assert [tie.posting_id for tie in ties_of(row)] == [post.id]
    over = exhibitor(fair(starts_at=now() - timedelta(days=1)), company)
    answer = browser.post(f"/exhibits/{over.event_id}/posts", data={"postings": [post.id]})
    assert answer.status_code == 409


def test_the_last_day_says_whom_to_call(fair, exhibitor, make, login):
    event, company = fair(starts_at=now() + timedelta(hours=20)), make.organization()
    exhibitor(event, company)
    page = login(make.recruiter(company)).get(f"/exhibits/{event.id}").get_data(as_text=True)
    assert "请打电话告诉主办方" in page


@pytest.mark.parametrize(
    ("mark", "said"), [("none", "存好了"), ("wanted", "存好了"), ("invite", "邀请发过去了")]
)
def test_a_note_is_kept_with_whatever_is_pressed_and_a_word_says_so(
    fair, exhibitor, visitor, make, login, mark, said
):
    event, company = fair(starts_at=now() - timedelta(hours=1)), make.organization()
    user = make.recruiter(company)
    row, ticket = exhibitor(event, company), visitor(event, person=make.person())
    scan = saved(
        Scan(
            exhibitor_id=row.id, registration_id=ticket.id, shares=["name"], note="", scanned_by_id=user.id
        )
    )  # fmt: skip
    browser, path = login(user), f"/exhibits/{event.id}/scans"
    assert "存备注" in browser.get(path).get_data(as_text=True)
    browser.post(f"{path}/{scan.id}", data={"mark": mark, "note": "会开叉车"})
    assert db.session.get(Scan, scan.id).note == "会开叉车"
    assert said in browser.get(path).get_data(as_text=True)


def test_the_link_of_the_own_page_is_marked_and_no_other(fair, exhibitor, make, login):
    event, company = fair(), make.organization()
    exhibitor(event, company)
    page = login(make.recruiter(company)).get(f"/exhibits/{event.id}").get_data(as_text=True)
    bar = page[: page.index("<main")]
    assert '<a href="/exhibits" aria-current="page">' in bar
    assert '<a href="/events" aria-current="page">' not in bar
