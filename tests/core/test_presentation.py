"""How values read on a page."""

from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup, escape

from app.core import assets
from app.core import presentation as shown

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ((6000, 8200), "6-8.2K"),
        ((6000, 9000, 13), "6-9K·13薪"),
        ((6000, 9000, 12), "6-9K"),
        ((6000, 6000), "6K"),
        ((6000, None, 13.5), "6K起·13.5薪"),
        ((800, 1500), "0.8-1.5K"),
        ((0, 0, 12, "200元/天"), "200元/天"),
        ((None,), "薪资未写"),
    ],
)
def test_pay_on_a_list_is_short(arguments, expected):
    assert shown.pay(*arguments) == expected


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ((6000, 8200, 13), "每月6,000–8,200元·13薪"),
        ((6000, 6000), "每月6,000元"),
        ((6000,), "每月6,000元起"),
        ((None, None, None, "200元/天"), "200元/天"),
        ((None,), "薪资未写"),
    ],
)
def test_pay_on_its_own_page_is_written_out(arguments, expected):
    assert shown.pay_full(*arguments) == expected


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (date(2026, 11, 22), "今天"),
        (date(2026, 11, 21), "1天前"),
        (date(2026, 11, 16), "6天前"),
        (date(2026, 11, 15), "11月15日"),
        (date(2025, 11, 15), "2025年11月15日"),
        (date(2026, 11, 25), "11月25日"),
        (None, ""),
    ],
)
def test_a_day_is_told_by_its_distance_within_a_week(on, expected):
    assert shown.ago(on, TODAY) == expected


def test_the_day_turns_at_midnight_in_the_county_not_in_utc():
    late = datetime(2026, 11, 21, 16, 30, tzinfo=UTC)
    assert shown.ago(late, TODAY) == "今天"
    assert shown.clock(late) == "0:30"
    assert shown.iso(late) == "2026-11-22T00:30+08:00"


def test_a_moment_from_the_database_without_a_zone_is_utc():
    assert shown.clock(datetime(2026, 11, 22, 1, 5)) == "9:05"  # noqa: DTZ001  that is the case tested


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (datetime(2026, 11, 22, 1, 30, tzinfo=UTC), "今天 9:30"),
        (datetime(2026, 11, 21, 1, 30, tzinfo=UTC), "昨天 9:30"),
        (datetime(2026, 11, 23, 1, 30, tzinfo=UTC), "明天 9:30"),
        (datetime(2026, 11, 28, 6, 0, tzinfo=UTC), "11月28日 14:00"),
        (None, ""),
    ],
)
def test_a_moment_names_near_days(at, expected):
    assert shown.moment(at, TODAY) == expected


@pytest.mark.parametrize(
    ("on", "words", "tone"),
    [
        (date(2026, 11, 28), "还有6天", "is-soon"),
        (date(2026, 12, 31), "还有39天", ""),
        (date(2026, 11, 23), "明天到期", "is-soon"),
        (date(2026, 11, 22), "今天到期", "is-soon"),
        (date(2026, 11, 19), "已过3天", "is-loss"),
        (None, "", ""),
    ],
)
def test_what_is_due_says_how_long_and_how_urgent(on, words, tone):
    assert (shown.due(on, TODAY), shown.due_tone(on, TODAY)) == (words, tone)


@pytest.mark.parametrize(
    ("number", "clear", "masked"),
    [
        ("13860001234", "138 6000 1234", "138 **** 1234"),
        ("+8613860001234", "138 6000 1234", "138 **** 1234"),
        ("0598-5320000", "0598-5320000", "**********00"),
        ("110", "110", "***"),
        (None, "", ""),
    ],
)
def test_phone_numbers_read_3_4_4_and_hide_the_middle(number, clear, masked):
    assert (shown.phone(number), shown.masked_phone(number)) == (clear, masked)


@pytest.mark.parametrize(
    ("address", "expected"), [("chen@example.com", "c***@example.com"), ("nonsense", "***"), (None, "")]
)
def test_a_masked_address_keeps_its_first_letter_and_its_host(address, expected):
    assert shown.masked_email(address) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("福建泷岚氟化工有限公司", "泷"),
        ("福建省三明市清流县九曜新材料", "九"),
        ("清流", "清"),
        ("alpha", "A"),
        ("𠮷川化工", "𠮷"),
        ("", "?"),
    ],
)
def test_a_tile_shows_the_trade_name_not_the_place(name, expected):
    assert shown.initial(name) == expected
    assert 1 <= shown.tint(name) <= 6


