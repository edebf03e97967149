"""The two sides at a booth: scans, applications made there, wishes, interviews and the queue."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.applications.models import Application
from app.core.db import Base, now
from app.events.models.attending import Registration
from app.events.models.exhibiting import Exhibitor


class ScanMark(StrEnum):
    NONE = "none"  # 未标记
    WANTED = "wanted"  # 有意向
    MAYBE = "maybe"  # 待定
    UNFIT = "unfit"  # 不合适


class Scan(Base):
    """A booth scanned a ticket: it sees from then on what the person agreed to share."""

    __tablename__ = "scans"
    __table_args__ = (UniqueConstraint("exhibitor_id", "registration_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    exhibitor_id: Mapped[int] = mapped_column(ForeignKey("exhibitors.id"))
    registration_id: Mapped[int] = mapped_column(ForeignKey("registrations.id"), index=True)
    shares: Mapped[list[str]]  # what was agreed at that moment
    mark: Mapped[ScanMark] = mapped_column(default=ScanMark.NONE)
    note: Mapped[str] = mapped_column(info={"secret": True})
    scanned_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    scanned_at: Mapped[datetime] = mapped_column(default=now)
    invited_at: Mapped[datetime | None]  # asked on the spot to apply or to sit down for an interview

    exhibitor: Mapped[Exhibitor] = relationship()
    registration: Mapped[Registration] = relationship()


class EventApplication(Base):
    """An application that came from a gathering: hires months later count to it."""

    __tablename__ = "event_applications"

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id"), unique=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"), index=True)
    exhibitor_id: Mapped[int] = mapped_column(ForeignKey("exhibitors.id"), index=True)
    registration_id: Mapped[int | None] = mapped_column(ForeignKey("registrations.id"), index=True)
    applied_at: Mapped[datetime] = mapped_column(default=now)

    application: Mapped[Application] = relationship()
    exhibitor: Mapped[Exhibitor] = relationship()


class InterviewSlot(Base):
    """A time that an exhibitor keeps free for interviews, for so many people at once."""

    __tablename__ = "interview_slots"
    __table_args__ = (
        UniqueConstraint("exhibitor_id", "starts_at"),
        CheckConstraint("minutes BETWEEN 5 AND 120", name="minutes_plausible"),
        CheckConstraint("seats BETWEEN 1 AND 20", name="seats_plausible"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    exhibitor_id: Mapped[int] = mapped_column(ForeignKey("exhibitors.id"))
    starts_at: Mapped[datetime]
    minutes: Mapped[int]
    seats: Mapped[int] = mapped_column(default=1)

    exhibitor: Mapped[Exhibitor] = relationship()


class InterviewWish(Base):
    """A visitor would like to be interviewed by this exhibitor; 1 is the dearest wish."""

    __tablename__ = "interview_wishes"
    __table_args__ = (
        UniqueConstraint("registration_id", "exhibitor_id"),
        CheckConstraint("rank >= 1", name="rank_from_one"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    registration_id: Mapped[int] = mapped_column(ForeignKey("registrations.id"))
    exhibitor_id: Mapped[int] = mapped_column(ForeignKey("exhibitors.id"), index=True)
    rank: Mapped[int]
    wished_at: Mapped[datetime] = mapped_column(default=now)

    exhibitor: Mapped[Exhibitor] = relationship()


class EmployerRank(Base):
    """How an exhibitor ranks those who wish to be interviewed; without a rank: would rather not."""

    __tablename__ = "employer_ranks"
    __table_args__ = (
        UniqueConstraint("exhibitor_id", "registration_id"),
        CheckConstraint("rank >= 1", name="rank_from_one"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    exhibitor_id: Mapped[int] = mapped_column(ForeignKey("exhibitors.id"))
    registration_id: Mapped[int] = mapped_column(ForeignKey("registrations.id"), index=True)
    rank: Mapped[int | None]


class MeetingState(StrEnum):
    PLANNED = "planned"  # 已安排
    WAITING = "waiting"  # 排队中
    CALLED = "called"  # 已叫号
    MET = "met"  # 已面试
    MISSED = "missed"  # 没有来
    CANCELLED = "cancelled"  # 已取消


class Meeting(Base):
    """One person in one exhibitor's interview schedule or queue (排队面试); a queue number has no slot."""

    __tablename__ = "meetings"
    __table_args__ = (
        UniqueConstraint("exhibitor_id", "registration_id"),
        UniqueConstraint("event_id", "number"),
        CheckConstraint("state <> 'planned' OR slot_id IS NOT NULL", name="planned_in_a_slot"),
        CheckConstraint("state <> 'called' OR called_at IS NOT NULL", name="called_with_moment"),
        Index("ix_meetings_event_id_state", "event_id", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"))
    exhibitor_id: Mapped[int] = mapped_column(ForeignKey("exhibitors.id"))
    registration_id: Mapped[int] = mapped_column(ForeignKey("registrations.id"), index=True)
    slot_id: Mapped[int | None] = mapped_column(ForeignKey("interview_slots.id"), index=True)
    number: Mapped[str]  # A023: what the board calls
    state: Mapped[MeetingState]
    is_by_hand: Mapped[bool] = mapped_column(default=False)
    made_at: Mapped[datetime] = mapped_column(default=now)
    called_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]

    exhibitor: Mapped[Exhibitor] = relationship()
    registration: Mapped[Registration] = relationship()
    slot: Mapped[InterviewSlot | None] = relationship()
