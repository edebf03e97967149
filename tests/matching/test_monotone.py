"""Meeting one more requirement never lowers the score, whoever it is and whatever else they lack."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from matching import Candidate, Education, HeldCertificate, Work
from tests.matching.cases import POST, score

DEGREES = ("初中", "高中", "大专", "本科")

people = st.builds(
    Candidate,
    id=st.just("x"),
    headline=st.sampled_from(["", "操作工", "会计", "化工应届生"]),
    education=st.tuples(
        st.builds(
            Education,
            st.just(""),
            st.sampled_from(DEGREES),
            st.sampled_from(["", "应用化工技术", "会计"]),
            st.just(None),
        )
    ),
    work=st.tuples(
        st.builds(
            Work,
            st.sampled_from(["硫酸企业", "超市"]),
            st.sampled_from(["外操", "收银员"]),
            st.integers(1, 120),
            st.sampled_from(["", "看DCS"]),
        )
    ),
    certificates=st.sampled_from([(), (HeldCertificate("低压电工证"),)]),
    expected_jobs=st.sampled_from([(), ("内操",), ("会计",)]),
    expected_places=st.sampled_from([(), ("厦门市",), ("清流县",)]),
    salary_min=st.integers(0, 20_000),
    summary=st.sampled_from(["", "只考虑厦门本地岗位。", "不能上夜班。"]),
    years=st.integers(1, 10),
)


@settings(max_examples=30, deadline=None)
@given(people)
def test_holding_the_certificate(person) -> None:
    assert score(
        replace(person, certificates=(*person.certificates, HeldCertificate("氟化工艺证")))
    ) >= score(person)


@settings(max_examples=30, deadline=None)
@given(people)
def test_reaching_the_degree(person) -> None:
    educated = (replace(person.education[0], degree="中专"),)
    if person.education[0].degree == "初中":
        assert score(replace(person, education=educated)) >= score(person)


@settings(max_examples=30, deadline=None)
@given(people, st.integers(0, 9_000))
def test_asking_for_pay_within_the_range(person, pay) -> None:
    assert score(replace(person, salary_min=pay)) >= score(
        replace(person, salary_min=max(pay, person.salary_min))
    )


@settings(max_examples=30, deadline=None)
@given(people)
def test_wanting_to_work_here_at_night(person) -> None:
    willing = replace(person, expected_places=("清流县",), summary="")
    assert score(willing) >= score(person)


@settings(max_examples=30, deadline=None)
@given(people)
def test_more_months_of_the_same_work(person) -> None:
    longer = replace(
        person, work=(replace(person.work[0], months=person.work[0].months + 24),), years=person.years + 2
    )
    assert score(longer) >= score(person)


@settings(max_examples=20, deadline=None)
@given(people, st.sampled_from(["超产三次", "带过两个徒弟", "中秋值过班"]))
def test_a_post_never_asks_less_than_nothing(person, words) -> None:
    easier = replace(POST, certificates=(), degree_min="不限", years_min=0)
    assert score(person, easier) >= score(person)
    assert score(replace(person, summary=person.summary + words), easier) >= score(person) - 5
