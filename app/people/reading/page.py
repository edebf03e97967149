"""The text while it is read: private words blanked out first, then lines, values and what is left over."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from app.core.halfwidth import half_width
from app.people.reading.draft import NotKept, Source

_RULES = str.maketrans("─━", "--")
_EDGES = " \u3000\t\n\r,，;；:：、|/·•-—–*>●■◆▶★。."
_DOUBLED = re.compile(r"([,，;；、|])(?:[ \t]*[,，;；、|])+")
_MEANING = re.compile(r"[^\W_]")


@dataclass(frozen=True, slots=True)
class Line:
    start: int
    end: int


def lines_in(text: str, start: int = 0, end: int | None = None) -> Iterator[Line]:
    """Lines that hold something, without the spaces around them."""
    position = start
    for line in text[start:end].split("\n"):
        stripped = line.strip()
        if stripped:
            begin = position + line.index(stripped[0])
            yield Line(begin, begin + len(stripped))
        position += len(line) + 1


def plain(text: str) -> str:
    """Half-width and with one kind of dash, each character in its place."""
    return half_width(text).translate(_RULES)


class Page:
    """Values are taken only from text without private words, so that none can slip into the draft."""

    def __init__(self, text: str, private: Iterable[NotKept]) -> None:
        letters = list(text)
        self.used = bytearray(len(text))
        for each in private:
            self.use(each.start, each.end)
            letters[each.start : each.end] = [
                letter if letter == "\n" else " " for letter in letters[each.start : each.end]
            ]
        self.text = "".join(letters)
        self.plain = plain(self.text)
        self.sources: list[Source] = []

    def use(self, start: int, end: int) -> None:
        self.used[start:end] = b"\x01" * (end - start)

    def release(self, start: int, end: int) -> None:
        self.used[start:end] = bytes(end - start)

    def blank(self, start: int, end: int) -> None:
        """Take words out of what follows, as with contact data, which belongs in no value of the résumé."""
        self.use(start, end)
        gap = " " * (end - start)
        self.text = self.text[:start] + gap + self.text[end:]
        self.plain = self.plain[:start] + gap + self.plain[end:]

    def lines(self, start: int = 0, end: int | None = None) -> list[Line]:
        return list(lines_in(self.text, start, end))

    def trimmed(self, start: int, end: int) -> tuple[int, int]:
        while start < end and self.text[start] in _EDGES:
            start += 1
        while end > start and self.text[end - 1] in _EDGES:
            end -= 1
        return start, end

    def take(self, path: str, start: int, end: int, *, is_guess: bool = False) -> str:
        """One line of value, remembered with its place; empty words are not remembered."""
        start, end = self.trimmed(start, end)
        value = " ".join(_DOUBLED.sub(r"\1", self.text[start:end]).split())
        if value:
            self.note(path, start, end, is_guess=is_guess)
        return value

    def take_prose(self, path: str, lines: Iterable[Line], *, is_guess: bool = False) -> str:
        """Several lines of value; the place runs from the first to the last."""
        kept = [(line, value) for line in lines if (value := self._prose_of(line))]
        if not kept:
            return ""
        for line, _ in kept:
            self.use(line.start, line.end)
        self.sources.append(Source(path, kept[0][0].start, kept[-1][0].end, is_guess))
        return "\n".join(value for _, value in kept)

    def note(self, path: str, start: int, end: int, *, is_guess: bool = False) -> None:
        self.use(start, end)
        self.sources.append(Source(path, start, end, is_guess))

    def unused(self, line: Line, *, is_whole: bool = False) -> list[Line]:
        """Runs of words of a line that gave no value yet; with `is_whole` blanked words do not cut a sentence."""
        runs, position = [], line.start
        for place in range(line.start, line.end + 1):
            is_free = place < line.end and (
                not self.used[place] or (is_whole and position < place and self.text[place] == " ")
            )
            if not is_free:
                start, stop = self.trimmed(position, place)
                if _MEANING.search(self.text, start, stop):
                    runs.append(Line(start, place if is_whole and place == line.end else stop))
                position = place + 1
        return runs

    def leftover(self) -> tuple[tuple[int, int], ...]:
        """What gave no value, without lone punctuation."""
        runs = [run for line in self.lines() for run in self.unused(line)]
        return tuple((run.start, run.end) for run in runs if run.end - run.start > 1)

    def _prose_of(self, line: Line) -> str:
        words = _DOUBLED.sub(r"\1", self.text[line.start : line.end])
        words = words.lstrip(" \t,，;；、●■◆▶★•·*-").rstrip()
        words = words.rstrip(",，、") if words.endswith((",", "，", "、")) else words
        return " ".join(words.split()) if _MEANING.search(words) else ""
