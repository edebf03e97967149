"""The macros tie labels, errors and help to their controls, and let nothing typed become markup."""

import re

import pytest
from flask import render_template_string
from flask_wtf.csrf import CSRFProtect

from app.core import assets, gallery, presentation, translation

NAV = {"main": [], "tabs": [], "me": [], "foot": [], "home": "/", "who": None, "unread": 0}


@pytest.fixture(scope="module")
def site():
    app = translation.SpeakingFlask(
        "app.core.gallery", root_path=str(gallery.__file__).rsplit("/core/", 1)[0]
    )
    app.config.update(SECRET_KEY="k" * 40)
    CSRFProtect(app)
    translation.init_app(app)
    presentation.init_app(app)
    assets.init_app(app)
    gallery.init_app(app)
    app.context_processor(lambda: {"nav": NAV})
    return app


@pytest.fixture
def render(site):
    def _render(source, **values):
        with site.test_request_context():
            return render_template_string(source, **values)

    return _render


@pytest.fixture
def form(site):
    with site.test_request_context():
        yield gallery.GalleryForm(formdata=None)


FIELD = "{% from 'macros/forms.html' import field, choices, error_summary %}"


def test_a_field_with_an_error_points_to_its_message_and_its_help(render, form):
    form.title.errors = ["请写名称"]
    html = render(FIELD + "{{ field(f.title, help='写岗位的名字') }}", f=form)
    assert 'aria-describedby="title-e title-h"' in html
    assert 'aria-invalid="true"' in html
    assert re.search(r'<p class="error" id="title-e">.*请写名称', html)
    assert re.search(r'<p class="help" id="title-h">写岗位的名字</p>', html)
    assert '<label for="title">' in html


def test_a_field_in_order_says_nothing_about_errors(render, form):
    html = render(FIELD + "{{ field(f.title) }}", f=form)
    assert "aria-" not in html
    assert "error" not in html


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("degree", '<select class="form-select"'),
        ("duties", '<textarea class="form-control"'),
        ("salary_min", 'inputmode="numeric"'),
        ("phone", 'autocomplete="tel"'),
        ("valid_until", 'type="date"'),
        ("password", 'type="password"'),
        ("licence", "data-drop"),
        ("agree", 'class="check"'),
        ("shift", 'type="radio"'),
        ("certificates", 'type="checkbox"'),
        ("version", 'type="hidden"'),
    ],
)
def test_every_kind_of_field_has_its_control(render, form, name, expected):
    html = render(FIELD + "{{ field(f[name]) }}", f=form, name=name)
    assert expected in html
    assert len(re.findall(rf'id="{name}"', html)) == 1


def test_choices_keep_what_was_chosen(render, site):
    with site.test_request_context(method="POST", data={"certificates": ["r2"], "shift": "two"}):
        sent = gallery.GalleryForm()
        html = render(FIELD + "{{ choices(f.certificates) }}{{ choices(f.shift) }}", f=sent)
    assert re.findall(r'value="(\w+)" checked', html) == ["r2", "two"]


def test_the_summary_counts_every_error_and_links_to_its_field(render, form):
    form.title.errors = ["请写名称"]
    form.shift.errors = ["请选班次"]
    html = render(FIELD + "{{ error_summary(f) }}", f=form)
    assert "有2处要改" in html
    assert 'href="#title"' in html
    assert 'href="#shift"' in html
    form.title.errors = form.shift.errors = []
    assert render(FIELD + "{{ error_summary(f) }}", f=form).strip() == ""


def test_a_choice_that_the_summary_links_to_can_take_the_focus(render, form):
    html = render(FIELD + "{{ choices(f.shift) }}", f=form)
    assert re.search(r'<fieldset[^>]* id="shift" tabindex="-1"', html)


FACE = """{% from 'macros/cards.html' import job, dots, job_tags, job_foot %}{{ job(dict(c, face={
    'title': c.title, 'url': '/p/1', 'pay': c.pay, 'facts': dots(c.facts), 'tags': job_tags(c.tags, True),
    'foot': job_foot(c.enterprise, c.when)})) }}"""


