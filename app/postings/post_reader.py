"""What is collected while a pasted post is read: values, where they stood, which letters are used up."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from app.postings.post_labels import is_only_labels, trimmed


@dataclass(frozen=True, slots=True)
class Reading:
    """A value and the stretch of the pasted text from which it was read."""

    value: Any
    start: int
    end: int
    words: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Draft:
    """One post. `rest` are the stretches that no field used, those shared by several posts included."""

    fields: Mapping[str, Reading]
    rest: tuple[tuple[int, int], ...]
    start: int
    end: int


@dataclass(slots=True)
class Reader:
    """Collects readings of one post and remembers which letters they used."""

    text: str
    plain: str
    today: date
    fields: dict[str, Reading] = field(default_factory=dict)
    used: set[tuple[int, int]] = field(default_factory=set)

    def keep(self, name: str, value: Any, spans: Iterable[tuple[int, int]], confidence: float) -> None:
        """The first reading of a field stays, only benefits add up; the letters of what is kept count as used."""
        stretches = list(spans)
        earlier = self.fields.get(name)
        if earlier is not None and name == "benefits":
            more = [each for each in value if each not in earlier.value]
            self.fields[name] = replace(earlier, value=[*earlier.value, *more])
            self.used.update(stretches)
            return
        if earlier is not None or value in (None, "", []) or not stretches:
            return
        start, end = min(s for s, _ in stretches), max(e for _, e in stretches)
        self.fields[name] = Reading(value, start, end, self.text[start:end], confidence)
        self.used.update(stretches)

    def unused(self, start: int, end: int) -> list[tuple[int, int]]:
        """Stretches between the used ones that hold more than marks and spaces."""
        gaps, position = [], start
        for used_start, used_end in sorted(self.used):
            if used_end <= position or used_start >= end:
                continue
            gaps.append((position, used_start))
            position = used_end
        gaps.append((position, end))
        trims = (trimmed(self.plain, max(s, start), min(e, end)) for s, e in gaps if s < e)
        return [(s, e) for s, e in trims if not is_only_labels(self.plain[s:e])]
