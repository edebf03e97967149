"""The timeline: what follows never rewrites what was there."""

import re
from datetime import timedelta

from app.applications import services
from app.core.db import now, transaction
from app.organizations.queries import membership_of


def lines(text):
    """(title, the rest of the line) of the timeline of a page, oldest first."""
    block = re.search(r'<ol class="timeline">(.*?)</ol>', text, re.DOTALL)[1]
    items = re.findall(r"<li.*?</li>", block, re.DOTALL)
    return [(re.search(r"<b>(.*?)</b>", item)[1], re.sub(r"<[^>]*>", " ", item)) for item in items][::-1]


def accepted(scene, hand_in, invited):
    application = hand_in(scene.person, scene.posting)
    interview = invited(application, scene.recruiter)
    with transaction():
        interview.proposed_at = now() - timedelta(days=3)
    with transaction():
        services.accept_slot(interview, scene.seeker, interview.slots[1])
    return application, interview


def test_an_accepted_slot_is_a_line_after_the_invitation(scene, hand_in, invited, login):
    application, _ = accepted(scene, hand_in, invited)
    told = lines(login(scene.seeker).get(f"/applications/{application.id}").text)
    titles = [title for title, _ in told]
    assert titles.index("面试邀约已发出") < titles.index("面试时间约好了")
    invitation, answer = (dict(told)[title] for title in ("面试邀约已发出", "面试时间约好了"))
    assert scene.organization.name in invitation
    assert "等你选时间" not in invitation
    assert "今天" in answer
    assert "你" in answer.split()
    assert "办公楼二楼" in answer


def test_the_employer_reads_who_invited_and_who_accepted(scene, hand_in, invited, login):
    application, _ = accepted(scene, hand_in, invited)
    told = dict(lines(login(scene.recruiter).get(f"/desk/candidates/{application.id}").text))
    assert scene.recruiter.name in told["面试邀约已发出"]
    assert scene.person.name in told["面试时间约好了"]
    assert scene.person.name in told["已投递"]


def test_calling_off_leaves_what_was_agreed(scene, hand_in, invited, login):
    application, interview = accepted(scene, hand_in, invited)
    with transaction():
        services.call_off(interview, membership_of(scene.recruiter), "设备检修")
    told = dict(lines(login(scene.seeker).get(f"/applications/{application.id}").text))
    assert "办公楼二楼" in told["面试时间约好了"]
    assert "设备检修" in told["面试取消"]


def test_a_move_of_the_clock_is_not_laid_at_anybodys_door(scene, hand_in, take, offered, login):
    application = hand_in(scene.person, scene.posting)
    take(application, "shortlist", scene.recruiter)
    offer = offered(application, scene.recruiter)
    with transaction():
        offer.answer_by = offer.answer_by - timedelta(days=30)
    services.lapse_offers()
    told = dict(lines(login(scene.seeker).get(f"/applications/{application.id}").text))
    assert "系统自动" in told["录用通知失效，回到初筛通过"]
    assert scene.organization.name in told["初筛通过"]
