"""From what was typed to a plan: corrections, conditions that become chips, phrases, and words with synonyms."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from search.analysis import concept, topic_key, words_of
from search.conditions import AFTER_NEGATIONS, BEFORE_NEGATIONS, Finding, Reader
from search.fillers import is_filler, strip_fillers
from search.lexicon import SAME_THING
from search.negations import read_negations
from search.perspectives import seen_from
from search.plan import Group, Plan, Preference
from search.query import Kind, Query, Reading
from search.spelling import Vocabulary, corrected
from search.topics import family_wishes, topics
from search.words import Link, cut, fold, parts, senses, synonyms

LONGEST_TEXT = 200  # characters; nobody reads further, and neither do we
MOST_GROUPS = 16
_SPACED = re.compile(r"(?<![a-z0-9])[a-z0-9](?: [a-z0-9]){2,}(?![a-z0-9])")  # p t f e
_MINUS = re.compile(r"(?<!\S)-(?=[^\W\d])")  # 操作工 -倒班: the operator of other search pages
_QUOTED = re.compile(r"[\"“”「『]([^\"“”「」『』]{1,60})[\"“”」』]")
_READERS: tuple[Reader, ...] = (*BEFORE_NEGATIONS, read_negations, *AFTER_NEGATIONS)

SYNONYM = 0.85  # what another name of the same thing weighs against the wording
NARROWER = 0.75
BROADER = 0.35
RELATED = 0.3
CLOSE = 0.8  # related so nearly that posts name one for the other: 氟化氢 and 氢氟酸
INSIDE = 0.4  # a part of a compound
ALONE = 0.3  # a single Chinese character, left over between words
BESIDE_WORDS = 0.4  # how much of its bonus a preference keeps when there are words to rank by
_RANKS = frozenset(
    [
        "工程师",
        "经理",
        "主管",
        "专员",
        "助理",
        "技术员",
        "操作工",
        "操作员",
        "班长",
        "组长",
        "员工",
        "人员",
        "作业",
        "主任",
        "师傅",
        "总监",
        "部长",
        "工作",
    ]
)


@dataclass(frozen=True)
class Understood:
    """What a text means: the plan, the conditions read, the words left, what was corrected, and words that no
    document has, so that only the conditions are looked for.
    """

    plan: Plan
    readings: tuple[Reading, ...] = ()
    rest: str = ""
    corrected: str = ""
    unknown: tuple[Group, ...] = ()


def understand(query: Query, vocabulary: Vocabulary) -> Understood:
    """Read a query. Any text is allowed; what is not understood stays text."""
    text = fold(query.text[: 4 * LONGEST_TEXT]).strip()[:LONGEST_TEXT]
    text = _SPACED.sub(lambda match: match[0].replace(" ", ""), text)
    text = _MINUS.sub("不要", text) if query.understand else text
    better = corrected(text, vocabulary) if query.understand else text
    protected = tuple(fold(words) for words in query.as_text if words.strip())
    rest, findings = _read(better, vocabulary, protected, query.kind) if query.understand else (better, ())
    phrases = tuple(dict.fromkeys(m.strip() for m in _QUOTED.findall(rest) if m.strip()))
    rest = " ".join(_QUOTED.sub(lambda match: f" {match[1]} ", rest).split())
    readings = tuple(finding.reading for finding in findings)
    demands = tuple(constraint for reading in readings for constraint in reading.constraints)
    groups = _groups(rest, is_stripped=query.understand, may_be_empty=bool(readings))
    unknown: tuple[Group, ...] = ()
    if readings and not any(vocabulary.frequency(key) for group in groups for key, _ in group.keys):
        groups, unknown = (), groups  # 不想在车间干的女生: what was read is all that can be searched for
    plan = Plan(
        groups=groups,
        constraints=(*query.filters.constraints(), *demands),
        preferences=(*_wishes(findings, has_words=bool(groups)), *family_wishes(groups)),
        phrases=phrases,
        sort=query.sort,
    )
    return Understood(plan, readings, rest, better if better != text else "", unknown)


def _read(
    text: str, vocabulary: Vocabulary, protected: Sequence[str], kind: Kind
) -> tuple[str, list[Finding]]:
    """Ask the readers in turn; give back the text without what they read, and the findings in their order."""
    rest = text
    for words in protected:
        rest = rest.replace(words, "\1" * len(words))
    found: list[Finding] = []
    for reader in _READERS:
        for read in list(reader(rest, vocabulary.enterprises)):
            finding = seen_from(kind, read)
            if finding is None or not all(
                vocabulary.can_meet(constraint) for constraint in finding.reading.constraints
            ):
                continue
            rest = rest[: finding.start] + " " * (finding.end - finding.start) + rest[finding.end :]
            found.append(finding)
    left = "".join(new if new != "\1" else old for old, new in zip(text, rest, strict=True))
    found.sort(key=lambda finding: finding.start)
    return left, found


def _wishes(findings: Sequence[Finding], *, has_words: bool) -> tuple[Preference, ...]:
    share = BESIDE_WORDS if has_words else 1.0
    return tuple(
        Preference(wish.constraint, wish.bonus * share)
        for finding in findings
        for wish in finding.preferences
    )


def _groups(text: str, *, is_stripped: bool, may_be_empty: bool) -> tuple[Group, ...]:
    text = strip_fillers(text) if is_stripped else text
    words = list(dict.fromkeys(words_of(text)))
    pairs = [word for word in words if any(word == first + second for first, second in pairwise(cut(text)))]
    kept = [w for w in words if not is_filler(w) and not (len(w) == 1 and any(w in pair for pair in pairs))]
    if not kept and not may_be_empty:
        kept = words
    return tuple(group_of(word) for word in kept[:MOST_GROUPS])


def _share(link: Link) -> float:
    if link.relation == "related":
        return CLOSE if link.weight >= 0.85 else RELATED
    return NARROWER if link.relation == "narrower" else BROADER


@lru_cache(maxsize=5_000)
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
            SYNONYM * (entry.weight if is_same else 1) * doubt,
        )
    for link in synonyms(word):
        if link.relation not in SAME_THING:
            add(concept(link.word), _share(link) * link.weight)
    for topic, factor in topics(word).items():
        add(topic_key(topic), factor)
    for part in parts(word):
        if part in _RANKS:
            continue
        add(part, INSIDE)
        if senses(part) and senses(part)[0].relation in SAME_THING:
            add(concept(senses(part)[0].canonical), INSIDE * SYNONYM)
    weight = ALONE if len(word) == 1 and not word.isascii() else 1.0
    return Group(word, tuple(sorted(keys.items(), key=lambda each: -each[1])), weight)
