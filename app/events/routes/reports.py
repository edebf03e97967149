"""What came of a gathering: figures on a page, as Word and as XLSX, and the lists to follow up."""

from flask import Response as Plain
from flask import render_template

from app.core.db import db
from app.core.tables import write_xlsx
from app.events import policy, queries, reports
from app.events.kinds import kind_of
from app.events.models import Event
from app.events.queries import reporting
from app.events.roster import HEADER
from app.events.routes.blueprint import bp, me, membership, own_event
from app.events.routes.manage import organizers, tabs_of
from app.events.routes.people import attached

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SHOWN = 30  # lines of one table on the page; the workbook has all


@bp.get("/organize/events/<int:event_id>/report")
@organizers
def report(event_id: int) -> str:
    event = own_event(event_id)
    kind = kind_of(event.kind)
    people = reporting.visitors(event)
    return render_template(
        "events/report.html",
        event=event,
        kind=kind,
        tabs=tabs_of(event, "report"),
        funnel=reporting.funnel(people),
        labels=reporting.LABELS,
        sections=[(title, lines[:SHOWN], len(lines)) for title, lines in reports.sections(people)]
        if kind.has_posts
        else [],
        companies=reporting.companies(event),
        survey=reporting.survey(event),
    )


@bp.get("/organize/events/<int:event_id>/report.docx")
@organizers
def report_docx(event_id: int) -> Plain:
    return attached(reports.to_docx(own_event(event_id)), f"report-{event_id}.docx", DOCX)


@bp.get("/organize/events/<int:event_id>/report.xlsx")
@organizers
def report_xlsx(event_id: int) -> Plain:
    return attached(reports.to_xlsx(own_event(event_id)), f"report-{event_id}.xlsx")


@bp.get("/organize/events/<int:event_id>/absent.xlsx")
@organizers
def absent_people(event_id: int) -> Plain:
    """Who registered and did not come, to be asked; a school gets its own students."""
    event = own_event(event_id)
    query = queries.people_of(event, school_id=_own_school(event), is_attended=False)
    rows = [[r.name, r.phone, r.school, r.major, r.graduation_year] for r in db.session.scalars(query)]
    return attached(write_xlsx(HEADER, rows, "没到场"), f"absent-{event_id}.xlsx")


def _own_school(event: Event) -> int | None:
    mine = membership()
    return None if mine is None or policy.sees_whole_list(me(), mine, event) else mine.organization_id
