"""The seeker's side: all applications, one application with its timeline, answers, taking it back."""

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.applications import policy, queries, services
from app.applications.forms import AnswerForm, MessageForm, OfferAnswerForm
from app.applications.kinds import ENDED, SEEKER, STAGES, steps_now
from app.applications.models import Application, InterviewState, OfferState, Stage
from app.applications.routes.access import me, own_or_404
from app.applications.routes.answers import answer_form
from app.applications.routes.blueprint import bp
from app.applications.services.moving import open_offer_state
from app.applications.timeline import Side, events_of
from app.core.county_time import today
from app.core.db import now, paginate, transaction
from app.core.guard import Role, only
from app.core.presentation import _
from app.organizations.models import Standing
from app.people.content import Content
from app.people.queries import person_of
from app.postings.cards import similar_cards

FILTERS = {
    "": ("全部", ()),
    "waiting": ("等公司答复", (Stage.SUBMITTED, Stage.VIEWED, Stage.SHORTLISTED)),
    "going": ("面试和录用", (Stage.INTERVIEW, Stage.OFFER)),
    "over": ("已结束", tuple(ENDED)),
}


@bp.get("/applications")
@only(Role.SEEKER)
def mine() -> str:
    person = person_of(me())
    chosen = request.args.get("show", "")
    chosen = chosen if chosen in FILTERS else ""
    if person is None:
        return render_template("applications/mine.html", page=None, tabs=[], chosen="")
    counts = queries.stage_counts(person)
    page = paginate(
        queries.mine(person, FILTERS[chosen][1]), number=request.args.get("page", 1, type=int), size=20
    )
    ids = [application.id for application in page]
    tabs = [
        {
            "label": label,
            "href": url_for("applications.mine", show=key or None),
            "current": key == chosen,
            "count": sum(n for stage, n in counts.items() if not stages or stage in stages),
        }
        for key, (label, stages) in FILTERS.items()
    ]
    return render_template(
        "applications/mine.html",
        page=page,
        tabs=tabs,
        chosen=chosen,
        total=sum(counts.values()),
        stages=STAGES,
        waiting=queries.waiting_for_seeker(ids),
        unread=queries.unread_counts(ids, for_seeker=True),
        accepted=queries.with_accepted_offer(ids),
        url_for_page=lambda n: url_for("applications.mine", show=chosen or None, page=n),
    )


@bp.get("/applications/<int:application_id>")
@only(Role.SEEKER)
def show(application_id: int) -> str:
    application = own_or_404(application_id)
    if unread := queries.unread(application, from_seeker=False):
        with transaction():
            services.mark_read(unread)
    return seeker_page(application)


def seeker_page(application: Application, **forms: object) -> str:
    """The page of one application; `forms` replaces those that were refused."""
    interviews, offers = queries.interviews(application), queries.offers(application)
    moves = queries.moves(application)
    proposed = next((i for i in interviews if i.state is InterviewState.PROPOSED), None)
    offer = next((o for o in offers if o.state in {OfferState.OPEN, OfferState.ACCEPTED}), None)
    has_agreed = offer is not None and offer.state is OfferState.ACCEPTED
    coming = (i for i in interviews if i.state is InterviewState.ACCEPTED and i.starts_at)
    settled = None if has_agreed else next((i for i in coming if i.starts_at > now()), None)
    verbs = {
        step.verb
        for step in steps_now(
            application.posting.kind, application.stage, SEEKER, offer.state if offer else None
        )
    }
    known = {
        "message_form": MessageForm(formdata=None),
        "answer_form": answer_form(proposed) if proposed else AnswerForm(formdata=None),
        "offer_form": OfferAnswerForm(formdata=None),
    }
    is_over = application.stage in {Stage.REJECTED, Stage.DECLINED, Stage.WITHDRAWN}
    return render_template(
        "applications/show.html",
        **{**known, **forms},
        application=application,
        posting=application.posting,
        words=STAGES[application.stage],
        events=events_of(Side(application, is_seeker=True), moves, interviews, offers),
        proposed=proposed,
        settled=settled,
        offer=offer,
        is_accepted=has_agreed and application.stage is Stage.OFFER,
        verbs=verbs,
        thread=queries.thread(application),
        can_talk=policy.can_talk(application),
        content=Content.from_dict(application.snapshot.content),
        is_suspended=application.posting.organization.standing is Standing.SUSPENDED,
        can_reapply="reapply" in verbs and application.posting.is_open(today()),
        similar=similar_cards(application.posting) if is_over else [],
        now=now(),
    )


@bp.route("/applications/<int:application_id>/withdraw", methods=["GET", "POST"])
@only(Role.SEEKER)
def withdraw(application_id: int) -> str | Response:
    application = own_or_404(application_id)
    back = url_for("applications.show", application_id=application.id)
    if request.method == "POST":
        with transaction():
            services.withdraw(application, me())
        flash("已撤回，公司不再看到你的简历和电话", "success")
        return redirect(back, 303)
    has_offer = open_offer_state(application) is not None
    return render_template(
        "confirm.html",
        title=_("撤回对「%(title)s」的投递？", title=application.posting.title),
        text=withdrawal_words(has_offer=has_offer),
        action=url_for("applications.withdraw", application_id=application.id),
        yes="撤回",
        back=back,
    )


def withdrawal_words(*, has_offer: bool) -> str:
    words = "公司会收到通知，不再看到你的简历和电话；约好的面试会取消。职位还在招时，你可以重新投一次。"
    return ("录用通知会一起谢绝。" if has_offer else "") + words
