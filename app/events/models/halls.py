"""Halls and booths: a grid of cells, so that a map can be drawn, walked and read aloud."""

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.db import Base


class Hall(Base):
    """One hall, *width* × *height* cells; people come in at the entrance cell."""

    __tablename__ = "halls"
    __table_args__ = (
        UniqueConstraint("event_id", "name"),
        CheckConstraint("width BETWEEN 1 AND 60 AND height BETWEEN 1 AND 60", name="drawable"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"))
    name: Mapped[str]
    width: Mapped[int]
    height: Mapped[int]
    entrance_x: Mapped[int] = mapped_column(default=1)
    entrance_y: Mapped[int] = mapped_column(default=1)


class Booth(Base):
    """One booth (展位): its cells in the hall, and what it offers. Cells count from 1."""

    __tablename__ = "booths"
    __table_args__ = (
        UniqueConstraint("event_id", "number"),
        UniqueConstraint("hall_id", "x", "y"),
        CheckConstraint("x >= 1 AND y >= 1 AND w BETWEEN 1 AND 6 AND h BETWEEN 1 AND 6", name="on_the_grid"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"))
    hall_id: Mapped[int] = mapped_column(ForeignKey("halls.id"))
    number: Mapped[str]  # A01: as it hangs over the booth
    x: Mapped[int]
    y: Mapped[int]
    w: Mapped[int] = mapped_column(default=1)
    h: Mapped[int] = mapped_column(default=1)
    has_power: Mapped[bool] = mapped_column(default=False)
    is_accessible: Mapped[bool] = mapped_column(default=True)  # reached without a step

    hall: Mapped[Hall] = relationship()

    @property
    def cells(self) -> int:
        return self.w * self.h
