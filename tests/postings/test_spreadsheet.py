import io
import time
from datetime import date

import pytest
from openpyxl import Workbook, load_workbook

from app.core.tables import write_csv, write_xlsx
from app.postings import spreadsheet
from app.postings.columns import BY_HEADING, COLUMNS
from app.postings.field_readers import READERS, FieldUnreadable, read_field
from app.postings.spreadsheet import TableRefused, read_table, template

TODAY = date(2026, 11, 24)
HEAD = ["职位名称", "薪资", "工作地点", "任职要求"]
ROW = ["操作工", "6-8K", "温郊乡", "能倒班"]


def table(*rows, head=HEAD):
    return read_table(write_xlsx(head, rows), "职位.xlsx", TODAY)


def filled_template(*rows):
    """The template as a person fills it in, below the example."""
    book = load_workbook(io.BytesIO(template(TODAY)))
    for number, row in enumerate(rows, 3):
        for index, column in enumerate(COLUMNS, 1):
            book["职位"].cell(number, index, row.get(column.field))
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def test_a_filled_template_is_read_whole_and_its_example_is_left_out():
    sheet = read_table(
        filled_template(
            {
                "title": "氟化工艺操作工",
                "salary_words": "6-8K·13薪",
                "place": "清流县温郊乡",
                "address": "园区1号路",
                "headcount": 4,
                "family": "生产操作",
                "chain_link": "氟化氢与氢氟酸",
                "employment": "全职",
                "shift": "四班三运转",
                "degree": "高中/中专/技校",
                "years": "1年",
                "majors": "应化、化工工艺",
                "duties": "按规程操作",
                "requirements": "能倒班",
                "required_certificates": "氟化工艺证",
                "preferred_certificates": "叉车证",
                "skills": "DCS操作、取样",
                "benefits": "五险一金、管吃管住、夜宵",
                "contact_name": "林先生",
                "contact_phone": "138 0013 8000",
                "valid_until": date(2026, 12, 31),
                "is_urgent": "是",
            }
        ),
        "职位.xlsx",
        TODAY,
    )
    (row,) = sheet.rows
    assert row.problems == ()
    assert row.number == 3
    assert row.raw["degree"] == "高中/中专/技校"
    assert row.values == {
        "title": "氟化工艺操作工",
        "salary_words": "6-8K·13薪",
        "place": "350423-08",
        "address": "园区1号路",
        "headcount": 4,
        "family": "生产操作",
        "chain_link": "氟化氢与氢氟酸",
        "employment": "全职",
        "shift": "四班三运转",
        "degree": 2,
        "years": 1,
        "majors": ["应用化学", "化学工程与工艺"],
        "duties": "按规程操作",
        "requirements": "能倒班",
        "required_certificates": ["氟化工艺作业"],
        "preferred_certificates": ["叉车司机N1"],
        "skills": ["DCS操作", "取样"],
        "benefits": ["五险一金", "包吃住", "夜宵"],
        "contact_name": "林先生",
        "contact_phone": "13800138000",
        "valid_until": date(2026, 12, 31),
        "is_urgent": True,
    }


def test_the_template_s_own_example_would_pass():
    book = load_workbook(io.BytesIO(template(TODAY)))
    book["职位"]["A2"] = "氟化工艺操作工"
    file = io.BytesIO()
    book.save(file)
    (row,) = read_table(file.getvalue(), "职位.xlsx", TODAY).rows
    assert row.problems == ()


def test_the_template_marks_the_two_columns_of_which_one_is_required():
    book = load_workbook(io.BytesIO(template()))
    heads = {str(cell.value): cell for cell in book.worksheets[0][1]}
    plain, duties, demands = (
        next(cell for head, cell in heads.items() if head.startswith(label))
        for label in ("详细地址", "工作内容", "任职要求")
    )
    assert "至少写一样" in duties.value
    assert "*" in demands.value
    assert duties.fill.fgColor.rgb == demands.fill.fgColor.rgb != plain.fill.fgColor.rgb
    explained = {row[0]: row[1] for row in book.worksheets[1].iter_rows(values_only=True) if row[0]}
    assert explained["工作内容"] == "和任职要求至少写一样"