def test_heat_rises_with_the_figure_and_nothing_is_its_own_step():
    assert [shown.heat(n) for n in (0, 1, 4, 5, 14, 15, 29, 30, 59, 60, 900)] == [
        0,
        1,
        1,
        2,
        2,
        3,
        3,
        4,
        4,
        5,
        5,
    ]


@pytest.mark.parametrize(
    ("value", "expected"),
    [(0, "0"), (1512, "1,512"), (1512.5, "1,512.5"), (None, ""), (15_126_000, "15,126,000")],
)
def test_thousands_are_grouped(value, expected):
    assert shown.count(value) == expected


@pytest.mark.parametrize(
    ("size", "expected"),
    [(0, "0 B"), (1023, "1023 B"), (1024, "1 KB"), (1_572_864, "1.5 MB"), (3 << 30, "3 GB")],
)
def test_file_sizes_carry_a_unit(size, expected):
    assert shown.filesize(size) == expected


def test_years_and_degrees_are_said_as_job_sites_say_them():
    assert [shown.years_text(0), shown.years_text(None), shown.years_text(3), shown.years_text(1, 3)] == [
        "经验不限",
        "经验不限",
        "3年以上",
        "1–3年经验",
    ]


def test_clauses_move_whole_and_figures_keep_their_measure_word():
    assert shown.zh("差一张证，7天内补上") == (
        '<span class="cl">差一张证，</span><span class="cl"><span class="nb">7天</span>内补上</span>'
    )
    assert shown.zh("没有分句") == "没有分句"


def test_line_breaks_keep_markup_and_touch_no_attribute():
    kept = shown.zh(Markup('看<a href="/3天，后">12个</a>职位，快'))
    assert kept == '看<a href="/3天，后"><span class="nb">12个</span></a>职位，快'


@given(st.text(alphabet=st.sampled_from("<>&\"'，。3天a; ")))
def test_typed_text_never_becomes_markup(text):
    for made in (shown.zh(text), shown.prose(text), shown.marked(text, ["a", "3"]), shown.wbr(text)):
        bare = made
        tags = (
            '<span class="cl">',
            '<span class="nb">',
            "</span>",
            '<p translate="no">',
            "</p>",
            "<mark>",
            "</mark>",
        )
        for tag in tags:
            bare = bare.replace(tag, "")
        assert not set(bare) & set("<>\"'")


@given(st.text())
def test_line_breaks_lose_no_character(text):
    assert shown.zh(text).striptags() == Markup(escape(text)).striptags()


def test_typed_lines_become_paragraphs():
    assert shown.prose(" 跟槽车\r\n\r\n<b>气密</b> ") == (
        '<p translate="no">跟槽车</p><p translate="no">&lt;b&gt;气密&lt;/b&gt;</p>'
    )
    assert shown.prose(None) == ""


def test_the_longest_word_is_marked_and_case_does_not_matter():
    assert shown.marked("会DCS，氟化工艺", ["dcs", "氟化", "氟化工艺", ""]) == (
        "会<mark>DCS</mark>，<mark>氟化工艺</mark>"
    )
    assert shown.marked("a<b", []) == "a&lt;b"


def test_a_name_breaks_only_where_it_says():
    assert shown.wbr("含氟|聚合物<") == "含氟<wbr>聚合物&lt;"


def test_a_static_address_follows_the_content_of_the_file(tmp_path: Path):
    (tmp_path / "a.css").write_text("x")
    app = Flask(__name__, static_folder=str(tmp_path), static_url_path="/static")
    shown.init_app(app)
    assets.init_app(app)
    digest = sha256(b"x").hexdigest()[:10]
    assert app.jinja_env.from_string("{{ asset('a.css') }}").render() == f"/static/a.css?v={digest}"
    assert app.jinja_env.from_string("{{ 8200|count }} {{ pay(6000) }}").render() == "8,200 6K起"


def test_another_language_gets_its_own_days(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(shown, "language", lambda: "en")
    assert shown.day(date(2026, 11, 22), TODAY) == "22 Nov"
    assert shown.day(date(2025, 11, 22), TODAY) == "22 Nov 2025"
