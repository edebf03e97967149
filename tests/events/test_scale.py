"""A large day: the schedule of 500 students at 60 enterprises, against simpler ways."""

import math
import random
import time
from datetime import UTC, datetime, timedelta

import pytest

import matching
from app.events.timetabling import Slot, clashes, lay_out

STUDENTS, EMPLOYERS, SLOTS, WISHES = 500, 60, 12, 5
NINE = datetime(2026, 12, 5, 1, 0, tzinfo=UTC)


def tables():
    """Ranks of both sides: each student wishes for five, each employer ranks all who wish."""
    rng = random.Random(5)
    left = [[math.nan] * EMPLOYERS for _ in range(STUDENTS)]
    right = [[math.nan] * EMPLOYERS for _ in range(STUDENTS)]
    wishing = [[] for _ in range(EMPLOYERS)]
    for student in range(STUDENTS):
        popular = sorted(range(EMPLOYERS), key=lambda e: rng.random() * (1 + e / 12))[:WISHES]
        for rank, employer in enumerate(popular, 1):
            left[student][employer] = -float(rank)
            wishing[employer].append(student)
    for employer, students in enumerate(wishing):
        rng.shuffle(students)
        for rank, student in enumerate(students, 1):
            right[student][employer] = -float(rank)
    return left, right


def has_blocking_pair(pairs, left, right, most_left, most_right):
    """Written from the definition: two that are not together would both rather be."""
    mine, theirs = {}, {}
    for student, employer in pairs:
        mine.setdefault(student, []).append(left[student][employer])
        theirs.setdefault(employer, []).append(right[student][employer])
    together = set(pairs)
    for student in range(STUDENTS):
        for employer in range(EMPLOYERS):
            a, b = left[student][employer], right[student][employer]
            if (student, employer) in together or math.isnan(a) or math.isnan(b):
                continue
            wants = len(mine.get(student, [])) < most_left or min(mine[student]) < a
            takes = len(theirs.get(employer, [])) < most_right or min(theirs[employer]) < b
            if wants and takes:
                return True
    return False


def first_come(left, right, most_left, most_right):
    """Students in the order in which they came take what is left of their wishes."""
    seats, pairs = [most_right] * EMPLOYERS, []
    for student in range(STUDENTS):
        wishes = sorted(
            (e for e in range(EMPLOYERS) if not math.isnan(left[student][e])), key=lambda e: -left[student][e]
        )
        for employer in wishes[:most_left] if most_left < len(wishes) else wishes:
            if seats[employer]:
                seats[employer] -= 1
                pairs.append((student, employer))
    return pairs


def mean_ranks(pairs, left, right):
    return (
        -sum(left[s][e] for s, e in pairs) / len(pairs),
        -sum(right[s][e] for s, e in pairs) / len(pairs),
    )


@pytest.mark.slow
def test_the_schedule_of_a_large_fair_is_stable_quick_and_better_for_both():
    left, right = tables()
    slots = {
        e: [Slot(100 * e + n, e, NINE + timedelta(minutes=17 * n), 15, 1, e % 2) for n in range(SLOTS)]
        for e in range(EMPLOYERS)
    }
    begun = time.process_time()
    found = matching.assign(left, right, [3] * STUDENTS, [SLOTS] * EMPLOYERS)
    placed, unplaced = lay_out(found.pairs, slots)
    seconds = time.process_time() - begun
    assert not has_blocking_pair(found.pairs, left, right, 3, SLOTS)
    assert seconds < 5, seconds
    assert clashes([(student, slot) for (student, _), slot in placed.items()]) == []
    assert len(unplaced) <= len(found.pairs) // 50, len(unplaced)
    queue = first_come(left, right, 3, SLOTS)
    assert has_blocking_pair(queue, left, right, 3, SLOTS)
    ours, theirs = mean_ranks(found.pairs, left, right), mean_ranks(queue, left, right)
    print(
        f"\n{len(found.pairs)} meetings in {seconds:.1f} s, {len(unplaced)} without a time; mean ranks {ours} against first come {theirs}"
    )
    assert ours[1] < theirs[1]
