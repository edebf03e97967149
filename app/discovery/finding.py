"""What the address of a search for people, companies or events says, checked like that of a search for postings."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from urllib.parse import urlencode

from werkzeug.datastructures import MultiDict

from app.core import degrees, trades
from app.core.county_time import today
from app.discovery.forms import LONGEST_TEXT, READ, Option, option_label
from search import EventFilters, Kind, OrganizationFilters, PeopleFilters, Picked, Query, Results, Sort

PAGE_SIZE = 20
MONTH = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])")
WHEN = (("coming", "将要举办"), ("over", "已经结束"))
YEARS = ((1, "1年以上"), (3, "3年以上"), (5, "5年以上"), (10, "10年以上"))


def _number(values: list[str], known: tuple[int, ...]) -> int | None:
    return next((int(value) for value in values if value.isdigit() and int(value) in known), None)


class Group(NamedTuple):
    """One group of the filter: its parameter, its legend, the kind of its boxes, and these with their counts."""

    name: str
    legend: str
    kind: str
    options: list[Option]


@dataclass
class Asked:
    """Words, the page, and words whose chips were removed."""

    args: MultiDict[str, str]
    text: str = field(init=False)
    plain: tuple[str, ...] = field(init=False)
    page: int = field(init=False)

    def __post_init__(self) -> None:
        self.text = self.args.get("q", "").replace("\x00", "")[:LONGEST_TEXT].strip()
        self.plain = tuple(self.args.getlist("plain"))[:10]
        page = self.args.get("page", "1")
        self.page = min(max(1, int(page)), 500) if page.isascii() and page.isdigit() and len(page) < 5 else 1

    def parameters(self, **changes: Any) -> str:
        values: dict[str, Any] = {"q": self.text, "plain": list(self.plain), **self.picked(), **changes}
        return urlencode(
            [(k, v) for k, vs in values.items() for v in (vs if isinstance(vs, list) else [vs]) if v]
        )

    def picked(self) -> dict[str, Any]:
        """What was ticked, by parameter."""
        return {}

    @property
    def has_conditions(self) -> bool:
        return bool(self.text or any(self.picked().values()))

    def several(self, name: str) -> tuple[str, ...]:
        """The values of a parameter that may be given more than once."""
        return tuple(v for v in dict.fromkeys(self.args.getlist(name)) if 0 < len(v) < 30)[:10]

    def asks(self, kind: Kind, filters: Picked, facets: tuple[str, ...], sort: Sort = "relevance") -> Query:
        return Query(
            self.text,
            filters=filters,
            sort=sort,
            page=self.page,
            per_page=PAGE_SIZE,
            facets=facets,
            highlight=True,
            as_text=self.plain,
            kind=kind,
        )

    def address_of_page(self, number: int) -> str:
        return "?" + self.parameters(page=number)

    def chips(self, results: Results) -> list[dict[str, str]]:
        """Conditions that were read from the text; taking one away makes its words plain words."""
        return [
            {
                "label": READ.get(each.kind, "条件"),
                "value": each.label,
                "href": "?" + self.parameters(plain=[*self.plain, each.words]),
            }
            for each in results.understood
        ]


def _ticks(
    results: Results, facet: str, chosen: tuple[str, ...], label: Callable[[str], str] = str
) -> list[Option]:
    """Every value that is found, and those that are chosen, with counts."""
    counts = dict(results.facets.get(facet, ()))
    return [Option(v, label(v), counts.get(v, 0), v in chosen) for v in dict.fromkeys([*counts, *chosen])]


class AskedCompanies(Asked):
    """Companies by words, chain link and town."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self.links = tuple(v for v in self.several("link") if v in trades.LINKS.names)
        self.towns = self.several("town")

    def picked(self) -> dict[str, Any]:
        return {"link": list(self.links), "town": list(self.towns)}

    def query(self) -> Query:
        filters = OrganizationFilters(chain_links=self.links, towns=self.towns)
        sort: Sort = "relevance" if self.text else "openings"
        return self.asks("organization", filters, ("chain_link", "town"), sort)

    def groups(self, results: Results) -> list[Group]:
        return [
            Group("link", "产业链", "checkbox", _ticks(results, "chain_link", self.links)),
            Group("town", "乡镇", "checkbox", _ticks(results, "town", self.towns)),
        ]


def month_label(value: str) -> str:
    """2026年12月; the year is left out when it is this one."""
    year, month = (int(part) for part in value.split("-"))
    return f"{month}月" if year == today().year else f"{year}年{month}月"


class AskedEvents(Asked):
    """Events by words, kind, town and month, to come or over."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self.kinds, self.towns = self.several("kind"), self.several("town")
        self.months = tuple(v for v in self.several("month") if MONTH.fullmatch(v))
        self.when = self.args.get("when") if self.args.get("when") in dict(WHEN) else None

    def picked(self) -> dict[str, Any]:
        return {
            "when": self.when,
            "kind": list(self.kinds),
            "town": list(self.towns),
            "month": list(self.months),
        }

    def query(self, when: str | None = None) -> Query:
        """The search; with *when* (coming, over, or empty for both) instead of what was picked."""
        when = self.when if when is None else when
        day = today().toordinal()
        filters = EventFilters(
            self.kinds,
            self.towns,
            self.months,
            from_day=day if when == "coming" else None,
            before_day=day if when == "over" else None,
        )
        return self.asks("event", filters, ("kind", "town", "month"))

    def groups(self, results: Results, counts: dict[str, int]) -> list[Group]:
        """*counts*: how many there are to come and over."""
        months = sorted(_ticks(results, "month", self.months, month_label), reverse=True)
        when = [Option(value, label, counts.get(value, 0), value == self.when) for value, label in WHEN]
        return [
            Group("when", "时间", "radio", [Option("", "不限", None, self.when is None), *when]),
            Group("kind", "类型", "checkbox", _ticks(results, "kind", self.kinds)),
            Group("month", "月份", "checkbox", months),
            Group("town", "地点", "checkbox", _ticks(results, "town", self.towns)),
        ]


class AskedPeople(Asked):
    """People by words, family, degree and years."""

    def __post_init__(self) -> None:
        super().__post_init__()
        known = trades.FAMILIES.names
        self.families = tuple(v for v in self.several("family") if v in known)
        self.degree = _number(self.args.getlist("degree"), tuple(range(7)))
        self.years = _number(self.args.getlist("years"), tuple(years for years, _ in YEARS))

    def picked(self) -> dict[str, Any]:
        return {"family": list(self.families), "degree": self.degree, "years": self.years}

    def query(self, organization_id: int) -> Query:
        filters = PeopleFilters(
            families=self.families, degree=self.degree, years=self.years, blocked_by=organization_id
        )
        return self.asks("person", filters, ("family", "held_degree", "held_years"))

    def groups(self, results: Results) -> list[Group]:
        """Degree and years count who has at least as much."""
        held, done = (dict(results.facets.get(name, ())) for name in ("held_degree", "held_years"))
        degree = [
            Option(str(rank), option_label("degree", str(rank)), held.get(str(rank), 0), rank == self.degree)
            for rank, _ in degrees.options(of_person=True)
        ]
        years = [Option(str(n), label, done.get(str(n), 0), n == self.years) for n, label in YEARS]
        return [
            Group("family", "岗位", "checkbox", _ticks(results, "family", self.families)),
            Group("degree", "学历至少", "radio", [Option("", "不限", None, self.degree is None), *degree]),
            Group("years", "经验至少", "radio", [Option("", "不限", None, self.years is None), *years]),
        ]
