"""Corrections: pinyin becomes characters, and words that nobody writes become the trade's words that sound or
look like them. A word that the index or the lexicon knows is never changed.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

from search import pinyin
from search.fillers import is_filler
from search.lexicon import SAME_THING
from search.places import names
from search.query import Constraint
from search.words import Token, fold, lexicon, parts, senses, tokens

_LATIN = re.compile(r"(?<![a-z0-9])[a-z]+(?:[ '][a-z]+)*(?![a-z0-9&+#])")
_HAN = re.compile(r"[\u4e00-\u9fff]+")
LONGEST = 9  # characters of a word that is looked for
MOST_PIECES = 4
LONGEST_RUN = 40  # characters without a break: nobody misspells one word in more
_KIND_ORDER = (
    "substance",
    "material",
    "occupation",
    "equipment",
    "job_word",
    "certificate",
    "process",
    "benefit",
)


@dataclass(frozen=True)
class Vocabulary:
    """What an index knows: how many documents hold a word, its enterprises in one text, and words of its titles."""

    frequency: Callable[[str], int]
    enterprises: str = ""
    can_meet: Callable[[Constraint], bool] = lambda _: True


NOTHING = Vocabulary(lambda _: 0)


@dataclass(frozen=True)
class Spellings:
    """Words by how they sound, and by what is left when one character is taken out."""

    sounds: dict[str, list[str]]
    initials: dict[str, list[str]]
    holes: dict[str, list[str]]


@cache
def spellings() -> Spellings:
    """The lexicon and the places, for looking up; made on first use."""
    found = Spellings({}, {}, {})
    for word in dict.fromkeys(_words()):
        found.sounds.setdefault(pinyin.full(word), []).append(word)
        found.initials.setdefault(pinyin.initials(word), []).append(word)
        if len(word) > 2 and is_solid(word):
            for at in range(len(word)):
                found.holes.setdefault(f"{word[:at]}?{word[at + 1 :]}", []).append(word)
    return found


def is_solid(word: str) -> bool:
    """Whether a word is a proper term, for which a slip of the pen can be told: no everyday phrase, no place."""
    entry = lexicon().entries.get(word)
    return entry is not None and entry.kind in _KIND_ORDER[:-1] and entry.relation in ("same", "synonym")


def _words() -> Iterable[str]:
    for word, entry in lexicon().entries.items():
        if _HAN.fullmatch(word) and 1 < len(word) <= LONGEST and entry.relation != "typo":
            yield word
            yield from (
                part for part in parts(word) if _HAN.fullmatch(part) and part not in lexicon().entries
            )
    yield from (name for name in names() if name not in lexicon().entries)


def corrected(text: str, vocabulary: Vocabulary) -> str:
    """The text with pinyin and misspelt trade words replaced; the same text when all is well."""
    if any(letter.isascii() and letter.isalpha() for letter in text):
        text = _LATIN.sub(lambda match: _from_pinyin(match[0], text, vocabulary), text)
    text = _HAN.sub(lambda match: _respelt(match[0], vocabulary), text)
    for token in reversed(tokens(text)):
        entry = next(iter(senses(token.text)), None)
        if entry and entry.relation == "typo" and not vocabulary.frequency(token.text):
            text = text[: token.start] + fold(entry.canonical) + text[token.end :]
    return text


def _from_pinyin(letters: str, text: str, vocabulary: Vocabulary) -> str:
    words = letters.split()
    if len(words) > 1 and any(_is_known(word, vocabulary) for word in words):
        return " ".join(_from_pinyin(word, text, vocabulary) for word in words)
    if _is_known(letters, vocabulary):
        return letters
    squeezed = re.sub(r"[ ']", "", letters)
    if len(squeezed) > 40:
        return letters
    named = _cut_pinyin(squeezed, vocabulary)
    if named:
        return " ".join(named)
    if letters == text.strip() and 3 <= len(letters) <= LONGEST:
        return _best(spellings().initials.get(letters, []), vocabulary) or letters
    return letters


def _is_known(word: str, vocabulary: Vocabulary) -> bool:
    return bool(senses(word) or vocabulary.frequency(word))


def _cut_pinyin(letters: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Cut letters into the fewest words by sound; empty when they cannot be cut."""
    sounds = spellings().sounds
    best: list[tuple[str, ...] | None] = [()] + [None] * len(letters)
    for end in range(3, len(letters) + 1):
        for start in range(end - 2):
            before, named = best[start], sounds.get(letters[start:end])
            if before is None or not named or len(before) == MOST_PIECES:
                continue
            if best[end] is None or len(before) + 1 < len(best[end] or ()):
                best[end] = (*before, _best(named, vocabulary))
    return best[len(letters)] or ()


