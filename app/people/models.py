"""People (人才): the person behind a seeker's account, résumés and who may see them."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import User
from app.core.db import Base, now
from app.core.storage import StoredFile
from app.organizations.models import Organization


class Visibility(StrEnum):
    """Who finds this person (谁能看到我)."""

    ENTERPRISES = "enterprises"  # 所有已核验企业
    APPLIED = "applied"  # 只有我投递过的企业
    HIDDEN = "hidden"  # 隐藏: not found, not recommended; applications already made stay


class Person(Base):
    """One human being who looks for work. Contact data lives in the account."""

    __tablename__ = "people"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), unique=True)
    name: Mapped[str] = mapped_column(info={"secret": True})
    visibility: Mapped[Visibility] = mapped_column(default=Visibility.APPLIED)
    is_matching_on: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime] = mapped_column(default=now)
    updated_at: Mapped[datetime] = mapped_column(default=now, onupdate=now)

    user: Mapped[User] = relationship()


class Resume(Base):
    """A résumé that its person edits. `content` follows app.people.content.Content."""

    __tablename__ = "resumes"
    __table_args__ = (
        Index(
            "uq_resumes_person_id_main",
            "person_id",
            unique=True,
            sqlite_where=text("is_main"),
            postgresql_where=text("is_main"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column()
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    title: Mapped[str]  # only its owner sees it
    is_main: Mapped[bool] = mapped_column(default=False)  # the one that is found and matched
    content: Mapped[dict[str, Any]] = mapped_column(info={"secret": True})
    created_at: Mapped[datetime] = mapped_column(default=now)
    updated_at: Mapped[datetime] = mapped_column(default=now, onupdate=now)
    deleted_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - the name and shape are SQLAlchemy's


class ResumeSnapshot(Base):
    """A résumé as it was handed in with an application; never changed afterwards."""

    __tablename__ = "resume_snapshots"
    __table_args__ = (UniqueConstraint("resume_id", "resume_version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    resume_id: Mapped[int] = mapped_column(ForeignKey("resumes.id"))
    resume_version: Mapped[int]
    content: Mapped[dict[str, Any]] = mapped_column(info={"secret": True})
    taken_at: Mapped[datetime] = mapped_column(default=now)

    resume: Mapped[Resume] = relationship()


class QuickAnswers(Base):
    """The eight questions, saved as they are answered; becomes a résumé at the end."""

    __tablename__ = "quick_answers"
    __audited__ = True

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), unique=True)
    answers: Mapped[dict[str, Any]] = mapped_column(
        info={"secret": True}
    )  # question name → what was answered
    updated_at: Mapped[datetime] = mapped_column(default=now, onupdate=now)
    finished_at: Mapped[datetime | None]
    resume_id: Mapped[int | None] = mapped_column(ForeignKey("resumes.id"))  # what the answers became
    made: Mapped[dict[str, Any] | None] = mapped_column(info={"secret": True})  # its content at that moment


class ResumeImport(Base):
    """A PDF or Word file and the draft read from it; nothing of it counts until its person saves it.

    Then file, text and draft are let go; what nobody saves is let go after services.DRAFTS_KEPT.
    """

    __tablename__ = "resume_imports"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_files.id"))  # None once it was saved
    text: Mapped[str] = mapped_column(info={"secret": True})
    draft: Mapped[dict[str, Any]] = mapped_column(info={"secret": True})
    created_at: Mapped[datetime] = mapped_column(default=now)
    resume_id: Mapped[int | None] = mapped_column(ForeignKey("resumes.id"))  # set when its person saved it

    file: Mapped[StoredFile | None] = relationship()
    person: Mapped[Person] = relationship()


class BlockedEmployer(Base):
    """An employer that never sees this person (屏蔽企业)."""

    __tablename__ = "blocked_employers"
    __table_args__ = (UniqueConstraint("person_id", "organization_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    organization_id: Mapped[int] = mapped_column(ForeignKey("organizations.id"))
    created_at: Mapped[datetime] = mapped_column(default=now)

    organization: Mapped[Organization] = relationship()


class ProfileView(Base):
    """An employer looked at a person; the person sees who and when."""

    __tablename__ = "profile_views"
    __table_args__ = (UniqueConstraint("person_id", "organization_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    organization_id: Mapped[int] = mapped_column(ForeignKey("organizations.id"))
    times: Mapped[int] = mapped_column(default=1)
    viewed_at: Mapped[datetime] = mapped_column(default=now)

    organization: Mapped[Organization] = relationship()


class ContactAnswer(StrEnum):
    ASKED = "asked"  # 待同意
    AGREED = "agreed"  # 已同意
    REFUSED = "refused"  # 已谢绝


class ContactRequest(Base):
    """An employer asks to see phone and e-mail; they stay masked until the person agrees."""

    __tablename__ = "contact_requests"
    __table_args__ = (
        UniqueConstraint("person_id", "organization_id"),
        CheckConstraint("(answer = 'asked') = (answered_at IS NULL)", name="answered_iff_moment"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    organization_id: Mapped[int] = mapped_column(ForeignKey("organizations.id"))
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    note: Mapped[str]
    answer: Mapped[ContactAnswer] = mapped_column(default=ContactAnswer.ASKED)
    asked_at: Mapped[datetime] = mapped_column(default=now)
    answered_at: Mapped[datetime | None]

    organization: Mapped[Organization] = relationship()
    person: Mapped[Person] = relationship()
