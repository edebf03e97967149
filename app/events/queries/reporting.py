"""What came of a gathering: registered → came → applied → interviewed → offered → hired, counted in people."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from statistics import fmean
from typing import Any

from sqlalchemy import func, select

from app.applications.models import Application, Offer, Stage
from app.core.db import db
from app.events.models import (
    CheckIn,
    Event,
    EventApplication,
    Exhibitor,
    ExhibitorState,
    Meeting,
    MeetingState,
    Registration,
    RegistrationState,
    SurveyAnswer,
)
from app.organizations.models import Organization
from app.postings.models import Posting

STEPS = ("registered", "came", "applied", "interviewed", "offered", "hired")
LABELS = {
    "registered": "报名",
    "came": "到场",
    "applied": "投递",
    "interviewed": "面试",
    "offered": "录用",
    "hired": "入职",
}
_INTERVIEWED = {Stage.INTERVIEW, Stage.OFFER, Stage.HIRED, Stage.DECLINED}
_OFFERED = {Stage.OFFER, Stage.HIRED, Stage.DECLINED}


@dataclass(frozen=True)
class Way:
    """One application that came from the gathering, with how far it got by now."""

    registration_id: int | None
    exhibitor_id: int
    employer: str
    post: str
    stage: Stage
    has_offer: bool

    @property
    def steps(self) -> set[str]:
        found = {"applied"}
        if self.stage in _INTERVIEWED:
            found.add("interviewed")
        if self.stage in _OFFERED or self.has_offer:
            found.add("offered")
        if self.stage is Stage.HIRED:
            found.add("hired")
        return found


@dataclass
class Visitor:
    """One registration and the steps that its person took, with anybody or with one enterprise."""

    id: int
    school: str
    major: str
    steps: set[str]
    ways: list[Way] = field(default_factory=list)
    met: set[int] = field(default_factory=set)  # exhibitors by whom they were interviewed


@dataclass(frozen=True)
class Line:
    """One line of a breakdown: people at each step."""

    name: str
    counts: dict[str, int]


def visitors(event: Event) -> list[Visitor]:
    """Everybody with a good ticket. Hires of later months are in, because stages are read as they are now."""
    rows = db.session.execute(
        select(Registration.id, Registration.school, Registration.major, CheckIn.id)
        .outerjoin(CheckIn, CheckIn.registration_id == Registration.id)
        .where(Registration.event_id == event.id, Registration.state == RegistrationState.REGISTERED)
        .order_by(Registration.id)
    )
    found = {
        id_: Visitor(id_, school, major, {"registered"} | ({"came"} if came else set()))
        for id_, school, major, came in rows
    }
    for way in ways(event):
        if way.registration_id in found:
            found[way.registration_id].ways.append(way)
            found[way.registration_id].steps |= way.steps
    met = select(Meeting.registration_id, Meeting.exhibitor_id).where(
        Meeting.event_id == event.id, Meeting.state == MeetingState.MET
    )
    for registration_id, exhibitor_id in db.session.execute(met):
        if registration_id in found:
            found[registration_id].met.add(exhibitor_id)
            found[registration_id].steps.add("interviewed")
    return list(found.values())


def ways(event: Event) -> list[Way]:
    offered = select(Offer.id).where(Offer.application_id == Application.id).exists()
    query = (
        select(
            EventApplication.registration_id,
            EventApplication.exhibitor_id,
            Organization.name,
            Posting.title,
            Application.stage,
            offered,
        )
        .join(Application, Application.id == EventApplication.application_id)
        .join(Posting, Posting.id == Application.posting_id)
        .join(Organization, Organization.id == Posting.organization_id)
        .where(EventApplication.event_id == event.id, Application.stage != Stage.WITHDRAWN)
        .order_by(EventApplication.id)
    )
    return [Way(*row) for row in db.session.execute(query)]


def funnel(people: Iterable[Visitor]) -> dict[str, int]:
    everybody = list(people)
    return {step: sum(step in each.steps for each in everybody) for step in STEPS}


def breakdown(people: Iterable[Visitor], group: Callable[[Visitor], str]) -> list[Line]:
    """Lines by a fact about the person, the largest first."""
    groups: dict[str, list[Visitor]] = {}
    for each in people:
        groups.setdefault(group(each) or "没填", []).append(each)
    lines = [Line(name, funnel(members)) for name, members in groups.items()]
    return sorted(lines, key=lambda line: (-line.counts["registered"], line.name))


def by_way(people: Iterable[Visitor], group: Callable[[Way], str]) -> list[Line]:
    """Lines by enterprise or post: people who applied there, and how far they got there."""
    groups: dict[str, dict[str, set[int]]] = {}
    for each in people:
        for way in each.ways:
            steps = groups.setdefault(group(way), {step: set() for step in STEPS[2:]})
            taken = way.steps | ({"interviewed"} if way.exhibitor_id in each.met else set())
            for step in taken:
                steps[step].add(each.id)
    lines = [Line(name, {step: len(who) for step, who in steps.items()}) for name, steps in groups.items()]
    return sorted(lines, key=lambda line: (-line.counts["applied"], line.name))


@dataclass(frozen=True)
class Companies:
    """Enterprises: how many were approved, came, and did not."""

    approved: int
    absent: int


def companies(event: Event) -> Companies:
    absent = func.count(Exhibitor.no_show_at)
    row = db.session.execute(
        select(func.count(), absent).where(
            Exhibitor.event_id == event.id, Exhibitor.state == ExhibitorState.APPROVED
        )
    ).one()
    return Companies(row[0], row[1])


@dataclass(frozen=True)
class Opinions:
    """What one side said: the mean of each question, and all words, the latest first."""

    marks: dict[str, float]
    words: list[str]


def opinions(event: Event) -> dict[str, Opinions]:
    """Side → what it said in the survey; sides that said nothing are left out."""
    query = select(SurveyAnswer).where(SurveyAnswer.event_id == event.id)
    said: dict[str, list[dict[str, Any]]] = {"visitors": [], "exhibitors": []}
    for answer in db.session.scalars(query.order_by(SurveyAnswer.id.desc())):
        said["visitors" if answer.registration_id else "exhibitors"].append(answer.answers)
    return {side: _summed(answers) for side, answers in said.items() if answers}


def _summed(answers: list[dict[str, Any]]) -> Opinions:
    questions = [name for name in answers[0] if name != "words"]
    marks = {name: fmean(int(each.get(name) or 0) for each in answers) for name in questions}
    return Opinions(marks, [each["words"] for each in answers if each.get("words")])


def survey(event: Event) -> dict[str, tuple[int, float]]:
    """Side → (answers, mean of the overall mark)."""
    found: dict[str, list[int]] = {"visitors": [], "exhibitors": []}
    for answer in db.session.scalars(select(SurveyAnswer).where(SurveyAnswer.event_id == event.id)):
        side = "visitors" if answer.registration_id else "exhibitors"
        found[side].append(int(answer.answers.get("overall") or 0))
    return {side: (len(marks), sum(marks) / len(marks)) for side, marks in found.items() if marks}
