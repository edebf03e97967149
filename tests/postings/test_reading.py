"""Whole posts as people paste them; every value must stand where it is said to stand."""

import json
import time
from datetime import date
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from app.core.halfwidth import half_width
from app.postings.post_labels import find_sections, is_only_labels
from app.postings.reading import read_posts

TODAY = date(2026, 11, 24)
DATA = Path(__file__).parent / "data"

WECHAT, COLON, NUMBERED, MARKDOWN, SPOKEN = (
    (DATA / "pasted" / f"{name}.txt").read_text(encoding="utf-8")
    for name in ("wechat", "colon", "numbered", "markdown", "spoken")
)
TABLE = "岗位\t人数\t薪资\t学历\t工作地点\t备注\n操作工\t5\t6-8K\t高中\t清流县温郊乡\t急\n化验员\t\t5-6K\t大专\t里田乡\t"

EVERYTHING = (WECHAT, COLON, NUMBERED, MARKDOWN, SPOKEN, TABLE)


def values(draft):
    return {name: reading.value for name, reading in draft.fields.items()}


def one(text):
    (draft,) = read_posts(text, TODAY)
    return values(draft)


def test_a_post_with_brackets_and_emoji_is_read_whole():
    assert one(WECHAT) | {"duties": "", "requirements": ""} == {
        "title": "氟化工艺操作工",
        "headcount": 5,
        "salary_words": "6000-8500元/月，十三薪",
        "benefits": ["十三薪", "五险一金", "包吃住"],
        "place": "350423-08",
        "address": "氟新材料产业园1号路8号",
        "shift": "四班三运转",
        "duties": "",
        "requirements": "",
        "degree": 2,
        "years": 1,
        "majors": ["化工类"],
        "required_certificates": ["氟化工艺作业"],
        "preferred_certificates": ["叉车司机N1"],
        "contact_name": "林先生",
        "contact_phone": "13800138000",
        "valid_until": date(2026, 12, 31),
        "is_urgent": True,
        "family": "生产操作",
        "chain_link": "氟化氢与氢氟酸",
    }
    assert one(WECHAT)["duties"].startswith("1. 按规程操作")
    assert one(WECHAT)["requirements"].endswith("有叉车证优先。")


def test_a_post_of_headings_with_colons_is_read_whole():
    read = one(COLON)
    assert (read["title"], read["headcount"], read["degree"], read["years"]) == ("DCS内操", 3, 3, 3)
    assert read["majors"] == ["化学工程与工艺", "应用化学"]
    assert (read["salary_words"], read["place"]) == ("8千-1.1万", "350423-13")
    assert read["duties"] == "负责精馏单元中控操作，平稳率考核；处理异常工况。"
    assert read["benefits"] == ["五险一金", "双休", "年终奖", "生日会"]
    assert (read["contact_name"], read["contact_phone"]) == ("陈女士", "0598-5321234")


def test_a_post_in_one_line_is_read():
    assert one("招操作工5名，6-8K，清流温郊，高中以上，能倒班，包吃住，电话13800138000林经理") == {
        "title": "操作工",
        "headcount": 5,
        "salary_words": "6-8K",
        "place": "350423-08",
        "degree": 2,
        "shift": "倒班",
        "benefits": ["包吃住"],
        "requirements": "高中以上，能倒班",
        "contact_phone": "13800138000",
        "contact_name": "林经理",
        "family": "生产操作",
    }


def test_headings_inside_one_line_are_found():
    read = one(
        "岗位：仪表工；人数：2名；薪资：7000-9500元/月；学历：中专以上；证书：化工仪表证；"
        "地点：清流县温郊乡；班次：长白班；联系人：黄工，电话：13700137000"
    )
    assert read == {
        "title": "仪表工",
        "headcount": 2,
        "salary_words": "7000-9500元/月",
        "degree": 2,
        "required_certificates": ["化工自动化控制仪表作业"],
        "place": "350423-08",
        "shift": "长白班",
        "contact_name": "黄工",
        "contact_phone": "13700137000",
        "family": "仪表自动化",
    }


def test_a_post_without_any_heading_is_sorted_into_duties_and_demands():
    read = one(SPOKEN)
    assert read["title"] == "氟聚合物车间操作工"
    assert read["salary_words"] == "一个月6500到8500"
    assert read["duties"].startswith("每天看护聚合釜")
    assert "初中以上就行" in read["requirements"]
    assert (read["place"], read["valid_until"], read["contact_name"]) == (
        "350423-13",
        date(2026, 11, 30),
        "李师傅",
    )


def test_markdown_marks_do_not_hide_the_headings():
    read = one(MARKDOWN)
    assert read["title"] == "研发工程师（含氟电解液方向）"
    assert (read["salary_words"], read["place"], read["degree"], read["years"]) == (
        "15-25K·14薪",
        "350213",
        5,
        3,
    )
    assert read["duties"] == "- 设计高电压电解液配方\n- 跟踪客户验证"


