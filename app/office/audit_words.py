"""What the log calls actions, roles, tables and columns: the words of data/audit.tsv."""

import csv
from functools import cache
from pathlib import Path

HIDDEN = "-"  # a column of no interest to a reader
_DATA = Path(__file__).parent / "data" / "audit.tsv"


@cache
def _words() -> dict[tuple[str, str], str]:
    with _DATA.open(encoding="utf-8", newline="") as file:
        return {(sort, name): said for sort, name, said in csv.reader(file, delimiter="\t")}


def known(sort: str) -> frozenset[str]:
    """The names of one sort (action, role, table, column) that have a word."""
    return frozenset(name for each, name in _words() if each == sort)


def action(name: str) -> str:
    return _words().get(("action", name), name)


def role(name: str) -> str:
    return _words().get(("role", name), name)


def table(name: str) -> str:
    return _words().get(("table", name), name)


def column(name: str) -> str:
    """The word of a column; HIDDEN for those that a reader need not see."""
    return _words().get(("column", name), name)


def actions_of(area: str) -> list[str]:
    """The actions of one feature, for a filter."""
    return sorted(name for sort, name in _words() if sort == "action" and name.startswith(area))
