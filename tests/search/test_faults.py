"""Each fault ten times, at random places: a search answers right or says IndexUnavailable, and a rebuild heals."""

import contextlib
import multiprocessing
import random
import resource
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from whoosh.filedb.filestore import FileStorage

from search import IndexBusy, IndexUnavailable, Query, WhooshIndex
from tests.search.posts import HANDFUL, post

FAULTS = ("deleted", "truncated", "flipped", "locked", "full")
Undo = Callable[[], None]


def found(index: WhooshIndex, text: str = "电工") -> set[int]:
    return {hit.id for hit in index.search(Query(text, per_page=200)).hits}


def harm(root: Path, fault: str, chance: random.Random) -> Undo:
    """Do it; what is given back ends it, where it ends."""
    files = sorted(path for path in root.rglob("*") if path.is_file() and path.suffix != ".lock")
    path = chance.choice([file for file in files if file.stat().st_size])
    raw = path.read_bytes()
    if fault == "deleted":
        path.unlink() if chance.random() < 0.7 else shutil.rmtree(root)
    elif fault == "truncated":
        path.write_bytes(raw[: chance.randrange(len(raw))])
    elif fault == "flipped":
        at = chance.randrange(len(raw))
        path.write_bytes(raw[:at] + bytes([raw[at] ^ (1 << chance.randrange(8))]) + raw[at + 1 :])
    elif fault == "locked":
        lock = FileStorage(str(root)).lock("writer.lock")
        assert lock.acquire()
        return lock.release
    else:
        soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (chance.randrange(3_000), hard))
        return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    return lambda: None


@pytest.mark.filterwarnings("ignore::ResourceWarning")  # whoosh leaves files open that it could not write
@pytest.mark.parametrize("seed", range(10))
@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_never_gives_a_wrong_answer_and_is_healed(tmp_path: Path, fault: str, seed: int) -> None:
    chance, root = random.Random(f"{fault}{seed}"), tmp_path / "index"
    WhooshIndex(root).rebuild(HANDFUL)
    live = WhooshIndex(root, timeout=0.05)
    live.put([post(9, "电工")])
    right = found(live)
    end = harm(root, fault, chance)
    try:
        for index in (live, WhooshIndex(root, timeout=0.05)):
            with contextlib.suppress(IndexUnavailable):
                assert found(index) == right
        with contextlib.suppress(IndexUnavailable):
            live.put([post(id, "电工", body="氟化氢" * 300) for id in range(20, 30)])
            right |= set(range(20, 30))
    finally:
        end()
    if fault in ("locked", "full"):
        assert found(WhooshIndex(root)) == right
    live.rebuild([*HANDFUL, post(9, "电工")])
    assert found(live) == found(WhooshIndex(root)) == {3, 9}


def test_a_held_lock_is_told_as_busy_and_nothing_else(tmp_path: Path) -> None:
    root = tmp_path / "index"
    WhooshIndex(root).rebuild(HANDFUL)
    lock = FileStorage(str(root)).lock("writer.lock")
    assert lock.acquire()
    for act in (lambda i: i.put(HANDFUL), lambda i: i.remove([1]), lambda i: i.rebuild(HANDFUL)):
        with pytest.raises(IndexBusy):
            act(WhooshIndex(root, timeout=0.05))
    lock.release()


def _put_one(root: str) -> None:
    WhooshIndex(root).put([post(77, "电工")])


def test_a_change_of_one_process_is_seen_by_another_within_two_seconds(tmp_path: Path) -> None:
    root = tmp_path / "index"
    WhooshIndex(root).rebuild(HANDFUL)
    readers = [WhooshIndex(root), WhooshIndex(root)]
    for reader in readers:
        assert 77 not in found(reader)
    writer = multiprocessing.get_context("spawn").Process(target=_put_one, args=(str(root),))
    writer.start()
    writer.join(60)
    published = time.monotonic()
    assert writer.exitcode == 0
    assert all(77 in found(reader) for reader in readers)
    assert time.monotonic() - published < 2


def test_processes_share_one_file_of_arrays(tmp_path: Path) -> None:
    root = tmp_path / "index"
    WhooshIndex(root).rebuild(HANDFUL)
    readers = [WhooshIndex(root), WhooshIndex(root)]
    for reader in readers:
        found(reader)
    maps = Path("/proc/self/maps").read_text(encoding="utf-8")
    assert maps.count("arrays-0.bin") >= 2
    assert {line.split()[1] for line in maps.splitlines() if "arrays-0.bin" in line} == {"r--s"}
