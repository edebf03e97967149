"""Who may see me, whom I block, who looked, who asks for my number."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.models import User
from app.core.db import db, paginate, transaction
from app.core.guard import Role, only
from app.organizations.models import Organization
from app.people import queries, services
from app.people.forms import PrivacyForm
from app.people.models import BlockedEmployer, ContactRequest, Visibility
from app.people.routes.blueprint import bp, own_person


@bp.route("/privacy", methods=["GET", "POST"])
@only(Role.SEEKER)
def privacy() -> ResponseReturnValue:
    person = own_person()
    form = PrivacyForm(data={"visibility": person.visibility.value, "is_matching_on": person.is_matching_on})
    if form.validate_on_submit():
        with transaction():
            services.set_privacy(
                person,
                visibility=Visibility(form.visibility.data),
                is_matching_on=form.is_matching_on.data,
            )
        flash("已保存，马上生效", "success")
        return redirect(url_for("people.privacy"), 303)
    name = request.args.get("name", "").strip()[:80]
    found = queries.organizations_named(name) if name else []
    page = paginate(queries.blocked_by(person), number=request.args.get("page", 1, type=int))
    return render_template(
        "people/privacy.html",
        form=form,
        name=name,
        found=found,
        blocked_ids=queries.blocked_among(person, (each.id for each in found)) if found else set(),
        page=page,
        page_url=lambda n: url_for("people.privacy", page=n),
    ), (422 if request.method == "POST" else 200)


@bp.post("/blocked/<int:organization_id>")
@only(Role.SEEKER)
def block(organization_id: int) -> ResponseReturnValue:
    organization = db.session.get(Organization, organization_id) or abort(404)
    person = own_person()
    with transaction():
        services.block(person, organization)
    flash(f"{organization.name}看不到你了", "success")
    return redirect(url_for("people.privacy"), 303)


@bp.post("/blocked/<int:organization_id>/lift")
@only(Role.SEEKER)
def unblock(organization_id: int) -> ResponseReturnValue:
    person = own_person()
    row = db.session.scalar(
        queries.blocked_by(person).where(BlockedEmployer.organization_id == organization_id)
    )
    if row is not None:
        with transaction():
            services.unblock(row, person)
        flash("不再屏蔽", "success")
    return redirect(url_for("people.privacy"), 303)


@bp.get("/viewers")
@only(Role.SEEKER)
def viewers() -> str:
    person = own_person()
    page = paginate(queries.views_of(person), number=request.args.get("page", 1, type=int))
    return render_template(
        "people/viewers.html",
        page=page,
        blocked_ids=queries.blocked_among(person, (view.organization_id for view in page)),
        page_url=lambda n: url_for("people.viewers", page=n),
    )


@bp.get("/contact-requests")
@only(Role.SEEKER)
def contact_requests() -> str:
    page = paginate(queries.contact_requests_of(own_person()), number=request.args.get("page", 1, type=int))
    return render_template(
        "people/requests.html", page=page, page_url=lambda n: url_for("people.contact_requests", page=n)
    )


@bp.post("/contact-requests/<int:request_id>")
@only(Role.SEEKER)
def answer_request(request_id: int) -> ResponseReturnValue:
    person = own_person()
    row = db.session.scalar(queries.contact_requests_of(person).where(ContactRequest.id == request_id))
    if row is None or request.form.get("answer") not in {"agree", "refuse"}:
        abort(404)
    with transaction():
        services.answer_contact(
            row, is_agreed=request.form["answer"] == "agree", asked_by=db.session.get(User, row.asked_by_id)
        )
    flash("已答复，以后还可以改主意", "success")
    return redirect(url_for("people.contact_requests"), 303)
