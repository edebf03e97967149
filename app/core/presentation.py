"""How values read on a page: pay, days, phone numbers, line breaks. Pure functions for every template.

Outside a request the words are Chinese; inside one they pass through the catalogue of its language.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta

from babel.dates import format_date
from flask import Flask
from markupsafe import Markup, escape
from wtforms import Field

from app.core.county_time import COUNTY_TIME
from app.core.county_time import today as county_today
from app.core.translation import language, speak, translate

MOBILE = re.compile(r"(?:\+?86)?\s*(1\d{2})(\d{4})(\d{4})")
PLACE_PREFIX = re.compile(
    r"^(?:(?:福建|三明|清流|明溪|永安|沙县|三元|宁化|建宁|泰宁|将乐|尤溪|大田|福州|厦门|泉州|漳州|龙岩|南平|宁德|莆田)"
    r"(?:省|市|县|区)?|县)+(?=.)"
)
CLAUSE = re.compile(r"[^，。；]+[，。；]*|[，。；]+")
FIGURE = re.compile(
    r"\d[\d,.–-]*\s?(?:人次|个月|小时|分钟|个点|[人家年月日天元次个项份场题车件条页行字岁%])+"
)
HEAT_STEPS = (1, 5, 15, 30, 60)  # first figure of the steps 1 to 5


def _(message: str, **values: object) -> str:
    """The sentence in the visitor's language; values go in after translation."""
    return speak(message, values)


# ── pay ────────────────────────────────────────────────


def _thousands(yuan: float) -> str:
    return f"{round(yuan / 1000, 1):g}"


def _with_months(span: str, months: float | None) -> str:
    return _("%(pay)s·%(months)s薪", pay=span, months=f"{months:g}") if months and months > 12 else span


def pay(
    salary_min: float | None, salary_max: float | None = None, months: float | None = None, text: str = ""
) -> str:
    """Short form for lists; `text` (the employer's own words, e.g. a daily wage) wins when it is given."""
    if text:
        return str(translate(text))
    if not salary_min:
        return _("薪资未写")
    low = _thousands(salary_min)
    high = _thousands(salary_max) if salary_max else ""
    span = f"{low}K" if low == high else f"{low}-{high}K"
    if language() == "en":
        span = "¥" + span.replace("-", "–")
    return _with_months(span if high else _("%(pay)sK起", pay=low), months)


def pay_full(
    salary_min: float | None, salary_max: float | None = None, months: float | None = None, text: str = ""
) -> str:
    """Long form for the post's own page."""
    if text:
        return str(translate(text))
    if not salary_min:
        return _("薪资未写")
    if not salary_max:
        span = _("每月%(low)s元起", low=f"{salary_min:,.0f}")
    elif salary_min == salary_max:
        span = _("每月%(low)s元", low=f"{salary_min:,.0f}")
    else:
        span = _("每月%(low)s–%(high)s元", low=f"{salary_min:,.0f}", high=f"{salary_max:,.0f}")
    return _with_months(span, months)


# ── days and times, as the county reads them ───────────


def local(moment: datetime) -> datetime:
    """A naive moment is taken as UTC, which is how the database hands it over."""
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(COUNTY_TIME)


def _day_of(value: date) -> date:
    return local(value).date() if isinstance(value, datetime) else value


def _today(today: date | None) -> date:
    return today or county_today()


def day(value: date | None, today: date | None = None) -> str:
    """11月22日, with the year when it is not this year's."""
    if value is None:
        return ""
    on = _day_of(value)
    is_this_year = on.year == _today(today).year
    if language() == "en":
        return format_date(on, "d MMM" if is_this_year else "d MMM y", locale="en")
    return f"{on.month}月{on.day}日" if is_this_year else f"{on.year}年{on.month}月{on.day}日"


def ago(value: date | None, today: date | None = None) -> str:
    """今天, 3天前, and the day itself from a week on or when it lies ahead."""
    if value is None:
        return ""
    days = (_today(today) - _day_of(value)).days
    if days == 0:
        return _("今天")
    return _("%(n)s天前", n=days) if 0 < days < 7 else day(value, today)


def clock(value: datetime | None) -> str:
    if value is None:
        return ""
    at = local(value)
    return f"{at.hour}:{at.minute:02d}"


def moment(value: datetime | None, today: date | None = None) -> str:
    """今天 9:30, 昨天 9:30, 11月22日 9:30."""
    if value is None:
        return ""
    days = (_today(today) - _day_of(value)).days
    name = {0: _("今天"), 1: _("昨天"), -1: _("明天")}.get(days) or day(value, today)
    return f"{name} {clock(value)}"


def due(value: date | None, today: date | None = None) -> str:
    """How long is left: 还有6天, 明天到期, 今天到期, 已过3天."""
    if value is None:
        return ""
    left = (_day_of(value) - _today(today)).days
    if left in (0, 1):
        return _("明天到期") if left else _("今天到期")
    return _("还有%(n)s天", n=left) if left > 0 else _("已过%(n)s天", n=-left)


def due_tone(value: date | None, today: date | None = None, soon: int = 7) -> str:
    """The class that goes with `due`: amber within `soon` days, red once it is past."""
    if value is None:
        return ""
    left = _day_of(value) - _today(today)
    if left < timedelta(0):
        return "is-loss"
    return "is-soon" if left <= timedelta(days=soon) else ""


