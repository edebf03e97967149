"""Templates are plain Chinese; the extension finds each run and leaves markup alone."""

import pytest
from jinja2 import Environment

from app.core import translation
from app.core.translation import install, split_runs


@pytest.fixture
def environment(monkeypatch):
    monkeypatch.setattr(translation, "language", lambda: "en")
    monkeypatch.setattr(
        translation, "catalogue", lambda _: {"收藏": "Save", "共 %(n)s 个": "%(n)s in all", "职位": "Jobs"}
    )
    environment = Environment(autoescape=True)
    install(environment)
    environment.language = "en"
    return environment


def test_text_and_attributes_become_lookups(environment):
    page = environment.from_string('<a class="b" href="/x" title="收藏">\n  职位 <b>{{ n }}</b></a>')
    assert page.render(n=3) == '<a class="b" href="/x" title="Save">\n  Jobs <b>3</b></a>'


def test_a_missing_key_shows_the_chinese(environment):
    assert environment.from_string("<p>没有译文</p>").render() == "<p>没有译文</p>"


def test_trans_blocks_keep_their_order(environment):
    assert environment.from_string("{% trans n=2 %}共 {{ n }} 个{% endtrans %}").render() == "2 in all"


def test_values_from_people_stay_escaped(environment):
    assert environment.from_string("<p>职位{{ x }}</p>").render(x="<b>") == "<p>Jobs&lt;b&gt;</p>"


def test_traditional_is_made_from_simplified(monkeypatch):
    monkeypatch.setattr(translation, "language", lambda: "zh-Hant")
    assert translation.translate("简历") == "簡歷"


def test_runs_and_rest_join_to_the_source():
    text = '<p title="职位 a">招聘 <b>x</b> 薪资\n</p>'
    assert "".join(piece for _, piece in split_runs(text)) == text
    assert [piece for is_chinese, piece in split_runs(text) if is_chinese] == ["职位 a", "招聘", "薪资"]
