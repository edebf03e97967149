"""One regular expression for all terms with letters or digits, shared prefixes folded together."""

import re
from collections.abc import Iterable

SEPARATORS = re.compile(r"[ \-_/·.]+")
_OPTIONAL = "\0"  # stands in the tree for "a separator may stand here"
_OPTIONAL_PATTERN = r"[ \-_/·.]?"
_NO_LATIN = "\1"  # stands for "no letter or digit follows"
_END = ""
_CHINESE = re.compile(r"[\u4e00-\u9fff]+")

Tree = dict[str, "Tree"]


def squeeze(term: str) -> str:
    """Take spaces, hyphens and the like out of a folded term: ``icp-ms`` and ``icp ms`` become ``icpms``."""
    return SEPARATORS.sub("", term)


def term_pattern(terms: Iterable[str]) -> re.Pattern[str]:
    """Compile a pattern that finds the longest of *terms* at a place, never inside a longer Latin word."""
    tree: Tree = {}
    terms = list(terms)
    for term in terms:
        node = tree
        for unit in _units(term):
            node = node.setdefault(unit, {})
        node[_END] = {}
    latin = {unit: below for unit, below in tree.items() if _is_latin(unit)}
    others = {unit: below for unit, below in tree.items() if unit not in latin}
    starts = [rf"(?<![a-z0-9])(?=[a-z0-9]){_render(latin)}"] if latin else []
    if others:  # 西门子plc: tried only where something else than a Chinese character is near
        starts.append(rf"(?![a-z0-9]){_near(others, terms)}{_render(others)}")
    return re.compile(f"(?:{'|'.join(starts)})" if starts else r"(?!)")


def _near(starts: Iterable[str], terms: Iterable[str]) -> str:
    """Looks ahead for the first character that is not Chinese, as far as any term goes before one."""
    heads = [_CHINESE.match(term) for term in terms if term[:1] in starts]
    if any(head is None or head.end() == len(head.string) for head in heads):
        return ""
    longest = max((head.end() for head in heads if head), default=0)
    return rf"(?=[\u4e00-\u9fff]{{1,{longest}}}[^\u4e00-\u9fff])"


def _units(term: str) -> list[str]:
    """Spell a term as characters, with an optional separator wherever writers put one."""
    units: list[str] = []
    for before, character in zip(" " + term, term, strict=False):
        if SEPARATORS.match(character):
            continue
        change = before.isascii() and character.isascii() and before.isalpha() != character.isalpha()
        if units and (SEPARATORS.match(before) or change):
            units.append(_OPTIONAL)
        units.append(character)
    if term and _is_latin(units[-1]):
        units.append(_NO_LATIN)
    return units


def _is_latin(character: str) -> bool:
    return character.isascii() and character.isalnum()


def _render(tree: Tree) -> str:
    """Write a tree as a pattern; a branch that ends comes last, so that the longest term wins."""
    longest_first = sorted(tree.items(), key=lambda branch: branch[0] in (_NO_LATIN, _END))
    if not tree:
        return ""
    branches = [_unit(unit) + _render(below) for unit, below in longest_first]
    return branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"


def _unit(unit: str) -> str:
    if unit == _OPTIONAL:
        return _OPTIONAL_PATTERN
    return r"(?![a-z0-9])" if unit == _NO_LATIN else re.escape(unit)
