"""Registering an organization and changing what it says about itself."""

import re
from io import BytesIO

import pytest
from sqlalchemy import func, select

from app.core import storage
from app.core.audit import AuditEntry
from app.core.guard import Role
from app.core.storage import StoredFile
from app.notifications.models import Notification
from app.organizations import queries
from app.organizations.models import MemberRole, Organization, Standing
from tests.factory import credit_code
from tests.organizations.papers import PDF, PNG, fields, post

SMALL_LIMIT = 10_000  # bytes, in place of 10 MB
REGISTER = "/organization/register"


@pytest.fixture
def user(make):
    return make.user(Role.ENTERPRISE)


@pytest.fixture
def client(login, user):
    return login(user)


def only_organization(db):
    return db.session.scalars(select(Organization)).one()


def test_an_enterprise_registers_and_waits_for_the_office(client, user, make, db):
    office = make.office()
    before = db.session.scalar(select(func.count()).select_from(AuditEntry))

    assert post(client, REGISTER, fields()).location == "/organization"

    organization = only_organization(db)
    assert organization.standing is Standing.SUBMITTED and organization.handler_phone == "13900001111"
    assert queries.membership_of(user).role is MemberRole.OWNER
    assert organization.licence_file.media_type == "image/png"
    assert organization.authority_file.name == "授权书.pdf"
    told = db.session.scalars(select(Notification).where(Notification.user_id == office.id)).one()
    assert told.path == f"/review/organizations/{organization.id}"
    assert db.session.scalar(select(func.count()).select_from(AuditEntry)) == before + 1
    assert "等人才办核验" in client.get("/organization").text


MISTAKES = [
    ({"name": " "}, "请填单位全称"),
    ({"name": "长" * 81}, "最多 80 字"),
    ({"credit_code": credit_code(1)[:-1] + ("0" if credit_code(1)[-1] != "0" else "1")}, "第1[78]位应是"),
    ({"credit_code": credit_code(1)[:16]}, "少了2位"),
    ({"credit_code": "9I350423MA0000001H"}, "第2位有不允许的字母I，是不是1"),
    ({"handler_phone": "1380013"}, "少了4位"),
    ({"place": "999999"}, "请选所在地|Not a valid choice|无效|不是"),
    ({"size": None}, "请选规模"),
    ({"introduction": "介" * 3001}, "最多 3000 字"),
    ({"website": "javascript:alert(1)"}, "网址要以 http"),
    ({"licence": None}, "请上传营业执照"),
    ({"authority": None}, "请上传盖章的授权书"),
    ({"licence": b"MZ\x90"}, "文件内容和要求的格式不符"),
    ({"licence": PNG[:100]}, "图片太小"),
    ({"licence": b""}, "文件是空的"),
    ({"licence": PNG + b"\0" * SMALL_LIMIT}, "文件超过 10 MB"),
]


def test_each_mistake_has_its_sentence_and_registers_nothing(client, db, monkeypatch):
    monkeypatch.setattr(storage, "LARGEST", SMALL_LIMIT)
    for changes, sentence in MISTAKES:
        response = post(client, REGISTER, fields(**changes))
        assert response.status_code == 422, sentence
        assert re.search(sentence, response.text), sentence
        if "introduction" not in changes:
            assert "做聚四氟乙烯分散树脂。" in response.text  # nothing typed is lost
    assert db.session.scalar(select(func.count()).select_from(Organization)) == 0


def test_a_received_file_is_not_lost_when_another_field_is_wrong(client, db):
    wrong = post(client, REGISTER, fields(name=""))
    assert "执照.png" in wrong.text and "授权书.pdf" in wrong.text
    kept = dict(re.findall(r'name="(\w+_kept)"[^>]*value="([^"]+)"', wrong.text))
    again = post(client, REGISTER, fields(licence=None, authority=None, **kept))
    assert again.status_code == 303
    assert only_organization(db).licence_file.name == "执照.png"


def test_a_file_that_somebody_else_handed_in_cannot_be_claimed(client, make, login, db):
    page = post(client, REGISTER, fields(name="")).text
    kept = dict(re.findall(r'name="(\w+_kept)"[^>]*value="([^"]+)"', page))
    other = login(make.user(Role.ENTERPRISE))
    assert post(other, REGISTER, fields(licence=None, authority=None, **kept)).status_code == 422
    forged = post(
        other, REGISTER, fields(licence=None, licence_kept=str(db.session.scalar(select(StoredFile.id))))
    )
    assert forged.status_code == 422


