"""What a search's address says: every condition is a parameter, so that a link shows the same page."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple
from urllib.parse import urlencode

from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, RadioField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length

from app.core import degrees, places, trades
from app.core.forms import BaseForm, chosen
from search import Filters, Loosening, Query, Reading, Results, fold

LONGEST_TEXT = 200  # characters of a question that are read; nobody types more into one box
SORTS = (("relevance", "最匹配"), ("match", "最适合我"), ("newest", "最新"), ("pay", "薪资高"))
NOT_INTERESTED = (
    ("place", "地方太远"),
    ("pay", "工资不合适"),
    ("shift", "班次不合适"),
    ("trade", "不想做这类工作"),
    ("employer", "不考虑这家公司"),
)
READ = {  # what a condition that was read from the text is called on its chip
    "place": "地点",
    "town": "乡镇",
    "degree": "学历",
    "years": "经验",
    "pay": "月薪",
    "age": "年龄",
    "shift": "班次",
    "benefits": "福利",
    "certificates": "证书",
    "family": "岗位",
    "enterprise": "公司",
    "kind": "类型",
    "employment": "用工",
    "not": "不要",
}
KINDS = {"job": "招聘", "internship": "实习"}
YEARS = ((0, "经验不限"), (1, "做过1年"), (3, "做过3年"), (5, "做过5年"), (10, "做过10年"))
PAYS = (5000, 6000, 8000, 10000, 15000)


class Option(NamedTuple):
    """One box of a group of the filter; a count of None is not shown."""

    value: str
    label: str
    count: int | None
    checked: bool


@dataclass(frozen=True)
class Facet:
    """One group of the filter column: parameter, legend, facet of the index, one choice or several."""

    name: str
    legend: str
    index_name: str
    is_single: bool = False


FACETS = (
    Facet("town", "乡镇", "town"),
    Facet("family", "岗位", "family"),
    Facet("degree", "我的学历", "degree", is_single=True),
    Facet("years", "我的经验", "years", is_single=True),
    Facet("pay", "月薪", "pay", is_single=True),
    Facet("shift", "班次", "shift"),
    Facet("benefit", "福利", "benefits"),
    Facet("link", "产业链", "chain_link"),
)


class SearchRequest:
    """The parameters of one search, checked: what is unknown or out of range is left out, never an error."""

    def __init__(self, args: MultiDict[str, str]) -> None:
        self.text = args.get("q", "").replace("\x00", "")[:LONGEST_TEXT].strip()
        self.plain = tuple(args.getlist("plain"))[:10]  # words whose chips were removed: they stay words
        self.chosen = {facet.name: _known(facet.name, args.getlist(facet.name)) for facet in FACETS}
        self.places = tuple(code for code in args.getlist("place") if places.current(code))[:5]
        self.kind = args.get("kind") if args.get("kind") in {"job", "internship"} else None
        self.sort = args.get("sort") if args.get("sort") in dict(SORTS) else "relevance"
        self.page = max(1, min(_number(args.get("page")) or 1, 5_000))

    def query(self, per_page: int, facets: Iterable[str]) -> Query:
        pick = self.chosen
        return Query(
            text=self.text,
            filters=Filters(
                towns=pick["town"],
                places=self.places,
                families=pick["family"],
                chain_links=pick["link"],
                shifts=pick["shift"],
                benefits=pick["benefit"],
                kinds=(self.kind,) if self.kind else (),
                degree=_number(pick["degree"][0]) if pick["degree"] else None,
                years=_number(pick["years"][0]) if pick["years"] else None,
                pay_min=_number(pick["pay"][0]) if pick["pay"] else None,
            ),
            sort="relevance" if self.is_by_match else self.sort,  # type: ignore[arg-type]  # one of SORTS, see above
            page=self.page,
            per_page=per_page,
            facets=tuple(facets),
            highlight=bool(self.text),
            as_text=self.plain,
        )

    def parameters(self, **changes: Any) -> str:
        """The query string of this search with *changes*; a value of None removes a parameter, a new list replaces it."""
        values: dict[str, Any] = {
            "q": self.text or None,
            "plain": list(self.plain),
            **{name: list(picked) for name, picked in self.chosen.items()},
            "place": list(self.places),
            "kind": self.kind,
            "sort": self.sort if self.sort != "relevance" else None,
            "page": None,
        }
        values |= changes
        return urlencode(
            [(k, v) for k, vs in values.items() for v in (vs if isinstance(vs, list) else [vs]) if v]
        )

    @property
    def is_by_match(self) -> bool:
        """Ordered by how well the postings fit the seeker: by the matcher, not by the index."""
        return self.sort == "match"

    def page_address(self, number: int) -> str:
        return "?" + self.parameters(page=number)

    def spoken(self) -> list[tuple[str, str]]:
        """What is asked as label and value, for people to read."""
        shown = [("搜词", self.text)] if self.text else []
        shown += [(f.legend, option_label(f.name, v)) for f in FACETS for v in self.chosen[f.name]]
        shown += [("地点", places.label(code)) for code in self.places]
        return [*shown, ("类型", KINDS[self.kind])] if self.kind else shown

    def name(self) -> str:
        """A short name for this search."""
        return " ".join(value for _, value in self.spoken())

    @property
    def has_conditions(self) -> bool:
        return bool(self.text or self.places or self.kind or any(self.chosen.values()))

    def chips(self, results: Results) -> list[dict[str, str]]:
        """Conditions in force: those read from the text first, then those that were picked."""
        shown = [self._read_chip(reading) for reading in results.understood]
        if results.understood and results.rest:
            shown.append(
                {
                    "label": "搜词",
                    "value": results.rest,
                    "href": "?" + self.parameters(q=self._without(results.rest)),
                }
            )
        for facet in FACETS:
            for value in self.chosen[facet.name]:
                rest = [other for other in self.chosen[facet.name] if other != value]
                label = option_label(facet.name, value)
                shown.append(
                    {
                        "label": facet.legend,
                        "value": label,
                        "href": "?" + self.parameters(**{facet.name: rest}),
                    }
                )
        for code in self.places:
            rest = [other for other in self.places if other != code]
            shown.append(
                {"label": "地点", "value": places.label(code), "href": "?" + self.parameters(place=rest)}
            )
        if self.kind:
            value = KINDS[self.kind]
            shown.append({"label": "类型", "value": value, "href": "?" + self.parameters(kind=None)})
        return shown

    def _read_chip(self, reading: Reading) -> dict[str, str]:
        """Removing a chip that was read from the text makes its words plain words again."""
        href = "?" + self.parameters(plain=[*self.plain, reading.words])
        return {
            "label": READ.get(reading.kind, "条件"),
            "value": reading.label.removeprefix("月薪"),
            "href": href,
        }

    def _without(self, words: str) -> str:
        """The text without *words*, however they are spelt in it."""
        text = self.text if words in self.text else fold(self.text)
        for word in [words] if words in text else words.split():
            text = text.replace(word, " ")
        return " ".join(text.split())

    def without(self, given_up: Loosening) -> str:
        """The parameters of this search without one condition: words of its text, or something that was picked."""
        if given_up.words:
            return self.parameters(q=self._without(given_up.words) or None)
        names = {facet.index_name: facet.name for facet in FACETS}
        return self.parameters(**{names.get(given_up.facet, given_up.facet): None})

    def given_up(self, loosening: Loosening) -> str:
        """What a loosening gives up, as people call it."""
        if loosening.words:
            return loosening.label
        legends = {facet.index_name: facet.legend for facet in FACETS}
        return legends.get(loosening.facet, READ.get(loosening.facet, loosening.label))

    def options(self, facet: Facet, results: Results) -> list[Option]:
        """What can be ticked in one group, with counts; what is chosen is always there."""
        counts = dict(results.facets.get(facet.index_name, ()))
        if facet.name == "degree":
            values = [str(rank) for rank, _ in degrees.options(of_person=True)]
        elif facet.name == "years":
            values = [str(years) for years, _ in YEARS]
        elif facet.name == "pay":
            values = [str(pay) for pay in PAYS]
        else:
            values = list(dict.fromkeys([*counts, *self.chosen[facet.name]]))[:30]
        shown = [
            Option(
                value,
                option_label(facet.name, value),
                counts.get(value, 0) if results.facets else None,
                value in self.chosen[facet.name],
            )
            for value in values
        ]
        if facet.is_single and shown:
            anything = Option("", "不限", None, not self.chosen[facet.name])
            return [anything, *shown]
        return shown


def option_label(name: str, value: str) -> str:
    if name == "degree":
        return degrees.Degree(int(value)).label
    if name == "years":
        return dict(YEARS)[int(value)]
    return f"{value}元以上" if name == "pay" else value


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 8 else None


def _known(name: str, values: list[str]) -> tuple[str, ...]:
    """The values that this facet may have; one alone where one is all that can be chosen."""
    if not values:
        return ()
    vocabularies = {
        "family": trades.FAMILIES.names,
        "link": trades.LINKS.names,
        "shift": trades.SHIFTS.names,
        "benefit": trades.BENEFITS.names,
        "degree": tuple(str(rank) for rank in range(7)),
        "years": tuple(str(years) for years, _ in YEARS),
        "pay": tuple(str(pay) for pay in PAYS),
    }
    known = vocabularies.get(name)
    kept = [
        value
        for value in dict.fromkeys(values)
        if value and (known is None or value in known) and len(value) < 30
    ]
    return tuple(kept[:1] if name in {"degree", "years", "pay"} else kept[:10])


class KeepForm(BaseForm):
    """A name for a search, and whether to be told each day."""

    name = StringField(
        "叫什么", validators=[DataRequired("给这个搜索起个名字"), Length(max=40, message="最多40个字")]
    )
    is_daily = BooleanField("有新职位时每天告诉我一次", default=True)


class DismissForm(BaseForm):
    """Why a recommended posting is of no interest."""

    reason = RadioField(
        "为什么不感兴趣",
        choices=[SelectChoice(value, label) for value, label in NOT_INTERESTED],
        validators=[chosen("请选一个原因")],
    )