def test_numbered_posts_are_told_apart_and_share_what_stands_below():
    drafts = read_posts(NUMBERED, TODAY)
    assert [values(draft)["title"] for draft in drafts] == ["氟化工艺操作工", "化验员", "低压电工"]
    assert [values(draft)["headcount"] for draft in drafts] == [5, 2, 1]
    assert [values(draft)["salary_words"] for draft in drafts] == ["6000-8000元/月", "5000-6500元/月", "6-8K"]
    assert {values(draft)["place"] for draft in drafts} == {"350423-02"}
    assert {values(draft)["contact_phone"] for draft in drafts} == {"13900139000"}
    assert "低压电工" not in NUMBERED[drafts[0].start : drafts[0].end]
    assert values(drafts[1])["duties"] == "原料和成品化验"


def test_repeated_headings_begin_new_posts():
    drafts = read_posts(
        "职位：质检员\n薪资：5-6K\n地点：龙津镇\n\n职位：安环专员\n薪资：6-8K\n地点：温郊乡", TODAY
    )
    assert [(values(d)["title"], values(d)["place"]) for d in drafts] == [
        ("质检员", "350423-01"),
        ("安环专员", "350423-08"),
    ]


def test_jobs_listed_in_one_line_are_posts_with_common_pay():
    drafts = read_posts(
        "温郊园区急招：操作工10名，电工2名，化验员1名。待遇6-8K，五险一金。电话：13800138000", TODAY
    )
    assert [(values(d)["title"], values(d)["headcount"]) for d in drafts] == [
        ("操作工", 10),
        ("电工", 2),
        ("化验员", 1),
    ]
    assert all(values(d)["salary_words"] == "6-8K" for d in drafts)


def test_one_line_a_job_is_one_post_a_line():
    text = "【招聘】\n操作工 5名 6000-8000元\n叉车司机 2名 5500-7000元\n仓管员 1名 4500-5500元\n以上岗位五险一金，地点清流县里田乡"
    drafts = read_posts(text, TODAY)
    assert [(values(d)["title"], values(d)["salary_words"]) for d in drafts] == [
        ("操作工", "6000-8000元"),
        ("叉车司机", "5500-7000元"),
        ("仓管员", "4500-5500元"),
    ]
    assert all(values(d)["benefits"] == ["五险一金"] for d in drafts)


def test_a_pasted_table_is_one_post_a_row():
    drafts = read_posts(TABLE, TODAY)
    assert [(values(d)["title"], values(d)["place"]) for d in drafts] == [
        ("操作工", "350423-08"),
        ("化验员", "350423-13"),
    ]
    assert values(drafts[0])["headcount"] == 5
    assert "headcount" not in drafts[1].fields
    assert [TABLE[start:end] for start, end in drafts[0].rest] == ["急"]


def test_items_of_duties_and_demands_are_no_posts():
    text = "岗位职责：\n1、负责装置操作\n2、协助工程师\n3、培训操作工\n任职要求：\n1、高中以上\n2、做过操作工"
    assert len(read_posts(text, TODAY)) == 1


def test_pay_by_the_day_keeps_its_unit():
    assert (
        one("急聘搬运工，200元一天，地址：清流县龙津镇北大路，电话13500135000")["salary_words"] == "200元一天"
    )
    assert one("岗位：销售\n薪资：年薪15-25万，五险一金")["salary_words"] == "年薪15-25万"


def test_an_internship_is_recognised():
    read = one("【实习】化工类实习生10名，200元/天，包吃住，地点清流县氟新材料产业园")
    assert (read["title"], read["employment"], read["place"]) == ("化工类实习生", "实习", "350423-14")


def test_a_negotiable_pay_is_no_pay():
    assert "salary_words" not in one("岗位：厂长\n薪资：面议\n地点：清流")


def test_formulas_and_grades_belong_to_the_title():
    for title in ("LiPF6结晶岗主操", "R134a精馏岗操作工", "6F车间包装工", "货车司机C1"):
        assert one(f"岗位名称：{title}\n薪资：6-8K")["title"] == title


def test_a_day_that_has_passed_is_not_offered_as_the_last_day():
    assert "valid_until" not in one("岗位：焊工\n截止日期：2025年1月1日")


def test_a_text_that_is_no_post_is_kept_whole():
    text = "今天天气不错"
    (draft,) = read_posts(text, TODAY)
    assert dict(draft.fields) == {}
    assert [text[start:end] for start, end in draft.rest] == [text]


def test_nothing_comes_of_nothing():
    assert read_posts("", TODAY) == []
    assert read_posts(" \n\t ", TODAY) == []


@pytest.mark.parametrize("text", EVERYTHING)
def test_every_reading_stands_where_it_says(text):
    for draft in read_posts(text, TODAY):
        for reading in draft.fields.values():
            assert text[reading.start : reading.end] == reading.words
            assert 0 < reading.confidence <= 1


@pytest.mark.parametrize("text", EVERYTHING)
def test_a_heading_makes_surer_than_a_guess(text):
    for draft in read_posts(text, TODAY):
        told = [
            reading.confidence for name, reading in draft.fields.items() if name in ("salary_words", "place")
        ]
        guessed = [reading.confidence for name, reading in draft.fields.items() if name == "chain_link"]
        assert all(guess < sure for guess in guessed for sure in told)


