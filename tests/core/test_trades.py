import pytest

from app.core import trades
from app.core.halfwidth import half_width
from app.core.trades import SkillLevel


def test_there_are_fifteen_families_and_other():
    assert len(trades.FAMILIES) == 16
    assert trades.FAMILIES.names[-1] == "其他"


def test_the_chain_has_nine_links_upstream_first():
    assert len(trades.CHAIN_LINKS) == 9
    assert (trades.CHAIN_LINKS.names[0], trades.CHAIN_LINKS.names[-1]) == ("萤石采选", "配套服务")
    assert trades.LINKS.names == (*trades.CHAIN_LINKS.names, "其他行业")


@pytest.mark.parametrize(
    "lists",
    [trades.FAMILIES, trades.LINKS, trades.SHIFTS, trades.BENEFITS, trades.COMPANY_SIZES, trades.EMPLOYMENT],
)
def test_no_spelling_means_two_things_in_one_list(lists):
    spellings = []
    for term in lists:
        spellings += {half_width(each).lower() for each in (term.name, term.short, *term.aliases) if each}
    assert len(spellings) == len(set(spellings))
    assert all(lists.read(name) == name for name in lists.names)


@pytest.mark.parametrize(
    ("lists", "words", "name"),
    [
        (trades.LINKS, "无水氟化氢/氢氟酸", "氟化氢与氢氟酸"),
        (trades.LINKS, "电子级化学品", "电子化学品"),
        (trades.LINKS, "安环咨询", "配套服务"),
        (trades.FAMILIES, "ＥＨＳ", "安全环保"),
        (trades.FAMILIES, "it", "信息化"),
        (trades.SHIFTS, "四班三倒", "四班三运转"),
        (trades.SHIFTS, "常白班", "长白班"),
        (trades.BENEFITS, "提供食宿", "包吃住"),
        (trades.BENEFITS, "周末双休", "双休"),
        (trades.COMPANY_SIZES, "20–99人", "20-99"),
        (trades.EMPLOYMENT, "实习生", "实习"),
        (trades.LINKS, "造船", None),
    ],
)
def test_other_spellings_are_understood(lists, words, name):
    assert lists.read(words) == name


def test_running_text_gives_the_longest_term_and_its_place():
    text = "上长白班，五险一金，管吃管住"
    assert [(name, text[start:end]) for name, start, end in trades.BENEFITS.find_all(text)] == [
        ("五险一金", "五险一金"),
        ("包吃住", "管吃管住"),
    ]


@pytest.mark.parametrize(
    ("staff", "band"), [(0, "0-20"), (19, "0-20"), (20, "20-99"), (999, "500-999"), (10000, "10000+")]
)
def test_a_headcount_falls_into_one_band(staff, band):
    assert trades.company_size(staff) == band


@pytest.mark.parametrize(
    ("years", "label"), [(0, "1年内"), (1, "1–3年"), (2.9, "1–3年"), (5, "5–10年"), (40, "10年以上")]
)
def test_years_fall_into_the_bands_people_know(years, label):
    assert trades.experience_band(years).label == label


@pytest.mark.parametrize(
    ("words", "level"),
    [
        ("高级工", SkillLevel.SENIOR),
        ("三级/高级工", SkillLevel.SENIOR),
        ("化学检验员四级", SkillLevel.INTERMEDIATE),
        ("高级技师", SkillLevel.SENIOR_TECHNICIAN),
        ("首席技师", SkillLevel.CHIEF),
        ("学徒", SkillLevel.APPRENTICE),
        ("熟练", None),
    ],
)
def test_skill_levels_are_read_by_rank(words, level):
    assert trades.read_skill_level(words) is level


def test_titles_and_chain_words_lead_into_the_lists():
    assert {family for _, family in trades.title_families().values()} <= set(trades.FAMILIES.names)
    assert {link for links in trades.chain_words().values() for link, _ in links} == set(
        trades.CHAIN_LINKS.names
    )
    assert len(trades.title_families()) > 1000


def test_plain_forms_keep_every_position():
    text = "Ａ１（，）　—～𠮷"
    assert half_width(text) == "A1(,) -~𠮷"
    assert len(half_width(text)) == len(text)
