"""Discovery (搜索与推荐): what must still reach the index and the matcher."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base, now


class IndexedKind(StrEnum):
    POSTING = "posting"
    PERSON = "person"
    ORGANIZATION = "organization"


class IndexTask(Base):
    """“This record changed”: written with the change, deleted once index and matcher have caught up."""

    __tablename__ = "index_tasks"
    __audited__ = False

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[IndexedKind]
    record_id: Mapped[int]
    written_at: Mapped[datetime] = mapped_column(default=now)


class Change(Base):
    """“This record changed”, for the processes that keep a matcher in memory: each remembers the last id it read.

    Rows are kept for an hour; a process that slept longer reads everything anew.
    """

    __tablename__ = "changes"
    __audited__ = False

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[IndexedKind]
    record_id: Mapped[int]
    written_at: Mapped[datetime] = mapped_column(default=now, index=True)


class Dismissal(Base):
    """A person is not interested in a recommended posting, and why (不感兴趣)."""

    __tablename__ = "dismissals"
    __table_args__ = (UniqueConstraint("person_id", "posting_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int]
    posting_id: Mapped[int]
    reason: Mapped[str]
    dismissed_at: Mapped[datetime] = mapped_column(default=now)
