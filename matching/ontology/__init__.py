"""What the trade knows, as data files: families, chain links, majors, certificates, skills. Nothing here was fitted."""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent


def table(name: str) -> Iterator[dict[str, str]]:
    """Yield the rows of one tab-separated file of this folder."""
    with (FOLDER / name).open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)


def tree(name: str) -> Any:
    """Return one YAML file of this folder."""
    with (FOLDER / name).open("rb") as source:
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        return yaml.load(source, Loader=loader)  # noqa: S506 -- both are safe loaders, the first one is the fast one
