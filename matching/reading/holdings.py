"""Which certificates a person holds today: from the field and from what the text says, expired ones apart."""

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from matching.ontology.certificates import Certificate, book
from matching.profiles import Candidate
from matching.reading.clauses import Clause, clauses
from search.words import fold

SOON = timedelta(days=90)
MOST_CLAUSES, MOST_SKILLS = 15, 12
FIELD = "证书"
_NOT_YET = re.compile(
    r"部分科目|在考|备考|未取得|未拿|吊销|待考|报名|还没|没有|没考|没拿|无证|缺|差一?张|可以?考|想考|要考|去考|重考|准备|打算|计划|预计|"
    r"入职后|以后|将来|正在|在学(?!校)|在路上|希望|争取|欠"
)
_EXPIRED = re.compile(
    r"(?:早就|已经?)?(?<!没)(?<!未)(?<!没有)(?<!不会)过期(?!前)|(?:已经?)?失效|作废|没续|没有?复审|没年审|没换证"
)
_ENDING = re.compile(
    r"(?:快要?|即将|马上|就要|还有[^,]{0,5}|将|明年|年底|下个?月|后年)[^,]{0,3}(?:过期|到期|失效)"
)
_OF_OTHERS = re.compile(
    r"办理|组织|负责|协助|安排|台账|管理(?!人员|员|师|证|合格)|要求|需要|学员|员工|工人|班组|师傅们|别人|徒弟|老公|老婆|爱人|家人|同事|他|培训(?!合格|证|过)|取证工作|发证"
)
_HAS = re.compile(r"持|有|考(?:了|取|到|下|过|出)|取得|拿(?:了|到|下|过)|获得?|具备|证齐|证在手")
_CARD = re.compile(
    r"证(?!明|据|实|券|书编|码)|本(?=$|[、和及/])|照(?![片明常顾会看着相例])|英语[四六]级|cet|职业资格|职称|注安|注册[^,]{1,8}师|建造师|监理工程师|一建|二建|[工员师]\s*\(?(?:[一二三四五]级|(?:高|中|初)级工(?!程)|(?:高级)?技师)"
)
_PIECE = re.compile(r"[、/+＋&\s]|和(?!危)|以及|还有|及(?!以上)|与(?!空调|热|防|安全)")
_LEAD = re.compile(
    r".*?(?:持有?|考(?:了|取|到|下|过|出)|取得|拿(?:了|到|下|过)|获得?|具备|手里有|有|把|是|为)(?:的|过)?(?:了|国家|一张|两张|个)?"
)
_TAIL = re.compile(
    r"(?:考?下来了?|都?(?:考|拿|取)(?:到|下|了|过)?(?:来)?了?|已(?:考|取得)|齐全?|在手|在有效期内?|有效期内?)+$"
)
_UNTIL = re.compile(
    r"(?:有效期?(?:限)?(?:到|至|截?止)?|到期日?|截止|至|到)[:：为是]?\s*(20\d{2})[年./-]?(\d{1,2})?"
    r"|(20\d{2})[年./-]?(\d{1,2})?月?(?:\d{1,2}日)?(?:份|底|年底)?(?:到期|过期|失效|复审到期)"
)


@dataclass(frozen=True, slots=True)
class Holding:
    """One certificate held: as it was written, where, and until when; `clause` only for what stands in the text alone."""

    certificate: Certificate
    written: str
    source: str = FIELD
    valid_until: date | None = None
    clause: str = ""

    def is_expired(self, today: date) -> bool:
        return self.valid_until is not None and self.valid_until < today

    def is_ending(self, today: date) -> bool:
        """Tell whether it ends within three months."""
        return self.valid_until is not None and today <= self.valid_until <= today + SOON


@dataclass(frozen=True, slots=True)
class Holdings:
    """What a person holds on a day: `valid` counts, `expired` is named.

    `changes_on` is the first day after it on which one of the valid ends, or begins to end soon.
    """

    valid: tuple[Holding, ...]
    expired: tuple[Holding, ...]
    today: date
    changes_on: date | None = None

    def holding(self, needed: Certificate, pasted: Container[str] = ()) -> Holding | None:
        """Return what covers `needed` today, a certificate of the field before one that only the text names.

        Claims whose clause is in `pasted` do not count.
        """
        covering = (h for h in self.valid if needed.key in h.certificate.covers)
        return next((h for h in covering if not h.clause or h.clause not in pasted), None)

    def lapsed(self, needed: Certificate) -> Holding | None:
        """Return what would cover `needed`, had it not expired."""
        return next((h for h in self.expired if needed.key in h.certificate.covers), None)


