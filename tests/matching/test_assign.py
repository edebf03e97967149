import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.assign import TooManyMeetings, assign, is_stable


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 9), st.integers(1, 7), st.integers(1, 3), st.integers(1, 4))
def test_every_assignment_is_stable_and_keeps_capacities(seed, n, m, left_seats, right_seats) -> None:
    draw = np.random.RandomState(seed)
    left, right = draw.rand(n, m), draw.rand(n, m)
    left[draw.rand(n, m) < 0.2] = np.nan
    found = assign(left, right, left_seats, right_seats, n_slots=max(left_seats, right_seats))
    assert is_stable(found.pairs, left, right, left_seats, right_seats)
    assert len(set(found.pairs)) == len(found.pairs)
    for side, seats in ((0, left_seats), (1, right_seats)):
        count = np.bincount([pair[side] for pair in found.pairs], minlength=1)
        assert count.max(initial=0) <= seats
        meetings = {(pair[side], slot) for pair, slot in zip(found.pairs, found.slots, strict=True)}
        assert len(meetings) == len(found.pairs)
    assert all(not np.isnan(left[pair]) for pair in found.pairs)
    assert found.total <= found.bound + 1e-9


def test_a_blocking_pair_is_seen() -> None:
    left = right = np.array([[2.0, 1.0], [1.0, 0.5]])
    assert is_stable([(0, 0), (1, 1)], left, right)
    assert not is_stable([(0, 1), (1, 0)], left, right)


def test_of_two_stable_assignments_the_better_total_is_taken() -> None:
    left = np.array([[2.0, 1.0], [1.0, 2.0]])
    right = np.array([[1.0, 9.0], [9.0, 1.0]])
    assert assign(left, right).pairs == [(0, 1), (1, 0)]


def test_rooms_let_one_side_meet_several_at_once() -> None:
    found = assign(np.ones((6, 1)), np.arange(6.0)[:, None], 1, 6, n_slots=3, rooms=2)
    assert sorted(found.slots) == [0, 0, 1, 1, 2, 2]


def test_more_meetings_than_slots_are_refused() -> None:
    with pytest.raises(TooManyMeetings):
        assign(np.ones((3, 3)), np.ones((3, 3)), 3, 3, n_slots=2)


def test_a_fair_of_five_hundred_is_laid_out_in_seconds() -> None:
    draw = np.random.RandomState(1)
    start = time.process_time()
    found = assign(draw.rand(500, 60), draw.rand(500, 60), 3, 12, n_slots=12)
    assert time.process_time() - start < 5
    assert len(found.pairs) == 720
    assert found.total >= 0.75 * found.bound
