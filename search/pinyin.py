"""Pinyin of words: full without tones, and initials.

The phrase book of pypinyin takes 43 MB of each process. Its 47,000 phrases differ from character by
character reading in few words that a county's posts can hold: those lie in lexicon/readings.tsv.
"""

import csv
import os
from functools import lru_cache
from pathlib import Path

os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")  # read when pypinyin is imported

from pypinyin import Style, lazy_pinyin, load_phrases_dict

READINGS = Path(__file__).parent / "lexicon" / "readings.tsv"  # a word, and its syllables with tones

with READINGS.open(encoding="utf-8", newline="") as _file:
    load_phrases_dict(
        {
            row["word"]: [[syllable] for syllable in row["reading"].split()]
            for row in csv.DictReader(_file, delimiter="\t")
        }
    )


@lru_cache(maxsize=50_000)
def syllables(word: str) -> tuple[str, ...]:
    """The syllables of a word, its other characters as they are: 氢氟酸 → qing, fu, suan; ü is v."""
    return tuple(lazy_pinyin(word, style=Style.NORMAL, v_to_u=False))


def full(word: str) -> str:
    """The syllables joined: 氢氟酸 → qingfusuan."""
    return "".join(syllables(word))


def initials(word: str) -> str:
    """The first letters: 氢氟酸 → qfs."""
    return "".join(syllable[:1] for syllable in syllables(word))
