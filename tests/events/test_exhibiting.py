"""Enterprises: invited, applying, approved, given a booth, moved, staying away."""

from datetime import timedelta

import pytest

from app.core.db import db, now, transaction
from app.events.models import Booth, Event, EventState, Exhibitor, ExhibitorState, Scan
from app.events.services import placing
from app.organizations.models import Organization, Standing


def desk(event):
    return f"/organize/events/{event.id}"


def test_a_list_invites_verified_enterprises_once_and_names_the_others(fair, make, login):
    event, good = fair(), make.organization()
    bad = make.organization(standing=Standing.SUBMITTED, verified_until=None)
    names = f"{good.name}\n{good.credit_code}\n{bad.name}\n没有这家公司\n{good.name}"
    browser = login(make.office())
    page = browser.post(f"{desk(event)}/exhibitors/invite", data={"names": names}).get_data(as_text=True)
    assert "邀请了1家" in page and "没有这家公司" in page and "还没通过核验" in page
    assert db.session.query(Exhibitor).one().state is ExhibitorState.INVITED


def test_an_enterprise_applies_with_approved_posts_and_is_approved(fair, make, login):
    event, company = fair(), make.organization()
    recruiter = make.recruiter(company)
    post, foreign = make.posting(company), make.posting()
    browser = login(recruiter)
    refused = browser.post(f"/events/{event.id}/exhibit", data={"postings": [foreign.id], "cells": "1"})
    assert refused.status_code == 422
    said = {"postings": [post.id], "cells": "2", "power": "y", "staff": "林工\n陈工", "card": "做含氟聚合物"}
    assert browser.post(f"/events/{event.id}/exhibit", data=said).status_code == 303
    row = db.session.query(Exhibitor).one()
    assert row.wishes["power"] is True and row.staff == ["林工", "陈工"]
    office = login(make.office())
    office.post(f"{desk(event)}/exhibitors/{row.id}/decide", data={"verb": "approve"})
    page = office.get(f"/events/{event.id}").get_data(as_text=True)
    assert company.name in page and post.title in page and "做含氟聚合物" in page
    assert "通过了" in browser.get("/notifications").get_data(as_text=True)


def test_a_return_needs_a_reason_and_can_be_mended(fair, make, login):
    event, company = fair(), make.organization()
    recruiter, post = make.recruiter(company), make.posting(company)
    browser, office = login(recruiter), login(make.office())
    browser.post(f"/events/{event.id}/exhibit", data={"postings": [post.id], "cells": "1"})
    row = db.session.query(Exhibitor).one()
    path = f"{desk(event)}/exhibitors/{row.id}/decide"
    assert office.post(path, data={"verb": "return"}).status_code == 422
    assert office.post(path, data={"verb": "return", "reason": "职位太少"}).status_code == 303
    assert "职位太少" in browser.get(f"/exhibits/{event.id}").get_data(as_text=True)
    browser.post(f"/events/{event.id}/exhibit", data={"postings": [post.id], "cells": "1"})
    assert db.session.query(Exhibitor).one().state is ExhibitorState.APPLIED


def test_an_invited_enterprise_applies_before_the_fair_is_public_and_no_other_sees_it(fair, make, login):
    event = fair(state=EventState.DRAFT)
    company, stranger = make.organization(), make.organization()
    posts = [make.posting(company), make.posting(stranger)]
    invited, other = login(make.recruiter(company)), login(make.recruiter(stranger))
    login(make.office()).post(f"{desk(event)}/exhibitors/invite", data={"names": company.name})
    path = f"/events/{event.id}/exhibit"
    assert other.get(f"/events/{event.id}").status_code == other.get(path).status_code == 404
    assert other.post(path, data={"postings": [posts[1].id], "cells": "1"}).status_code == 404
    assert invited.get(f"/events/{event.id}").status_code == 200
    assert invited.post(path, data={"postings": [posts[0].id], "cells": "1"}).status_code == 303
    assert db.session.query(Exhibitor).one().state is ExhibitorState.APPLIED


@pytest.mark.parametrize("standing", [Standing.SUBMITTED, Standing.SUSPENDED])
def test_an_unverified_enterprise_does_not_exhibit(fair, make, login, standing):
    event, company = fair(), make.organization(standing=standing, suspend_reason="x")
    recruiter, post = make.recruiter(company), make.posting(company)
    answer = login(recruiter).post(f"/events/{event.id}/exhibit", data={"postings": [post.id], "cells": "1"})
    assert answer.status_code == 403


def test_one_click_gives_everybody_a_booth_with_reasons(fair, booths, exhibitor, make, login):
    event = fair()
    booths(event, 4)
    rows = [exhibitor(event) for _ in range(3)]
    office = login(make.office())
    assert office.post(f"{desk(event)}/allocate").status_code == 303
    taken = [db.session.get(Exhibitor, row.id) for row in rows]
    assert len({row.booth_id for row in taken}) == 3 and all(row.booth_reasons for row in taken)
    before = [row.booth_id for row in taken]
    office.post(f"{desk(event)}/allocate")
    assert [db.session.get(Exhibitor, row.id).booth_id for row in rows] == before


