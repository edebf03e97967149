"""Words: the only module that knows jieba. A word is what jieba says with the trade lexicon loaded.

Terms with letters or digits (PTFE, R32, C语言, P&ID) never reach jieba, which would cut ``ec`` out of
``technology``. They are found first, by a pattern that allows a space or a hyphen inside (``r 134a``).
The lexicon is read on first use (a few hundred milliseconds), once per process; functions are thread safe.
"""

import importlib
import re
import threading
import warnings
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache, partial
from itertools import accumulate
from typing import NamedTuple, Protocol

from search.folding import fold, fold_with_offsets, simplify
from search.lexicon import DIRECTORY as LEXICON
from search.lexicon import SAME_THING, Entry, Lexicon, Link, read
from search.pattern import squeeze, term_pattern

try:
    import rjieba
except ImportError:  # the pure Python build gives the same words, slower
    rjieba = None  # type: ignore[assignment]  # a module or nothing

__all__ = [
    "LEXICON",
    "SAME_THING",
    "Link",
    "Term",
    "Token",
    "canonical",
    "cut",
    "fold",
    "fold_with_offsets",
    "is_term",
    "lexicon",
    "parts",
    "senses",
    "simplify",
    "synonyms",
    "terms",
    "tokens",
    "words_at",
]  # fmt: skip

FREQUENCY = 20_000  # high enough that a trade term stays whole in any sentence
_HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]+")
_WORD = re.compile(r"[^\W_]")
_VERBS = frozenset("开修看做管跑搞当干烧拉送")  # 开叉车, 修仪表
_PIECES = re.compile(r"[a-z0-9+#]+|[\u3400-\u9fff]+")
CHEMICAL = frozenset({"substance", "material"})
_HEADED = frozenset({"occupation", "job_word", "certificate", "skill", "equipment", "shift", "benefit"})


class Token(NamedTuple):
    """A word of a folded text, with where it stands in it."""

    text: str
    start: int
    end: int


_token: Callable[[tuple[str, int, int]], Token] = partial(tuple.__new__, Token)


class Term(NamedTuple):
    """A trade term found in a text; ``start`` and ``end`` count characters of the folded text."""

    canonical: str
    surface: str
    kind: str
    start: int
    end: int


class Cutter(Protocol):
    """A build of jieba. ``cut`` loses nothing: spaces and punctuation come back as words too."""

    def cut(self, text: str) -> list[str]: ...

    def knows(self, word: str) -> bool: ...


class JiebaCutter:
    """The reference: jieba's own dictionary and *terms*, without guessing new words."""

    def __init__(self, terms: Iterable[str]) -> None:
        with warnings.catch_warnings():  # its sources warn when they are compiled
            warnings.simplefilter("ignore")
            jieba = importlib.import_module("jieba")  # half a second: only where it is needed
        jieba.setLogLevel("WARNING")
        self._tokenizer = jieba.Tokenizer()
        self._tokenizer.initialize()
        for term in terms:
            self._tokenizer.add_word(term, FREQUENCY)

    def cut(self, text: str) -> list[str]:
        words: list[str] = self._tokenizer.lcut(text, HMM=False)
        return words

    def knows(self, word: str) -> bool:
        return bool(self._tokenizer.FREQ.get(word))


class RustCutter:
    """The same words from rjieba, 15 to 20 times faster.

    Importing rjieba makes one dictionary for the process; a second one would take 25 MB of every worker.
    """

    def __init__(self, terms: Iterable[str]) -> None:
        for term in terms:
            rjieba.add_word(term, FREQUENCY, "n")

    def cut(self, text: str) -> list[str]:
        return rjieba.cut(text, False)

    def knows(self, word: str) -> bool:
        return rjieba.has_word(word)


class _Vocabulary:
    """Everything loaded: the lexicon, the pattern of terms with letters, and jieba with the other terms."""

    def __init__(self) -> None:
        self.lexicon: Lexicon = read(fold)
        mixed = [term for term in self.lexicon.entries if not _HAN.fullmatch(term)]
        self.pattern = term_pattern(mixed)
        self.squeezed = {squeeze(term): term for term in sorted(mixed, key=len, reverse=True)}
        han = [term for term in self.lexicon.entries if _HAN.fullmatch(term)]
        self.cutter: Cutter = JiebaCutter(han) if rjieba is None else RustCutter(han)

    def spelling(self, surface: str) -> str:
        """The lexicon's spelling of a term written with other separators; other words as they are."""
        if surface in self.lexicon.entries or surface.isalpha():
            return surface
        return self.squeezed.get(squeeze(surface), surface)


_loading = threading.Lock()
_loaded: list[_Vocabulary] = []


def _vocabulary() -> _Vocabulary:
    if not _loaded:
        with _loading:
            if not _loaded:
                _loaded.append(_Vocabulary())
    return _loaded[0]


def lexicon() -> Lexicon:
    """The trade lexicon; its keys are folded."""
    return _vocabulary().lexicon


