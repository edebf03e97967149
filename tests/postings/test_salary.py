import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.halfwidth import half_width
from app.core.numerals import read_numeral
from app.postings import salary
from app.postings.pay_grammar import Unit


@pytest.mark.parametrize(
    ("words", "least", "most", "months"),
    [
        ("15-25K·13薪", 15000, 25000, 13),
        ("8千-1.5万", 8000, 15000, 12),
        ("8-12K", 8000, 12000, 12),
        ("5K-8", 5000, 8000, 12),
        ("6000-8000元/月", 6000, 8000, 12),
        ("6000/月-8000/月", 6000, 8000, 12),
        ("6000元/人/月", 6000, 6000, 12),
        ("200元/天", 4350, 4350, 12),
        ("200-300/天", 4350, 6525, 12),
        ("日结200元", 4350, 4350, 12),
        ("150-200元一天", 3262, 4350, 12),
        ("30元/小时", 5220, 5220, 12),
        ("每小时25元", 4350, 4350, 12),
        ("800元/周", 3467, 3467, 12),
        ("年薪20-30万", 16667, 25000, 12),
        ("30-50万/年", 25000, 41667, 12),
        ("年包50w", 41667, 41667, 12),
        ("1万以上", 10000, 10000, 12),
        ("5k起", 5000, 5000, 12),
        ("６０００～８０００", 6000, 8000, 12),
        ("６，０００ － ８，０００ 元", 6000, 8000, 12),
        ("6000至8000元", 6000, 8000, 12),
        ("6千到8千", 6000, 8000, 12),
        ("6000——8000", 6000, 8000, 12),
        ("6000一8000", 6000, 8000, 12),
        ("¥6000 - ¥8000", 6000, 8000, 12),
        ("1万5-2万", 15000, 20000, 12),
        ("1万2千", 12000, 12000, 12),
        ("0.8-1.2万", 8000, 12000, 12),
        ("8000~1.2万", 8000, 12000, 12),
        ("1.5w-2w", 15000, 20000, 12),
        ("一万二到一万五", 12000, 15000, 12),
        ("六千五", 6500, 6500, 12),
        ("五六千", 5000, 6000, 12),
        ("两三万", 20000, 30000, 12),
        ("月薪6500-8200元，十三薪", 6500, 8200, 13),
        ("13薪，6-8K", 6000, 8000, 13),
        ("6000-8000元，年底双薪", 6000, 8000, 13),
        ("15k*14薪", 15000, 15000, 14),
        ("底薪3500，综合6000-9000", 6000, 9000, 12),
        ("6-8K，具体面议", 6000, 8000, 12),
    ],
)
def test_pay_is_understood_as_people_write_it(words, least, most, months):
    pay = salary.read(words)
    assert (pay.minimum, pay.maximum, pay.months) == (least, most, months)
    assert pay.words == words.strip()


@pytest.mark.parametrize(
    ("words", "refusal"),
    [
        ("面议", salary.FloorMissing),
        ("薪资面议", salary.FloorMissing),
        ("3000以下", salary.FloorMissing),
        ("高达2万", salary.FloorMissing),
        ("最高8000元", salary.FloorMissing),
        ("12-8K", salary.LimitsReversed),
        ("8000-6000元", salary.LimitsReversed),
        ("1.5万-8千", salary.LimitsReversed),
        ("6-8", salary.UnitMissing),
        ("200元", salary.UnitMissing),
        ("0", salary.UnitMissing),
        ("3元/件", salary.PayRefused),
        ("3000美元", salary.PayRefused),
        ("高薪", salary.PayRefused),
        ("", salary.PayRefused),
        ("100-200万/月", salary.PayImplausible),
        ("5元/天", salary.PayImplausible),
        ("6-8K·36薪", salary.PayImplausible),
        ("9" * 5000 + "元/月", salary.PayImplausible),
        ("0元/月", salary.FloorMissing),
    ],
)
def test_unusable_pay_is_refused_for_its_own_reason(words, refusal):
    with pytest.raises(salary.PayRefused) as refused:
        salary.read(words)
    assert type(refused.value) is refusal
    assert refused.value.message


def test_reversed_limits_are_called_by_their_name():
    with pytest.raises(salary.LimitsReversed, match="上下限反了"):
        salary.read("12-8K")


