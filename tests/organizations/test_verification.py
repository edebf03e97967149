"""The office decides; half a year passes."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from sqlalchemy import func, select

from app.core import county_time
from app.core.audit import AuditEntry
from app.core.db import now, transaction
from app.core.storage import keep
from app.core.workflow import MoveNotPossible
from app.notifications.models import Message, Notification
from app.organizations import policy, queries
from app.organizations.kinds import CONSEQUENCES
from app.organizations.models import Standing, VerificationDecision
from app.organizations.services import registration, verification
from tests.organizations.papers import PDF, PNG, post

TODAY = county_time.today()
LEGAL = {
    Standing.SUBMITTED: {"verify", "return"},
    Standing.RETURNED: set(),
    Standing.VERIFIED: {"suspend"},
    Standing.SUSPENDED: {"resume"},
}
SETUPS = {
    Standing.SUBMITTED: {"verified_at": None, "verified_until": None},
    Standing.RETURNED: {"verified_until": None, "return_reason": "看不清"},
    Standing.VERIFIED: {},
    Standing.SUSPENDED: {"suspend_reason": "举报属实"},
}


@pytest.fixture
def office(make):
    return make.office()


def standing_in(make, standing, **given):
    """An organization with its papers, unless *given* says otherwise."""
    with transaction():
        papers = {"licence_file": keep(PNG, "执照.png"), "authority_file": keep(PDF, "授权书.pdf")}
    organization = make.organization(
        standing=standing,
        **SETUPS[standing] | {f"{name}_id": file.id for name, file in papers.items()} | given,
    )
    return organization, make.recruiter(organization)


def decide(client, organization, verb, **more):
    data = {"verb": verb, "version": organization.version, "is_sure": "yes", **more}
    return client.post(f"/review/organizations/{organization.id}", data=data)


def test_suspending_is_asked_once_and_leads_back_to_the_same_organization(make, office, login, db):
    organization, _ = standing_in(make, Standing.VERIFIED)
    standing_in(make, Standing.SUBMITTED)  # waits in the queue, where nobody is sent
    client, path = login(office), f"/review/organizations/{organization.id}"
    page = client.get(path).text
    assert '<a href="/review/organizations" aria-current="page">' in page
    data = {"verb": "suspend", "version": organization.version, "reason": "举报属实"}
    asked = client.post(path, data=data).text
    db.session.refresh(organization)
    assert organization.standing is Standing.VERIFIED
    assert 'name="reason" value="举报属实"' in asked and 'name="is_sure" value="yes"' in asked
    assert client.post(path, data=data | {"is_sure": "yes"}).location == path
    db.session.refresh(organization)
    assert organization.standing is Standing.SUSPENDED


def test_only_the_moves_of_the_table_exist(make, office):
    for standing in Standing:
        for verb in CONSEQUENCES:
            organization, _ = standing_in(make, standing)
            seen = organization.version
            arguments = {"by": office, "reason": "有原因", "seen_version": seen, "today": TODAY}
            if verb in LEGAL[standing]:
                with transaction():
                    verification.decide(organization, verb, **arguments)
                assert organization.standing is not standing
            else:
                with pytest.raises(MoveNotPossible), transaction():
                    verification.decide(organization, verb, **arguments)
                assert organization.standing is standing


def test_verifying_opens_publishing_for_six_months_and_tells_the_members(make, login, office, db):
    organization, member = standing_in(make, Standing.SUBMITTED)
    assert not policy.can_publish(queries.membership_of(member), TODAY)
    before = db.session.scalar(select(func.count()).select_from(AuditEntry))

    assert decide(login(office), organization, "verify").status_code == 303

    assert organization.verified_until == verification.months_later(TODAY, 6)
    assert policy.can_publish(queries.membership_of(member), TODAY)
    assert db.session.scalar(select(func.count()).select_from(AuditEntry)) == before + 1
    decision = db.session.scalars(select(VerificationDecision)).one()
    assert (decision.verb, decision.standing, decision.decided_by_id) == (
        "verify",
        Standing.VERIFIED,
        office.id,
    )
    told = db.session.scalars(select(Notification).where(Notification.user_id == member.id)).one()
    assert "已通过核验" in told.text
    assert db.session.scalars(select(Message)).one().address == member.phone


@pytest.mark.parametrize("paper", ["licence_file_id", "authority_file_id"])
def test_verifying_without_a_paper_warns_and_takes_a_reason(make, login, office, db, paper):
    organization, _ = standing_in(make, Standing.SUBMITTED, **{paper: None})
    client = login(office)
    page = client.get(f"/review/organizations/{organization.id}").text
    assert ("没有上传营业执照。" if paper == "licence_file_id" else "没有上传授权书。") in page
    refused = decide(client, organization, "verify")
    assert refused.status_code == 422 and "没有看到证照或授权书" in refused.text
    assert organization.standing is Standing.SUBMITTED
    assert decide(client, organization, "verify", reason="现场看过原件").status_code == 303
    assert organization.standing is Standing.VERIFIED
    assert db.session.scalars(select(VerificationDecision)).one().reason == "现场看过原件"
    assert "现场看过原件" in client.get(f"/review/organizations/{organization.id}").text


def test_returning_needs_a_reason_which_the_members_read(make, login, office):
    organization, member = standing_in(make, Standing.SUBMITTED)
    refused = decide(login(office), organization, "return", reason="  ")
    assert refused.status_code == 422 and "请写明原因" in refused.text
    decide(login(office), organization, "return", reason="执照照片看不清")
    assert organization.standing is Standing.RETURNED
    assert "执照照片看不清" in login(member).get("/organization").text


def test_a_decision_on_a_page_that_is_out_of_date_is_refused(make, login, office):
    organization, _ = standing_in(make, Standing.SUBMITTED)
    stale = {"verb": "verify", "version": organization.version}
    with transaction():
        organization.address = "改过的地址"
    answer = login(office).post(f"/review/organizations/{organization.id}", data=stale)
    assert answer.status_code == 409 and "资料变了" in answer.text
    assert organization.standing is Standing.SUBMITTED


def test_the_second_of_two_officials_is_told(make, login, office):
    organization, _ = standing_in(make, Standing.SUBMITTED)
    first, version = login(office), organization.version
    decide(first, organization, "verify")
    data = {"verb": "return", "version": version, "reason": "看不清"}
    answer = login(make.office()).post(f"/review/organizations/{organization.id}", data=data)
    assert answer.status_code == 409 and organization.standing is Standing.VERIFIED


def test_members_do_not_decide(make, login):
    organization, member = standing_in(make, Standing.SUBMITTED)
    assert decide(login(member), organization, "verify").status_code == 403


def test_a_suspension_takes_effect_at_the_next_request_of_an_open_session(make, login, office):
    organization, member = standing_in(make, Standing.VERIFIED)
    theirs = login(member)
    assert theirs.get("/organization/edit").status_code == 200
    decide(login(office), organization, "suspend", reason="收取押金")
    assert theirs.get("/organization/edit").status_code == 403
    assert "收取押金" in theirs.get("/organization").text
    membership = queries.membership_of(member)
    assert not policy.can_publish(membership, TODAY) and not policy.can_act(membership, organization)
    decide(login(office), organization, "resume")
    assert policy.can_publish(queries.membership_of(member), TODAY)


def test_overdue_ones_lose_publishing_without_anybody_doing_anything(make):
    _, member = standing_in(make, Standing.VERIFIED, verified_until=TODAY)
    membership = queries.membership_of(member)
    assert policy.can_publish(membership, TODAY)
    assert not policy.can_publish(membership, TODAY + timedelta(days=1))


def renewal(**more):
    return {"authority": (BytesIO(PDF), "新授权书.pdf"), "is_unchanged": "y", **more}


@pytest.mark.parametrize("days", [20, -40])
def test_a_renewal_is_handed_in_and_approved(make, login, office, days):
    organization, member = standing_in(make, Standing.VERIFIED, verified_until=TODAY + timedelta(days=days))
    assert post(login(member), "/organization/renew", renewal()).status_code == 303
    assert organization.renewal_submitted_at is not None
    assert verification.possible(organization) == ["renew", "return_renewal", "suspend"]
    decide(login(office), organization, "renew")
    assert organization.verified_until == verification.months_later(TODAY, 6)
    assert organization.renewal_submitted_at is None and organization.may_publish(TODAY)


def test_a_renewal_has_its_time_its_paper_and_its_tick(make, login):
    organization, member = standing_in(make, Standing.VERIFIED, verified_until=TODAY + timedelta(days=100))
    client = login(member)
    early = post(client, "/organization/renew", renewal())
    assert early.status_code == 409 and "到期前 30 天" in early.text
    with transaction():
        organization.verified_until = TODAY + timedelta(days=5)
    assert "请上传近期盖章的授权书" in post(client, "/organization/renew", {"is_unchanged": "y"}).text
    assert "请先去改单位资料" in post(client, "/organization/renew", renewal(is_unchanged="")).text
    post(client, "/organization/renew", renewal())
    assert post(client, "/organization/renew", renewal()).status_code == 409


def test_a_returned_renewal_stays_verified_until_its_day(make, login, office):
    organization, member = standing_in(make, Standing.VERIFIED, verified_until=TODAY + timedelta(days=5))
    post(login(member), "/organization/renew", renewal())
    decide(login(office), organization, "return_renewal", reason="没有盖章")
    assert organization.standing is Standing.VERIFIED and organization.renewal_submitted_at is None
    assert "没有盖章" in login(member).get("/organization").text
    assert post(login(member), "/organization/renew", renewal()).status_code == 303


def days_of_reminders(make, db, until, span):
    """On which days before (or after) *until* a reminder went out, the job having run on every day of *span*."""
    standing_in(make, Standing.VERIFIED, verified_until=until)
    days = []
    for left in span:
        for _ in range(2):  # the job runs each minute
            with transaction():
                if verification.remind_due(until - timedelta(days=left)):
                    days.append(left)
    return days


def test_reminders_come_30_14_and_3_days_before_and_once_after(make, db):
    assert days_of_reminders(make, db, TODAY, range(40, -5, -1)) == [30, 14, 3, -1]


def test_a_worker_that_slept_reminds_late_rather_than_never(make, db):
    assert days_of_reminders(make, db, TODAY, [33, 12, 11, 2, -3, -4]) == [12, 2, -3]


def test_nobody_is_reminded_who_has_handed_in(make):
    standing_in(make, Standing.VERIFIED, verified_until=TODAY, renewal_submitted_at=now())
    with transaction():
        assert verification.remind_due(TODAY) == 0


@pytest.mark.parametrize(
    ("day", "later"),
    [
        (date(2026, 8, 31), date(2027, 2, 28)),
        (date(2027, 8, 31), date(2028, 2, 29)),
        (date(2026, 11, 24), date(2027, 5, 24)),
        (date(2026, 6, 30), date(2026, 12, 30)),
    ],
)
def test_six_months_later_is_a_real_day(day, later):
    assert verification.months_later(day, 6) == later


def test_the_queue_shows_the_longest_waiting_first_and_leads_on(make, login, office):
    late, _ = standing_in(make, Standing.SUBMITTED, name="先来的", submitted_at=now() - timedelta(days=3))
    soon, _ = standing_in(make, Standing.SUBMITTED, name="后到的")
    client = login(office)
    page = client.get("/review/organizations").text
    assert page.index("先来的") < page.index("后到的")
    assert decide(client, late, "verify").location == f"/review/organizations/{soon.id}"
    assert decide(client, soon, "verify").location == "/review/organizations"
    assert "都处理完了" in client.get("/review/organizations").text


def test_every_list_opens_and_its_queries_do_not_grow(make, login, office, queries_run):
    client = login(office)
    runs = []
    client.get("/review/organizations")
    for _ in range(2):
        for standing in Standing:
            standing_in(make, standing)
        counted = {}
        for show in ("queue", "overdue", "verified", "returned", "suspended", "nonsense"):
            with queries_run() as seen:
                assert client.get(f"/review/organizations?show={show}").status_code == 200
            counted[show] = len(seen)
        runs.append(counted)
    assert runs[0] == runs[1]


def test_the_first_day_of_renewal_is_thirty_days_before(make):
    organization = make.organization(verified_until=date(2027, 3, 31))
    assert registration.renewal_opens_on(organization) == date(2027, 3, 1)