def iso(value: date | None) -> str:
    """For `<time datetime>`: local time with its offset."""
    if value is None:
        return ""
    return local(value).isoformat(timespec="minutes") if isinstance(value, datetime) else value.isoformat()


# ── people, companies ──────────────────────────────────


def phone(number: str | None) -> str:
    """Mobile numbers 3-4-4; anything else as it was given."""
    found = MOBILE.fullmatch((number or "").strip())
    return " ".join(found.groups()) if found else (number or "")


def masked_phone(number: str | None) -> str:
    found = MOBILE.fullmatch((number or "").strip())
    if found:
        return f"{found[1]} **** {found[3]}"
    digits = (number or "").strip()
    return "*" * max(len(digits) - 2, 0) + digits[-2:] if len(digits) > 4 else "*" * len(digits)


def masked_email(address: str | None) -> str:
    name, at, host = (address or "").partition("@")
    return f"{name[:1]}***{at}{host}" if at else "***" if name else ""


def initial(name: str) -> str:
    """The first character of the trade name, after the place is cut: 福建泷岚… → 泷."""
    return (PLACE_PREFIX.sub("", name.strip()) or "?")[0].upper()


def tint(name: str) -> int:
    """The tile colour, 1 to 6, the same wherever the name stands."""
    return ord(initial(name)) % 6 + 1


# ── figures ────────────────────────────────────────────


def heat(number: float) -> int:
    """Step 0 to 5 of the heat map's one hue."""
    return sum(number >= step for step in HEAT_STEPS)


def count(number: float | None) -> str:
    return "" if number is None else f"{number:,g}" if isinstance(number, float) else f"{number:,}"


def filesize(size: int) -> str:
    for unit, scale in (("GB", 1 << 30), ("MB", 1 << 20), ("KB", 1 << 10)):
        if size >= scale:
            return f"{size / scale:.1f}".removesuffix(".0") + f" {unit}"
    return f"{size} B"


def years_text(low: int | None, high: int | None = None) -> str:
    if not low and not high:
        return _("经验不限")
    if high:
        return _("%(low)s–%(high)s年经验", low=low or 0, high=high)
    return _("%(low)s年以上", low=low)


# ── text ───────────────────────────────────────────────


def _glued(text: str) -> str:
    return FIGURE.sub(lambda found: f'<span class="nb">{found[0]}</span>', text)


def zh(text: object) -> Markup:
    """Short interface text: a clause moves to the next line whole, a figure stays with its measure word.

    Text is escaped; markup is kept, and then only its figures are held together.
    """
    safe = escape(translate(text))
    if "<" in safe or "&" in safe:
        pieces = re.split(r"(<[^>]*>|&[#\w]+;)", safe)
        return Markup("".join(piece if at % 2 else _glued(piece) for at, piece in enumerate(pieces)))  # noqa: S704  escaped above
    clauses = CLAUSE.findall(safe)
    if len(clauses) < 2:
        return Markup(_glued(safe))  # noqa: S704  escaped above
    return Markup("".join(f'<span class="cl">{_glued(clause)}</span>' for clause in clauses))  # noqa: S704  escaped above


def wbr(text: object) -> Markup:
    """A name written 含氟|聚合物 may break at the bar and nowhere else."""
    return Markup(str(escape(text)).replace("|", "<wbr>"))  # noqa: S704  escaped first


def prose(text: str | None) -> Markup:
    """What somebody typed, line by line, as paragraphs."""
    lines = (line.strip() for line in (text or "").splitlines())
    return Markup("").join(Markup('<p translate="no">{}</p>').format(line) for line in lines if line)


def own(text: object) -> Markup | str:
    """What somebody wrote, among words of the site: translation machines leave it alone."""
    return Markup('<span translate="no">{}</span>').format(text) if text else ""


def marked(text: str | None, words: Iterable[str]) -> Markup:
    """The text with each of the words highlighted, longest first, without regard to case."""
    wanted = sorted({word for word in words if word}, key=len, reverse=True)
    if not wanted or not text:
        return escape(text or "")
    pieces = re.split("(" + "|".join(map(re.escape, wanted)) + ")", text, flags=re.IGNORECASE)
    mark = Markup("<mark>{}</mark>")
    return Markup("").join(mark.format(piece) if at % 2 else piece for at, piece in enumerate(pieces))


def mistakes(field: Field) -> Sequence[str]:
    """What is wrong with a field. What could not even be read is said alone: its other rules would say it again."""
    unread = [message for message in field.process_errors if message in field.errors]
    return unread or field.errors


def init_app(app: Flask) -> None:
    """Offer everything above to the templates, as filters and as functions."""
    words = (ago, clock, count, day, due, due_tone, filesize, heat, initial, iso, marked)
    more = (
        masked_email,
        masked_phone,
        mistakes,
        moment,
        own,
        pay,
        pay_full,
        phone,
        prose,
        tint,
        wbr,
        years_text,
        zh,
    )
    offered = {function.__name__: function for function in (*words, *more)}
    app.jinja_env.filters.update(offered)
    app.jinja_env.globals.update(offered)
