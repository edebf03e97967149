"""Every figure of the report of an invented fair, recomputed by SQL that knows nothing of the report."""

import io
import random
from datetime import timedelta

import docx
import pytest
from openpyxl import load_workbook
from sqlalchemy import text

from app.applications.models import Stage
from app.core.db import db, now, transaction
from app.events import reports
from app.events.models import (
    CheckIn,
    Event,
    Exhibitor,
    ExhibitorPosting,
    Meeting,
    MeetingState,
    Registration,
    SurveyAnswer,
)
from app.events.queries import reporting
from app.events.services import registering

pytestmark = pytest.mark.slow  # left out by --quick

GOOD = "r.event_id = :e AND r.state = 'registered'"
WAY = (
    "EXISTS (SELECT 1 FROM event_applications ea JOIN applications a ON a.id = ea.application_id"
    " WHERE ea.registration_id = r.id AND ea.event_id = :e AND a.stage {})"
)
STEPS = {
    "registered": "1 = 1",
    "came": "EXISTS (SELECT 1 FROM check_ins c WHERE c.registration_id = r.id)",
    "applied": WAY.format("<> 'withdrawn'"),
    "interviewed": "(EXISTS (SELECT 1 FROM meetings m WHERE m.registration_id = r.id AND m.state = 'met') OR "
    + WAY.format("IN ('interview', 'offer', 'hired', 'declined')")
    + ")",
    "offered": WAY.format("IN ('offer', 'hired', 'declined')"),
    "hired": WAY.format("= 'hired'"),
}
AT = {
    "applied": "1 = 1",
    "interviewed": "(a.stage IN ('interview', 'offer', 'hired', 'declined') OR EXISTS (SELECT 1 FROM meetings m WHERE"
    " m.registration_id = r.id AND m.exhibitor_id = ea.exhibitor_id AND m.state = 'met'))",
    "offered": "a.stage IN ('offer', 'hired', 'declined')",
    "hired": "a.stage = 'hired'",
}
STAGES = (Stage.SUBMITTED, Stage.VIEWED, Stage.INTERVIEW, Stage.OFFER, Stage.HIRED, Stage.WITHDRAWN)


@pytest.fixture(params=[1, 2, 3])
def event(request, fair, exhibitor, visitor, make):
    """Two dozen visitors who do what chance says, four enterprises of which one stays away, another fair beside."""
    rng = random.Random(request.param)
    found, other = fair(starts_at=now() - timedelta(hours=2)), fair()
    visitor(other, school="三明学院")
    stands = [exhibitor(found, posts=2) for _ in range(4)]
    posts = [tie.posting for tie in db.session.query(ExhibitorPosting).order_by(ExhibitorPosting.id)]
    schools, majors = ("三明学院", "福州大学", ""), ("应用化工技术", "机电一体化", "")
    rows = [
        visitor(found, person=make.person(), school=rng.choice(schools), major=rng.choice(majors))
        for _ in range(24)
    ]
    for row in rows:
        for post in rng.sample(posts, rng.choice((0, 1, 2))):
            make.application(post, row.person, stage=rng.choice(STAGES))
    with transaction() as session:
        registering.cancel(session.get(Registration, rows[0].id))
        session.get(Exhibitor, stands[0].id).no_show_at = now()
        for row in rows[1:]:
            session.add_all(done(row, rng, [stand.id for stand in stands]))
        mark = SurveyAnswer(event_id=found.id, exhibitor_id=stands[1].id, answers={"overall": 4})
        session.add(mark)
    return db.session.get(Event, found.id)


def done(row, rng, stands):
    """What one visitor leaves at the fair, beside applications."""
    moment = now()
    if rng.random() < 0.7:
        yield CheckIn(
            registration_id=row.id, event_id=row.event_id, at=moment, received_at=moment, key=str(row.id),
            device="", door="", is_queued=False,
        )  # fmt: skip
    if rng.random() < 0.6:
        yield Meeting(
            event_id=row.event_id, exhibitor_id=rng.choice(stands), registration_id=row.id,
            number=f"A{row.id:03d}", state=rng.choice((MeetingState.MET, MeetingState.WAITING)),
        )  # fmt: skip
    if rng.random() < 0.5:
        yield SurveyAnswer(
            event_id=row.event_id, registration_id=row.id, answers={"overall": rng.randint(1, 5)}
        )


