"""The matcher's snapshots: written by the worker, opened by every process, never believed when they do not fit."""

import json
import os
import shutil
import subprocess
import sys
import time
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from sqlalchemy import delete, func, select, update

from app.core import county_time
from app.core.db import now, transaction
from app.discovery import following, learning, queries, services, snapshots, sync
from app.discovery.fitting import LOOK_EVERY, MatcherOfProcess
from app.discovery.models import Change
from app.people.models import Resume
from matching.model import load
from matching.vectors import Rarity
from tests.conftest import app_on
from tests.factory import Make

pytestmark = pytest.mark.slow  # left out by --quick

ROOT = Path(__file__).parents[2]
SEEN_WITHIN = 5.0


@pytest.fixture
def pair(make):
    return make.person(), make.posting(degree=3, years=3, required_certificates=["氟化工艺作业"])


@pytest.fixture
def worker(app):
    return MatcherOfProcess(app)


def newest():
    return snapshots.generations().newest()


def changed(person, **given):
    with transaction() as session:
        resume = session.scalar(select(Resume).where(Resume.person_id == person.id))
        resume.content = resume.content | given


def card(fit):
    return next(row for row in fit.rows if row.kind == "certificate")


def later(process):
    """Let the process look again, as it does once a second."""
    process._looked_at -= LOOK_EVERY


CARD = [{"name": "氟化工艺作业证", "level": "", "valid_until": None}]


def test_a_process_opens_the_snapshot_and_follows_the_changes(pair, worker, app):
    person, posting = pair
    assert snapshots.renew()
    assert not snapshots.renew()
    fit = worker.bands(person.id, [posting.id])[posting.id]
    assert worker.held.is_shared
    assert not card(fit).is_met
    changed(person, certificates=CARD)
    assert card(worker.bands(person.id, [posting.id])[posting.id]).is_met
    assert worker.held.is_shared
    alone = MatcherOfProcess(app)
    shutil.rmtree(newest())
    assert alone.bands(person.id, [posting.id]) == worker.bands(person.id, [posting.id])
    assert not alone.held.is_shared


def test_a_newer_snapshot_is_taken_and_holds_the_changes_itself(pair, worker, make):
    person, posting = pair
    snapshots.renew()
    worker.bands(person.id, [posting.id])
    changed(person, certificates=CARD)
    other = make.posting()
    snapshots.rebuild()
    assert newest().name == "00000002"
    later(worker)
    found = worker.bands(person.id, [posting.id, other.id])
    assert worker.held.is_shared
    assert [len(segments) for segments in segments_of(worker)] == [1, 1]
    assert card(found[posting.id]).is_met
    assert set(found) == {posting.id, other.id}


def segments_of(process):
    return process.held._posts.now().segments, process.held._people.now().segments


@pytest.mark.parametrize(
    ("number", "age", "is_due"),
    [(1, timedelta(minutes=1), False), (1, timedelta(minutes=31), True), (3, timedelta(0), True)],
)
def test_a_snapshot_is_due_before_the_log_forgets_or_when_much_changed(
    pair, app, monkeypatch, number, age, is_due
):
    person, _ = pair
    monkeypatch.setattr(snapshots, "MOST_CHANGES", 2)
    snapshots.renew()
    for i in range(number):
        changed(person, headline=f"外操{i}")
    with transaction() as session:
        session.execute(update(Change.__table__).values(written_at=now() - age))
    assert snapshots.renew() is is_due
    process = MatcherOfProcess(app)
    assert process.posts_for(person.id, 5)
    assert len(segments_of(process)[1]) == (1 if is_due else 2)


def test_a_process_that_slept_too_long_takes_the_newest_snapshot(pair, worker):
    person, posting = pair
    snapshots.renew()
    worker.bands(person.id, [posting.id])
    for _ in range(3):
        changed(person, certificates=CARD)
        changed(person, certificates=[])
    changed(person, certificates=CARD)
    snapshots.rebuild()
    with transaction() as session:
        session.execute(update(Change.__table__).values(written_at=now() - 2 * sync.KEPT))
    sync.forget_old_changes()
    with pytest.raises(following.ChangesForgotten):
        following.catch_up(worker.held, worker._read_until)
    assert card(worker.bands(person.id, [posting.id])[posting.id]).is_met
    assert worker.held.is_shared


