"""English for figures, days, places, and sentences that were put together in Chinese."""

import pytest

from app.core import place_names
from app.core.sentences import Sentences, choose
from app.core.translation import sentences

KNOWN = {
    "%(n)s人": "%(n)s [person|people]",
    "今天": "today",
    "电工": "Electrician",
    "初筛通过": "Shortlisted",
    "手机号": "mobile number",
    "简历": "résumé",
    "工艺": "Process",
    "学历够": "The degree is enough",
    "{employer}邀请你面试「{posting}」，请选一个时间": "{employer} invites you to an interview for “{posting}”",
    "还剩{left}次": "{left} [try|tries] left",
    "现在是「{label}」": "It is now “{label}”",
    "没做过{best_family}类的活": "has not done {best_family} work",
    "{title}，做过{spell_months}": "worked as “{title}” for {spell_months}",
    "{years}年{months}个月": "{years} [year|years] {months} [month|months]",
    "%(n)s个月": "%(n)s [month|months]",
    "做过{names}": "has done “{names}”",
    "会{names}": "can do “{names}”",
    "{len}项要求符合{x}项，{gap_words}{rest}。": "{x} of {len} met: {gap_words}{rest}.",
    "，另有{x}项也不符": ", and {x} more",
    "在{x}上班": "Work in {x}",
}


@pytest.fixture(scope="module")
def say():
    return Sentences(KNOWN, place_names.spoken()).say


@pytest.mark.parametrize(
    ("chinese", "english"),
    [
        ("1人", "1 person"),
        ("23人", "23 people"),
        ("11月22日", "22 Nov"),
        ("2026年11月22日 9:30", "22 Nov 2026, 9:30"),
        ("2026年13月", "2026年13月"),
        ("清流县温郊乡", "Wenjiao, Qingliu"),
        ("三明市三元区", "Sanyuan District, Sanming"),
        ("江西省赣州市", "Ganzhou, Jiangxi"),
        ("清流县（全县）", "Qingliu County (all)"),
        ("在福建省三明市清流县温郊乡上班", "Work in Wenjiao, Qingliu, Sanming, Fujian"),
        ("手机号、简历", "Mobile number, résumé"),
        ("还剩1次", "1 try left"),
        ("还剩2次", "2 tries left"),
    ],
)
def test_figures_days_and_places(say, chinese, english):
    assert say(chinese) == english


def test_names_that_people_gave_stay_as_they_are(say):
    said = say("某某公司邀请你面试「电工」，请选一个时间")
    assert said == "某某公司 invites you to an interview for “电工”"


def test_words_of_the_site_inside_a_sentence_are_said_too(say):
    assert say("现在是「初筛通过」") == "It is now “Shortlisted”"


def test_clauses_are_said_one_by_one(say):
    said = say("没做过工艺类的活，操作员，做过1年2个月")
    assert said == "Has not done process work; worked as “操作员” for 1 year 2 months"


def test_a_sentence_may_hold_another(say):
    said = say("3项要求符合1项，没做过工艺类的活，另有1项也不符。")
    assert said == "1 of 3 met: has not done process work, and 1 more."


@pytest.mark.parametrize("words", ["会计主管", "没有这句话", "没做过火星类的活", "张三，做过今天", ""])
def test_what_nobody_knows_is_left_alone(say, words):
    assert say(words) == words


def test_the_figure_before_the_bracket_decides():
    assert choose("%(n)s [job|jobs], %(m)s [day|days]", {"n": 1, "m": 2}) == "%(n)s job, %(m)s days"
    assert choose("[one|several] of {n}", {"n": "1"}) == "one of {n}"


def test_every_place_has_its_english():
    assert all(
        (english.strip() and english.isascii()) or "ü" in english for english in place_names.spoken().values()
    )


def test_a_consent_reads_as_one_in_english():
    said = sentences("en").say(
        "我同意把这份简历、手机号交给福建某公司，只用于「操作工」的招聘；撤回投递后，对方不再看到。"
    )
    assert said == (
        "I agree that 福建某公司 receives the following, only to hire for “操作工”: this résumé, mobile number."
        " Once I withdraw, they no longer see it."
    )
    assert sentences("en").say("12号") == "No. 12"


def test_a_reason_is_quoted_whole():
    said = sentences("en").say("单位已被停用，职位不再展示：拖欠工资，核实中。请说明")
    assert said == "Your organization is suspended; its jobs are hidden: 拖欠工资，核实中。请说明"
