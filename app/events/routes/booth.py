"""The enterprise's side: apply for a place, look after the booth."""

import io

import segno
from flask import Response as Plain
from flask import abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response
from wtforms.fields import SelectChoice

from app.core.county_time import today
from app.core.db import now, paginate, transaction
from app.core.errors import NotAllowed, authorize
from app.core.guard import Role, only
from app.events import policy
from app.events.forms import BringForm, ExhibitForm
from app.events.kinds import kind_of
from app.events.models import Exhibitor
from app.events.queries import exhibiting
from app.events.routes.blueprint import bp, membership, shown_event
from app.events.services import exhibiting as services
from app.organizations.models import Membership

View = str | Response | tuple[str, int]
enterprises = only(Role.ENTERPRISE)


def my_membership() -> Membership:
    found = membership()
    if found is None:
        raise NotAllowed("还没有加入单位")
    return found


def my_exhibitor(event_id: int) -> Exhibitor:
    """The own enterprise at this gathering, or 404."""
    found = exhibiting.exhibitor_of(event_id, my_membership().organization_id)
    if found is None:
        abort(404)
    return found


def my_booth(event_id: int) -> Exhibitor:
    """The own booth, where tickets may be scanned; suspended enterprises have none."""
    found = my_exhibitor(event_id)
    authorize(policy.is_at_booth(membership(), found))
    return found


@bp.get("/exhibits")
@enterprises
def exhibits() -> str:
    query = exhibiting.of_organization(my_membership().organization_id)
    page = paginate(query, number=request.args.get("page", 1, type=int))
    return render_template("events/exhibits.html", page=page, now=now())


@bp.route("/events/<int:event_id>/exhibit", methods=["GET", "POST"])
@enterprises
def exhibit(event_id: int) -> View:
    event, mine, form = shown_event(event_id), my_membership(), ExhibitForm()
    posts = exhibiting.open_posts_of(mine.organization_id)
    form.postings.choices = [SelectChoice(post.id, post.title) for post in posts]
    existing = exhibiting.exhibitor_of(event_id, mine.organization_id)
    if request.method == "GET" and existing is not None:
        _show(form, existing)
    if form.validate_on_submit():
        with transaction():
            services.apply(
                shown_event(event_id),
                my_membership().organization,
                posting_ids=form.postings.data,
                wishes=form.wishes(),
                staff=_lines(form.staff.data),
                card=form.card.data or "",
            )
        flash("报名交上去了，等主办方审核", "success")
        return redirect(url_for("events.booth", event_id=event_id), 303)
    page = render_template(
        "events/exhibit.html",
        event=event,
        kind=kind_of(event.kind),
        form=form,
        has_posts=bool(posts),
        may_publish=mine.organization.may_publish(today()),
        is_open=policy.is_open_for_exhibitors(event, now(), is_invited=policy.is_expected(existing)),
    )
    return page, 422 if request.method == "POST" else 200


def _show(form: ExhibitForm, exhibitor: Exhibitor) -> None:
    wishes = exhibitor.wishes
    form.postings.data = [row.posting_id for row in exhibiting.ties_of(exhibitor)]
    form.cells.data = str(wishes.get("cells") or 1)
    for name in ("power", "accessible", "near_entrance"):
        form[name].data = bool(wishes.get(name))
    form.staff.data, form.card.data = "\n".join(exhibitor.staff), exhibitor.card


def _lines(text: str | None) -> list[str]:
    return [line.strip()[:30] for line in (text or "").splitlines() if line.strip()][:20]


@bp.get("/exhibits/<int:event_id>")
@enterprises
def booth(event_id: int) -> str:
    exhibitor = my_exhibitor(event_id)
    event, form = exhibitor.event, ExhibitForm(formdata=None)
    _show(form, exhibitor)
    can_act = policy.can_exhibit(membership(), exhibitor)
    return render_template(
        "events/booth.html",
        event=event,
        kind=kind_of(event.kind),
        exhibitor=exhibitor,
        posts=exhibiting.posts_of([exhibitor.id]).get(exhibitor.id, []),
        form=form,
        at_booth=policy.is_at_booth(membership(), exhibitor),
        can_act=can_act,
        can_cancel=can_act and _can_cancel(exhibitor),
        survey_open=exhibitor.state.value == "approved" and event.starts_at < now(),
        now=now(),
    )


