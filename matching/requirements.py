"""Sets each thing that a post needs beside what the résumé says, in words, with the way to close every gap."""

import re
from collections.abc import Iterator
from datetime import date

from matching.ontology.certificates import Certificate
from matching.ontology.families import FAMILY_NAMES, titles
from matching.ontology.majors import majors
from matching.profiles import Work
from matching.reading import degrees
from matching.reading.candidate import CandidateReading, is_training
from matching.reading.clauses import clauses
from matching.reading.holdings import Holding
from matching.reading.post import PostReading, clause_mark
from matching.reading.wishes import ANYWHERE
from matching.results import Requirement

MISSING = "简历里没有写到"
SOURCE = {"degree": "教育经历", "certificate": "证书", "wish": "求职意向", "summary": "自我评价"}
PAY_SLACK = 1.15
RELATED_SHARE = 0.3
TRAINED = 0.35
DONE = 0.9  # the weight of what a work's own text tells
WANTED = 0.3
GRACE_YEARS = 0.2
MAJOR_NEAR = 0.45
LOWER = "可以从低一级的岗位谈起"
NO_DAYS = "有长白班的岗位可以介绍"
HOMES = "可以介绍人才公寓和安家补贴"
TALK = "可以先谈工资"
SHOWN = "看做过的事能不能补上"


def requirements(post: PostReading, person: CandidateReading) -> tuple[Requirement, ...]:
    """Return every need of the post in the order of the page: degree, years, certificates, major, shift, place, pay."""
    return tuple(_all(post, person))


def _all(post: PostReading, person: CandidateReading) -> Iterator[Requirement]:
    yield from _degree(post, person)
    yield from _years(post, person)
    for certificate, name in zip(post.certificates, post.post.certificates, strict=False):
        yield _certificate(certificate, name, person, post)
    yield from _major(post, person)
    yield from _shift(post, person)
    yield from _place(post, person)
    yield from _pay(post, person)


def _degree(post: PostReading, person: CandidateReading) -> Iterator[Requirement]:
    if post.degree_min <= degrees.ANY:
        return
    is_met = person.degree >= post.degree_min
    held = person.education
    says = "，".join(filter(None, (held.degree, held.major))) if held else MISSING
    wanted = post.degree_min - person.degree
    close = ""
    if not is_met:
        close = "这条可以和企业商量" if post.is_degree_open else _degree_way(post.degree_min, wanted)
    yield Requirement(
        degrees.demand(post.post.degree_min), says, SOURCE["degree"], is_met, "degree", close, is_hard=True
    )


def _degree_way(needed: int, short: int) -> str:
    if short > 1:
        return f"和{degrees.LABELS[needed]}差两级，短时间补不上"
    return {1: "读成人中专，两年左右", 2: "读成人大专，两年半左右", 3: "读专升本，两年半左右"}.get(
        needed, "读在职研究生，三年左右"
    )


def related_years(post: PostReading, person: CandidateReading) -> float:
    """Return the years that count for this post: work in its family or near it, never more than the whole working life."""
    return float(min((post.family * person.family_years).max(), person.years + 0.92))


def _years(post: PostReading, person: CandidateReading) -> Iterator[Requirement]:
    if post.years_min <= 0:
        return
    is_met = person.years + GRACE_YEARS >= post.years_min
    work = _nearest_work(post, person)
    says = f"{work.title}，{spell_months(work.months)}" if work else "没有写工作经历"
    close = ""
    if not is_met:
        close = "这条可以和企业商量" if post.is_years_open else "先做同类岗位积累，或从低一级的岗位做起"
    source = work.company_type if work and work.company_type else "工作经历"
    short = post.degree_min - person.degree
    is_stranger = float((post.family * person.family_wished).max()) < WANTED
    is_decided = short >= 2 or (
        short == 1 and is_stranger
    )  # the degree decides alone: years cannot make up for it
    need = f"{post.post.years_min}年以上经验"
    is_waived = post.is_years_open and _is_trained(post, person)
    is_hard = not (is_decided or is_waived)
    yield Requirement(
        need, says, source, is_met, "years", close, is_hard=is_hard, for_employer="" if is_met else LOWER
    )
    if (
        is_met
        and not _has_trained(post, person)
        and related_years(post, person) < RELATED_SHARE * post.years_min
    ):
        close = "把做过的相近的事写清楚，或先谈从低一级的岗位做起"
        need = f"做过{best_family(post)}类工作"
        yield Requirement(
            need, says, source, is_met=False, kind="family", how_to_close=close, for_employer=LOWER
        )


