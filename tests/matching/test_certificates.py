import pytest

from matching.ontology.certificates import book


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("氟化工艺证", "氟化工艺作业"),
        ("氟化工艺作业（特种作业操作证）", "氟化工艺作业"),
        ("特种作业证（化工自动化控制仪表）", "化工自动化控制仪表作业"),
        ("危险货物道路运输押运员从业资格证", "道路危险货物运输押运员从业资格证"),
        ("电工证", "低压电工作业"),
        ("化工总控工 三级", "化工总控工三级"),
        ("总控工高级工", "总控工三级"),
        ("A2驾照", "机动车驾驶证A2"),
        ("注册安全工程师（化工安全）", "注册安全工程师"),
        ("气瓶充装（特种设备作业P）", "气瓶充装P"),
    ],
)
def test_every_way_of_writing_a_certificate_means_the_same(written: str, meant: str) -> None:
    assert book().read(written).key == book().read(meant).key


@pytest.mark.parametrize(
    ("held", "needed"),
    [
        ("化工总控工二级", "化工总控工 三级"),
        ("中级会计职称", "初级会计职称"),
        ("机动车驾驶证A2", "机动车驾驶证C1"),
        ("大学英语六级", "大学英语四级"),
        ("食品检验员 三级", "食品检验员 四级"),
    ],
)
def test_a_higher_certificate_covers_the_lower_one_and_not_the_other_way(held: str, needed: str) -> None:
    assert book().read(needed).key in book().read(held).covers
    assert book().read(held).key not in book().read(needed).covers


def test_neighbouring_certificates_do_not_cover_each_other() -> None:
    drivers, escorts = book().read("危货驾驶员证"), book().read("危货押运员证")
    assert not drivers.covers & escorts.covers
    assert not book().read("低压电工作业").covers & book().read("高压电工作业").covers


def test_the_book_knows_what_the_law_asks_and_how_long_it_takes() -> None:
    special, language = book().read("聚合工艺证"), book().read("大学英语六级")
    assert special.is_legal
    assert special.is_quick
    assert not language.is_legal
    assert not language.is_quick


def test_an_unknown_certificate_is_one_of_its_own() -> None:
    assert book().read("风力发电运维证").key == book().read("风力发电运维证书").key
    assert not book().read("风力发电运维证").is_known
