"""Postings (岗位与需求): everything that looks for people, from draft to closed."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import User
from app.core.db import Base, now, one_of
from app.organizations.models import Organization


class PostingState(StrEnum):
    DRAFT = "draft"  # 草稿
    SUBMITTED = "submitted"  # 待审核
    RETURNED = "returned"  # 已退回
    PUBLISHED = "published"  # 招聘中
    PAUSED = "paused"  # 已暂停
    CLOSED = "closed"  # 已关闭
    EXPIRED = "expired"  # 已到期


class Posting(Base):
    """A job, internship or other demand of an organization. `kind` is a key of app.postings.kinds.KINDS."""

    __tablename__ = "postings"
    __table_args__ = (
        CheckConstraint("state <> 'returned' OR return_reason IS NOT NULL", name="returned_with_reason"),
        CheckConstraint("state <> 'published' OR published_at IS NOT NULL", name="published_with_moment"),
        CheckConstraint("salary_max >= salary_min AND salary_min > 0", name="salary_in_order"),
        CheckConstraint("salary_months BETWEEN 12 AND 24", name="salary_months_plausible"),
        CheckConstraint("headcount > 0", name="headcount_positive"),
        CheckConstraint(
            "state = 'draft' OR (salary_min IS NOT NULL AND salary_max IS NOT NULL)", name="paid_unless_draft"
        ),
        CheckConstraint("state IN ('draft', 'returned') OR typed IS NULL", name="checked_before_review"),
        UniqueConstraint("organization_id", "import_key"),
        Index("ix_postings_state_published_at", "state", "published_at"),
        Index("ix_postings_organization_id_state_valid_until", "organization_id", "state", "valid_until"),
        Index("ix_postings_family_state_published_at", "family", "state", "published_at"),
        Index("ix_postings_state_valid_until", "state", "valid_until"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column()
    kind: Mapped[str]
    organization_id: Mapped[int] = mapped_column(ForeignKey("organizations.id"))
    created_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))

    title: Mapped[str]
    family: Mapped[str]  # 岗位族: app.core.trades.FAMILIES
    chain_link: Mapped[str]  # 产业链环节: app.core.trades.CHAIN_LINKS
    employment: Mapped[str]  # 用工形式: app.core.trades.EMPLOYMENTS
    headcount: Mapped[int]
    place: Mapped[str]  # division code down to the township
    address: Mapped[str]
    duties: Mapped[str]
    requirements: Mapped[str]
    degree: Mapped[int]  # least degree, rank of app.core.degrees.Degree
    majors: Mapped[list[str]]
    years: Mapped[int]  # least years of experience
    required_certificates: Mapped[list[str]]
    preferred_certificates: Mapped[list[str]]
    skills: Mapped[list[str]]
    salary_min: Mapped[int] = mapped_column(nullable=True)  # yuan a month; a draft alone may lack it
    salary_max: Mapped[int] = mapped_column(nullable=True)
    salary_months: Mapped[int] = mapped_column(default=12)
    salary_words: Mapped[str]  # as the enterprise wrote it
    benefits: Mapped[list[str]]
    shift: Mapped[str]
    contact_name: Mapped[str]
    contact_phone: Mapped[str] = mapped_column(info={"secret": True})  # shown to applicants only
    valid_until: Mapped[date]
    is_urgent: Mapped[bool] = mapped_column(default=False)
    questions: Mapped[
        list[dict[str, Any]]
    ]  # screening: [{id, type, text, choices, is_must, wanted}], at most eight
    source: Mapped[str | None]  # a repost names where it comes from
    extra: Mapped[dict[str, Any]] = mapped_column(default=dict)  # the kind's own fields, by name
    typed: Mapped[dict[str, Any] | None] = mapped_column(
        JSON(none_as_null=True), info={"secret": True}
    )  # the form as its author left it, before it passed all checks: {field name: [values]}
    import_key: Mapped[str | None]  # digest of the imported row, so that the same file twice does not double

    state: Mapped[PostingState] = mapped_column(default=PostingState.DRAFT)
    return_reason: Mapped[str | None]
    review_note: Mapped[str | None]  # the reviewer's reason for letting age wording pass
    warnings: Mapped[list[str]]  # for the reviewer: wording that is not refused but needs a reason
    close_reason: Mapped[str | None]
    is_demo: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(default=now)
    updated_at: Mapped[datetime] = mapped_column(default=now, onupdate=now)
    submitted_at: Mapped[datetime | None]
    published_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]  # closed or expired
    expiry_notice_for: Mapped[date | None]  # the valid_until whose end its author was told of

    organization: Mapped[Organization] = relationship()
    created_by: Mapped[User] = relationship()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - the name and shape are SQLAlchemy's

    def is_open(self, today: date) -> bool:
        """Whether it is public and takes applications today, its employer being allowed to publish."""
        return (
            self.state is PostingState.PUBLISHED
            and self.valid_until >= today
            and self.organization.may_publish(today)
        )


class PostingRevision(Base):
    """What a posting said before an edit (修改历史)."""

    __tablename__ = "posting_revisions"
    __audited__ = False
    __table_args__ = (UniqueConstraint("posting_id", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    posting_id: Mapped[int] = mapped_column(ForeignKey("postings.id"))
    version: Mapped[int]
    fields: Mapped[dict[str, Any]]
    edited_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    edited_at: Mapped[datetime] = mapped_column(default=now)

    edited_by: Mapped[User] = relationship()


class PostingMove(Base):
    """One step of a posting from state to state, with the reason that was given."""

    __tablename__ = "posting_moves"

    id: Mapped[int] = mapped_column(primary_key=True)
    posting_id: Mapped[int] = mapped_column(ForeignKey("postings.id"), index=True)
    verb: Mapped[str]  # of the kind's workflow
    from_state: Mapped[PostingState] = mapped_column(one_of(PostingState, "from_state"))
    to_state: Mapped[PostingState]
    reason: Mapped[str | None]
    moved_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))  # None: the system
    moved_at: Mapped[datetime] = mapped_column(default=now)

    moved_by: Mapped[User | None] = relationship()


class PostingImport(Base):
    """One uploaded table: which rows became postings and which were refused, with the reason."""

    __tablename__ = "posting_imports"

    id: Mapped[int] = mapped_column(primary_key=True)
    organization_id: Mapped[int] = mapped_column(ForeignKey("organizations.id"), index=True)
    imported_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    filename: Mapped[str]
    rows: Mapped[int]
    kept: Mapped[list[Any]]  # [[row number, posting id, title]]
    repeated: Mapped[list[Any]]  # [[row number, posting id, title]]: already there
    rejected: Mapped[list[dict[str, Any]]]  # [{row, column, reason, fields}]
    imported_at: Mapped[datetime] = mapped_column(default=now)

    imported_by: Mapped[User] = relationship()


class SavedPosting(Base):
    """A seeker keeps a posting for later (收藏)."""

    __tablename__ = "saved_postings"
    __table_args__ = (UniqueConstraint("user_id", "posting_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    posting_id: Mapped[int] = mapped_column(ForeignKey("postings.id"))
    saved_at: Mapped[datetime] = mapped_column(default=now)

    posting: Mapped[Posting] = relationship()


class PostingReport(Base):
    """Somebody reports a posting (举报): fees, held documents, false content."""

    __tablename__ = "posting_reports"

    id: Mapped[int] = mapped_column(primary_key=True)
    posting_id: Mapped[int] = mapped_column(ForeignKey("postings.id"), index=True)
    reporter_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    reason: Mapped[str]
    text: Mapped[str]
    reported_at: Mapped[datetime] = mapped_column(default=now)
    handled_at: Mapped[datetime | None]
    outcome: Mapped[str | None]

    posting: Mapped[Posting] = relationship()
