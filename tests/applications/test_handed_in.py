"""A posting that one has applied to says so, wherever it is shown whole."""

import pytest

from app.applications import services
from app.applications.models import Stage
from app.core.db import transaction

PLACES = ("/jobs/{}", "/jobs/{}/detail")


@pytest.mark.parametrize("path", PLACES)
def test_an_application_takes_the_place_of_the_button_to_apply(scene, hand_in, login, path):
    client, path = login(scene.seeker), path.format(scene.posting.id)
    apply = f'href="/jobs/{scene.posting.id}/apply"'
    assert apply in client.get(path).text
    application = hand_in(scene.person, scene.posting)
    page = client.get(path).text
    assert apply not in page
    assert "已投递，看进展" in page
    assert f'href="/applications/{application.id}"' in page


@pytest.mark.parametrize("path", PLACES)
def test_what_was_taken_back_can_be_handed_in_again(scene, hand_in, login, path):
    application = hand_in(scene.person, scene.posting)
    with transaction():
        services.withdraw(application, scene.seeker)
    page = login(scene.seeker).get(path.format(scene.posting.id)).text
    assert application.stage is Stage.WITHDRAWN
    assert "重新投递" in page
    assert f'href="/jobs/{scene.posting.id}/apply"' in page


@pytest.mark.parametrize("path", PLACES)
def test_others_applications_are_nobody_s_business(scene, hand_in, make, login, app, path):
    hand_in(scene.person, scene.posting)
    for client in (login(make.person().user), app.test_client()):
        assert "看进展" not in client.get(path.format(scene.posting.id)).text


def test_the_detail_beside_the_list_tells_what_people_decide_by(make, app):
    posting = make.posting(
        salary_min=6000,
        salary_max=9000,
        salary_months=13,
        headcount=7,
        required_certificates=["氟化工艺作业"],
        is_urgent=True,
    )
    pane = app.test_client().get(f"/jobs/{posting.id}/detail").text
    for words in ("13", "7人", "氟化工艺作业", "有效至", "核验过", "急招"):
        assert words in pane, words


def test_keeping_a_post_from_the_list_leads_back_to_the_list(make, login):
    posting = make.posting()
    client = login(make.person().user)
    pane = client.get(
        f"/jobs/{posting.id}/detail", headers={"Referer": "http://localhost/jobs?q=操作工"}
    ).text
    assert 'name="next" value="/jobs?q=' in pane
