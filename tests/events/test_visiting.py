"""What a visitor decides at a fair, what is told back, and what a slip costs: nothing typed."""

from datetime import timedelta

from app.core.db import db, now
from app.core.presentation import local
from app.events import tickets
from app.events.models import ExhibitorState, InterviewSlot
from tests.events.conftest import saved


def test_the_wish_for_an_interview_says_what_the_enterprise_gets_to_see(day, visitor, make, login):
    event, stand = day
    saved(InterviewSlot(exhibitor_id=stand.id, starts_at=now() + timedelta(hours=1), minutes=15, seats=1))
    open_one, shy = make.person(), make.person()
    visitor(event, person=open_one, shares=("name", "school"))
    visitor(event, person=shy, shares=())
    path = f"/events/{event.id}/booths/{stand.id}"
    assert "为安排面试看到你的姓名、学校" in login(open_one.user).get(path).get_data(as_text=True)
    assert "只看得到你的入场号码" in login(shy.user).get(path).get_data(as_text=True)


def test_a_wrong_code_at_the_booth_stays_on_the_page_with_what_was_typed(day, recruiter, login):
    event, _ = day
    browser = login(recruiter)
    for typed, words in (("", "6位"), ("AAA", "6位"), (tickets.new_code(), "这张票不能用")):
        answer = browser.post(f"/exhibits/{event.id}/scans", data={"shown": typed})
        page = answer.get_data(as_text=True)
        assert answer.status_code == 422 and words in page and f'value="{typed}"' in page


def test_interview_times_that_do_not_go_say_why_and_keep_what_was_typed(day, recruiter, login):
    event, _ = day
    browser = login(recruiter)
    first = local(now() + timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M")
    for change, words in (
        ({"minutes": -5}, "5到120分钟"),
        ({"seats": 0}, "1到20位"),
        ({"count": -1}, "至少开1个"),
        ({"first": ""}, "请选从几点开始"),
        ({"count": 60, "minutes": 100}, "在活动时间内"),
    ):
        said = {"first": first, "minutes": 15, "count": 2, "seats": 1} | change
        answer = browser.post(f"/exhibits/{event.id}/slots", data=said)
        page = answer.get_data(as_text=True)
        assert answer.status_code == 422 and words in page and f'value="{said["minutes"]}"' in page
    assert db.session.query(InterviewSlot).count() == 0


def test_an_open_question_keeps_the_other_answers(day, visitor, app):
    event, _ = day
    row = visitor(event)
    path = f"/tickets/{tickets.link_of(row.id)}/survey"
    answer = app.test_client().post(path, data={"overall": "4", "words": "很好"})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422 and page.count("请选一个<") == 3 + 1 and "很好" in page
    assert 'name="overall" value="4" checked' in page


def test_returning_without_a_reason_is_refused_in_the_list(fair, exhibitor, make, login):
    event = fair()
    stand = exhibitor(event, state=ExhibitorState.APPLIED)
    browser = login(make.office())
    path = f"/organize/events/{event.id}/exhibitors/{stand.id}/decide"
    answer = browser.post(path, data={"verb": "return"})
    assert answer.status_code == 422 and f'id="why-{stand.id}"' in answer.get_data(as_text=True)


def test_a_hall_of_the_same_name_is_refused_beside_the_name(fair, booths, make, login):
    event = fair()
    booths(event)
    said = {"name": "主馆", "width": 33, "height": 8, "entrance_x": 1, "entrance_y": 1}
    answer = login(make.office()).post(f"/organize/events/{event.id}/halls", data=said)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422 and "已经有「主馆」了" in page and 'value="33"' in page
