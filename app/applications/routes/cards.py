"""What lists show of an application: plain values for the card macros."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from flask import url_for

from app.applications.models import Application, Interview, InterviewState, Offer, OfferState, Stage
from app.applications.queries.todo import UNANSWERED_DAYS
from app.core import fit
from app.core.county_time import today
from app.core.db import now
from app.core.degrees import Degree
from app.core.fit import Fit
from app.core.presentation import _, ago, day, due, moment
from app.core.translation import translate
from app.people.content import Content, highest_degree, years_of_experience

MOST_RANKED_AT_ONCE = 1  # postings whose matches one page asks for


def bands_of(applications: Sequence[Application]) -> dict[int, Fit]:
    """Application id → band, asked once for each posting; a page of many postings does without."""
    people: dict[int, list[int]] = defaultdict(list)
    for application in applications:
        if application.stage is not Stage.WITHDRAWN:
            people[application.posting_id].append(application.person_id)
    if len(people) > MOST_RANKED_AT_ONCE:
        return {}
    matcher = fit.current()
    found = {posting_id: matcher.bands_of_people(posting_id, ids) for posting_id, ids in people.items()}
    return {
        application.id: known
        for application in applications
        if (known := found.get(application.posting_id, {}).get(application.person_id))
    }


def candidate_card(
    application: Application,
    known: Fit | None,
    interview: Interview | None,
    offer: Offer | None,
    *,
    with_posting: bool,
) -> dict[str, Any]:
    foot, is_late = foot_of(application, interview, offer)
    why = (
        known.why
        if known and known.why
        else ""
        if application.stage is Stage.WITHDRAWN
        else summary(application)
    )
    return {
        "id": f"{application.id}.{application.version}",
        "name": application.person.name,
        "url": url_for("applications.candidate", application_id=application.id),
        "band": known.band if known else 0,
        "why": why,
        "posting": application.posting.title if with_posting else "",
        "foot": foot,
        "is_late": is_late,
    }


def summary(application: Application) -> str:
    """One line of the résumé, where no matcher says more."""
    content = Content.from_dict(application.snapshot.content)
    if content.headline:
        return content.headline
    return " · ".join(facts_of(content))


def facts_of(content: Content) -> list[str]:
    """Degree, years, when they can start."""
    degree, years = highest_degree(content), years_of_experience(content, today())
    parts = [
        translate(Degree(degree).label) if degree else "",
        _("%(years)s年经验", years=f"{years:g}") if years else "",
        translate(content.intention.arrival) if content.intention.arrival else "",
    ]
    return [part for part in parts if part]


def foot_of(application: Application, interview: Interview | None, offer: Offer | None) -> tuple[str, bool]:
    """What is going on, and whether it is running out."""
    at, on = now(), today()
    if application.stage in {Stage.SUBMITTED, Stage.VIEWED}:
        return _waiting(application.moved_at, at)
    if application.stage is Stage.INTERVIEW and interview is not None:
        return _interview_foot(interview, at)
    if application.stage is Stage.OFFER and offer is not None:
        return _offer_foot(offer, on)
    return ago(application.moved_at), False


def _waiting(since: datetime, at: datetime) -> tuple[str, bool]:
    days = (at - since).days
    if days >= UNANSWERED_DAYS:
        return _("%(n)s天没回应", n=days), True
    return ago(since), False


def _interview_foot(interview: Interview, at: datetime) -> tuple[str, bool]:
    if interview.state is InterviewState.ACCEPTED and interview.starts_at is not None:
        if interview.starts_at > at:
            return moment(interview.starts_at), False
        return interview.result or translate("面试完，等结果"), interview.result is None
    if interview.state is InterviewState.PROPOSED:
        return translate("等对方选时间"), interview.last_slot_at < at + timedelta(days=1)
    return translate("要重新约时间"), interview.state is not InterviewState.CANCELLED


def _offer_foot(offer: Offer, on: date) -> tuple[str, bool]:
    if offer.state is OfferState.ACCEPTED:
        return _("%(day)s到岗", day=day(offer.starts_on)), offer.starts_on <= on
    return translate("等答复") + " · " + due(offer.answer_by), offer.answer_by <= on + timedelta(days=1)
