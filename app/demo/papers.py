"""Sample papers of invented organizations: a licence as a picture, a letter of authority as a PDF."""

import json
from functools import cache

import typst

from app.core import places, storage
from app.organizations.models import Organization
from app.people.documents_out import NoChineseFont, chinese_font, installed_fonts

_PAGE = b"""
#let given = json(bytes(sys.inputs.given))
#set page(width: 210mm, height: auto, margin: 18mm, fill: rgb("#fbfaf6"))
#set text(font: given.fonts, size: 12pt)
#rect(width: 100%, inset: 14mm, stroke: 1.5pt + rgb("#8a6d3b"))[
  #align(center)[#text(size: 24pt, weight: "bold")[#given.title] \\ #v(2mm) #text(fill: rgb("#b3402e"))[#given.mark]]
  #v(6mm)
  #for row in given.rows [#text(fill: rgb("#6b6b6b"))[#row.at(0)] #h(4mm) #row.at(1) \\ #v(2mm)]
]
"""
Rows = list[tuple[str, str]]


@cache
def _fonts() -> list[str]:
    """Empty where no Chinese font is installed: the sample then speaks English."""
    try:
        return [chinese_font()]
    except NoChineseFont:
        return []


def _made(title: str, rows: Rows, kind: str) -> bytes:
    has_chinese = bool(_fonts())
    given = {
        "fonts": _fonts() or ["Libertinus Serif"],
        "title": title,
        "mark": "演示样张，不是真的证照" if has_chinese else "Sample for demonstration, not a real paper",
        "rows": rows,
    }
    inputs = {"given": json.dumps(given, ensure_ascii=not has_chinese)}
    compiler = typst.Compiler(input=_PAGE, font_paths=installed_fonts(), sys_inputs=inputs)
    made = compiler.compile(format=kind, ppi=110.0) if kind == "png" else compiler.compile(format=kind)
    assert isinstance(made, bytes)  # noqa: S101 - one page, no output path: the library returns bytes
    return made


def give(organization: Organization) -> None:
    """Add both papers to *organization*, in the open transaction."""
    if _fonts():
        place = places.label(organization.place, full=True)
        licence: Rows = [
            ("名称", organization.name),
            ("统一社会信用代码", organization.credit_code),
            ("住所", f"{place}{organization.address}"),
            ("经营范围", "、".join(organization.chain_links) or "服务业"),
        ]
        letter: Rows = [
            ("兹授权", organization.handler_name),
            ("电话", organization.handler_phone),
            ("办理", "在清才荟萃登记单位、发布职位、处理投递"),
            ("授权单位", f"{organization.name}（章）"),
        ]
        titles = ("营业执照", "授权书")
    else:
        licence = [("Code", organization.credit_code)]
        letter = [("Code", organization.credit_code), ("Phone", organization.handler_phone)]
        titles = ("Business licence", "Letter of authority")
    organization.licence_file = storage.keep(_made(titles[0], licence, "png"), "营业执照.png")
    organization.authority_file = storage.keep(_made(titles[1], letter, "pdf"), "授权书.pdf")
