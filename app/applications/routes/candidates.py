"""The candidate as the employer sees them, and single moves."""

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.applications import policy, queries, services
from app.applications.forms import MessageForm, MoveForm, NoteForm, ReasonForm, ResultForm
from app.applications.kinds import (
    EMPLOYER,
    INTERVIEW_LABELS,
    OFFER_LABELS,
    STAGES,
    Step,
    steps_now,
    workflow_of,
)
from app.applications.models import Application, InterviewState, OfferState, Stage
from app.applications.routes.access import candidate_or_404, my_membership
from app.applications.routes.blueprint import bp
from app.applications.routes.cards import facts_of
from app.applications.timeline import Side, events_of, people_in
from app.core import fit
from app.core.db import now, transaction
from app.core.guard import Role, only
from app.organizations.models import Membership
from app.people.content import Content

PAGES = {"invite": "applications.invite", "offer": "applications.offer"}  # steps with a form of their own


@bp.get("/desk/candidates/<int:application_id>")
@only(Role.ENTERPRISE)
def candidate(application_id: int) -> str:
    membership = my_membership()
    application = candidate_or_404(membership, application_id)
    unread = queries.unread(application, from_seeker=True)
    is_new = application.stage is Stage.SUBMITTED and policy.can_handle(membership, application)
    if is_new or unread:
        with transaction():
            services.view(application, membership)
            services.mark_read(unread)
    return candidate_page(application, membership)


def candidate_page(application: Application, membership: Membership, **forms: object) -> str:
    """The page; `forms` replaces those that were refused."""
    moves, interviews = queries.moves(application), queries.interviews(application)
    offers = queries.offers(application)
    side = Side(application, is_seeker=False, names=queries.names_of(people_in(moves, interviews, offers)))
    offer = next((o for o in offers if o.state in {OfferState.OPEN, OfferState.ACCEPTED}), None)
    can_handle = policy.can_handle(membership, application)
    steps = steps_now(application.posting.kind, application.stage, EMPLOYER, offer.state if offer else None)
    sees = policy.can_see_resume(application)
    content = Content.from_dict(application.snapshot.content) if sees else None
    known = {
        "message_form": MessageForm(formdata=None),
        "note_form": NoteForm(formdata=None, prefix="note"),
        "result_form": ResultForm(formdata=None),
    }
    return render_template(
        "applications/candidate.html",
        **{**known, **forms},
        application=application,
        posting=application.posting,
        person=application.person,
        user=application.person.user,
        words=STAGES[application.stage],
        steps=_buttons(application, steps) if can_handle else [],
        can_handle=can_handle,
        is_suspended=policy.is_suspended(membership),
        content=content,
        traits=facts_of(content) if content else [],
        match=_match(application, membership) if sees else None,
        events=events_of(side, moves, interviews, offers),
        interviews=interviews,
        interview_labels=INTERVIEW_LABELS,
        InterviewState=InterviewState,
        offers=offers,
        is_accepted=application.stage is Stage.OFFER
        and any(each.state is OfferState.ACCEPTED for each in offers),
        offer_labels=OFFER_LABELS,
        thread=queries.thread(application),
        notes=queries.notes(application),
        can_talk=policy.can_talk(application) and can_handle,
        now=now(),
    )


def _match(application: Application, membership: Membership) -> dict[str, Any] | None:
    """Requirements beside evidence; nothing where the employer switched matching off."""
    if not membership.organization.is_matching_on:
        return None
    found = fit.current().explain(application.person_id, application.posting_id)
    if found is None:
        return None
    rows = [
        {
            "need": row.need,
            "say": row.says,
            "source": row.source,
            "verdict": "ok" if row.is_met else "gap" if row.source else "unknown",
            "advice": row.for_employer,
        }
        for row in found.rows
    ]
    return {
        "band": found.band,
        "why": found.sentence or found.why,
        "rows": rows,
    }


def _buttons(application: Application, steps: list[Step]) -> list[dict[str, Any]]:
    """The steps of now as links to their pages, or as forms of one button."""
    return [
        {
            "verb": step.verb,
            "label": step.label,
            "kind": _kind_of(application, step),
            "href": _page_of(application, step),
        }
        for step in steps
        if step.verb != "view"
    ]


def _kind_of(application: Application, step: Step) -> str:
    """One primary button; what ends the application is the quietest."""
    if application.stage in step.main_at:
        return "primary"
    return "text" if step.ends else "quiet"


def _page_of(application: Application, step: Step) -> str:
    if step.verb in PAGES:
        return url_for(PAGES[step.verb], application_id=application.id)
    if step.needs_reason:
        return url_for("applications.move", application_id=application.id, verb=step.verb)
    return ""


@bp.route("/desk/candidates/<int:application_id>/move", methods=["GET", "POST"])
@only(Role.ENTERPRISE)
def move(application_id: int) -> str | Response | tuple[str, int]:
    """GET asks for the reason of a step that needs one; POST takes the step."""
    membership = my_membership()
    application = candidate_or_404(membership, application_id)
    verb = request.values.get("verb", "")
    step = workflow_of(application.posting.kind).moves.get(verb)
    if not isinstance(step, Step) or EMPLOYER not in step.who or verb in PAGES:
        abort(404)
    form: MoveForm | ReasonForm = ReasonForm() if step.verb == "reject" else MoveForm()
    if request.method == "GET":
        form.version.data, form.verb.data = str(application.version), verb
        return _reason_page(application, step, form, 200)
    if not form.validate():
        return _reason_page(application, step, form, 422)
    reason = form.full_reason if isinstance(form, ReasonForm) else form.words.data or ""
    if step.needs_reason and not reason:
        form.words.errors = ["请写明原因，应聘者会看到"]
        return _reason_page(application, step, form, 422)
    with transaction():
        services.take(application, verb, membership, reason=reason, seen_version=form.seen_version)
    flash(f"{application.person.name}：{STAGES[application.stage].label}", "success")
    return redirect(url_for("applications.candidate", application_id=application_id), 303)


def _reason_page(
    application: Application, step: Step, form: MoveForm | ReasonForm, status: int
) -> tuple[str, int]:
    page = render_template("applications/move.html", application=application, step=step, form=form)
    return page, status
