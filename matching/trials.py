"""Further trials of the matcher's parts: titles that mean the same, coding of titles, pairs of free texts."""

import csv
import io
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import GroupKFold

from matching.coding import OccupationCoder
from matching.duplicates import near_duplicates
from matching.metrics import interval, mean
from matching.ontology import table
from matching.pairs import text_scores
from matching.titles import TitleRanker

PAIR_COLUMNS = ("cv", "jd", "satisfied")
YES = frozenset({"1", "1.0", "true", "yes", "y", "是", "满足", "符合"})
NO = frozenset({"0", "0.0", "false", "no", "n", "否", "不满足", "不符合"})


def titles_trial(folder: Path) -> dict[str, Any]:
    """Return MAP of finding same-work titles in a folder of the TalentCLEF format, ours beside letters alone."""
    corpus, queries = _pairs(folder / "corpus_elements"), _pairs(folder / "queries")
    places = {id_: i for i, id_ in enumerate(corpus)}
    wanted: dict[str, list[int]] = defaultdict(list)
    for line in (folder / "qrels.tsv").read_text(encoding="utf-8").splitlines():
        query, _, title, *_ = line.split()
        if title in places:
            wanted[query].append(places[title])
    asked = [id_ for id_ in queries if wanted[id_]]
    titles, texts = list(corpus.values()), [queries[id_] for id_ in asked]
    letters = TfidfVectorizer(analyzer="char", ngram_range=(1, 1), sublinear_tf=True).fit(titles)
    simple = np.asarray((letters.transform(texts) @ letters.transform(titles).T).todense())
    report = {}
    for name, scores in (("ours", TitleRanker().fit(titles).score(texts)), ("tfidf_single_chars", simple)):
        values = [_average_precision(row, wanted[id_]) for id_, row in zip(asked, scores, strict=True)]
        report[name] = {"map": mean(values), "interval95": interval(values)}
    return {"titles": report, "queries": len(asked)}


def _pairs(path: Path) -> dict[str, str]:
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))[1:]
    return {row[0]: row[1] for row in rows if len(row) >= 2}


def _average_precision(scores: NDArray[np.float64], wanted: list[int]) -> float:
    hits = np.isin(np.argsort(-scores, kind="stable"), wanted)
    return float((np.cumsum(hits) / np.arange(1, len(hits) + 1))[hits].sum() / len(wanted))


def coding_trial(n_folds: int = 5) -> dict[str, Any]:
    """Return accuracy of coding real titles to occupations, in folds that keep near-duplicate titles together."""
    rows = list(table("coded_titles.tsv"))
    titles, codes = [row["title"] for row in rows], np.array([row["code"] for row in rows])
    groups = near_duplicates(titles)
    first, among = [], []
    for seen, asked in GroupKFold(n_folds).split(titles, groups=groups):
        coder = OccupationCoder().fit([titles[i] for i in seen], codes[seen])
        found = coder.rank([titles[i] for i in asked], 5)
        first += [float(row[0] == code) for row, code in zip(found, codes[asked], strict=True)]
        among += [float(code in row) for row, code in zip(found, codes[asked], strict=True)]
    figures = {
        "acc@1": mean(first),
        "acc@5": mean(among),
        "interval95": {"acc@1": interval(first), "acc@5": interval(among)},
    }
    return {"coding": figures, "titles": len(titles), "groups": int(groups.max()) + 1}


class BadPairs(ValueError):
    """The file of pairs cannot be judged; the message says what is wrong with it."""


def pairs_trial(path: Path) -> dict[str, Any]:
    """Return AUC and MAP (posts per résumé) on labelled pairs of free texts, beside TF-IDF of letters.

    Raises
    ------
    BadPairs
        When a column is missing, a label is neither yes nor no, or not both kinds of label are there.
    """
    rows = list(_records(path))
    if not rows:
        raise BadPairs(f"{path.name} holds no rows")
    if missing := [name for name in PAIR_COLUMNS if name not in rows[0]]:
        raise BadPairs(f"{path.name} lacks the columns {', '.join(missing)}; it has {', '.join(rows[0])}")
    read = [(_text(row["cv"]), _text(row["jd"]), _is_yes(row["satisfied"])) for row in rows]
    kept = [row for row in read if row[0] and row[1]]
    resumes, posts = [row[0] for row in kept], [row[1] for row in kept]
    labels = np.array([row[2] for row in kept], dtype=bool)
    if labels.all() or not labels.any():
        raise BadPairs(
            f"{path.name} needs pairs of both kinds; {labels.sum()} of {len(labels)} are satisfied"
        )
    letters = TfidfVectorizer(analyzer="char", ngram_range=(1, 2), sublinear_tf=True).fit([*resumes, *posts])
    simple = np.asarray(letters.transform(resumes).multiply(letters.transform(posts)).sum(axis=1)).ravel()
    report = {
        name: {"auc": round(float(roc_auc_score(labels, scores)), 4), "map": _map(resumes, labels, scores)}
        for name, scores in (("ours", text_scores(resumes, posts)), ("tfidf_chars", simple))
    }
    return {"pairs": report, "rows": len(kept), "left_out": len(rows) - len(kept)}


def _map(resumes: list[str], labels: NDArray[np.bool_], scores: NDArray[np.float64]) -> float:
    lists: dict[str, list[int]] = defaultdict(list)
    for i, resume in enumerate(resumes):
        lists[resume].append(i)
    return mean(
        [
            _average_precision(scores[kept], list(np.flatnonzero(labels[kept])))
            for kept in lists.values()
            if labels[kept].any()
        ]
    )


def _records(path: Path) -> Iterator[Mapping[str, Any]]:
    """Yield the rows of a CSV, TSV, JSON or JSON lines file; the names of columns in any case."""
    text = path.read_text(encoding="utf-8-sig")
    found: Iterable[Mapping[str, Any]]
    if path.suffix in {".jsonl", ".json"}:
        found = json.loads(text) if text.lstrip().startswith("[") else _json_lines(path, text)
    else:
        csv.field_size_limit(10_000_000)
        first = text.partition("\n")[0]
        mark = "\t" if path.suffix == ".tsv" or first.count("\t") > first.count(",") else ","
        found = csv.DictReader(io.StringIO(text, newline=""), delimiter=mark)
    for row in found:
        yield {str(name).strip().lower(): value for name, value in row.items() if name is not None}


def _json_lines(path: Path, text: str) -> Iterator[Mapping[str, Any]]:
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip():
            try:
                yield json.loads(line)
            except json.JSONDecodeError as fact:
                raise BadPairs(f"{path.name}, line {number}: {fact}") from fact


def _text(value: Any) -> str:
    return "" if value is None else str(value).strip()


def _is_yes(value: Any) -> bool:
    said = str(value).strip().lower()
    if said in YES or said in NO:
        return said in YES
    raise BadPairs(f"satisfied is {value!r}; it must be 1 or 0, true or false, yes or no, 是 or 否")
