"""A place at a gathering: by oneself, from a school's list; who sees whom."""

import io
import re
from datetime import timedelta

from app.accounts.services import closing
from app.core.db import db, now, transaction
from app.core.tables import write_xlsx
from app.core.workbooks import read_cells
from app.events import pictures, roster, tickets
from app.events.kinds import SHARE_REASONS, SHARES
from app.events.models import Event, EventState, Registration, RegistrationImport, RegistrationState
from app.events.roster import HEADER
from app.events.services import planning, registering
from app.notifications.models import Message
from app.organizations.models import OrganizationKind
from tests.events.conftest import came, member

ME = {"name": "张三", "phone": "13900000001"}


def sheet(rows):
    return {"file": (io.BytesIO(write_xlsx(HEADER, rows, "名单")), "名单.xlsx")}


def test_name_and_phone_are_enough_and_the_ticket_follows(app, fair):
    event = fair()
    browser = app.test_client()
    made = browser.post(f"/events/{event.id}/register", data=ME | {"shares": ["name", "contact"]})
    page = browser.get(made.location).get_data(as_text=True)
    row = db.session.query(Registration).one()
    assert row.code[:3] in page and row.shares == ["name", "contact"]
    assert "手机号" in row.consent_text
    link = made.location.split("/tickets/")[1]
    assert browser.get(f"/tickets/{link}/qr.png").data[:4] == b"\x89PNG"
    assert b"<svg" in browser.get(f"/tickets/{link}/qr.svg").data


def test_no_consent_is_ticked_beforehand_and_each_says_what_it_is_for(fair, make, login):
    event, person = fair(), make.person()
    page = login(person.user).get(f"/events/{event.id}/register").get_data(as_text=True)
    boxes = re.findall(r'<input[^>]*name="shares"[^>]*>', page)
    assert len(boxes) == len(SHARES) and not any("checked" in box for box in boxes)
    assert all(reason in page for reason in SHARE_REASONS.values())


def test_a_made_up_ticket_address_opens_nothing(app, fair):
    fair()
    assert app.test_client().get("/tickets/1").status_code == 404


def test_the_same_phone_twice_is_one_ticket_and_another_name_is_refused(app, fair):
    event = fair()
    browser = app.test_client()
    first = browser.post(f"/events/{event.id}/register", data=ME)
    again = browser.post(f"/events/{event.id}/register", data=ME)
    assert again.status_code == 303 and first.status_code == 303
    assert browser.post(f"/events/{event.id}/register", data=ME | {"name": "别人"}).status_code == 409
    assert db.session.query(Registration).count() == 1


def test_windows_limit_and_audience_are_kept(app, fair):
    browser = app.test_client()
    late = fair(people_until=now() - timedelta(hours=1))
    assert browser.post(f"/events/{late.id}/register", data=ME).status_code == 409
    small = fair(registration_limit=1)
    assert browser.post(f"/events/{small.id}/register", data=ME).status_code == 303
    assert (
        browser.post(
            f"/events/{small.id}/register", data={"name": "李四", "phone": "13900000002"}
        ).status_code
        == 409
    )
    meant = fair(audience={"schools": [], "majors": ["化工"], "graduation_years": [2027]})
    path = f"/events/{meant.id}/register"
    refused = browser.post(path, data=ME | {"major": "会计", "graduation_year": 2027})
    page = refused.get_data(as_text=True)
    assert refused.status_code == 422 and "这场活动只面向化工" in page and 'value="会计"' in page
    assert "这场活动只面向2027" not in page
    assert browser.get(path).get_data(as_text=True).count("选填") == 2  # the school and what booths may see
    assert browser.post(path, data=ME | {"major": "应用化工技术", "graduation_year": 2027}).status_code == 303


def test_a_place_given_back_is_free_again(app, fair):
    event = fair(registration_limit=1)
    browser = app.test_client()
    link = browser.post(f"/events/{event.id}/register", data=ME).location.split("/tickets/")[1]
    assert browser.post(f"/tickets/{link}/cancel").status_code == 303
    assert "不能再用" in browser.get(f"/tickets/{link}").get_data(as_text=True)
    assert (
        browser.post(
            f"/events/{event.id}/register", data={"name": "李四", "phone": "13900000002"}
        ).status_code
        == 303
    )