def _has_trained(post: PostReading, person: CandidateReading) -> bool:
    """True for who did this work or, as an apprentice or trainee, at least some of what the post names."""
    if float((post.family * person.family_done).max()) >= TRAINED:
        return True
    shown = {name for name, found in person.shown.items() if found.weight >= DONE}
    return any(map(is_training, person.candidate.work)) and not shown.isdisjoint(post.concepts.work)


def _is_trained(post: PostReading, person: CandidateReading) -> bool:
    """True for a person of the very major who has at least trained in this work."""
    is_major = bool(set(post.majors) & set(person.majors))
    return is_major and float((post.family * person.family_done).max()) >= TRAINED


def _nearest_work(post: PostReading, person: CandidateReading) -> Work | None:
    """Return the work whose title stands nearest to the post's family; of equal ones the longest."""
    done = [work for work in person.candidate.work if work.months > 0]
    return max(
        done,
        key=lambda work: (round(float(post.family @ titles().read(work.title)), 1), work.months),
        default=None,
    )


def _certificate(needed: Certificate, name: str, person: CandidateReading, post: PostReading) -> Requirement:
    held = holding(needed, post, person)
    over = None if held else person.holdings.lapsed(needed)
    is_hard = needed.is_legal or not needed.is_known
    shown = held or over
    says = _says_certificate(shown, person) if shown else MISSING
    way = _renewal(held, person) if held else _certificate_way(needed, post, is_lapsed=over is not None)
    return Requirement(
        short_name(name),
        says,
        shown.source if shown else SOURCE["certificate"],
        held is not None,
        "certificate",
        way,
        is_hard=is_hard,
        for_employer=_training(needed, held, over, person),
    )


def _training(
    needed: Certificate, held: Holding | None, over: Holding | None, person: CandidateReading
) -> str:
    """Say what an employer can do about a certificate that is missing, over or ending."""
    if held:
        return "快到期了，可以提醒复审" if held.is_ending(person.holdings.today) else ""
    if needed.months is None:
        return "短时间拿不到"
    return (
        f"可以送去复训换证，{spell_time(needed.months)}" if over else f"可以送培，{spell_time(needed.months)}"
    )


def holding(needed: Certificate, post: PostReading, person: CandidateReading) -> Holding | None:
    """Return what the person holds of a needed certificate; claims pasted from the post do not count."""
    shared = post.clause_marks & person.clause_marks
    claims = (h.clause for h in person.holdings.valid if h.clause)
    pasted = {clause for clause in claims if len(shared) > 1 and clause_mark(clause) in shared}
    return person.holdings.holding(needed, pasted)


def _says_certificate(shown: Holding, person: CandidateReading) -> str:
    if shown.clause:
        return shown.clause
    label, until = shown.certificate.label, shown.valid_until
    if not until:
        return label
    if until == date.min:
        return f"{label}，已过期"
    end = f"{until.year}年{until.month}月"
    return f"{label}，{end}已过期" if shown.is_expired(person.holdings.today) else f"{label}，有效到{end}"


def _renewal(held: Holding, person: CandidateReading) -> str:
    return "快到期了，记得复审或换证" if held.is_ending(person.holdings.today) else ""


def _certificate_way(needed: Certificate, post: PostReading, *, is_lapsed: bool = False) -> str:
    if is_lapsed and needed.months is not None:
        return f"过期要重新培训考试，{spell_time(needed.months)}"
    company = "，企业允许入职后再考" if post.is_certificate_open else ""
    if needed.months is None:
        return f"要满年限或先有低一级的证{company}"
    return f"培训加考试{spell_time(needed.months)}{company}"


