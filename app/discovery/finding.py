"""What the address of a search for people or companies says, checked like that of a search for postings."""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from werkzeug.datastructures import MultiDict

from app.core import degrees, trades
from app.discovery.forms import LONGEST_TEXT, READ, Option, option_label
from search import PeopleFilters, Query, Results

PAGE_SIZE = 20
YEARS = ((1, "1年以上"), (3, "3年以上"), (5, "5年以上"), (10, "10年以上"))


def _number(values: list[str], known: tuple[int, ...]) -> int | None:
    return next((int(value) for value in values if value.isdigit() and int(value) in known), None)


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
        return {}

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


class AskedCompanies(Asked):
    def query(self) -> Query:
        return Query(
            self.text,
            page=self.page,
            per_page=PAGE_SIZE,
            highlight=True,
            as_text=self.plain,
            kind="organization",
        )


class AskedPeople(Asked):
    """People by words, family, degree and years."""

    def __post_init__(self) -> None:
        super().__post_init__()
        known = trades.FAMILIES.names
        self.families = tuple(v for v in dict.fromkeys(self.args.getlist("family")) if v in known)[:10]
        self.degree = _number(self.args.getlist("degree"), tuple(range(7)))
        self.years = _number(self.args.getlist("years"), tuple(years for years, _ in YEARS))

    def picked(self) -> dict[str, Any]:
        return {"family": list(self.families), "degree": self.degree, "years": self.years}

    def query(self, organization_id: int) -> Query:
        return Query(
            self.text,
            filters=PeopleFilters(
                families=self.families, degree=self.degree, years=self.years, blocked_by=organization_id
            ),
            page=self.page,
            per_page=PAGE_SIZE,
            facets=("family", "held_degree", "held_years"),
            highlight=True,
            as_text=self.plain,
            kind="person",
        )

    def facets(self, results: Results) -> list[tuple[str, str, str, list[Option]]]:
        """Groups of the filter: name, legend, kind of box, options with counts."""
        counts = {name: dict(found) for name, found in results.facets.items()}
        families = counts.get("family", {})
        shown = dict.fromkeys([*families, *self.families])
        held, done = counts.get("held_degree", {}), counts.get("held_years", {})
        anyone = self.degree is None, self.years is None
        return [
            (
                "family",
                "岗位",
                "checkbox",
                [Option(v, v, families.get(v, 0), v in self.families) for v in shown],
            ),
            (
                "degree",
                "学历至少",
                "radio",
                [Option("", "不限", None, anyone[0])]
                + [
                    Option(
                        str(rank),
                        option_label("degree", str(rank)),
                        held.get(str(rank), 0),
                        rank == self.degree,
                    )
                    for rank, _ in degrees.options(of_person=True)
                ],
            ),
            (
                "years",
                "经验至少",
                "radio",
                [Option("", "不限", None, anyone[1])]
                + [Option(str(n), label, done.get(str(n), 0), n == self.years) for n, label in YEARS],
            ),
        ]