def test_a_list_of_a_school_keeps_good_rows_and_names_the_others(fair, organizer, school, login):
    event = fair(organizer_id=school.id)
    rows = [
        ["王一", "13900000011", school.name, "应用化工技术", 2027],
        ["", "13900000012", "", "", ""],
        ["王三", "139", "", "", ""],
        ["王四", "13900000011", "", "", ""],
        ["王五", "13900000015", "", "", "明年"],
    ]
    browser = login(organizer)
    made = browser.post(f"/organize/events/{event.id}/people", data=sheet(rows))
    page = browser.get(made.location).get_data(as_text=True)
    assert db.session.query(Registration).one().name == "王一"
    for words in ("没有姓名", "和第2行一样", "毕业年份"):
        assert words in page
    result = db.session.query(RegistrationImport).one()
    assert [row["row"] for row in result.rejected] == [3, 4, 5, 6]
    again = browser.post(f"/organize/events/{event.id}/people", data=sheet(rows[:1]))
    assert again.status_code == 303 and db.session.query(Registration).count() == 1
    assert browser.get(f"{made.location}/rejected.xlsx").status_code == 200


def test_five_thousand_rows_half_of_them_broken(fair, make, app):
    """All good rows get a place, all others are named, in a few seconds."""
    event, by = fair(), make.office()
    rows = [
        registering.Row(n, {"姓名": "甲"}, registering.Visitor("甲", f"13{n:09d}"))
        if n % 2
        else registering.Row(n, {"姓名": "乙"}, None, ["没有手机号"])
        for n in range(5_000)
    ]
    with transaction() as session:
        result = registering.import_rows(
            session.get(Event, event.id), rows, "a.xlsx", by=by, organization=None
        )
    assert (result.kept, len(result.rejected)) == (2_500, 2_500)
    assert db.session.query(Registration).count() == 2_500


def test_a_list_of_exactly_five_thousand_is_read():
    rows = [[f"学生{n}", f"139{n:08d}", "", "", ""] for n in range(5_000)]
    for data, name in (
        (write_xlsx(HEADER, rows, "名单"), "名单.xlsx"),
        ("\n".join(",".join(row) for row in [list(HEADER), *rows]).encode(), "名单.csv"),
    ):
        assert len(roster.read(read_cells(data, name))) == 5_000


def test_a_school_sees_its_own_students_and_nobody_elses(fair, make, login, school, organizer, app):
    other = make.organization(kind=OrganizationKind.SCHOOL, name="另一所学校")
    event = fair()  # the office's
    mine = login(organizer).post(
        f"/organize/events/{event.id}/people", data=sheet([["我校学生", "13900000021", school.name, "", ""]])
    )
    assert mine.status_code == 303
    theirs = login(member(make, other))
    theirs.post(
        f"/organize/events/{event.id}/people", data=sheet([["他校学生", "13900000022", "另一所学校", "", ""]])
    )
    page = login(organizer).get(f"/organize/events/{event.id}/people").get_data(as_text=True)
    assert "我校学生" in page and "他校学生" not in page
    assert "他校学生" not in login(organizer).get(
        f"/organize/events/{event.id}/people?q=13900000022"
    ).get_data(as_text=True)
    own_import = db.session.query(RegistrationImport).filter_by(organization_id=school.id).one()
    assert theirs.get(f"/organize/events/{event.id}/imports/{own_import.id}").status_code == 404
    everything = login(make.office()).get(f"/organize/events/{event.id}/people").get_data(as_text=True)
    assert "我校学生" in everything and "他校学生" in everything


def test_a_school_that_organizes_sees_only_its_own_students_by_name(
    fair, login, school, organizer, make, visitor
):
    make.organization(kind=OrganizationKind.SCHOOL, name="另一所学校")
    event = fair(organizer_id=school.id)
    visitor(event, name="他校学生", school="另一所学校")
    visitor(event, name="我校学生", school=school.name)
    page = login(organizer).get(f"/organize/events/{event.id}/people").get_data(as_text=True)
    assert "我校学生" in page and "他校学生" not in page
    assert "2人报名" in page


def test_a_seeker_finds_their_tickets(fair, visitor, make, login):
    person = make.person()
    event = fair()
    visitor(event, person=person)
    browser = login(person.user)
    assert event.title in browser.get("/me/events").get_data(as_text=True)
    assert browser.get(f"/events/{event.id}/register").status_code == 303


def imported_one(event, make, name="王一", phone="13900000031"):
    with transaction() as session:
        row = registering.Row(2, {}, registering.Visitor(name, phone))
        registering.import_rows(
            session.get(Event, event.id), [row], "a.xlsx", by=make.office(), organization=None
        )
    return db.session.query(Registration).one()


def test_who_was_imported_gets_the_ticket_by_message_and_the_school_sees_it_too(
    fair, make, login, organizer, school, app
):
    event = fair()
    browser = login(organizer)
    sent = browser.post(
        f"/organize/events/{event.id}/people", data=sheet([["王一", "13900000031", school.name, "", ""]])
    )
    assert "短信" in browser.get(sent.location).get_data(as_text=True)
    path = f"/tickets/{tickets.link_of(db.session.query(Registration).one().id)}"
    message, named = db.session.query(Message).one(), path.partition(".")[0]  # what follows tells the second
    assert (message.address, message.path.partition(".")[0]) == ("13900000031", named)
    assert event.title in message.body
    assert named in browser.get(f"/organize/events/{event.id}/people").get_data(as_text=True)
    assert "选展位能看到什么" in app.test_client().get(path).get_data(as_text=True)


