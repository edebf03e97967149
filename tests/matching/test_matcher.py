from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from matching import Band, Candidate, Education, HeldCertificate, Matcher, Work
from tests.matching.cases import PERSON, POST, STRANGER, collection, matcher, score, with_summary


def test_who_has_everything_is_strong_and_a_stranger_is_weak() -> None:
    assert matcher().explain(POST, PERSON).band is Band.STRONG
    assert matcher().explain(POST, STRANGER).band is Band.WEAK


def test_ranking_goes_both_ways_and_agrees_with_explain() -> None:
    ranked = matcher().candidates_for(POST.id)
    assert [match.candidate_id for match in ranked] == ["a", "b"]
    assert matcher().posts_for("a")[0].score == pytest.approx(ranked[0].score, abs=1e-5)
    assert matcher().explain(POST, PERSON).score == pytest.approx(ranked[0].score, abs=1e-5)
    assert matcher().bands("a", [POST.id, "unknown"]) == {POST.id: ranked[0].band}
    assert matcher().matches("a", [POST.id])[POST.id] == matcher().posts_for("a")[0]


@pytest.mark.parametrize(
    ("kind", "edited"),
    [
        ("certificate", replace(PERSON, certificates=())),
        ("degree", replace(PERSON, education=(replace(PERSON.education[0], degree="初中"),))),
        ("years", replace(PERSON, years=0.5, work=(replace(PERSON.work[0], months=5),))),
    ],
)
def test_a_missing_hard_requirement_is_named_and_never_strong(kind, edited) -> None:
    whole, lacking = matcher().explain(POST, PERSON), matcher().explain(POST, edited)
    assert kind not in whole.missing
    assert lacking.missing == {kind}
    assert lacking.score < whole.score
    if kind != "years":
        assert lacking.band < Band.STRONG
    gap = next(gap for gap in lacking.gaps if gap.kind == kind)
    assert gap.need
    assert gap.how_to_close


def test_a_certificate_that_takes_two_months_says_so() -> None:
    match = matcher().explain(POST, replace(PERSON, certificates=()))
    assert "两个月左右" in match.headline
    assert "氟化工艺作业" in match.headline


PLAIN = replace(
    PERSON, certificates=(), summary=""
)  # fewer reasons, so that the weaker ones are among the five


@pytest.mark.parametrize(
    ("feature", "whole", "lacking"),
    [
        ("coverage", PERSON, replace(PERSON, work=(replace(PERSON.work[0], text=""),), skills=())),
        ("major", PLAIN, replace(PLAIN, education=(replace(PERSON.education[0], major="学前教育"),))),
        ("family_wished", PERSON, replace(PERSON, expected_jobs=("会计",), headline="找工作")),
        ("ability", PERSON, replace(PERSON, work=())),
        ("certificate_quick", PERSON, replace(PERSON, certificates=())),
    ],
)
def test_removing_the_evidence_removes_the_reason_and_lowers_the_score(feature, whole, lacking) -> None:
    before, after = matcher().explain(POST, whole), matcher().explain(POST, lacking)
    assert feature in {reason.feature for reason in before.reasons}
    assert feature not in {reason.feature for reason in after.reasons}
    assert after.score < before.score


def test_evidence_is_quoted_from_both_sides() -> None:
    skills = next(r for r in matcher().explain(POST, PERSON).reasons if r.feature == "coverage")
    assert skills.evidence_candidate in "盯dcs,回转炉、洗涤塔、精馏塔都调过,处理过两次泄漏报警"
    assert skills.evidence_post.split(",")[0] in "在中控室看dcs,调回转炉和精馏塔,处理报警,和外操对讲"
    assert skills.source == "氢氟酸企业"


def test_there_are_never_more_than_five_reasons() -> None:
    assert 1 <= len(matcher().explain(POST, PERSON).reasons) <= 5


@pytest.mark.parametrize(
    "edited",
    [
        replace(PERSON, salary_min=17_100),
        with_summary(replace(PERSON, expected_places=("上海市",)), "只考虑上海本地岗位。"),
        with_summary(PERSON, "身体原因不能上夜班，只接受长白班。"),
    ],
)
def test_a_one_sided_match_falls(edited) -> None:
    assert score(edited) < score(PERSON) - 1
    assert matcher().explain(POST, edited).band < Band.STRONG


def test_protected_words_change_nothing_for_anybody_in_the_collection() -> None:
    posts = list(collection().posts.values())[:4]
    words = "姓名王某某，女，1979年出生，45岁，已婚已育，畲族，党员家庭，身高165。"
    for person in list(collection().people.values())[::5]:
        edited = replace(person, summary=words + person.summary, headline=person.headline)
        for post in posts:
            assert matcher().explain(post, edited) == matcher().explain(post, person)


def test_the_year_of_graduation_changes_nothing() -> None:
    older = replace(PERSON, education=(replace(PERSON.education[0], year=1995),))
    assert matcher().explain(POST, older) == matcher().explain(POST, PERSON)


def test_thirty_injected_lines_move_nobody_up_a_band() -> None:
    words = [
        w
        for w in (POST.title, "DCS", "回转炉", "精馏塔", "报警", "化工装置操作", "夜班", "中控室")
        for _ in range(4)
    ]
    lines = "。".join([f"{POST.duties}{POST.requirements}", *words[:30]])
    for person in [*list(collection().people.values())[::6], STRANGER]:
        before = matcher().explain(POST, person).band
        assert matcher().explain(POST, with_summary(person, lines)).band <= before
        stuffed = replace(person, skills=(*person.skills, *words))
        assert matcher().explain(POST, stuffed).band <= before