def test_a_snapshot_from_which_no_log_leads_on_is_made_anew(pair, worker, app):
    person, posting = pair
    snapshots.renew()
    changed(person, certificates=CARD)
    with transaction() as session:  # the day's changes are forgotten, or an older database was put back
        session.execute(update(Change.__table__).values(written_at=now() - 2 * sync.KEPT))
    changed(person, headline="外操")
    sync.forget_old_changes()
    assert card(worker.bands(person.id, [posting.id])[posting.id]).is_met
    assert not worker.held.is_shared
    assert snapshots.renew()
    with transaction() as session:
        session.execute(delete(Change.__table__))
    assert snapshots.open_newest(load()) is None
    assert snapshots.renew()
    assert snapshots.open_newest(load()) is not None


def test_a_new_day_brings_what_no_change_tells(pair, worker, make, monkeypatch):
    person, posting = pair
    soon = make.posting(valid_until=county_time.today() + timedelta(days=2))
    until = county_time.today() + timedelta(days=70)
    changed(person, certificates=[CARD[0] | {"valid_until": f"{until:%Y-%m}"}])
    snapshots.renew()
    worker.bands(person.id, [posting.id])
    day = county_time.today() + timedelta(days=120)
    midnight = datetime.combine(day, datetime.min.time(), county_time.COUNTY_TIME)
    monkeypatch.setattr(county_time, "datetime", SimpleNamespace(now=lambda _zone: midnight))
    later(worker)
    assert "已过期" in card(worker.bands(person.id, [posting.id])[posting.id]).says
    with transaction():
        posting.valid_until = day
        posting.organization.verified_until = day
    assert snapshots.renew()
    assert not snapshots.renew()
    later(worker)
    assert "已过期" in card(worker.bands(person.id, [posting.id])[posting.id]).says
    assert worker.held.is_shared
    assert worker.held.post_ids() == [posting.id]
    assert soon.id not in worker.held.post_ids()


def promoted(model):
    shelf = learning.versions()
    shelf.promote(shelf.add(model))


def test_a_model_that_counts_words_alike_needs_no_new_snapshot(pair, worker):
    person, posting = pair
    snapshots.renew()
    assert worker.bands(person.id, [posting.id])
    shipped = load()
    promoted(replace(shipped, coef=shipped.coef * 0, bias=shipped.bias * 0 - 5, strong=9.0, middle=8.0))
    assert not snapshots.renew()
    later(worker)
    assert worker.bands(person.id, [posting.id])[posting.id].band == 1
    assert worker.held.is_shared


def test_a_model_that_counts_words_otherwise_waits_for_its_snapshot(pair, worker, app):
    person, posting = pair
    snapshots.renew()
    worker.bands(person.id, [posting.id])
    old = worker.held.model
    rarity = Rarity(old.rarity.columns, old.rarity.values * np.float32(1.5), old.rarity.unseen)
    promoted(replace(load(), rarity=rarity))
    later(worker)
    assert worker.bands(person.id, [posting.id])
    assert worker.held.model is old
    assert snapshots.renew()
    later(worker)
    assert worker.bands(person.id, [posting.id])
    assert np.array_equal(worker.held.model.rarity.values, rarity.values)
    assert worker.held.is_shared
    assert MatcherOfProcess(app).bands(person.id, [posting.id]) == worker.bands(person.id, [posting.id])


def harm_deleted(folder):
    shutil.rmtree(folder)


def harm_manifest_gone(folder):
    (folder / "manifest.json").unlink()


def harm_truncated(folder):
    os.truncate(folder / "people_readings.bin", 100)


def harm_emptied(folder):
    os.truncate(folder / "posts_letters_data.npy", 0)


def harm_flipped(folder):
    data = bytearray((folder / "people_level.npy").read_bytes())
    data[-1] ^= 64
    (folder / "people_level.npy").write_bytes(data)


def harm_other_code(folder):
    manifest = folder / "manifest.json"
    manifest.write_text(manifest.read_text().replace('"stamp": "', '"stamp": "0'))


def harm_nonsense(folder):
    (folder / "manifest.json").write_text("nonsense")


HARMS = [
    harm_deleted,
    harm_manifest_gone,
    harm_truncated,
    harm_emptied,
    harm_flipped,
    harm_other_code,
    harm_nonsense,
]


