"""Named features of (post, person) pairs: what speaks for a match and what speaks against it, each from 0 to 1."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from matching.ontology.families import FAMILY_NAMES
from matching.ontology.majors import majors
from matching.tables import ANYWHERE_NUMBER, NOTHING, NOWHERE, CandidateTable, PostTable

Array = NDArray[np.float32]
Group = Literal[
    "work",
    "text",
    "major",
    "degree",
    "years",
    "certificate",
    "pay",
    "place",
    "shift",
    "level",
    "wish",
    "honesty",
]


@dataclass(frozen=True, slots=True)
class Feature:
    """A column: its name, the group it is removed with in ablations, and what a full unit is worth before any learning.

    `prior` is in log-odds of being worth considering; its sign is kept by the learning.
    """

    name: str
    group: Group
    prior: float


FEATURES: tuple[Feature, ...] = (
    Feature("family_done", "work", 0.4),
    Feature("link_core", "work", 1.0),
    Feature("link_other", "work", 0.2),
    Feature("welcome_trade", "work", 0.5),
    Feature("coverage", "work", 2.2),
    Feature("letters", "text", 1.7),
    Feature("title_letters", "text", 1.2),
    Feature("major", "major", 0.8),
    Feature("major_family", "major", 0.2),
    Feature("family_wished", "wish", 0.8),
    Feature("ability", "work", 1.0),
    Feature("both_sides", "wish", 0.8),
    Feature("preferred_held", "certificate", 0.6),
    Feature("years_enough", "years", 0.4),
    Feature("degree_short", "degree", -2.0),
    Feature("degree_far", "degree", -2.5),
    Feature("years_short", "years", -0.8),
    Feature("years_far", "years", -1.2),
    Feature("certificate_quick", "certificate", -2.5),
    Feature("certificate_long", "certificate", -2.5),
    Feature("pay_over", "pay", -1.8),
    Feature("pay_far", "pay", -1.8),
    Feature("place_other", "place", -0.9),
    Feature("place_refused", "place", -3.0),
    Feature("nights_refused", "shift", -3.0),
    Feature("level_over", "level", -2.2),
    Feature("level_under", "level", -1.2),
    Feature("degree_over", "level", -1.5),
    Feature("part_time", "wish", -1.5),
    Feature("copied", "honesty", -3.0),
)
FEATURE_NAMES: tuple[str, ...] = tuple(feature.name for feature in FEATURES)
# Families in which the substance handled matters as much as the craft; an electrician's craft is the same everywhere.
_CORE: Array = np.isin(FAMILY_NAMES, ("研发", "工艺", "生产操作", "质量", "管理")).astype(np.float32)
BEND = 0.5
PRIORS: Array = np.array([feature.prior for feature in FEATURES], dtype=np.float32)
SIGNS: Array = np.sign(PRIORS)
N_FEATURES = len(FEATURES)


def pair_features(posts: PostTable, people: CandidateTable) -> Array:
    """Compute the features of pairs laid side by side.

    Parameters
    ----------
    posts : PostTable
        n posts, or one that is put beside everybody.
    people : CandidateTable
        n people, or one.

    Returns
    -------
    ndarray of shape (n, n_features)
        Columns in the order of `FEATURE_NAMES`, values from 0 to 1.
    """
    n = max(len(posts), len(people))
    columns = np.zeros((n, N_FEATURES), dtype=np.float32)
    position = {name: i for i, name in enumerate(FEATURE_NAMES)}
    for compute in _COMPUTERS:
        for name, values in compute(posts, people).items():
            columns[:, position[name]] = values
    ability, wished = columns[:, position["ability"]], columns[:, position["family_wished"]]
    columns[:, position["both_sides"]] = np.sqrt(
        ability * np.maximum(wished, columns[:, position["title_letters"]])
    )
    return columns


def dots(left: sp.csr_matrix, right: sp.csr_matrix) -> Array:
    """Return the dot product of each pair of rows; a table of one row is put beside every row of the other."""
    if left.shape[0] == 1 or right.shape[0] == 1:
        one, many = (left, right) if left.shape[0] == 1 else (right, left)
        dense = np.zeros(many.shape[1], dtype=np.float32)
        dense[one.indices] = one.data
        return np.asarray(many @ dense, dtype=np.float32)
    return np.asarray(left.multiply(right).sum(axis=1), dtype=np.float32).ravel()


def bent(share: Array) -> Array:
    """Bend a share so that the first shared things count most, and cut it at 1."""
    return np.minimum(share, np.float32(1.0)) ** np.float32(BEND)


def _work(p: PostTable, c: CandidateTable) -> dict[str, Array]:
    done = (p.family * c.family_done).max(axis=1)
    links, place = _beside(c.links, np.maximum(p.link, 0)[:, None])
    same = (p.trade[:, None] == c.trades).any(axis=1)
    outside = np.where(same, 1.0, np.where(p.trade == NOTHING, 0.5, 0.3))
    link = np.where(p.link >= 0, np.take_along_axis(links, place, axis=1)[:, 0], outside)
    core = (p.family * _CORE).max(axis=1) >= 1.0
    welcome = (p.welcome[:, :, None] == c.trades[:, None, :]).any(axis=(1, 2))
    coverage = bent(dots(p.concepts, c.concepts) * 2.0)
    return {
        "family_done": done,
        "link_core": np.where(core, link, 0.5),
        "link_other": np.where(core, 0.5, link),
        "welcome_trade": welcome.astype(np.float32),
        "coverage": coverage,
    }


def _text(p: PostTable, c: CandidateTable) -> dict[str, Array]:
    wished = (p.family * c.family_wished).max(axis=1)
    titles = np.minimum(dots(p.titles, c.titles) * 2.0, 1.0)
    return {
        "letters": bent(dots(p.letters, c.letters) * 4.0),
        "title_letters": titles * np.maximum(wished, 0.4),
    }


def _school(p: PostTable, c: CandidateTable) -> dict[str, Array]:
    near = majors().nearness[p.majors[:, :, None], c.majors[:, None, :]].max(axis=(1, 2))
    fit = (p.family * c.major_fit).max(axis=1)
    has_list = (p.majors > 0).any(axis=1)
    major = np.where(has_list, near, np.maximum(fit, 0.5))
    ready = np.where(c.is_fresh, np.where(p.years_min <= 1, 0.85, 0.4), 0.5) * np.maximum(near, fit)
    done = (p.family * c.family_done).max(axis=1)
    return {"major": major, "major_family": fit, "ability": np.maximum(done, ready)}


def _degree(p: PostTable, c: CandidateTable) -> dict[str, Array]:
    short = p.degree_min - c.degree
    share = np.where(p.is_degree_open, 0.5, 1.0)
    over = np.maximum(c.degree - np.maximum(p.degree_min, 1) - 1, 0)
    return {
        "degree_short": (short >= 1) * share,
        "degree_far": (short >= 2) * share,
        "degree_over": np.minimum(over / 2.0, 1.0),
    }


def _years(p: PostTable, c: CandidateTable) -> dict[str, Array]:
    need = np.maximum(p.years_min, 1e-3)
    related = np.minimum((p.family * c.family_years).max(axis=1), c.years + 0.92)
    lacking = np.where(p.years_min > 0, np.clip((need - related) / need, 0, 1), 0)
    total = np.where(p.years_min > 0, np.clip((need - c.years) / need, 0, 1), 0)
    share = np.where(p.is_years_open, 0.6, 1.0)
    enough = np.where(p.years_min > 0, np.minimum(related / need, 1.0), 1.0)
    weight = np.where(p.years_min >= 3, 1.0, 0.4) * share
    return {
        "years_enough": enough,
        "years_short": np.maximum(lacking, total) * share,
        "years_far": (total > 0.5) * total * weight,
    }


def _certificates(p: PostTable, c: CandidateTable) -> dict[str, Array]:
    claimed = np.where(_is_pasted(p, c), NOWHERE, c.claimed)
    held = _among(p.certificates, c.covered) | _among(p.certificates, claimed)
    missing = (p.certificates != NOTHING) & ~held
    share = np.where(p.is_certificate_open, 0.6, 1.0)
    quick = np.minimum((missing & p.is_quick).sum(axis=1), 2) / 2.0
    long = (missing & ~p.is_quick).any(axis=1)
    extra = (_among(p.preferred, c.covered) | _among(p.preferred, claimed)).any(axis=1)
    return {
        "certificate_quick": quick * share,
        "certificate_long": long * share,
        "preferred_held": extra.astype(np.float32),
    }


def _among(needs: NDArray[np.int32], held: NDArray[np.int32]) -> NDArray[np.bool_]:
    return (needs[:, :, None] == held[:, None, :]).any(axis=2)


def _shared_clauses(p: PostTable, c: CandidateTable) -> NDArray[np.intp]:
    """Count the longer clauses that stand in both texts of each pair."""
    if len(p) == 1 or len(c) == 1:
        one, many = (p.marks[0], c.marks) if len(p) == 1 else (c.marks[0], p.marks)
        return np.asarray(np.isin(many, one).sum(axis=1))
    return np.asarray((p.marks[:, :, None] == c.marks[:, None, :]).any(axis=1).sum(axis=1))


def _is_pasted(p: PostTable, c: CandidateTable) -> NDArray[np.bool_]:
    """Tell which claims of certificates stand in the post word for word, beside more of its words."""
    shared = _shared_clauses(p, c) > 1
    if not shared.any():
        return np.zeros((len(shared), c.claim_marks.shape[1]), dtype=bool)
    return shared[:, None] & (c.claim_marks[:, :, None] == p.marks[:, None, :]).any(axis=2)


def _pay(p: PostTable, c: CandidateTable) -> dict[str, Array]:
    known = (p.salary_max > 0) & (c.salary_min > 0)
    ratio = np.where(known, c.salary_min / np.maximum(p.salary_max, 1.0), 0.0)
    open_ = np.where(c.is_pay_open, 0.5, 1.0)
    return {
        "pay_over": (np.clip((ratio - 1.1) / 0.4, 0, 1) * open_).astype(np.float32),
        "pay_far": (np.clip((ratio - 1.4) / 0.2, 0, 1) * open_).astype(np.float32),
    }


def _place(p: PostTable, c: CandidateTable) -> dict[str, Array]:
    said = (c.places != NOTHING).any(axis=1) & (c.places[:, :1] > 0).any(axis=1)
    fits = ((p.place[:, None] == c.places) | (c.places == ANYWHERE_NUMBER)).any(axis=1)
    other = said & ~fits & (p.place != NOTHING)
    only = (c.only_place != NOTHING) & (c.only_place != p.place)
    refused = only | (c.stays_away & other)
    return {
        "place_other": np.where(other, np.where(c.comes_along, 0.3, 1.0), 0.0),
        "place_refused": refused.astype(np.float32),
    }


def _rest(p: PostTable, c: CandidateTable) -> dict[str, Array]:
    wished = (p.family * c.family_wished).max(axis=1)
    over = np.clip((c.level_wished - p.level - 0.3) / 2.0, 0, 1)
    under = np.clip((p.level - c.level - 0.8) / 2.5, 0, 1)
    return {
        "family_wished": wished,
        "nights_refused": p.nights * c.refuses_nights,
        "level_over": over,
        "level_under": under,
        "part_time": c.wants_part_time * np.ones(len(p), dtype=np.float32),
        "copied": np.clip((_shared_clauses(p, c) - 1) / 2.0, 0, 1),
    }


def _beside(rows: Array, index: NDArray[np.int32]) -> tuple[Array, NDArray[np.int32]]:
    """Bring a table of one row and an index of many to the same length."""
    n = max(len(rows), len(index))
    return np.broadcast_to(rows, (n, rows.shape[1])), np.broadcast_to(index, (n, index.shape[1]))


_COMPUTERS: tuple[Callable[[PostTable, CandidateTable], dict[str, Array]], ...] = (
    _work, _text, _school, _degree, _years, _certificates, _pay, _place, _rest,
)  # fmt: skip
