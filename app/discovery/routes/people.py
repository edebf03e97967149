"""People for a posting, and one person as a recruiter who found them sees them."""

from datetime import date
from typing import NamedTuple

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.core import county_time, degrees, fit
from app.core.db import transaction
from app.core.fit import Fit
from app.core.guard import Role, only
from app.discovery import queries, services
from app.discovery.evidence import side_by_side
from app.discovery.exposures import note_people
from app.discovery.fitting import matcher
from app.discovery.models import Place
from app.discovery.routes.blueprint import bp
from app.organizations.models import Organization
from app.organizations.queries import membership_of
from app.people import policy
from app.people import queries as people_queries
from app.people import services as people_services
from app.people.contact import Contact
from app.people.content import Content, highest_degree, years_of_experience
from app.people.models import Person, Resume
from app.postings.models import Posting

MOST = 30  # people on the page
MOST_ALIKE = 5  # beside a person


class Found(NamedTuple):
    """One line of the list: no name, no contact before the person agrees."""

    person: Person
    title: str
    facts: list[str]
    fit: Fit


def employer() -> Organization:
    membership = membership_of(current_user)
    if membership is None:
        abort(404)
    return membership.organization


def _own_posting(posting_id: int, organization: Organization) -> Posting:
    posting = queries.posting_with_employer(posting_id)
    if posting is None or posting.organization_id != organization.id:
        abort(404)
    return posting


@bp.get("/postings/<int:posting_id>/people")
@only(Role.ENTERPRISE)
def people_for(posting_id: int) -> str:
    organization = employer()
    posting = _own_posting(posting_id, organization)
    found = services.people_for(posting_id, MOST * 3) if organization.is_matching_on else []
    allowed = queries.findable([id_ for id_, _ in found], organization)
    today = county_time.today()
    shown = []
    for id_, match in services.with_few_weak([pair for pair in found if pair[0] in allowed], MOST):
        person, resume = allowed[id_]
        shown.append(Found(person, *_in_short(resume, today), match))
    note_people(Place.PEOPLE, posting_id, [found.person.id for found in shown])
    return render_template(
        "discovery/people.html",
        posting=posting,
        people=shown,
        organization=organization,
        least=services.WORTH_SHOWING,
    )


def _in_short(resume: Resume, today: date) -> tuple[str, list[str]]:
    """What a résumé is called in a list, and two facts."""
    content = Content.from_dict(resume.content)
    degree = degrees.Degree(highest_degree(content)).label
    years = years_of_experience(content, today)
    return content.headline or "没写求职方向", [degree, f"{years:g}年经验" if years else "还没有工作经验"]


def _alike(someone: Person, organization: Organization, today: date) -> list[tuple[Person, str, list[str]]]:
    """People whom this employer may find and whose work resembles this person's."""
    if not organization.is_matching_on:
        return []
    near = matcher().people_like(someone.id, MOST_ALIKE * 3)
    allowed = queries.findable(near, organization)
    found = [allowed[id_] for id_ in near if id_ in allowed][:MOST_ALIKE]
    return [(person, *_in_short(resume, today)) for person, resume in found]


@bp.route("/people/<int:person_id>", methods=["GET"])
@only(Role.ENTERPRISE)
def person(person_id: int) -> str:
    """A found person's résumé; that this employer looked is noted and shown to them."""
    organization = employer()
    found = queries.person_with_resume(person_id)
    if found is None:
        abort(404)
    someone, resume = found
    is_blocked = people_queries.is_blocked(someone, organization.id)
    if not policy.can_be_found_by(someone, organization, is_blocked=is_blocked):
        abort(404)
    with transaction():
        people_services.record_view(someone, organization)
    posting_id = request.args.get("posting", type=int)
    posting = _own_posting(posting_id, organization) if posting_id else None
    if posting is not None:
        note_people(Place.PERSON, posting.id, [person_id], 0)
    has_agreed = people_queries.has_agreed(person_id, organization.id)
    user = someone.user
    contact = (
        Contact(someone.name, user.phone or "", user.email or "")
        if has_agreed
        else Contact(_masked(someone.name))
    )
    match = fit.current().explain(person_id, posting.id) if posting and organization.is_matching_on else None
    content, today = Content.from_dict(resume.content), county_time.today()
    return render_template(
        "discovery/person.html",
        person=someone,
        content=content,
        sides=side_by_side(posting, content, match, for_employer=True) if posting and match else None,
        alike=_alike(someone, organization, today),
        contact=contact,
        request_row=people_queries.contact_request(person_id, organization.id),
        has_agreed=has_agreed,
        posting=posting,
        fit=match,
        today=today,
    )


@bp.post("/people/<int:person_id>/ask")
@only(Role.ENTERPRISE)
def ask_contact(person_id: int) -> ResponseReturnValue:
    organization = employer()
    found = queries.person_with_resume(person_id)
    if found is None:
        abort(404)
    someone, _ = found
    is_blocked = people_queries.is_blocked(someone, organization.id)
    if not policy.can_be_found_by(someone, organization, is_blocked=is_blocked):
        abort(404)
    note = request.form.get("note", "").strip()[:200]
    asker = current_user._get_current_object()  # noqa: SLF001 - services take the real user
    with transaction():
        people_services.ask_contact(someone, organization, asker, note=note)
    flash("已经请对方同意，同意后这里会显示电话", "success")
    return redirect(
        url_for("discovery.person", person_id=person_id, posting=request.form.get("posting")), 303
    )


def _masked(name: str) -> str:
    """The family name and 先生/女士-free stars: sex is never told."""
    return f"{name[:1]}＊＊" if name else "求职者"
