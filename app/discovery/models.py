"""Discovery (搜索与推荐): what must still reach the index and the matcher, and what people were shown."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import User
from app.core.db import Base, now


class IndexedKind(StrEnum):
    POSTING = "posting"
    PERSON = "person"
    ORGANIZATION = "organization"
    EVENT = "event"


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


class SavedSearch(Base):
    """A search that a seeker keeps (保存的搜索), by the parameters of its address, and is told about each day."""

    __tablename__ = "saved_searches"
    __table_args__ = (UniqueConstraint("user_id", "parameters"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    name: Mapped[str]
    parameters: Mapped[str]
    is_daily: Mapped[bool] = mapped_column(default=True, index=True)
    saved_at: Mapped[datetime] = mapped_column(default=now)
    told_until: Mapped[datetime] = mapped_column(default=now)  # what was published later is new

    user: Mapped[User] = relationship()


class Place(StrEnum):
    """Where a posting and a person met on a screen."""

    RECOMMENDED = "recommended"  # 推荐给我的职位
    SEARCH = "search"  # 搜索结果
    PEOPLE = "people"  # 适合的人
    DIGEST = "digest"  # 每周推荐
    POST = "post"  # the seeker opened the posting
    PERSON = "person"  # the employer opened the person, coming from the posting


class Exposure(Base):
    """A person was shown a posting, or an employer a person for a posting, at a place in a list; kept half a year.

    What came of it stands where it belongs: applications, stage moves, saved postings, contact requests, dismissals.
    """

    __tablename__ = "exposures"
    __audited__ = False

    id: Mapped[int] = mapped_column(primary_key=True)
    place: Mapped[Place]
    posting_id: Mapped[int]
    person_id: Mapped[int]
    position: Mapped[int]  # from 1; 0 where there is no list
    shown_at: Mapped[datetime] = mapped_column(index=True)


class Digest(Base):
    """Whether a person gets the weekly digest of recommendations (每周推荐), and when the last one went out; no row: on."""

    __tablename__ = "digests"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(unique=True)
    is_on: Mapped[bool] = mapped_column(default=True)
    sent_at: Mapped[datetime | None]
