"""What a visitor decides at a fair, what is told back, and what a slip costs: nothing typed."""

from datetime import timedelta

from app.core.db import db, now, transaction
from app.core.presentation import local
from app.events import tickets
from app.events.models import Event, ExhibitorState, InterviewSlot, InterviewWish, Meeting, Registration
from app.events.services import registering, scheduling, surveying
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


def test_the_survey_is_asked_once_and_long_words_are_not_cut(day, visitor, app):
    event, _ = day
    row = visitor(event)
    path, browser = f"/tickets/{tickets.link_of(row.id)}", app.test_client()
    said = dict.fromkeys(surveying.VISITOR, "5")
    long = browser.post(f"{path}/survey", data=said | {"words": "好" * 501})
    assert long.status_code == 422 and "好" * 501 in long.get_data(as_text=True)
    assert "填满意度" in browser.get(path).get_data(as_text=True)
    assert browser.post(f"{path}/survey", data=said | {"words": "好" * 500}).status_code == 303
    assert "填满意度" not in browser.get(path).get_data(as_text=True)


def test_publishing_a_schedule_asks_once_and_names_what_clashes(day, visitor, exhibitor, make, login):
    event, stand = day
    other, row = exhibitor(event), visitor(event, name="王小明")
    for each in (stand, other):
        meet(each, row, now() + timedelta(hours=1))
    browser = login(make.office())
    path = f"/organize/events/{event.id}/schedule"
    page = browser.get(path).get_data(as_text=True)
    assert "王小明" in page and page.count("时间重叠") == 2
    assert "还有1处对不上，照样公布？" in browser.get(f"{path}/publish").get_data(as_text=True)
    meeting = db.session.query(Meeting).filter_by(exhibitor_id=other.id).one()
    assert browser.post(f"{path}/{meeting.id}", data={"do": "remove"}).status_code == 303
    assert db.session.query(Meeting).count() == 1


def test_a_ticket_given_back_frees_its_interviews(day, visitor):
    event, stand = day
    row = visitor(event)
    meet(stand, row, now() + timedelta(hours=1))
    with transaction() as session:
        registering.cancel(session.get(Registration, row.id))
    assert db.session.query(Meeting).count() == 0


def meet(stand, row, at):
    slot = saved(InterviewSlot(exhibitor_id=stand.id, starts_at=at, minutes=15, seats=1))
    with transaction() as session:
        scheduling.add(session.get(Registration, row.id), session.get(InterviewSlot, slot.id))


def test_a_rank_that_is_no_number_is_not_taken_for_one(day, recruiter, login):
    event, _ = day
    answer = login(recruiter).post(f"/exhibits/{event.id}/ranks", data={"r1": "-1"}, follow_redirects=True)
    page = answer.get_data(as_text=True)
    assert "这次没有存" in page and "名次存好了" not in page


def test_a_school_imports_its_own_students_alone_and_finds_the_way(fair, organizer, school, make, login):
    event = fair()
    browser = login(organizer)
    assert f"/organize/events/{event.id}/people" in browser.get(f"/events/{event.id}").get_data(as_text=True)
    rows = [
        registering.Row(n, {}, registering.Visitor("王一", f"1390000005{n}", school=name))
        for n, name in enumerate((school.name, "三明学院", ""))
    ]
    with transaction() as session:
        result = registering.import_rows(
            session.get(Event, event.id), rows, "a.xlsx", by=make.office(), organization=school
        )
    assert result.kept == 2
    assert [row["problems"] for row in result.rejected] == [[f"不是{school.name}的学生"]]


def test_wishes_stand_together_on_the_ticket_in_an_order_that_can_be_changed(day, visitor, exhibitor, app):
    event, first = day
    second, row, browser = exhibitor(event), visitor(event), app.test_client()
    path = f"/tickets/{tickets.link_of(row.id)}"
    for each in (first, second):
        browser.post(f"{path}/wish/{each.id}")
    page = browser.get(path).get_data(as_text=True)
    assert page.index(f"booths/{first.id}") < page.index(f"booths/{second.id}")
    assert browser.post(f"{path}/prefer/{second.id}").status_code == 303
    page = browser.get(path).get_data(as_text=True)
    assert page.index(f"booths/{second.id}") < page.index(f"booths/{first.id}")
    browser.post(f"{path}/wish/{second.id}", data={"wish": 0, "from": "ticket"})
    assert [each.exhibitor_id for each in db.session.query(InterviewWish)] == [first.id]
