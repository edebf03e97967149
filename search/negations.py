"""What the seeker does not want: 不去福州, 不跑业务, 别让我下车间, 氟碳漆以外, 除了销售."""

import re
from collections.abc import Iterable
from functools import lru_cache

from search.analysis import IN_TITLE, concept
from search.attributes import DAY, ROTATING, benefit_name, is_offer, shift_closure
from search.conditions import Finding
from search.lexicon import SAME_THING
from search.places import code_of, pattern
from search.query import Constraint, Reading
from search.words import canonical, fold, lexicon, parts, senses, tokens

_WHAT = r"([^\s,，。;；、!！?？的]{1,12}?)"
_END = r"(?=$|[\s,，。;；、!！?？的]|都行|就行|也行|岗位?$|工作$)"
_BEFORE = (
    r"(?:不(?:想|要|愿意?|考虑|打算|喜欢|需要|接受|用)?(?:再)?(?:去|到|做|干|当|跑|下|进|搞|碰|要|是|含|招|当|卖|开|教|搬|扛|接触|从事|安排)|不(?:要|想要?|考虑|接受|含|碰|需要?|用)|不(?=加班|出差|值班|熬夜|外派|驻外|应酬)"
    r"|别(?:(?:再|老)?(?:让我|给我|推荐|推送|推|安排)){0,3}(?:再)?(?:去|到|做|干|当|跑|下|进|搞|是)?|拒绝?|排除|除了?|非|无(?![氟水机菌尘损线油])需?|没有|避开|远离|免)"
)
_AHEAD = re.compile(rf"{_BEFORE}(?:我)?{_WHAT}(?:以外|之外|外)?{_END}")
_AFTER = re.compile(rf"{_WHAT}(?:以外|之外|除外)(?:的|都|,|，|\s|$)?")
_AROUND = re.compile(r"^[在去到进下](?=..)|(?<=..)(?:里面|里)?(?:干活|干|做事|做|工作|上班|呆着|待着)$")
_LINE_WORK = frozenset({"车间", "一线", "流水线", "产线", "生产线", "工厂一线"})
_SPECIFIC = frozenset({"substance", "material", "equipment", "software", "control_system"})


def read_negations(text: str, _: str) -> Iterable[Finding]:
    """Each thing that is refused, as a condition that it must not hold."""
    taken: list[tuple[int, int]] = []
    for expression in (_AFTER, _AHEAD):
        for match in expression.finditer(text):
            if any(start < match.end() and match.start() < end for start, end in taken):
                continue
            if expression is _AHEAD and _is_word(text, match):
                continue
            finding = _refused(text, match)
            if finding:
                taken.append(match.span())
                yield finding


def _is_word(text: str, match: re.Match[str]) -> bool:
    """无水氢氟酸, 不锈钢, 除尘器: no refusal but a word; 不加班 and 不出差 are words that refuse."""
    if any(entry.kind == "shift" for entry in senses(match[1])):
        return False
    return any(token.start <= match.start() and match.start(1) < token.end for token in tokens(text))


def _refused(text: str, match: re.Match[str]) -> Finding | None:
    what = _AROUND.sub("", match[1].strip("上个些")) or match[1]
    constraints = exclusions(what)
    is_short = match.start(1) - match.start() == 1 and not senses(what) and not jobs_named(what)
    if is_short and constraints and constraints[0].field == "text":
        return None  # 无氟制冷剂: one character before words that name no known thing is part of a name
    if (
        constraints and constraints[0].field == "text"
    ):  # 不跑长途: posts may say it where they say their hours
        said = fold(match[0]).lstrip("不别要想再 ").strip()
        constraints = (*constraints, Constraint("shift", "none", tuple(dict.fromkeys((what, said)))))
    if not constraints:
        return None
    reading = Reading("not", f"不要{what}", text[match.start() : match.end()].strip(), constraints, what)
    return Finding(reading, match.start(), match.end())


def exclusions(what: str) -> tuple[Constraint, ...]:
    """The conditions that keep *what* out; empty when it names nothing that can be told apart."""
    place = pattern().search(what)
    if place and len(place.group()) >= len(what) - 1:
        return (Constraint("place", "none", (code_of(place.group()),)),)
    if is_offer(benefit_name(what)):
        return (Constraint("offers", "none", (benefit_name(what),)),)
    entries = senses(what)
    if entries and entries[0].kind == "shift":
        name = canonical(what) or what
        is_rota = bool({ROTATING, DAY, "夜班"} & set(shift_closure(name)))
        stated = Constraint("shift", "none", tuple(dict.fromkeys((name, what))))
        # 加班, 出差: said in the text, and by an allowance for it
        said = Constraint("text", "none", (what, concept(name)))
        return (
            (stated,)
            if is_rota
            else (said, stated, Constraint("benefits", "none", (f"{what}补贴", f"{what}费")))
        )
    if entries and entries[0].kind == "certificate":
        return (Constraint("certified", "none", tuple(e.canonical for e in entries)),)
    if what in _LINE_WORK:
        return (Constraint("family", "none", ("生产操作",)),)
    return _words(what)


@lru_cache(maxsize=200)
def jobs_named(word: str) -> tuple[str, ...]:
    """The keys of all occupations whose names hold *word*, under their other names too: 业务 → 业务员, 销售代表."""
    if len(word) < 2:
        return ()
    named = [
        entry for term, entry in lexicon().entries.items() if word in term and entry.kind == "occupation"
    ]
    keys = {fold(entry.term) for entry in named} | {
        concept(entry.canonical) for entry in named if entry.weight >= 0.9
    }
    return tuple(sorted(keys))


def _words(what: str) -> tuple[Constraint, ...]:
    found = [token.text for token in tokens(what) if len(token.text) > 1 or token.text.isascii()]
    if not found or len(found) > 3:
        return ()
    keys: dict[str, None] = {}
    for word in found if len(found) == 1 else [what, found[-1]]:
        entries = senses(word)
        is_specific = bool(entries) and entries[0].kind in _SPECIFIC
        prefixes = ("", IN_TITLE) if is_specific else (IN_TITLE,)
        named = [concept(e.canonical) for e in entries if e.relation in SAME_THING]
        keys.update((prefix + key, None) for prefix in prefixes for key in (word, *named))
        keys.update((IN_TITLE + part, None) for part in parts(word))
        keys.update((IN_TITLE + key, None) for key in jobs_named(word))
    return (Constraint("text", "none", tuple(keys)),)
