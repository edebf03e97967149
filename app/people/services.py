"""What the system does with people and résumés. Callers open the transaction; only the job of each night has its own."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from app.accounts.models import User
from app.accounts.services.closing import NAME_AFTERWARDS
from app.core import audit
from app.core.db import db, now, transaction
from app.core.errors import DomainError, EditConflict
from app.core.storage import StoredFile
from app.notifications.services import notify
from app.organizations.models import Organization
from app.people import queries
from app.people.content import Content
from app.people.content_rules import problems_in
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
    Visibility,
)
from app.people.quick import brought_up_to_date, content_of

MOST_RESUMES = 5
DRAFTS_KEPT = timedelta(days=30)  # drafts of imported files that nobody saved


class TooManyResumes(DomainError):
    message = f"最多保存 {MOST_RESUMES} 份简历，请先删掉一份"


class ContentRefused(DomainError):
    """The résumé breaks a limit; `problems` names each field."""

    status = 422
    message = "简历里有几处要改"

    def __init__(self, problems: list[Any]) -> None:
        super().__init__()
        self.problems = problems


class LastResume(DomainError):
    message = "这是你唯一的一份简历，不能删；想不被找到，可以在隐私设置里选「隐藏」"


def ensure_person(user: User) -> Person:
    """The person behind *user*, made at first need."""
    person = queries.person_of(user)
    if person is None:
        person = Person(user=user, name=user.name)
        db.session.add(person)
        db.session.flush()
    return person


def hide_on_closing(user: User) -> dict[str, str | None]:
    """An account is being closed: nobody finds the person any more; returns the name to seal."""
    person = queries.person_of(user)
    if person is None:
        return {}
    name, person.name, person.visibility = person.name, NAME_AFTERWARDS, Visibility.HIDDEN
    for row in db.session.scalars(select(ResumeImport).where(ResumeImport.person_id == person.id)):
        _let_go(row)
    return {"person_name": name}


def create_resume(person: Person, *, title: str, content: Content, today: date) -> Resume:
    """Add a résumé; a person's first one is the main one."""
    existing = queries.resumes_of(person)
    if len(existing) >= MOST_RESUMES:
        raise TooManyResumes
    _check(content, today)
    resume = Resume(person=person, title=title, content=content.to_dict(), is_main=not existing)
    db.session.add(resume)
    db.session.flush()
    audit.about(resume)
    return resume


def save_resume(resume: Resume, *, title: str, content: Content, seen_version: int, today: date) -> None:
    """Save an edit.

    Raises
    ------
    EditConflict
        The résumé was changed since the page was opened, on another device or tab.
    """
    if seen_version != resume.version:
        mine, theirs = content.to_dict(), resume.content
        rows = [(key, mine[key], theirs.get(key)) for key in mine if mine[key] != theirs.get(key)]
        raise EditConflict(rows)
    _check(content, today)
    resume.title, resume.content = title, content.to_dict()
    resume.person.updated_at = now()


def _check(content: Content, today: date) -> None:
    if problems := problems_in(content, today):
        raise ContentRefused(problems)


def make_main(resume: Resume) -> None:
    """Let this résumé be the one that is found and matched."""
    for other in queries.resumes_of(resume.person):
        if other.is_main and other is not resume:
            other.is_main = False
            db.session.flush()  # one main résumé at a time, also in the middle
    resume.is_main = True


def delete_resume(resume: Resume) -> None:
    """Take a résumé out of sight. Snapshots that were handed in stay with the employers until the term ends."""
    others = [other for other in queries.resumes_of(resume.person) if other is not resume]
    if not others:
        raise LastResume
    was_main, resume.is_main, resume.deleted_at = resume.is_main, False, now()
    db.session.flush()
    if was_main:
        others[0].is_main = True


def take_snapshot(resume: Resume) -> ResumeSnapshot:
    """The résumé as it is now, kept for an application; one per version."""
    snapshot = queries.snapshot_of(resume)
    if snapshot is None:
        snapshot = ResumeSnapshot(resume=resume, resume_version=resume.version, content=resume.content)
        db.session.add(snapshot)
    return snapshot


