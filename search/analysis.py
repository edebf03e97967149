"""From a document's texts to the weighted words of the index: BM25F with title over skills over names over body.

A word is indexed as itself, as the concept that it names (``=聚四氟乙烯`` for PTFE), and, for a compound, as its
parts at a lower weight, so that exact wording can rank above synonyms.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from search.documents import BODY, MAJORS, NAMES, SKILLS, TITLE, TITLES, TRADE, Record
from search.lexicon import SAME_THING
from search.words import CHEMICAL, fold, parts, senses, words_at

SATURATION = 1.2  # k1 of BM25
FIELDS = {  # weight, usual length in words, b of BM25: fixed, so that a document's weights depend on it alone
    TITLE: (3.0, 5.0, 0.4),
    SKILLS: (2.0, 5.0, 0.4),
    NAMES: (1.5, 6.0, 0.2),
    TRADE: (0.8, 2.0, 0.0),
    TITLES: (2.5, 8.0, 0.4),
    MAJORS: (1.5, 3.0, 0.2),
    BODY: (1.0, 60.0, 0.6),
}
PART = 0.5  # what a word inside a compound weighs against a word by itself
OTHER_SENSE = 0.4  # what a less likely meaning weighs: 氟化工 is the industry, seldom a man at a fluorination
CONCEPT = "="
TOPIC = "#"  # before what a document belongs to: its job family, its link of the chain
IN_TITLE = "^"  # before the keys of the title alone, for leaving out what a post is about


def concept(name: str) -> str:
    """The index's key of a canonical name."""
    return CONCEPT + fold(name)


def topic_key(topic: str) -> str:
    """The index's key of a job family or a link of the chain."""
    return TOPIC + fold(topic)


@lru_cache(maxsize=100_000)
def keys_of(word: str) -> tuple[tuple[str, float], ...]:
    """The keys under which a word of a document is indexed, with their weights."""
    found: dict[str, float] = {word: 1.0}
    for at, entry in enumerate(senses(word)):
        name = entry.canonical if entry.relation in SAME_THING else entry.term
        found.setdefault(concept(name), OTHER_SENSE if at else 1.0)
    for part in parts(word):
        found.setdefault(part, PART)
        for entry in senses(part):
            if entry.relation in SAME_THING:
                found.setdefault(concept(entry.canonical), PART)
    return tuple(found.items())


def words_of(text: str) -> list[str]:
    """The words of a text, and single characters with what follows: names that no dictionary knows, x射线."""
    found: list[str] = []
    before, end = "", -1
    for word, start, stop in words_at(fold(text)):
        found.append(word)
        is_single = len(word) == 1
        if before and start == end and (is_single or before.isascii()):
            found.append(before + word)
        before, end = (word if is_single else ""), stop
    return found


@dataclass(frozen=True)
class Weighed:
    """Entries of a sparse matrix of documents by keys: ``keys[columns[i]]`` weighs ``values[i]`` in row ``rows[i]``."""

    keys: list[str]
    rows: NDArray[np.int32]
    columns: NDArray[np.int32]
    values: NDArray[np.float64]


def weigh(records: Sequence[Record]) -> Weighed:
    """The :func:`weights` of many records, by products of sparse matrices: a sixth of the time."""
    numbers: dict[str, int] = {}
    in_texts, in_titles = _Entries(), _Entries()
    for row, record in enumerate(records):
        words = {name: words_of(text) for name, text in record.texts.items()}
        doubtful = _doubtful(words)
        for name, found in words.items():
            weight, usual, b = FIELDS.get(name, FIELDS[BODY])
            kept = [word for word in found if word not in doubtful] if doubtful else found
            columns = [numbers.setdefault(word, len(numbers)) for word in kept]
            in_texts.add(row, columns, weight / (1 - b + b * len(found) / usual))
            if name == TITLE:
                in_titles.add(row, [numbers.setdefault(word, len(numbers)) for word in found], 1.0)
    shape = (len(records), len(numbers))
    keys: dict[str, int] = {}
    sums = in_texts.matrix(shape) @ _spread(numbers, keys, "")
    titles = in_titles.matrix(shape) @ _spread(numbers, keys, IN_TITLE)
    titles.data[:] = FIELDS[TITLE][0]
    topics = _topics(records, keys)
    for each in (sums, titles, topics):
        each.resize(len(records), len(keys))
    total = (sums + titles + topics).tocoo()
    return Weighed(list(keys), total.row, total.col, total.data / (SATURATION + total.data))


