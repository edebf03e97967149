from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stdnum.cn import uscc

from app.core.identifiers import (
    Fault,
    check_credit_code,
    check_email,
    check_mobile,
    organization_check_digit,
)

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def sound(first_sixteen: str) -> str:
    body = first_sixteen + organization_check_digit(first_sixteen[8:])
    return body + uscc.calc_check_digit(body)


GOOD = sound("91350423MA2XT8Q4")


def test_a_sound_code_passes_however_it_is_spaced():
    for typed in (
        GOOD,
        GOOD.lower(),
        f" {GOOD[:8]} {GOOD[8:]} ",
        "".join(chr(ord(c) + 0xFEE0) for c in GOOD),
    ):
        assert check_credit_code(typed).value == GOOD


def test_a_code_known_to_a_second_source_passes():
    assert check_credit_code("91110000600037341L").is_valid


def test_a_wrong_character_in_the_organization_part_names_the_17th_digit():
    for position in range(8, 16):
        wrong = ALPHABET[ALPHABET.index(GOOD[position]) - 1]
        problem = check_credit_code(GOOD[:position] + wrong + GOOD[position + 1 :]).problems[0]
        assert problem.position == 17 or problem.fault is Fault.SWAPPED


def test_a_wrong_check_digit_is_named_with_what_it_should_be():
    checked = check_credit_code(GOOD[:17] + ("0" if GOOD[17] != "0" else "1"))
    assert checked.value == ""
    assert f"第18位应是{GOOD[17]}" in checked.message


def test_two_neighbours_written_in_reverse_are_recognised():
    reversed_at_five = GOOD[:4] + GOOD[5] + GOOD[4] + GOOD[6:]
    problem = check_credit_code(reversed_at_five).problems[0]
    assert (problem.fault, problem.position) == (Fault.SWAPPED, 5)


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("9135I423MA2XT8Q491", "第5位有不允许的字母I，是不是1"),
        ("91350423MA2XT8QO91", "第16位有不允许的字母O，是不是0"),
        ("91350423MA2XT8Q4", "少了2位"),
        ("91350423MA2XT8Q4911", "多了1位"),
        ("", "请填写"),
        ("91350A23MA2XT8Q491", "只能是数字"),
        ("91350423MA2XT8Q4中1", "第17位有不允许的字符中"),
    ],
)
def test_each_slip_gets_its_own_sentence(code, words):
    checked = check_credit_code(code)
    assert not checked.is_valid
    assert words in checked.message


def test_check_digits_alone_do_not_make_a_code():
    assert check_credit_code(sound("94350423MA2XT8Q4")).problems[0].fault is Fault.AUTHORITY
    assert check_credit_code(sound("91990423MA2XT8Q4")).problems[0].fault is Fault.REGION


@settings(deadline=None)
@given(st.text(alphabet=ALPHABET, min_size=6, max_size=6), st.integers(0, 17), st.sampled_from(ALPHABET))
def test_every_single_slip_is_noticed(tail, position, letter):
    code = sound("91350423MA" + tail)
    slipped = code[:position] + letter + code[position + 1 :]
    assert check_credit_code(slipped).is_valid == (slipped == code)


@settings(deadline=None)
@given(st.text(max_size=40))
def test_no_text_breaks_the_checks(text):
    for check in (check_credit_code, check_mobile, check_email):
        checked = check(text)
        assert bool(checked.value) == checked.is_valid == (not checked.message)


@pytest.mark.parametrize(
    "typed",
    [
        "13800138000",
        "138 0013 8000",
        "138-0013-8000",
        "+86 13800138000",
        "+8613800138000",
        "008613800138000",
        "8613800138000",
        "（+86）138 0013 8000",
        "１３８００１３８０００",
        "138·0013·8000",
        " 13800138000\t",
    ],
)
def test_a_mobile_number_is_one_number_however_written(typed):
    assert check_mobile(typed).value == "13800138000"


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("1380013800", "少了1位"),
        ("138001380001", "多了1位"),
        ("0598-5321234", "座机"),
        ("1380013800o", "只能是数字，现在有“o”"),
        ("12800138000", "13到19"),
        ("", "请填写手机号"),
        ("+886 12", "手机号"),
    ],
)
def test_a_wrong_mobile_number_is_told_why(typed, words):
    checked = check_mobile(typed)
    assert not checked.value
    assert words in checked.message


def test_taiwan_and_hong_kong_numbers_are_welcome():
    assert check_mobile("+886 912 345 678").value == "+886912345678"
    assert check_mobile("00852 5123 4567").value == "+85251234567"


@pytest.mark.parametrize(
    "typed", ["Hr@Example.COM", " hr@example.com ", "hr＠example。com", "ＨＲ@example.com"]
)
def test_one_mailbox_is_one_address(typed):
    assert check_email(typed).value == "hr@example.com"


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "hr",
        "hr@",
        "@example.com",
        "hr@example",
        "a b@c.com",
        "a@@b.com",
        "a..b@c.com",
        "招聘@c.com",
        "a@-b.com",
    ],
)
def test_what_is_no_address_is_refused(typed):
    assert check_email(typed).message


def test_a_chinese_domain_is_kept_in_its_ascii_form():
    assert check_email("hr@例子.中国").value == "hr@xn--fsqu00a.xn--fiqs8s"


def test_the_messages_of_different_lengths_differ():
    messages = [check_mobile("1" * size).message for size in range(1, 11)]
    assert all(first != second for first, second in pairwise(messages))
