"""The page on which a seeker hands in a résumé for a posting."""

from flask import abort, flash, redirect, render_template, request, url_for
from sqlalchemy.exc import IntegrityError
from werkzeug.wrappers import Response

from app.applications import queries, services
from app.applications.forms import ApplyForm, apply_form
from app.applications.models import Application, Stage
from app.applications.routes.access import me
from app.applications.routes.blueprint import bp
from app.applications.screening import unmet
from app.applications.services.applying import EmployerIsBlocked, PostingClosed, check_open, consent_for
from app.core.county_time import today
from app.core.db import db, transaction
from app.core.guard import Role, only
from app.core.limits import limiter
from app.organizations.queries import membership_of
from app.people.models import Person, Resume
from app.people.queries import is_blocked, person_of, resume_of, resumes_of
from app.postings import questions
from app.postings.cards import similar_cards
from app.postings.models import Posting
from app.postings.queries import with_organization

Answer = str | Response | tuple[str, int]


@bp.route("/jobs/<int:posting_id>/apply", methods=["GET", "POST"])
@only(Role.SEEKER)
@limiter.limit("60/hour", methods=["POST"])
def apply(posting_id: int) -> Answer:
    posting = with_organization(posting_id) or abort(404)
    person = person_of(me())
    existing = queries.find(posting, person) if person else None
    if existing is not None and existing.stage is not Stage.WITHDRAWN:
        flash("这个职位你已经投递过，下面是进展", "success")
        return redirect(url_for("applications.show", application_id=existing.id), 303)
    resumes = resumes_of(person) if person else []
    if person is None or not resumes:
        return _lead_to_resume(posting)
    asked = questions.read(posting.questions)
    form = apply_form(asked, [(str(resume.id), resume.title) for resume in resumes])
    try:
        check_open(posting)
    except PostingClosed as error:
        return _closed(posting, form, error)
    if not form.validate_on_submit():
        return _page(posting, person, form, resumes, 422 if request.method == "POST" else 200)
    return _hand_in(posting, person, form, resumes)


def _hand_in(posting: Posting, person: Person, form: ApplyForm, resumes: list[Resume]) -> Answer:
    resume = resume_of(person, int(form.resume.data)) or abort(404)
    membership = membership_of(me())
    try:
        with transaction():
            application, is_new = services.apply(
                person,
                posting,
                resume,
                form.given(),
                membership=membership,
                is_block_lifted=form.lifts_block.data,
            )
    except PostingClosed as error:
        return _closed(posting, form, error)
    except EmployerIsBlocked as error:
        form.lifts_block.errors = [error.message]
        return _page(posting, person, form, resumes, 422)
    except IntegrityError:  # the same button pressed twice, on a database without one writer
        application, is_new = _already(posting, person), False
    _say_so(application, is_new=is_new)
    return redirect(url_for("applications.show", application_id=application.id), 303)


def _already(posting: Posting, person: Person) -> Application:
    application = queries.find(posting, person)
    if application is None:
        abort(409)
    return application


def _say_so(application: Application, *, is_new: bool) -> None:
    if not is_new:
        flash("这个职位你已经投递过，下面是进展", "success")
        return
    flash("已投递，公司现在能看到你的简历和电话", "success")
    if unmet(application.answers):
        flash("有必要条件没对上，公司会看到，系统不会因此筛掉你", "warning")


def _lead_to_resume(posting: Posting) -> Response:
    flash("先答8个问题做一份简历，做完会回到这里投递", "info")
    back = url_for("applications.apply", posting_id=posting.id)
    return redirect(url_for("people.quick", step=1, next=back), 303)


def _page(
    posting: Posting, person: Person, form: ApplyForm, resumes: list[Resume], status: int
) -> tuple[str, int]:
    user = me()
    asks_block = is_blocked(person, posting.organization_id)
    page = render_template(
        "applications/apply.html",
        posting=posting,
        form=form,
        resumes=resumes,
        asks_block=asks_block,
        questions={f"answer_{question.id}": question for question in questions.read(posting.questions)},
        user=user,
        consent=consent_for(posting, user),
    )
    return page, status


def _closed(posting: Posting, form: ApplyForm, error: PostingClosed) -> tuple[str, int]:
    """What was typed stays on the page, to be used for another posting."""
    db.session.rollback()
    page = render_template(
        "applications/closed.html",
        posting=posting,
        error=error,
        typed=[(f.label.text, f.data) for f in form.answer_fields() if f.data],
        today=today(),
        similar=similar_cards(posting),
    )
    return page, error.status
