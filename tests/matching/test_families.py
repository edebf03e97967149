import pytest

from matching.ontology.families import FAMILY_NAMES, titles


@pytest.mark.parametrize(
    ("title", "family"),
    [
        ("危化品司机", "仓储物流"),
        ("槽车驾驶员", "仓储物流"),
        ("DCS operator", "生产操作"),
        ("Process Engineer", "工艺"),
        ("QC lab technician", "分析检测"),
        ("senior electrical engineer", "电气"),
        ("中控内操", "生产操作"),
    ],
)
def test_a_title_tells_its_family_in_both_languages(title, family) -> None:
    assert FAMILY_NAMES[int(titles().read(title).argmax())] == family


@pytest.mark.parametrize("title", ["vice president", "zzz", ""])
def test_foreign_words_that_nobody_knows_tell_nothing(title) -> None:
    assert not titles().read(title).any()
