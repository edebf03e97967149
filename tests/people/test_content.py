import json
from dataclasses import fields, replace
from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.people.content import (
    Certificate,
    Content,
    Education,
    Intention,
    Language,
    Project,
    Work,
    completeness,
    highest_degree,
    is_fresh_graduate,
    storable,
    years_of_experience,
)
from app.people.content_rules import COUNT_MAX, LABELS, problems_in

TODAY = date(2026, 11, 24)

FULL = Content(
    headline="氟化工内操，五年",
    summary="做事稳。\n愿意倒班。",
    education=(Education("闽西一所职院", 3, "应用化工技术", "2016-09", "2019-06"),),
    work=(
        Work("一家氟化工厂", "DCS内操", "2019-07", None, is_current=True, family="生产操作", text="盯两条线"),
    ),
    projects=(Project("尾气改造", "组员", "2022-03", "2022-09", "少停了一次车"),),
    skills=("DCS", "开停车"),
    certificates=(Certificate("氟化工艺作业", "", "2023-05", "2029-05"),),
    languages=(Language("英语", "四级"),),
    intention=Intention(
        ("DCS内操",),
        ("350423",),
        6000,
        8000,
        arrival="一个月内",
        shifts=("四班两倒",),
        families=("生产操作",),
    ),
)


def messages(content):
    return {problem.path: problem.message for problem in problems_in(content, TODAY)}


def test_content_comes_back_from_json_unchanged():
    assert Content.from_dict(json.loads(json.dumps(FULL.to_dict()))) == FULL


def test_a_full_resume_has_no_problems_and_is_complete():
    assert messages(FULL) == {}
    assert completeness(FULL).share == 1
    assert completeness(FULL).missing == ()


def test_an_empty_resume_names_what_is_missing_with_the_weightiest_first():
    result = completeness(Content())
    assert result.share == 0
    assert result.missing[:2] == ("工作或项目经历", "教育经历")
    assert "证书" in result.missing


def test_a_student_is_not_asked_for_work():
    student = Content(education=(Education("一所职院", 3, is_current=True),))
    assert "工作或项目经历" not in completeness(student).missing


def test_what_has_no_field_is_not_kept():
    data = FULL.to_dict() | {"marriage": "已婚", "photo": "data:image/png;base64,AAAA"}
    data["work"][0]["idcard"] = "x"
    kept = json.dumps(Content.from_dict(data).to_dict(), ensure_ascii=False)
    assert "已婚" not in kept
    assert "photo" not in kept
    assert "idcard" not in kept


def test_every_field_has_a_label_for_its_error():
    kinds = (Content, Education, Work, Project, Certificate, Language, Intention)
    names = {field.name for kind in kinds for field in fields(kind)} - {"intention", "is_current"}
    assert names <= LABELS.keys()


def test_an_end_before_its_start_is_named_at_its_field():
    wrong = replace(FULL, work=(Work("厂", "操作工", "2023-05", "2022-01"),))
    assert messages(wrong) == {"work.0.ended_on": "结束早于开始"}


def test_a_month_that_is_none_is_kept_and_named():
    wrong = Content.from_dict({"projects": [{"name": "改造", "started_on": "2023年13月"}]})
    assert wrong.projects[0].started_on == "2023年13月"
    assert list(messages(wrong)) == ["projects.0.started_on"]


def test_a_start_in_the_future_is_named_except_for_studies():
    wrong = Content(
        work=(Work("厂", "工", "2027-01"),),
        education=(Education("校", 5, started_on="2027-09", ended_on="2030-06"),),
    )
    assert messages(wrong) == {"work.0.started_on": "开始时间在将来"}


def test_a_text_of_a_hundred_thousand_characters_is_named_with_its_limit():
    wrong = replace(FULL, work=(Work("厂", "操作工", text="氟" * 100_000),))
    assert messages(wrong) == {"work.0.text": "内容最多4000字，现在有100000字"}


def test_too_many_entries_are_counted_and_only_the_allowed_ones_are_read():
    wrong = Content(skills=tuple(str(number) * 70 for number in range(1000)))
    found = messages(wrong)
    assert found["skills"] == "技能最多60项，现在有1000项"
    assert len(found) == COUNT_MAX["skills"] + 1


def test_names_of_school_employer_and_certificate_are_needed():
    wrong = Content(education=(Education(),), work=(Work(),), certificates=(Certificate(),))
    assert set(messages(wrong)) == {
        "education.0.school",
        "work.0.employer",
        "work.0.title",
        "certificates.0.name",
    }


def test_pay_wishes_are_positive_and_in_order():
    assert messages(Content(intention=Intention(salary_min=8000, salary_max=6000))) == {
        "intention.salary_max": "最高期望薪资低于最低期望薪资"
    }
    assert messages(Content(intention=Intention(salary_min=-1))) == {
        "intention.salary_min": "期望薪资请写每月多少元"
    }


def test_an_unknown_arrival_or_degree_is_refused():
    wrong = Content(education=(Education("校", 99),), intention=Intention(arrival="看心情"))
    assert set(messages(wrong)) == {"education.0.degree", "intention.arrival"}


def test_overlapping_jobs_count_once():
    content = Content(
        work=(
            Work("甲", "工", "2020-01", "2021-12"),
            Work("乙", "工", "2021-01", "2022-12"),
            Work("丙", "工", "2021-03", "2021-05"),
        )
    )
    assert years_of_experience(content, TODAY) == 3.0


def test_a_current_job_counts_up_to_today_and_internships_do_not():
    content = Content(
        work=(Work("甲", "操作工", "2025-12", is_current=True), Work("乙", "实习生", "2018-01", "2019-12"))
    )
    assert years_of_experience(content, TODAY) == 1.0


def test_malformed_months_never_break_the_figures():
    content = Content(
        work=(Work("甲", "工", "去年", "今年"),), education=(Education("校", 3, ended_on="快了"),)
    )
    assert years_of_experience(content, TODAY) == 0
    assert not is_fresh_graduate(content, TODAY)


def test_a_fresh_graduate_leaves_school_about_now_and_has_hardly_worked():
    now = Content(education=(Education("校", 3, ended_on="2026-06"),))
    assert is_fresh_graduate(now, TODAY)
    assert is_fresh_graduate(replace(now, education=(Education("校", 3, ended_on="2027-06"),)), TODAY)
    assert not is_fresh_graduate(replace(now, education=(Education("校", 3, ended_on="2024-06"),)), TODAY)
    assert not is_fresh_graduate(replace(now, work=(Work("厂", "工", "2019-01", "2023-01"),)), TODAY)
    assert is_fresh_graduate(replace(now, work=(Work("厂", "实习生", "2025-07", "2026-05"),)), TODAY)


def test_the_highest_degree_wins():
    assert highest_degree(Content(education=(Education("甲", 4), Education("乙", 5)))) == 5
    assert highest_degree(Content()) == 0


def test_rare_characters_and_emoji_stay_and_controls_go():
    assert storable("𠮷👷‍♀️\x00\ud800\u202e好\t\n") == "𠮷👷‍♀️好\t\n"


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from([*LABELS, "intention", "is_current", "x"]), inner, max_size=6)
    ),
    max_leaves=25,
)


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])  # a busy machine
@given(st.dictionaries(st.sampled_from([*LABELS, "intention"]), json_values))
def test_any_json_becomes_content_whose_problems_and_figures_can_be_told(data):
    content = Content.from_dict(data)
    assert Content.from_dict(content.to_dict()) == content
    problems_in(content, TODAY)
    assert years_of_experience(content, TODAY) >= 0
    assert 0 <= completeness(content).share <= 1
