"""Recommended for a seeker, with reasons, and what they are not interested in."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.core.db import transaction
from app.core.guard import Role, only
from app.discovery import queries, services
from app.discovery.exposures import note_postings
from app.discovery.forms import DismissForm
from app.discovery.models import Place
from app.discovery.routes.blueprint import bp
from app.discovery.routes.visitor import seeker
from app.people.queries import main_resume
from app.postings.cards import cards

MOST = 30  # recommendations on the page


@bp.get("/jobs/recommended")
@only(Role.SEEKER)
def recommended() -> str:
    person = seeker()
    resume = main_resume(person) if person else None
    found = dict(services.recommended(person, MOST)) if person and resume else {}
    note_postings(Place.RECOMMENDED, current_user.id, list(found))
    return render_template(
        "discovery/recommended.html",
        person=person,
        resume=resume,
        cards=[(card, found[card.id]) for card in cards(list(found), fits=found)],
    )


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
