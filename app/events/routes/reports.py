"""What came of a gathering."""

from flask import render_template

from app.events import queries
from app.events.kinds import kind_of
from app.events.routes.blueprint import bp, own_event
from app.events.routes.manage import organizers, tabs_of


@bp.get("/organize/events/<int:event_id>/report")
@organizers
def report(event_id: int) -> str:
    event = own_event(event_id)
    return render_template(
        "events/report.html",
        event=event,
        kind=kind_of(event.kind),
        tabs=tabs_of(event, "report"),
        counts=queries.counts_of(event),
    )