@pytest.mark.parametrize(
    ("words", "is_open"), [("5k起", True), ("底薪4000+提成", True), ("6000以上/月", True), ("6000元", False)]
)
def test_an_open_end_is_remembered(words, is_open):
    assert salary.read(words).is_open_ended is is_open


def test_the_unit_that_the_author_counted_in_is_kept():
    assert [salary.read(w).unit for w in ("200元/天", "20元/小时", "年薪12万", "6k")] == [
        Unit.DAY,
        Unit.HOUR,
        Unit.YEAR,
        Unit.MONTH,
    ]


@pytest.mark.parametrize(
    ("words", "part"),
    [("20-30万", "按年薪理解"), ("1500元/月", "少写一位"), ("月薪15万", "多写一位"), ("3-20K", "范围太宽")],
)
def test_odd_pay_passes_with_a_warning(words, part):
    assert part in "".join(salary.read(words).warnings)


def test_ordinary_pay_has_no_warning():
    assert salary.read("6-9K·13薪").warnings == ()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("注册资金5000万元，年产3万吨，月薪6000-8000元，五险一金", "6000-8000元"),
        ("招操作工，6-8K·13薪，3年以上经验", "6-8K·13薪"),
        ("18-45岁，每天8小时，底薪3500+提成", "3500+"),
        ("工龄工资每年加100元，工资5500到7500", "5500到7500"),
        ("200元/天，包吃", "200元/天"),
        ("待遇：８０００～１００００", "８０００～１００００"),
    ],
)
def test_pay_is_found_in_running_text(text, words):
    found = salary.find(text)
    assert found is not None
    assert found.words == words
    assert text[found.start : found.end] == words


@pytest.mark.parametrize(
    "text",
    [
        "热线0598-5321234，13800138000",
        "2026年11月1日-30日",
        "10-20人，2-3年经验",
        "负责10万-20万吨装置",
        "电压10-35kv，压力2-3MPa",
        "薪资：面议",
        "金星路100-200号",
        "年产8万吨、投资30亿元",
        "每天8-12小时",
    ],
)
def test_other_numbers_are_not_taken_for_pay(text):
    assert salary.find(text) is None


@settings(deadline=None)
@given(
    st.integers(2, 60),
    st.integers(0, 40),
    st.sampled_from(["-", "~", "～", "至", "到", " — "]),
    st.integers(12, 18),
)
def test_every_range_in_thousands_is_read_in_any_writing(low, more, dash, months):
    pay = salary.read(f"{low}{dash}{low + more}K·{months}薪")
    assert (pay.minimum, pay.maximum, pay.months) == (low * 1000, (low + more) * 1000, months)


@settings(deadline=None)
@given(st.text(alphabet="0123456789.-~～至到一二三千万百Kkw元/月天薪年面议起以上 ,，+", max_size=30))
def test_any_pay_like_text_is_read_in_order_or_refused(text):
    try:
        pay = salary.read(text)
    except salary.PayRefused:
        return
    assert 0 < pay.minimum <= pay.maximum
    assert 12 <= pay.months <= salary.MOST_MONTHS
    assert 0 <= pay.start < pay.end <= len(text)
    assert half_width(text)[pay.start].isdigit() or text[pay.start] in "一二三千万百¥￥"


def test_a_very_long_text_is_searched_quickly():
    began = time.process_time()
    assert salary.find("年产5万吨，10-20人，1" * 6000) is None
    assert salary.find("9" * 100_000) is None
    assert time.process_time() - began < 3


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("八千", 8000),
        ("一万二", 12000),
        ("一千八百五", 1850),
        ("两万", 20000),
        ("十", 10),
        ("十五", 15),
        ("一万零五百", 10500),
        ("一千零五", 1005),
        ("十五万", 150000),
        ("五六千", None),
        ("千元", None),
        ("", None),
    ],
)
def test_chinese_numerals_are_numbers(words, number):
    assert read_numeral(words) == number


@pytest.mark.parametrize("words", ["-5K", "－5000元", "月薪 -6000"])
def test_pay_below_zero_is_refused(words):
    with pytest.raises(salary.BelowZero):
        salary.read(words)


@pytest.mark.parametrize(
    "words", ["5-8K", "5000-8000", "6千-8千", "月薪5000元-8000元", "一万五-2万", "五千－8000"]
)
def test_a_range_is_no_negative_number(words):
    assert salary.read(words).minimum >= 5000
