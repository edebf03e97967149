"""The durable index: several processes, crashes, damage, full disks. It answers right or says IndexUnavailable."""

import contextlib
import gc
import multiprocessing
import random
import resource
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from whoosh.filedb.filestore import FileStorage

from search import IndexBusy, IndexUnavailable, PostDocument, Query, WhooshIndex, digest, whoosh_index
from search import generation as generations
from tests.search.posts import HANDFUL, post

pytestmark = pytest.mark.slow  # left out by --quick


@pytest.fixture
def root(tmp_path: Path) -> Path:
    WhooshIndex(tmp_path / "index").rebuild(HANDFUL)
    return tmp_path / "index"


def found(index: WhooshIndex, text: str = "") -> set[int]:
    return {hit.id for hit in index.search(Query(text, per_page=200)).hits}


def test_a_missing_index_is_unavailable_until_it_is_built(tmp_path: Path) -> None:
    index = WhooshIndex(tmp_path / "none")
    asks: list[Callable[[], object]] = [
        lambda: index.search(Query("电工")),
        lambda: index.suggest("电"),
        lambda: index.similar(1),
        index.ids,
        index.stats,
        lambda: index.put(HANDFUL),
        lambda: index.remove([1]),
    ]
    for ask in asks:
        with pytest.raises(IndexUnavailable):
            ask()
    index.rebuild(HANDFUL)
    assert len(found(index)) == 5


def test_the_directory_is_closed_to_others(root: Path) -> None:
    assert root.stat().st_mode & 0o777 == 0o700
    assert all(path.stat().st_mode & 0o777 == 0o700 for path in root.iterdir() if path.is_dir())


def test_another_instance_sees_changes_at_its_next_search(root: Path) -> None:
    reader, writer = WhooshIndex(root), WhooshIndex(root)
    assert 9 not in found(reader)
    writer.put([post(9, "氢氟酸灌装工")])
    assert 9 in found(reader, "氢氟酸")
    writer.remove([9, 1])
    assert found(reader) == {2, 3, 4, 5}
    assert found(WhooshIndex(root)) == {2, 3, 4, 5}


def _write(root: Path, start: int) -> None:
    index = WhooshIndex(root, timeout=60)
    for id in range(start, start + 5):
        index.put([post(id, f"电工{id}")])


@pytest.mark.slow
def test_concurrent_processes_lose_nothing(root: Path) -> None:
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=_write, args=(root, 100 * number)) for number in (1, 2)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(120)
    assert [writer.exitcode for writer in writers] == [0, 0]
    assert {id for number in (1, 2) for id in range(100 * number, 100 * number + 5)} <= found(
        WhooshIndex(root)
    )


def test_a_held_lock_makes_a_writer_busy_and_readers_go_on(root: Path) -> None:
    lock = FileStorage(str(root)).lock("writer.lock")
    assert lock.acquire()
    index = WhooshIndex(root, timeout=0.1)
    started = time.monotonic()
    with pytest.raises(IndexBusy):
        index.put([post(9, "电工")])
    assert time.monotonic() - started < 5
    assert len(found(index)) == 5
    lock.release()
    index.put([post(9, "电工")])
    assert 9 in found(index)


def test_readers_see_the_old_index_until_a_rebuild_is_complete(root: Path) -> None:
    reader = WhooshIndex(root)

    def documents() -> Iterator[PostDocument]:
        yield post(50, "电工")
        assert found(reader) == {1, 2, 3, 4, 5}
        assert found(WhooshIndex(root)) == {1, 2, 3, 4, 5}
        yield post(51, "电工")

    WhooshIndex(root).rebuild(documents())
    assert found(reader) == {50, 51}
    assert len(list(root.glob("store-*"))) == 1


def test_a_rebuild_that_fails_leaves_the_old_index(root: Path) -> None:
    def documents() -> Iterator[PostDocument]:
        yield post(50, "电工")
        raise RuntimeError

    with pytest.raises(IndexUnavailable):
        WhooshIndex(root).rebuild(documents())
    assert found(WhooshIndex(root)) == {1, 2, 3, 4, 5}
    assert len(list(root.glob("store-*"))) == 1


