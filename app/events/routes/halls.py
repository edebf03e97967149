"""The map of halls and booths, drawn by the organizer: by clicking, by keyboard, or by a form."""

from flask import abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.core.db import transaction
from app.core.errors import DomainError
from app.events.forms import BoothForm, HallForm, RowForm
from app.events.kinds import kind_of
from app.events.models import Event, Hall
from app.events.queries import exhibiting
from app.events.queries import halls as queries
from app.events.routes.blueprint import bp, own_event
from app.events.routes.manage import organizers, tabs_of
from app.events.services import drawing

View = str | Response | tuple[str, int]


def _page(event: Event, status: int = 200, **forms: object) -> View:
    halls = queries.halls_of(event)
    booths = queries.booths_of(event)
    wanted = request.args.get("hall", type=int)
    hall = next((each for each in halls if each.id == wanted), halls[0] if halls else None)
    given = {
        "hall_form": HallForm(formdata=None),
        "booth_form": BoothForm(formdata=None),
        "row_form": RowForm(formdata=None),
        **forms,
    }
    page = render_template(
        "events/halls.html",
        event=event,
        kind=kind_of(event.kind),
        tabs=tabs_of(event, "halls"),
        halls=halls,
        hall=hall,
        booths=[each for each in booths if hall is not None and each.hall_id == hall.id],
        takers={each.booth_id: each for each in exhibiting.exhibitors_of(event) if each.booth_id},
        next_number=drawing.next_number(booths),
        **given,
    )
    return page, status


def _refusing(event_id: int, form: HallForm | BoothForm | RowForm, name: str, **more: object) -> View:
    return _page(own_event(event_id), 422, **{name: form}, **more)


@bp.get("/organize/events/<int:event_id>/halls")
@organizers
def halls(event_id: int) -> View:
    return _page(own_event(event_id))


@bp.post("/organize/events/<int:event_id>/halls")
@organizers
def add_hall(event_id: int) -> View:
    own_event(event_id)
    form = HallForm()
    if not form.validate_on_submit():
        return _refusing(event_id, form, "hall_form")
    try:
        with transaction():
            hall_id = drawing.add_hall(own_event(event_id), **_values(form)).id
    except drawing.BoothRefused as refused:
        form.name.errors = [refused.message]
        return _refusing(event_id, form, "hall_form")
    return redirect(url_for("events.halls", event_id=event_id, hall=hall_id), 303)


def _values(form: HallForm | BoothForm) -> dict:
    return {name: value for name, value in form.data.items() if name != "csrf_token"}


@bp.post("/organize/events/<int:event_id>/halls/<int:hall_id>/booths")
@organizers
def add_booth(event_id: int, hall_id: int) -> View:
    own_event(event_id)
    form = BoothForm()
    if not form.validate_on_submit():
        return _refusing(event_id, form, "booth_form")
    try:
        with transaction():
            drawing.add_booth(own_event(event_id), hall_id, **_values(form))
    except drawing.BoothRefused as refused:
        form.number.errors = [refused.message]
        return _refusing(event_id, form, "booth_form")
    return redirect(url_for("events.halls", event_id=event_id, hall=hall_id), 303)


@bp.post("/organize/events/<int:event_id>/halls/<int:hall_id>/rows")
@organizers
def add_row(event_id: int, hall_id: int) -> View:
    own_event(event_id)
    form = RowForm()
    if not form.validate_on_submit():
        return _refusing(event_id, form, "row_form")
    try:
        with transaction():
            made = drawing.add_row(
                own_event(event_id),
                hall_id,
                prefix=form.prefix.data or "",
                first=form.first.data or 1,
                count=form.count.data or 1,
                x=form.x.data or 1,
                y=form.y.data or 1,
                gap=form.gap.data or 0,
                has_power=form.has_power.data,
            )
    except DomainError as refused:
        form.first.errors = [refused.message]
        return _refusing(event_id, form, "row_form")
    flash(f"画了{made}个展位", "success")
    return redirect(url_for("events.halls", event_id=event_id, hall=hall_id), 303)


@bp.post("/organize/events/<int:event_id>/booths/<int:booth_id>")
@organizers
def change_booth(event_id: int, booth_id: int) -> Response:
    """Move it, change what it offers, or take it away."""
    own_event(event_id)
    with transaction():
        booth = drawing.booth_in(own_event(event_id), booth_id)
        if booth is None:
            abort(404)
        hall_id = booth.hall_id
        if request.form.get("do") == "remove":
            drawing.remove(booth)
        else:
            form = BoothForm()
            if not form.validate():
                raise drawing.BoothRefused(next(iter(form.errors.values()))[0])
            drawing.change(booth, **_values(form))
    return redirect(url_for("events.halls", event_id=event_id, hall=hall_id), 303)


def _hall(event_id: int, hall_id: int) -> Hall:
    event = own_event(event_id)
    return next((each for each in queries.halls_of(event) if each.id == hall_id), None) or abort(404)


@bp.route("/organize/events/<int:event_id>/halls/<int:hall_id>", methods=["GET", "POST"])
@organizers
def change_hall(event_id: int, hall_id: int) -> View:
    """Its name, size and entrance."""
    hall = _hall(event_id, hall_id)
    form = HallForm(obj=hall)
    if form.validate_on_submit():
        try:
            with transaction():
                drawing.change_hall(_hall(event_id, hall_id), **_values(form))
        except drawing.BoothRefused as refused:
            form.width.errors = [refused.message]
        else:
            flash("改好了", "success")
            return redirect(url_for("events.halls", event_id=event_id, hall=hall_id), 303)
    page = render_template(
        "events/hall.html", event=own_event(event_id), hall=_hall(event_id, hall_id), form=form
    )
    return page, 422 if request.method == "POST" else 200


@bp.route("/organize/events/<int:event_id>/halls/<int:hall_id>/remove", methods=["GET", "POST"])
@organizers
def remove_hall(event_id: int, hall_id: int) -> View:
    hall = _hall(event_id, hall_id)
    if request.method == "POST":
        with transaction():
            drawing.remove_hall(own_event(event_id), hall_id)
        return redirect(url_for("events.halls", event_id=event_id), 303)
    return render_template(
        "confirm.html",
        title=f"去掉「{hall.name}」？",
        text="去掉以后不能恢复。",
        action=request.path,
        yes="去掉",
        back=url_for("events.halls", event_id=event_id, hall=hall_id),
    )