def weights(record: Record) -> dict[str, float]:
    """The saturated BM25F weight, between 0 and 1, of each key of a record; multiply by the key's idf to score.

    :func:`weigh` says the same of many records at once.
    """
    sums: dict[str, float] = {}
    words = {name: words_of(text) for name, text in record.texts.items()}
    doubtful = _doubtful(words)
    for name, found in words.items():
        weight, usual, b = FIELDS.get(name, FIELDS[BODY])
        factor = weight / (1 - b + b * len(found) / usual)
        for word in found:
            for key, share in () if word in doubtful else keys_of(word):
                sums[key] = sums.get(key, 0.0) + factor * share
        if name == TITLE:
            sums.update((IN_TITLE + key, weight) for word in found for key, _ in keys_of(word))
    sums.update((topic_key(topic), 1.0) for topic in record.topics)
    return {key: value / (SATURATION + value) for key, value in sums.items()}


class _Entries:
    """Words of documents with their factors, gathered for one matrix."""

    def __init__(self) -> None:
        self.columns: list[int] = []
        self.lengths: list[int] = []
        self.rows: list[int] = []
        self.factors: list[float] = []

    def add(self, row: int, columns: list[int], factor: float) -> None:
        self.columns += columns
        self.lengths.append(len(columns))
        self.rows.append(row)
        self.factors.append(factor)

    def matrix(self, shape: tuple[int, int]) -> sp.csr_matrix:
        """Documents by words; what stands twice adds up."""
        rows, factors = np.repeat(self.rows, self.lengths), np.repeat(self.factors, self.lengths)
        columns = np.array(self.columns, np.int64)
        return sp.csr_matrix((factors, (rows.astype(np.int64), columns)), shape)


def _spread(words: dict[str, int], keys: dict[str, int], prefix: str) -> sp.csr_matrix:
    """Words by keys: under which *keys* (grown here) each word is indexed, with what share."""
    starts, columns, shares = [0], [], []
    for word in words:
        for key, share in keys_of(word):
            columns.append(keys.setdefault(prefix + key, len(keys)))
            shares.append(share)
        starts.append(len(columns))
    return sp.csr_matrix((shares, columns, starts), (len(words), len(keys)), dtype=np.float64)


def _topics(records: Sequence[Record], keys: dict[str, int]) -> sp.csr_matrix:
    starts, columns = [0], []
    for record in records:
        columns += [keys.setdefault(topic_key(topic), len(keys)) for topic in dict.fromkeys(record.topics)]
        starts.append(len(columns))
    return sp.csr_matrix((np.ones(len(columns)), columns, starts), (len(records), len(keys)))


def _doubtful(words: dict[str, list[str]]) -> frozenset[str]:
    """Short abbreviations of substances (6F, F4, VC) in a text that names no other: a floor, a key, a vitamin."""
    every = set().union(*words.values())
    short = {word for word in every if len(word) <= 3 and word.isascii() and _is_chemical(word)}
    if len(short) != 1:
        return frozenset()
    is_alone = not any(_is_chemical(word) for word in every if not (word.isascii() and len(word) <= 3))
    return frozenset(short) if is_alone else frozenset()


@lru_cache(maxsize=100_000)
def _is_chemical(word: str) -> bool:
    entry = next(iter(senses(word)), None)
    return entry is not None and entry.kind in CHEMICAL