def test_a_registered_code_is_refused_with_what_to_do(client, make):
    make.organization(name="清流先来氟业", credit_code=credit_code(900))
    response = post(client, REGISTER, fields())
    assert response.status_code == 422
    assert "清流先来氟业" in response.text and "邀请链接" in response.text


def test_markup_is_shown_as_text(client):
    post(client, REGISTER, fields(name="<script>alert(1)</script>𠮷", introduction="<img src=x onerror=y>"))
    page = client.get("/organization").text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;𠮷" in page and "<img src=x" not in page


def test_a_school_registers_the_same_way_and_an_enterprise_account_cannot_be_a_school(
    client, make, login, db
):
    assert post(client, REGISTER, fields(kind="school")).status_code == 422
    school = login(make.user(Role.ORGANIZER))
    assert post(school, REGISTER, fields(kind="school", chain_links=None)).status_code == 303
    assert only_organization(db).kind.value == "school"


def test_a_member_registers_no_second_one(make, login):
    recruiter = make.recruiter()
    assert login(recruiter).get(REGISTER).location == "/organization"
    assert post(login(recruiter), REGISTER, fields()).location == "/organization"


def test_seekers_do_not_register(make, login):
    assert login(make.user()).get(REGISTER).status_code == 403


def edit_fields(organization, **changes):
    data = fields(
        version=str(organization.version),
        name=organization.name,
        credit_code=organization.credit_code,
        handler_name=organization.handler_name,
        licence=None,
        authority=None,
    )
    return data | changes


@pytest.fixture
def verified(client, db, make):
    """A verified organization of `user`, registered over HTTP so that it has its papers."""
    post(client, REGISTER, fields())
    organization = only_organization(db)
    office = make.office()
    return organization, office


def verify(login, verified):
    organization, office = verified
    path = f"/review/organizations/{organization.id}"
    answer = login(office).post(path, data={"verb": "verify", "version": organization.version})
    assert answer.status_code == 303
    return organization


def test_everyday_changes_stay_verified_and_key_facts_go_back_to_the_office(client, login, verified, db):
    organization = verify(login, verified)
    answer = post(client, "/organization/edit", edit_fields(organization, address="新厂区 8 号"))
    assert answer.status_code == 303
    assert organization.standing is Standing.VERIFIED and organization.address == "新厂区 8 号"
    before = db.session.scalar(select(func.count()).select_from(AuditEntry))
    post(client, "/organization/edit", edit_fields(organization, name="清流澜石新材料有限公司"))
    assert organization.standing is Standing.SUBMITTED
    assert db.session.scalar(select(func.count()).select_from(AuditEntry)) == before + 1


def test_a_new_licence_is_verified_anew(client, login, verified):
    organization = verify(login, verified)
    post(client, "/organization/edit", edit_fields(organization, licence=(BytesIO(PDF), "新执照.pdf")))
    assert organization.standing is Standing.SUBMITTED and organization.licence_file.name == "新执照.pdf"


def test_the_second_of_two_editors_sees_both_versions(client, login, verified):
    organization = verify(login, verified)
    stale = edit_fields(organization, address="甲的地址")
    post(client, "/organization/edit", edit_fields(organization, address="乙的地址"))
    conflict = post(client, "/organization/edit", stale)
    assert conflict.status_code == 409
    assert "甲的地址" in conflict.text and "乙的地址" in conflict.text
    assert organization.address == "乙的地址"


def test_recruiters_do_not_edit(make, login):
    recruiter = make.recruiter(role=MemberRole.RECRUITER)
    assert login(recruiter).get("/organization/edit").status_code == 403


def test_papers_are_for_owners_and_the_office(client, make, login, verified):
    organization, office = verified
    mine = client.get("/organization/papers/licence", buffered=True)
    assert (
        mine.status_code == 200 and mine.data == PNG and mine.headers["X-Content-Type-Options"] == "nosniff"
    )
    path = f"/review/organizations/{organization.id}/papers/authority"
    assert login(office).get(path, buffered=True).data == PDF
    assert client.get(path).status_code == 403
    assert login(make.recruiter()).get("/organization/papers/licence").status_code == 404
    assert client.get("/organization/papers/secrets").status_code == 404
