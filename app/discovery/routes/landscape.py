"""How many people a posting's conditions leave, while it is written; and the office's view of supply and demand."""

from collections.abc import Mapping
from typing import NamedTuple

from flask import render_template, request

from app.core import degrees
from app.core.guard import Role, only
from app.core.trades import FAMILIES, LINKS, OTHER_FAMILY, OUTSIDE_CHAIN
from app.discovery import queries
from app.discovery.fitting import matcher
from app.discovery.routes.blueprint import bp
from app.postings.forms.word_list import SEPARATORS
from matching import OUTSIDE, Post

MOST_WORDS = 20
NAMED = {OUTSIDE: OUTSIDE_CHAIN}


class Line(NamedTuple):
    """Supply and demand of one family or chain link."""

    name: str
    posts: int
    heads: int
    people: int

    @property
    def is_counted(self) -> bool:
        """Whether people are counted here at all: nobody's craft is 其他."""
        return self.name != OTHER_FAMILY

    @property
    def lacking(self) -> int:
        return max(0, self.heads - self.people) if self.is_counted else 0


@bp.post("/postings/coverage")
@only(Role.ENTERPRISE)
def coverage() -> str:
    """The number of people who meet the conditions as they stand in the form; a part of the page."""
    return render_template("discovery/_coverage.html", found=matcher().coverage(_typed(request.form)))


def _typed(form: Mapping[str, str]) -> Post:
    degree, years = form.get("degree", ""), form.get("years", "")
    words = SEPARATORS.split(form.get("required_certificates", ""))
    known = int(degree) if degree.isdigit() and int(degree) in set(degrees.Degree) else 0
    return Post(
        id=0,
        title=form.get("title", "")[:60],
        family=form.get("family", ""),
        degree_min=degrees.Degree(known).label,
        years_min=min(int(years), 50) if years.isdigit() and len(years) < 4 else 0,
        certificates=tuple(word.strip()[:40] for word in words[:MOST_WORDS] if word.strip()),
    )


@bp.get("/office/supply")
@only(Role.OFFICE, Role.ADMIN)
def supply() -> str:
    """People who let themselves be matched beside open posts, by family and by chain link."""
    people = {(family, NAMED.get(link, link)): n for (family, link), n in matcher().supply().items()}
    wanted = queries.demand()
    families = _lines(FAMILIES.names, people, wanted, 0)
    links = _lines(LINKS.names, people, wanted, 1)
    cells = {
        (family, link): Line(family, *wanted.get((family, link), (0, 0)), people.get((family, link), 0))
        for family in FAMILIES.names
        for link in LINKS.names
    }
    return render_template(
        "discovery/supply.html",
        families=families,
        links=links,
        cells=cells,
        chain=LINKS.terms,
        total=sum(people.values()),
        outside=OUTSIDE_CHAIN,
    )


def _lines(
    names: tuple[str, ...],
    people: Mapping[tuple[str, str], int],
    wanted: Mapping[tuple[str, str], tuple[int, int]],
    side: int,
) -> list[Line]:
    lines = [
        Line(
            name,
            sum(posts for key, (posts, _) in wanted.items() if key[side] == name),
            sum(heads for key, (_, heads) in wanted.items() if key[side] == name),
            sum(n for key, n in people.items() if key[side] == name),
        )
        for name in names
    ]
    return sorted((line for line in lines if line.heads or line.people), key=lambda line: -line.lacking)
