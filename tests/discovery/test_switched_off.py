"""Whoever switches matching off, a person or an enterprise, sees and gives no band, no reason and no order by it anywhere."""

import pytest

from app.applications.models import Stage
from app.core.db import now, transaction
from app.discovery import digest, services
from app.events.models import Exhibitor, ExhibitorPosting, ExhibitorState

BAND = 'class="band'
OF_SEEKERS = {
    "home": "/",
    "recommended": "/jobs/recommended",
    "search": "/jobs",
    "search by fit": "/jobs?sort=match",
    "post": "/jobs/{posting}",
    "beside the list": "/jobs/{posting}/detail",
    "why not me": "/jobs/{posting}/why",
    "ten booths": "/events/{event}/inside",
}
OF_EMPLOYERS = {
    "people for the post": "/postings/{posting}/people",
    "a person": "/people/{person}?posting={posting}",
    "desk": "/desk?posting={posting}",
    "candidate": "/desk/candidates/{application}",
}


@pytest.fixture
def scene(make, gathering, db):
    posting, person = make.posting(), make.person()
    application = make.application(posting, person, stage=Stage.VIEWED)
    event = gathering()
    exhibitor = Exhibitor(
        event_id=event.id,
        organization_id=posting.organization_id,
        state=ExhibitorState.APPROVED,
        wishes={},
        card="",
        staff=[],
        booth_reasons=[],
        applied_at=now(),
    )
    with transaction() as session:
        session.add(exhibitor)
        session.flush()
        session.add(ExhibitorPosting(exhibitor_id=exhibitor.id, posting_id=posting.id))
    ids = {"posting": posting.id, "person": person.id, "application": application.id, "event": event.id}
    return posting, person, ids


@pytest.mark.parametrize("page", OF_SEEKERS.values(), ids=OF_SEEKERS)
def test_a_person_who_switched_it_off_sees_no_band(scene, login, page):
    _, person, ids = scene
    client = login(person.user)
    assert BAND in client.get(page.format(**ids)).text
    with transaction():
        person.is_matching_on = False
    answer = client.get(page.format(**ids))
    assert answer.status_code == 200
    assert BAND not in answer.text
    assert "为什么合适" not in answer.text


@pytest.mark.parametrize("page", OF_EMPLOYERS.values(), ids=OF_EMPLOYERS)
@pytest.mark.parametrize("who", ["enterprise", "person"])
def test_an_employer_sees_no_band_when_either_switched_it_off(scene, make, login, page, who):
    posting, person, ids = scene
    client = login(make.recruiter(posting.organization))
    assert BAND in client.get(page.format(**ids)).text
    with transaction():
        (posting.organization if who == "enterprise" else person).is_matching_on = False
    answer = client.get(page.format(**ids))
    assert answer.status_code == 200
    assert BAND not in answer.text
    assert "要求和依据" not in answer.text


def test_no_recommendation_and_no_digest_for_who_switched_it_off(scene):
    _, person, _ = scene
    assert services.recommended(person, 5)
    with transaction():
        person.is_matching_on = False
    assert services.recommended(person, 5) == []
    with transaction():
        assert digest.send(person, now()) == 0


def test_nobody_who_switched_it_off_is_among_the_people_for_a_post(scene):
    posting, person, _ = scene
    assert person.id in dict(services.people_for(posting.id, 5))
    with transaction():
        person.is_matching_on = False
    assert person.id not in dict(services.people_for(posting.id, 5))
