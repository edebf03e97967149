"""Messages between the two sides, and notes for colleagues."""

from flask import flash, redirect, url_for
from werkzeug.wrappers import Response

from app.applications import services
from app.applications.forms import MessageForm, NoteForm
from app.applications.routes.access import candidate_or_404, me, my_membership, own_or_404
from app.applications.routes.blueprint import bp
from app.applications.routes.candidates import candidate_page
from app.applications.routes.seeking import seeker_page
from app.core.db import transaction
from app.core.guard import Role, only
from app.core.limits import limiter


@bp.post("/applications/<int:application_id>/messages")
@only(Role.SEEKER)
@limiter.limit("60/hour")
def say(application_id: int) -> Response | tuple[str, int]:
    application = own_or_404(application_id)
    form = MessageForm()
    if not form.validate():
        return seeker_page(application, message_form=form), 422
    with transaction():
        services.say(application, me(), form.text.data)
    flash("已发送", "success")  # also what tells the page to let go of the draft
    return redirect(url_for("applications.show", application_id=application_id, _anchor="thread"), 303)


@bp.post("/desk/candidates/<int:application_id>/messages")
@only(Role.ENTERPRISE)
@limiter.limit("300/hour")
def say_to_candidate(application_id: int) -> Response | tuple[str, int]:
    membership = my_membership()
    application = candidate_or_404(membership, application_id)
    form = MessageForm()
    if not form.validate():
        return candidate_page(application, membership, message_form=form), 422
    with transaction():
        services.say(application, me(), form.text.data, membership)
    flash("已发送", "success")
    return redirect(url_for("applications.candidate", application_id=application_id, _anchor="thread"), 303)


@bp.post("/desk/candidates/<int:application_id>/notes")
@only(Role.ENTERPRISE)
@limiter.limit("300/hour")
def note(application_id: int) -> Response | tuple[str, int]:
    membership = my_membership()
    application = candidate_or_404(membership, application_id)
    form = NoteForm(prefix="note")
    if not form.validate():
        return candidate_page(application, membership, note_form=form), 422
    with transaction():
        services.note(application, membership, form.text.data)
    flash("已记下", "success")
    return redirect(url_for("applications.candidate", application_id=application_id, _anchor="notes"), 303)
