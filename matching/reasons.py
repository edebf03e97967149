"""Says why a score is what it is: each reason belongs to a feature that raised it and quotes what it was computed from."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matching.features import FEATURE_NAMES
from matching.ontology.chain import LINK_NAMES
from matching.ontology.majors import majors
from matching.profiles import Work
from matching.reading.candidate import CandidateReading
from matching.reading.concepts import Evidence
from matching.reading.post import PostReading
from matching.requirements import best_family, holding, short_name, spell_months
from matching.results import Reason, Requirement

MOST = 5
LEAST = 0.25
WISHED = 0.5
NAMED = 0.9  # below it the family was not named: it lies near a named one, or only the headline says it
_INDEX = {name: position for position, name in enumerate(FEATURE_NAMES)}
_NEEDED = {"certificate": "certificate_quick", "degree": "degree_short", "shift": "nights_refused"}
_TOPICS: dict[str, tuple[str, ...]] = {
    "work": ("family_done", "ability", "years_enough"),
    "skills": ("coverage", "letters"),
    "trade": ("link_core", "link_other", "welcome_trade"),
    "major": ("major", "major_family"),
    "extra": ("preferred_held",),
    "wish": ("family_wished", "title_letters", "both_sides"),
}


@dataclass(frozen=True, slots=True)
class _Case:
    post: PostReading
    person: CandidateReading
    values: NDArray[np.float32]
    met: tuple[Requirement, ...]


def reasons(
    post: PostReading,
    person: CandidateReading,
    values: NDArray[np.float32],
    coef: NDArray[np.float32],
    needs: tuple[Requirement, ...],
) -> tuple[Reason, ...]:
    """Return up to five reasons, the one that raised the score most first.

    Parameters
    ----------
    values, coef : ndarray of shape (n_features,)
        The pair's features and the model's slopes; their product is what each feature did to the score.
    needs : tuple of Requirement
        The page's table; what is met there and was asked for outright is a reason too.
    """
    case = _Case(post, person, values, tuple(need for need in needs if need.is_met))
    gains = values * coef
    found: list[tuple[float, Reason]] = []
    for topic, names in _TOPICS.items():
        gain = float(sum(max(gains[_INDEX[name]], 0.0) for name in names))
        if gain >= LEAST and (reason := _WRITERS[topic](case)):
            found.append((gain, reason))
    found.extend(
        (0.5 * abs(float(coef[_INDEX[_NEEDED[need.kind]]])) * (need.kind != "degree") + 0.2, _from_need(need))
        for need in case.met
        if need.kind in _NEEDED
    )
    found.sort(key=lambda pair: -pair[0])
    return tuple(reason for _, reason in found[:MOST])


def _from_need(need: Requirement) -> Reason:
    name = need.need if need.need.endswith(("证", "师", "职称", "级")) else f"{need.need}证"
    sentence = {"certificate": f"有{name}", "degree": "学历够", "shift": "能上夜班"}[need.kind]
    return Reason(_NEEDED[need.kind], sentence, need.need, need.says, need.source)


def _work(case: _Case) -> Reason | None:
    work = _nearest_work(case)
    if work is None or not work.title:
        return None
    asked = f"{case.post.post.years_min}年以上经验" if case.post.years_min else case.post.post.title
    return Reason(
        "ability",
        f"{work.title}，做过{spell_months(work.months)}",
        asked,
        f"{work.title}，{spell_months(work.months)}",
        work.company_type,
    )


def _nearest_work(case: _Case) -> Work | None:
    done = [w for w in case.person.candidate.work if w.months > 0]
    shared = case.post.concepts.work.keys()
    return max(done, key=lambda w: (_shared(case, w, shared), w.months), default=None)


def _shared(case: _Case, work: Work, concepts: object) -> int:
    source = work.company_type or "工作经历"
    found = case.person.shown
    return sum(1 for name in case.post.concepts.work if name in found and found[name].source == source)


def strongest_shared(
    post: PostReading, person: CandidateReading, limit: int = 3
) -> list[tuple[Evidence, Evidence]]:
    """Return (post's, person's) evidence of the concepts that both have, the best shown first, one clause once."""
    both = [(asked, person.shown[name]) for name, asked in post.concepts.work.items() if name in person.shown]
    both.sort(key=lambda pair: (-pair[0].weight * pair[1].weight, -len(pair[0].concept)))
    chosen: list[tuple[Evidence, Evidence]] = []
    for asked, shown in both:
        if (
            shown.weight >= 0.4
            and len(chosen) < limit
            and all(asked.concept not in a.concept and a.concept not in asked.concept for a, _ in chosen)
        ):
            chosen.append((asked, shown))
    return chosen


def _skills(case: _Case) -> Reason | None:
    chosen = strongest_shared(case.post, case.person)
    if not chosen:
        return None
    names = "、".join(display(asked.concept) for asked, _ in chosen)
    asked, shown = chosen[0]
    verb = "做过" if shown.source not in {"技能", "教育经历"} else "会"
    return Reason("coverage", f"{verb}{names}", asked.clause, shown.clause, shown.source)


def _trade(case: _Case) -> Reason | None:
    post, person = case.post, case.person
    employer = next((w for w in person.candidate.work if w.company_type), None)
    if employer is None:
        return None
    welcome = sorted(post.welcome & person.trades)
    if welcome:
        return Reason(
            "welcome_trade",
            f"{employer.company_type}出身，这里认这段经历",
            post.post.requirements,
            employer.company_type,
            employer.company_type,
        )
    if post.link < 0 or person.links[post.link] < 0.5:
        return None
    link = LINK_NAMES[post.link]
    sentence = (
        f"在{employer.company_type}干过，和{link}是近行"
        if link not in person.trades
        else f"在{link}这一行干过"
    )
    return Reason(
        "link_done", sentence, post.post.chain_link or link, employer.company_type, employer.company_type
    )


def _major(case: _Case) -> Reason | None:
    post, person = case.post, case.person
    said = next((e.major for e in person.candidate.education if e.major), "")
    if not said:
        return None
    near = max((float(majors().nearness[a, b]) for a in post.majors for b in person.majors), default=0.0)
    if near >= 0.99:
        return Reason("major", "专业对口", "、".join(post.post.majors), said, "教育经历")
    if near >= 0.45 or float((post.family * person.major_fit).max()) >= 0.6:
        return Reason("major", "专业相近", "、".join(post.post.majors) or best_family(post), said, "教育经历")
    return None


def _extra(case: _Case) -> Reason | None:
    for wanted, name in zip(case.post.preferred, case.post.post.preferred_certificates, strict=False):
        held = holding(wanted, case.post, case.person)
        if held:
            label = held.certificate.label
            return Reason(
                "preferred_held", f"有加分的证：{label}", short_name(name), held.clause or label, held.source
            )
    return None


def _wish(case: _Case) -> Reason | None:
    wished = "、".join(case.person.candidate.expected_jobs) or case.person.candidate.headline
    shares = case.post.family * case.person.family_wished
    nearest = int(shares.argmax())
    if not wished or shares[nearest] < WISHED:
        return None
    if case.person.family_wished[nearest] < NAMED:
        return Reason("family_wished", "和想找的岗位相近", case.post.post.title, wished, "求职意向")
    return Reason(
        "family_wished",
        f"想找的就是{best_family(case.post, nearest)}类岗位",
        case.post.post.title,
        wished,
        "求职意向",
    )


def display(concept: str) -> str:
    """Return a concept as it stands on the page: letters in capitals, Chinese as it is."""
    return concept.upper() if concept.isascii() else "".join(c.upper() if c.isascii() else c for c in concept)


_WRITERS: dict[str, Callable[[_Case], Reason | None]] = {
    "work": _work, "skills": _skills, "trade": _trade, "major": _major, "extra": _extra, "wish": _wish,
}  # fmt: skip
