"""Which fair an application counts to, whichever page it was handed in from, and how long."""

from datetime import timedelta

import pypdfium2
import pytest

from app.applications.models import Application, Stage
from app.core.db import db, now, transaction
from app.events.models import Event, EventApplication, EventState, ExhibitorPosting
from app.events.queries import reporting
from app.people.queries import main_resume
from tests.events.conftest import saved


@pytest.fixture
def seeker(make):
    return make.person()


def post_of(stand):
    return db.session.query(ExhibitorPosting).filter_by(exhibitor_id=stand.id).one().posting


def typed(person):
    return {"resume": main_resume(person).id, "consent": "y"}


def apply(login, person, post):
    """Through the ordinary page."""
    answer = login(person.user).post(f"/jobs/{post.id}/apply", data=typed(person))
    assert answer.status_code == 303, answer.get_data(as_text=True)
    return db.session.query(Application).one()


def test_the_ordinary_page_counts_for_somebody_who_registered(fair, exhibitor, visitor, seeker, login):
    event = fair()
    stand, row = exhibitor(event), visitor(event, person=seeker)
    application = apply(login, seeker, post_of(stand))
    source = db.session.query(EventApplication).one()
    assert (source.application_id, source.event_id) == (application.id, event.id)
    assert (source.exhibitor_id, source.registration_id) == (stand.id, row.id)


def test_a_post_that_no_fair_brought_counts_to_none(fair, visitor, seeker, make, login):
    visitor(fair(), person=seeker)
    apply(login, seeker, make.posting())
    assert db.session.query(EventApplication).count() == 0


def test_somebody_who_did_not_register_counts_only_after_the_fairs_own_pages(fair, exhibitor, seeker, login):
    event = fair()
    stand = exhibitor(event)
    browser = login(seeker.user)
    assert browser.get(f"/events/{event.id}/booths/{stand.id}").status_code == 200
    browser.post(f"/jobs/{post_of(stand).id}/apply", data=typed(seeker))
    assert db.session.query(EventApplication).one().registration_id is None


def test_who_registers_after_applying_is_counted_as_that_visitor(fair, exhibitor, visitor, seeker, login):
    event = fair()
    stand = exhibitor(event)
    browser = login(seeker.user)
    browser.get(f"/events/{event.id}/booths/{stand.id}")
    browser.post(f"/jobs/{post_of(stand).id}/apply", data=typed(seeker))
    row = visitor(event, person=seeker)
    db.session.expire_all()
    assert db.session.query(EventApplication).one().registration_id == row.id


def test_without_ticket_and_without_the_fairs_pages_nothing_counts(fair, exhibitor, seeker, login):
    apply(login, seeker, post_of(exhibitor(fair())))
    assert db.session.query(EventApplication).count() == 0


@pytest.mark.parametrize(("days", "counts"), [(20, 1), (40, 0)])
def test_what_is_handed_in_weeks_after_the_fair_counts_to_it(
    fair, exhibitor, visitor, seeker, login, days, counts
):
    event = fair()
    stand = exhibitor(event)
    visitor(event, person=seeker)
    with transaction() as session:
        row = session.get(Event, event.id)
        row.starts_at, row.ends_at = now() - timedelta(days=days, hours=6), now() - timedelta(days=days)
        row.state, row.ended_at = EventState.ENDED, row.ends_at
    apply(login, seeker, post_of(stand))
    assert db.session.query(EventApplication).count() == counts


def test_of_two_fairs_the_nearest_counts(fair, exhibitor, visitor, seeker, login):
    soon, later = fair(), fair(starts_at=now() + timedelta(days=60))
    stand = exhibitor(later)
    post = post_of(stand)
    near = exhibitor(soon, organization=post.organization, posts=0)
    saved(ExhibitorPosting(exhibitor_id=near.id, posting_id=post.id))
    for event in (later, soon):
        visitor(event, person=seeker, phone="13900008888", name="同一人")
    apply(login, seeker, post)
    assert db.session.query(EventApplication).one().event_id == soon.id


def test_a_hire_months_later_counts_to_the_fair(fair, exhibitor, visitor, seeker, login):
    event = fair()
    stand = exhibitor(event)
    visitor(event, person=seeker)
    application = apply(login, seeker, post_of(stand))
    with transaction() as session:
        row = session.get(Event, event.id)
        row.starts_at, row.ends_at = now() - timedelta(days=200), now() - timedelta(days=199)
        row.state, row.ended_at = EventState.ENDED, row.ends_at
        found = session.get(Application, application.id)
        found.stage, found.moved_at = Stage.HIRED, now()
    assert reporting.funnel(reporting.visitors(db.session.get(Event, event.id)))["hired"] == 1


@pytest.mark.fonts
def test_the_next_ticket_stands_on_the_resume_and_in_its_pdf(fair, visitor, seeker, login):
    browser = login(seeker.user)
    resume_id = main_resume(seeker).id
    path = f"/me/resumes/{resume_id}/view"
    assert "入场券" not in browser.get(path).get_data(as_text=True)
    bare = browser.get(f"/me/resumes/{resume_id}/export.pdf").data
    row = visitor(fair(title="校园双选会"), person=seeker)
    page = browser.get(path).get_data(as_text=True)
    assert "校园双选会" in page and f"{row.code[:3]} {row.code[3:]}" in page and "/qr.svg" in page
    carried = browser.get(f"/me/resumes/{resume_id}/export.pdf").data
    assert row.code[3:] in words_of(carried) and row.code[3:] not in words_of(bare)


def words_of(pdf):
    document = pypdfium2.PdfDocument(pdf)
    try:
        return document[0].get_textpage().get_text_bounded()
    finally:
        document.close()
