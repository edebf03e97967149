"""What the public sees of a posting and of its company, and what it does not."""

import json
import re
from datetime import datetime, timedelta
from xml.etree import ElementTree as ET

import jsonschema
import pytest

from app.core.county_time import COUNTY_TIME, today
from app.core.db import db, now, transaction
from app.core.guard import Role
from app.organizations.models import Standing
from app.postings.models import PostingState, SavedPosting

S = PostingState
NASTY = "<script>alert(1)</script>𠮷😀&\"'</p>"

THING = {"type": "object", "required": ["@type"]}
JOB_POSTING = {  # what schema.org's JobPosting needs to be shown by search engines, and the types of the rest
    "type": "object",
    "required": [
        "@context",
        "@type",
        "title",
        "description",
        "datePosted",
        "hiringOrganization",
        "jobLocation",
    ],
    "properties": {
        "@context": {"const": "https://schema.org"},
        "@type": {"const": "JobPosting"},
        "title": {"type": "string", "minLength": 1},
        "description": {"type": "string", "minLength": 10},
        "datePosted": {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT"},
        "validThrough": {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT23:59:59\+08:00$"},
        "employmentType": {"enum": ["FULL_TIME", "PART_TIME", "CONTRACTOR", "TEMPORARY", "INTERN"]},
        "hiringOrganization": {
            **THING,
            "required": ["@type", "name", "sameAs"],
            "properties": {
                "@type": {"const": "Organization"},
                "sameAs": {"type": "string", "pattern": "^https?://"},
            },
        },
        "jobLocation": {
            **THING,
            "properties": {
                "@type": {"const": "Place"},
                "address": {
                    **THING,
                    "required": [
                        "@type",
                        "streetAddress",
                        "addressLocality",
                        "addressRegion",
                        "addressCountry",
                    ],
                    "properties": {"addressCountry": {"const": "CN"}, "addressLocality": {"minLength": 2}},
                },
            },
        },
        "baseSalary": {
            **THING,
            "required": ["@type", "currency", "value"],
            "properties": {
                "currency": {"const": "CNY"},
                "value": {
                    **THING,
                    "required": ["minValue", "maxValue", "unitText"],
                    "properties": {
                        "minValue": {"type": "integer"},
                        "unitText": {"enum": ["MONTH", "DAY", "HOUR"]},
                    },
                },
            },
        },
        "totalJobOpenings": {"type": "integer", "minimum": 1},
        "identifier": THING,
        "directApply": {"type": "boolean"},
    },
}


def structured(page):
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    return [json.loads(each) for each in found]


@pytest.fixture
def visitor(app):
    return app.test_client()


def test_the_page_tells_what_people_ask(make, visitor):
    posting = make.posting(
        place="350423-08",
        salary_months=13,
        years=2,
        contact_phone="13812345678",
        benefits=["五险一金", "篮球场"],
    )
    page = visitor.get(f"/jobs/{posting.id}").get_data(as_text=True)
    for words in (
        "每月6,000–8,000元·13薪",
        "清流县温郊乡",
        "2年以上",
        "四班三运转",
        "篮球场",
        "投递简历",
    ):
        assert words in page
    assert "138 **** 5678" in page
    assert "13812345678" not in page
    assert posting.contact_name not in page


def test_daily_pay_reads_in_its_own_unit(make, visitor):
    posting = make.posting(salary_words="200元/天", salary_min=4350, salary_max=4350)
    page = visitor.get(f"/jobs/{posting.id}").get_data(as_text=True)
    assert "200元/天（约每月4,350元）" in page


def test_structured_data_validates(make, visitor):
    posting = make.posting(place="350423-08", degree=3, years=2)
    (data,) = structured(visitor.get(f"/jobs/{posting.id}").get_data(as_text=True))
    jsonschema.validate(data, JOB_POSTING)
    assert data["jobLocation"]["address"]["addressLocality"] == "清流县"
    assert data["jobLocation"]["address"]["addressRegion"] == "福建省"
    assert data["experienceRequirements"]["monthsOfExperience"] == 24
    end = datetime.fromisoformat(data["validThrough"])
    assert end.date() == posting.valid_until
    assert end.utcoffset() == datetime.now(COUNTY_TIME).utcoffset()


def test_scripts_and_rare_characters_are_text_everywhere(make, visitor, login):
    organization = make.organization(introduction=NASTY)
    author = make.recruiter(organization)
    question = {"id": "a", "type": "text", "text": NASTY, "choices": [], "is_must": False, "wanted": ""}
    posting = make.posting(
        organization,
        created_by=author,
        title=NASTY,
        duties=NASTY,
        requirements=NASTY,
        address=NASTY,
        skills=[NASTY],
        benefits=[NASTY],
        questions=[question],
        source=NASTY,
    )
    pages = [f"/jobs/{posting.id}", f"/jobs/{posting.id}/share", f"/companies/{organization.id}"]
    mine = [f"/postings/{posting.id}", f"/postings/{posting.id}/edit", "/postings"]
    readings = [(visitor, path) for path in pages] + [(login(author), path) for path in mine]
    for client, path in readings:
        page = client.get(path).get_data(as_text=True)
        assert "<script>alert" not in page
        assert "𠮷😀" in page
    (data,) = structured(visitor.get(pages[0]).get_data(as_text=True))
    assert data["title"] == NASTY
    assert "<script>" not in data["description"]
    feed = ET.fromstring(visitor.get("/jobs/feed.atom").data)
    assert NASTY in feed.find("{*}entry/{*}title").text
    assert visitor.get(f"/jobs/{posting.id}/qr.svg").status_code == 200


@pytest.mark.parametrize("state", [S.CLOSED, S.EXPIRED, S.PAUSED])
def test_what_is_over_says_so_and_shows_others(make, visitor, state):
    organization = make.organization()
    posting = make.posting(organization, state=state, ended_at=now())
    other = make.posting(organization, title="氟化工艺主操")
    answer = visitor.get(f"/jobs/{posting.id}")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 410
    assert "这个职位已经不招了" in page
    assert other.title in page
    assert structured(page) == []


def test_the_last_day_counts_and_the_next_does_not(make, visitor):
    last = make.posting(valid_until=today())
    over = make.posting(valid_until=today() - timedelta(days=1))
    assert visitor.get(f"/jobs/{last.id}").status_code == 200
    assert visitor.get(f"/jobs/{over.id}").status_code == 410


@pytest.mark.parametrize("state", [S.DRAFT, S.SUBMITTED, S.RETURNED])
def test_what_was_never_public_does_not_exist(make, visitor, login, state):
    organization = make.organization()
    author = make.recruiter(organization)
    posting = make.posting(
        organization, created_by=author, state=state, published_at=None, return_reason="改薪资"
    )
    path = f"/jobs/{posting.id}"
    assert visitor.get(path).status_code == 404
    assert login(make.user()).get(path).status_code == 404
    assert login(make.recruiter()).get(path).status_code == 404
    assert "这是预览" in login(author).get(path).get_data(as_text=True)
    assert login(make.office()).get(path).status_code == 200


def test_a_printed_post_carries_the_name_of_the_site_its_address_and_its_code(make, visitor):
    posting = make.posting(make.organization())
    page = visitor.get(f"/jobs/{posting.id}").get_data(as_text=True)
    printed = page[page.index('class="only-print"') :].split("</div>")[0]
    assert f'src="/jobs/{posting.id}/qr.svg"' in printed
    assert "清才荟萃" in printed and f"/jobs/{posting.id}</p>" in printed


def test_postings_of_a_suspended_employer_are_gone_at_once_and_say_so(make, visitor):
    organization = make.organization()
    posting = make.posting(organization)
    paths = (f"/jobs/{posting.id}", f"/jobs/{posting.id}/share", f"/companies/{organization.id}")
    assert [visitor.get(path).status_code for path in paths] == [200, 200, 200]
    with transaction():
        organization.standing = Standing.SUSPENDED
    assert [visitor.get(path).status_code for path in paths] == [410, 404, 410]
    job, _, company = (visitor.get(path).get_data(as_text=True) for path in paths)
    assert "这个职位已经不招了" in job and "状态：" not in job and "看这家公司" not in job
    assert "这家公司现在不招人" in company and 'href="/jobs"' in company
    assert posting.title not in visitor.get("/jobs/feed.atom").get_data(as_text=True)
    assert f"/jobs/{posting.id}<" not in visitor.get("/sitemap-0.xml").get_data(as_text=True)
    assert organization.name not in visitor.get("/companies").get_data(as_text=True)


def test_the_page_costs_the_same_however_many_postings_there_are(make, visitor, queries_run):
    organization = make.organization()
    posting = make.posting(organization)
    path = f"/jobs/{posting.id}"
    visitor.get(path)
    with queries_run() as few:
        visitor.get(path)
    for _ in range(12):
        make.posting(organization)
    with queries_run() as many:
        visitor.get(path)
    with queries_run() as again:
        visitor.get(path)
    assert (
        len(many) == len(few) + 2
    )  # the similar ones: which are open, and their faces, seen for the first time
    assert len(again) == len(few) + 1  # a face is kept


def test_the_company_page_lists_its_open_postings_in_pages(make, visitor, queries_run):
    organization = make.organization()
    for number in range(11):
        make.posting(organization, title=f"岗位{number}")
    make.posting(organization, title="已关闭的", state=S.CLOSED)
    make.posting(title="别家的")
    path = f"/companies/{organization.id}"
    with queries_run() as seen:
        page = visitor.get(path).get_data(as_text=True)
    assert "在招的11个职位" in page
    assert "岗位10" in page
    assert "岗位0<" not in page
    assert "已关闭的" not in page
    assert "别家的" not in page
    assert "岗位0<" in visitor.get(f"{path}?page=2").get_data(as_text=True)
    assert len(seen) <= 6  # the last: faces that were never shown before


# ── for machines ───────────────────────────────────────


def test_the_sitemap_names_open_postings_only(make, visitor):
    posting, closed = make.posting(), make.posting(state=S.CLOSED)
    index = ET.fromstring(visitor.get("/sitemap.xml").data)
    assert [each.text for each in index.findall(".//{*}loc")] == ["http://localhost/sitemap-0.xml"]
    part = visitor.get("/sitemap-0.xml").data
    places = [each.text for each in ET.fromstring(part).findall(".//{*}loc")]
    assert f"http://localhost/jobs/{posting.id}" in places
    assert f"http://localhost/jobs/{closed.id}" not in places
    assert visitor.get("/sitemap-7.xml").status_code == 404


def test_the_feed_is_valid_atom(make, visitor):
    make.posting(title="甲岗"), make.posting(title="乙岗")
    answer = visitor.get("/jobs/feed.atom")
    feed = ET.fromstring(answer.data)
    assert answer.mimetype == "application/atom+xml"
    for needed in ("id", "title", "updated"):
        assert feed.findtext(f"{{*}}{needed}")
    entries = feed.findall("{*}entry")
    assert [each.findtext("{*}title")[:2] for each in entries] == ["乙岗", "甲岗"]
    for entry in entries:
        assert datetime.fromisoformat(entry.findtext("{*}updated")).utcoffset() is not None
        assert entry.findtext("{*}author/{*}name")
        assert entry.find("{*}link").get("href") == entry.findtext("{*}id")


def test_an_empty_feed_is_still_a_feed(visitor):
    assert ET.fromstring(visitor.get("/jobs/feed.atom").data).findtext("{*}updated")


def test_robots_are_sent_to_the_sitemap(visitor):
    text = visitor.get("/robots.txt").get_data(as_text=True)
    assert "Sitemap: http://localhost/sitemap.xml" in text
    assert "Disallow: /postings" in text


# ── keeping and reporting ──────────────────────────────


def test_a_posting_is_saved_once_and_let_go(make, login):
    posting, seeker = make.posting(), make.user()
    client = login(seeker)
    for _ in range(2):
        assert client.post(f"/jobs/{posting.id}/save").status_code == 303
    assert db.session.query(SavedPosting).count() == 1
    assert posting.title in client.get("/jobs/saved").get_data(as_text=True)
    with transaction():
        posting.state = S.CLOSED
    assert "已经不招了" in client.get("/jobs/saved").get_data(as_text=True)
    client.post(f"/jobs/{posting.id}/unsave")
    assert "还没有收藏" in client.get("/jobs/saved").get_data(as_text=True)


def test_what_is_over_cannot_be_saved(make, login):
    posting = make.posting(state=S.CLOSED)
    assert login(make.user()).post(f"/jobs/{posting.id}/save").status_code == 410


def test_saving_asks_a_visitor_to_sign_in(make, visitor):
    answer = visitor.post(f"/jobs/{make.posting().id}/save")
    assert answer.status_code == 302


def test_the_list_of_saved_postings_does_not_ask_once_for_each(make, login, queries_run):
    seeker = make.user()
    client = login(seeker)
    counts = []
    for _ in range(2):
        for _ in range(3):
            client.post(f"/jobs/{make.posting().id}/save")
        with queries_run() as seen:
            client.get("/jobs/saved")
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_anybody_may_report_and_the_office_answers(make, visitor, login):
    posting = make.posting()
    path = f"/jobs/{posting.id}/report"
    assert visitor.post(path, data={"reason": "其他", "text": ""}).status_code == 422
    assert visitor.post(path, data={"reason": "收费、要押金", "text": NASTY}).status_code == 303
    office = login(make.user(Role.OFFICE, totp_confirmed_at=now()))
    page = office.get("/review/reports").get_data(as_text=True)
    assert posting.title in page
    assert "<script>alert" not in page
    assert office.post("/review/reports/1", data={"outcome": "公司已经改正"}).status_code == 303
    assert "没有要处理的举报" in office.get("/review/reports").get_data(as_text=True)
    assert "公司已经改正" in office.get(f"/review/postings/{posting.id}").get_data(as_text=True)
