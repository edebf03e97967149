import pytest

from matching import Candidate, Post
from matching.reading.wishes import nights_of, place_key, read_wishes


@pytest.mark.parametrize(
    "words",
    ["身体原因不能上夜班，只接受长白班。", "夜班做不了", "只能上白班", "不倒班", "想找不倒夜班的"],
)
def test_refusing_nights_is_read(words: str) -> None:
    assert read_wishes(Candidate(1, summary=words)).refuses_nights


@pytest.mark.parametrize("words", ["夜班没问题", "能倒班", "倒夜班可以", "夜班熟", "上过三年夜班", ""])
def test_taking_nights_is_no_refusal(words: str) -> None:
    assert not read_wishes(Candidate(1, summary=words)).refuses_nights


def test_shifts_in_the_field_decide() -> None:
    assert read_wishes(Candidate(1, summary="夜班没问题", shifts_accepted=("长白班",))).refuses_nights
    assert not read_wishes(Candidate(1, summary="不倒班", shifts_accepted=("四班三倒",))).refuses_nights


@pytest.mark.parametrize("words", ["只考虑上海本地岗位。", "只去上海", "仅考虑上海工作"])
def test_only_one_city_is_read(words: str) -> None:
    assert read_wishes(Candidate(1, summary=words)).only_place == "上海"


def test_only_something_else_is_no_city() -> None:
    assert read_wishes(Candidate(1, summary="只做顾问，只写报告")).only_place == ""


def test_sanming_and_qingliu_are_one_place() -> None:
    assert place_key("福建省三明市清流县") == place_key("三明") == place_key("温郊乡") == place_key("永安市")
    assert place_key("福州市") == place_key("福建省福州市") != place_key("三明市")


def test_a_lower_wish_in_words_counts() -> None:
    assert read_wishes(Candidate(1, summary="顾问做久了，薪资可降到1.6万")).pay_floor == 16_000
    assert read_wishes(Candidate(1, summary="能耗降到3万吨")).pay_floor is None


@pytest.mark.parametrize(
    ("shift", "nights"),
    [
        ("四班三倒", 1.0),
        ("长白班", 0.0),
        ("长白班+夜班值班", 0.6),
        ("长白班，必要时跟夜班", 0.6),
        ("两班两运转", 1.0),
        ("", 0.0),
    ],
)
def test_how_much_night_work_a_post_has(shift: str, nights: float) -> None:
    assert nights_of(Post(1, "操作工", shift=shift)) == nights
