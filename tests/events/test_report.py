"""Every figure of the report is what an independent query over the same rows says."""

import io
from datetime import timedelta

import docx
import pytest
from openpyxl import load_workbook
from sqlalchemy import text

from app.applications.models import Application, Stage
from app.core.db import db, now, transaction
from app.events import reports
from app.events.models import (
    CheckIn,
    Event,
    EventApplication,
    Exhibitor,
    Meeting,
    MeetingState,
    Registration,
    SurveyAnswer,
)
from app.events.queries import reporting
from app.events.services import registering
from tests.events.conftest import saved

SQL = {
    "registered": "SELECT count(*) FROM registrations WHERE event_id = :e AND state = 'registered'",
    "came": "SELECT count(*) FROM check_ins c JOIN registrations r ON r.id = c.registration_id"
    " WHERE c.event_id = :e AND r.state = 'registered'",
    "applied": "SELECT count(DISTINCT ea.registration_id) FROM event_applications ea"
    " JOIN applications a ON a.id = ea.application_id WHERE ea.event_id = :e AND a.stage <> 'withdrawn'",
    "interviewed": "SELECT count(*) FROM (SELECT registration_id FROM meetings WHERE event_id = :e AND state = 'met'"
    " UNION SELECT ea.registration_id FROM event_applications ea JOIN applications a ON a.id = ea.application_id"
    " WHERE ea.event_id = :e AND a.stage IN ('interview', 'offer', 'hired', 'declined')) x",
    "offered": "SELECT count(DISTINCT ea.registration_id) FROM event_applications ea JOIN applications a"
    " ON a.id = ea.application_id WHERE ea.event_id = :e AND a.stage IN ('offer', 'hired', 'declined')",
    "hired": "SELECT count(DISTINCT ea.registration_id) FROM event_applications ea JOIN applications a"
    " ON a.id = ea.application_id WHERE ea.event_id = :e AND a.stage = 'hired'",
}


def held(fair, exhibitor, visitor, make):
    """Six visitors, each of whom got one step further; one took the ticket back; another fair beside it."""
    event, other = fair(starts_at=now() - timedelta(hours=2)), fair()
    visitor(other)
    stand = exhibitor(event, posts=0)
    company = db.session.get(Exhibitor, stand.id).organization
    rows = [
        visitor(event, person=make.person(), school="三明学院" if n % 2 else "福州大学", major="化工")
        for n in range(6)
    ]
    gone = visitor(event)
    with transaction() as session:
        registering.cancel(session.get(Registration, gone.id))
    for row in rows[1:]:
        moment = now()
        saved(
            CheckIn(
                registration_id=row.id,
                event_id=event.id,
                at=moment,
                received_at=moment,
                key=str(row.id),
                device="",
                door="",
                is_queued=False,
            )
        )
    for row, stage in zip(rows[2:], (Stage.VIEWED, Stage.INTERVIEW, Stage.OFFER, Stage.HIRED), strict=True):
        application = make.application(
            make.posting(company), db.session.get(Registration, row.id).person, stage=stage
        )
        saved(
            EventApplication(
                application_id=application.id,
                event_id=event.id,
                exhibitor_id=stand.id,
                registration_id=row.id,
            )
        )
    saved(
        Meeting(
            event_id=event.id,
            exhibitor_id=stand.id,
            registration_id=rows[1].id,
            number="A001",
            state=MeetingState.MET,
        )
    )
    return event, rows


def test_each_figure_equals_an_independent_query(fair, exhibitor, visitor, make):
    event, _ = held(fair, exhibitor, visitor, make)
    event = db.session.get(Event, event.id)
    people = reporting.visitors(event)
    said = reporting.funnel(people)
    asked = {step: db.session.scalar(text(sql), {"e": event.id}) for step, sql in SQL.items()}
    assert said == asked
    assert said == {"registered": 6, "came": 5, "applied": 4, "interviewed": 4, "offered": 2, "hired": 1}
    by_school = reporting.breakdown(people, lambda each: each.school)
    assert {line.name: line.counts["registered"] for line in by_school} == {"三明学院": 3, "福州大学": 3}
    for step in reporting.STEPS:
        assert sum(line.counts[step] for line in by_school) == said[step]
    by_employer = reporting.by_way(people, lambda way: way.employer)
    assert [line.counts["applied"] for line in by_employer] == [4]


def test_a_hire_months_later_counts_to_the_fair(fair, exhibitor, visitor, make):
    event, _ = held(fair, exhibitor, visitor, make)
    before = reporting.funnel(reporting.visitors(db.session.get(Event, event.id)))["hired"]
    db.session.rollback()
    with transaction() as session:
        late = session.query(Application).filter_by(stage=Stage.VIEWED).one()
        late.stage, late.moved_at = Stage.HIRED, now() + timedelta(days=120)
    assert reporting.funnel(reporting.visitors(db.session.get(Event, event.id)))["hired"] == before + 1


@pytest.mark.fonts
def test_word_and_workbook_say_the_same(fair, exhibitor, visitor, make, login):
    event, _ = held(fair, exhibitor, visitor, make)
    browser, path = login(make.office()), f"/organize/events/{event.id}"
    assert "从报名到入职" in browser.get(f"{path}/report").get_data(as_text=True)
    word = docx.Document(io.BytesIO(browser.get(f"{path}/report.docx").data))
    said = "".join(paragraph.text for paragraph in word.paragraphs)
    assert "报名6人，到场5人" in said and "到今天入职1人" in said
    assert len(word.inline_shapes) == 1
    sheet = load_workbook(io.BytesIO(browser.get(f"{path}/report.xlsx").data)).active
    assert [cell.value for cell in sheet[2]][2:] == [6, 5, 4, 4, 2, 1]
    absent = load_workbook(io.BytesIO(browser.get(f"{path}/follow-up/absent.xlsx").data)).active
    assert absent.max_row == 2


def test_the_public_sees_no_report(fair, app):
    assert app.test_client().get(f"/organize/events/{fair().id}/report").status_code == 302


def test_the_page_shows_every_question_and_what_was_written(fair, visitor, make, login):
    event = fair(starts_at=now() - timedelta(hours=2))
    for mark, words in ((5, "职位很对口"), (2, "")):
        answers = {"overall": 4, "posts": mark, "order": 5, "again": 5, "words": words}
        saved(SurveyAnswer(event_id=event.id, registration_id=visitor(event).id, answers=answers))
    page = login(make.office()).get(f"/organize/events/{event.id}/report").get_data(as_text=True)
    assert "职位对不对口" in page and "3.5分" in page and "职位很对口" in page


def test_nobody_is_late_before_the_fair_has_begun(fair, visitor, make, login):
    event = fair()
    visitor(event)
    office, path = login(make.office()), f"/organize/events/{event.id}/report"
    assert "报了名没到场" not in office.get(path).get_data(as_text=True)


def test_the_tables_say_what_their_columns_are_and_what_was_left_out(fair):
    event = fair(starts_at=now() - timedelta(hours=2))
    rows = list(load_workbook(io.BytesIO(reports.to_xlsx(event))).active.values)
    assert rows[0][:2] == ("分组", "名称")
    document = docx.Document()
    reports._add_table(document, "按学校", [reporting.Line(f"学校{n}", {"registered": n}) for n in range(44)])
    assert document.paragraphs[-1].text == "共44行，这里是前40行，全部在数据表里。"
