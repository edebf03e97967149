"""Small pure functions: devices, addresses, waits."""

import pytest

from app.accounts.device import cut_address, device_words
from app.accounts.lockout import wait_words
from app.accounts.passwords import weakness


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (
            "Mozilla/5.0 (Linux; Android 13) AppleWebKit/537.36 Chrome/120 Mobile Safari/537.36",
            "Chrome · Android",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Version/17.0 Safari/604.1",
            "Safari · iPhone",
        ),
        ("Mozilla/5.0 (Linux; Android 12) Chrome/100 Mobile MicroMessenger/8.0", "微信 · Android"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/120 Safari/537.36 Edg/120.0", "Edge · Windows"),
        ("curl/8", "其他浏览器"),
    ],
)
def test_a_device_reads_as_people_call_it(agent, words):
    assert device_words(agent) == words


@pytest.mark.parametrize(
    ("address", "cut"),
    [("203.0.113.77", "203.0.113.*"), ("2001:db8:1:2::3", "2001:0db8:0001:*"), ("nonsense", ""), (None, "")],
)
def test_the_last_part_of_an_address_is_cut(address, cut):
    assert cut_address(address) == cut


def test_a_wait_is_rounded_up_to_minutes():
    assert "1 分钟" in wait_words(1) and "2 分钟" in wait_words(61)


def test_a_good_password_has_no_weakness():
    assert weakness("清溪边的水电站 7", "13900001111", "陈国栋") is None
    assert weakness("陈国栋的密码 99", "陈国栋") is not None
