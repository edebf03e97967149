"""What everybody sees of gatherings, and how to get a place."""

from flask import Response as Plain
from flask import abort, flash, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from app.core.db import db, now, transaction
from app.core.guard import Role, public
from app.core.limits import limiter
from app.events import calendars, policy, queries, tickets
from app.events.forms import RegistrationForm
from app.events.kinds import SHARE_REASONS, kind_of
from app.events.models import Event, Exhibitor, Registration
from app.events.queries import exhibiting, halls
from app.events.routes.blueprint import bp, me, me_or_none, membership, shown_event
from app.events.services import registering
from app.people.models import Person
from app.people.queries import main_resume, person_of

View = str | Response | tuple[str, int]


def my_person() -> Person | None:
    """The seeker behind the account, if it is one."""
    if not current_user.is_authenticated or current_user.role is not Role.SEEKER:
        return None
    return person_of(me())


def my_registration(event: Event) -> Registration | None:
    user = me_or_none()
    found = queries.registration_of_user(event, user) if user and user.role is Role.SEEKER else None
    return found if found is not None and policy.is_good(found) else None


def my_exhibitor_at(event: Event) -> Exhibitor | None:
    """The visitor's own enterprise at this gathering, unless it was called off."""
    own = membership()
    found = exhibiting.exhibitor_of(event.id, own.organization_id) if own is not None else None
    return found if policy.is_expected(found) else None


@bp.get("/events/<int:event_id>")
@public
def show(event_id: int) -> str:
    event = shown_event(event_id)
    exhibitors = exhibiting.public_exhibitors(event)
    return render_template(
        "events/show.html",
        event=event,
        kind=kind_of(event.kind),
        lines=queries.timetable_of(event),
        announcements=queries.announcements_of(event, 5),
        exhibitors=exhibitors,
        posts=exhibiting.posts_of(each.id for each in exhibitors),
        halls=halls.halls_of(event) if exhibitors else [],
        booths=halls.booths_of(event) if exhibitors else [],
        registration=my_registration(event),
        role=me().role if me_or_none() is not None else None,
        mine=my_exhibitor_at(event),
        is_open=policy.is_open_for_people(event, now()),
        is_open_for_exhibitors=policy.is_open_for_exhibitors(event, now()),
        is_full=registering.is_full(event),
        registered=queries.registered_count(event),
        can_organize=me_or_none() is not None and policy.can_organize(me(), membership(), event),
        can_import=me_or_none() is not None and policy.can_import_people(me(), membership(), event),
        link_of=tickets.link_of,
        now=now(),
    )


@bp.get("/events/<int:event_id>/calendar.ics")
@public
def calendar(event_id: int) -> Plain:
    event = shown_event(event_id)
    data = calendars.write(event, url_for("events.show", event_id=event.id, _external=True))
    response = Plain(data, mimetype="text/calendar")
    response.headers.set("Content-Disposition", "attachment", filename=f"event-{event.id}.ics")
    return response


@bp.route("/events/<int:event_id>/register", methods=["GET", "POST"])
@public
@limiter.limit("300/hour", methods=["POST"])
def register(event_id: int) -> View:
    """A place in under a minute: name and phone are enough, an account is not needed."""
    event, form = shown_event(event_id), RegistrationForm()
    if (registration := my_registration(event)) is not None:
        return redirect(url_for("events.ticket", link=tickets.link_of(registration.id)), 303)
    status = 422 if request.method == "POST" else 200
    if form.validate_on_submit() and _suits(form, event):
        visitor = _visitor(form)
        try:
            with transaction():
                event, person = shown_event(event_id), my_person()
                registration, is_new = registering.register(event, visitor, person=person)
                registration_id = registration.id
        except registering.PhoneTaken as taken:
            form.phone.errors = [taken.message]
            return _form_page(shown_event(event_id), form), taken.status
        flash("报名成功，这是入场券" if is_new else "这个手机号已经报过名，这是入场券", "success")
        return redirect(url_for("events.ticket", link=tickets.link_of(registration_id)), 303)
    if request.method == "GET":
        _fill(form)
    return _form_page(event, form), status


def _suits(form: RegistrationForm, event: Event) -> bool:
    """Says beside each field for whom the gathering is."""
    unmet = registering.unmet(event, _visitor(form)) if kind_of(event.kind).for_people else {}
    for name, message in unmet.items():
        form[name].errors = [message]
    return not unmet


def _form_page(event: Event, form: RegistrationForm) -> str:
    return render_template(
        "events/register.html",
        event=event,
        kind=kind_of(event.kind),
        form=form,
        share_reasons=SHARE_REASONS,
        is_open=policy.is_open_for_people(event, now()),
        is_full=registering.is_full(event),
    )


def _visitor(form: RegistrationForm) -> registering.Visitor:
    mine = membership()
    return registering.Visitor(
        name=form.name.data,
        phone=form.phone.data,
        school=form.school.data or "",
        major=form.major.data or "",
        graduation_year=form.graduation_year.data,
        shares=tuple(form.shares.data or ()),
        organization_id=mine.organization_id if mine else None,
    )


def _fill(form: RegistrationForm) -> None:
    """What the site knows about the person already."""
    if not current_user.is_authenticated:
        return
    form.name.data, form.phone.data = current_user.name, current_user.phone or ""
    person = my_person()
    resume = main_resume(person) if person else None
    if resume is None:
        return
    schooling = next(iter(resume.content.get("education") or []), {})
    form.school.data, form.major.data = schooling.get("school") or "", schooling.get("major") or ""
    year = str(schooling.get("ended_on") or "")[:4]
    form.graduation_year.data = int(year) if year.isdigit() else None


def registration_behind(link: str) -> Registration:
    """The registration of a ticket page's address; a made-up address does not exist."""
    registration_id = tickets.registration_id_of(link)
    found = queries.with_event(registration_id) if registration_id else None
    if found is None:
        abort(404)
    db.session.refresh(found, ["state"])
    return found
