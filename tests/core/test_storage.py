"""Files that nothing points to are let go; what is in use, or may yet be, stays."""

import os
from datetime import timedelta

import pytest

from app.core import storage
from app.core.db import now, transaction

PDF = b"%PDF-1.4 licence"


@pytest.fixture
def kept(app):
    def keep(content=PDF, days_ago=0):
        with transaction():
            stored = storage.keep(content, "licence.pdf")
            stored.stored_at = now() - timedelta(days=days_ago)
        at = (now() - timedelta(days=days_ago)).timestamp()
        os.utime(storage._path(stored.sha256), (at, at))
        return stored

    return keep


def left(db):
    return db.session.query(storage.StoredFile).count()


def test_an_upload_whose_form_was_never_finished_goes_after_a_month(kept, db):
    stored = kept(days_ago=31)
    path = storage._path(stored.sha256)
    assert storage.sweep() == 1
    assert left(db) == 0
    assert not path.exists()


def test_a_fresh_upload_and_one_that_is_used_stay(kept, make, db):
    kept(PDF + b" fresh", days_ago=29)
    used = kept(PDF + b" used", days_ago=400)
    make.organization(licence_file_id=used.id)
    assert storage.sweep() == 0
    assert left(db) == 2
    assert storage.read(used) == PDF + b" used"


def test_bytes_stay_while_another_row_holds_the_same(kept, db):
    old, new = kept(days_ago=40), kept(days_ago=1)
    assert old.sha256 == new.sha256
    storage.sweep()
    assert left(db) == 1
    assert storage.read(new) == PDF


def test_bytes_of_a_transaction_that_was_undone_go_the_next_night(app):
    def undone():
        with transaction():
            storage.keep(PDF, "licence.pdf")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        undone()
    (path,) = (app.config["DATA_DIR"] / "files").glob("??/*")
    assert storage.sweep() == 0
    at = (now() - timedelta(days=2)).timestamp()
    os.utime(path, (at, at))
    assert storage.sweep() == 1
    assert not path.exists()


def test_bytes_that_are_handed_in_again_are_not_swept_before_their_row_is_there(kept):
    stored = kept(days_ago=50)
    path = storage._path(stored.sha256)
    with transaction():
        storage.keep(PDF, "again.pdf")
        assert now().timestamp() - path.stat().st_mtime < 60
