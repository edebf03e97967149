"""What a search index is. Read this before any backend."""

from collections.abc import Callable, Hashable, Iterable
from typing import Protocol

from search.documents import Document
from search.query import Hit, Query, Results, Stats, Suggestion

Progress = Callable[[int], None]


class IndexUnavailable(Exception):
    """The index cannot answer: it is missing, damaged, or its disk fails. Ask the database; ``rebuild`` heals it."""


class IndexBusy(IndexUnavailable):
    """Another writer holds the index for longer than a writer waits. Nothing was written; try again later."""


class SearchIndex(Protocol):
    """Documents of one kind, found by text and conditions. Every method may raise IndexUnavailable."""

    def put(self, documents: Iterable[Document]) -> None:
        """Add documents, replacing any with the same id; searches see them at once, other processes within 2 s."""

    def remove(self, ids: Iterable[int]) -> None:
        """Forget documents; unknown ids are ignored."""

    def search(self, query: Query) -> Results:
        """Answer one page. Any text is allowed; an empty text finds everything that the filters keep."""

    def suggest(self, prefix: str, limit: int = 8) -> list[Suggestion]:
        """Complete what is being typed, in characters, pinyin or initials."""

    def similar(self, id: int, limit: int = 5) -> list[Hit]:
        """Documents like one of the index; empty when it does not hold *id*."""

    def rebuild(self, documents: Iterable[Document], progress: Progress | None = None) -> None:
        """Replace the whole content in one step; readers see the old one until the new one is complete."""

    def ids(self) -> dict[int, int]:
        """Every id with the digest of its content (``search.digest(document)`` tells what it should be)."""

    def version(self) -> Hashable:
        """Another value after every change, at next to no cost: answers to a query are the same until then and
        until midnight, when everything is a day older."""

    def stats(self) -> Stats:
        """How much it holds."""