def test_typed_text_in_a_card_stays_text(render):
    card = dict.fromkeys(("title", "enterprise", "why", "pay", "when"), "<script>1</script>")
    html = render(FACE, c=card | {"facts": ["<b>x"], "tags": ["<i>"], "band": 2})
    assert "<script" not in html
    assert "<b>x" not in html
    assert "<i>" not in html
    assert html.count("&lt;script&gt;") == 5


def test_a_card_is_one_link_with_its_match_in_words(render):
    card = dict.fromkeys(("title", "enterprise", "pay", "when"), "充装工")
    html = render(FACE, c=card | {"facts": ["温郊乡", ""], "tags": ["双休"], "band": 3, "why": "证都有"})
    assert html.count("<a ") == 1
    assert "匹配强" in html
    assert html.count("<span>温郊乡</span>") == 1
    assert "<span></span></span>" not in html


@pytest.mark.parametrize(
    ("page", "pages", "numbers"),
    [(1, 1, []), (1, 3, [1, 2, 3]), (4, 17, [1, 3, 4, 5, 17]), (17, 17, [1, 16, 17]), (2, 4, [1, 2, 3, 4])],
)
def test_the_pager_shows_the_ends_and_the_neighbours(render, page, pages, numbers):
    source = "{% from 'macros/lists.html' import pager %}{{ pager(page, pages, link) }}"
    html = render(source, page=page, pages=pages, link=lambda n: f"?page={n}")
    assert [int(n) for n in re.findall(r">(\d+)</(?:a|span)>", html)] == numbers
    assert ('rel="prev"' in html) == (page > 1)
    assert ('rel="next"' in html) == (page < pages)


def test_a_facet_opens_when_a_hidden_choice_is_in_force(render):
    options = [(str(n), str(n), n, n == 7) for n in range(8)]
    source = "{% from 'macros/lists.html' import facet %}{{ facet('town', '乡镇', options) }}"
    assert "<details open>" in render(source, options=options)
    assert "<details>" in render(source, options=[(*o[:3], False) for o in options])


def test_versions_can_be_chosen_only_when_the_fields_are_named(render):
    source = "{% from 'macros/versions.html' import versions %}{{ versions(rows, '/p/1', '4') }}"
    html = render(source, rows=[{"label": "月薪", "name": "salary_min", "mine": "6000", "theirs": '"><b>'}])
    assert 'name="salary_min" value="6000" checked' in html
    assert 'name="version" value="4"' in html
    assert "<b>" not in html
    shown = render(source, rows=[("月薪", "6000", "6500")])
    assert "<form" not in shown
    assert "6500" in shown


@pytest.mark.parametrize(
    "name", ["400", "401", "403", "404", "405", "413", "429", "500", "domain", "conflict"]
)
def test_every_error_page_says_what_happened_and_offers_a_way(render, name):
    error = type("Refused", (Exception,), {"message": "已经投过了"})("已经投过了")
    html = render("{% include 'errors/' ~ name ~ '.html' %}", name=name, error=error, rows=[("月薪", 1, 2)])
    assert len(re.findall(r"<h1[^>]*>\s*\S", html)) == 1
    assert 'class="btn btn-primary"' in html


def test_the_page_of_all_parts_opens_in_every_language(site):
    client = site.test_client()
    for language in ("zh-Hans", "zh-Hant", "en"):
        answer = client.get(f"/states?lang={language}")
        assert answer.status_code == 200
    assert client.get("/states/suggest?q=氟化").get_json()[0]["value"] == "氟化工艺"


def test_no_id_stands_twice_on_the_page_of_all_parts(site):
    html = site.test_client().get("/states").get_data(as_text=True)
    ids = re.findall(r'\sid="([^"]+)"', html)
    assert len(ids) == len(set(ids)), {name for name in ids if ids.count(name) > 1}
    targets = set(re.findall(r'\sfor="([^"]+)"', html))
    assert targets <= set(ids), targets - set(ids)


def test_what_a_template_names_outright_is_settled_when_it_is_compiled(app):
    template = "<p>{{ i('mark') }}{{ i(name) }}</p>"
    settled = app.jinja_env.preprocess(template)
    assert settled.startswith('<p><svg class="i" aria-hidden="true"><use href="/static/icons.svg?v=')
    assert settled.endswith("{{ i(name) }}</p>")
    assert app.jinja_env.from_string(template).render(name="mark").count("#mark") == 2
