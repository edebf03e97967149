"""A closed list of words on the screen: the stored value is the canonical name itself."""

from collections.abc import Iterator
from dataclasses import dataclass

from app.core.halfwidth import half_width


@dataclass(frozen=True, slots=True)
class Term:
    name: str
    short: str = ""
    aliases: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """For narrow places such as chart axes and tiles."""
        return self.short or self.name


def fold(text: str) -> str:
    return "".join(half_width(text).lower().split())


class Vocabulary:
    """An ordered list of terms that also understands their other spellings."""

    def __init__(self, *terms: Term) -> None:
        self.terms = terms
        self.names: tuple[str, ...] = tuple(term.name for term in terms)
        self._by_name = {term.name: term for term in terms}
        self._spellings: dict[str, str] = {}
        for term in terms:
            for spelling in (term.name, term.short, *term.aliases):
                if spelling:
                    self._spellings.setdefault(fold(spelling), term.name)
        self._longest_first = sorted(self._spellings, key=len, reverse=True)

    def __contains__(self, name: object) -> bool:
        return name in self._by_name

    def __iter__(self) -> Iterator[Term]:
        return iter(self.terms)

    def __len__(self) -> int:
        return len(self.terms)

    def label(self, name: str) -> str:
        """The short label of a name; an unknown name is shown as it is."""
        term = self._by_name.get(name)
        return term.label if term else name

    def rank(self, name: str) -> int:
        """Position in the list; unknown names come last."""
        return self.names.index(name) if name in self._by_name else len(self.names)

    def options(self) -> list[tuple[str, str]]:
        return [(name, name) for name in self.names]

    def read(self, text: str) -> str | None:
        """The canonical name for one field's words, exact spelling only (width, case and spaces aside)."""
        return self._spellings.get(fold(text))

    def find_all(self, text: str) -> list[tuple[str, int, int]]:
        """Every term in running text, longest spelling first, nothing counted twice: (name, start, end)."""
        plain = half_width(text).lower()
        taken = bytearray(len(plain))
        found = []
        for spelling in self._longest_first:
            start = plain.find(spelling)
            while start >= 0:
                end = start + len(spelling)
                if not any(taken[start:end]):
                    taken[start:end] = b"\x01" * len(spelling)
                    found.append((self._spellings[spelling], start, end))
                start = plain.find(spelling, end)
        return sorted(found, key=lambda each: each[1])
