"""Folding: one spelling for full width and half width, capitals and small letters, 繁體 and 简体."""

import re
import threading
import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache

from opencc import OpenCC

_CONVERSION = threading.Lock()
_INVISIBLE = re.compile(
    r"[\u00ad\u034f\u061c\u115f\u1160\u180e\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufe00-\ufe0f\ufeff]"
)
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")

_SAME_LENGTH = re.compile(r"[ -~\u3001-\u3011\u4e00-\u9fff\uff01-\uff5e\u2014\u201c\u201d\u2018\u2019\n]*")

_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {ord("\n"): " "}


@lru_cache(maxsize=2_000)  # a document's text is folded several times while it is put in
def fold(text: str) -> str:
    """Return *text* in the one spelling that is indexed: NFKC, lower case, simplified, nothing invisible.

    Control characters become spaces; zero-width and direction marks disappear. The result can be shorter or
    longer than *text*: use :func:`fold_with_offsets` to find the way back.
    """
    if _SAME_LENGTH.fullmatch(text):
        text = text.translate(_HALF_WIDTH).lower()
    else:
        text = _INVISIBLE.sub("", _CONTROL.sub(" ", text))
        text = unicodedata.normalize("NFKC", text).lower()
    return simplify(text)


def simplify(text: str) -> str:
    """Turn traditional characters into simplified ones; the length never changes."""
    if _traditional().isdisjoint(text):
        return text
    with _CONVERSION:
        simplified: str = _converter().convert(text)
    return simplified if len(simplified) == len(text) else "".join(map(simplify, text))


def fold_with_offsets(text: str) -> tuple[str, Sequence[int]]:
    """Fold *text* and tell, for each folded character and for the end, where it stood in *text*."""
    folded = fold(text)
    if _SAME_LENGTH.fullmatch(text):
        return folded, range(len(text) + 1)
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


@cache
def _traditional() -> frozenset[str]:
    """Characters that the converter changes: most texts hold none, and then need no conversion."""
    han = "".join(map(chr, range(0x3400, 0xA000)))
    with _CONVERSION:
        simplified = _converter().convert(han)
    return frozenset(before for before, after in zip(han, simplified, strict=True) if before != after)
