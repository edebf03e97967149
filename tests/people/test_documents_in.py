import io
import subprocess
import sys
import zipfile
import zlib

import docx
import pytest
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls

from app.people import documents_in
from app.people.documents_in import (
    Damaged,
    EmptyFile,
    Encrypted,
    FileTooLarge,
    NeedsOcr,
    NoText,
    TooDifficult,
    TooManyPages,
    TooMuchInside,
    TooMuchText,
    UnreadableDocument,
    UnsafeInside,
    WrongKind,
    extract,
    readable,
)
from tests.people import documents

pytestmark = pytest.mark.slow  # left out by --quick


@pytest.fixture(autouse=True)
def without_ocr(monkeypatch):
    monkeypatch.setattr(documents_in, "is_ocr_installed", lambda: False)


@pytest.mark.fonts
def test_text_comes_out_of_a_pdf_line_by_line():
    found = extract(documents.pdf(), "简历.PDF")
    assert found.kind == "pdf"
    assert found.pages == 1
    assert [line.strip() for line in found.text.split("\n")] == documents.RESUME.split("\n")


def test_text_comes_out_of_a_word_file_line_by_line():
    assert extract(documents.word(), "C:\\简历\\我的.docx").text == documents.RESUME


@pytest.mark.fonts
def test_rare_characters_survive_both_ways_and_emoji_survive_word():
    assert "𠮷" in extract(documents.pdf("𠮷祥路的氟化工操作工，倒班五年"), "a.pdf").text
    assert (
        extract(documents.word("𠮷祥路👷‍♀️的氟化工操作工，倒班五年"), "a.docx").text
        == "𠮷祥路👷‍♀️的氟化工操作工，倒班五年"
    )


def test_radicals_of_word_processors_become_the_characters_they_draw():
    assert readable("⼯作\r\n⻓乐⽯油\x0b⻋间\ufeff\x00") == "工作\n长乐石油\n车间"


def test_table_rows_stay_on_one_line_and_hidden_or_deleted_words_stay_out():
    document = docx.Document()
    table = document.add_table(1, 3)
    for cell, words in zip(table.rows[0].cells, ("姓名", "林小溪", ""), strict=True):
        cell.text = words
    paragraph = document.add_paragraph("看得见")
    hidden = paragraph.add_run("藏起来的词")
    hidden.font.hidden = True
    deleted = OxmlElement("w:del")
    deleted.append(paragraph.add_run("删掉的词")._r)
    paragraph._p.append(deleted)
    nested = document.add_table(1, 2)
    nested.cell(0, 0).add_table(1, 1).cell(0, 0).text = "内层"
    nested.cell(0, 1).text = "第一行\n第二行"
    text = extract(documents.saved(document), "a.docx").text
    assert text.split("\n") == ["姓名\t林小溪", "看得见", "内层", "第一行", "第二行"]


def test_text_boxes_headers_and_content_controls_are_read_once():
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "页眉里的姓名"
    box = (
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        f"{nsdecls('w')}><mc:Choice Requires='wps'><w:drawing><w:txbxContent><w:p><w:r><w:t>文本框里的经历</w:t></w:r></w:p>"
        "</w:txbxContent></w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent><w:p><w:r><w:t>文本框里的经历</w:t></w:r>"
        "</w:p></w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent>"
    )
    document.add_paragraph().add_run()._r.append(parse_xml(box))
    control = f"<w:sdt {nsdecls('w')}><w:sdtContent><w:p><w:r><w:t>控件里的证书</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    document.element.body.insert(0, parse_xml(control))
    text = extract(documents.saved(document), "a.docx").text
    assert text.split("\n") == ["页眉里的姓名", "控件里的证书", "文本框里的经历"]


