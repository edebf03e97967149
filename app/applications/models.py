"""Applications (投递): a person meets a posting; interviews, offers and what both sides say."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import User
from app.core.db import Base, now, one_of
from app.organizations.models import Organization
from app.people.models import Person, ResumeSnapshot
from app.postings.models import Posting


class Stage(StrEnum):
    """Where an application stands in the hiring pipeline (招聘流程)."""

    SUBMITTED = "submitted"  # 已投递
    VIEWED = "viewed"  # 已查看
    SHORTLISTED = "shortlisted"  # 初筛通过
    INTERVIEW = "interview"  # 面试
    OFFER = "offer"  # 已发录用通知
    HIRED = "hired"  # 已入职
    REJECTED = "rejected"  # 不合适
    WITHDRAWN = "withdrawn"  # 已撤回
    DECLINED = "declined"  # 谢绝录用


class Application(Base):
    """One person's application to one posting: at most one, however often the button is pressed."""

    __tablename__ = "applications"
    __table_args__ = (
        UniqueConstraint("posting_id", "person_id"),
        CheckConstraint("(stage = 'rejected') = (rejection_reason IS NOT NULL)", name="reason_iff_rejected"),
        Index("ix_applications_posting_id_stage", "posting_id", "stage"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column()
    posting_id: Mapped[int] = mapped_column(ForeignKey("postings.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    snapshot_id: Mapped[int] = mapped_column(ForeignKey("resume_snapshots.id"))
    answers: Mapped[list[dict[str, Any]]] = mapped_column(
        info={"secret": True}
    )  # screening: [{question, answer, is_met}]
    consent_text: Mapped[str]  # names the employer, as the person saw it
    consented_at: Mapped[datetime] = mapped_column(default=now)
    stage: Mapped[Stage] = mapped_column(default=Stage.SUBMITTED)
    rejection_reason: Mapped[str | None]
    submitted_at: Mapped[datetime] = mapped_column(default=now)
    moved_at: Mapped[datetime] = mapped_column(default=now)
    seeker_acted_at: Mapped[
        datetime | None
    ]  # answered an invitation or an offer: makes an employer's page stale
    nudged_at: Mapped[datetime | None]  # the employer was reminded that nobody has answered

    posting: Mapped[Posting] = relationship()
    person: Mapped[Person] = relationship()
    snapshot: Mapped[ResumeSnapshot] = relationship()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - the name and shape are SQLAlchemy's


class StageMove(Base):
    """One step of an application: the timeline that the seeker sees."""

    __tablename__ = "stage_moves"

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id"), index=True)
    from_stage: Mapped[Stage | None] = mapped_column(one_of(Stage, "from_stage"))
    to_stage: Mapped[Stage]
    reason: Mapped[str | None]
    moved_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))  # None: the system
    moved_at: Mapped[datetime] = mapped_column(default=now)


class InterviewState(StrEnum):
    PROPOSED = "proposed"  # 待确认
    ACCEPTED = "accepted"  # 已确认
    DECLINED = "declined"  # 时间都不合适
    CANCELLED = "cancelled"  # 已取消
    LAPSED = "lapsed"  # 过期未答复


class Interview(Base):
    """An invitation with slots, of which the seeker accepts one."""

    __tablename__ = "interviews"
    __table_args__ = (
        CheckConstraint("(state = 'accepted') = (starts_at IS NOT NULL)", name="start_iff_accepted"),
        Index("ix_interviews_application_id_state", "application_id", "state"),
        Index("ix_interviews_state_starts_at", "state", "starts_at"),
        Index(
            "uq_interviews_application_id_while_proposed",
            "application_id",
            unique=True,
            sqlite_where=text("state = 'proposed'"),
            postgresql_where=text("state = 'proposed'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column()
    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id"))
    slots: Mapped[list[str]]  # ISO moments with zone, in order
    last_slot_at: Mapped[datetime] = mapped_column(index=True)  # nothing can be accepted after it
    minutes: Mapped[int]
    mode: Mapped[str]  # 现场, 电话, 视频
    place: Mapped[str]
    note: Mapped[str]
    state: Mapped[InterviewState] = mapped_column(default=InterviewState.PROPOSED)
    starts_at: Mapped[datetime | None]
    agreed_slot: Mapped[str | None]  # which slot the seeker took; stays when the interview is called off
    answered_at: Mapped[datetime | None]  # by the seeker
    answer_note: Mapped[str | None]
    ended_at: Mapped[datetime | None]  # called off, or lapsed
    result: Mapped[str | None]  # how it went, for the employer only
    proposed_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    proposed_at: Mapped[datetime] = mapped_column(default=now)
    nudged_at: Mapped[datetime | None]  # the seeker was reminded to answer
    day_reminded_at: Mapped[datetime | None]  # both sides, a day before it starts
    hour_reminded_at: Mapped[datetime | None]  # both sides, an hour before it starts

    application: Mapped[Application] = relationship()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - the name and shape are SQLAlchemy's


class OfferState(StrEnum):
    OPEN = "open"  # 待答复
    ACCEPTED = "accepted"  # 已接受
    DECLINED = "declined"  # 已谢绝
    LAPSED = "lapsed"  # 过期未答复
    WITHDRAWN = "withdrawn"  # 已撤回


class Offer(Base):
    """Terms of work with a deadline for the answer (录用通知)."""

    __tablename__ = "offers"
    __table_args__ = (
        CheckConstraint("salary > 0", name="salary_positive"),
        CheckConstraint("months BETWEEN 12 AND 24", name="months_plausible"),
        Index("ix_offers_application_id_state", "application_id", "state"),
        Index("ix_offers_state_answer_by", "state", "answer_by"),
        Index(
            "uq_offers_application_id_while_live",
            "application_id",
            unique=True,
            sqlite_where=text("state IN ('open', 'accepted')"),
            postgresql_where=text("state IN ('open', 'accepted')"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column()
    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id"))
    salary: Mapped[int]  # yuan a month
    months: Mapped[int]
    starts_on: Mapped[date]
    terms: Mapped[str]
    answer_by: Mapped[date]
    state: Mapped[OfferState] = mapped_column(default=OfferState.OPEN)
    answer_note: Mapped[str | None]
    made_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    made_at: Mapped[datetime] = mapped_column(default=now)
    answered_at: Mapped[datetime | None]
    nudged_at: Mapped[datetime | None]  # the seeker was reminded that the deadline is near

    application: Mapped[Application] = relationship()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - the name and shape are SQLAlchemy's


class ThreadMessage(Base):
    """One message between the two sides of an application (沟通)."""

    __tablename__ = "thread_messages"

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id"), index=True)
    sender_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    text: Mapped[str] = mapped_column(info={"secret": True})
    sent_at: Mapped[datetime] = mapped_column(default=now)
    read_at: Mapped[datetime | None]  # by the other side

    sender: Mapped[User] = relationship()


class ApplicationNote(Base):
    """What members of the employer write for each other; the seeker never sees it."""

    __tablename__ = "application_notes"

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id"), index=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    text: Mapped[str] = mapped_column(info={"secret": True})
    written_at: Mapped[datetime] = mapped_column(default=now)

    author: Mapped[User] = relationship()


class ApplicationExport(Base):
    """Somebody took applications out of the site as a table: who, which, how many."""

    __tablename__ = "application_exports"

    id: Mapped[int] = mapped_column(primary_key=True)
    organization_id: Mapped[int] = mapped_column(ForeignKey("organizations.id"), index=True)
    posting_id: Mapped[int | None] = mapped_column(ForeignKey("postings.id"))  # None: of all postings
    format: Mapped[str]  # xlsx, csv
    row_count: Mapped[int]
    exported_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    exported_at: Mapped[datetime] = mapped_column(default=now)

    organization: Mapped[Organization] = relationship()
