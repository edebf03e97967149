import pytest

from app.core.trades import CHAIN_LINKS, FAMILIES
from app.postings.guessing import guess_chain_link, guess_family


@pytest.mark.parametrize(
    ("title", "family"),
    [
        ("氟化工艺操作工", "生产操作"),
        ("急聘DCS内操（氟化氢）3名", "生产操作"),
        ("化验员", "分析检测"),
        ("低压电工", "电气"),
        ("仪表工", "仪表自动化"),
        ("安全员", "安全环保"),
        ("会计", "行政财务"),
        ("叉车司机", "仓储物流"),
        ("混炼工", "生产操作"),
        ("自控组长", "仪表自动化"),
    ],
)
def test_a_family_is_guessed_from_the_title(title, family):
    guess = guess_family(title)
    assert guess is not None
    assert guess[0] == family
    assert 0 < guess[1] <= 1


def test_a_known_title_is_surer_than_a_telling_word():
    assert guess_family("化验员")[1] > guess_family("自控组长")[1]


def test_an_unknown_title_is_left_to_the_author():
    assert guess_family("宇航员") is None
    assert guess_family("") is None


@pytest.mark.parametrize(
    ("title", "text", "link"),
    [
        ("氢氟酸充装工", "无水氟化氢装车", "氟化氢与氢氟酸"),
        ("聚合工", "聚四氟乙烯悬浮聚合", "含氟聚合物"),
        ("选矿工", "萤石浮选", "萤石采选"),
        ("电解液配制工", "六氟磷酸锂配料", "锂电材料"),
    ],
)
def test_a_chain_link_is_guessed_from_its_products(title, text, link):
    guess = guess_chain_link(title, text)
    assert guess is not None
    assert guess[0] == link


def test_no_link_is_made_up_where_none_is_named():
    assert guess_chain_link("会计", "记账、报税") is None


def test_every_guess_is_a_name_of_the_lists():
    for title in ("操作工", "经理", "司机", "教师", "程序员"):
        guess = guess_family(title)
        assert guess is None or guess[0] in FAMILIES
    assert guess_chain_link("氢氟酸")[0] in CHAIN_LINKS
