"""The durable index: Whoosh stores, arrays answer. One process writes at a time, any number read.

A reader looks at one small file before each search; when that changed it takes in what is new. The arrays of the
bulk of the documents are mapped, so that processes share them.
"""

import contextlib
import logging
import shutil
import threading
import time
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
from whoosh.filedb.filestore import FileStorage

from search import generation as generations
from search.answering import answer
from search.documents import Document, Record
from search.engine import Engine
from search.generation import Generation, Signature
from search.index import IndexBusy, IndexUnavailable, Progress
from search.merging import merge
from search.query import Hit, Query, Results, Stats, Suggestion
from search.segment import Segment, build
from search.segment_file import MappedSegment, save
from search.similar import similar_to
from search.suggesting import suggestions
from search.whoosh_store import WhooshStore

log = logging.getLogger(__name__)

COMPACT_AT = 2_000  # changed documents before they are taken into the mapped arrays
_CHUNK = 500  # documents turned into arrays at a time while rebuilding
_RETRIES = 3  # a writer may clean up what a reader was about to open


class WhooshIndex:
    """Documents in *directory* (made with mode 0700 by the first ``rebuild``).

    ``timeout`` is how many seconds a writer waits for another before it raises IndexBusy. Nothing is opened until
    it is needed, so an instance survives a fork.
    """

    def __init__(
        self, directory: Path | str, *, timeout: float = 10.0, today: Callable[[], date] = date.today
    ) -> None:
        self._root = Path(directory)
        self._timeout = timeout
        self._today = today
        self._reading = threading.Lock()
        self._signature: Signature | None = None
        self._generation: Generation | None = None
        self._store: WhooshStore | None = None
        self._mapped: MappedSegment | None = None
        self._engine = Engine(today=today)

    def search(self, query: Query) -> Results:
        return answer(self._current(), query)

    def suggest(self, prefix: str, limit: int = 8) -> list[Suggestion]:
        return suggestions(self._current(), prefix, limit)

    def similar(self, id: int, limit: int = 5) -> list[Hit]:
        return similar_to(self._current(), id, limit)

    def ids(self) -> dict[int, int]:
        return self._current().digests()

    def version(self) -> Hashable:
        with _unavailable("be found"):
            return generations.signature(self._root)

    def stats(self) -> Stats:
        engine = self._current()
        generation = self._generation
        name = f"{generation.epoch}.{generation.seq}" if generation else ""
        return Stats(len(engine), name, _size(self._root), len(engine.parts))

    def put(self, documents: Iterable[Document]) -> None:
        self._change([document.record() for document in documents], [])

    def remove(self, ids: Iterable[int]) -> None:
        wanted = list(ids)
        if not wanted:
            return
        known = self._current()
        self._change([], [id for id in wanted if known.find(id)])

    def _change(self, put: list[Record], remove: list[int]) -> None:
        if not put and not remove:
            return
        with self._writing(), _unavailable("write"):
            generation = generations.read(self._root)
            store = WhooshStore(generation.store(self._root))
            seq = generation.seq + 1
            store.write(seq, put, remove)
            changed = generation.changed + len(put) + len(remove)
            manifest = store.manifest(generation.manifest)
            generation = replace(generation, seq=seq, changed=changed, manifest=manifest)
            generations.publish(self._root, generation)
            self._compact(generation)

    def _compact(self, generation: Generation) -> None:
        """Take changes into the mapped arrays once there are many."""
        if generation.changed < max(COMPACT_AT, generation.size // 10):
            return
        engine = self._current()
        old = generation.arrays(self._root)
        generation = replace(generation, arrays_seq=generation.seq, size=len(engine), changed=0)
        save(engine.merged(), generation.arrays(self._root))
        generations.publish(self._root, generation)
        old.unlink(missing_ok=True)

    def rebuild(self, documents: Iterable[Document], progress: Progress | None = None) -> None:
        with _unavailable("make"):
            self._root.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._root.chmod(0o700)
        with self._writing(), _unavailable("rebuild"):
            generation = Generation(epoch=f"{time.time_ns():x}", seq=0, arrays_seq=0)
            directory = generation.store(self._root)
            try:
                store = WhooshStore(directory)
                store.create()
                segments: list[Segment] = []
                store.write(0, _both(documents, segments, progress))
                whole = merge([(each, np.ones(len(each), np.bool_)) for each in segments])
                save(whole, generation.arrays(self._root))
                generation = replace(generation, size=len(whole), manifest=store.manifest({}))
                generations.publish(self._root, generation)
            except BaseException:
                shutil.rmtree(directory, ignore_errors=True)
                raise
            for other in self._root.glob("store-*"):
                if other != directory:
                    shutil.rmtree(other, ignore_errors=True)

    @contextlib.contextmanager
    def _writing(self) -> Iterator[None]:
        """Hold the one writer's place, or raise IndexBusy after the timeout."""
        with _unavailable("lock"):
            lock = FileStorage(str(self._root)).lock("writer.lock")
            until = time.monotonic() + self._timeout
            while not lock.acquire(blocking=False):
                if time.monotonic() > until:
                    raise IndexBusy("another writer holds the index")
                time.sleep(0.02)
        try:
            yield
        finally:
            lock.release()

    def _current(self) -> Engine:
        """The engine as of the last published change. Raises IndexUnavailable."""
        try:
            seen = generations.signature(self._root)
        except OSError as problem:
            raise IndexUnavailable("there is no index") from problem
        if seen == self._signature and (self._mapped is None or self._mapped.is_intact()):
            return self._engine
        with self._reading:
            return self._refreshed()

    def _refreshed(self) -> Engine:
        for attempt in range(_RETRIES):
            try:
                seen = generations.signature(self._root)
                if seen != self._signature or (self._mapped and not self._mapped.is_intact()):
                    self._load(generations.read(self._root))
                    self._signature = seen
            except Exception as problem:  # a damaged file can raise anything while it is read
                self._signature, self._generation, self._mapped = None, None, None
                if attempt == _RETRIES - 1:
                    log.warning("the search index cannot be read: %s", str(problem))
                    raise IndexUnavailable(f"the index cannot be read: {problem}") from problem
                time.sleep(0.02)
            else:
                break
        return self._engine

    def _load(self, generation: Generation) -> None:
        """Take in what is new since the generation at hand, or everything when that is another one."""
        held = self._generation
        is_same = held is not None and (held.epoch, held.arrays_seq) == (
            generation.epoch,
            generation.arrays_seq,
        )
        if is_same and held and self._store and (self._mapped is None or self._mapped.is_intact()):
            engine, since = self._engine, held.seq
        else:
            self._store = WhooshStore(generation.store(self._root))
            self._mapped = MappedSegment(generation.arrays(self._root))
            engine, since = Engine(today=self._today).with_base(self._mapped.segment), generation.arrays_seq
        if generation.seq > since and self._store:
            put, removed = self._store.newer_than(since, generation.manifest)
            engine = engine.changed(put, removed)
        self._engine, self._generation = engine, generation


@contextlib.contextmanager
def _unavailable(doing: str) -> Iterator[None]:
    """Turn everything that a disk or a damaged file can raise into the one failure that callers know."""
    try:
        yield
    except (IndexUnavailable, GeneratorExit, MemoryError):
        raise
    except Exception as problem:
        log.warning("the search index failed to %s: %s", doing, str(problem))
        raise IndexUnavailable(f"the index failed to {doing}: {problem}") from problem


def _both(
    documents: Iterable[Document], segments: list[Segment], progress: Progress | None
) -> Iterator[Record]:
    """Pass records on to the store and leave *segments* of them behind; a repeated id counts once."""
    chunk: list[Record] = []
    seen: set[int] = set()
    for document in documents:
        if document.id in seen:
            continue
        seen.add(document.id)
        record = document.record()
        chunk.append(record)
        yield record
        if len(chunk) == _CHUNK:
            segments.append(build(chunk))
            chunk = []
        if progress:
            progress(len(seen))
    segments.append(build(chunk))


def _size(root: Path) -> int:
    """Bytes on disk; files that vanish meanwhile count nothing."""
    total = 0
    for path in root.rglob("*"):
        with contextlib.suppress(OSError):
            total += path.stat().st_size
    return total
