"""Pinyin of words: full without tones, and initials. Loaded on first use, half a second."""

from functools import lru_cache

from pypinyin import Style, lazy_pinyin


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
