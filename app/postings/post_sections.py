"""How each section of a pasted post is read."""

import re
from collections.abc import Callable
from typing import Any

from app.core.qualifications import find_certificates, find_majors
from app.core.trades import BENEFITS, SHIFTS
from app.postings import free_text, salary
from app.postings.field_readers import FieldUnreadable, read_field, words
from app.postings.pay_grammar import BEFORE_UNIT, OPEN_BEFORE
from app.postings.post_labels import Section, trimmed
from app.postings.post_reader import Reader

_BETTER = re.compile(r"优先|加分|更佳|者佳|最好|优选")
CLAUSE = re.compile(r"[^\n。;,!]+")


def _plain_text(name: str) -> Callable[[Reader, Section, float], None]:
    def read(reader: Reader, section: Section, trust: float) -> None:
        value = reader.text[section.start : section.end].strip()
        if name in reader.fields:  # a second 要求 goes on where the first ended
            return
        reader.keep(name, value, [(section.start, section.end)], 0.95 * trust)
        if name == "requirements":
            read_demands(reader, section.start, section.end, 0.85 * trust, is_told=True)

    return read


def _one_value(name: str) -> Callable[[Reader, Section, float], None]:
    def read(reader: Reader, section: Section, trust: float) -> None:
        line_end = reader.plain.find("\n", section.start, section.end)
        end = section.end if line_end < 0 else line_end
        try:
            value = read_field(name, reader.text[section.start : end], reader.today)
        except FieldUnreadable:
            return
        reader.keep(name, value, [(section.start, end)], 0.95 * trust)

    return read


def _pay(reader: Reader, section: Section, trust: float) -> None:
    pay_in(reader, section.start, section.end, 0.95 * trust, is_told=True)
    benefits_in(reader, section.start, section.end, 0.85 * trust)
    shift_in(reader, section.start, section.end, 0.7 * trust)


def pay_in(reader: Reader, start: int, end: int, confidence: float, *, is_told: bool = False) -> None:
    stretch = reader.plain[start:end]
    pay = salary.find(f"薪资:{stretch}" if is_told else stretch)
    if pay is None:
        return
    shift = len("薪资:") if is_told else 0
    pay_start, pay_end = start + pay.start - shift, start + pay.end - shift
    before = reader.plain[max(start - 4 if is_told else start, pay_start - 12) : pay_start]
    for ahead in (BEFORE_UNIT.search(before), OPEN_BEFORE.search(before)):
        if ahead and len(before) - ahead.start() <= 12:
            pay_start = min(pay_start, pay_end - pay.end + pay.start - len(before) + ahead.start())
    said = reader.text[pay_start:pay_end].strip()
    try:
        again = salary.read(said)
    except salary.PayRefused:
        return
    if (again.minimum, again.maximum) == (pay.minimum, pay.maximum):
        reader.keep("salary_words", said, [(pay_start, pay_end)], confidence)


def _benefits(reader: Reader, section: Section, trust: float) -> None:
    benefits_in(reader, section.start, section.end, 0.95 * trust, is_told=True)
    shift_in(reader, section.start, section.end, 0.7 * trust)


def benefits_in(reader: Reader, start: int, end: int, confidence: float, *, is_told: bool = False) -> None:
    """Known benefits anywhere in the stretch; under their own heading short unknown ones count as well."""
    found = [(name, start + s, start + e) for name, s, e in BENEFITS.find_all(reader.plain[start:end])]
    if is_told:
        for clause in re.finditer(r"[^\n。;,、+/|\s]+", reader.plain[start:end]):
            s, e = start + clause.start(), start + clause.end()
            label = re.sub(r"^[^\w]*\d{0,2}[.)、]?", "", reader.plain[s:e])
            if 2 <= len(label) <= 10 and not any(
                s < known_end and known_start < e for _, known_start, known_end in found
            ):
                found.append((label, s, e))
    found.sort(key=lambda each: each[1])
    names = list(dict.fromkeys(name for name, _, _ in found))
    reader.keep("benefits", names, [(s, e) for _, s, e in found], confidence)


def shift_in(reader: Reader, start: int, end: int, confidence: float) -> None:
    found = SHIFTS.find_all(reader.plain[start:end])
    if found:
        name, s, e = found[0]
        reader.keep("shift", name, [(start + s, start + e)], confidence)


def _shift(reader: Reader, section: Section, trust: float) -> None:
    shift_in(reader, section.start, section.end, 0.95 * trust)


def _place(reader: Reader, section: Section, trust: float) -> None:
    line_end = reader.plain.find("\n", section.start, section.end)
    end = section.end if line_end < 0 else line_end
    found = free_text.find_place(reader.plain[section.start : end], is_told=True)
    if found:
        code, s, e = found
        reader.keep("place", code, [(section.start + s, section.start + e)], 0.95 * trust)
        s, e = trimmed(reader.plain, section.start + e, end)
        stop = re.search(r"[,;。]|(?:联系)?电话", reader.plain[s:e])
        s, e = trimmed(reader.plain, s, s + stop.start() if stop else e)
        address = reader.text[s:e].strip(" （）()。")
        if len(address) >= 2 and not free_text.find_phone(address):
            reader.keep("address", address, [(s, e)], 0.9 * trust)
    elif end - section.start >= 2:
        reader.keep("address", reader.text[section.start : end].strip(), [(section.start, end)], 0.8 * trust)


