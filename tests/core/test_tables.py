import csv
import io
import zipfile
from datetime import UTC, date, datetime
from enum import StrEnum

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from app.core import tables

DANGEROUS = ["=1+1", "+86138", "-2", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("http://example.com")']


def read_back(data):
    return load_workbook(io.BytesIO(data)).active


def csv_back(data):
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("text", DANGEROUS)
def test_what_begins_like_a_formula_stays_text(text):
    sheet = read_back(tables.write_xlsx(["备注"], [[text]]))
    assert sheet["A2"].data_type == "s"
    assert sheet["A2"].value.strip() == text.strip()
    assert sheet["A2"].quotePrefix
    assert csv_back(tables.write_csv(["备注"], [[text]]))[1] == ["'" + text]


def test_a_dangerous_heading_is_no_formula_either():
    assert read_back(tables.write_xlsx(["=1"], []))["A1"].data_type == "s"
    assert csv_back(tables.write_csv(["=1"], []))[0] == ["'=1"]


def test_no_formula_reaches_the_file():
    data = tables.write_xlsx(["a"], [[text] for text in DANGEROUS])
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        assert b"<f>" not in file.read("xl/worksheets/sheet1.xml")


def test_numbers_and_days_stay_what_they_are():
    sheet = read_back(tables.write_xlsx(["数", "负数", "日"], [[6000, -3, date(2026, 11, 22)]]))
    assert [cell.value for cell in sheet[2]][:2] == [6000, -3]
    assert sheet["C2"].value.date() == date(2026, 11, 22)
    assert csv_back(tables.write_csv(["数", "日"], [[-3, date(2026, 11, 22)]]))[1] == ["-3", "2026-11-22"]


def test_moments_are_shown_in_the_county_s_time():
    moment = datetime(2026, 11, 22, 16, 30, tzinfo=UTC)
    assert read_back(tables.write_xlsx(["时间"], [[moment]]))["A2"].value.isoformat() == "2026-11-23T00:30:00"
    assert csv_back(tables.write_csv(["时间"], [[moment]]))[1] == ["2026-11-23 00:30"]


class Colour(StrEnum):
    RED = "红"


def test_lists_choices_and_yes_are_written_in_words():
    sheet = read_back(
        tables.write_xlsx(["证书", "在岗", "色", "空"], [[["电工证", "叉车证"], True, Colour.RED, None]])
    )
    assert [cell.value for cell in sheet[2]] == ["电工证、叉车证", "是", "红", None]


def test_rare_letters_and_emoji_survive_and_control_characters_go():
    text = "𠮷野\x00家\x0b😀\n第二行<script>"
    assert read_back(tables.write_xlsx(["名"], [[text]]))["A2"].value == "𠮷野家😀\n第二行<script>"
    assert csv_back(tables.write_csv(["名"], [[text]]))[1] == ["𠮷野家😀\n第二行<script>"]


def test_a_text_longer_than_a_cell_is_cut_and_not_corrupt():
    assert len(read_back(tables.write_xlsx(["长"], [["字" * 100_000]]))["A2"].value) == tables.CELL_LIMIT


@pytest.mark.parametrize("title", ["", "a/b:c*d?e[f]", "很长" * 30, "'引号'"])
def test_any_title_gives_a_valid_sheet_name(title):
    assert read_back(tables.write_xlsx(["列"], [["值"]], title))["A2"].value == "值"


def test_the_head_stands_still_and_columns_fit():
    sheet = read_back(tables.write_xlsx(["职位名称"], [["氟化工艺操作工（中控）"]]))
    assert sheet.freeze_panes == "A2"
    assert sheet["A1"].font.bold
    assert sheet.column_dimensions["A"].width > 20


def unbroken(text):
    """XML turns a carriage return into a line end."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


@settings(deadline=None, max_examples=40)
@given(st.lists(st.lists(st.text(max_size=20), min_size=2, max_size=2), max_size=5))
def test_any_text_comes_back_from_both_formats(rows):
    kept = [[tables.plain(value) or "" for value in row] for row in rows]
    sheet = read_back(tables.write_xlsx(["甲", "乙"], rows))
    for row, number in zip(kept, range(2, 99), strict=False):
        for value, cell in zip(row, sheet[number], strict=True):
            assert cell.data_type != "f"
            assert unbroken(cell.value or "") == unbroken(value)
    for row, back in zip(kept, csv_back(tables.write_csv(["甲", "乙"], rows))[1:], strict=True):
        assert [value.removeprefix("'") for value in back] == [value.removeprefix("'") for value in row]
