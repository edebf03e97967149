"""Booths: their order, the map's forms, given by hand, taken back, and who is told."""

import re
from datetime import timedelta

from app.core.db import db, now
from app.events.models import Booth, Exhibitor, Hall
from app.events.queries import exhibiting, halls
from app.notifications.models import Notification
from tests.events.conftest import saved


def desk(event):
    return f"/organize/events/{event.id}"


def told():
    return [row.text for row in db.session.query(Notification)]


def test_booths_stand_in_the_order_in_which_people_count(fair, exhibitor):
    event = fair()
    hall = saved(Hall(event_id=event.id, name="主馆", width=20, height=20, entrance_x=1, entrance_y=1))
    numbers = ["A01", "A2", "A10", "B07", "C1", "D"]
    for x, number in enumerate(reversed(numbers), 1):
        booth = saved(Booth(event_id=event.id, hall_id=hall.id, number=number, x=x, y=1))
        exhibitor(event, booth_id=booth.id)
    assert [booth.number for booth in halls.booths_of(event)] == numbers
    assert [each.booth.number for each in exhibiting.exhibitors_of(event)] == numbers


def test_each_label_of_the_map_page_belongs_to_its_own_field(fair, booths, make, login):
    event = fair()
    booths(event, 1)
    page = login(make.office()).get(f"{desk(event)}/halls").get_data(as_text=True)
    targets = re.findall(r'<label[^>]* for="([^"]+)"', page)
    assert len(targets) == len(set(targets))
    assert all(f'id="{target}"' in page for target in targets)


def test_taking_all_booths_back_asks_once_and_tells(fair, booths, exhibitor, make, login):
    event, company = fair(), make.organization()
    make.recruiter(company)
    row = exhibitor(event, company, booth_id=booths(event, 1)[0].id)
    office, path = login(make.office()), f"{desk(event)}/clear-booths"
    assert "收回全部展位？" in office.get(path).get_data(as_text=True)
    assert f'href="{path}"' in office.get(f"{desk(event)}/exhibitors").get_data(as_text=True)
    assert db.session.get(Exhibitor, row.id).booth_id is not None
    assert office.post(path).status_code == 303
    assert db.session.get(Exhibitor, row.id).booth_id is None
    assert any("展位收回了" in text for text in told())


def test_on_the_day_no_booth_is_taken_back_at_once(fair, booths, exhibitor, make, login):
    event = fair(starts_at=now() - timedelta(hours=1))
    row = exhibitor(event, booth_id=booths(event, 1)[0].id)
    office = login(make.office())
    assert "收回全部展位" not in office.get(f"{desk(event)}/exhibitors").get_data(as_text=True)
    assert office.post(f"{desk(event)}/clear-booths").status_code == 409
    assert db.session.get(Exhibitor, row.id).booth_id is not None


def test_an_enterprise_is_told_its_booth_and_each_change(fair, booths, exhibitor, make, login):
    event, company = fair(), make.organization()
    make.recruiter(company)
    first, second = booths(event, 2)
    row, office = exhibitor(event, company), login(make.office())
    office.post(f"{desk(event)}/allocate")
    assert any(f"你们的展位是 {first.number}" in text for text in told())
    office.post(f"{desk(event)}/allocate")
    assert len(told()) == 1
    office.post(f"{desk(event)}/exhibitors/{row.id}/booth", data={"booth": second.id})
    assert any(f"你们的展位是 {second.number}" in text for text in told())


def test_by_hand_the_page_says_who_had_to_move_and_what_is_too_small(fair, booths, exhibitor, make, login):
    event = fair()
    a, b = booths(event, 2)
    large, other = exhibitor(event, booth_id=a.id, wishes={"cells": 2}), exhibitor(event, booth_id=b.id)
    names = [db.session.get(Exhibitor, row.id).organization.name for row in (large, other)]
    office = login(make.office())
    page = office.get(f"{desk(event)}/exhibitors").get_data(as_text=True)
    assert f"{b.number} · 现在是{names[1]}" in page
    office.post(f"{desk(event)}/exhibitors/{large.id}/booth", data={"booth": b.id})
    page = office.get(f"{desk(event)}/exhibitors").get_data(as_text=True)
    assert f"{names[1]}换到了 {a.number}" in page
    assert f"{names[0]}要2格，{b.number} 只有1格" in page


def test_the_big_screen_is_linked_from_the_desk_and_the_doors(fair, make, login):
    event = fair()
    office = login(make.office())
    for path in ("", "/doors"):
        page = office.get(desk(event) + path).get_data(as_text=True)
        assert f'href="/events/{event.id}/screen"' in page, path


def test_a_cell_of_the_map_is_as_large_as_a_thumb_needs(fair, booths, exhibitor, app):
    event = fair()
    exhibitor(event, booth_id=booths(event, 1)[0].id)
    page = app.test_client().get(f"/events/{event.id}").get_data(as_text=True)
    assert f'width="{20 * 44}"' in page and 'class="hall-scroll" tabindex="0"' in page
