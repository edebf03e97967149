"""Booths by rule: who gets which one, and why. Pure: no database, the same input gives the same plan.

Enterprises come in turn (those that stayed away before come last, then first come, first served). Each takes the best
free booth that has what it needs: no neighbour of its own trade, no larger and no better equipped than needed, near the
entrance if wished. It may not take a booth without which somebody who can be placed could no longer be placed.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True)
class Place:
    """One booth: where it lies and what it offers."""

    id: int
    hall_id: int
    number: str
    x: int
    y: int
    w: int = 1
    h: int = 1
    has_power: bool = False
    is_accessible: bool = True
    steps: int = 0  # cells from the entrance

    @property
    def cells(self) -> int:
        return self.w * self.h

    def touches(self, other: "Place") -> bool:
        """Whether they stand side by side or corner to corner."""
        return (
            self.hall_id == other.hall_id
            and self.x <= other.x + other.w
            and other.x <= self.x + self.w
            and self.y <= other.y + other.h
            and other.y <= self.y + self.h
        )


@dataclass(frozen=True)
class Claim:
    """One enterprise: what it needs, what it would like, and when it came."""

    id: int
    applied_at: datetime
    trade: str = ""  # "" has no rivals
    cells: int = 1
    power: bool = False
    accessible: bool = False
    near_entrance: bool = False
    no_shows: int = 0

    def fits(self, place: Place) -> bool:
        return (
            place.cells >= self.cells
            and (place.has_power or not self.power)
            and (place.is_accessible or not self.accessible)
        )


@dataclass
class Choice:
    """The booth of one claim, or None, with the reasons in words."""

    claim_id: int
    place_id: int | None
    reasons: list[str] = field(default_factory=list)


def in_turn(claims: Iterable[Claim]) -> list[Claim]:
    """Who stayed away before comes after all others; then who applied first."""
    return sorted(claims, key=lambda claim: (claim.no_shows, claim.applied_at, claim.id))


def allocate(
    places: Sequence[Place], claims: Sequence[Claim], kept: Mapping[int, int] | None = None
) -> list[Choice]:
    """A booth for each claim, in turn. `kept`: claim → booth that stays as it is; those claims are not answered."""
    kept = dict(kept or {})
    by_id = {place.id: place for place in places}
    trades = {kept[claim.id]: claim.trade for claim in claims if claim.id in kept}
    free = {place.id for place in places} - set(kept.values())
    turn = in_turn(claim for claim in claims if claim.id not in kept)
    plan = _Plan(turn, {each: by_id[each] for each in free})
    choices = []
    for position, claim in enumerate(turn, 1):
        if claim.id not in plan.matched:
            choices.append(Choice(claim.id, None, [_why_not(claim, [by_id[each] for each in free])]))
            continue
        fitting = [by_id[each] for each in free if claim.fits(by_id[each])]
        ranked = sorted(fitting, key=lambda place: _cost(claim, place, trades, by_id))
        place = next(each for each in ranked if plan.take(claim, each))
        free.discard(place.id)
        trades[place.id] = claim.trade
        choices.append(Choice(claim.id, place.id, _why(claim, place, position, trades, by_id, fitting)))
    return choices


class _Plan:
    """Keeps everybody placeable who was placeable at the start: a matching that is mended after each choice."""

    def __init__(self, turn: Sequence[Claim], free: Mapping[int, Place]) -> None:
        self.fits = {claim.id: [p.id for p in free.values() if claim.fits(p)] for claim in turn}
        self.taken: set[int] = set()
        self.matched: dict[int, int] = {}  # claim → place
        self.holder: dict[int, int] = {}  # place → claim
        for claim in turn:  # earlier claims stay placeable: an augmenting path never unplaces one
            self._augment(claim.id, set())

    def _augment(self, claim_id: int, seen: set[int]) -> bool:
        for place_id in self.fits[claim_id]:
            if place_id in seen or place_id in self.taken:
                continue
            seen.add(place_id)
            holder = self.holder.get(place_id)
            if holder is None or self._augment(holder, seen):
                self.matched[claim_id], self.holder[place_id] = place_id, claim_id
                return True
        return False

    def take(self, claim: Claim, place: Place) -> bool:
        """Fix this pair if everybody else can still be placed; otherwise change nothing."""
        before = dict(self.matched), dict(self.holder)
        planned = self.matched.pop(claim.id)
        self.holder.pop(planned)
        self.taken.add(place.id)
        other = self.holder.pop(place.id, None)
        if other is not None:
            self.matched.pop(other)
            if not self._augment(other, set()):
                self.matched, self.holder = before
                self.taken.discard(place.id)
                return False
        self.matched[claim.id] = place.id
        return True


def _rivals(claim: Claim, place: Place, trades: Mapping[int, str], by_id: Mapping[int, Place]) -> list[Place]:
    """Neighbours that are taken by the same trade."""
    if not claim.trade:
        return []
    return [
        by_id[other]
        for other, trade in trades.items()
        if other != place.id and trade == claim.trade and by_id[other].touches(place)
    ]


def _cost(
    claim: Claim, place: Place, trades: Mapping[int, str], by_id: Mapping[int, Place]
) -> tuple[int, int, int, int, int, int, str]:
    return (
        len(_rivals(claim, place, trades, by_id)),
        place.cells - claim.cells,
        int(place.has_power and not claim.power),
        place.steps if claim.near_entrance else 0,
        place.hall_id,
        len(place.number),
        place.number,
    )


def _why(  # noqa: PLR0917 - all of it is told
    claim: Claim,
    place: Place,
    position: int,
    trades: Mapping[int, str],
    by_id: Mapping[int, Place],
    fitting: Sequence[Place],
) -> list[str]:
    reasons = [f"按顺序第{position}家"]
    if claim.no_shows:
        reasons.append(f"以前有{claim.no_shows}次没到场，排在后面")
    needs = [
        word
        for word, is_needed in (("有电源", claim.power), ("无障碍通道能到", claim.accessible))
        if is_needed
    ]
    if needs:
        reasons.append("、".join(needs))
    reasons.append(
        "大小正好" if place.cells == claim.cells else f"正好的没有了，大{place.cells - claim.cells}格"
    )
    if claim.near_entrance:
        nearer = sum(other.steps < place.steps for other in fitting)
        reasons.append("离入口最近" if not nearer else f"离入口第{nearer + 1}近，更近的不合适")
    if claim.trade:
        rivals = _rivals(claim, place, trades, by_id)
        reasons.append(
            f"旁边有同行（{'、'.join(each.number for each in rivals)}），没有更合适的空位"
            if rivals
            else "左右没有同行"
        )
    return reasons


def _why_not(claim: Claim, free: Sequence[Place]) -> str:
    if not free:
        return "展位分完了"
    if not any(place.cells >= claim.cells for place in free):
        return f"没有够{claim.cells}格的空展位了"
    if claim.power and not any(place.has_power for place in free):
        return "没有带电源的空展位了"
    if claim.accessible and not any(place.is_accessible for place in free):
        return "没有无障碍通道能到的空展位了"
    return "合适的展位要留给排在前面的企业"
