from dataclasses import replace
from datetime import date

import pytest

from matching import Band, Candidate, HeldCertificate, Matcher, Work
from matching.reading.holdings import read_holdings
from tests.matching.cases import PERSON, POST

TODAY = date(2026, 11, 24)


def keys(words: str = "", work: str = "", skills: tuple[str, ...] = ()) -> set[str]:
    works = (Work("工厂", "操作工", 20, work),) if work else ()
    person = Candidate(id=1, summary=words, work=works, skills=skills)
    return {held.certificate.label for held in read_holdings(person, TODAY).valid}


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("在学校就把低压电工证考下来了", {"低压电工作业"}),
        ("持氟化工艺、聚合工艺操作证", {"氟化工艺作业", "聚合工艺作业"}),
        ("手里有焊工证 登高证，人老实", {"熔化焊接与热切割作业", "高处安装维护拆除作业"}),
        ("有危化品押运证和驾驶证A2", {"道路危险货物运输押运员从业资格证", "机动车驾驶证A2"}),
        ("化工总控工高级工证书", {"化工总控工三级"}),
        ("維修電工高級技師", {"维修电工高级技师"}),
        ("证上写的是高压电工证", {"高压电工作业"}),
    ],
)
def test_a_certificate_that_only_the_text_names_is_read(words, meant) -> None:
    assert keys(words) == meant
    assert keys(skills=(words,)) == meant


@pytest.mark.parametrize(
    "words",
    ["想考高压证", "没有高压证", "高压证准备入职后考", "我老公有电工证", "本科双证", "SIL验证做过", "高级工程师", "矿井电工证",
     "电解证今年刚换证在路上", "负责员工特种作业证复审", "带学员考电工证", "报名了叉车证"],
)  # fmt: skip
def test_what_is_not_held_is_not_read_as_held(words) -> None:
    assert keys(words) == set()
    assert keys(work=words) == set()


def test_a_duty_that_names_a_certificate_is_not_held() -> None:
    assert keys(work="低压电工作业证件检查，叉车证登记") == set()
    assert keys(work="开叉车，考了叉车证") == {"叉车司机N1"}


@pytest.mark.parametrize(
    ("name", "until"),
    [
        ("氟化工艺证（2025年3月到期）", date(2025, 3, 31)),
        ("氟化工艺证 有效期至2028-12", date(2028, 12, 31)),
        ("氟化工艺证，有效到2027年", date(2027, 12, 31)),
    ],
)
def test_the_end_is_read_from_the_name(name, until) -> None:
    read = read_holdings(Candidate(id=1, certificates=(HeldCertificate(name),)), TODAY)
    (held,) = read.valid + read.expired
    assert held.valid_until == until
    assert held.certificate.label == "氟化工艺作业"
    assert bool(read.expired) == (until < TODAY)


def test_the_text_may_say_that_a_listed_certificate_has_expired() -> None:
    person = Candidate(
        id=1, certificates=(HeldCertificate("聚合工艺作业"),), summary="聚合工艺证过期一年多了没续。"
    )
    read = read_holdings(person, TODAY)
    assert not read.valid
    assert [held.certificate.label for held in read.expired] == ["聚合工艺作业"]
    assert read_holdings(replace(person, summary="聚合工艺证还没过期。"), TODAY).valid


def test_one_that_the_text_says_ended_is_expired_and_bare_cards_in_the_work_are_held() -> None:
    read = read_holdings(Candidate(id=1, summary="低压电工证2023年到期还没换，焊工证有"), TODAY)
    assert [held.certificate.label for held in read.valid] == ["熔化焊接与热切割作业"]
    assert [(held.certificate.label, held.valid_until) for held in read.expired] == [
        ("低压电工作业", date(2023, 12, 31))
    ]
    assert keys(work="拉液碱盐酸，A2本，危运证齐全") == {"机动车驾驶证A2", "道路危险货物运输驾驶员从业资格证"}


def explained(until: date | None, today: date = TODAY):
    person = replace(PERSON, certificates=(HeldCertificate("氟化工艺证", until),))
    held = Matcher(today=lambda: today)
    match = held.explain(POST, person)
    return match, next(r for r in match.requirements if r.kind == "certificate")


def test_an_expired_certificate_is_missing_and_the_page_says_why() -> None:
    match, row = explained(date(2025, 3, 31))
    assert match.missing == {"certificate"}
    assert match.band < Band.STRONG
    assert "2025年3月已过期" in row.says
    assert "重新培训" in row.how_to_close
    assert "过期了" in match.headline


def test_one_that_ends_soon_counts_and_is_said() -> None:
    match, row = explained(date(2027, 1, 31))
    assert row.is_met
    assert "2027年1月" in row.says
    assert "快到期" in row.how_to_close
    assert match.score == explained(None)[0].score
    assert explained(date(2028, 1, 31))[1].how_to_close == ""


def test_a_day_that_passes_changes_the_match_without_reading_everybody_again() -> None:
    day = [TODAY]
    held = Matcher(today=lambda: day[0])
    other = replace(PERSON, id="b", certificates=(HeldCertificate("氟化工艺证"),))
    held.fit([POST], [replace(PERSON, certificates=(HeldCertificate("氟化工艺证", TODAY),)), other])
    assert held.bands("a", [POST.id])[POST.id] is Band.STRONG
    assert held.turn_day() == 0
    day[0] = date(2026, 11, 25)
    assert held.turn_day() == 1
    assert held.bands("a", [POST.id])[POST.id] < Band.STRONG
    assert held.bands("b", [POST.id])[POST.id] is Band.STRONG
    assert held.turn_day() == 0


def test_a_claim_of_ones_own_counts_and_one_pasted_with_the_post_does_not() -> None:
    without = replace(PERSON, certificates=())
    honest = replace(without, summary="夜班没问题，氟化工艺证去年考下来了。")
    pasted = replace(without, summary=f"夜班没问题。{POST.requirements}{POST.duties}")
    match = Matcher().explain(POST, honest)
    assert match.band is Band.STRONG
    row = next(r for r in match.requirements if r.kind == "certificate")
    assert (row.source, row.says) == ("自我评价", "氟化工艺证去年考下来了")
    assert Matcher().explain(POST, pasted).missing == {"certificate"}
    assert Matcher().explain(POST, pasted).score <= Matcher().explain(POST, without).score
