"""English for what has no key of its own: figures, days, places, lists, and sentences that Python or the matcher put together.

A catalogue key with {names} is a pattern: 还剩{left}个 is found in 还剩3个, its values are said in turn.
`[job|jobs]` in a translation becomes the one that goes with the figure before it.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from babel.dates import format_date

HAN = re.compile(r"[\u3400-\u9fff]")
FIGURE_FIRST = re.compile(r"(\d[\d,.–+]*)(\D.*)")
DAY = re.compile(r"(?:(\d{4})年)?(\d{1,2})月(\d{1,2})日(?: (\d{1,2}:\d\d))?")
MONTH = re.compile(r"(\d{4})年(\d{1,2})月")
PAST = re.compile(r"([^，。]+)，((?:\d+年)?(?:\d+个月)?)")
SCHOOLING = re.compile(r"([初高]中[^，]*|大专|本科|硕士|博士)，([^，。]+)")
HOLE = re.compile(r"\{(\w+)\}")
CHOICE = re.compile(r"\[([^\[\]|]*)\|([^\[\]|]*)\]")
NUMBER_OR_HOLE = re.compile(r"%\((\w+)\)s|\{(\w+)\}")
SEPARATORS = {"。": ". ", "，": "; ", "、": ", ", "；": "; ", " · ": " · ", "：": ": "}
ENDS = {"。": ".", "？": "?", "！": "!"}
NUMERALS = {numeral: str(n) for n, numeral in enumerate("零一二三四五六七八九十")} | {"两": "2", "半": "half"}
# Values that people wrote stay as they wrote them; of the second kind some are words of the site.
WRITTEN = frozenset({"title", "employer", "posting", "reason", "other", "company_type", "join", "names"})
PERHAPS_WRITTEN = frozenset(
    {"name", "name2", "label", "words", "x", "question", "domain", "code", "strange"}
    | {"example_mark", "family", "removeprefix", "letter", "spent", "place", "organization"}
)
CLAUSES = frozenset(
    {"gap_words", "rest", "strongest", "but", "reason", "when_words", "because", "company", "hint"}
)
RUNNING = CLAUSES | {
    "best_family",
    "link",
    "need",
    "needed",
    "mode",
    "degree_labels",
    "rank",
}  # in the middle of a sentence
OPTIONAL = frozenset({"company", "rest", "because", "hint"})
SHAPES = {
    "names": "((?![计议展务所员场]).+?)",  # 会计 is no skill named 计
    "years": r"(\d[\d.]*)",
    "months": r"(\d[\d.]*)",
    "gap_words": "(.+)",
    "spell_time": "([^，]+)",
    "spell_months": "(\\d+年(?:\\d+个月)?|\\d+个月)",
    "company": "((?:，.*)?)",
    "word": "([零一二两三四五六七八九十百半\\d]+)",
}
LONGEST = 300
FEWEST_LITERAL = 2  # Chinese characters that a pattern needs before it may hold words that nobody knows


@dataclass(frozen=True, slots=True)
class Pattern:
    start: str
    end: str
    whole: re.Pattern[str]
    names: tuple[str, ...]
    english: str
    weight: int  # Chinese characters that are not values

    @property
    def is_telling(self) -> bool:
        return self.weight >= FEWEST_LITERAL or self.names == ("names",)


def _pattern(key: str, english: str) -> Pattern:
    pieces = HOLE.split(key)  # words, name, words, name, ..., words
    literal, names = pieces[::2], pieces[1::2]
    if literal == ["", "号"]:  # a number, not the end of 手机号
        holes = [r"([A-Za-z\d-]+)"]
    else:
        holes = [SHAPES.get(name, "(.*?)" if name in OPTIONAL else "(.+?)") for name in names]
    source = "".join(re.escape(words) + hole for words, hole in zip(literal, [*holes, ""], strict=True))
    weight = len(HAN.findall("".join(literal)))
    return Pattern(literal[0], literal[-1], re.compile(source, re.DOTALL), tuple(names), english, weight)


def choose(sentence: str, values: Mapping[str, object]) -> str:
    """`%(n)s [job|jobs]` with one job or several; the figure is the last one named before the bracket."""
    if "[" not in sentence:
        return sentence

    def chosen(found: re.Match[str]) -> str:
        named = [a or b for a, b in NUMBER_OR_HOLE.findall(sentence[: found.start()])]
        named = named or [a or b for a, b in NUMBER_OR_HOLE.findall(sentence)]
        is_one = bool(named) and str(values.get(named[-1])).strip() in {"1", "1.0"}
        return found[1 if is_one else 2]

    return CHOICE.sub(chosen, sentence)


def english_day(on: date, *, with_year: bool) -> str:
    return format_date(on, "d MMM y" if with_year else "d MMM", locale="en")


def _day(words: str) -> str | None:
    if found := DAY.fullmatch(words):
        year, month, day, clock = found.groups()
        on = _valid(int(year or 2000), int(month), int(day))
        said = english_day(on, with_year=bool(year)) if on else None
        return f"{said}, {clock}" if said and clock else said
    if (found := MONTH.fullmatch(words)) and (on := _valid(int(found[1]), int(found[2]), 1)):
        return format_date(on, "MMM y", locale="en")
    return None


def _valid(year: int, month: int, day: int) -> date | None:
    try:
        return datetime(year, month, day).date()  # noqa: DTZ001 - only the day is used
    except ValueError:
        return None


class Sentences:
    """Says words in the language of one catalogue; words it cannot say come back as they are."""

    def __init__(self, known: Mapping[str, str], places: Mapping[str, str]) -> None:
        self._known = known
        self._places = places
        # {rest}个月 is what %(n)s个月 says, and would catch any sentence that ends so
        keys = [key for key in known if HOLE.search(key) and not key.startswith("{rest}")]
        patterns = [_pattern(key, known[key]) for key in keys]
        self._patterns = sorted(patterns, key=lambda each: -each.weight)
        self.said = lru_cache(maxsize=20_000)(self._say)

    def say(self, words: str) -> str:
        """The words in English, or as they are."""
        known = self._known.get(words)
        if known is not None:
            return known
        if not HAN.search(words):
            return words
        said = self.said(words)
        return said[0].upper() + said[1:] if said else words

    def _say(self, words: str) -> str | None:
        """None where any part of the words is unknown."""
        if not HAN.search(words):
            return words
        bare = words.strip()
        known = self._known.get(bare) or NUMERALS.get(bare) or self._places.get(bare)
        if known is not None:
            return choose(known, {}) if "%(" not in known else None
        if len(bare) > LONGEST:
            return None
        return (
            self._figure(bare) or _day(bare) or self._past(bare) or self._pattern(bare) or self._pieces(bare)
        )

    def _figure(self, words: str) -> str | None:
        """A figure with its measure word is looked up without the figure: 2人 as %(n)s人."""
        if not (measured := FIGURE_FIRST.fullmatch(words)):
            return None
        sentence = self._known.get("%(n)s" + measured[2])
        return choose(sentence, {"n": measured[1]}) % {"n": measured[1]} if sentence else None

    def _past(self, words: str) -> str | None:
        """操作工，3年2个月: what somebody was, and how long; 大专，工业分析: what somebody learnt."""
        found = PAST.fullmatch(words)
        if found and (span := self.said(found[2]) if found[2] else None):
            return f"{found[1]}, {span}"
        learnt = SCHOOLING.fullmatch(words)
        degree = self.said(learnt[1]) if learnt else None
        return f"{degree}, {learnt[2]}" if learnt and degree else None

    def _pattern(self, words: str, led_by: str = "") -> str | None:
        for pattern in self._patterns:
            if led_by and not pattern.start.startswith(led_by):
                continue
            if words.startswith(pattern.start) and words.endswith(pattern.end):
                found = pattern.whole.fullmatch(words)
                if found and (values := self._values(pattern, found.groups())) is not None:
                    chosen = choose(pattern.english, values)
                    return HOLE.sub(lambda hole: values[hole[1]], chosen)
        return None

    def _led(self, words: str) -> str | None:
        """What goes on with a separator of its own: ，另有2项也不符."""
        if known := self._known.get(words):
            return known
        return self._pattern(words, led_by=words[0])

    def _values(self, pattern: Pattern, groups: Iterable[str]) -> dict[str, str] | None:
        values = {}
        for name, value in zip(pattern.names, groups, strict=True):
            is_telling = pattern.is_telling and (name != "label" or bool(pattern.start))
            said = self._value(name, value, is_telling=is_telling)
            if said is None:
                return None
            values[name] = said
        return values

    def _value(self, name: str, value: str, *, is_telling: bool) -> str | None:
        if name not in CLAUSES and "，" in value:
            return None
        if name in WRITTEN:
            is_whole = name == "reason" or not _runs_over(value)  # a reason may be any number of sentences
            return value.replace("、", ", ") if is_telling and is_whole else None
        said = self.said(value) if value else ""
        if said and name in RUNNING:
            return lowered(said)
        if said is None and is_telling and name in PERHAPS_WRITTEN and not _runs_over(value):
            return value
        return said

    def _pieces(self, words: str) -> str | None:
        """Known words around a separator, or before a full stop."""
        if words[-1] in ENDS:
            said = self.said(words[:-1])
            if said:
                return said + ENDS[words[-1]]
        for at, mark in _marks(words):
            first = self.said(words[: at + 1]) if mark == "。" else self.said(words[:at])
            if first is None:
                continue
            rest = self._led(words[at:]) or self.said(words[at + len(mark) :])
            if rest is not None:
                return _joined(first, mark, rest)
        return None


def _joined(first: str, mark: str, rest: str) -> str:
    if rest.startswith((",", ";", ".")):
        return first + rest
    if mark == "。":
        return f"{first} {rest}"
    is_running = mark == "，" or (mark == "、" and first[:1].islower())
    return first + SEPARATORS[mark] + (lowered(rest) if is_running else rest)


def lowered(said: str) -> str:
    """As the words go on inside a sentence; abbreviations keep their capitals."""
    return said[0].lower() + said[1:] if len(said) > 1 and said[1].islower() else said


def _runs_over(value: str) -> bool:
    """A name has no clauses and no quotation marks: then the pattern has caught too much."""
    return any(mark in value for mark in "，。；「」")


def _marks(words: str) -> Iterator[tuple[int, str]]:
    for at in range(1, len(words) - 1):
        for mark in SEPARATORS:
            if words.startswith(mark, at):
                yield at, mark