def tokens(text: str) -> Sequence[Token]:
    """Cut *text* (folded here) into words with their places; spaces and punctuation are left out.

    A term written with other separators than the lexicon's (``r 134a``) comes out in the lexicon's spelling
    (``r134a``), so ``end - start`` can differ from the length of the word.
    """
    return list(map(_token, words_at(fold(text))))


@lru_cache(maxsize=2_000)  # a document's text is asked for several times while it is put in
def words_at(folded: str) -> Sequence[tuple[str, int, int]]:
    """The same as :func:`tokens` of a folded text, as plain tuples: for whole documents, where each word is felt."""
    vocabulary = _vocabulary()
    found: list[tuple[str, int, int]] = []
    at = 0
    for match in vocabulary.pattern.finditer(folded):
        start, end = match.span()
        if start > at:
            found += _cut_piece(vocabulary.cutter, folded[at:start], at)
        found.append((vocabulary.spelling(match.group()), start, end))
        at = end
    if at < len(folded):
        found += _cut_piece(vocabulary.cutter, folded[at:], at)
    return found


def _cut_piece(cutter: Cutter, piece: str, at: int) -> list[tuple[str, int, int]]:
    words = cutter.cut(piece)
    ends = list(accumulate(map(len, words), initial=at))
    every = zip(words, ends, ends[1:], strict=False)
    return [word for word in every if word[0].isalnum() or _WORD.match(word[0])]


def cut(text: str) -> list[str]:
    """Cut *text* into its words, in order: what both the index and the matcher count."""
    return [word for word, _, _ in words_at(fold(text))]


def terms(text: str) -> list[Term]:
    """Find the trade terms in *text*, the longest at each place, as the word boundaries allow."""
    known = _vocabulary().lexicon.entries
    return [
        Term(known[word].canonical, word, known[word].kind, start, end)
        for word, start, end in words_at(fold(text))
        if word in known
    ]


def is_term(word: str) -> bool:
    """Whether *word* is a term of the lexicon, however it is written."""
    return bool(senses(word))


def senses(word: str) -> tuple[Entry, ...]:
    """All meanings of a word in the lexicon, likeliest first; empty when the trade does not know it."""
    vocabulary = _vocabulary()
    return vocabulary.lexicon.senses(vocabulary.spelling(fold(word)))


def canonical(word: str) -> str | None:
    """The official name of the thing that *word* names, or None for a word outside the lexicon.

    A kind of something larger (a brand, a grade) is its own canonical form: only names of the same thing
    are replaced.
    """
    found = senses(word)
    if not found:
        return None
    return found[0].canonical if found[0].relation in SAME_THING else found[0].term


@lru_cache(maxsize=20_000)
def synonyms(word: str) -> tuple[Link, ...]:
    """Other words for *word*, best first: names of the same thing, then narrower, broader, related ones."""
    book = lexicon()
    links: dict[str, Link] = {}
    for entry in senses(word):
        is_same = entry.relation in SAME_THING
        name, weight = (entry.canonical, entry.weight) if is_same else (entry.term, 1.0)
        others = [
            Link(e.term, e.relation, e.weight)
            for e in book.spellings.get(name, ())
            if e.relation in SAME_THING
        ]
        for link in (*others, *book.links.get(name, ())):
            key = fold(link.word)
            if key not in links or links[key].weight < weight * link.weight:
                links[key] = Link(link.word, link.relation, weight * link.weight)
    links.pop(fold(word), None)
    return tuple(sorted(links.values(), key=lambda link: (link.relation not in SAME_THING, -link.weight)))


@lru_cache(maxsize=50_000)
def parts(word: str) -> tuple[str, ...]:
    """Words inside a compound (氟化工艺作业 → 氟化工艺, 作业; 电工证 → 电工; ehs工程师 → ehs, 工程师).

    The compound must split into known words; only the last character may stand alone (工, 员, 证), and is
    then left out. Empty for a word that has no such split, and for most chemical names.
    """
    vocabulary = _vocabulary()
    entry = vocabulary.lexicon.entries.get(word)
    if not _HAN.fullmatch(word):
        pieces = tuple(piece for piece in _PIECES.findall(word) if len(piece) > 1)
        return pieces if len(pieces) > 1 else ()
    if len(word) < 3 or (entry and entry.kind in CHEMICAL and len(word) < 7):
        return ()
    if word[0] in _VERBS and vocabulary.cutter.knows(word[1:]):
        return (word[1:],)
    may_end_short = entry is None or entry.kind in _HEADED
    best: list[tuple[str, ...] | None] = [()] + [None] * len(word)
    for end in range(2, len(word) + 1):
        for start in range(end - 1):
            piece, before = word[start:end], best[start]
            if before is None or piece == word or not vocabulary.cutter.knows(piece):
                continue
            if best[end] is None or len(before) + 1 < len(best[end] or ()):
                best[end] = (*before, piece)
    return best[len(word)] or (may_end_short and best[len(word) - 1]) or ()
