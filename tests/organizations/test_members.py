"""Members: invited by link, changed, removed."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app.accounts.services import closing
from app.core.audit import AuditEntry
from app.core.db import now, transaction
from app.core.guard import Role
from app.organizations import queries
from app.organizations.models import Invitation, MemberRole, Membership
from app.organizations.services import members


@pytest.fixture
def owner(make):
    return make.recruiter(name="林晓岚")


def membership(user):
    return queries.membership_of(user)


def invite(client, role="recruiter"):
    page = client.post("/organization/members", data={"role": role, "note": "人事部小林"})
    return re.search(r"/join/([\w-]+)", page.text)[1]


def test_a_link_makes_a_member_once(make, login, owner, db):
    client = login(owner)
    token = invite(client)
    assert token not in client.get("/organization/members").text  # shown once
    assert db.session.scalars(select(Invitation)).one().token_digest != token
    colleague, late = make.user(Role.ENTERPRISE), make.user(Role.ENTERPRISE)
    assert "加入" in login(colleague).get(f"/join/{token}").text
    before = db.session.scalar(select(func.count()).select_from(AuditEntry))
    assert login(colleague).post(f"/join/{token}").status_code == 303
    assert db.session.scalar(select(func.count()).select_from(AuditEntry)) == before + 1
    assert membership(colleague).organization_id == membership(owner).organization_id
    assert membership(colleague).role is MemberRole.RECRUITER
    assert login(late).post(f"/join/{token}").status_code == 410
    assert membership(late) is None


def test_a_stranger_is_led_to_sign_up_and_back(app, login, owner):
    token = invite(login(owner))
    stranger = app.test_client()
    page = stranger.get(f"/join/{token}").text
    assert f"/sign-up?as=enterprise&amp;next=/join/{token}" in page
    page = stranger.get(f"/sign-up?as=enterprise&next=/join/{token}").text
    assert "注册以后，就加入邀请你的单位。" in page
    assert "登记单位" not in page and "注册做什么" not in page
    assert "注册做什么" in stranger.get("/sign-up?as=enterprise").text


def test_leaving_is_called_leaving_and_who_left_reads_the_same_everywhere(make, login, owner):
    other = make.recruiter(membership(owner).organization)
    client, path = login(owner), f"/organization/members/{membership(owner).id}/remove"
    page = client.get("/organization/members").text
    assert page.count('<span class="tag">你</span>') == 1
    assert page.count("离开单位") == 1 and f"移出{other.name}" in page
    assert "离开这个单位？" in client.get(path).text
    client.post(path)
    headers = {"Referer": "http://localhost/desk"}
    for answer in (
        client.get("/desk"),
        client.post("/postings/new", headers=headers),
        client.get("/postings"),
    ):
        assert answer.status_code == 403
        assert "你已不在这个单位" in answer.text and "回到刚才的页面" not in answer.text
    newcomer = login(make.user(Role.ENTERPRISE))
    assert "还没有加入单位" in newcomer.get("/desk").text


@pytest.mark.parametrize("spoil", ["expires_at", "withdrawn_at"])
def test_links_end_after_seven_days_or_when_withdrawn(make, login, owner, db, spoil):
    token = invite(login(owner))
    row = db.session.scalars(select(Invitation)).one()
    assert timedelta(days=6, hours=23) < row.expires_at - now() <= timedelta(days=7)
    with transaction():
        setattr(row, spoil, now())
    response = login(make.user(Role.ENTERPRISE)).get(f"/join/{token}")
    assert response.status_code == 410 and "再发一个" in response.text


def test_seekers_and_members_of_others_are_told_why_not(make, login, owner):
    token = invite(login(owner))
    seeker, other = make.user(), make.recruiter()
    assert "不是企业账号" in login(seeker).get(f"/join/{token}").text
    assert login(seeker).post(f"/join/{token}").status_code == 403
    assert "你已经在一个单位里了" in login(other).get(f"/join/{token}").text
    assert login(other).post(f"/join/{token}").status_code == 409


def test_recruiters_see_members_but_manage_nobody(make, login, owner):
    recruiter = make.recruiter(membership(owner).organization, MemberRole.RECRUITER)
    client = login(recruiter)
    page = client.get("/organization/members").text
    assert "林晓岚" in page and "移出" not in page.replace("邀请和移出成员", "")
    assert client.post("/organization/members", data={"role": "owner", "note": "x"}).status_code == 403
    target = membership(owner).id
    assert client.post(f"/organization/members/{target}/remove").status_code == 403
    assert client.post(f"/organization/members/{target}/role", data={"role": "recruiter"}).status_code == 403


def test_a_removed_member_loses_the_organization_at_once_and_stays_signed_in(make, login, owner):
    recruiter = make.recruiter(membership(owner).organization, MemberRole.RECRUITER)
    theirs, mine = login(recruiter), login(owner)
    path = f"/organization/members/{membership(recruiter).id}/remove"
    assert theirs.get("/organization/members").status_code == 200
    assert "移出单位？" in mine.get(path).text and membership(recruiter) is not None
    mine.post(path)
    assert theirs.get("/organization/members").status_code == 403
    assert theirs.get("/account").status_code == 200
    assert mine.post(path).status_code == 404


def test_the_last_owner_is_neither_removed_nor_demoted(make, login, owner):
    client, mine = login(owner), membership(owner).id
    for path, data in (
        (f"/organization/members/{mine}/remove", {}),
        (f"/organization/members/{mine}/role", {"role": "recruiter"}),
    ):
        response = client.post(path, data=data)
        assert response.status_code == 409 and "最后一位负责人" in response.text
    second = make.recruiter(membership(owner).organization, MemberRole.RECRUITER)
    client.post(f"/organization/members/{membership(second).id}/role", data={"role": "owner"})
    assert client.post(f"/organization/members/{mine}/role", data={"role": "recruiter"}).status_code == 303
    assert membership(second).role is MemberRole.OWNER and membership(owner).role is MemberRole.RECRUITER


def test_members_of_another_organization_do_not_exist(make, login, owner):
    stranger = membership(make.recruiter())
    assert login(owner).post(f"/organization/members/{stranger.id}/remove").status_code == 404


def test_an_invitation_of_another_organization_cannot_be_withdrawn(make, login, owner, db):
    invite(login(owner))
    row = db.session.scalars(select(Invitation)).one()
    assert login(make.recruiter()).post(f"/organization/invitations/{row.id}/withdraw").status_code == 404
    assert login(owner).post(f"/organization/invitations/{row.id}/withdraw").status_code == 303
    assert login(owner).post(f"/organization/invitations/{row.id}/withdraw").status_code == 410


def test_invitations_have_a_limit(owner):
    organization = membership(owner).organization
    with transaction():
        for n in range(members.MOST_OPEN):
            members.invite(organization, by=owner, role=MemberRole.RECRUITER, note=str(n))
    with pytest.raises(members.TooManyInvitations), transaction():
        members.invite(organization, by=owner, role=MemberRole.RECRUITER, note="多一个")


def test_the_database_keeps_one_active_membership_a_person(make, owner, db):
    with pytest.raises(Exception, match="UNIQUE"), transaction():
        db.session.add(Membership(organization=make.organization(), user=owner, role=MemberRole.OWNER))


def test_the_last_owner_hands_over_before_closing_the_account(make, owner):
    recruiter = make.recruiter(membership(owner).organization, MemberRole.RECRUITER)
    with pytest.raises(members.LastOwner), transaction():
        closing.close(owner)
    with transaction():
        closing.close(recruiter)
    assert membership(recruiter) is None and recruiter.closed_at is not None


def test_the_list_of_members_costs_the_same_however_many(make, login, owner, queries_run):
    client, organization = login(owner), membership(owner).organization
    client.get("/organization/members")
    with queries_run() as few:
        client.get("/organization/members")
    for _ in range(4):
        make.recruiter(organization, MemberRole.RECRUITER)
    with queries_run() as many:
        client.get("/organization/members")
    assert len(few) == len(many)


def test_a_person_without_organization_is_shown_what_to_do(make, login):
    page = login(make.user(Role.ENTERPRISE)).get("/organization").text
    assert "登记单位" in page and "邀请链接" in page