def test_an_allocation_that_breaks_off_changes_nothing(fair, booths, exhibitor):
    event = fair()
    booths(event, 3)
    row = exhibitor(event)

    class LaptopClosed(Exception):
        pass

    with pytest.raises(LaptopClosed), transaction() as session:
        placing.allocate(session.get(Event, event.id))
        session.flush()
        raise LaptopClosed
    assert db.session.get(Exhibitor, row.id).booth_id is None


def test_a_booth_is_moved_and_two_change_places(fair, booths, exhibitor, make, login):
    event = fair()
    a, b, free = booths(event, 3)
    one, two = exhibitor(event, booth_id=a.id), exhibitor(event, booth_id=b.id)
    office = login(make.office())
    office.post(f"{desk(event)}/exhibitors/{one.id}/booth", data={"booth": b.id})
    assert db.session.get(Exhibitor, one.id).booth_id == b.id
    assert db.session.get(Exhibitor, two.id).booth_id == a.id
    moved = office.post(f"{desk(event)}/exhibitors/{one.id}/booth", data={"booth": free.id, "from": "map"})
    assert "/halls" in moved.location
    office.post(f"{desk(event)}/exhibitors/{two.id}/booth", data={"booth": ""})
    assert db.session.get(Exhibitor, two.id).booth_id is None


def test_no_two_booths_lie_on_each_other_or_share_a_number(fair, booths, make, login):
    event = fair()
    first = booths(event, 1)[0]
    office, path = login(make.office()), f"{desk(event)}/halls/{first.hall_id}/booths"
    spot = {"number": "B01", "x": 2, "y": 2, "w": 1, "h": 1}
    assert "叠在一起" in office.post(path, data=spot).get_data(as_text=True)
    assert "已经有 A01" in office.post(path, data=spot | {"number": "A01", "x": 5}).get_data(as_text=True)
    assert "超出" in office.post(path, data=spot | {"x": 20, "w": 2}).get_data(as_text=True)
    assert office.post(path, data=spot | {"x": 5}).status_code == 303
    assert office.post(f"{desk(event)}/booths/{first.id}", data={"do": "remove"}).status_code == 303
    assert [booth.number for booth in db.session.query(Booth)] == ["B01"]


def test_cancelling_works_until_a_day_before(fair, exhibitor, booths, make, login):
    far, near = fair(), fair(starts_at=now() + timedelta(hours=20))
    company = make.organization()
    recruiter = make.recruiter(company)
    early = exhibitor(far, company, booth_id=booths(far, 1)[0].id)
    late = exhibitor(near, company)
    browser = login(recruiter)
    assert browser.post(f"/exhibits/{far.id}/cancel").status_code == 303
    assert db.session.get(Exhibitor, early.id).state is ExhibitorState.CANCELLED
    assert db.session.get(Exhibitor, early.id).booth_id is None
    assert browser.post(f"/exhibits/{near.id}/cancel").status_code == 409
    assert db.session.get(Exhibitor, late.id).state is ExhibitorState.APPROVED


def test_who_stayed_away_comes_last_next_time(fair, booths, exhibitor, make, login):
    company = make.organization()
    past = fair(starts_at=now() - timedelta(days=300))
    absent = exhibitor(past, company)
    login(make.office()).post(f"{desk(past)}/exhibitors/{absent.id}/absent", data={"absent": 1})
    event = fair()
    booths(event, 1)
    again, other = exhibitor(event, company, applied_at=now() - timedelta(days=9)), exhibitor(event)
    with transaction() as session:
        placing.allocate(session.get(Event, event.id))
    assert db.session.get(Exhibitor, other.id).booth_id is not None
    assert db.session.get(Exhibitor, again.id).booth_id is None


def test_an_enterprise_suspended_over_night_is_gone_from_the_fair(fair, exhibitor, make, login, visitor, app):
    event = fair(starts_at=now() - timedelta(hours=1))
    company = make.organization()
    recruiter = make.recruiter(company)
    row = exhibitor(event, company)
    ticket = visitor(event)
    with transaction() as session:
        suspended = session.get(Organization, company.id)
        suspended.standing, suspended.suspend_reason = Standing.SUSPENDED, "违规"
    assert company.name not in app.test_client().get(f"/events/{event.id}").get_data(as_text=True)
    assert app.test_client().get(f"/events/{event.id}/booths/{row.id}").status_code == 404
    answer = login(recruiter).post(f"/exhibits/{event.id}/scans", data={"shown": ticket.code})
    assert answer.status_code == 403 and db.session.query(Scan).count() == 0
    assert "停用" in login(make.office()).get(f"{desk(event)}/exhibitors").get_data(as_text=True)


@pytest.mark.fonts
def test_the_sheet_of_posts_is_one_pdf_in_booth_order(fair, booths, exhibitor, make, login):
    event = fair()
    a, b = booths(event, 2)
    exhibitor(event, booth_id=b.id, posts=2)
    exhibitor(event, booth_id=a.id)
    answer = login(make.office()).get(f"{desk(event)}/posts.pdf")
    assert answer.status_code == 200 and answer.data.startswith(b"%PDF")
