"""Folding: one spelling for full width and half width, capitals and small letters, 繁體 and 简体."""

import re
import threading
import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray
from opencc import OpenCC

_CONVERSION = threading.Lock()
_INVISIBLE = re.compile(
    r"[\u00ad\u034f\u061c\u115f\u1160\u180e\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufe00-\ufe0f\ufeff]"
)
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")

_PLAIN = (
    (0x20, 0x7F), (0x0A, 0x0B), (0x2014, 0x2015), (0x2018, 0x201A), (0x201C, 0x201E), (0x3001, 0x3012), (0x4E00, 0xA000), (0xFF01, 0xFF5F),
)  # fmt: skip


@lru_cache(maxsize=2_000)  # a document's text is folded several times while it is put in
def fold(text: str) -> str:
    """Return *text* in the one spelling that is indexed: NFKC, lower case, simplified, nothing invisible.

    Control characters become spaces; zero-width and direction marks disappear. The result can be shorter or
    longer than *text*: use :func:`fold_with_offsets` to find the way back.
    """
    plain = _fold_plain(text)
    if plain is not None:
        return plain
    text = _INVISIBLE.sub("", _CONTROL.sub(" ", text))
    return simplify(unicodedata.normalize("NFKC", text).lower())


def simplify(text: str) -> str:
    """Turn traditional characters into simplified ones; the length never changes."""
    if _traditional().isdisjoint(text):
        return text
    with _CONVERSION:
        simplified: str = _converter().convert(text)
    return simplified if len(simplified) == len(text) else "".join(map(simplify, text))


def fold_with_offsets(text: str) -> tuple[str, Sequence[int]]:
    """Fold *text* and tell, for each folded character and for the end, where it stood in *text*."""
    plain = _fold_plain(text)
    if plain is not None:
        return plain, range(len(text) + 1)
    folded = fold(text)
    pieces = [_fold_character(character) for character in text]
    offsets = [at for at, piece in enumerate(pieces) for _ in piece]
    if len(offsets) != len(folded):  # letters that combine: the pieces are the only safe spelling
        folded = "".join(pieces)
    return folded, [*offsets, len(text)]


@lru_cache(maxsize=10_000)
def _fold_character(character: str) -> str:
    return fold(character)


@cache
def _converter() -> OpenCC:
    return OpenCC("t2s")


def _fold_plain(text: str) -> str | None:
    """Fold a text of which each character becomes one, whatever stands beside it: nearly every text, all at once."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    folded = _table().take(codes, mode="clip")
    return folded.tobytes().decode("utf-32-le") if folded.all() else None


@cache
def _table() -> NDArray[np.uint32]:
    """What each such character becomes; zero for all others."""
    table = np.zeros(0x10000, np.uint32)
    for start, end in _PLAIN:
        for code in range(start, end):
            if chr(code) not in _traditional():
                table[code] = ord(unicodedata.normalize("NFKC", chr(code)).lower())
    table[ord("\n")] = ord(" ")
    return table


@cache
def _traditional() -> frozenset[str]:
    """Characters that the converter changes: most texts hold none, and then need no conversion."""
    han = "".join(map(chr, range(0x3400, 0xA000)))
    with _CONVERSION:
        simplified = _converter().convert(han)
    return frozenset(before for before, after in zip(han, simplified, strict=True) if before != after)
