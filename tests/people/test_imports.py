"""A file becomes a draft beside its text, and nothing counts before its person saves it."""

import io
import os
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app.accounts.services import closing
from app.core import storage
from app.core.audit import AuditEntry
from app.core.db import now, transaction
from app.core.guard import Role
from app.people import services
from app.people.content import Content
from app.people.models import Resume, ResumeImport
from tests.people import documents

TEXT = """林小溪
民族：畲族
电话：13860001234
工作经历
2019.07-2023.06 一家氟化工厂 DCS内操
负责两条无水氟化氢线的中控操作
教育经历
2016.09-2019.06 某职业技术学院 应用化工技术 大专"""


@pytest.fixture
def client(login, make):
    return login(make.user(Role.SEEKER))


def send(client, content, name="简历.pdf"):
    return client.post("/me/import", data={"file": (io.BytesIO(content), name)})


def count(db, model):
    return db.session.scalar(select(func.count()).select_from(model))


def test_a_pdf_is_shown_as_a_draft_and_saved_only_when_its_person_says_so(client, db):
    before = count(db, AuditEntry)
    answer = send(client, documents.pdf(TEXT))
    row = db.session.scalars(select(ResumeImport)).one()
    assert answer.status_code == 303 and answer.location == f"/me/import/{row.id}"
    assert count(db, Resume) == 0 and count(db, AuditEntry) == before + 1
    page = client.get(answer.location).text
    assert "还没有保存" in page and 'value="一家氟化工厂"' in page and "<mark>" in page
    assert "畲族" not in page and "畲族" not in row.text + str(row.draft) and "█" in page and "民族" in page
    corrected = {
        "version": "0",
        "title": "导入的",
        "work-0-employer": "改过的厂名",
        "work-0-title": "DCS内操",
        "work-0-started_on": "2019-07",
        "work-0-ended_on": "2018-01",
    }
    wrong = client.post(answer.location, data=corrected)
    assert wrong.status_code == 422 and "结束早于开始" in wrong.text and "改过的厂名" in wrong.text
    assert count(db, Resume) == 0
    more = client.post(answer.location, data=corrected | {"rows": "add:work"})
    assert 'name="work-1-employer"' in more.text and count(db, Resume) == 0
    before = count(db, AuditEntry)
    saved = client.post(answer.location, data=corrected | {"work-0-ended_on": "2023-06"})
    resume = db.session.scalars(select(Resume)).one()
    assert saved.location == f"/me/resumes/{resume.id}/view" and count(db, AuditEntry) == before + 1
    assert Content.from_dict(resume.content).work[0].employer == "改过的厂名" and row.resume_id == resume.id
    assert client.get(answer.location).location == f"/me/resumes/{resume.id}"


def kept_draft(client, db):
    answer = send(client, documents.pdf(TEXT))
    return answer.location, db.session.scalars(select(ResumeImport)).one()


def test_a_saved_draft_lets_go_of_its_file_and_its_text(client, db):
    address, row = kept_draft(client, db)
    digest = row.file.sha256
    assert client.post(address, data={"version": "0", "title": "导入的"}).status_code == 303
    assert (row.file_id, row.text, row.draft) == (None, "", {})
    assert count(db, storage.StoredFile) == 0
    age(digest, timedelta(days=2))
    storage.sweep()
    assert not storage._path(digest).exists()


def test_a_draft_that_nobody_saves_is_let_go_after_a_month(client, db):
    _, row = kept_draft(client, db)
    with transaction():
        row.created_at = now() - services.DRAFTS_KEPT + timedelta(hours=1)
    assert services.forget_old_imports() == 0
    with transaction():
        row.created_at = now() - services.DRAFTS_KEPT - timedelta(hours=1)
    assert services.forget_old_imports() == 1
    assert count(db, ResumeImport) == count(db, storage.StoredFile) == 0


def test_closing_an_account_lets_go_of_its_drafts(make, login, db):
    user = make.user()
    _, row = kept_draft(login(user), db)
    with transaction():
        closing.close(user)
    assert (row.file_id, row.text) == (None, "")


def age(digest, by):
    at = (now() - by).timestamp()
    os.utime(storage._path(digest), (at, at))


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"", "简历.pdf"),
        (b"MZ\x90\x00" + b"\0" * 100, "简历.pdf"),
        (b"%PDF-1.4 broken", "简历.pdf"),
        (documents.locked_pdf(), "简历.pdf"),
        (b"PK\x03\x04 broken", "简历.docx"),
    ],
    ids=["empty", "program", "broken", "locked", "broken word"],
)
def test_a_file_that_cannot_be_read_is_named_and_nothing_is_kept(client, db, content, name):
    answer = send(client, content, name)
    assert answer.status_code == 422 and 'id="file-e"' in answer.text
    assert count(db, ResumeImport) == count(db, Resume) == 0


def test_a_scan_says_that_it_needs_ocr_and_becomes_no_empty_resume(client, db):
    answer = send(client, documents.picture())
    assert answer.status_code == 422 and "OCR" in answer.text
    assert count(db, ResumeImport) == count(db, Resume) == 0


def test_a_form_without_a_file_asks_for_one(client):
    answer = client.post("/me/import", data={})
    assert answer.status_code == 422 and 'id="file-e"' in answer.text


def test_nobody_sees_the_draft_of_somebody_else(client, login, make, db):
    path = send(client, documents.pdf(TEXT)).location
    stranger = login(make.user(Role.SEEKER))
    assert stranger.get(path).status_code == 404
    assert stranger.post(path, data={"version": "0", "title": "偷来的"}).status_code == 404
    assert count(db, Resume) == 0
