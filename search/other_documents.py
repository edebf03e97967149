"""Documents of people, organizations and events. Each kind has an index of its own, behind the same door.

Nothing in a person's document may reach them or name them: no name, no contact data, no employer, no school.
"""

import re
from dataclasses import dataclass
from datetime import date

from search.attributes import certified, places_above, shift_closure
from search.documents import BODY, MAJORS, NAMES, SKILLS, TITLE, TITLES, TRADE, Record
from search.words import terms

_REACHES = re.compile(
    r"[\w.+-]+\s*[@＠]\s*[\w-]+(?:\.[\w-]+)+|https?://\S+|www\.\S+"
    r"|(?:微信|wechat|vx|v信|qq|扣扣|电话|手机|tel)\s*(?:号码?|同号)?\s*[:：]?\s*[a-z0-9_\-]{5,}"
    r"|(?:\+?86[\s\-]?)?(?<!\d)1[\s\-－—]?[3-9](?:[\s\-－—]?\d){9}(?!\d)|(?<!\d)0\d{2,3}[\s\-－—]?\d{7,8}(?!\d)|\d{12,}",
    re.IGNORECASE,
)
_WEEKDAYS = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")
_ANY_SHIFT = ("长白班", "倒班", "夜班")


def without_contact(text: str, *names: str) -> str:
    """The text without numbers, addresses and accounts that could reach somebody, and without *names*."""
    text = _REACHES.sub(" ", text)
    for name in names:
        if len(name) > 1:
            text = text.replace(name, " ")
    return text


@dataclass(frozen=True)
class PersonDocument:
    """Somebody who lets verified enterprises find them. ``places`` are codes where they want to work, ``shifts``
    what they accept (empty: not said, so any), ``salary_min`` what they expect (0: not said), ``blocked`` the
    organizations that must not find them. Texts are freed of contact data here again.
    """

    id: int
    headline: str = ""
    jobs: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    families: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()
    certificates: tuple[str, ...] = ()
    majors: tuple[str, ...] = ()
    body: str = ""
    places: tuple[str, ...] = ()
    degree_rank: int = 0
    years: int = 0
    salary_min: int = 0
    shifts: tuple[str, ...] = ()
    updated_on: date = date.min
    completeness: float = 0.0
    blocked: tuple[int, ...] = ()
    name: str = ""  # to be taken out of the texts; never kept

    def record(self) -> Record:
        """Lay the person out for the index."""

        def clean(*parts: str) -> str:
            return without_contact(" ".join(parts), self.name)

        body = clean(self.body)
        shifts = [name for shift in self.shifts for name in shift_closure(shift)] or _ANY_SHIFT
        return Record(
            id=self.id,
            texts={
                TITLE: clean(self.headline),
                TITLES: clean(*self.jobs, *self.titles),
                SKILLS: clean(*self.skills, *self.certificates),
                MAJORS: clean(*self.majors),
                BODY: body,
            },
            keywords={
                "place": tuple(dict.fromkeys(up for code in self.places for up in places_above(code))),
                "family": tuple(dict.fromkeys(self.families)),
                "shift": tuple(dict.fromkeys(shifts)),
                "certificates": tuple(dict.fromkeys(self.certificates)),
                "certified": certified(self.certificates, terms(body)),
                "blocked": tuple(map(str, self.blocked)),
            },
            numbers={"degree": self.degree_rank, "years": self.years, "salary_min": self.salary_min},
            published_on=self.updated_on.toordinal(),
            completeness=self.completeness,
            topics=tuple(dict.fromkeys(self.families)),
        )


@dataclass(frozen=True)
class OrganizationDocument:
    """A verified organization as the public sees it, with the number of its open posts."""

    id: int
    name: str
    chain_links: tuple[str, ...] = ()
    place_code: str = ""
    town: str = ""
    body: str = ""
    verified_on: date = date.min
    openings: int = 0

    def record(self) -> Record:
        """Lay the organization out for the index."""
        return Record(
            id=self.id,
            texts={
                TITLE: self.name,
                TRADE: " ".join(self.chain_links),
                NAMES: self.town,
                BODY: without_contact(self.body),
            },
            keywords={
                "place": places_above(self.place_code),
                "town": (self.town,) if self.town else (),
                "chain_link": tuple(dict.fromkeys(self.chain_links)),
                "enterprise": (self.name,),
            },
            numbers={"openings": self.openings},
            published_on=self.verified_on.toordinal(),
            topics=tuple(dict.fromkeys(self.chain_links)),
        )


@dataclass(frozen=True)
class EventDocument:
    """A public event. It is as fresh as its first day is near; once it is over it stands below all that is to come.

    ``kind`` and ``town`` are what people read, ``exhibitors`` the names of who comes.
    """

    id: int
    title: str
    kind: str = ""
    host: str = ""
    place_code: str = ""
    town: str = ""
    body: str = ""
    exhibitors: tuple[str, ...] = ()
    starts_on: date = date.min
    ends_on: date = date.min

    def record(self) -> Record:
        """Lay the event out for the index; its days are words too: 12月5日, 12月, 周六."""
        day = self.starts_on
        days = f"{day.year}年{day.month}月 {day.month}月 {day.month}月{day.day}日 {_WEEKDAYS[day.weekday()]}"
        return Record(
            id=self.id,
            texts={
                TITLE: self.title,
                TRADE: self.kind,
                NAMES: " ".join(filter(None, (self.host, self.town, days))),
                SKILLS: " ".join(self.exhibitors),
                BODY: without_contact(self.body),
            },
            keywords={
                "kind": (self.kind,) if self.kind else (),
                "place": places_above(self.place_code),
                "town": (self.town,) if self.town else (),
                "month": (f"{day.year:04}-{day.month:02}",),
                "enterprise": (self.host,) if self.host else (),
            },
            numbers={"starts_on": day.toordinal(), "ends_on": max(day, self.ends_on).toordinal()},
            published_on=day.toordinal(),
        )