def _demand(name: str) -> Callable[[Reader, Section, float], None]:
    """A heading for one demand, under which people write others as well: 学历：硕士，化学专业."""

    def read(reader: Reader, section: Section, trust: float) -> None:
        find = {"degree": free_text.find_degree, "years": free_text.find_years}[name]
        found = find(reader.plain[section.start : section.end])
        if found:
            reader.keep(name, found[0], [moved(found, section.start)], 0.95 * trust)
        else:
            _one_value(name)(reader, section, trust)
        read_demands(reader, section.start, section.end, 0.8 * trust)

    return read


def _certificates(reader: Reader, section: Section, trust: float) -> None:
    certificates_in(reader, section.start, section.end, 0.95 * trust)


def _contact(reader: Reader, section: Section, trust: float) -> None:
    stretch = reader.plain[section.start : section.end]
    phone = free_text.find_phone(stretch)
    if phone:
        reader.keep("contact_phone", phone[0], [moved(phone, section.start)], 0.95 * trust)
    name = re.match(
        r"[\u4e00-\u9fff]{1,4}?(?:先生|女士|小姐|经理|主任|主管|老师|师傅|部长|总|工)|[\u4e00-\u9fff]{2,4}(?=[\s\d,(;]|$)",
        stretch,
    )
    if section.label.startswith("联系人") and name:
        reader.keep("contact_name", name[0], [(section.start, section.start + name.end())], 0.95 * trust)
    else:
        found = free_text.find_contact_name(stretch)
        if found:
            reader.keep("contact_name", found[0], [moved(found, section.start)], 0.85 * trust)


def _last_day(reader: Reader, section: Section, trust: float) -> None:
    found = free_text.find_last_day(reader.plain[section.start : section.end], reader.today, is_told=True)
    if found and found[0] >= reader.today:
        reader.keep("valid_until", found[0], [moved(found, section.start)], 0.95 * trust)


def _skills(reader: Reader, section: Section, trust: float) -> None:
    stretch = reader.text[section.start : section.end]
    listed = [each for each in words(stretch) if len(each) <= 12]
    if listed and len(listed) == len(words(stretch)):
        reader.keep("skills", listed, [(section.start, section.end)], 0.9 * trust)


SECTION_READERS: dict[str, Callable[[Reader, Section, float], None]] = {
    "salary_words": _pay,
    "benefits": _benefits,
    "degree": _demand("degree"),
    "years": _demand("years"),
    "headcount": _one_value("headcount"),
    "place": _place,
    "duties": _plain_text("duties"),
    "requirements": _plain_text("requirements"),
    "majors": _one_value("majors"),
    "certificates": _certificates,
    "skills": _skills,
    "shift": _shift,
    "employment": _one_value("employment"),
    "contact": _contact,
    "valid_until": _last_day,
}


def moved(found: free_text.Found, by: int) -> tuple[int, int]:
    return found[1] + by, found[2] + by


def read_demands(reader: Reader, start: int, end: int, confidence: float, *, is_told: bool = False) -> None:
    """Degree, years, certificates and majors inside demands."""
    stretch = reader.plain[start:end]
    years = free_text.find_years(stretch, is_demand=is_told)
    for name, found in (("degree", free_text.find_degree(stretch)), ("years", years)):
        if found:
            reader.keep(name, found[0], [moved(found, start)], confidence)
    certificates_in(reader, start, end, confidence)
    for clause in CLAUSE.finditer(stretch):
        if "专业" in clause[0] or re.search(r"类(?:大专|本科|中专)", clause[0]):
            majors = find_majors(clause[0])
            spans = [(start + clause.start() + s, start + clause.start() + e) for _, s, e in majors]
            reader.keep("majors", list(dict.fromkeys(name for name, _, _ in majors)), spans, confidence)


def certificates_in(reader: Reader, start: int, end: int, confidence: float) -> None:
    wanted: dict[str, list[tuple[str, int, int]]] = {
        "required_certificates": [],
        "preferred_certificates": [],
    }
    for clause in CLAUSE.finditer(reader.plain, start, end):
        kind = "preferred_certificates" if _BETTER.search(clause[0]) else "required_certificates"
        wanted[kind] += [
            (name, clause.start() + s, clause.start() + e) for name, s, e in find_certificates(clause[0])
        ]
    for kind, found in wanted.items():
        names: list[Any] = list(dict.fromkeys(name for name, _, _ in found))
        reader.keep(kind, names, [(s, e) for _, s, e in found], confidence)
