"""The order of a walk is short; a schedule without clashes has none."""

from datetime import UTC, datetime, timedelta
from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from app.events.timetabling import Slot, clashes, lay_out
from app.events.walking import Stop, in_order, length

START = (1, 1)
NINE = datetime(2026, 12, 5, 1, 0, tzinfo=UTC)


def test_a_row_is_walked_from_one_end():
    stops = [Stop(n, 1, x, 2) for n, x in enumerate((5, 1, 3, 4, 2))]
    assert [stop.x for stop in in_order(stops, {1: START})] == [1, 2, 3, 4, 5]


@given(st.lists(st.tuples(st.integers(1, 12), st.integers(1, 12)), min_size=1, max_size=6, unique=True))
def test_a_walk_visits_all_once_and_is_near_the_shortest(points):
    stops = [Stop(n, 1, x, y) for n, (x, y) in enumerate(points)]
    walk = in_order(stops, {1: START})
    assert sorted(stop.key for stop in walk) == sorted(stop.key for stop in stops)
    shortest = min(length(order, START) for order in permutations(stops))
    assert length(walk, START) <= 1.5 * shortest + 2


def test_halls_are_visited_one_after_the_other():
    stops = [Stop(1, 2, 1, 1), Stop(2, 1, 1, 1), Stop(3, 2, 2, 1), Stop(4, 1, 9, 9)]
    assert [stop.hall for stop in in_order(stops, {})] == [1, 1, 2, 2]


def slot(number, exhibitor, at, hall=1, seats=1):
    return Slot(number, exhibitor, NINE + timedelta(minutes=at), 10, seats, hall)


def test_clashes_name_overlaps_short_walks_and_full_slots():
    a, b, c = slot(1, 1, 0), slot(2, 2, 5), slot(3, 3, 13, hall=2)
    said = {(clash.person, clash.what) for clash in clashes([(7, a), (7, b), (8, a), (8, c), (9, a)])}
    assert (7, "时间重叠") in said
    assert (8, "走过去来不及") in said
    assert (9, "这个时段人满了") in said


def test_who_has_time_to_walk_has_no_clash():
    assert clashes([(7, slot(1, 1, 0)), (7, slot(2, 2, 12)), (7, slot(3, 3, 27, hall=2))]) == []


def test_others_move_aside_for_one_who_has_a_single_time():
    slots = {1: [slot(1, 1, 0), slot(2, 1, 20)], 2: [slot(3, 2, 0)]}
    placed, left = lay_out([(5, 1), (5, 2)], slots)
    assert left == []
    assert {pair: each.id for pair, each in placed.items()} == {(5, 1): 2, (5, 2): 3}


@given(
    st.lists(st.tuples(st.integers(1, 6), st.integers(1, 4)), unique=True, max_size=14),
    st.dictionaries(st.integers(1, 4), st.lists(st.integers(0, 8), unique=True, max_size=6)),
)
def test_what_is_laid_out_never_clashes(pairs, times):
    slots = {
        exhibitor: [slot(100 * exhibitor + at, exhibitor, 12 * at) for at in sorted(ats)]
        for exhibitor, ats in times.items()
    }
    placed, left = lay_out(pairs, slots)
    assert sorted([*placed, *left]) == sorted(pairs)
    assert clashes([(person, each) for (person, _), each in placed.items()]) == []
