"""States and moves: one transition table per kind says which state follows which and who may move it."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from app.core.errors import DomainError

State = TypeVar("State", bound=StrEnum)


class MoveNotPossible(DomainError):
    message = "当前状态不能做这一步，请刷新页面看看最新状态"


@dataclass(frozen=True)
class Move(Generic[State]):
    """One verb: from any of `sources` to `target`, for the parties in `who`."""

    verb: str
    label: str  # what the button says
    sources: frozenset[State]
    target: State
    who: frozenset[str]


class Workflow(Generic[State]):
    """All moves of one kind, by verb. A move that is not in the table does not exist."""

    def __init__(self, initial: State, moves: Iterable[Move[State]]) -> None:
        self.initial = initial
        self.moves = {move.verb: move for move in moves}

    def possible(self, state: State, who: str) -> list[Move[State]]:
        """The moves that *who* may take now, in the order of the table."""
        return [move for move in self.moves.values() if state in move.sources and who in move.who]

    def target(self, state: State, verb: str, who: str) -> State:
        """Where *verb* leads.

        Raises
        ------
        MoveNotPossible
            No such verb, not from this state, or not for this party.
        """
        move = self.moves.get(verb)
        if move is None or state not in move.sources or who not in move.who:
            raise MoveNotPossible
        return move.target
