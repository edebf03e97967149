"""Résumés: the list, the full editor with and without a script, versions, the look from outside, export."""

import io
import json

import docx
import pytest
from sqlalchemy import func, select

from app.core.audit import AuditEntry
from app.core.guard import Role
from app.people.content import Content
from app.people.models import Resume

PHONE, EMAIL = "13860001234", "xiaoman@example.com"


@pytest.fixture
def person(make):
    return make.person(user=make.user(Role.SEEKER, name="林小满", phone=PHONE, email=EMAIL))


@pytest.fixture
def client(login, person):
    return login(person.user)


@pytest.fixture
def resume(person, db):
    return db.session.scalars(select(Resume)).one()


def audit_rows(db):
    return db.session.scalar(select(func.count()).select_from(AuditEntry))


def typed(**more):
    """What the editor sends, the fields of the first rows included."""
    data = {
        "version": "1",
        "title": "应聘中控",
        "work-0-employer": "某氟化工厂",
        "work-0-title": "外操",
        "work-0-started_on": "2021-03",
        "work-0-ended_on": "2024-02",
        "work-0-family": "生产操作",
        "education-0-school": "某职业学院",
        "education-0-degree": "3",
        "education-0-major": "应用化工技术",
        "skills": "DCS 操作、巡检\n看图",
        "jobs": "中控，内操",
        "places": ["350423", "350400"],
        "families": ["生产操作"],
        "shifts": ["四班三运转"],
        "salary_min": "6000",
        "salary_max": "8000",
        "arrival": "两周内",
    }
    return {name: value for name, value in (data | more).items() if value is not None}


def test_saving_keeps_every_part_and_leaves_one_audit_row(client, resume, db):
    page = client.get(f"/me/resumes/{resume.id}").text
    assert 'value="外操"' in page and "现场巡检，开停车，配合检修。" in page
    before = audit_rows(db)
    answer = client.post(
        f"/me/resumes/{resume.id}",
        data=typed(**{"certificates-0-name": "氟化工艺作业", "certificates-0-valid_until": "2027-05"}),
    )
    assert answer.status_code == 303 and answer.location == f"/me/resumes/{resume.id}/view"
    assert audit_rows(db) == before + 1
    content = Content.from_dict(resume.content)
    assert resume.title == "应聘中控" and resume.version == 2
    assert content.work[0].family == "生产操作" and content.education[0].degree == 3
    assert content.skills == ("DCS 操作", "巡检", "看图") and content.intention.jobs == ("中控", "内操")
    assert (
        content.intention.places == ("350423", "350400") and content.certificates[0].valid_until == "2027-05"
    )
    entry = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert "某氟化工厂" not in json.dumps(entry.changes, ensure_ascii=False)


def test_rows_are_added_and_removed_without_a_script(client, resume, db):
    url = f"/me/resumes/{resume.id}"
    more = client.post(url, data=typed(rows="add:work", **{"work-0-employer": "改了还没存"})).text
    assert 'name="work-1-employer"' in more and "改了还没存" in more
    two = typed(rows="remove:work:0", **{"work-1-employer": "乙厂", "work-1-title": "内操"})
    fewer = client.post(url, data=two).text
    assert "乙厂" in fewer and 'value="某氟化工厂"' not in fewer
    assert client.post(url, data=typed(rows="remove:work:99")).status_code == 200
    assert client.post(url, data=typed(rows="add:version")).status_code == 200
    assert resume.version == 1  # nothing was saved by any of it