@pytest.mark.parametrize("harm", HARMS)
def test_harm_changes_no_answer_and_the_worker_writes_anew(pair, make, login, app, harm):
    person, posting = pair
    make.person(content={"headline": "会计", "intention": {"jobs": ["会计"]}})
    right = MatcherOfProcess(app).people_for(posting.id, 10)
    assert len(right) == 2
    snapshots.renew()
    open_before, opened_after = MatcherOfProcess(app), MatcherOfProcess(app)
    assert open_before.people_for(posting.id, 10) == right
    harm(newest())
    assert opened_after.people_for(posting.id, 10) == right
    assert open_before.people_for(posting.id, 10) == right
    assert not opened_after.held.is_shared
    page = login(person.user).get(f"/jobs/{posting.id}/why")
    assert page.status_code == 200
    assert snapshots.renew()
    assert not snapshots.renew()
    later(opened_after)
    assert opened_after.people_for(posting.id, 10) == right
    assert opened_after.held.is_shared


def test_what_is_half_written_is_no_snapshot(pair, worker):
    person, posting = pair
    root = snapshots.generations().root
    (root / "new-abc").mkdir(parents=True)
    (root / "new-abc" / "posts_ids.npy").write_bytes(b"\x93NUMPY")
    assert worker.bands(person.id, [posting.id])
    assert not worker.held.is_shared
    os.utime(root / "new-abc", (0, 0))
    assert snapshots.renew()
    assert [path.name for path in root.iterdir()] == ["00000001"]


def test_who_closed_the_account_is_soon_on_no_disk(pair, db):
    person, _ = pair
    changed(person, summary="只有我会这样写")
    snapshots.renew()
    changed(person, summary="")
    snapshots.rebuild()
    folders = sorted(snapshots.generations().root.iterdir())
    assert len(folders) == 2
    os.utime(folders[0], (0, 0))
    snapshots.renew()
    assert list(snapshots.generations().root.iterdir()) == folders[1:]
    assert "只有我会这样写".encode() not in (folders[1] / "people_readings.bin").read_bytes()


def test_a_full_disk_leaves_the_snapshot_before(pair, worker, monkeypatch):
    person, posting = pair
    snapshots.renew()

    def full(*_, **__):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("matching.files.np.save", full)
    with pytest.raises(OSError, match="No space"):
        snapshots.rebuild()
    assert newest().name == "00000001"
    assert worker.bands(person.id, [posting.id])
    assert worker.held.is_shared


def test_preparing_and_rebuilding_leave_a_snapshot(pair):
    services.ensure_matcher()
    first = newest()
    services.ensure_matcher()
    assert newest() == first
    services.rebuild(lambda *_: None)
    assert newest() > first


def test_what_is_read_in_parts_is_one_snapshot(pair, make, app, monkeypatch):
    person, posting = pair
    for _ in range(4):
        make.posting()
        make.person()
    right = MatcherOfProcess(app)
    assert len(right.people_for(posting.id, 10)) == 5
    monkeypatch.setattr(snapshots, "PART", 2)
    snapshots.renew()
    process = MatcherOfProcess(app)
    assert process.people_for(posting.id, 10) == right.people_for(posting.id, 10)
    assert process.posts_for(person.id, 10) == right.posts_for(person.id, 10)
    assert [len(segments) for segments in segments_of(process)] == [1, 1]
    assert [path.name for path in snapshots.generations().root.iterdir()] == ["00000001"]


@contextmanager
def asking(folder):
    """A process of its own: `ask(person, posting)`."""
    command = [sys.executable, "-m", "tests.discovery.asking", str(folder)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdin=pipe, stdout=pipe, text=True) as process:

        def ask(person, posting):
            print(person.id, posting.id, file=process.stdin, flush=True)
            return json.loads(process.stdout.readline())

        yield ask


@pytest.mark.slow
@pytest.mark.xdist_group("long")
def test_two_processes_share_a_snapshot_and_both_see_a_change(migrated, tmp_path):
    shutil.copy(migrated, tmp_path / "site.db")
    app = app_on(tmp_path, JOBS_INLINE=False)
    with app.app_context(), ExitStack() as stack:
        make = Make()
        person = make.person()
        posting = make.posting(required_certificates=["氟化工艺作业"])
        snapshots.renew()
        asks = [stack.enter_context(asking(tmp_path)) for _ in range(2)]
        before = [ask(person, posting) for ask in asks]
        assert before[0] == [False, True]
        changed(person, certificates=CARD)
        start = time.monotonic()
        after = [ask(person, posting) for ask in asks]
        assert time.monotonic() - start < SEEN_WITHIN
        assert after == [[True, True]] * 2
        number = app_changes()
        snapshots.rebuild()
        shutil.rmtree(min(snapshots.generations().root.iterdir()))
        assert [ask(person, posting) for ask in asks] == after
        assert number == app_changes()
        queries.db.session.close()
        queries.db.engine.dispose()


def app_changes():
    return queries.db.session.scalar(select(func.count()).select_from(Change))
