"""Each word of the pages that everybody uses has its English, and the catalogue holds no word that nobody says."""

import html
import re
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from babel.messages.pofile import read_po

from app.core import catalogue, county_time
from app.core.db import now, transaction
from app.core.translation import FOLDER
from app.people.models import Resume

PLACEHOLDER = re.compile(r"%\(\w+\)s|%%|\{\w+\}")
QUOTED = re.compile("“[^”]*”")  # what people write, as an example
CHINESE = re.compile(r'[^<>"\n]*[\u3400-\u9fff][^<>"\n]*')
OUTSIDE = re.compile(
    r'<a [^>]*hreflang="zh[^>]*>[^<]*</a>|<!--.*?-->| value="[^"]*"|<script.*?</script>', re.DOTALL
)
PUBLIC = [
    "/",
    "/jobs",
    "/jobs?q=zzzz",
    "/jobs?degree=3",
    "/companies",
    "/companies/{organization}",
    "/jobs/{posting}",
    "/jobs/{posting}/share",
    "/jobs/{closed}",
    "/sign-in",
    "/sign-up",
    "/recover",
    "/terms",
    "/privacy",
    "/nowhere",
]
RECRUITER = [
    "/desk",
    "/desk/pipeline",
    "/desk/pipeline?posting={posting}",
    "/desk/candidates/{application}",
    "/desk/interviews",
    "/desk/candidates/{application}/invite",
    "/desk/candidates/{application}/offer",
    "/desk/candidates/{application}/move?to=rejected",
    "/postings",
    "/postings/new",
    "/postings/new?kind=job",
    "/postings/{posting}",
    "/postings/{posting}/edit",
    "/postings/{posting}/history",
    "/postings/{posting}/close",
    "/postings/{posting}/people",
    "/postings/paste",
    "/postings/import",
]


@pytest.fixture(scope="module")
def messages():
    with (FOLDER / "en.po").open("rb") as file:
        return {str(m.id): str(m.string) for m in read_po(file) if m.id}


@pytest.fixture
def scene(make):
    """Data in Latin letters, so that every Chinese character of a page is a word of the site."""
    alpha = make.organization(name="Alpha Fluorine", address="Park Road 1", introduction="Polymers.")
    recruiter = make.recruiter(alpha, name="Rita")
    words = {
        "title": "Operator",
        "address": "Park Road 1",
        "duties": "Run the plant.",
        "requirements": "Care.",
        "contact_name": "Rita",
        "published_at": now() - timedelta(hours=2),
        "created_by": recruiter,
    }
    posting, other = make.posting(alpha, **words), make.posting(alpha, **words)
    closed = make.posting(alpha, **words | {"valid_until": county_time.today() - timedelta(days=2)})
    content = {
        "headline": "Operator",
        "work": [{"employer": "Beta", "title": "Operator", "started_on": "2021-03", "text": "Rounds."}],
        "education": [{"school": "Gamma", "degree": 3, "major": "Chemistry", "ended_on": "2020-06"}],
        "skills": ["DCS"],
    }
    person = make.person(user=make.user(name="Anna"), content=content)
    with transaction() as session:
        resume = session.query(Resume).filter_by(person_id=person.id).one()
        resume.title = "CV"
    application = make.application(posting, person, consent_text="Agreed")
    return SimpleNamespace(
        recruiter=recruiter,
        seeker=person.user,
        ids={
            "organization": alpha.id,
            "posting": posting.id,
            "other": other.id,
            "closed": closed.id,
            "resume": resume.id,
            "application": application.id,
        },
    )


def chinese_left_on(client, paths, scene):
    """What is still Chinese on each page in English, outside the links to the other languages."""
    left = {}
    for path in paths:
        address = path.format(**scene.ids)
        page = client.get(address, query_string=None if "?" in address else {"lang": "en"})
        if "?" in address:
            page = client.get(f"{address}&lang=en")
        assert page.status_code in {200, 303, 404, 410}, address
        found = CHINESE.findall(QUOTED.sub("", html.unescape(OUTSIDE.sub("", page.text))))
        if found:
            left[path] = sorted({piece.strip() for piece in found})
    return left


def test_public_pages_are_wholly_english(app, scene):
    assert chinese_left_on(app.test_client(), PUBLIC, scene) == {}


def test_the_recruiters_pages_are_wholly_english(login, scene):
    assert chinese_left_on(login(scene.recruiter), RECRUITER, scene) == {}


def test_home_in_traditional_characters(app):
    page = app.test_client().get("/?lang=zh-Hant").text
    assert "職位" in page
    assert "职" not in page


def test_the_catalogue_holds_no_dead_words(messages):
    assert set(messages) <= set(catalogue.extract(FOLDER.parent))


def test_translations_keep_the_placeholders(messages):
    uneven = [
        source
        for source, english in messages.items()
        if english and sorted(PLACEHOLDER.findall(source)) != sorted(PLACEHOLDER.findall(english))
    ]
    assert uneven == []


def test_words_of_a_template():
    source = """<p title="收藏">共 <b>{{ n }}</b></p>{% trans n=3 %}招{{ n }}人{% endtrans %}{{ '更多' | t }}{# 注 #}"""
    assert sorted(catalogue.words_of_template(source)) == sorted(["收藏", "共", "招%(n)s人", "更多"])


def test_words_of_python():
    source = '"""说明"""\nA = "职位"\nB = f"第{A}页"\nT = Term("研发", "研", ("科研",))  # 注\n'
    assert sorted(catalogue.words_of_python(source)) == ["研", "研发", "第{a}页", "职位"]


def test_an_f_string_is_one_sentence_with_names():
    source = 'f"{person.name}投递了「{posting.title}」{at:%-m月}，{USES[purpose]}、{other.name}"\n'
    assert list(catalogue.words_of_python(source)) == ["{name}投递了「{title}」{at}，{purpose}、{name2}"]


def test_regular_expressions_are_not_said():
    assert list(catalogue.words_of_python('A = re.compile("第[一二]条")\nB = "(?:大专|本科)"\n')) == []


def test_merging_keeps_translations_and_drops_old_words(tmp_path: Path):
    path = tmp_path / "en.po"
    path.write_text('msgid "职位"\nmsgstr "Jobs"\n\nmsgid "旧"\nmsgstr "Old"\n', "utf-8")
    assert catalogue.merge(["职位", "收藏"], path) == (2, 1)
    with path.open("rb") as file:
        assert {m.id: m.string for m in read_po(file) if m.id} == {"职位": "Jobs", "收藏": ""}
