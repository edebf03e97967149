"""The office's queue, and the employer's list."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app.core.audit import AuditEntry
from app.core.county_time import today
from app.core.db import db, now, transaction
from app.organizations.models import Standing
from app.postings import services
from app.postings.models import Posting, PostingState

S = PostingState


def submitted(make, organization=None, **given):
    organization = organization or make.organization()
    return make.posting(
        organization,
        **{
            "state": S.SUBMITTED,
            "published_at": None,
            "submitted_at": now(),
            "created_by": make.recruiter(organization),
        }
        | given,
    )


@pytest.fixture
def office(make, login):
    return login(make.office())


def audit_rows():
    return db.session.scalar(select(func.count(AuditEntry.id)))


def test_the_longest_waiting_comes_first_and_the_next_one_follows(make, office):
    later = submitted(make, title="后来的", submitted_at=now() - timedelta(hours=1))
    first = submitted(make, title="先来的", submitted_at=now() - timedelta(days=3))
    page = office.get("/review/postings").get_data(as_text=True)
    assert page.index("先来的") < page.index("后来的")
    before = audit_rows()
    answer = office.post(f"/review/postings/{first.id}/publish", data={"version": first.version})
    assert answer.location.endswith(f"/review/postings/{later.id}")
    assert first.state is S.PUBLISHED
    assert audit_rows() == before + 1
    answer = office.post(
        f"/review/postings/{later.id}/return",
        data={
            "version": later.version,
            "template": "薪资写得太宽，请写实际能给的范围",
            "reason": "最好写到上下两千以内",
        },
    )
    assert answer.location.endswith("/review/postings")
    assert later.return_reason == "薪资写得太宽，请写实际能给的范围。最好写到上下两千以内"


def test_returning_without_a_reason_shows_the_page_again(make, office):
    posting = submitted(make)
    answer = office.post(f"/review/postings/{posting.id}/return", data={"version": posting.version})
    assert answer.status_code == 422
    assert "写明要改什么" in answer.get_data(as_text=True)
    assert posting.state is S.SUBMITTED


def test_what_needs_a_reason_is_marked_and_not_published_without_one(make, office):
    organization = make.organization()
    author = make.recruiter(organization)
    posting = make.posting(
        organization, created_by=author, state=S.DRAFT, published_at=None, requirements="35岁以下，能上夜班。"
    )
    with transaction():
        services.submit(posting, author)
    path = f"/review/postings/{posting.id}"
    assert "<mark>35岁以下</mark>，能上夜班。" in office.get(path).get_data(as_text=True)
    assert office.post(f"{path}/publish", data={"version": posting.version}).status_code == 422
    office.post(f"{path}/publish", data={"version": posting.version, "note": "特殊工种"})
    assert (posting.state, posting.review_note) == (S.PUBLISHED, "特殊工种")


def test_a_stale_decision_is_a_conflict(make, office):
    posting = submitted(make)
    answer = office.post(f"/review/postings/{posting.id}/publish", data={"version": posting.version - 1})
    assert answer.status_code == 409
    assert posting.state is S.SUBMITTED


def test_an_employer_that_lost_its_standing_is_not_published(make, office):
    posting = submitted(make, make.organization(standing=Standing.SUSPENDED))
    path = f"/review/postings/{posting.id}"
    assert "通过并发布" not in office.get(path).get_data(as_text=True)
    assert office.post(f"{path}/publish", data={"version": posting.version}).status_code == 409


def test_a_published_posting_can_be_taken_down_with_a_reason(make, office):
    posting = make.posting()
    office.post(
        f"/review/postings/{posting.id}/return",
        data={"version": posting.version, "template": "", "reason": "有人举报收费"},
    )
    assert (posting.state, posting.return_reason) == (S.RETURNED, "有人举报收费")


def test_drafts_are_not_the_offices_business(make, office):
    posting = make.posting(state=S.DRAFT, published_at=None)
    assert office.get(f"/review/postings/{posting.id}").status_code == 404


def test_only_the_office_reviews(make, login):
    posting = submitted(make)
    for client in (login(make.user()), login(make.recruiter(posting.organization))):
        assert client.get("/review/postings").status_code == 403
        path = f"/review/postings/{posting.id}/publish"
        assert client.post(path, data={"version": posting.version}).status_code == 403
    assert posting.state is S.SUBMITTED


def test_the_queue_does_not_ask_once_for_each_row(make, office, queries_run):
    counts = []
    for _ in range(2):
        for _ in range(3):
            submitted(make)
        with queries_run() as seen:
            office.get("/review/postings")
        counts.append(len(seen))
    assert counts[0] == counts[1]


# ── the employer's list ────────────────────────────────


def test_the_list_counts_filters_and_warns_of_the_end(make, login):
    organization = make.organization()
    client = login(make.recruiter(organization))
    make.posting(organization, title="快到期的", valid_until=today() + timedelta(days=2))
    make.posting(organization, title="还早的")
    make.posting(organization, title="草稿的", state=S.DRAFT, published_at=None)
    make.posting(title="别家的")
    page = client.get("/postings").get_data(as_text=True)
    assert "别家的" not in page
    assert all(title in page for title in ("快到期的", "还早的", "草稿的"))
    assert "还有2天" in page
    drafts = client.get("/postings?state=draft").get_data(as_text=True)
    assert "草稿的" in drafts
    assert "还早的" not in drafts
    soon = client.get("/postings?state=expiring").get_data(as_text=True)
    assert "快到期的" in soon
    assert "还早的" not in soon
    assert "没有符合的职位" in client.get("/postings?q=100%25").get_data(as_text=True)
    assert client.get("/postings?state=nonsense&page=-4").status_code == 200


def test_the_list_does_not_ask_once_for_each_row(make, login, queries_run):
    organization = make.organization()
    client = login(make.recruiter(organization))
    counts = []
    for _ in range(2):
        for _ in range(4):
            make.posting(organization)
        with queries_run() as seen:
            client.get("/postings")
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_moves_of_the_managing_page(make, login):
    organization = make.organization()
    posting = make.posting(organization)
    client = login(make.recruiter(organization))
    path = f"/postings/{posting.id}"
    before = audit_rows()
    for verb, state in (("pause", S.PAUSED), ("resume", S.PUBLISHED)):
        assert client.post(f"{path}/moves/{verb}").status_code == 303
        assert posting.state is state
    assert audit_rows() == before + 2
    assert client.post(f"{path}/moves/recall").status_code == 409
    client.post(f"{path}/moves/publish")  # the office's move is not among the author's
    assert client.post(f"{path}/close", data={"reason": "随便写"}).status_code == 422
    assert client.post(f"{path}/close", data={"reason": "人招满了"}).status_code == 303
    assert (posting.state, posting.close_reason) == (S.CLOSED, "人招满了")
    assert "关闭：人招满了" in client.get(path).get_data(as_text=True)


def test_an_expired_posting_is_renewed_from_its_page(make, login):
    organization = make.organization()
    posting = make.posting(organization, state=S.EXPIRED, valid_until=today() - timedelta(days=1))
    client = login(make.recruiter(organization))
    path = f"/postings/{posting.id}/renew"
    assert client.post(path, data={"valid_until": "2020-01-01"}).status_code == 422
    assert client.post(path, data={"valid_until": "明年"}).status_code == 422
    assert (
        client.post(path, data={"valid_until": (today() + timedelta(days=20)).isoformat()}).status_code == 303
    )
    assert posting.is_open(today())


def test_two_authors_closing_at_once_close_once(make, login):
    posting = make.posting(make.organization())
    client = login(make.recruiter(posting.organization))
    path = f"/postings/{posting.id}/close"
    answers = [client.post(path, data={"reason": "人招满了"}).status_code for _ in range(2)]
    assert answers == [303, 409]
    assert db.session.get(Posting, posting.id).state is S.CLOSED
