"""What came of a gathering: figures on a page, as Word and as XLSX, and the lists to follow up."""

from dataclasses import astuple

from flask import Response as Plain
from flask import abort, render_template

from app.core.db import now
from app.core.tables import write_xlsx
from app.events import policy, reports
from app.events.kinds import kind_of
from app.events.models import Event
from app.events.queries import following, reporting
from app.events.routes.blueprint import bp, me, membership, own_event
from app.events.routes.manage import organizers, tabs_of
from app.events.routes.people import attached
from app.events.services import surveying

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FOLLOWED = ("姓名", "手机号", "学校", "专业", "企业", "职位")
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
        opinions=reporting.opinions(event),
        questions={"visitors": surveying.VISITOR, "exhibitors": surveying.EXHIBITOR},
        lists=[
            (which, label, len(following.contacts(event, which, _own_school(event))))
            for which, (label, _) in following.LISTS.items()
            if kind.has_posts or which == "absent"
        ]
        if event.starts_at <= now()
        else [],
    )


@bp.get("/organize/events/<int:event_id>/report.docx")
@organizers
def report_docx(event_id: int) -> Plain:
    return attached(reports.to_docx(own_event(event_id)), f"report-{event_id}.docx", DOCX)


@bp.get("/organize/events/<int:event_id>/report.xlsx")
@organizers
def report_xlsx(event_id: int) -> Plain:
    return attached(reports.to_xlsx(own_event(event_id)), f"report-{event_id}.xlsx")


@bp.get("/organize/events/<int:event_id>/follow-up/<which>.xlsx")
@organizers
def follow_up(event_id: int, which: str) -> Plain:
    """Whom to ask, with phone numbers; a school gets its own students."""
    event = own_event(event_id)
    if which not in following.LISTS:
        abort(404)
    rows = [list(astuple(each)) for each in following.contacts(event, which, _own_school(event))]
    return attached(write_xlsx(FOLLOWED, rows, following.LISTS[which][0]), f"{which}-{event_id}.xlsx")


def _own_school(event: Event) -> int | None:
    mine = membership()
    return None if mine is None or policy.sees_whole_list(me(), mine, event) else mine.organization_id
