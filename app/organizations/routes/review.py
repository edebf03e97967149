"""The office's queue of organizations, and the page where it decides on one."""

from flask import flash, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from app.core import county_time
from app.core.db import get_or_404, paginate, transaction
from app.core.errors import authorize
from app.core.guard import Role, only
from app.organizations import policy, queries
from app.organizations.forms import DecisionForm
from app.organizations.kinds import CONSEQUENCES, KINDS, STANDING_LABELS, STANDING_TONES, VERB_LABELS
from app.organizations.models import Organization, Standing
from app.organizations.routes.blueprint import bp, me
from app.organizations.routes.registration import paper
from app.organizations.services import verification

ASKED = {  # what is asked once more before it is done
    "suspend": "停用后职位马上不再展示，成员不能发布职位，也不能处理投递。写的原因单位会原样看到。",
    "resume": "恢复后职位重新展示，成员可以照常发布职位、处理投递。",
}
View = str | Response | tuple[str, int]
LISTS = {
    "queue": "等待处理",
    "overdue": "复核过期",
    Standing.VERIFIED.value: "已核验",
    Standing.RETURNED.value: "已退回",
    Standing.SUSPENDED.value: "已停用",
}


@bp.get("/review/organizations")
@only(Role.OFFICE, Role.ADMIN)
def review() -> str:
    shown = request.args.get("show", "queue")
    shown = shown if shown in LISTS else "queue"
    words, today = request.args.get("q", "").strip()[:80], county_time.today()
    if shown == "queue":
        query = queries.queue()
    elif shown == "overdue":
        query = queries.overdue(today)
    else:
        query = queries.in_standing(Standing(shown), words)
    return render_template(
        "organizations/review.html",
        page=paginate(query, number=request.args.get("page", 1, type=int)),
        shown=shown,
        lists=LISTS,
        counts=queries.counts(today),
        words=words,
        kinds=KINDS,
        labels=STANDING_LABELS,
        tones=STANDING_TONES,
        today=today,
        page_url=lambda number: url_for("organizations.review", **request.args.to_dict() | {"page": number}),
    )


@bp.route("/review/organizations/<int:organization_id>", methods=["GET", "POST"])
@only(Role.OFFICE, Role.ADMIN)
def review_one(organization_id: int) -> View:
    authorize(policy.can_review(current_user))
    organization = get_or_404(Organization, organization_id)
    form = DecisionForm(data={"version": str(organization.version)})
    verb = request.form.get("verb", "")
    if form.is_submitted() and form.validate():
        if verb in ASKED and _may_be_asked(organization, verb, form):
            return _asked(organization, verb, form)
        try:
            with transaction():
                verification.decide(
                    organization,
                    verb,
                    by=me(),
                    reason=form.reason.data or "",
                    seen_version=form.seen_version,
                    today=county_time.today(),
                )
        except verification.ReasonMissing as error:
            form.reason.errors = [str(error)]
        else:
            return _onward(organization, verb)
    page = render_template(
        "organizations/review_one.html",
        form=form,
        organization=organization,
        kind=KINDS[organization.kind],
        label=STANDING_LABELS[organization.standing],
        tone=STANDING_TONES[organization.standing],
        verbs=[(verb, VERB_LABELS[verb], CONSEQUENCES[verb]) for verb in verification.possible(organization)],
        missing=verification.missing_papers(organization),
        decisions=queries.decisions_on(organization),
        verb_labels=VERB_LABELS,
        members=queries.members_of(organization),
        until=verification.months_later(county_time.today(), verification.TERM_MONTHS),
    )
    return page, 422 if form.is_submitted() else 200


def _may_be_asked(organization: Organization, verb: str, form: DecisionForm) -> bool:
    """Whether nothing but the second word of the office is missing; what else is missing `decide` tells."""
    is_complete = bool(form.reason.data) or not CONSEQUENCES[verb].needs_reason
    return is_complete and verb in verification.possible(organization) and "is_sure" not in request.form


def _asked(organization: Organization, verb: str, form: DecisionForm) -> str:
    return render_template(
        "confirm.html",
        title=f"{VERB_LABELS[verb]}「{organization.name}」？",
        text=ASKED[verb],
        action=request.path,
        yes=VERB_LABELS[verb],
        kind="loss" if verb == "suspend" else "primary",
        hidden={
            "verb": verb,
            "reason": form.reason.data or "",
            "version": form.version.data,
            "is_sure": "yes",
        },
        back=request.path,
    )


def _onward(organization: Organization, verb: str) -> Response:
    """From the queue to the next one that waits; what was decided outside of it stays in sight."""
    flash(f"{VERB_LABELS[verb]}：{organization.name}", "success")
    if verb in ASKED:
        return redirect(url_for("organizations.review_one", organization_id=organization.id), 303)
    following = queries.next_in_queue(organization)
    if following is None:
        return redirect(url_for("organizations.review"), 303)
    return redirect(url_for("organizations.review_one", organization_id=following.id), 303)


@bp.get("/review/organizations/<int:organization_id>/papers/<which>")
@only(Role.OFFICE, Role.ADMIN)
def review_paper(organization_id: int, which: str) -> Response:
    organization = get_or_404(Organization, organization_id)
    authorize(policy.can_see_papers(me(), None, organization))
    return paper(organization, which)
