"""Laying interviews out in time, and finding what clashes. Pure."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

WALK_IN_HALL = timedelta(minutes=2)
WALK_BETWEEN_HALLS = timedelta(minutes=5)


@dataclass(frozen=True)
class Slot:
    """One time at one exhibitor for so many people."""

    id: int
    exhibitor: int
    starts_at: datetime
    minutes: int
    seats: int = 1
    hall: int = 0

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.minutes)


def walk(a: Slot, b: Slot) -> timedelta:
    """How long it takes from one interview to the next."""
    if a.exhibitor == b.exhibitor:
        return timedelta()
    return WALK_IN_HALL if a.hall == b.hall else WALK_BETWEEN_HALLS


def overlap(a: Slot, b: Slot) -> bool:
    return a.starts_at < b.ends_at and b.starts_at < a.ends_at


def is_too_close(a: Slot, b: Slot) -> bool:
    """Both can be kept only by running: the second begins before one can have walked there."""
    first, second = (a, b) if a.starts_at <= b.starts_at else (b, a)
    return second.starts_at < first.ends_at + walk(first, second)


@dataclass(frozen=True)
class Clash:
    """Two meetings of one person, or one meeting too many in a slot."""

    person: int
    slots: tuple[int, ...]
    what: str


def clashes(meetings: Sequence[tuple[int, Slot]]) -> list[Clash]:
    """What cannot be kept in a list of (person, slot): overlaps, too little time to walk, full slots."""
    found = []
    by_person: dict[int, list[Slot]] = defaultdict(list)
    by_slot: dict[int, list[int]] = defaultdict(list)
    slots: dict[int, Slot] = {}
    for person, slot in meetings:
        by_person[person].append(slot)
        by_slot[slot.id].append(person)
        slots[slot.id] = slot
    for person, theirs in by_person.items():
        ordered = sorted(theirs, key=lambda slot: (slot.starts_at, slot.id))
        for at, first in enumerate(ordered):
            for second in ordered[at + 1 :]:
                if overlap(first, second):
                    found.append(Clash(person, (first.id, second.id), "时间重叠"))
                elif is_too_close(first, second):
                    found.append(Clash(person, (first.id, second.id), "走过去来不及"))
    for slot_id, people in by_slot.items():
        found += [Clash(person, (slot_id,), "这个时段人满了") for person in people[slots[slot_id].seats :]]
    return found


def lay_out(
    pairs: Sequence[tuple[int, int]],
    slots: Mapping[int, Sequence[Slot]],
    fixed: Mapping[tuple[int, int], Slot] | None = None,
    most_tries: int = 4,
) -> tuple[dict[tuple[int, int], Slot], list[tuple[int, int]]]:
    """A slot for each pair (person, exhibitor): (placed, those for which no time is left).

    The tightest pair goes first: the exhibitor with the least time to spare. One that finds no time asks others to move
    aside, a few deep.
    What is `fixed` stays where it is and is not among those placed.
    """
    board = _Board(slots, fixed or {})
    people, demand = Counter(person for person, _ in pairs), Counter(exhibitor for _, exhibitor in pairs)
    room = {exhibitor: sum(slot.seats for slot in theirs) for exhibitor, theirs in slots.items()}

    def tightness(pair: tuple[int, int]) -> tuple[int, int, tuple[int, int]]:
        return (room.get(pair[1], 0) - demand[pair[1]], -people[pair[0]], pair)

    ordered = sorted(pairs, key=tightness)
    left = [pair for pair in ordered if not board.place(pair, most_tries, set())]
    return {pair: slot for pair, slot in board.placed.items() if pair not in board.fixed}, left


class _Board:
    def __init__(self, slots: Mapping[int, Sequence[Slot]], fixed: Mapping[tuple[int, int], Slot]) -> None:
        self.slots, self.fixed = slots, fixed
        self.placed: dict[tuple[int, int], Slot] = {}
        self.people: dict[int, dict[tuple[int, int], Slot]] = defaultdict(dict)
        self.taken: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for pair, slot in fixed.items():
            self._put(pair, slot)

    def _blockers(self, pair: tuple[int, int], slot: Slot) -> list[tuple[int, int]]:
        own = [
            other
            for other, theirs in self.people[pair[0]].items()
            if other != pair and is_too_close(theirs, slot)
        ]
        full = self.taken[slot.id] if len(self.taken[slot.id]) >= slot.seats else []
        return own + ([full[-1]] if full else [])

    def free(self, pair: tuple[int, int]) -> list[Slot]:
        return [slot for slot in self.slots.get(pair[1], ()) if not self._blockers(pair, slot)]

    def _put(self, pair: tuple[int, int], slot: Slot) -> None:
        self.placed[pair] = self.people[pair[0]][pair] = slot
        self.taken[slot.id].append(pair)

    def _lift(self, pair: tuple[int, int]) -> Slot:
        slot = self.placed.pop(pair)
        del self.people[pair[0]][pair]
        self.taken[slot.id].remove(pair)
        return slot

    def place(self, pair: tuple[int, int], depth: int, moving: set[tuple[int, int]]) -> bool:
        if free := self.free(pair):
            self._put(pair, free[0])
            return True
        if depth == 0:
            return False
        for slot in self.slots.get(pair[1], ()):
            blockers = self._blockers(pair, slot)
            if len(blockers) != 1 or blockers[0] in moving or blockers[0] in self.fixed:
                continue
            old = self._lift(blockers[0])
            self._put(pair, slot)
            if self.place(blockers[0], depth - 1, moving | {pair}):
                return True
            self._lift(pair)
            self._put(blockers[0], old)
        return False
