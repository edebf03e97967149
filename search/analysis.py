"""From a document's texts to the weighted words of the index: BM25F with title over skills over names over body.

A word is indexed as itself, as the concept that it names (``=聚四氟乙烯`` for PTFE), and, for a compound, as its
parts at a lower weight, so that exact wording can rank above synonyms.
"""

from collections.abc import Iterable
from functools import lru_cache

from search.documents import BODY, NAMES, SKILLS, TITLE, TRADE, Record
from search.lexicon import SAME_THING
from search.words import CHEMICAL, fold, parts, senses, tokens

SATURATION = 1.2  # k1 of BM25
FIELDS = {  # weight, usual length in words, b of BM25: fixed, so that a document's weights depend on it alone
    TITLE: (3.0, 5.0, 0.4),
    SKILLS: (2.0, 5.0, 0.4),
    NAMES: (1.5, 6.0, 0.2),
    TRADE: (0.8, 2.0, 0.0),
    BODY: (1.0, 60.0, 0.6),
}
PART = 0.5  # what a word inside a compound weighs against a word by itself
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
    for entry in senses(word):
        name = entry.canonical if entry.relation in SAME_THING else entry.term
        found.setdefault(concept(name), 1.0)
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
    for token in tokens(text):
        found.append(token.text)
        is_single = len(token.text) == 1
        if before and token.start == end and (is_single or before.isascii()):
            found.append(before + token.text)
        before, end = (token.text if is_single else ""), token.end
    return found


def weights(record: Record) -> dict[str, float]:
    """The saturated BM25F weight, between 0 and 1, of each key of a record; multiply by the key's idf to score."""
    sums: dict[str, float] = {}
    words = {name: words_of(text) for name, text in record.texts.items()}
    doubtful = _doubtful(words)
    for name, found in words.items():
        weight, usual, b = FIELDS.get(name, FIELDS[BODY])
        factor = weight / (1 - b + b * len(found) / usual)
        _count((word for word in found if word not in doubtful), factor, sums)
        if name == TITLE:
            sums.update((IN_TITLE + key, weight) for word in found for key, _ in keys_of(word))
    sums.update((topic_key(topic), 1.0) for topic in record.topics)
    return {key: value / (SATURATION + value) for key, value in sums.items()}


def _doubtful(words: dict[str, list[str]]) -> frozenset[str]:
    """Short abbreviations of substances (6F, F4, VC) in a text that names no other: a floor, a key, a vitamin."""
    short, named = set(), 0
    for word in {word for found in words.values() for word in found}:
        if _is_chemical(word):
            if word.isascii() and len(word) <= 3:
                short.add(word)
            else:
                named += 1
    return frozenset() if named or len(short) > 1 else frozenset(short)


@lru_cache(maxsize=100_000)
def _is_chemical(word: str) -> bool:
    entry = next(iter(senses(word)), None)
    return entry is not None and entry.kind in CHEMICAL


def _count(found: Iterable[str], factor: float, sums: dict[str, float]) -> None:
    for word in found:
        for key, share in keys_of(word):
            sums[key] = sums.get(key, 0.0) + factor * share
