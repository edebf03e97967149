"""What the index and the matcher are told: plain values made from rows, never contact data."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from app.core import degrees, places
from app.core.county_time import COUNTY_TIME
from app.events.kinds import kind_of
from app.events.models import Event
from app.organizations.models import Organization
from app.people.content import Content, highest_degree, month_number, years_of_experience
from app.people.content import completeness as resume_completeness
from app.people.models import Person, Resume
from app.postings.fullness import fullness
from app.postings.models import Posting
from matching import Candidate, Education, HeldCertificate, Post, Work
from search import EventDocument, OrganizationDocument, PersonDocument, PostDocument

OFFICE_NAME = "清流县委人才办"
ONLINE = "线上"


def post_document(posting: Posting) -> PostDocument:
    published = posting.published_at or posting.created_at
    return PostDocument(
        id=posting.id,
        title=posting.title,
        enterprise=posting.organization.name,
        organization_id=posting.organization_id,
        family=posting.family,
        chain_link=posting.chain_link,
        place_code=posting.place,
        town=places.name(posting.place),
        degree_rank=posting.degree,
        years_min=posting.years,
        salary_min=posting.salary_min,
        salary_max=posting.salary_max,
        shift=posting.shift,
        benefits=tuple(posting.benefits),
        certificates=tuple(posting.required_certificates),
        skills=tuple(posting.skills),
        kind=posting.kind,
        employment=posting.employment,
        body=f"{posting.duties}\n{posting.requirements}",
        published_on=published.date(),
        completeness=fullness(posting),
        headcount=posting.headcount,
    )


def match_post(posting: Posting) -> Post:
    return Post(
        id=posting.id,
        title=posting.title,
        family=posting.family,
        chain_link=posting.chain_link,
        duties=posting.duties,
        requirements=posting.requirements,
        degree_min=degrees.Degree(posting.degree).label,
        majors=tuple(posting.majors),
        years_min=posting.years,
        certificates=tuple(posting.required_certificates),
        preferred_certificates=tuple(posting.preferred_certificates),
        skills=tuple(posting.skills),
        salary_min=posting.salary_min or 0,
        salary_max=posting.salary_max or 0,
        city=places.label(posting.place, full=True),
        town=places.name(posting.place),
        shift=posting.shift,
        headcount=posting.headcount,
    )


def match_candidate(person: Person, resume: Resume, today: date) -> Candidate:
    """The person's main résumé as the matcher reads it: no name, no dates but months worked."""
    return candidate_from(person.id, Content.from_dict(resume.content), today)


def candidate_from(id_: Any, content: Content, today: date) -> Candidate:
    intention = content.intention
    return Candidate(
        id=id_,
        headline=content.headline,
        education=tuple(Education("", degrees.Degree(e.degree).label, e.major) for e in content.education),
        work=tuple(
            Work(w.employer, w.title, _months(w.started_on, w.ended_on, today), w.text) for w in content.work
        )
        + tuple(Work("", p.role or p.name, 0, p.text) for p in content.projects),
        skills=content.skills,
        certificates=tuple(
            HeldCertificate(f"{c.name}{c.level}", _day(c.valid_until)) for c in content.certificates
        ),
        expected_jobs=(*intention.jobs, *intention.families),
        expected_places=tuple(places.label(code, full=True) for code in intention.places),
        salary_min=intention.salary_min or 0,
        shifts_accepted=intention.shifts or None,
        summary=content.summary,
        years=years_of_experience(content, today),
    )


def _months(started_on: str | None, ended_on: str | None, today: date) -> int:
    start = month_number(started_on)
    end = month_number(ended_on) or today.year * 12 + today.month - 1
    return max(0, end - start) if start is not None else 0


def _day(month: str | None) -> date | None:
    number = month_number(month)
    return date(number // 12, number % 12 + 1, 28) if number is not None else None


def person_document(person: Person, resume: Resume, blocked: Sequence[int], today: date) -> PersonDocument:
    """The main résumé without name, contact, employers, schools or anything that tells age or sex."""
    content = Content.from_dict(resume.content)
    intention = content.intention
    texts = [content.summary, *(work.text for work in content.work), *(p.text for p in content.projects)]
    return PersonDocument(
        id=person.id,
        headline=content.headline,
        jobs=intention.jobs,
        titles=tuple(work.title for work in content.work if work.title),
        families=tuple(
            dict.fromkeys([*intention.families, *(work.family for work in content.work if work.family)])
        ),
        skills=content.skills,
        certificates=tuple(f"{each.name}{each.level}" for each in content.certificates if each.name),
        majors=tuple(each.major for each in content.education if each.major),
        body="\n".join(text for text in texts if text),
        places=intention.places,
        degree_rank=highest_degree(content),
        years=int(years_of_experience(content, today)),
        salary_min=intention.salary_min or 0,
        shifts=intention.shifts,
        updated_on=resume.updated_at.date(),
        completeness=resume_completeness(content).share,
        blocked=tuple(sorted(blocked)),
        name=person.name,
    )


def organization_document(organization: Organization, openings: int) -> OrganizationDocument:
    return OrganizationDocument(
        id=organization.id,
        name=organization.name,
        chain_links=tuple(organization.chain_links),
        place_code=organization.place,
        town=places.name(organization.place),
        body=organization.introduction,
        verified_on=organization.verified_at.date() if organization.verified_at else date.min,
        openings=openings,
    )


def event_document(
    event: Event, exhibitors: Sequence[str], titles: Sequence[str], lines: Sequence[str]
) -> EventDocument:
    """A gathering with who exhibits, the posts that they bring, and what its timetable says."""
    place = "" if event.is_online else places.read(event.address) or places.read(event.place) or places.HOME
    return EventDocument(
        id=event.id,
        title=event.title,
        kind=kind_of(event.kind).label,
        host=event.organizer.name if event.organizer else OFFICE_NAME,
        place_code=place,
        town=ONLINE if event.is_online else places.TOWNS.get(place, ""),
        body="\n".join([event.introduction, event.place, *lines, "、".join(dict.fromkeys(titles))]),
        exhibitors=tuple(exhibitors),
        starts_on=event.starts_at.astimezone(COUNTY_TIME).date(),
        ends_on=event.ends_at.astimezone(COUNTY_TIME).date(),
    )
