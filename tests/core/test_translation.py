"""Templates are plain Chinese; the extension finds each run and leaves markup alone."""

import pytest
from jinja2 import Environment

from app.core import translation
from app.core.sentences import Sentences
from app.core.translation import install, split_runs


@pytest.fixture
def environment(monkeypatch):
    monkeypatch.setattr(translation, "language", lambda: "en")
    known = {
        "收藏": "Save",
        "共 %(n)s 个": "%(n)s in all",
        "职位": "Jobs",
        "%(n)s封信": "%(n)s [letter|letters]",
    }
    monkeypatch.setattr(translation, "sentences", lambda _: Sentences(known, {}))
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


@pytest.mark.parametrize(
    ("count", "said"), [(1, "1 letter"), (2, "2 letters"), ("1", "1 letter"), (0, "0 letters")]
)
def test_one_thing_is_not_several(environment, count, said):
    assert environment.from_string("{% trans n=count %}{{ n }}封信{% endtrans %}").render(count=count) == said
    assert translation.speak("%(n)s封信", {"n": count}) == said


def test_values_in_a_sentence_are_escaped_once(environment):
    page = environment.from_string("{% trans n=x %}{{ n }}封信{% endtrans %}").render(x="<b>")
    assert page == "&lt;b&gt; letters"


def test_a_page_in_traditional_characters_keeps_what_is_typed():
    page = '<p title="职位">职位<textarea>职位</textarea><a hreflang="zh-Hans" href="/">简体</a></p>'
    assert translation.traditional_page(page) == (
        '<p title="職位">職位<textarea>职位</textarea><a hreflang="zh-Hans" href="/">简体</a></p>'
    )


def test_a_message_speaks_its_readers_language(app):
    assert translation.said_in("en", "两步验证") == "Two-step sign-in"
    assert translation.said_in("zh-Hant", "简历") == "簡歷"
    assert translation.said_in("zh-Hans", "简历") == translation.said_in("unknown", "简历") == "简历"


def test_values_from_people_stay_escaped(environment):
    assert environment.from_string("<p>职位{{ x }}</p>").render(x="<b>") == "<p>Jobs&lt;b&gt;</p>"


def test_traditional_is_made_from_simplified(monkeypatch):
    monkeypatch.setattr(translation, "language", lambda: "zh-Hant")
    assert translation.translate("简历") == "簡歷"


def test_runs_and_rest_join_to_the_source():
    text = '<p title="职位 a">招聘 <b>x</b> 薪资\n</p>'
    assert "".join(piece for _, piece in split_runs(text)) == text
    assert [piece for is_chinese, piece in split_runs(text) if is_chinese] == ["职位 a", "招聘", "薪资"]


def test_english_has_a_space_around_a_link_where_chinese_has_none(environment):
    page = environment.from_string('<p>职位，<a href="/">收藏</a>职位</p><p>职位<b>{{ n }}</b></p>')
    assert page.render(n=1) == '<p>职位， <a href="/">Save</a> Jobs</p><p>Jobs <b>1</b></p>'
