"""The interview schedule of a large fair beside simpler ways, by mean rank for both sides, in one run.

500 students wish for five of 60 employers each, every employer ranks all who wish, 12 times each. *first come*: students
in the order in which they came take what is left of their wishes. *greedy*: pair by pair, the least sum of both ranks first.
"""

import math
import random
import time
from datetime import UTC, datetime, timedelta

import matching
from app.events.timetabling import Slot, lay_out

MOST = 3  # interviews of one student
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


def greedy(left, right, most_left, most_right):
    """Whatever pair is best for both taken together, then the next."""
    free, seats, pairs = [most_left] * STUDENTS, [most_right] * EMPLOYERS, []
    wished = [
        (-left[s][e] - right[s][e], s, e)
        for s in range(STUDENTS)
        for e in range(EMPLOYERS)
        if not math.isnan(left[s][e])
    ]
    for _, student, employer in sorted(wished):
        if free[student] and seats[employer]:
            free[student] -= 1
            seats[employer] -= 1
            pairs.append((student, employer))
    return pairs


def mean_ranks(pairs, left, right):
    return (
        -sum(left[s][e] for s, e in pairs) / len(pairs),
        -sum(right[s][e] for s, e in pairs) / len(pairs),
    )


def slots_of_all():
    """Twelve times at each employer, in two halls."""
    return {
        e: [Slot(100 * e + n, e, NINE + timedelta(minutes=17 * n), 15, 1, e % 2) for n in range(SLOTS)]
        for e in range(EMPLOYERS)
    }


def compare():
    """Ours, greedy and first come over the same wishes: pairs, mean ranks, whether two would rather be together."""
    left, right = tables()
    begun = time.process_time()
    found = matching.assign(left, right, [MOST] * STUDENTS, [SLOTS] * EMPLOYERS)
    placed, unplaced = lay_out(found.pairs, slots_of_all())
    seconds = time.process_time() - begun
    ways = {
        "stable": list(found.pairs),
        "greedy": greedy(left, right, MOST, SLOTS),
        "first_come": first_come(left, right, MOST, SLOTS),
    }
    rows = []
    for name, pairs in ways.items():
        students, employers = mean_ranks(pairs, left, right)
        row = {
            "way": name,
            "pairs": len(pairs),
            "mean_rank_students": round(students, 2),
            "mean_rank_employers": round(employers, 2),
            "has_blocking_pair": has_blocking_pair(pairs, left, right, MOST, SLOTS),
        }
        rows.append(row)
    return {"seconds": round(seconds, 2), "without_a_time": len(unplaced), "placed": placed, "ways": rows}
