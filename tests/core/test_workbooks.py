import io
import zipfile
from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from app.core import workbooks
from app.core.workbooks import TableRefused, read_cells


def book(*rows, merge=None, title="表"):
    made = Workbook()
    sheet = made.active
    sheet.title = title
    for row in rows:
        sheet.append(row)
    if merge:
        sheet.merge_cells(merge)
    return saved(made)


def saved(made):
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def repacked(data, change):
    """The same package with parts changed by `change(name, content)`; None drops a part."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            content = change(part.filename, old.read(part))
            if content is not None:
                new.writestr(part.filename, content)
    return out.getvalue()


SMALL = book(["名称", "数"], ["操作工", 4])


def refusal(data, name="表.xlsx"):
    with pytest.raises(TableRefused) as refused:
        read_cells(data, name)
    return refused.value.message


def is_rows_or_words(data, name):
    try:
        rows = read_cells(data, name)
    except TableRefused as refused:
        return bool(refused.message)
    return all(isinstance(cell, str) for row in rows for cell in row)


def test_a_workbook_becomes_rows_of_text():
    when = datetime(2026, 12, 31, 8, 30)  # noqa: DTZ001 - cells know no time zone
    data = book(
        ["名称", "数"], ["操作工", 4.0], ["焊工", 2.5], [date(2026, 12, 31), when], [True, 13800138000]
    )
    assert read_cells(data, "表.xlsx") == [
        ["名称", "数"],
        ["操作工", "4"],
        ["焊工", "2.5"],
        ["2026-12-31", "2026-12-31 08:30"],
        ["是", "13800138000"],
    ]


def test_merged_cells_repeat_their_value():
    data = book(["地点", "岗位"], ["温郊乡", "甲"], [None, "乙"], [None, "丙"], merge="A2:A4")
    assert [row[0] for row in read_cells(data, "表.xlsx")] == ["地点", "温郊乡", "温郊乡", "温郊乡"]


def test_a_formula_without_a_result_is_its_own_text():
    data = book(["甲"], ["=1+1"], ['=HYPERLINK("http://example.com")'])
    assert read_cells(data, "表.xlsx")[1:] == [["=1+1"], ['=HYPERLINK("http://example.com")']]


def test_the_first_sheet_with_content_is_read():
    made = Workbook()
    made.create_sheet("第二").append(["有内容"])
    hidden = made.create_sheet("藏", 0)
    hidden.append(["看不见"])
    hidden.sheet_state = "hidden"
    assert read_cells(saved(made), "表.xlsx") == [["有内容"]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_csv_in_any_usual_encoding_is_read(encoding):
    assert read_cells('名称,数\n"操作工, 夜班",4\n'.encode(encoding), "表.csv") == [
        ["名称", "数"],
        ["操作工, 夜班", "4"],
    ]


@pytest.mark.parametrize("mark", [",", ";", "\t", "，"])
def test_the_delimiter_is_found(mark):
    assert read_cells(f"名称{mark}数\n操作工{mark}4".encode(), "表.csv") == [["名称", "数"], ["操作工", "4"]]


def test_the_apostrophe_of_our_own_exports_is_taken_off_again():
    assert read_cells("名称\n'=1+1\n'普通\n".encode(), "表.csv") == [["名称"], ["=1+1"], ["'普通"]]


def test_rare_letters_emoji_and_markup_come_through():
    row = ["𠮷😀", "<script>alert(1)</script>"]
    assert read_cells(book(row), "表.xlsx") == [row]
    assert read_cells(",".join(row).encode(), "表.csv") == [row]


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"", "表.xlsx", "空的"),
        (b"x" * (5 * 1024 * 1024 + 1), "表.csv", "不能超过5MB"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "旧.xls", "另存为.xlsx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "密.xlsx", "密码"),
        (b"MZ\x90\x00" + b"\0" * 100, "表.xlsx", "不是Excel"),
        (b"MZ\x90\x00" + b"\0" * 100, "表.csv", "不是Excel"),
        (b"%PDF-1.7", "表.csv", "不是Excel"),
        ("名称,数".encode(), "表.xlsx", "不是Excel"),
        (b"PK\x03\x04 broken", "表.xlsx", "损坏"),
        (b"\n\n\n", "表.csv", "没有内容"),
        (b"a\x81\xff\xff\xfe", "表.csv", "编码"),
    ],
)
def test_what_is_no_table_is_told_why(data, name, words):
    assert words in refusal(data, name)


def test_a_workbook_without_content_is_told_so():
    assert "没有内容" in refusal(saved(Workbook()))


def test_another_office_file_is_no_workbook():
    assert "不是Excel工作簿" in refusal(
        repacked(book(["a"]), lambda name, c: None if name == "xl/workbook.xml" else c)
    )


def test_a_zip_bomb_is_refused_before_it_is_unpacked():
    bomb = repacked(
        book(["a"]), lambda name, c: b"0" * (60 * 1024 * 1024) if name == "docProps/app.xml" else c
    )
    assert len(bomb) < workbooks.MOST_BYTES
    assert "太大" in refusal(bomb)


def test_a_sheet_of_a_million_cells_is_refused():
    def fill(name, content):
        cells = b'<c r="A1"/>' * 200_000
        return (
            content.replace(b"</sheetData>", b"<row>" + cells + b"</row></sheetData>")
            if "sheet1" in name
            else content
        )

    assert "格子太多" in refusal(repacked(book(["a"]), fill))


def test_a_lone_cell_at_the_far_end_does_not_stop_the_reader():
    made = Workbook()
    made.active["A1"] = "名称"
    made.active["XFD1"] = "远"
    assert read_cells(saved(made), "表.xlsx")[0][0] == "名称"
    made.active["A1048576"] = "底"
    assert "行" in refusal(saved(made))


def test_entities_are_refused():
    def poison(name, content):
        return (
            content.replace(b"<worksheet", b'<!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet', 1)
            if "sheet1" in name
            else content
        )

    assert "不允许" in refusal(repacked(book(["a"]), poison))


def test_a_package_with_a_password_is_named():
    data = bytearray(book(["a"]))
    for signature, offset in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        start = data.find(signature)
        while start >= 0:
            data[start + offset] |= 1
            start = data.find(signature, start + 4)
    assert "密码" in refusal(bytes(data))


def test_a_truncated_workbook_is_called_damaged():
    data = book(["a"] * 20, ["b"] * 20)
    assert "损坏" in refusal(data[: len(data) // 2])


@settings(max_examples=30, deadline=None)
@given(st.data())
def test_a_workbook_with_flipped_bytes_is_read_or_refused(data):
    flipped = bytearray(SMALL)
    for _ in range(data.draw(st.integers(1, 8))):
        flipped[data.draw(st.integers(0, len(flipped) - 1))] ^= data.draw(st.integers(1, 255))
    assert is_rows_or_words(bytes(flipped), "表.xlsx")


@settings(max_examples=30, deadline=None)
@given(
    st.sampled_from(["xl/workbook.xml", "xl/styles.xml", "[Content_Types].xml", "xl/worksheets/sheet1.xml"]),
    st.data(),
)
def test_a_workbook_with_a_garbled_part_is_read_or_refused(part, data):
    def garble(name, content):
        if name != part:
            return content
        start = data.draw(st.integers(0, len(content) - 1))
        return (
            content[:start]
            + data.draw(st.binary(max_size=6))
            + content[start + data.draw(st.integers(0, 40)) :]
        )

    assert is_rows_or_words(repacked(SMALL, garble), "表.xlsx")


@settings(deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_are_a_table_or_refused(data):
    assert is_rows_or_words(data, "表.csv")


def test_a_csv_longer_than_a_table_may_be_is_refused():
    assert "行" in refusal(b"a\n" * 6000, "表.csv")
