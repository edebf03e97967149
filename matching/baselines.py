"""The simple methods that every figure stands beside: chance, BM25 words, TF-IDF letters, LSA of both, rules alone."""

from collections.abc import Sequence

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from sklearn.decomposition import TruncatedSVD
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer
from sklearn.preprocessing import normalize

from matching.features import FEATURES, PRIORS
from matching.profiles import Candidate, Post
from search.words import cut, fold

Matrix = NDArray[np.float64]
N_TOPICS = 100
_TEXT_FEATURES = {"coverage", "letters", "title_letters", "both_sides"}


def post_text(post: Post) -> str:
    """Return everything that a post says, as one text."""
    fields = (
        post.title,
        post.chain_link,
        post.duties,
        post.requirements,
        *post.majors,
        *post.certificates,
        post.city,
        post.shift,
    )
    return "，".join(fields)


def candidate_text(person: Candidate) -> str:
    """Return everything that a résumé says, as one text."""
    fields = [person.headline, *(f"{e.degree}，{e.major}" for e in person.education)]
    fields += [f"{w.company_type}，{w.title}，{w.text}" for w in person.work]
    fields += [
        *person.skills,
        *(c.name for c in person.certificates),
        *person.expected_jobs,
        *person.expected_places,
        person.summary,
    ]
    return "，".join(fields)


class TextBaselines:
    """Text methods fitted on the posts and the people of the collection; edited copies of people are only scored."""

    def __init__(self, posts: Sequence[Post], people: Sequence[Candidate], seed: int = 0) -> None:
        self.seed = seed
        self.posts = [post_text(post) for post in posts]
        self.counter = CountVectorizer(analyzer=cut).fit(map(candidate_text, people))
        self.counts = self.counter.transform(map(candidate_text, people)).tocsr().astype(float)
        everything = [*self.posts, *map(candidate_text, people)]
        self.vectors = {
            "words": TfidfVectorizer(analyzer=cut, sublinear_tf=True).fit(everything),
            "chars": TfidfVectorizer(
                analyzer="char", ngram_range=(1, 2), preprocessor=fold, sublinear_tf=True
            ).fit(everything),
        }
        self.topics = {
            name: self._topics(vectors.transform(everything)) for name, vectors in self.vectors.items()
        }

    def _topics(self, rows: sp.csr_matrix) -> TruncatedSVD:
        return TruncatedSVD(min(N_TOPICS, min(rows.shape) - 1), random_state=self.seed).fit(rows)

    def score(self, people: Sequence[Candidate]) -> dict[str, Matrix]:
        """Return the scores of every baseline, shape (n_posts, n_people) each."""
        texts = [candidate_text(person) for person in people]
        scores = {
            "random": np.random.RandomState(self.seed).rand(len(self.posts), len(texts)),
            "bm25_words": self._bm25(texts),
        }
        for name, vectors in self.vectors.items():
            left, right = vectors.transform(self.posts), vectors.transform(texts)
            if name == "chars":
                scores["tfidf_chars"] = np.asarray((left @ right.T).todense())
            topics = self.topics[name]
            scores[f"lsa_{name}"] = np.asarray(
                normalize(topics.transform(left)) @ normalize(topics.transform(right)).T
            )
        return scores

    def _bm25(self, texts: list[str], k1: float = 1.5, b: float = 0.75) -> Matrix:
        frequency = self.counts.getnnz(axis=0)
        idf = np.log(1 + (self.counts.shape[0] - frequency + 0.5) / (frequency + 0.5))
        counts = self.counter.transform(texts).tocsr().astype(float)
        lengths = np.asarray(counts.sum(axis=1)).ravel()
        scale = k1 * (1 - b + b * lengths / float(self.counts.sum() / self.counts.shape[0]))
        rows = np.repeat(np.arange(len(texts)), np.diff(counts.indptr))
        counts.data = counts.data * (k1 + 1) / (counts.data + scale[rows]) * idf[counts.indices]
        return np.asarray((self.counter.transform(self.posts) @ counts.T).todense())


def rules(features: NDArray[np.float32]) -> Matrix:
    """Score by the named rules alone: no text likeness, nothing learned."""
    kept = np.array([0.0 if feature.name in _TEXT_FEATURES else 1.0 for feature in FEATURES])
    return features @ (PRIORS * kept)
