"""People at a gathering: who registered, who was let in."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.db import Base, now
from app.events.models.gatherings import Event
from app.organizations.models import Organization
from app.people.models import Person


class RegistrationState(StrEnum):
    """Whether the ticket is good. That somebody came is told by their check-in alone."""

    REGISTERED = "registered"  # 已报名
    CANCELLED = "cancelled"  # 已取消


class RegistrationSource(StrEnum):
    SELF = "self"  # 自己报名
    IMPORT = "import"  # 学校导入
    WALK_IN = "walk_in"  # 现场登记


class Registration(Base):
    """One person's place at one gathering, with the ticket's serial and the code typed by hand."""

    __tablename__ = "registrations"
    __table_args__ = (
        UniqueConstraint("event_id", "phone"),
        UniqueConstraint("event_id", "code"),
        UniqueConstraint("event_id", "person_id"),
        CheckConstraint("(state = 'cancelled') = (cancelled_at IS NOT NULL)", name="moment_iff_cancelled"),
        Index("ix_registrations_event_id_school_id", "event_id", "school_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    name: Mapped[str] = mapped_column(info={"secret": True})
    phone: Mapped[str] = mapped_column(info={"secret": True})  # 11 digits
    school_id: Mapped[int | None] = mapped_column(
        ForeignKey("organizations.id")
    )  # whose staff may see the row
    school: Mapped[str]
    major: Mapped[str]
    graduation_year: Mapped[int | None]
    organization_id: Mapped[int | None] = mapped_column(
        ForeignKey("organizations.id")
    )  # came for this employer
    source: Mapped[RegistrationSource]
    state: Mapped[RegistrationState] = mapped_column(default=RegistrationState.REGISTERED)
    code: Mapped[str]  # six characters, the last one checks the others
    serial: Mapped[int] = mapped_column(BigInteger, unique=True)  # what the signed ticket carries
    shares: Mapped[list[str]]  # what a booth that scans the ticket gets to see: name, school, contact, resume
    consent_text: Mapped[str | None]  # as the person saw it; None: an imported row, nothing is shared yet
    consented_at: Mapped[datetime | None]
    registered_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))  # who imported or typed it
    registered_at: Mapped[datetime] = mapped_column(default=now)
    cancelled_at: Mapped[datetime | None]

    event: Mapped[Event] = relationship()
    person: Mapped[Person | None] = relationship()
    school_organization: Mapped[Organization | None] = relationship(foreign_keys=[school_id])


class RegistrationImport(Base):
    """One uploaded list: which rows became registrations and which were refused, with the reason."""

    __tablename__ = "registration_imports"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"), index=True)
    organization_id: Mapped[int | None] = mapped_column(ForeignKey("organizations.id"))  # whose list it is
    imported_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    filename: Mapped[str]
    rows: Mapped[int]
    kept: Mapped[int]
    repeated: Mapped[int]  # registered already
    rejected: Mapped[list[dict[str, Any]]] = mapped_column(info={"secret": True})  # [{row, fields, problems}]
    imported_at: Mapped[datetime] = mapped_column(default=now)


class CheckIn(Base):
    """One ticket let in, once: the unique constraint is the truth. The table is its own log."""

    __tablename__ = "check_ins"
    __audited__ = False
    __table_args__ = (Index("ix_check_ins_event_id_at", "event_id", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    registration_id: Mapped[int] = mapped_column(ForeignKey("registrations.id"), unique=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"))
    at: Mapped[datetime]  # the device's moment, set right by its clock's offset
    device_at: Mapped[datetime | None]  # as the device said it
    received_at: Mapped[datetime]
    key: Mapped[str]  # drawn by the device for this scan: a repeat of the same scan is no second one
    device: Mapped[str]
    door: Mapped[str]
    is_queued: Mapped[bool]  # sent later, after the network came back