def test_the_template_offers_lists_and_explains_itself():
    book = load_workbook(io.BytesIO(template()))
    assert book.sheetnames[:2] == ["职位", "填写说明"]
    assert book["选项"].sheet_state == "hidden"
    rules = {str(rule.sqref): rule.formula1 for rule in book["职位"].data_validations.dataValidation}
    assert len(rules) == sum(bool(column.choices) for column in COLUMNS)
    for column in COLUMNS:
        if column.choices:
            letter = book["职位"].cell(1, COLUMNS.index(column) + 1).column_letter
            area = rules[f"{letter}2:{letter}501"].removeprefix("选项!").replace("$", "")
            assert tuple(cell[0].value for cell in book["选项"][area]) == column.choices
    explained = {row[0].value for row in book["填写说明"].iter_rows()}
    assert {column.label for column in COLUMNS} <= explained


def test_every_choice_offered_is_understood():
    for column in COLUMNS:
        for choice in column.choices:
            read_field(column.field, choice, TODAY)


def test_every_column_has_a_reader_and_no_heading_means_two_fields():
    assert {column.field for column in COLUMNS} == set(READERS)
    headings = [heading for column in COLUMNS for heading in (column.label, *column.aliases)]
    assert len(headings) == len(set(headings))
    assert all(heading in BY_HEADING for heading in ("职位名称", "月薪下限"))


def test_other_people_s_headings_in_any_order_are_understood():
    data = write_csv(
        [
            "序号",
            "招聘人数（人）",
            "岗位",
            "学历要求",
            "月薪下限",
            "月薪上限",
            "上班地点",
            "岗位职责",
            "备注",
        ],
        [[1, 3, "焊工", "高中以上", 6000, 8000, "清流县嵩溪镇", "管道焊接", "急"]],
    )
    sheet = read_table(data, "别家.csv", TODAY)
    (row,) = sheet.good
    assert row.values["salary_words"] == "6000-8000元/月"
    assert (row.values["headcount"], row.values["degree"], row.values["place"]) == (3, 2, "350423-02")
    assert sheet.unknown == ("序号", "备注")


def test_a_title_line_above_the_headings_is_passed_over():
    book = Workbook()
    for line in (["2026年招聘岗位表"], [], ["职位名称*", "薪资（必填）", "工作地点", "要求："], ROW):
        book.active.append(line)
    book.active.merge_cells("A1:D1")
    file = io.BytesIO()
    book.save(file)
    (row,) = read_table(file.getvalue(), "表.xlsx", TODAY).rows
    assert (row.number, row.values["title"], row.problems) == (4, "操作工", ())


def test_each_bad_cell_is_named_and_good_rows_are_kept():
    sheet = table(
        [*ROW, "4", "高中", "2026-12-31"],
        ["焊工", "面议", "火星", "持证", "若干", "很高", "2020-1-1"],
        ["", "6-8K", "温郊乡", "", "3", "", ""],
        ["电工", "8-6K", "温郊乡", "持证", "0", "", "过年"],
        head=[*HEAD, "招聘人数", "学历", "有效期至"],
    )
    assert [row.number for row in sheet.good] == [2]
    told = {row.number: dict(row.problems) for row in sheet.rejected}
    assert set(told) == {3, 4, 5}
    assert set(told[3]) == {"薪资", "工作地点", "招聘人数", "最低学历", "有效期至"}
    assert "面议" in told[3]["薪资"]
    assert "已经过了" in told[3]["有效期至"]
    assert set(told[4]) == {"职位名称", "工作内容"}
    assert "上下限反了" in told[5]["薪资"]
    assert set(told[5]) == {"薪资", "招聘人数", "有效期至"}


