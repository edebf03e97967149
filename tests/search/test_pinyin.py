"""Readings of words with characters that are read in several ways."""

import pytest

from search.pinyin import full, initials


@pytest.mark.parametrize(
    ("word", "reading"),
    [
        ("氢氟酸", "qingfusuan"),
        ("会计", "kuaiji"),
        ("重庆", "chongqing"),
        ("厦门", "xiamen"),
        ("长汀", "changting"),
        ("化工行业", "huagonghangye"),
        ("调试", "tiaoshi"),
        ("旅行家", "lvxingjia"),
        ("马尾松", "maweisong"),
        ("PLC调试", "PLCtiaoshi"),
    ],
)
def test_a_word_is_read_as_people_say_it(word, reading):
    assert full(word) == reading


def test_initials_follow_the_reading():
    assert initials("会计师") == "kjs"