def _major(post: PostReading, person: CandidateReading) -> Iterator[Requirement]:
    if not post.majors or not person.majors:
        return
    near = max(float(majors().nearness[a, b]) for a in post.majors for b in person.majors)
    says = "、".join(dict.fromkeys(e.major for e in person.candidate.education if e.major)) or MISSING
    is_met = near >= MAJOR_NEAR
    need = "、".join(post.post.majors[:3]) + ("等专业" if len(post.post.majors) > 3 else "专业")
    close, offer = ("", "") if is_met else ("专业不同，用做过的事来说明", SHOWN)
    yield Requirement(need, says, SOURCE["degree"], is_met, "major", close, for_employer=offer)


def _shift(post: PostReading, person: CandidateReading) -> Iterator[Requirement]:
    if post.nights <= 0:
        return
    refuses = person.wishes.refuses_nights
    if not refuses and not (said := _nights_said(person)):
        return
    need = post.post.shift or "要上夜班"
    says = person.wishes.nights_evidence if refuses else said
    close, offer = ("问问企业有没有长白班的岗位", NO_DAYS) if refuses else ("", "")
    yield Requirement(need, says, SOURCE["summary"], not refuses, "shift", close, for_employer=offer)


def _nights_said(person: CandidateReading) -> str:
    text = (
        clause.text
        for clause in clauses(person.candidate.summary)
        if re.search(r"夜班|倒班|三班", clause.text)
    )
    return next(text, "")


def _place(post: PostReading, person: CandidateReading) -> Iterator[Requirement]:
    wishes = person.wishes
    if not post.place or not (wishes.places or wishes.only_place):
        return
    is_met = not wishes.only_place and (post.place in wishes.places or ANYWHERE in wishes.places)
    is_met = is_met or wishes.only_place == post.place
    says = wishes.place_evidence or "、".join(person.candidate.expected_places)
    close, offer = ("", "") if is_met else ("愿意来的话，可以申请人才公寓和安家补贴", HOMES)
    need = f"在{post.post.city or post.post.town}上班"
    yield Requirement(need, says, SOURCE["wish"], is_met, "place", close, for_employer=offer)


def _pay(post: PostReading, person: CandidateReading) -> Iterator[Requirement]:
    if not post.salary_max or not person.salary_min:
        return
    is_met = person.salary_min <= post.salary_max * PAY_SLACK or person.wishes.is_pay_open
    need = (
        f"每月{post.post.salary_min:,}–{post.salary_max:,}元"
        if post.post.salary_min
        else f"每月{post.salary_max:,}元以内"
    )
    says = f"期望每月{person.salary_min:,}元起"
    close, offer = ("", "") if is_met else ("期望高出上限，先谈工资", TALK)
    yield Requirement(need, says, SOURCE["wish"], is_met, "salary", close, for_employer=offer)


def short_name(name: str) -> str:
    """Return a certificate's name without what stands in brackets."""
    return re.sub(r"[（(].*?[）)]", "", name).strip() or name


def spell_months(months: float) -> str:
    """Say a number of months as people do: 2年4个月."""
    years, rest = divmod(round(months), 12)
    return (f"{years}年" if years else "") + (f"{rest}个月" if rest or not years else "")


def spell_time(months: float) -> str:
    """Say how long a certificate takes: 一个月左右, 一个半月左右, 两年左右."""
    if months < 12:
        whole = int(months)
        word = "零一两三四五六七八九十"[whole] if whole <= 10 else str(whole)
        return f"{word}个半月左右" if months - whole >= 0.5 else f"{word}个月左右"
    years = round(months / 12)
    return f"{'零一两三四五六七八九十'[years] if years <= 10 else years}年左右"


def best_family(post: PostReading, position: int | None = None) -> str:
    """Return the name of the family that weighs most in a post, or of the one at `position`."""
    return FAMILY_NAMES[int(post.family.argmax()) if position is None else position]
