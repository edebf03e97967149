"""Sample papers of invented organizations: a licence as a picture, a letter of authority as a PDF."""

from pathlib import Path
from typing import Literal

from app.core import places, storage
from app.core.typesetting import NoChineseFont, typeset
from app.organizations.models import Organization

_LAYOUT = Path(__file__).with_name("layout") / "paper.typ"
_LATIN = ("Libertinus Serif",)  # comes with typst
Rows = list[tuple[str, str]]


def give(organization: Organization) -> None:
    """Add both papers to *organization*, in the open transaction; in English where no Chinese font is installed."""
    try:
        files = _chinese(organization)
    except NoChineseFont:
        files = _english(organization)
    licence, letter = files
    organization.licence_file = storage.keep(licence, "营业执照.png")
    organization.authority_file = storage.keep(letter, "授权书.pdf")


def _paper(title: str, mark: str, rows: Rows, kind: Literal["pdf", "png"], **more: tuple[str, ...]) -> bytes:
    given = {"title": title, "mark": mark, "rows": rows}
    return typeset(_LAYOUT, {"given": given}, kind=kind, ppi=110.0, **more)


def _chinese(organization: Organization) -> tuple[bytes, bytes]:
    mark = "演示样张，不是真的证照"
    place = places.label(organization.place, full=True)
    licence: Rows = [
        ("名称", organization.name),
        ("统一社会信用代码", organization.credit_code),
        ("住所", joined(place, organization.address)),
        ("经营范围", "、".join(organization.chain_links) or "服务业"),
    ]
    letter: Rows = [
        ("兹授权", organization.handler_name),
        ("电话", organization.handler_phone),
        ("办理", "在清才荟萃登记单位、发布职位、处理投递"),
        ("授权单位", f"{organization.name}（章）"),
    ]
    return _paper("营业执照", mark, licence, "png"), _paper("授权书", mark, letter, "pdf")


def joined(place: str, address: str) -> str:
    """The place and the address behind it; an address may begin with the place's last part."""
    shared = next((n for n in range(len(address), 0, -1) if place.endswith(address[:n])), 0)
    return place + address[shared:]


def _english(organization: Organization) -> tuple[bytes, bytes]:
    mark = "Sample for demonstration, not a real paper"
    code = ("Code", organization.credit_code)
    letter = [code, ("Phone", organization.handler_phone)]
    return (
        _paper("Business licence", mark, [code], "png", fonts=_LATIN),
        _paper("Letter of authority", mark, letter, "pdf", fonts=_LATIN),
    )
