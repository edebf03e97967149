"""Organizations (单位): enterprises and schools, their verification, members and invitations."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import User
from app.core.db import Base, now
from app.core.storage import StoredFile


class OrganizationKind(StrEnum):
    ENTERPRISE = "enterprise"  # 企业
    SCHOOL = "school"  # 学校
    INSTITUTE = "institute"  # 科研院所
    DEPARTMENT = "department"  # 政府部门


class Standing(StrEnum):
    """Where an organization stands with the office (核验状态)."""

    SUBMITTED = "submitted"  # 待核验
    RETURNED = "returned"  # 已退回
    VERIFIED = "verified"  # 已核验
    SUSPENDED = "suspended"  # 已停用


class Organization(Base):
    """An employer or school. Only a verified one whose verification is not overdue may publish."""

    __tablename__ = "organizations"
    __table_args__ = (
        CheckConstraint("standing <> 'returned' OR return_reason IS NOT NULL", name="returned_with_reason"),
        CheckConstraint("standing <> 'verified' OR verified_until IS NOT NULL", name="verified_until_a_day"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column()
    kind: Mapped[OrganizationKind]
    name: Mapped[str] = mapped_column(index=True)
    credit_code: Mapped[str] = mapped_column(unique=True)  # GB 32100, 18 characters
    place: Mapped[str]  # division code, down to the township: app.core.places
    address: Mapped[str]
    size: Mapped[str]  # band: app.core.trades.COMPANY_SIZES
    chain_links: Mapped[list[str]]
    introduction: Mapped[str]
    website: Mapped[str | None]
    handler_name: Mapped[str]  # 经办人
    handler_phone: Mapped[str] = mapped_column(info={"secret": True})
    licence_file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_files.id"))  # 营业执照
    authority_file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_files.id"))  # 授权书
    standing: Mapped[Standing] = mapped_column(default=Standing.SUBMITTED, index=True)
    return_reason: Mapped[str | None]
    suspend_reason: Mapped[str | None]
    submitted_at: Mapped[datetime] = mapped_column(default=now)
    verified_at: Mapped[datetime | None]
    verified_until: Mapped[date | None]  # re-verification is due on this day
    renewal_submitted_at: Mapped[datetime | None]  # verified, and asked to be verified again
    reminded_on: Mapped[date | None]
    is_matching_on: Mapped[bool] = mapped_column(default=True)  # ranking by matching can be switched off
    is_demo: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(default=now)

    licence_file: Mapped[StoredFile | None] = relationship(foreign_keys=[licence_file_id])
    authority_file: Mapped[StoredFile | None] = relationship(foreign_keys=[authority_file_id])

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - the name and shape are SQLAlchemy's

    def may_publish(self, today: date) -> bool:
        return (
            self.standing is Standing.VERIFIED
            and self.verified_until is not None
            and self.verified_until >= today
        )


class MemberRole(StrEnum):
    OWNER = "owner"  # 负责人: invites and removes members, edits the organization
    RECRUITER = "recruiter"  # 招聘人员: posts and handles applications


class Membership(Base):
    """A person acts for an organization; an ended membership stops at the next request."""

    __tablename__ = "memberships"
    __table_args__ = (
        Index(
            "uq_memberships_user_id_while_active",
            "user_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    organization_id: Mapped[int] = mapped_column(ForeignKey("organizations.id"), index=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    role: Mapped[MemberRole]
    joined_at: Mapped[datetime] = mapped_column(default=now)
    ended_at: Mapped[datetime | None]

    organization: Mapped[Organization] = relationship()
    user: Mapped[User] = relationship()


class Invitation(Base):
    """A link that makes its opener a member, once."""

    __tablename__ = "invitations"

    id: Mapped[int] = mapped_column(primary_key=True)
    organization_id: Mapped[int] = mapped_column(ForeignKey("organizations.id"), index=True)
    invited_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    token_digest: Mapped[str] = mapped_column(unique=True, info={"secret": True})
    role: Mapped[MemberRole]
    note: Mapped[str]  # whom it is meant for
    created_at: Mapped[datetime] = mapped_column(default=now)
    expires_at: Mapped[datetime]
    accepted_at: Mapped[datetime | None]
    accepted_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    withdrawn_at: Mapped[datetime | None]

    organization: Mapped[Organization] = relationship()


class VerificationDecision(Base):
    """The office decided on an organization: kept for at least three years."""

    __tablename__ = "verification_decisions"
    __table_args__ = (UniqueConstraint("organization_id", "decided_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    organization_id: Mapped[int] = mapped_column(ForeignKey("organizations.id"))
    verb: Mapped[str]  # a move of app.organizations.kinds.VERIFICATION
    standing: Mapped[Standing]  # what it led to
    reason: Mapped[str | None]
    decided_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    decided_at: Mapped[datetime] = mapped_column(default=now)

    decided_by: Mapped[User] = relationship()
