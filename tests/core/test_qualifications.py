import pytest

from app.core import qualifications as known
from app.core.trades import FAMILIES


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("氟化工艺作业", "氟化工艺作业"),
        ("氟化工艺证", "氟化工艺作业"),
        ("氟化工艺操作证", "氟化工艺作业"),
        ("ｎ1证", "叉车司机N1"),
        ("叉车司机证", "叉车司机N1"),
        ("注安", "注册安全工程师"),
        ("电工证", "低压电工作业"),
        ("火箭驾驶证", None),
        ("", None),
    ],
)
def test_a_certificate_is_known_by_its_other_names(words, name):
    assert known.read_certificate(words) == name


def test_certificates_in_running_text_stand_where_they_are_said_to():
    text = "须持低压电工证，叉车证优先"
    assert [(name, text[start:end]) for name, start, end in known.find_certificates(text)] == [
        ("低压电工作业", "低压电工证"),
        ("叉车司机N1", "叉车证"),
    ]


def test_a_level_certificate_is_not_cut_short():
    assert [name for name, _, _ in known.find_certificates("化工总控工三级以上")] == ["化工总控工三级"]


def test_the_law_and_the_term_of_a_special_operation_certificate_are_kept():
    fluorination = known.certificates()["氟化工艺作业"]
    assert fluorination.is_legal_demand
    assert (fluorination.validity_years, fluorination.review_years) == (6, 3)


def test_majors_are_read_with_and_without_the_word_major():
    assert known.read_major("应化") == "应用化学"
    assert known.read_major("应用化学专业") == "应用化学"
    assert known.read_major("茶叶蛋") is None
    assert [name for name, _, _ in known.find_majors("化学、分析化学专业")] == ["化学", "分析化学"]


def test_every_certificate_and_major_fits_families_that_exist():
    used = {
        family
        for each in (*known.certificates().values(), *known.majors().values())
        for family in each.families
    }
    assert used <= set(FAMILIES.names)
