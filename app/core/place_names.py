"""Places as English pages say them: Wenjiao, Qingliu for 清流县温郊乡."""

import csv
from functools import cache
from pathlib import Path

from app.core import places

_TOWNS = (
    *("Longjin", "Songxi", "Songkou", "Lingdi", "Changxiao", "Laifang", "Linshe"),
    *("Wenjiao", "Yupeng", "Shawu", "Tianyuan", "Lijia", "Litian", "Fluorine New Materials Park"),
)
_WHOLE = {"省": "（全省）", "市": "（全市）", "县": "（全县）"}


@cache
def _english() -> dict[str, str]:
    with (Path(__file__).parent / "data" / "areas.csv").open(encoding="utf-8", newline="") as file:
        names = {row["code"]: row["english"] for row in csv.DictReader(file)}
    return names | dict(zip(places.TOWNS, _TOWNS, strict=True))


def _joined(codes: list[str]) -> str:
    """The place itself in full, what it lies in without the word County."""
    first, *around = [_english()[code] for code in codes]
    return ", ".join([first, *(each.removesuffix(" County") for each in around)])


@cache
def spoken() -> dict[str, str]:
    """Every label of `places` → its English: bare names, short and full labels, and 清流县（全县）."""
    said: dict[str, str] = {}
    for code, english in _english().items():
        bare, short, full = places.name(code), places.label(code), places.label(code, full=True)
        chain = [code, *places.parents(code)]
        levels = len(chain) if full == short else _levels(code, short)
        said.setdefault(bare, english)
        said.setdefault(short, _joined(chain[:levels]))
        said.setdefault(full, _joined(chain))
        if bare[-1:] in _WHOLE:
            said.setdefault(bare + _WHOLE[bare[-1]], f"{english} (all)")
    return said


def _levels(code: str, label: str) -> int:
    """How many levels a label names."""
    chain = [code, *places.parents(code)]
    return next((n for n in range(1, len(chain) + 1) if _names(chain[:n]) == label), len(chain))


def _names(chain: list[str]) -> str:
    return "".join(places.name(each) for each in reversed(chain))
