"""The gathering itself, its timetable, what is called out, and what both sides say afterwards."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import User
from app.core.db import Base, now
from app.core.storage import StoredFile
from app.organizations.models import Organization

LATE = timedelta(hours=2)  # after the end people are still let in: the last hour runs over


class EventState(StrEnum):
    """Where a gathering stands. That it is going on right now is told by the clock, not by a state."""

    DRAFT = "draft"  # 筹备中
    PUBLISHED = "published"  # 已发布
    ENDED = "ended"  # 已结束
    CANCELLED = "cancelled"  # 已取消


class Event(Base):
    """Something at a time and place that people register for and attend. `kind` is a key of app.events.kinds.KINDS."""

    __tablename__ = "events"
    __table_args__ = (
        CheckConstraint("ends_at > starts_at", name="ends_after_start"),
        CheckConstraint("capacity > 0", name="capacity_positive"),
        CheckConstraint("registration_limit > 0", name="registration_limit_positive"),
        CheckConstraint("(state = 'draft') = (published_at IS NULL)", name="published_unless_draft"),
        CheckConstraint("(state = 'cancelled') = (cancel_reason IS NOT NULL)", name="reason_iff_cancelled"),
        CheckConstraint("(state = 'ended') = (ended_at IS NOT NULL)", name="end_iff_ended"),
        Index("ix_events_state_starts_at", "state", "starts_at"),
        Index("ix_events_organizer_id_starts_at", "organizer_id", "starts_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column()
    kind: Mapped[str]
    title: Mapped[str]
    state: Mapped[EventState] = mapped_column(default=EventState.DRAFT)
    organizer_id: Mapped[int | None] = mapped_column(
        ForeignKey("organizations.id")
    )  # None: the office itself
    created_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    copied_from_id: Mapped[int | None] = mapped_column(ForeignKey("events.id"))

    place: Mapped[str]  # the venue by name; for an online one what it is held on
    address: Mapped[str]
    is_online: Mapped[bool] = mapped_column(default=False)
    online_url: Mapped[str | None]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    exhibitors_from: Mapped[datetime | None]  # enterprises may apply from then until then
    exhibitors_until: Mapped[datetime | None]
    people_from: Mapped[datetime | None]
    people_until: Mapped[datetime | None]
    capacity: Mapped[int | None]  # people the hall may hold; entrance closes there
    registration_limit: Mapped[int | None]  # people who may register: some never come
    introduction: Mapped[str]
    rules: Mapped[str]
    audience: Mapped[dict[str, Any]]  # {schools, majors, graduation_years}: lists; all empty is everybody
    contact_name: Mapped[str]
    contact_phone: Mapped[str]  # public
    safety_plan_id: Mapped[int | None] = mapped_column(ForeignKey("stored_files.id"))  # 安全工作方案
    emergency_plan_id: Mapped[int | None] = mapped_column(ForeignKey("stored_files.id"))  # 应急预案
    outcome: Mapped[str | None]  # what is recorded afterwards, in words
    cancel_reason: Mapped[str | None]
    moved_note: Mapped[str | None]  # what changed after publishing: shown on the page and on tickets
    is_demo: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(default=now)
    published_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    scheduled_at: Mapped[datetime | None]  # the interview schedule was shown to everybody

    organizer: Mapped[Organization | None] = relationship()
    created_by: Mapped[User] = relationship()
    safety_plan: Mapped[StoredFile | None] = relationship(foreign_keys=[safety_plan_id])
    emergency_plan: Mapped[StoredFile | None] = relationship(foreign_keys=[emergency_plan_id])

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - the name and shape are SQLAlchemy's

    def is_on(self, moment: datetime) -> bool:
        """Whether it is going on at *moment*."""
        return self.state is EventState.PUBLISHED and self.starts_at <= moment <= self.ends_at

    @property
    def closes_at(self) -> datetime:
        """When doors, booths and queues close for good: by the clock, or before when the organizer ends it."""
        by_clock = self.ends_at + LATE
        return by_clock if self.ended_at is None else min(self.ended_at, by_clock)

    def is_over(self, moment: datetime) -> bool:
        """Whether nobody is let in, scanned or called any more."""
        return self.state is EventState.CANCELLED or moment >= self.closes_at


class TimetableEntry(Base):
    """One line of the timetable (日程)."""

    __tablename__ = "timetable_entries"
    __table_args__ = (CheckConstraint("ends_at > starts_at", name="ends_after_start"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"), index=True)
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime | None]
    what: Mapped[str]
    place: Mapped[str]


class Announcement(Base):
    """What the organizer calls out to everybody (公告): on the page, the big screen and in inboxes."""

    __tablename__ = "announcements"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"), index=True)
    text: Mapped[str]
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    made_at: Mapped[datetime] = mapped_column(default=now)


class HelperLink(Base):
    """A link for one door: whoever opens it may check people in, until the organizer ends it."""

    __tablename__ = "helper_links"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"), index=True)
    token_digest: Mapped[str] = mapped_column(unique=True, info={"secret": True})
    door: Mapped[str]
    made_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    made_at: Mapped[datetime] = mapped_column(default=now)
    ended_at: Mapped[datetime | None]

    event: Mapped[Event] = relationship()


class SurveyAnswer(Base):
    """What one visitor or one exhibitor says afterwards (满意度)."""

    __tablename__ = "survey_answers"
    __table_args__ = (
        CheckConstraint(
            "(registration_id IS NULL) <> (exhibitor_id IS NULL)", name="from_a_visitor_or_an_exhibitor"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"), index=True)
    registration_id: Mapped[int | None] = mapped_column(ForeignKey("registrations.id"), unique=True)
    exhibitor_id: Mapped[int | None] = mapped_column(ForeignKey("exhibitors.id"), unique=True)
    answers: Mapped[dict[str, Any]]  # question → 1 to 5, and `words`
    answered_at: Mapped[datetime] = mapped_column(default=now)
