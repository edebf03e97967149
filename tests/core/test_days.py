from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.days import find_day, read_day

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026年12月31日", date(2026, 12, 31)),
        ("2026-12-31", date(2026, 12, 31)),
        ("2026/12/31", date(2026, 12, 31)),
        ("2026.12.5", date(2026, 12, 5)),
        ("２０２６－１２－３１", date(2026, 12, 31)),
        ("20261231", date(2026, 12, 31)),
        ("26.12.31", date(2026, 12, 31)),
        ("2026-12-31 00:00:00", date(2026, 12, 31)),
        ("12月31日", date(2026, 12, 31)),
        ("11月24号", date(2026, 11, 24)),
        ("3月1日", date(2027, 3, 1)),
        ("12.31", date(2026, 12, 31)),
        ("12月底", date(2026, 12, 31)),
        ("2027年2月底", date(2027, 2, 28)),
        ("2027年2月", date(2027, 2, 28)),
        ("46387", date(2026, 12, 31)),
        ("招满为止", None),
        ("2月30日", None),
        ("13月1日", None),
        ("1.5万", None),
        ("9" * 20_000, None),
        ("", None),
    ],
)
def test_a_day_is_read_in_every_usual_writing(text, day):
    assert read_day(text, TODAY) == day


def test_a_day_in_running_text_says_where_it_stands():
    text = "请于11月30日前报名，联系0598-5321234"
    day, start, end = find_day(text, TODAY)
    assert (day, text[start:end]) == (date(2026, 11, 30), "11月30日")


@settings(deadline=None)
@given(
    st.dates(date(2020, 1, 1), date(2090, 1, 1)),
    st.sampled_from(["%Y-%m-%d", "%Y/%m/%d", "%Y年%m月%d日", "%Y%m%d"]),
)
def test_every_day_comes_back(day, form):
    assert read_day(day.strftime(form), TODAY) == day


@settings(deadline=None)
@given(st.text(alphabet="0123456789年月日号底-/. ", max_size=20))
def test_no_text_breaks_it(text):
    found = find_day(text, TODAY)
    assert found is None or 0 <= found[1] < found[2] <= len(text)