def test_a_list_of_words_in_the_history_does_not_pay() -> None:
    words = "DCS。回转炉。精馏塔。洗涤塔。开停车。精馏。氟化氢。硫酸。联锁。巡检"
    work = Work("广告公司", "设计师", 40, f"画册、展台、LOGO。{words}")
    assert score(replace(STRANGER, work=(work,))) == pytest.approx(score(STRANGER), abs=1e-5)


def test_copying_the_post_into_the_history_does_not_pay() -> None:
    work = Work("广告公司", "设计师", 40, f"画册、展台、LOGO。{POST.duties}{POST.requirements}")
    assert matcher().explain(POST, replace(STRANGER, work=(work,))).band is Band.WEAK


def test_the_order_of_sections_changes_nothing() -> None:
    first = Work("氢氟酸企业", "外操", 30, "巡检回转炉，切换泵。")
    second = Work("农药企业", "内操", 20, "看DCS，调精馏塔。")
    certificates = (HeldCertificate("低压电工证"), HeldCertificate("氟化工艺证"))
    one = replace(PERSON, work=(first, second), certificates=certificates, skills=("精馏", "巡检"))
    other = replace(PERSON, work=(second, first), certificates=certificates[::-1], skills=("巡检", "精馏"))
    assert score(one) == pytest.approx(score(other), abs=1e-5)


def test_an_irrelevant_word_moves_no_band() -> None:
    for words in ("平时喜欢爬山和做饭。", "爱好篮球、钓鱼。", "有私家车，会下象棋。"):
        for person in (PERSON, STRANGER):
            assert (
                matcher().explain(POST, with_summary(person, words)).band
                is matcher().explain(POST, person).band
            )


def test_changes_are_seen_at_once_and_removed_ones_are_gone() -> None:
    held = Matcher().fit([POST], [STRANGER])
    held.put(candidates=[PERSON])
    assert [match.candidate_id for match in held.candidates_for(POST.id)] == ["a", "b"]
    held.put(candidates=[replace(STRANGER, id="a")])
    assert held.candidates_for(POST.id)[0].band is Band.WEAK
    held.remove(candidates=["a", "nobody"])
    assert held.candidate_ids() == ["b"]
    held.remove(posts=[POST.id])
    assert held.posts_for("b") == []
    with pytest.raises(KeyError):
        held.explain(POST.id, "b")


def test_threads_read_while_others_write() -> None:
    held = Matcher().fit([POST], [PERSON, STRANGER])

    def work(turn: int) -> int:
        if turn % 3 == 0:
            held.put(candidates=[replace(STRANGER, id=f"n{turn}")])
        return len(held.candidates_for(POST.id, limit=2, explained=False))

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(work, range(60))) == {2}
    assert len(held.candidate_ids()) == 22


def test_an_empty_post_and_an_empty_person_still_get_an_answer() -> None:
    match = matcher().explain(
        replace(POST, title="", duties="", requirements=""), replace(STRANGER, work=(), headline="")
    )
    assert match.band is Band.WEAK
    assert matcher().posts_for("a", limit=0) == []


def test_a_band_below_strong_says_what_is_weak() -> None:
    held = Matcher().fit(list(collection().posts.values())[::3], list(collection().people.values())[::3])
    for post in held.post_ids():
        for match in held.candidates_for(post, 80):
            if match.band is not Band.STRONG and not match.gaps:
                assert "，但" in match.headline, match.headline
            if match.band is Band.WEAK:
                assert not match.short.startswith(("专业对口", "想找的就是")), match


def test_what_the_resume_does_not_show_is_named() -> None:
    work = replace(PERSON.work[0], company_type="超市", title="操作工", text="搬运。")
    match = matcher().explain(POST, replace(PERSON, headline="", work=(work,), skills=(), expected_jobs=()))
    assert match.band is not Band.STRONG
    assert "没写到" in match.headline


def test_only_a_family_that_was_named_is_what_somebody_looks_for() -> None:
    graduate = Candidate(
        id="g",
        headline="研发",
        education=(Education("", "本科", "应用化学"),),
        expected_jobs=("研发",),
        expected_places=("清流县",),
    )
    operating = replace(POST, title="研发中试操作工", years_min=0, certificates=(), shift="")
    process = replace(operating, title="工艺技术员", family="工艺")
    said = [
        {reason.sentence for reason in matcher().explain(p, graduate).reasons} for p in (operating, process)
    ]
    assert "想找的就是生产操作类岗位" not in said[0]
    assert "想找的就是工艺类岗位" not in said[1]
    assert "和想找的岗位相近" in said[1]
    research = replace(process, title="研发助理", family="研发")
    assert "想找的就是研发类岗位" in {
        reason.sentence for reason in matcher().explain(research, graduate).reasons
    }


def test_a_graduate_is_not_told_of_work_never_done_but_of_work_not_yet_done() -> None:
    graduate = replace(PERSON, work=(), years=0, headline="应届毕业生", summary="", skills=())
    weak = matcher().explain(replace(POST, certificates=(), years_min=0), graduate)
    assert "没做过" not in weak.headline + weak.short
    assert "还没有生产操作类的工作经验" in weak.headline


def test_who_trained_in_the_work_is_not_said_never_to_have_done_it() -> None:
    apprentice = replace(
        PERSON,
        work=(Work("氢氟酸企业", "学徒", 12, "跟着主操盯DCS，调回转炉，学精馏塔。"),),
        years=1,
        headline="应届",
    )
    match = matcher().explain(replace(POST, years_min=1), apprentice)
    assert "没做过" not in match.headline
    assert all(need.kind != "family" for need in match.requirements)
    accountant = replace(
        PERSON, work=(Work("贸易公司", "会计", 48, "做账报税。"),), headline="会计", skills=()
    )
    gaps = matcher().explain(replace(POST, years_min=1), accountant).gaps
    assert any(need.kind == "family" for need in gaps)
