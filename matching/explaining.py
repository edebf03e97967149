"""Puts what is said of one pair together: requirements, reasons, the sentence beside the band, the words for a card."""

import numpy as np
from numpy.typing import NDArray

from matching.headline import headline, short_why
from matching.reading.candidate import CandidateReading
from matching.reading.post import PostReading
from matching.reasons import reasons
from matching.requirements import requirements
from matching.results import Band, Match
from matching.shortfalls import shortfall


def explain(
    post: PostReading,
    person: CandidateReading,
    values: NDArray[np.float32],
    coef: NDArray[np.float32],
    *,
    score: float,
    band: Band,
) -> Match:
    """Return the full match of a pair that was scored.

    Parameters
    ----------
    values, coef : ndarray of shape (n_features,)
        The pair's features and the model's slopes.
    score : float
        Log-odds of grade 2 or more.
    band : Band
    """
    needs = requirements(post, person)
    why = reasons(post, person, values, coef, needs)
    weak = shortfall(post, person, values, coef)
    return Match(
        post_id=post.id,
        candidate_id=person.id,
        score=score,
        band=band,
        reasons=why,
        requirements=needs,
        headline=headline(needs, why, band, weak),
        short=short_why(needs, why, band, weak),
    )