def test_who_was_imported_into_a_draft_is_told_when_it_is_published(fair, make):
    event = fair(state=EventState.DRAFT, kind="lecture")
    imported_one(event, make)
    assert db.session.query(Message).count() == 0
    with transaction() as session:
        planning.publish(session.get(Event, event.id))
    assert db.session.query(Message).one().address == "13900000031"


def test_signing_up_with_that_phone_shows_the_ticket_and_a_resume_makes_it_ones_own(fair, make, login):
    event = fair()
    row = imported_one(event, make)
    user = make.user(phone=row.phone)
    page = login(user).get("/me/events").get_data(as_text=True)
    assert tickets.link_of(row.id) in page
    assert tickets.link_of(row.id) not in login(make.user()).get("/me/events").get_data(as_text=True)
    person = make.person(user=user)
    db.session.refresh(row)
    assert row.person_id == person.id
    with transaction() as session:
        later = registering.Row(2, {}, registering.Visitor("王一", row.phone))
        registering.import_rows(
            session.get(Event, fair().id), [later], "b.xlsx", by=make.office(), organization=None
        )
    assert db.session.query(Registration).filter_by(person_id=person.id).count() == 2


def test_what_booths_see_is_given_and_taken_back_on_the_ticket(fair, make, app, monkeypatch):
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    event = fair()
    row = imported_one(event, make)
    path = f"/tickets/{tickets.link_of(row.id)}"
    browser = app.test_client()
    page = browser.get(f"{path}/shares").get_data(as_text=True)
    assert not re.search(r"<input[^>]* checked", page) and 'name="csrf_token"' in page
    monkeypatch.undo()
    browser.post(f"{path}/shares", data={"shares": ["name", "school"]})
    db.session.refresh(row)
    assert row.shares == ["name", "school"] and "学校" in row.consent_text
    browser.post(f"{path}/shares", data={})
    db.session.refresh(row)
    assert row.shares == [] and row.consented_at is not None


def test_the_kept_picture_is_the_whole_ticket_and_not_the_bare_code(fair, visitor, app, monkeypatch):
    row = visitor(fair(title="冬季双选会"))
    said = {}

    def typeset(_layout, inputs, **_more):
        said.update(inputs["ticket"])
        return b"\x89PNG"

    monkeypatch.setattr(pictures, "typeset", typeset)
    kept = app.test_client().get(f"/tickets/{tickets.link_of(row.id)}/qr.png?save=1")
    assert kept.data == b"\x89PNG" and "attachment" in kept.headers["Content-Disposition"]
    assert said["title"] == "冬季双选会" and said["code"].replace(" ", "") == row.code
    assert "月" in said["when"] and "县体育馆" in said["where"] and said["name"] == row.name


def test_every_way_on_a_seekers_own_page_is_open_to_them(make, login):
    browser = login(make.person().user)
    ways = re.findall(r'<li class="mini"><a href="([^"]+)"', browser.get("/me/").get_data(as_text=True))
    assert ways and all(browser.get(way.replace("&amp;", "&")).status_code == 200 for way in ways)


def test_closing_the_account_gives_places_ahead_back_and_keeps_what_was_attended(fair, visitor, make):
    person, today, later = make.person(), fair(), fair()
    entered, ahead = visitor(today, person=person), visitor(later, person=person)
    came(entered)
    with transaction():
        closing.close(person.user)
    db.session.expire_all()
    assert (entered.state, ahead.state) == (RegistrationState.REGISTERED, RegistrationState.CANCELLED)
    assert ahead.cancelled_at is not None


def test_a_calendar_entry_names_place_and_time(app, fair):
    event = fair(title="冬季双选会")
    text = app.test_client().get(f"/events/{event.id}/calendar.ics").get_data(as_text=True)
    assert "BEGIN:VEVENT" in text and "SUMMARY:冬季双选会" in text and "县体育馆" in text


def test_nobody_registers_for_a_draft(app, fair):
    event = fair(state=EventState.DRAFT)
    assert app.test_client().post(f"/events/{event.id}/register", data=ME).status_code == 404


def test_codes_differ_within_a_fair(fair, visitor):
    event = fair()
    codes = {visitor(event).code for _ in range(20)}
    assert len(codes) == 20 and all(tickets.read_code(code) == code for code in codes)