def test_the_raw_words_of_a_rejected_row_are_kept_for_correction():
    (row,) = table(["焊工", "面议", "火星", "持证"]).rejected
    assert row.raw == {"title": "焊工", "salary_words": "面议", "place": "火星", "requirements": "持证"}


def test_a_missing_family_is_guessed_and_said_to_be_a_guess():
    (row,) = table(ROW).good
    assert (row.values["family"], row.guessed) == ("生产操作", ("family",))


def test_empty_lines_between_rows_keep_the_numbers_true():
    sheet = table(ROW, [""] * 4, ["焊工", "面议", "温郊乡", "持证"])
    assert [row.number for row in sheet.rows] == [2, 4]


def test_a_formula_arrives_as_text_and_runs_nowhere():
    book = Workbook()
    book.active.append(HEAD)
    book.active.append(["=1+1", "6-8K", "温郊乡", "=cmd|' /C calc'!A1"])
    file = io.BytesIO()
    book.save(file)
    (row,) = read_table(file.getvalue(), "表.xlsx", TODAY).rows
    assert row.values["title"] == "=1+1"
    assert row.values["requirements"].startswith("=cmd")


def test_a_very_long_cell_is_a_problem_of_its_row_only():
    data = write_csv(HEAD, [ROW, ["焊工", "6-8K", "温郊乡", "字" * 20_000]])
    sheet = read_table(data, "表.csv", TODAY)
    assert [row.number for row in sheet.good] == [2]
    assert "20000个字" in sheet.rejected[0].problems[0][1]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (write_xlsx(["甲", "乙"], [["a", "b"]]), "没有找到表头"),
        (write_xlsx(["职位名称"], [["操作工"]]), "没有找到表头"),
        (write_xlsx(HEAD, []), "还没有填写"),
        (write_xlsx(HEAD, [ROW] * 501), "最多导入500行，现在有501行"),
        (b"", "空的"),
    ],
)
def test_a_table_that_cannot_be_used_is_told_why(data, words):
    with pytest.raises(TableRefused, match=words):
        read_table(data, "表.xlsx", TODAY)


def test_an_untouched_template_is_told_to_be_filled():
    with pytest.raises(TableRefused, match="还没有填写"):
        read_table(template(), "职位.xlsx", TODAY)


def test_five_hundred_rows_are_read_in_seconds():
    began = time.process_time()
    sheet = table(
        *[[f"操作工{n}", "6-8K", "清流县温郊乡", "能倒班" * 20] for n in range(spreadsheet.MOST_ROWS)]
    )
    assert len(sheet.good) == 500
    assert time.process_time() - began < 10


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("years", "3-5年", 3),
        ("years", "不限", 0),
        ("years", "应届亦可", 0),
        ("years", "两年以上", 2),
        ("years", "1年以内", 0),
        ("headcount", "10-15人", 10),
        ("headcount", "三名", 3),
        ("contact_phone", "0598-5321234", "0598-5321234"),
        ("contact_phone", "＋８６１３８００１３８０００", "13800138000"),
        ("shift", "需要上四班三倒", "四班三运转"),
        ("skills", "C语言、P&ID；DCS", ["C语言", "P&ID", "DCS"]),
        ("majors", "化学/材料相关专业", ["化学", "材料类"]),
        ("benefits", "无", []),
        ("is_urgent", "√", True),
        ("is_urgent", "否", False),
        ("family", "化验员", "分析检测"),
    ],
)
def test_one_written_value_becomes_the_column_s_value(name, text, value):
    assert read_field(name, text, TODAY) == value


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("years", "很久"),
        ("headcount", "若干"),
        ("headcount", "100000"),
        ("headcount", "9" * 5000),
        ("years", "9" * 5000),
        ("contact_phone", "5321234"),
        ("family", "宇航"),
        ("place", "月球"),
    ],
)
def test_an_unreadable_value_says_what_to_write(name, text):
    with pytest.raises(FieldUnreadable, match=r"[\u4e00-\u9fff]{4}"):
        read_field(name, text, TODAY)
