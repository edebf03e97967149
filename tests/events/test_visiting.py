"""What a visitor decides at a fair, what is told back, and what a slip costs: nothing typed."""

from datetime import timedelta

from app.core.db import now
from app.events.models import InterviewSlot
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