@pytest.mark.parametrize(
    ("content", "name", "fact"),
    [
        (b"", "简历.pdf", EmptyFile),
        (b"%PDF-1.7" + b"0" * 30_000_000, "简历.pdf", FileTooLarge),
        (b"MZ\x90\x00" + b"\x00" * 100, "简历.pdf", WrongKind),
        (b"\x7fELF\x02\x01\x01", "简历.docx", WrongKind),
        (b"#!/bin/sh\nrm -rf /", "简历.pdf", WrongKind),
        (b"<html><script>alert(1)</script></html>", "简历.pdf", WrongKind),
        ("姓名：林小溪".encode(), "简历.txt", WrongKind),
        (documents.pdf(), "简历.docx", WrongKind),
        (documents.word(), "简历.pdf", WrongKind),
        (documents.pdf(), "简历.exe", WrongKind),
        (b"\xff\xd8\xff\xe0" + b"\x00" * 64, "简历.pdf", NeedsOcr),
        (b"%PDF-1.7\nnothing that follows is a PDF", "简历.pdf", Damaged),
        (documents.pdf()[:2000], "简历.pdf", Damaged),
        (b"PK\x03\x04 nothing that follows is a zip", "简历.docx", Damaged),
        (documents.word()[:2000], "简历.docx", Damaged),
        (documents.locked_pdf(), "简历.pdf", Encrypted),
        (documents_in._OLD_OFFICE + b"\x00" * 512 + documents_in._ENCRYPTED_PACKAGE, "简历.docx", Encrypted),
        (documents_in._OLD_OFFICE + b"\x00" * 512, "简历.doc", WrongKind),
        (documents.pages(21), "简历.pdf", TooManyPages),
        (documents.pages(1), "简历.pdf", NoText),
        (documents.word(" \n "), "简历.docx", NoText),
        (documents.word("长" * 200_001), "简历.docx", TooMuchText),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_a_file_that_cannot_be_read_is_refused_by_its_own_name(content, name, fact):
    with pytest.raises(UnreadableDocument) as refusal:
        extract(content, name)
    assert type(refusal.value) is fact
    assert refusal.value.message.strip()
    assert refusal.value.status == 422


def test_a_text_of_a_hundred_thousand_characters_is_read():
    assert extract(documents.word(("氟化工" * 500 + "\n") * 70), "a.docx").text.count("氟化工") == 35_000


@pytest.mark.fonts
def test_a_scan_needs_ocr_even_with_a_stamp_on_it():
    for scan in (documents.picture(), documents.picture(stamp="由扫描软件创建 第1页")):
        with pytest.raises(NeedsOcr, match="OCR"):
            extract(scan, "扫描.pdf")


def test_with_the_extra_a_scan_is_recognized_and_marked_as_such(monkeypatch, tmp_path):
    program = tmp_path / "child.py"
    program.write_text(
        "import json, sys; is_ocr = sys.argv[4:] == ['ocr']\n"
        "print(json.dumps({'text': '林小溪', 'pages': 1} if is_ocr else {'problem': 'ocr'}))"
    )
    monkeypatch.setattr(documents_in, "_PROGRAM", program)
    monkeypatch.setattr(documents_in, "is_ocr_installed", lambda: True)
    assert extract(documents.picture(), "扫描.pdf") == documents_in.Extracted(
        "林小溪", 1, "pdf", is_recognized=True
    )


def test_paragraphs_broken_by_the_margin_are_whole_again_and_page_numbers_go():
    text = documents_in.unwrapped(
        "负责两条无水氟化氢线的中控操作，控制回转炉的炉温、转速和酸粉配\n比；\n一、教育经历\n第 1 页，共 2 页\n2019.07 化纤厂"
    )
    assert text.split("\n") == [
        "负责两条无水氟化氢线的中控操作，控制回转炉的炉温、转速和酸粉配比；",
        "一、教育经历",
        "2019.07 化纤厂",
    ]


@pytest.mark.fonts
def test_a_page_with_a_picture_and_enough_text_is_read():
    text = "负责无水氟化氢精制系统的中控操作，开停车按票执行。" * 4
    assert "开停车" in extract(documents.picture(stamp=text), "有照片.pdf").text


def test_a_word_file_with_only_a_picture_needs_ocr():
    document = docx.Document()
    document.add_paragraph().add_run()._r.append(OxmlElement("w:pict"))
    with pytest.raises(NeedsOcr):
        extract(documents.saved(document), "a.docx")


def test_zip_bombs_are_refused_before_they_unpack():
    dense = documents.repacked(documents.word(), {documents.WORD: b"<w:document>" + b" " * 20_000_000})
    many = documents.repacked(documents.word(), {f"word/{number}.bin": b"" for number in range(2001)})
    broad = {f"word/media/{number}.bin": zlib.compress(bytes(1)) * 500_000 for number in range(16)}
    large = documents.repacked(documents.word(), broad)
    for bomb in (dense, many, large):
        assert len(bomb) < documents_in.LARGEST
        with pytest.raises(TooMuchInside):
            extract(bomb, "a.docx")


DOCTYPE = b'<!DOCTYPE x [<!ENTITY file SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("name", [documents.WORD, "word/styles.xml", "word/_rels/document.xml.rels"])
def test_document_type_declarations_are_refused_in_every_part(name, encoding):
    plain = documents.word()
    _, _, body = documents.part_of(plain, name).partition(b"?>")
    part = (
        (f'<?xml version="1.0" encoding="{encoding}"?>'.encode() + DOCTYPE + body).decode().encode(encoding)
    )
    with pytest.raises(UnsafeInside):
        extract(documents.repacked(plain, {name: part}), "a.docx")


def test_an_encoding_that_could_hide_a_declaration_is_refused():
    part = b'<?xml version="1.0" encoding="utf-7"?>' + documents.part_of(documents.word())
    with pytest.raises(UnsafeInside):
        extract(documents.repacked(documents.word(), {documents.WORD: part}), "a.docx")


def test_an_encrypted_zip_and_a_workbook_renamed_are_named():
    content = bytearray(documents.word())
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(signature) + offset] |= 1
    with pytest.raises(Encrypted):
        extract(bytes(content), "a.docx")
    book = documents.repacked(documents.word(), {documents.WORD: None, "xl/workbook.xml": b"<workbook/>"})
    with pytest.raises(WrongKind):
        extract(book, "a.docx")


@pytest.mark.slow
def test_a_pdf_that_unpacks_to_gigabytes_ends_at_the_limit_of_the_child():
    packer = zlib.compressobj(9)
    stream = b"".join(packer.compress(b" " * 10_000_000) for _ in range(60)) + packer.flush()
    twice = zlib.compress(stream, 9)
    head = b"<< /Length %d /Filter [/FlateDecode /FlateDecode] >>" % len(twice)
    bomb = documents.assembled(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 100 100] /Contents 4 0 R >>",
            head + b"\nstream\n" + twice + b"\nendstream",
        ]
    )
    assert len(bomb) < 100_000
    with pytest.raises((TooDifficult, NoText)):
        extract(bomb, "a.pdf")