def lost_in(text):
    """Letters that no reading, heading or rest of any post holds."""
    plain = half_width(text)
    kept = bytearray(len(text))
    stretches = [(each.label_start, each.start) for each in find_sections(text)]
    for draft in read_posts(text, TODAY):
        stretches += [
            (reading.start, reading.end) for name, reading in draft.fields.items() if name != "chain_link"
        ]
        stretches += draft.rest
    for start, end in stretches:
        kept[start:end] = b"\x01" * (end - start)
    gaps = "".join(letter if not kept[index] else "\n" for index, letter in enumerate(plain))
    return [gap for gap in gaps.split("\n") if not is_only_labels(gap)]


@pytest.mark.parametrize("text", EVERYTHING[:5])
def test_nothing_that_was_written_is_lost(text):
    assert lost_in(text) == []


PIECES = [
    "岗位：",
    "操作工",
    "5名",
    "6-8K",
    "，",
    "。",
    "\n",
    "1、",
    "温郊乡",
    "要求",
    "高中",
    "【薪资】",
    "13800138000",
    "🔥",
    "五险",
    "\t",
    "(",
    "𠮷",
    "电话",
]


@settings(deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=25))
@example(["五险", "，", "岗位：", "岗位：", "五险"])
def test_pieces_in_any_order_break_nothing_and_nothing_is_lost(pieces):
    text = "".join(pieces)
    for draft in read_posts(text, TODAY):
        for reading in draft.fields.values():
            assert text[reading.start : reading.end] == reading.words
    if "\t" not in text and text.strip():
        assert lost_in(text) == []


@settings(deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_read_without_an_error(text):
    drafts = read_posts(text, TODAY)
    assert bool(drafts) == bool(text.strip())


def test_the_hand_written_posts_come_back_from_their_text():
    """Every fourth of 420 posts of the trade as a pasted text: title, heads, pay and phone must be found."""
    posts = list(json.loads((DATA / "post_texts.json").read_text(encoding="utf-8")).values())[::4]
    missed = []
    for post in posts:
        text = (
            f"【{post['title']}】3名\n6000-8000元/月\n地点：清流县温郊乡\n工作内容：{post['duties']}\n"
            f"要求：{post['requirements']}\n电话：13800138000"
        )
        read = one(text)
        wanted = {
            "title": post["title"],
            "headcount": 3,
            "salary_words": "6000-8000元/月",
            "place": "350423-08",
        }
        missed += [(post["title"], name) for name, value in wanted.items() if read.get(name) != value]
    assert len(missed) <= 2, missed


def test_of_more_posts_than_can_be_read_the_rest_is_kept():
    text = "\n".join(f"{n}、操作工 {n}名 6-8K" for n in range(1, 80))
    drafts = read_posts(text, TODAY)
    assert len(drafts) == 51
    assert dict(drafts[-1].fields) == {}
    assert text[drafts[-1].start : drafts[-1].end].endswith("79、操作工 79名 6-8K")
    assert lost_in(text) == []


def test_letters_beyond_the_most_are_kept_unread():
    text = "岗位：操作工\n薪资：6-8K\n" + "好" * 100_000
    drafts = read_posts(text, TODAY)
    assert values(drafts[0])["title"] == "操作工"
    assert (drafts[-1].end, dict(drafts[-1].fields)) == (len(text), {})


def test_what_stands_between_listed_jobs_is_kept():
    text = "操作工5名。能倒班者加五百；电工2名，要会看图。"
    assert [values(draft)["title"] for draft in read_posts(text, TODAY)] == ["操作工", "电工"]
    assert lost_in(text) == []


def test_a_hundred_thousand_letters_are_read_in_reasonable_time():
    began = time.process_time()
    read_posts("负责装置巡检，月薪6000-8000元，高中以上，电话13800138000。\n" * 2500, TODAY)
    read_posts("岗位：操作工\n薪资：6-8K\n" * 6000, TODAY)
    read_posts("1、操作工 6-8K\n" * 8000, TODAY)
    assert time.process_time() - began < 15


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("【福建泷岚氟化工】招聘氟化氢装置操作工 5名，月薪6000-8000元", "氟化氢装置操作工"),
        ("【福建泷岚氟化工】招聘\n电工2名 月薪5000", "电工"),
        ("福建泷岚氟化工有限公司招聘：电工2名，要求：大专，有电工证", "电工"),
        ("福建泷岚氟化工招聘电工2名\n月薪5000", "电工"),
        ("福建泷岚氟化工：招聘电工2名", "电工"),
        ("福建泷岚氟化工\n招聘电工2名", "电工"),
        ("福建泷岚氟化工因扩产急招巡检工", "巡检工"),
        ("【电工】招聘2名，月薪5000", "电工"),
        ("电工\n招聘人数：2", "电工"),
        ("招聘专员2名", "招聘专员"),
    ],
)
def test_the_company_that_calls_is_not_taken_for_the_job(text, title):
    assert one(text)["title"] == title
