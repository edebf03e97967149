"""A résumé as a PDF (typst) or Word file, A4, with the contact data that its reader may see and no other."""

import io
import re
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import docx
from docx.document import Document
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from app.core.passes import Pass
from app.core.typesetting import typeset
from app.people.contact import Contact
from app.people.content import Content
from app.people.sheet import Row, Sheet, sheet_of

_WORD_FONT = "Microsoft YaHei"  # where the reader has none, Word takes its own Chinese font

_LAYOUT = Path(__file__).with_name("layout") / "resume.typ"
_GREEN = RGBColor(0x0B, 0x6E, 0x5F)
_SOFT = RGBColor(0x5C, 0x6A, 0x66)
_UNSAFE_IN_NAMES = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]+')


def file_name(contact: Contact, extension: str) -> str:
    """张三-简历.pdf, or 简历.pdf when the name may not be shown."""
    name = _UNSAFE_IN_NAMES.sub("", contact.name).strip(". ")[:40]
    return f"{name}-简历.{extension}" if name else f"简历.{extension}"


def to_pdf(content: Content, contact: Contact, made_on: date, ticket: Pass | None = None) -> bytes:
    """With the ticket of the next fair in the corner, for those who carry the sheet to its booths."""
    inputs = {
        "sheet": asdict(sheet_of(content, contact, made_on)),
        "ticket": asdict(ticket) if ticket else None,
    }
    return typeset(_LAYOUT, inputs, made_on=made_on)


def to_docx(content: Content, contact: Contact, made_on: date) -> bytes:
    sheet = sheet_of(content, contact, made_on)
    document = docx.Document()
    _set_page(document, sheet)
    if sheet.name:
        _styled(document.add_paragraph(), sheet.name, Pt(22), is_bold=True)
    if sheet.headline:
        _styled(document.add_paragraph(), sheet.headline, Pt(11), _GREEN)
    if sheet.contact:
        _styled(document.add_paragraph(), "　".join(sheet.contact), Pt(9.5), _SOFT)
    for section in sheet.sections:
        document.add_heading(section.title, 1)
        for row in section.rows:
            _add_row(document, row)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _set_page(document: Document, sheet: Sheet) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(20)
    section.top_margin = section.bottom_margin = Mm(18)
    _styled(section.footer.paragraphs[0], sheet.foot, Pt(8), _SOFT)
    core = document.core_properties
    core.title = f"{sheet.name}的简历" if sheet.name else "简历"
    core.author, core.last_modified_by, core.comments = sheet.name, "", ""
    for name in ("Normal", "Heading 1"):
        style = document.styles[name]
        style.font.name = _WORD_FONT
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            fonts.attrib.pop(qn(theme), None)
        fonts.set(qn("w:eastAsia"), _WORD_FONT)
    normal, heading = document.styles["Normal"], document.styles["Heading 1"]
    normal.font.size = Pt(10)
    normal.paragraph_format.space_after, normal.paragraph_format.line_spacing = Pt(3), 1.25
    heading.font.size, heading.font.bold, heading.font.color.rgb = Pt(11.5), True, _GREEN
    heading.paragraph_format.space_before, heading.paragraph_format.space_after = Pt(12), Pt(4)
    _underline(heading.element.get_or_add_pPr())


def _underline(properties: Any) -> None:
    """A thin rule under each heading; python-docx has no call for paragraph borders."""
    borders, bottom = OxmlElement("w:pBdr"), OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "4"), ("space", "3"), ("color", "9CC5BD")):
        bottom.set(qn(f"w:{name}"), value)
    borders.append(bottom)
    properties.insert_element_before(
        borders, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:outlineLvl"
    )


def _add_row(document: Document, row: Row) -> None:
    """When and what on one line with a tab between; the text below stands in line with the what."""
    indent = Mm(39) if row.when else Mm(0)
    text = row.text
    first = document.add_paragraph()
    first.paragraph_format.left_indent, first.paragraph_format.first_line_indent = indent, -indent
    if row.when:
        first.paragraph_format.tab_stops.add_tab_stop(indent, WD_TAB_ALIGNMENT.LEFT)
        _styled(first, row.when + "\t", Pt(9.5), _SOFT)
    if row.head or row.side:
        first.paragraph_format.keep_with_next = bool(row.text)
        _styled(first, row.head, is_bold=True)
        _styled(first, f"　{row.side}" if row.head and row.side else row.side)
    elif row.text:
        _styled(first, row.text[0])
        text = row.text[1:]
    if text:
        more = document.add_paragraph(
            "\n".join(text)
        )  # one paragraph: python-docx is slow in adding thousands
        more.paragraph_format.left_indent = indent


def _styled(
    paragraph: Paragraph,
    text: str,
    size: Pt | None = None,
    color: RGBColor | None = None,
    *,
    is_bold: bool = False,
) -> Run:
    run = paragraph.add_run(text)
    run.font.size, run.bold = size, is_bold or None
    if color is not None:
        run.font.color.rgb = color
    return run
