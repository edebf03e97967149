"""Booths by rule: fair in turn, right in need, and nobody is left without one who could have had one."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.events.allocation import Claim, Place, allocate, in_turn

DAY = datetime(2026, 11, 1, tzinfo=UTC)


def place(number, x=1, y=1, **given):
    return Place(number, 1, f"A{number:02d}", x, y, steps=x + y, **given)


def row(count, **given):
    return [place(n, x=n, **given) for n in range(1, count + 1)]


def claim(number, **given):
    return Claim(number, given.pop("applied_at", DAY + timedelta(minutes=number)), **given)


def of(choices):
    return {choice.claim_id: choice.place_id for choice in choices}


def test_first_come_first_served_and_who_stayed_away_comes_last():
    claims = [claim(1, no_shows=1), claim(3), claim(2)]
    assert [each.id for each in in_turn(claims)] == [2, 3, 1]
    choices = allocate(row(2), claims)
    assert of(choices) == {2: 1, 3: 2, 1: None}
    assert choices[-1].reasons == ["展位分完了"]


def test_power_is_kept_for_those_who_need_it():
    places = [place(1, has_power=True), place(2, x=2)]
    assert of(allocate(places, [claim(1), claim(2, power=True)])) == {1: 2, 2: 1}


def test_a_large_booth_is_kept_for_a_large_wish():
    places = [place(1, w=2), place(2, x=3)]
    assert of(allocate(places, [claim(1), claim(2, cells=2)])) == {1: 2, 2: 1}


def test_neighbours_are_of_different_trades_where_possible():
    found = of(allocate(row(4), [claim(1, trade="氟"), claim(2, trade="氟"), claim(3, trade="锂")]))
    assert abs(found[1] - found[2]) > 1


def test_a_wish_for_the_entrance_is_met_and_said():
    places = [place(1, x=9), place(2, x=5), place(3, x=1)]
    choice = allocate(places, [claim(1, near_entrance=True)])[0]
    assert choice.place_id == 3
    assert "离入口最近" in choice.reasons


def test_what_stays_is_not_touched_and_counts_as_a_neighbour():
    claims = [claim(1, trade="氟"), claim(2, trade="氟")]
    assert of(allocate(row(3), claims, {1: 1})) == {2: 3}


def test_who_cannot_be_placed_is_told_why():
    choice = allocate(row(3), [claim(1, power=True)])[0]
    assert choice.place_id is None
    assert choice.reasons == ["没有带电源的空展位了"]


_places = st.lists(st.tuples(st.integers(1, 2), st.booleans(), st.booleans()), min_size=0, max_size=5)
_claims = st.lists(
    st.tuples(
        st.integers(1, 2), st.booleans(), st.booleans(), st.sampled_from(["", "氟", "锂"]), st.integers(0, 1)
    ),
    max_size=5,
)


@given(_places, _claims)
def test_everybody_fits_nobody_shares_and_as_many_as_possible_are_placed(kinds, wishes):
    places = [
        place(n, x=2 * n, w=cells, has_power=power, is_accessible=accessible)
        for n, (cells, power, accessible) in enumerate(kinds, 1)
    ]
    claims = [
        claim(n, cells=cells, power=power, accessible=accessible, trade=trade, no_shows=absences)
        for n, (cells, power, accessible, trade, absences) in enumerate(wishes, 1)
    ]
    choices = allocate(places, claims)
    by_id, wanted = {each.id: each for each in places}, {each.id: each for each in claims}
    given_out = [choice.place_id for choice in choices if choice.place_id is not None]
    assert len(given_out) == len(set(given_out))
    assert len(choices) == len(claims) and all(choice.reasons for choice in choices)
    assert all(
        wanted[choice.claim_id].fits(by_id[choice.place_id])
        for choice in choices
        if choice.place_id is not None
    )
    assert len(given_out) == _most(places, claims)


def _most(places, claims):
    """How many can be placed at all (augmenting paths)."""
    holder = {}

    def find(claim, seen):
        for spot in places:
            if claim.fits(spot) and spot.id not in seen:
                seen.add(spot.id)
                if spot.id not in holder or find(holder[spot.id], seen):
                    holder[spot.id] = claim
                    return True
        return False

    return sum(find(each, set()) for each in claims)