def test_changes_move_into_the_shared_arrays(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(whoosh_index, "COMPACT_AT", 10)
    reader, writer = WhooshIndex(root), WhooshIndex(root)
    for id in range(10, 40):
        writer.put([post(id, f"电工{id}")])
        assert id in found(reader, "电工")
    writer.remove(range(10, 20))
    expected = {1, 2, 3, 4, 5} | set(range(20, 40))
    assert found(reader) == found(WhooshIndex(root)) == expected
    assert generations.read(root).arrays_seq > 0
    assert len(list(root.glob("store-*/*.bin"))) == 1


def _files(root: Path) -> list[str]:
    return sorted(
        str(path.relative_to(root)) for path in root.rglob("*") if path.is_file() and path.suffix != ".lock"
    )


def _delete(path: Path) -> None:
    path.unlink()


def _truncate(path: Path) -> None:
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size // 2)


def _empty(path: Path) -> None:
    path.write_bytes(b"")


def _garble(path: Path) -> None:
    path.write_bytes(random.Random(1).randbytes(path.stat().st_size))


def _flip(path: Path) -> None:
    raw = bytearray(path.read_bytes())
    for at in random.Random(2).sample(range(len(raw)), min(3, len(raw))):
        raw[at] ^= 0x10
    path.write_bytes(bytes(raw))


@pytest.mark.parametrize("is_changed", [False, True], ids=["fresh", "with changes"])
@pytest.mark.parametrize("damage", [_delete, _truncate, _empty, _garble, _flip])
def test_a_damaged_file_never_gives_wrong_answers(
    tmp_path: Path, damage: Callable[[Path], None], is_changed: bool
) -> None:
    index = WhooshIndex(tmp_path / "whole")
    index.rebuild(HANDFUL)
    if is_changed:
        index.put([post(9, "电工")])
    right = found(index, "电工")
    for name in _files(tmp_path / "whole"):
        root = tmp_path / "copy"
        shutil.copytree(tmp_path / "whole", root)
        live = WhooshIndex(root)
        assert found(live, "电工") == right
        damage(root / name)
        for each in (live, WhooshIndex(root)):
            with contextlib.suppress(IndexUnavailable):
                assert found(each, "电工") == right, name
        WhooshIndex(root).rebuild(HANDFUL)
        assert found(live) == found(WhooshIndex(root)) == {1, 2, 3, 4, 5}, name
        shutil.rmtree(root)


def test_a_deleted_directory_is_unavailable_and_heals(root: Path) -> None:
    index = WhooshIndex(root)
    assert len(found(index)) == 5
    shutil.rmtree(root)
    with pytest.raises(IndexUnavailable):
        found(index)
    with pytest.raises(IndexUnavailable):
        index.put(HANDFUL)
    index.rebuild(HANDFUL)
    assert len(found(index)) == 5


def test_a_file_in_place_of_the_directory_is_unavailable(tmp_path: Path) -> None:
    (tmp_path / "index").write_text("x")
    index = WhooshIndex(tmp_path / "index", timeout=0.1)
    with pytest.raises(IndexUnavailable):
        found(index)
    with pytest.raises(IndexUnavailable):
        index.rebuild(HANDFUL)


def _is_refused(action: Callable[[], None]) -> bool:
    """Unlike pytest.raises, keeps nothing of the failure alive."""
    try:
        action()
    except IndexUnavailable:
        return True
    return False


@pytest.mark.filterwarnings("ignore::ResourceWarning")  # whoosh leaves files open that it could not write
@pytest.mark.parametrize("limit", [0, 100, 2_000, 6_000])
def test_a_full_disk_leaves_what_was_there(root: Path, limit: int) -> None:
    index = WhooshIndex(root)
    many = [post(id, f"电工{id}", body="氟化氢" * 200) for id in range(100, 160)]
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, hard))
    try:
        assert _is_refused(lambda: index.put(many))
        assert _is_refused(lambda: index.rebuild(many))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    gc.collect()
    assert found(index) == found(WhooshIndex(root)) == {1, 2, 3, 4, 5}
    index.put(many)
    assert len(found(index)) == 65


@pytest.mark.parametrize("seed", range(4))
def test_the_index_equals_its_documents_after_any_operations(
    tmp_path: Path, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance = random.Random(seed)
    monkeypatch.setattr(whoosh_index, "COMPACT_AT", 15)
    root = tmp_path / "index"
    index, reader = WhooshIndex(root), WhooshIndex(root)
    index.rebuild([])
    kept: dict[int, PostDocument] = {}
    for step in range(40):
        action = chance.choice(["put", "put", "put", "remove", "crash", "rebuild", "reopen"])
        batch = [
            post(id, f"{chance.choice(['电工', '焊工', '化验员'])}{step}")
            for id in chance.sample(range(30), 3)
        ]
        if action == "put":
            index.put(batch)
            kept |= {each.id: each for each in batch}
        elif action == "remove":
            ids = chance.sample(range(30), 4)
            index.remove(ids)
            kept = {id: each for id, each in kept.items() if id not in ids}
        elif action == "rebuild" and chance.random() < 0.3:
            index.rebuild(list(kept.values()))
        elif action == "reopen":
            index = WhooshIndex(root)
        elif action == "crash":
            with monkeypatch.context() as patch, pytest.raises(IndexUnavailable):
                patch.setattr(generations, "publish", _fail)
                index.put(batch)
            index.put(batch)
            kept |= {each.id: each for each in batch}
        expected = {id: digest(each) for id, each in kept.items()}
        assert reader.ids() == expected
        assert found(reader) == set(kept)
    assert WhooshIndex(root).ids() == expected


def _fail(*_: object) -> None:
    raise OSError("the machine went down here")
