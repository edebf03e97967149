"""Scores pairs of free texts, a résumé and a post of any trade, when there are no fields to read."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction.text import TfidfVectorizer

from search.words import cut, fold

WORDS_SHARE = 0.3


def text_scores(resumes: Sequence[str], posts: Sequence[str]) -> NDArray[np.float64]:
    """Return how near each résumé is to the post beside it.

    Cosine of letters (one and two) and, for less, of words, each weighed by how rare it is in all the texts given. No
    label is looked at.

    Parameters
    ----------
    resumes, posts : sequence of str, each of length n

    Returns
    -------
    ndarray of shape (n,)
        0 to 1, higher is nearer.
    """
    left, right = [fold(text) for text in resumes], [fold(text) for text in posts]
    every = list(dict.fromkeys([*left, *right]))
    letters = TfidfVectorizer(analyzer="char", ngram_range=(1, 2), sublinear_tf=True)
    words = TfidfVectorizer(analyzer=cut, sublinear_tf=True)
    scores = np.zeros(len(left))
    for vectors, share in ((letters, 1.0 - WORDS_SHARE), (words, WORDS_SHARE)):
        vectors.fit(every)
        products = vectors.transform(left).multiply(vectors.transform(right))
        scores += share * np.asarray(products.sum(axis=1)).ravel()
    return scores