def asked(sql, event):
    return {row[0] or "没填": row[1] for row in db.session.execute(text(sql), {"e": event.id})}


def shown(lines, step):
    return {line.name: line.counts[step] for line in lines if line.counts[step]}


def test_the_funnel_as_a_whole_by_school_and_by_major(event):
    people = reporting.visitors(event)
    funnel = reporting.funnel(people)
    sections = dict(reports.sections(people))
    for step, took in STEPS.items():
        whole = f"SELECT count(*) FROM registrations r WHERE {GOOD} AND {took}"
        assert funnel[step] == db.session.scalar(text(whole), {"e": event.id}), step
        for title, column in (("按学校", "school"), ("按专业", "major")):
            sql = f"SELECT r.{column}, count(*) FROM registrations r WHERE {GOOD} AND {took} GROUP BY 1"
            assert shown(sections[title], step) == asked(sql, event), (title, step)
    assert 0 < funnel["hired"] < funnel["applied"] < funnel["registered"]


def test_the_funnel_by_enterprise_and_by_post(event):
    sections = dict(reports.sections(reporting.visitors(event)))
    names = {"按企业": "o.name", "按职位": "p.title || '（' || o.name || '）'"}
    for step, took in AT.items():
        for title, name in names.items():
            sql = (
                f"SELECT {name}, count(DISTINCT r.id) FROM event_applications ea"
                " JOIN applications a ON a.id = ea.application_id JOIN postings p ON p.id = a.posting_id"
                " JOIN organizations o ON o.id = p.organization_id JOIN registrations r ON r.id = ea.registration_id"
                f" WHERE {GOOD} AND ea.event_id = :e AND a.stage <> 'withdrawn' AND {took} GROUP BY 1"
            )
            assert shown(sections[title], step) == asked(sql, event), (title, step)


def test_enterprises_and_satisfaction(event):
    firms = reporting.companies(event)
    state = "SELECT count(*) FROM exhibitors WHERE event_id = :e AND state = 'approved'"
    assert firms.approved == db.session.scalar(text(state), {"e": event.id})
    assert (
        firms.absent == db.session.scalar(text(f"{state} AND no_show_at IS NOT NULL"), {"e": event.id}) == 1
    )
    marks = "SELECT count(*), avg(json_extract(answers, '$.overall')) FROM survey_answers WHERE event_id = :e AND {} > 0"
    for side, column in (("visitors", "registration_id"), ("exhibitors", "exhibitor_id")):
        count, mean = db.session.execute(text(marks.format(column)), {"e": event.id}).one()
        assert reporting.survey(event)[side] == (count, pytest.approx(mean))


@pytest.mark.fonts
def test_the_files_hold_the_same_figures_as_the_page(event):
    people = reporting.visitors(event)
    funnel, sections = reporting.funnel(people), reports.sections(people)
    rows = list(load_workbook(io.BytesIO(reports.to_xlsx(event))).active.values)
    assert list(rows[1][2:]) == [funnel[step] for step in reporting.STEPS]
    lines = [(title, line.name, line.counts) for title, each in sections for line in each]
    assert len(rows) == 2 + len(lines)
    for row, (title, name, counts) in zip(rows[2:], lines, strict=True):
        assert row == (title, name, *(counts.get(step) for step in reporting.STEPS))
    word = docx.Document(io.BytesIO(reports.to_docx(event)))
    for table, (_, each) in zip(word.tables, sections, strict=True):
        for row, line in zip(table.rows[1:], each, strict=True):
            assert [cell.text for cell in row.cells] == [line.name, *map(str, line.counts.values())]
