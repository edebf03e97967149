"""Reads about people. None of them writes."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Select, exists, func, select
from sqlalchemy.orm import joinedload

from app.accounts.models import User
from app.core.db import db
from app.organizations.models import Organization
from app.people.models import (
    BlockedEmployer,
    ContactAnswer,
    ContactRequest,
    Person,
    ProfileView,
    QuickAnswers,
    Resume,
    ResumeImport,
    ResumeSnapshot,
)


def person_of(user: User) -> Person | None:
    """The person behind a seeker's account; None until they begin a résumé."""
    return db.session.scalar(select(Person).where(Person.user_id == user.id))


def resumes_of(person: Person) -> list[Resume]:
    """Their résumés, the main one first. A person keeps a handful: `services.MOST_RESUMES`."""
    query = (
        select(Resume)
        .where(Resume.person_id == person.id, Resume.deleted_at.is_(None))
        .order_by(Resume.is_main.desc(), Resume.updated_at.desc(), Resume.id)
    )
    return list(db.session.scalars(query))


def resume_of(person: Person, resume_id: int) -> Resume | None:
    """This résumé if it is theirs and not deleted."""
    return db.session.scalar(
        select(Resume).where(
            Resume.id == resume_id, Resume.person_id == person.id, Resume.deleted_at.is_(None)
        )
    )


def main_resume(person: Person) -> Resume | None:
    return db.session.scalar(
        select(Resume).where(Resume.person_id == person.id, Resume.is_main, Resume.deleted_at.is_(None))
    )


def snapshot_of(resume: Resume) -> ResumeSnapshot | None:
    """The snapshot of the résumé's current version, if one was taken."""
    return db.session.scalar(
        select(ResumeSnapshot).where(
            ResumeSnapshot.resume_id == resume.id, ResumeSnapshot.resume_version == resume.version
        )
    )


def quick_answers_of(person: Person) -> QuickAnswers | None:
    return db.session.scalar(select(QuickAnswers).where(QuickAnswers.person_id == person.id))


def import_of(person: Person, import_id: int) -> ResumeImport | None:
    return db.session.scalar(
        select(ResumeImport).where(ResumeImport.id == import_id, ResumeImport.person_id == person.id)
    )


def is_blocked(person: Person, organization_id: int) -> bool:
    """Whether the person never wants to be seen by this employer."""
    found = exists().where(
        BlockedEmployer.person_id == person.id, BlockedEmployer.organization_id == organization_id
    )
    return bool(db.session.scalar(select(found)))


def blocked_among(person: Person, organization_ids: Iterable[int]) -> set[int]:
    """Which of these employers the person has blocked."""
    query = select(BlockedEmployer.organization_id).where(
        BlockedEmployer.person_id == person.id, BlockedEmployer.organization_id.in_(list(organization_ids))
    )
    return set(db.session.scalars(query))


def blocked_by(person: Person) -> Select[BlockedEmployer]:
    return (
        select(BlockedEmployer)
        .where(BlockedEmployer.person_id == person.id)
        .options(joinedload(BlockedEmployer.organization))
        .order_by(BlockedEmployer.id.desc())
    )


def views_of(person: Person) -> Select[ProfileView]:
    """Who looked at this person, the latest first."""
    return (
        select(ProfileView)
        .where(ProfileView.person_id == person.id)
        .options(joinedload(ProfileView.organization))
        .order_by(ProfileView.viewed_at.desc(), ProfileView.id.desc())
    )


def contact_requests_of(person: Person) -> Select[ContactRequest]:
    return (
        select(ContactRequest)
        .where(ContactRequest.person_id == person.id)
        .options(joinedload(ContactRequest.organization))
        .order_by(ContactRequest.asked_at.desc(), ContactRequest.id.desc())
    )


def contact_request(person_id: int, organization_id: int) -> ContactRequest | None:
    return db.session.scalar(
        select(ContactRequest).where(
            ContactRequest.person_id == person_id, ContactRequest.organization_id == organization_id
        )
    )


def has_agreed(person_id: int, organization_id: int) -> bool:
    """Whether the person let this employer see phone and e-mail."""
    request = contact_request(person_id, organization_id)
    return request is not None and request.answer is ContactAnswer.AGREED


@dataclass(frozen=True)
class Counts:
    """Figures of the seeker's own page."""

    viewers: int
    blocked: int
    resumes: int


def counts_of(person: Person) -> Counts:
    def count(model: type, *conditions: object) -> int:
        return db.session.scalar(select(func.count()).select_from(model).where(*conditions)) or 0  # type: ignore[arg-type]  # conditions

    return Counts(
        viewers=count(ProfileView, ProfileView.person_id == person.id),
        blocked=count(BlockedEmployer, BlockedEmployer.person_id == person.id),
        resumes=count(Resume, Resume.person_id == person.id, Resume.deleted_at.is_(None)),
    )


def count_requests(person: Person, answer: ContactAnswer) -> int:
    query = select(func.count()).where(ContactRequest.person_id == person.id, ContactRequest.answer == answer)
    return db.session.scalar(query) or 0


def organizations_named(name: str, limit: int = 10) -> list[Organization]:
    """Employers whose name contains the words, for blocking."""
    query = (
        select(Organization)
        .where(Organization.name.icontains(name, autoescape=True))
        .order_by(Organization.name)
        .limit(limit)
    )
    return list(db.session.scalars(query))
