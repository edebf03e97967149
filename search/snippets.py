"""The part of a text that shows why it was found, in pieces that matched or did not. No markup: pages add it."""

from collections.abc import Iterable, Sequence
from functools import lru_cache

from search.analysis import CONCEPT, TOPIC
from search.plan import Group
from search.words import fold, fold_with_offsets, lexicon, words_at

Pieces = tuple[tuple[str, bool], ...]
WIDTH = 72  # characters of a snippet
LONGEST_DOUBTFUL = 4  # characters of a match that may straddle two words: 氟化工|艺
MARKED = 0.4  # the least that a wording weighs to be marked


@lru_cache(maxsize=2_000)
def surfaces(group: Group) -> tuple[str, ...]:
    """Every spelling that is marked for a group: the wording, other names, narrower things and parts."""
    entries = lexicon().entries
    found: dict[str, None] = {}
    for key, factor in group.keys:
        if factor < MARKED or key.startswith(TOPIC):
            continue
        if not key.startswith(CONCEPT):
            found[key] = None
        elif entry := entries.get(key.removeprefix(CONCEPT)):
            found[fold(entry.term)] = None
            found.update(
                (fold(e.term), None) for e in lexicon().spellings.get(entry.term, ()) if e.weight > 0.8
            )
    return tuple(found)


def spans(text: str, wanted: Sequence[str]) -> list[tuple[int, int]]:
    """Where *text* holds one of the folded *wanted* words, as places in *text* itself, in order and apart.

    The longest should stand first: what lies inside a word that was found is not looked at again.
    """
    folded, offsets = fold_with_offsets(text)
    found: list[tuple[int, int]] = []
    for word in [each for each in wanted if each in folded]:
        at = folded.find(word)
        while at >= 0:
            end = at + len(word)
            is_inside = any(first <= at and end <= last for first, last in found)
            if not is_inside and _stands_alone(folded, at, end):
                found.append((at, end))
            at = folded.find(word, end)
    return _apart((offsets[start], offsets[end]) for start, end in found)


def _stands_alone(folded: str, start: int, end: int) -> bool:
    """Whether a match is no part of a longer Latin word, and does not straddle two Chinese ones (发|电工|程)."""
    first, last = folded[start], folded[end - 1]
    if (
        first.isascii()
        and start
        and folded[start - 1].isascii()
        and folded[start - 1].isalnum()
        and first.isalnum()
    ):
        return False
    if (
        last.isascii()
        and end < len(folded)
        and folded[end].isascii()
        and folded[end].isalnum()
        and last.isalnum()
    ):
        return False
    if end - start > LONGEST_DOUBTFUL or first.isascii() or last.isascii():
        return True
    begin = max(0, start - 3)
    return not _straddles(folded[begin : end + 3], start - begin, end - begin)


@lru_cache(maxsize=20_000)
def _straddles(window: str, start: int, end: int) -> bool:
    """Whether a word border of *window* lies inside the span while another word reaches into it."""
    borders = {border for _, first, last in words_at(window) for border in (first, last)}
    has_inner = any(start < border < end for border in borders)
    return has_inner and not (start in borders and end in borders)


def _apart(found: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def pieces(text: str, marked: Sequence[tuple[int, int]], start: int = 0, end: int | None = None) -> Pieces:
    """Cut ``text[start:end]`` at the marked spans."""
    end = len(text) if end is None else end
    cut: list[tuple[str, bool]] = []
    at = start
    for first, last in marked:
        left, right = max(first, start), min(last, end)
        if left < right:
            cut += [(text[at:left], False), (text[left:right], True)]
            at = right
    cut.append((text[at:end], False))
    return tuple(piece for piece in cut if piece[0])


def snippet(text: str, marked: Sequence[tuple[int, int]], width: int = WIDTH) -> Pieces:
    """The window of *text* with the most matches, with dots where something was left out."""
    text = text.strip("\n") if not marked else text
    if len(text) <= width:
        return pieces(text, marked)
    start = _densest(marked, width)
    start = max(0, min(start, len(text) - width))
    end = start + width
    shown = pieces(text, marked, start, end)
    before = (("…", False),) if start else ()
    after = (("…", False),) if end < len(text) else ()
    return (*before, *shown, *after)


def _densest(marked: Sequence[tuple[int, int]], width: int) -> int:
    """Where a window begins that holds the most marked characters, with a little context before the first."""
    best, best_sum = 0, -1
    for at, (start, _) in enumerate(marked):
        held = sum(min(b, start + width) - a for a, b in marked[at:] if a < start + width)
        if held > best_sum:
            best, best_sum = start, held
    return max(0, best - width // 6)
