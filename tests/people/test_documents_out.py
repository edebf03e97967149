import io
import zipfile
from datetime import date
from pathlib import Path

import docx
import pypdfium2
import pytest

from app.core.typesetting import NoChineseFont, NotSet, typeset
from app.people import documents_out
from app.people.contact import Contact
from app.people.content import Certificate, Content, Education, Intention, Language, Project, Work
from app.people.documents_in import extract
from app.people.documents_out import file_name, to_docx, to_pdf
from app.people.sheet import span
from tests.people.documents import FONT

DAY = date(2026, 11, 24)
LAYOUT = Path(documents_out.__file__).with_name("layout") / "resume.typ"
LIN = Contact("林小溪", "13800138000", "lin@example.com")
CONTENT = Content(
    headline="氟化工内操",
    summary="做事稳。\n愿意倒班。",
    education=(Education("三明一所职院", 3, "应用化工技术", "2016-09", "2019-06"),),
    work=(
        Work(
            "一家氟化工厂", "DCS内操", "2019-07", None, is_current=True, text="盯两条无水氟化氢线\n带两名副操"
        ),
    ),
    projects=(Project("尾气改造", "组员", "2022-03", "2022-09", "碱耗下降"),),
    skills=("开停车", "𠮷祥巡检"),
    certificates=(Certificate("氟化工艺作业", "", "2023-05", "2029-05"),),
    languages=(Language("英语", "四级"),),
    intention=Intention(("内操",), ("350423-08",), 6000, 8000, "一个月内", ("四班两倒",)),
)
WRITERS = [
    pytest.param(to_pdf, "a.pdf", id="pdf", marks=pytest.mark.fonts),
    pytest.param(to_docx, "a.docx", id="docx"),
]


def text_of(file, name):
    """Spaces between Chinese and Latin letters are the layout's, so they do not count."""
    return "".join(extract(file, name).text.split())


@pytest.mark.parametrize(("write", "name"), WRITERS)
def test_everything_a_person_wrote_stands_in_the_file_once(write, name):
    text = text_of(write(CONTENT, LIN, DAY), name)
    for words in (
        "林小溪",
        "13800138000",
        "lin@example.com",
        "氟化工内操",
        "三明一所职院",
        "大专·应用化工技术",
        "2016.09–2019.06",
        "一家氟化工厂",
        "DCS内操",
        "2019.07–至今",
        "盯两条无水氟化氢线",
        "尾气改造",
        "开停车、𠮷祥巡检",
        "氟化工艺作业",
        "有效期至2029.05",
        "英语",
        "清流县温郊乡",
        "每月6,000–8,000元",
        "一个月内",
        "四班两倒",
        "愿意倒班。",
    ):
        assert text.count(words) == 1, words


@pytest.mark.parametrize(("write", "name"), WRITERS)
def test_contact_that_is_not_given_is_nowhere_in_the_file(write, name):
    file = write(CONTENT, Contact(phone="138****8000"), DAY)
    text = text_of(file, name)
    assert "138****8000" in text
    assert "林小溪" not in text
    assert "林小溪".encode() not in file
    if name == "a.docx":
        with zipfile.ZipFile(io.BytesIO(file)) as parts:
            assert not any("林小溪".encode() in parts.read(part) for part in parts.namelist())


@pytest.mark.parametrize(("write", "name"), WRITERS)
def test_markup_and_code_in_the_words_stay_words(write, name):
    attack = '#read("/etc/passwd") $x$ *b* @a <b> \\ `c` ]#{ ${7*7} {{7*7}} </w:t> "\' // &amp; =1+1'
    content = Content(
        headline=attack, summary=attack, work=(Work(attack, attack, text=attack),), skills=(attack,)
    )
    text = text_of(write(content, Contact(attack), DAY), name)
    wanted = "".join(attack.split())
    assert text.count(wanted) == 7
    assert "root:" not in text


@pytest.mark.parametrize(("write", "name"), WRITERS)
def test_an_empty_resume_and_the_longest_one_are_written(write, name):
    assert write(Content(), Contact(), DAY)
    long = Content(work=tuple(Work("厂", "工", text="氟化工操作\n" * 800) for _ in range(30)))
    file = write(long, Contact(), DAY)
    if name == "a.pdf":
        with pypdfium2.PdfDocument(file) as document:
            text = "".join(page.get_textpage().get_text_range() for page in document)
    else:
        text = "".join(paragraph.text for paragraph in docx.Document(io.BytesIO(file)).paragraphs)
    assert text.count("氟化工操作") == 24_000


@pytest.mark.fonts
def test_emoji_survive_word_and_never_break_pdf():
    content = Content(headline="安全员👷‍♀️")
    assert "👷‍♀️" in text_of(to_docx(content, LIN, DAY), "a.docx")
    assert "安全员" in text_of(to_pdf(content, LIN, DAY), "a.pdf")


@pytest.mark.fonts
def test_both_files_are_a4_and_titled():
    with pypdfium2.PdfDocument(to_pdf(CONTENT, LIN, DAY)) as document:
        assert len(document) == 1
        assert [round(side) for side in document[0].get_size()] == [595, 842]
        assert document.get_metadata_value("Title") == "林小溪的简历"
    word = docx.Document(io.BytesIO(to_docx(CONTENT, LIN, DAY)))
    assert (round(word.sections[0].page_width.mm), round(word.sections[0].page_height.mm)) == (210, 297)
    assert word.core_properties.title == "林小溪的简历"
    assert [each.text for each in word.paragraphs if each.style.name == "Heading 1"][:2] == [
        "求职意向",
        "工作经历",
    ]


@pytest.mark.fonts
def test_the_same_resume_on_the_same_day_is_the_same_pdf():
    assert to_pdf(CONTENT, LIN, DAY) == to_pdf(CONTENT, LIN, DAY)


def test_a_server_without_chinese_fonts_says_so():
    with pytest.raises(NoChineseFont, match="中文字体"):
        typeset(LAYOUT, {"sheet": {}}, fonts=("No Such Font",))


def test_a_layout_that_fails_is_our_error_and_is_logged(caplog):
    with pytest.raises(NotSet):
        typeset(LAYOUT, {"sheet": {}}, fonts=(FONT or "Libertinus Serif",))
    assert "resume.typ" in caplog.text


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("林小溪", "林小溪-简历.pdf"),
        ("", "简历.pdf"),
        ("../../etc/pass\x00wd", "etcpasswd-简历.pdf"),
        ('a"b:c\\d\r\n', "abcd-简历.pdf"),
        ("长" * 300, "长" * 40 + "-简历.pdf"),
    ],
)
def test_file_names_are_safe(name, expected):
    assert file_name(Contact(name), "pdf") == expected


def test_spans_say_what_is_known():
    assert span("2019-09", "2023-06") == "2019.09–2023.06"
    assert span("2019-09", None, is_current=True) == "2019.09–至今"
    assert span("2024-09", "2027-06", is_current=True, current="在读") == "2024.09–2027.06 在读"
    assert span(None, None) == ""
    assert span(None, "2023-06") == "2023.06"
