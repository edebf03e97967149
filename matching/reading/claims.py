"""What a person only claims, in the skills list or about themselves, counts as far as what they did backs it."""

from collections.abc import Iterable
from dataclasses import dataclass

from matching.ontology.skills import implied
from matching.profiles import Candidate
from matching.reading.clauses import clauses
from matching.reading.concepts import Concepts, Evidence, Section, read_concepts, with_implied
from search.words import fold

BACKED, BARE, BARE_FRESH = 0.55, 0.1, 0.3
MOST_SKILLS, MOST_CLAUSES, MOST_BARE = 12, 15, 3


@dataclass(slots=True)
class _Claim:
    text: str
    source: str


def add_claims(history: Concepts, candidate: Candidate, *, is_fresh: bool) -> Concepts:
    """Return the history with the claims added.

    A claim that the history backs counts a little more than half. The others count for a tenth (three tenths for
    somebody who has hardly worked, who can show nothing else); more than three of them share what three would count,
    so that neither their order nor their number helps.
    """
    done = fold("，".join(f"{work.title}，{work.text}" for work in candidate.work))
    shown = with_implied(history.work)
    result = Concepts(dict(history.work), dict(history.titles), dict(history.trades), list(history.spelling))
    bare: list[Concepts] = []
    for claim in _claims(candidate):
        read = read_concepts([Section(claim.text, 1.0, claim.source)])
        is_backed = _is_backed(claim.text, done, read.work, shown)
        if is_backed or not (read.work or claim.source == "技能"):
            _merge(result, read, BACKED if is_backed else _bare(is_fresh))
        else:
            bare.append(read)
    for read in bare:
        _merge(result, read, _bare(is_fresh) * min(1.0, MOST_BARE / len(bare)))
    return result


def _bare(is_fresh: bool) -> float:
    return BARE_FRESH if is_fresh else BARE


def _claims(candidate: Candidate) -> Iterable[_Claim]:
    """Yield the claims; a list or a text of unusual length says nothing that the history does not say better."""
    if len(candidate.skills) <= MOST_SKILLS:
        for skill in dict.fromkeys(skill.strip() for skill in candidate.skills if skill.strip()):
            yield _Claim(skill, "技能")
    said = clauses(candidate.summary)
    if len(said) <= MOST_CLAUSES:
        for clause in said:
            if not clause.is_denied:
                yield _Claim(clause.text, "自我评价")


def _is_backed(text: str, done: str, concepts: dict[str, Evidence], shown: dict[str, Evidence]) -> bool:
    if concepts:
        links = implied()
        return any(
            name in shown or any(near in shown for near, _ in links.get(name, ())) for name in concepts
        )
    folded = fold(text)
    pairs = [folded[i : i + 2] for i in range(len(folded) - 1)]
    return bool(pairs) and sum(pair in done for pair in pairs) * 2 >= len(pairs)


def _merge(into: Concepts, read: Concepts, weight: float) -> None:
    for target, found in ((into.work, read.work), (into.titles, read.titles), (into.trades, read.trades)):
        for name, evidence in found.items():
            if name not in target or target[name].weight < weight:
                target[name] = Evidence(name, weight, evidence.clause, evidence.source)
    into.spelling.extend((letters, weight) for letters, _ in read.spelling)
