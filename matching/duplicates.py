"""Finds titles that are nearly the same, so that no fold is judged by a title that another one all but repeats."""

import re
from collections.abc import Sequence

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from scipy.sparse.csgraph import connected_components
from sklearn.feature_extraction.text import CountVectorizer

from search.words import fold

NEAR = 0.75
_ASIDE = re.compile(r"\(.*?\)|[^a-z\u4e00-\u9fff]")


def near_duplicates(titles: Sequence[str], least: float = NEAR) -> NDArray[np.intp]:
    """Return a group number for each title; near-duplicates share one.

    Two titles are near-duplicates when their letters (singles and neighbouring pairs, without what stands in brackets,
    figures and signs) overlap by `least` (Jaccard): 电工（急招） and 电工 5000 are, 销售经理 and 销售主管 are not.
    Whatever is linked by a chain of them falls into one group.
    """
    bare = [_ASIDE.sub("", text) or text or " " for text in map(fold, titles)]
    grams = CountVectorizer(analyzer="char", ngram_range=(1, 2), binary=True, lowercase=False)
    held = grams.fit_transform(bare)
    shared = (held @ held.T).tocoo()
    sizes = np.asarray(held.sum(axis=1)).ravel()
    overlap = shared.data / (sizes[shared.row] + sizes[shared.col] - shared.data)
    close = overlap >= least
    links = sp.csr_matrix((np.ones(close.sum()), (shared.row[close], shared.col[close])), shape=shared.shape)
    return np.asarray(connected_components(links, directed=False)[1])
