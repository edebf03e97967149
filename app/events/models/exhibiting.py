"""Enterprises at a gathering: invited or applying, with posts, in a booth."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.db import Base
from app.events.models.gatherings import Event
from app.events.models.halls import Booth
from app.organizations.models import Organization
from app.postings.models import Posting


class ExhibitorState(StrEnum):
    INVITED = "invited"  # 已邀请
    APPLIED = "applied"  # 待审核
    APPROVED = "approved"  # 已通过
    WAITING = "waiting"  # 候补
    RETURNED = "returned"  # 已退回
    DECLINED = "declined"  # 已谢绝
    CANCELLED = "cancelled"  # 已取消


class Exhibitor(Base):
    """One enterprise at one gathering: one booth per legal entity, by constraint."""

    __tablename__ = "exhibitors"
    __table_args__ = (
        UniqueConstraint("event_id", "organization_id"),
        UniqueConstraint("booth_id"),
        CheckConstraint("booth_id IS NULL OR state = 'approved'", name="booth_only_when_approved"),
        CheckConstraint("no_show_at IS NULL OR state = 'approved'", name="no_show_only_when_approved"),
        CheckConstraint("state <> 'returned' OR reason IS NOT NULL", name="returned_with_reason"),
        CheckConstraint("(state = 'cancelled') = (cancelled_at IS NOT NULL)", name="moment_iff_cancelled"),
        Index("ix_exhibitors_event_id_state", "event_id", "state"),
        Index("ix_exhibitors_organization_id_state", "organization_id", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column()
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"))
    organization_id: Mapped[int] = mapped_column(ForeignKey("organizations.id"))
    state: Mapped[ExhibitorState]
    wishes: Mapped[dict[str, Any]]  # {cells, power, accessible, near_entrance}
    card: Mapped[str]  # 展位名片: what the booth says about the enterprise
    staff: Mapped[list[str]]  # who stands at the booth, by name
    reason: Mapped[str | None]  # why it was returned or put on the waiting list
    booth_id: Mapped[int | None] = mapped_column(ForeignKey("booths.id"))
    booth_reasons: Mapped[list[str]]  # why this booth, one sentence each
    invited_at: Mapped[datetime | None]
    applied_at: Mapped[datetime | None]
    decided_at: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]
    no_show_at: Mapped[datetime | None]  # nobody came; considered when booths are given out next time

    event: Mapped[Event] = relationship()
    organization: Mapped[Organization] = relationship()
    booth: Mapped[Booth | None] = relationship()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - the name and shape are SQLAlchemy's


class ExhibitorPosting(Base):
    """A post that the enterprise brings to the gathering."""

    __tablename__ = "exhibitor_postings"
    __table_args__ = (UniqueConstraint("exhibitor_id", "posting_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    exhibitor_id: Mapped[int] = mapped_column(ForeignKey("exhibitors.id"))
    posting_id: Mapped[int] = mapped_column(ForeignKey("postings.id"), index=True)

    exhibitor: Mapped[Exhibitor] = relationship()
    posting: Mapped[Posting] = relationship()
