"""Recommended for a seeker, with reasons, and what they are not interested in."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.core import fit
from app.core.county_time import today
from app.core.db import transaction
from app.core.guard import Role, only
from app.discovery import digest, queries, services
from app.discovery.evidence import side_by_side
from app.discovery.exposures import note_postings
from app.discovery.fitting import matcher
from app.discovery.forms import DismissForm
from app.discovery.models import Place
from app.discovery.routes.blueprint import bp
from app.discovery.routes.visitor import seeker
from app.people.content import Content
from app.people.queries import main_resume
from app.postings.cards import cards

MOST = 30  # recommendations on the page


@bp.get("/jobs/recommended")
@only(Role.SEEKER)
def recommended() -> str:
    person = seeker()
    resume = main_resume(person) if person else None
    ranked = services.recommended(person, MOST) if person and resume else []
    found = dict(services.with_few_weak(ranked, MOST))
    found = dict(zip(found, fit.with_remedies(found.values()), strict=True))
    note_postings(Place.RECOMMENDED, current_user.id, list(found))
    return render_template(
        "discovery/recommended.html",
        person=person,
        resume=resume,
        is_loading=matcher().is_loading,
        is_digest_on=person is not None and digest.is_on(person),
        cards=[(card, found[card.id]) for card in cards(list(found), fits=found)],
        least=services.WORTH_SHOWING,
    )


@bp.get("/jobs/<int:posting_id>/why")
@only(Role.SEEKER)
def why(posting_id: int) -> str:
    """Every requirement of a posting beside one's own résumé: what is met, what is missing and how to close it."""
    person = seeker()
    posting = queries.posting_with_employer(posting_id)
    if posting is None or not posting.is_open(today()):
        abort(404)
    resume = main_resume(person) if person else None
    found = (
        fit.current().explain(person.id, posting_id) if person and resume and person.is_matching_on else None
    )
    found = fit.with_remedies([found])[0] if found else None
    return render_template(
        "discovery/why.html",
        posting=posting,
        person=person,
        resume=resume,
        fit=found,
        sides=side_by_side(posting, Content.from_dict(resume.content), found) if resume and found else None,
    )


@bp.post("/jobs/recommended/digest")
@only(Role.SEEKER)
def switch_digest() -> ResponseReturnValue:
    """Switch the weekly digest of recommendations on or off."""
    person = seeker()
    if person is None:
        abort(404)
    is_on = request.form.get("is_on") == "1"
    with transaction():
        digest.switch(person, is_on=is_on)
    flash("每周一会把合适的职位发给你" if is_on else "不再发每周推荐", "success")
    return redirect(url_for("discovery.recommended"), 303)


@bp.route("/jobs/<int:posting_id>/not-interested", methods=["GET", "POST"])
@only(Role.SEEKER)
def dismiss(posting_id: int) -> ResponseReturnValue:
    person = seeker()
    posting = queries.posting_with_employer(posting_id)
    if person is None or posting is None:
        abort(404)
    form = DismissForm()
    if form.validate_on_submit():
        with transaction():
            services.dismiss(person, posting_id, form.reason.data)
        flash("知道了，不再推荐这个职位", "success")
        return redirect(url_for("discovery.recommended"), 303)
    status = 422 if request.method == "POST" else 200
    return render_template("discovery/dismiss.html", form=form, posting=posting, user=current_user), status