def answer_quick(person: Person, answers: Mapping[str, Any]) -> QuickAnswers:
    """Save answers of the eight questions as they come; later ones replace earlier ones."""
    row = queries.quick_answers_of(person)
    if row is None:
        row = QuickAnswers(person_id=person.id, answers={})
        db.session.add(row)
    row.answers = {**row.answers, **answers}
    return row


def keep_import(person: Person, file: StoredFile, text: str, draft: Mapping[str, Any]) -> ResumeImport:
    """Keep what was read from a file as a draft; nothing of it counts until the person saves it."""
    row = ResumeImport(person=person, file=file, text=text, draft=dict(draft))
    db.session.add(row)
    db.session.flush()
    audit.about(row)
    return row


def set_privacy(person: Person, *, visibility: Visibility, is_matching_on: bool) -> None:
    person.visibility, person.is_matching_on = visibility, is_matching_on


def block(person: Person, organization: Organization) -> None:
    if not queries.is_blocked(person, organization.id):
        db.session.add(BlockedEmployer(person_id=person.id, organization=organization))
        person.updated_at = now()


def unblock(blocked: BlockedEmployer, person: Person) -> None:
    db.session.delete(blocked)
    person.updated_at = now()


def record_view(person: Person, organization: Organization) -> None:
    """Note that an employer looked; the person sees who and when."""
    view = db.session.scalar(
        queries.views_of(person).where(ProfileView.organization_id == organization.id).limit(1)
    )
    if view is None:
        db.session.add(ProfileView(person_id=person.id, organization=organization))
    else:
        view.times, view.viewed_at = view.times + 1, now()


def ask_contact(person: Person, organization: Organization, asked_by: User, *, note: str) -> ContactRequest:
    """Ask a person to show phone and e-mail; asking again after an answer changes nothing."""
    request = queries.contact_request(person.id, organization.id)
    if request is not None:
        return request
    request = ContactRequest(person=person, organization=organization, asked_by_id=asked_by.id, note=note)
    db.session.add(request)
    db.session.flush()
    notify(person.user, f"{organization.name}想看你的联系方式", "/me/contact-requests", by_message=True)
    return request


def answer_contact(request: ContactRequest, *, is_agreed: bool, asked_by: User | None) -> None:
    """Agree or refuse; a person may change their mind either way."""
    request.answer = ContactAnswer.AGREED if is_agreed else ContactAnswer.REFUSED
    request.answered_at = now()
    if asked_by is not None and is_agreed:
        notify(asked_by, f"{request.person.name}同意了看联系方式", f"/people/{request.person_id}")


def finish_quick(person: Person, *, name: str, today: date) -> Resume:
    """Make a résumé of the eight answers, or bring the one that they made before up to date."""
    row = answer_quick(person, {})
    content = content_of(row.answers, today)
    if name:
        person.name = person.user.name = name
    resume = queries.resume_of(person, row.resume_id) if row.resume_id else None
    if resume is None:
        resume = create_resume(person, title="快速简历", content=content, today=today)
    else:
        kept, made = Content.from_dict(resume.content), Content.from_dict(row.made or {})
        merged = brought_up_to_date(kept, made, content)
        _check(merged, today)
        resume.content = merged.to_dict()
        person.updated_at = now()
        audit.about(resume)
    row.resume_id, row.made, row.finished_at = resume.id, content.to_dict(), now()
    return resume


def accept_import(row: ResumeImport, *, title: str, content: Content, today: date) -> Resume:
    """Make a résumé of a draft as its person corrected it; the file and what was read from it have done their work."""
    resume = create_resume(row.person, title=title, content=content, today=today)
    row.resume_id = resume.id
    _let_go(row)
    return resume


def _let_go(row: ResumeImport) -> None:
    file, row.file, row.text, row.draft = row.file, None, "", {}
    if file is not None:
        db.session.flush()
        db.session.delete(file)  # its bytes go with storage.sweep


def forget_old_imports() -> int:
    """Let go of drafts that nobody saved in DRAFTS_KEPT; a job of each night."""
    old = select(ResumeImport.id).where(
        ResumeImport.resume_id.is_(None), ResumeImport.created_at < now() - DRAFTS_KEPT
    )
    keys = db.session.scalars(old.limit(500)).all()
    for key in keys:
        with transaction() as session:
            if row := session.get(ResumeImport, key):
                _let_go(row)
                session.delete(row)
    return len(keys)
