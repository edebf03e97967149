"""Says in a few words what holds a match back when no requirement is missing: the feature that costs the score most."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from matching.features import FEATURE_NAMES, SIGNS
from matching.reading.candidate import CandidateReading
from matching.reading.post import PostReading
from matching.reasons import display
from matching.requirements import best_family

LEAST = 0.3
TOLD = 0.8
_INDEX = {name: position for position, name in enumerate(FEATURE_NAMES)}
_TOPICS: dict[str, tuple[str, ...]] = {
    "work": ("family_done", "ability", "coverage", "letters", "years_enough"),
    "trade": ("link_core", "link_other", "welcome_trade"),
    "wish": ("family_wished", "title_letters", "both_sides"),
    "major": ("major", "major_family"),
    "level_over": ("level_over",),
    "level_under": ("level_under",),
    "degree_over": ("degree_over",),
    "years": ("years_short", "years_far"),
    "pay": ("pay_over", "pay_far"),
    "place": ("place_other", "place_refused"),
    "part_time": ("part_time",),
    "copied": ("copied",),
}
_Writer = Callable[[PostReading, CandidateReading], str]


def shortfall(
    post: PostReading, person: CandidateReading, values: NDArray[np.float32], coef: NDArray[np.float32]
) -> str:
    """Return what costs the score most against a pair that has everything, "" when nothing costs much.

    Parameters
    ----------
    values, coef : ndarray of shape (n_features,)
        The pair's features and the model's slopes.
    """
    costs = np.where(SIGNS > 0, (1.0 - values) * coef, -values * coef)
    by_topic = {topic: float(sum(costs[_INDEX[name]] for name in names)) for topic, names in _TOPICS.items()}
    for topic in sorted(by_topic, key=lambda name: -by_topic[name]):
        words = _PLAIN.get(topic) or _WRITERS[topic](post, person)
        if words and by_topic[topic] >= LEAST:
            return words
    return ""


def _work(post: PostReading, person: CandidateReading) -> str:
    done = float((post.family * person.family_done).max())
    if done < 0.35 and person.is_fresh:
        return f"还没有{best_family(post)}类的工作经验"
    if done < 0.35:
        return f"没做过{best_family(post)}类的活"
    asked = [
        name
        for name, found in post.concepts.work.items()
        if found.weight >= TOLD and name not in person.shown
    ]
    if not asked:
        return "做过的事和这里要做的不太一样"
    return f"简历里没写到{'、'.join(map(display, asked[:2]))}"


def _trade(post: PostReading, person: CandidateReading) -> str:
    return "没在这一行干过" if post.link >= 0 and person.links[post.link] < 0.5 else ""


def _wish(post: PostReading, person: CandidateReading) -> str:
    wished = float((post.family * person.family_wished).max())
    return "想找的不是这类岗位" if person.candidate.expected_jobs and wished < 0.5 else ""


def _major(post: PostReading, person: CandidateReading) -> str:
    return "专业不对口" if person.majors else ""


_PLAIN = {
    "level_over": "这个岗位比想找的低一些",
    "level_under": "这个岗位要的资历更深",
    "degree_over": "学历比岗位要的高不少",
    "years": "做过的年头不够",
    "pay": "期望工资高出这个岗位",
    "place": "想去的地方不在这里",
    "part_time": "想做兼职",
    "copied": "简历里有抄来的岗位原话",
}
_WRITERS: dict[str, _Writer] = {"work": _work, "trade": _trade, "wish": _wish, "major": _major}