def test_a_child_that_hangs_or_dies_is_a_file_too_difficult(monkeypatch, tmp_path):
    program = tmp_path / "child.py"
    monkeypatch.setattr(documents_in, "_PROGRAM", program)
    monkeypatch.setattr(documents_in, "SECONDS", 1)
    for body in ("import time; time.sleep(60)", "import os; os.kill(os.getpid(), 11)"):
        program.write_text(body)
        with pytest.raises(TooDifficult):
            extract(documents.pdf(), "a.pdf")


def test_the_child_can_open_no_file_and_no_socket_and_eats_no_more_memory_than_allowed():
    tries = f"""
import json, runpy, socket, sys
program = runpy.run_path({str(documents_in._PROGRAM)!r})
program["give_up_rights"](program["MEMORY"], program["SECONDS"])
program["open_nothing_more"]()
refused = []
for attempt in (lambda: open("/etc/passwd"), socket.socket, lambda: bytearray(2 * program["MEMORY"])):
    try:
        attempt()
    except (OSError, MemoryError) as error:
        refused.append(type(error).__name__)
print(json.dumps(refused))
"""
    done = subprocess.run([sys.executable, "-I", "-c", tries], capture_output=True, check=True, text=True)
    assert done.stdout.strip() == '["OSError", "OSError", "MemoryError"]'


def test_a_fine_word_file_stays_fine_when_repacked():
    content = documents.repacked(documents.word(), {}, zipfile.ZIP_STORED)
    assert zipfile.is_zipfile(io.BytesIO(content))
    assert extract(content, "a.docx").text == documents.RESUME
