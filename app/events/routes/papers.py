"""Safety plan and emergency plan: handed in by the organizer, seen by organizer and office."""

from flask import Response as Plain
from flask import abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.core import storage
from app.core.db import transaction
from app.core.errors import DomainError
from app.events.forms import PapersForm
from app.events.kinds import kind_of
from app.events.routes.blueprint import bp, own_event
from app.events.routes.manage import organizers, tabs_of
from app.events.services import planning

ACCEPTED = storage.PAPERS | {"application/vnd.openxmlformats-officedocument.wordprocessingml.document"}


@bp.route("/organize/events/<int:event_id>/papers", methods=["GET", "POST"])
@organizers
def papers(event_id: int) -> str | Response | tuple[str, int]:
    event, form = own_event(event_id), PapersForm()
    status = 200
    if form.validate_on_submit():
        handed = {
            name: form[name].data for name in planning.PAPERS if getattr(form[name].data, "filename", "")
        }
        if handed and _keep(event_id, handed, form):
            flash("收到了", "success")
            return redirect(url_for("events.manage", event_id=event_id), 303)
        if not handed:
            form.safety_plan.errors = ["请选文件"]
        status = 422
    page = render_template(
        "events/papers.html", event=event, form=form, kind=kind_of(event.kind), tabs=tabs_of(event, "manage")
    )
    return page, status


def _keep(event_id: int, handed: dict, form: PapersForm) -> bool:
    for name, upload in handed.items():
        try:
            with transaction():
                file = storage.keep(upload.read(), upload.filename, ACCEPTED)
                planning.attach(own_event(event_id), name, file)
        except DomainError as refused:
            form[name].errors = [refused.message]
            return False
    return True


@bp.get("/organize/events/<int:event_id>/papers/<any(safety_plan,emergency_plan):paper>")
@organizers
def paper(event_id: int, paper: str) -> Plain:
    file = getattr(own_event(event_id), paper)
    if file is None:
        abort(404)
    return storage.respond(file, inline=request.args.get("save") is None)
