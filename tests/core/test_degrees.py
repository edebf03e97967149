import pytest

from app.core import degrees
from app.core.degrees import Degree


def test_the_ranks_run_from_no_demand_to_doctor():
    assert [degree.label for degree in sorted(Degree)] == [
        "不限",
        "初中及以下",
        "高中/中专/技校",
        "大专",
        "本科",
        "硕士",
        "博士",
    ]


@pytest.mark.parametrize(
    ("words", "degree"),
    [
        ("大专及以上", Degree.COLLEGE),
        ("化工本科三年", Degree.BACHELOR),
        ("高中或中专", Degree.SECONDARY),
        ("技校毕业即可", Degree.SECONDARY),
        ("职高", Degree.SECONDARY),
        ("专科", Degree.COLLEGE),
        ("高职高专", Degree.COLLEGE),
        ("硕士，博士应届亦可", Degree.MASTER),
        ("研究生", Degree.MASTER),
        ("大专、本科均可", Degree.COLLEGE),
        ("学历不限", Degree.ANY),
        ("不限学历，能吃苦", Degree.ANY),
        ("学历要求：不限", Degree.ANY),
        ("不限", Degree.ANY),
        ("小学", Degree.JUNIOR),
        ("ＰｈＤ", Degree.DOCTOR),
        ("碩士", Degree.MASTER),
        ("3", Degree.COLLEGE),
    ],
)
def test_a_demand_is_read_as_the_lowest_degree_it_names(words, degree):
    assert degrees.read(words) is degree


@pytest.mark.parametrize(
    "words",
    [
        "",
        "大专业",
        "专科医院工作过",
        "初中级职称",
        "高中低压配电",
        "其中专门负责",
        "本科室工作",
        "高职务",
        "9",
        "工龄三年",
    ],
)
def test_look_alikes_are_no_degrees(words):
    assert degrees.read(words) is None


def test_a_person_holds_the_highest_degree_named():
    assert degrees.read_highest("2014-2018 福州大学 本科；2018-2021 硕士") is Degree.MASTER
    assert degrees.read_highest("学历不限") is None


def test_found_degrees_stand_where_they_are_said_to_stand():
    text = "要求：大专以上，本科优先"
    assert [text[start:end] for _, start, end in degrees.find_all(text)] == ["大专", "本科"]


def test_demands_read_back_as_their_own_degree():
    assert [degrees.read(words) for _, words in degrees.options()] == list(Degree)
    assert [degrees.read(words) for _, words in degrees.options(of_person=True)] == list(Degree)[1:]
