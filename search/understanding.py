"""From what was typed to a plan: phrases in quotes, conditions, and groups of words with their synonyms."""

import re
from dataclasses import dataclass

from search.analysis import concept
from search.lexicon import SAME_THING
from search.plan import Group, Plan
from search.query import Query, Reading
from search.words import fold, parts, senses, synonyms, tokens

LONGEST_TEXT = 200  # characters; nobody reads further, and neither do we
MOST_GROUPS = 16
_QUOTED = re.compile(r"[\"“”「『]([^\"“”「」『』]{1,60})[\"“”」』]")
_STOPWORDS = frozenset(
    [
        "的",
        "了",
        "和",
        "与",
        "及",
        "或",
        "在",
        "有",
        "我",
        "你",
        "他",
        "想",
        "找",
        "要",
        "个",
        "做",
        "能",
        "也",
        "还",
        "吗",
        "呢",
        "吧",
        "啊",
        "什么",
        "哪些",
        "岗位",
        "工作",
        "招聘",
        "职位",
        "招",
        "急招",
        "公司",
        "the",
        "of",
        "and",
        "or",
        "a",
        "一个",
        "可以",
        "可",
        "是",
        "就",
        "都",
        "给",
        "让",
        "去",
        "到",
        "来",
        "被",
        "把",
        "从",
        "对",
        "为",
        "请",
        "求",
        "最好",
        "以及",
        "并",
        "且",
    ]
)

SYNONYM = 0.85  # what another name of the same thing weighs against the wording
NARROWER = 0.75
BROADER = 0.35
RELATED = 0.3
INSIDE = 0.4  # a part of a compound


@dataclass(frozen=True)
class Understood:
    """What a text means: the plan, the conditions read, the words left, and what was corrected."""

    plan: Plan
    readings: tuple[Reading, ...] = ()
    rest: str = ""
    corrected: str = ""


def understand(query: Query) -> Understood:
    """Read a query. Any text is allowed; what is not understood stays text."""
    text = fold(query.text[: 4 * LONGEST_TEXT]).strip()[:LONGEST_TEXT]
    phrases = tuple(dict.fromkeys(match.strip() for match in _QUOTED.findall(text) if match.strip()))
    rest = _QUOTED.sub(lambda match: f" {match[1]} ", text)
    groups = _groups(rest)
    plan = Plan(
        groups=groups,
        constraints=query.filters.constraints(),
        phrases=phrases,
        sort=query.sort,
        preferences=(),
    )
    return Understood(plan, rest=rest if groups else "")


def _groups(text: str) -> tuple[Group, ...]:
    words = dict.fromkeys(token.text for token in tokens(text))
    kept = [word for word in words if word not in _STOPWORDS] or list(words)
    return tuple(group_of(word) for word in kept[:MOST_GROUPS])


def group_of(word: str) -> Group:
    """A word with everything that may stand for it, the wording first."""
    keys: dict[str, float] = {word: 1.0}

    def add(key: str, factor: float) -> None:
        keys[key] = max(factor, keys.get(key, 0.0))

    for at, entry in enumerate(senses(word)):
        doubt = 1.0 if at == 0 else 0.7
        is_same = entry.relation in SAME_THING
        add(
            concept(entry.canonical if is_same else entry.term),
            SYNONYM * entry.weight * doubt if is_same else SYNONYM,
        )
    for link in synonyms(word):
        if link.relation not in SAME_THING:
            share = {"narrower": NARROWER, "broader": BROADER}.get(link.relation, RELATED)
            add(concept(link.word), share * link.weight)
    for part in parts(word):
        add(part, INSIDE)
    return Group(word, tuple(sorted(keys.items(), key=lambda each: -each[1])))