def _best(words: list[str], vocabulary: Vocabulary) -> str:
    """Of words that sound alike, the one that most documents hold; then places, and official names."""
    return max(words, key=lambda word: (vocabulary.frequency(word), _rank(word), -len(word)), default="")


def _rank(word: str) -> int:
    entry = lexicon().entries.get(word)
    if entry is None:
        return 6
    kind = _KIND_ORDER.index(entry.kind) if entry.kind in _KIND_ORDER else len(_KIND_ORDER)
    return (10 if entry.relation == "same" else 5 if entry.relation in SAME_THING else 0) - kind


def _respelt(run: str, vocabulary: Vocabulary) -> str:
    """A run of characters with its doubtful stretch replaced, when something in it is no known word."""
    cut = tokens(run)
    doubtful = [token for token in cut if _is_doubtful(run, token, vocabulary)]
    if not doubtful or run in vocabulary.enterprises or not 1 < len(run) <= LONGEST_RUN:
        return run
    for token in doubtful[:3]:
        for start, end in _windows(cut, token.start, token.end, len(run)):
            better = _sounding_like(run[start:end], vocabulary)
            if better:
                return run[:start] + better + _respelt(run[end:], vocabulary)
    return run


def _is_doubtful(run: str, token: Token, vocabulary: Vocabulary) -> bool:
    """Whether a word is unknown; a single character is, unless the index holds it with a neighbour (a name)."""
    word = token.text
    if is_filler(word) or senses(word):
        return False
    if len(word) > 1:
        return not vocabulary.frequency(word)
    around = run[max(0, token.start - 1) : token.end + 1]
    return not any(vocabulary.frequency(first + second) for first, second in pairwise(around))


@lru_cache(maxsize=1_000)
def _spans(boundaries: tuple[int, ...], start: int, end: int) -> tuple[tuple[int, int], ...]:
    pairs = [
        (a, b) for a in boundaries for b in boundaries if a <= start and b >= end and 2 <= b - a <= LONGEST
    ]
    return tuple(sorted(pairs, key=lambda pair: pair[0] - pair[1]))


def _windows(cut: Sequence[Token], start: int, end: int, length: int) -> tuple[tuple[int, int], ...]:
    """Stretches of whole words around a doubtful one, the longest first."""
    near = [token for token in cut if abs(token.start - start) <= LONGEST]
    return _spans(tuple(sorted({0, length} | {t.start for t in near} | {t.end for t in near})), start, end)


def _sounding_like(words: str, vocabulary: Vocabulary) -> str:
    """A known word with the same sound, or, from three characters, with one other character."""
    if vocabulary.frequency(words):
        return ""
    known = spellings()
    alike = [word for word in known.sounds.get(pinyin.full(words), []) if len(word) == len(words)]
    is_a_word = len(tokens(words)) == 1  # 一线 is no slip for a place that sounds like it
    alike = [word for word in alike if is_solid(word) or (word in names() and not is_a_word)]
    if not alike and len(words) > 2 and any(len(token.text) == 1 for token in tokens(words)):
        for at in range(len(words)):
            alike += known.holes.get(f"{words[:at]}?{words[at + 1 :]}", [])
        alike = [word for word in alike if _is_near(word, words)]
    return _best(alike, vocabulary) if words not in alike else ""


def _is_near(word: str, typed: str) -> bool:
    """Whether the differing character is a plausible slip: close in sound, or one of at least four."""
    a, b = next((pinyin.full(x), pinyin.full(y)) for x, y in zip(word, typed, strict=True) if x != y)
    return len(word) > 3 or a[:1] == b[:1] or a[1:] == b[1:]
