"""A large day: the schedule of 500 students at 60 enterprises, beside simpler ways."""

import pytest

from app.events.timetabling import clashes
from tests.bench.fair_schedule import compare


@pytest.mark.slow
def test_the_schedule_of_a_large_fair_is_stable_and_quick_where_simpler_ways_leave_blocking_pairs():
    found = compare()
    ways = {row["way"]: row for row in found["ways"]}
    ours = ways["stable"]
    print(found["seconds"], found["ways"])
    assert not ours["has_blocking_pair"]
    assert ways["greedy"]["has_blocking_pair"]
    assert ways["first_come"]["has_blocking_pair"]
    assert found["seconds"] < 5, found["seconds"]
    assert clashes([(student, slot) for (student, _), slot in found["placed"].items()]) == []
    assert found["without_a_time"] <= ours["pairs"] // 50
    assert ours["mean_rank_employers"] < ways["first_come"]["mean_rank_employers"]