def test_enter_in_a_field_saves_and_does_not_remove_a_row(client, resume):
    page = client.get(f"/me/resumes/{resume.id}").text
    form = page[page.index('id="resume-form"') :]
    assert form.index("<button") < form.index('name="rows"')
    assert 'name="rows"' not in form[form.index("<button") : form.index("</button>")]


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"work-0-ended_on": "2020-01"}, "结束早于开始"),
        ({"work-0-started_on": "2021年3月"}, "时间请写成“2023-09”这样的年和月"),
        ({"work-0-started_on": "2099-01", "work-0-ended_on": None}, "开始时间在将来"),
        ({"work-0-employer": ""}, "请填写单位"),
        ({"education-0-school": ""}, "请填写学校"),
        ({"certificates-0-name": "焊工", "certificates-0-issued_on": "2022-05", "certificates-0-valid_until": "2021-05"}, "有效期早于发证时间"),
        ({"salary_min": "9000"}, "最高期望薪资低于最低期望薪资"),
        ({"summary": "我" * 100_000}, "自我评价最多2000字，现在有100000字"),
        ({"work-0-text": "做" * 100_000}, "内容最多4000字，现在有100000字"),
        ({"title": ""}, "给简历起个名字"),
        ({"title": "简" * 61}, "最多 60 字"),
        ({"skills": "、".join(f"技能{n}" for n in range(61))}, "技能最多60项，现在有61项"),
        ({f"education-{n}-school": f"学校{n}" for n in range(11)} | {f"education-{n}-degree": "3" for n in range(11)}, "教育经历最多10项"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_and_nothing_typed_is_lost(client, resume, given, sentence):
    answer = client.post(f"/me/resumes/{resume.id}", data=typed(**given))
    assert answer.status_code == 422 and sentence in answer.text
    assert "data-focus" in answer.text  # the list of errors on top takes the focus
    for value in given.values():
        assert not value or value in answer.text
    assert resume.version == 1


def test_a_wrong_date_is_named_beside_its_field_also_after_an_empty_row(client, resume):
    rows = {
        "work-0-employer": "",
        "work-0-title": "",
        "work-0-family": "",
        "work-0-started_on": "",
        "work-0-ended_on": "",
    }
    second = {
        "work-1-employer": "乙厂",
        "work-1-title": "内操",
        "work-1-started_on": "2024-05",
        "work-1-ended_on": "2023-01",
    }
    page = client.post(f"/me/resumes/{resume.id}", data=typed(**rows, **second)).text
    assert 'id="work-1-ended_on-e"' in page and 'href="#work-1-ended_on"' in page


def test_html_emoji_and_rare_characters_are_text_everywhere(client, resume):
    nasty = "<script>alert(1)</script>𠮷🙂"
    data = typed(
        title=nasty, headline=nasty, skills=nasty, jobs=nasty, **{"work-0-title": nasty, "work-0-text": nasty}
    )
    assert client.post(f"/me/resumes/{resume.id}", data=data).status_code == 303
    for path in ("", "/view", "/view?as=applied"):
        page = client.get(f"/me/resumes/{resume.id}{path}").text
        assert "<script>alert" not in page and "𠮷🙂" in page
    assert "<script>alert" not in client.get("/me/resumes").text + client.get("/me/").text
    assert json.loads(client.get(f"/me/resumes/{resume.id}/export.json").data)["work"][0]["position"] == nasty


def test_places_that_the_list_does_not_offer_are_kept(client, resume):
    data = typed(places=["310115", "350423", "no-place"])
    assert client.post(f"/me/resumes/{resume.id}", data=data).status_code == 303
    page = client.get(f"/me/resumes/{resume.id}").text
    assert 'value="310115" checked' in page
    assert "no-place" not in page


def test_the_second_editor_sees_both_versions(client, resume):
    url = f"/me/resumes/{resume.id}"
    assert client.post(url, data=typed(headline="先存的")).status_code == 303
    late = client.post(url, data=typed(headline="后存的"))
    assert late.status_code == 409 and "先存的" in late.text and "后存的" in late.text
    assert "{&#39;" not in late.text  # words, not the shape of the data
    assert Content.from_dict(resume.content).headline == "先存的"


def test_a_new_resume_is_written_from_nothing(login, make, db):
    client = login(make.user(Role.SEEKER))
    assert 'name="work-0-employer"' in client.get("/me/resumes/new").text
    answer = client.post("/me/resumes/new", data=typed(version="0"))
    made = db.session.scalars(select(Resume)).one()
    assert answer.location == f"/me/resumes/{made.id}/view" and made.is_main


def test_no_more_than_five_are_kept(client, person, make):
    for n in range(4):
        make._save(Resume(person=person, title=f"第{n}份", content={}))
    answer = client.post("/me/resumes/new", data=typed(version="0"))
    assert answer.status_code == 409 and "最多保存 5 份简历" in answer.text
    assert "新写一份" not in client.get("/me/resumes").text


def test_the_main_one_changes_and_the_last_one_stays(client, person, make, db, resume):
    other = make._save(Resume(person=person, title="第二份", content={}))
    before = audit_rows(db)
    client.post(f"/me/resumes/{other.id}/main")
    assert other.is_main and not resume.is_main and audit_rows(db) == before + 1
    assert "投递时交给公司的那一版" in client.get(f"/me/resumes/{other.id}/delete").text
    client.post(f"/me/resumes/{other.id}/delete")
    assert other.deleted_at and resume.is_main
    assert client.post(f"/me/resumes/{resume.id}/delete").status_code == 409
    assert client.get(f"/me/resumes/{other.id}").status_code == 404


def test_employers_see_name_and_contact_masked_before_and_whole_after(client, resume):
    before = client.get(f"/me/resumes/{resume.id}/view").text
    article = before[before.index("<article") : before.index("</article>")]
    assert "138 **** 1234" in article and "x***@example.com" in article and "林＊＊" in article
    assert EMAIL not in article and "小满" not in article
    after = client.get(f"/me/resumes/{resume.id}/view?as=applied").text
    assert "138 6000 1234" in after and EMAIL in after and "林小满" in after
    assert "我的简历" not in after[after.index("<article") : after.index("</article>")]  # its private title


@pytest.mark.fonts
def test_it_is_exported_as_pdf_word_and_json(client, resume):
    pdf = client.get(f"/me/resumes/{resume.id}/export.pdf")
    assert pdf.data.startswith(b"%PDF-") and "attachment" in pdf.headers["Content-Disposition"]
    word = docx.Document(io.BytesIO(client.get(f"/me/resumes/{resume.id}/export.docx").data))
    assert "某氟化工厂" in "\n".join(p.text for p in word.paragraphs) + str(
        [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    )
    data = json.loads(client.get(f"/me/resumes/{resume.id}/export.json").data)
    assert data["basics"]["phone"] == PHONE and data["work"][0]["name"] == "某氟化工厂"
    assert client.get(f"/me/resumes/{resume.id}/export.exe").status_code == 404


def test_the_list_runs_as_many_queries_for_five_as_for_one(client, person, make, queries_run):
    client.get("/me/resumes")
    with queries_run() as one:
        client.get("/me/resumes")
    for n in range(4):
        make._save(Resume(person=person, title=f"第{n}份", content={}))
    with queries_run() as five:
        page = client.get("/me/resumes").text
    assert "第3份" in page and len(five) == len(one)


def test_nobody_reaches_the_resume_of_somebody_else(login, make, resume):
    stranger = login(make.person().user)
    for path in ("", "/view", "/delete", "/export.pdf", "/export.json"):
        assert stranger.get(f"/me/resumes/{resume.id}{path}").status_code == 404
    for path in ("", "/main", "/delete"):
        assert stranger.post(f"/me/resumes/{resume.id}{path}", data=typed()).status_code == 404
    assert login(make.recruiter()).get(f"/me/resumes/{resume.id}/view").status_code == 403
    assert resume.version == 1


def test_errors_are_listed_once_in_page_order_with_their_row(client, resume):
    page = client.post(
        f"/me/resumes/{resume.id}",
        data=typed(**{"work-0-ended_on": "2020-01", "education-0-school": "", "salary_min": "9000"}),
    ).text
    summary = page[page.index("data-focus") : page.index('id="resume-form"')]
    said = [
        "工作经历1·结束：结束早于开始",
        "教育经历1·学校：请填写学校",
        "最高期望月薪：最高期望薪资低于最低期望薪资",
    ]
    assert "有3处要改" in summary
    places = [summary.index(each) for each in said]
    assert places == sorted(places)
    assert [summary.count(each) for each in said] == [1, 1, 1]
