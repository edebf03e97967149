"""What the trade knows, as data files: families, chain links, majors, certificates, skills. Nothing here was fitted.

What search knows too (occupations, relations, words of titles) lies with search alone.
"""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from search.words import LEXICON

FOLDER = Path(__file__).parent


def source(name: str) -> Path:
    """Return where a data file lies: in this folder, or among those of search."""
    return FOLDER / name if (FOLDER / name).exists() else LEXICON / name


def table(name: str) -> Iterator[dict[str, str]]:
    """Yield the rows of one tab-separated file."""
    with source(name).open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)


def tree(name: str) -> Any:
    """Return one YAML file of this folder."""
    with (FOLDER / name).open("rb") as text:
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        return yaml.load(text, Loader=loader)  # noqa: S506 -- both are safe loaders, the first one is the fast one
