"""Further trials of the matcher's parts: titles that mean the same, coding of titles, pairs of free texts."""

import csv
import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from scipy.sparse.csgraph import connected_components
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import GroupKFold

from matching.coding import OccupationCoder
from matching.metrics import interval, mean
from matching.ontology import table
from matching.pairs import text_scores
from matching.titles import TitleRanker
from search.words import fold

NEAR_DUPLICATE = 0.75


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


def near_duplicates(titles: list[str], least: float = NEAR_DUPLICATE) -> NDArray[np.intp]:
    """Return a group number for each title; titles whose letters overlap by `least` (Jaccard) share one."""
    bare = [re.sub(r"\(.*?\)|[^a-z\u4e00-\u9fff]", "", text) or text for text in map(fold, titles)]
    grams = CountVectorizer(analyzer="char", ngram_range=(1, 2), binary=True, lowercase=False).fit_transform(
        bare
    )
    shared = (grams @ grams.T).tocoo()
    sizes = np.asarray(grams.sum(axis=1)).ravel()
    overlap = shared.data / (sizes[shared.row] + sizes[shared.col] - shared.data)
    close = overlap >= least
    links = sp.csr_matrix((np.ones(close.sum()), (shared.row[close], shared.col[close])), shape=shared.shape)
    return connected_components(links, directed=False)[1]


def pairs_trial(path: Path) -> dict[str, Any]:
    """Return AUC and MAP (posts per résumé) on labelled pairs of free texts, beside TF-IDF of letters."""
    rows = [row for row in _records(path) if row.get("cv") and row.get("jd")]
    resumes, posts = [str(row["cv"]) for row in rows], [str(row["jd"]) for row in rows]
    labels = np.array([_is_yes(row["satisfied"]) for row in rows])
    letters = TfidfVectorizer(analyzer="char", ngram_range=(1, 2), sublinear_tf=True).fit([*resumes, *posts])
    simple = np.asarray(letters.transform(resumes).multiply(letters.transform(posts)).sum(axis=1)).ravel()
    report = {}
    for name, scores in (("ours", text_scores(resumes, posts)), ("tfidf_chars", simple)):
        lists: dict[str, list[int]] = defaultdict(list)
        for i, resume in enumerate(resumes):
            lists[resume].append(i)
        values = [
            _average_precision(scores[kept], list(np.flatnonzero(labels[kept])))
            for kept in lists.values()
            if labels[kept].any()
        ]
        report[name] = {"auc": round(float(roc_auc_score(labels, scores)), 4), "map": mean(values)}
    return {"pairs": report, "rows": len(rows)}


def _records(path: Path) -> Iterator[Mapping[str, Any]]:
    """Yield the rows of a CSV, TSV or JSON lines file."""
    if path.suffix in {".jsonl", ".json"}:
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.strip():
                yield json.loads(line)
        return
    with path.open(encoding="utf-8-sig", newline="") as lines:
        yield from csv.DictReader(lines, delimiter="\t" if path.suffix == ".tsv" else ",")


def _is_yes(value: Any) -> bool:
    return str(value).strip().lower() in {"1", "1.0", "true", "yes", "y", "是", "满足", "符合"}
