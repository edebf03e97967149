"""What was read from a file: a draft, and for every value the place in the text that it came from."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from app.people.contact import Contact
from app.people.content import Content


@dataclass(frozen=True, slots=True)
class Source:
    """`text[start:end]` is where the value at `path` was read, `work.0.employer` for one."""

    path: str
    start: int
    end: int
    is_guess: bool = False  # concluded from the form of the words, not said by a label: look twice


@dataclass(frozen=True, slots=True)
class NotKept:
    """Words that no résumé here may hold, such as 民族 or 婚育; they are in no value of the draft."""

    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Draft:
    """Nothing of it counts before its person has looked at it and saved."""

    content: Content = field(default_factory=Content)
    contact: Contact = field(default_factory=Contact)
    sources: tuple[Source, ...] = ()
    not_kept: tuple[NotKept, ...] = ()
    leftover: tuple[tuple[int, int], ...] = ()  # words that found no place in the draft

    def source_of(self, path: str) -> Source | None:
        return next((source for source in self.sources if source.path == path), None)

    def to_dict(self) -> dict[str, Any]:
        return {
            "content": self.content.to_dict(),
            "contact": asdict(self.contact),
            "sources": [asdict(source) for source in self.sources],
            "not_kept": [asdict(each) for each in self.not_kept],
            "leftover": [list(span) for span in self.leftover],
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "Draft":
        """Reads what `to_dict` wrote, and nothing else."""
        return cls(
            content=Content.from_dict(data["content"]),
            contact=Contact(**data["contact"]),
            sources=tuple(Source(**source) for source in data["sources"]),
            not_kept=tuple(NotKept(**each) for each in data["not_kept"]),
            leftover=tuple((start, end) for start, end in data["leftover"]),
        )


def redact(text: str, not_kept: Iterable[NotKept]) -> str:
    """The text with a block for every character that may not be kept; positions stay true."""
    letters = list(text)
    for each in not_kept:
        for position in range(each.start, each.end):
            if not letters[position].isspace():
                letters[position] = "█"
    return "".join(letters)