def read_holdings(candidate: Candidate, today: date) -> Holdings:
    """Read a person's certificates as they stand on `today`."""
    listed = [*_listed(candidate)]
    said, lapsed = _said(candidate, today)
    known = {holding.certificate.key for holding in listed}
    every = [*listed, *(h for h in said if h.certificate.key not in known)]
    gone = {h.certificate.key for h in lapsed if h.certificate.is_known}
    valid = [h for h in every if not h.is_expired(today) and h.certificate.key not in gone]
    expired = [h for h in every if h not in valid] + [h for h in lapsed if h.certificate.key not in known]
    turns = [_turn(h.valid_until, today) for h in valid if h.valid_until]
    return Holdings(tuple(valid), tuple(expired), today, min(turns, default=None))


def _turn(until: date, today: date) -> date:
    """Return the next day on which something else is to be said of a certificate that is valid until a day."""
    soon = until - SOON
    return soon if soon > today else until + timedelta(days=1)


def _listed(candidate: Candidate) -> Iterator[Holding]:
    for held in candidate.certificates:
        if _NOT_YET.search(held.name):
            continue
        name, until = _dated(fold(held.name))
        yield Holding(book().read(name if until else held.name), held.name, FIELD, held.valid_until or until)


def _dated(text: str) -> tuple[str, date | None]:
    """Split a text into what it names and its end: a day that has passed long ago where it only says that it is over."""
    bare = _ENDING.sub("", text)
    until = until_in(bare) or (date.min if _EXPIRED.search(bare) else None)
    return _EXPIRED.sub("", _UNTIL.sub("", bare)), until


def _said(candidate: Candidate, today: date) -> tuple[list[Holding], list[Holding]]:
    """Return (held, expired) as the text says it. Long pasted texts are not believed."""
    held: dict[str, Holding] = {}
    lapsed: dict[str, Holding] = {}
    skills = candidate.skills if len(candidate.skills) <= MOST_SKILLS else ()
    told = [(candidate.headline, "简历标题", False), (candidate.summary, "自我评价", False)]
    told += [(skill, "技能", False) for skill in skills]
    told += [(work.text, work.company_type or "工作经历", True) for work in candidate.work]
    for text, source, is_work in told:
        read = clauses(text)
        if len(read) > MOST_CLAUSES:
            continue
        for number, clause in enumerate(read):
            after = read[number + 1].text if number + 1 < len(read) else ""
            for holding in _in_clause(clause, source, after, today, is_work=is_work):
                side = lapsed if holding.is_expired(today) else held
                side.setdefault(holding.certificate.key, holding)
    return list(held.values()), list(lapsed.values())


def _in_clause(clause: Clause, source: str, after: str, today: date, *, is_work: bool) -> Iterator[Holding]:
    text = clause.text
    if not _CARD.search(text) or _OF_OTHERS.search(text):
        return
    bare, until = _dated(text)
    is_over = until is not None and until < today
    is_said = not is_work or _HAS.search(text) or book().is_name(text)
    if not is_over and (clause.is_denied or _NOT_YET.search(text) or not is_said):
        return
    for certificate, written in named_in(bare):
        yield Holding(certificate, written, source, until or until_in(after), text)


_LEVELLED = re.compile(
    r"([\u4e00-\u9fff]{1,8}[工员师])\s*[((]?(五级|四级|三级|二级|一级|高级技师|技师|高级工(?!程)|中级工(?!程)|初级工(?!程))"
)


def named_in(text: str) -> list[tuple[Certificate, str]]:
    """Return the known certificates that a clause names, with the words that name them."""
    bare = _TAIL.sub("", _LEAD.sub("", text, count=1))
    found: dict[str, tuple[Certificate, str]] = {}
    for piece in (*_PIECE.split(bare), *_PIECE.split(text)):
        levelled = _LEVELLED.search(piece)
        certificate = book().read(levelled[0].replace("(", "")) if levelled else book().named_in(piece)
        if certificate is not None:
            found.setdefault(certificate.key, (certificate, piece))
    return list(found.values())


def until_in(text: str) -> date | None:
    """Return the last day of the month (of the year, when no month is told) until which a text says it is valid."""
    match = _UNTIL.search(text)
    if not match:
        return None
    year, month = int(match[1] or match[3]), int(match[2] or match[4] or 12)
    month = month if 1 <= month <= 12 else 12
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