def _can_cancel(exhibitor: Exhibitor) -> bool:
    is_early = exhibitor.event.starts_at - now() >= services.CANCEL_UNTIL
    return is_early and exhibitor.state.value in {"applied", "approved", "waiting"}


@bp.post("/exhibits/<int:event_id>/describe")
@enterprises
def describe_booth(event_id: int) -> Response:
    form = ExhibitForm()
    if not (form.staff.validate(form) and form.card.validate(form)):
        flash("名片或人员写得太长了", "error")
        return redirect(url_for("events.booth", event_id=event_id), 303)
    with transaction():
        exhibitor = my_exhibitor(event_id)
        authorize(policy.can_exhibit(membership(), exhibitor))
        services.describe(exhibitor, staff=_lines(form.staff.data), card=form.card.data or "")
    flash("存好了", "success")
    return redirect(url_for("events.booth", event_id=event_id), 303)


@bp.route("/exhibits/<int:event_id>/posts", methods=["GET", "POST"])
@enterprises
def bring_posts(event_id: int) -> View:
    """Other posts than those applied with, as long as the fair is not over."""
    exhibitor, form = my_booth(event_id), BringForm()
    posts = exhibiting.open_posts_of(exhibitor.organization_id)
    form.postings.choices = [SelectChoice(post.id, post.title) for post in posts]
    if form.validate_on_submit():
        with transaction():
            services.change_posts(my_booth(event_id), form.postings.data)
        flash("带来的职位改好了", "success")
        return redirect(url_for("events.booth", event_id=event_id), 303)
    if request.method == "GET":
        form.postings.data = [row.posting_id for row in exhibiting.ties_of(exhibitor)]
    page = render_template("events/bring.html", event=exhibitor.event, form=form)
    return page, 422 if request.method == "POST" else 200


@bp.route("/exhibits/<int:event_id>/cancel", methods=["GET", "POST"])
@enterprises
def cancel_exhibit(event_id: int) -> View:
    if request.method == "POST":
        with transaction():
            exhibitor = my_exhibitor(event_id)
            authorize(policy.can_exhibit(membership(), exhibitor))
            services.cancel(exhibitor)
        flash("参展取消了", "success")
        return redirect(url_for("events.booth", event_id=event_id), 303)
    my_exhibitor(event_id)
    return render_template(
        "confirm.html",
        title="取消参展？",
        text="展位会让给别家。开始前一天以后不能自己取消。",
        action=request.path,
        yes="取消参展",
        back=url_for("events.booth", event_id=event_id),
    )


@bp.post("/exhibits/<int:event_id>/decline")
@enterprises
def decline_exhibit(event_id: int) -> Response:
    with transaction():
        exhibitor = my_exhibitor(event_id)
        authorize(policy.can_exhibit(membership(), exhibitor))
        services.decline(exhibitor)
    return redirect(url_for("events.booth", event_id=event_id), 303)


@bp.get("/exhibits/<int:event_id>/qr")
@enterprises
def booth_qr(event_id: int) -> str:
    """A sheet to hang up: the booth's number and the code that opens its posts."""
    exhibitor = my_booth(event_id)
    return render_template("events/booth_qr.html", event=exhibitor.event, exhibitor=exhibitor)


@bp.get("/exhibits/<int:event_id>/qr.svg")
@enterprises
def booth_qr_image(event_id: int) -> Plain:
    exhibitor, file = my_booth(event_id), io.BytesIO()
    address = url_for("events.booth_posts", event_id=event_id, exhibitor_id=exhibitor.id, _external=True)
    segno.make_qr(address, error="m").save(file, kind="svg", scale=6, border=3)
    return Plain(file.getvalue(), mimetype="image/svg+xml")
