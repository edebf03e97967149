"""An index without a disk, for tests and first runs. Everything but durability is the same code as Whoosh's."""

import threading
from collections.abc import Callable, Hashable, Iterable
from datetime import date

from search.answering import answer
from search.documents import Document
from search.engine import Engine
from search.index import Progress
from search.query import Hit, Query, Results, Stats, Suggestion
from search.similar import similar_to
from search.suggesting import suggestions


class MemoryIndex:
    """Documents in this process. Safe for several threads; *today* decides how fresh a document is."""

    def __init__(self, today: Callable[[], date] = date.today) -> None:
        self._today = today
        self._engine = Engine(today=today)
        self._writing = threading.Lock()
        self._generation = 0

    def put(self, documents: Iterable[Document]) -> None:
        records = [document.record() for document in documents]
        with self._writing:
            self._engine = self._engine.changed(records)
            self._generation += 1

    def remove(self, ids: Iterable[int]) -> None:
        with self._writing:
            self._engine = self._engine.changed((), ids)
            self._generation += 1

    def rebuild(self, documents: Iterable[Document], progress: Progress | None = None) -> None:
        records = []
        for count, document in enumerate(documents, 1):
            records.append(document.record())
            if progress:
                progress(count)
        with self._writing:
            self._engine = Engine(today=self._today).changed(records)
            self._generation += 1

    def search(self, query: Query) -> Results:
        return answer(self._engine, query)

    def suggest(self, prefix: str, limit: int = 8) -> list[Suggestion]:
        return suggestions(self._engine, prefix, limit)

    def similar(self, id: int, limit: int = 5) -> list[Hit]:
        return similar_to(self._engine, id, limit)

    def ids(self) -> dict[int, int]:
        return self._engine.digests()

    def version(self) -> Hashable:
        return self._generation

    def stats(self) -> Stats:
        engine = self._engine
        return Stats(len(engine), str(self._generation), segments=len(engine.parts))
