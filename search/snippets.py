"""The part of a text that shows why it was found, in pieces that matched or did not. No markup: pages add it."""

from collections.abc import Iterable, Sequence

from search.analysis import keys_of
from search.plan import Plan
from search.words import fold, fold_with_offsets, tokens

Pieces = tuple[tuple[str, bool], ...]
WIDTH = 72  # characters of a snippet


def wanted_keys(plan: Plan) -> frozenset[str]:
    """The keys whose words are marked: the wording, its synonyms, narrower things and parts."""
    return frozenset(key for group in plan.groups for key, factor in group.keys if factor >= 0.4)


def spans(text: str, wanted: frozenset[str], phrases: Sequence[str] = ()) -> list[tuple[int, int]]:
    """Where *text* holds wanted words or phrases, as places in *text* itself, in order and apart."""
    folded, offsets = fold_with_offsets(text)
    found = [
        (offsets[token.start], offsets[token.end])
        for token in tokens(folded)
        if any(key in wanted for key, _ in keys_of(token.text))
    ]
    for phrase in map(fold, phrases):
        at = folded.find(phrase) if phrase else -1
        if at >= 0:
            found.append((offsets[at], offsets[at + len(phrase)]))
    return _apart(found)


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
