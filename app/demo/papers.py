"""Sample papers: an organization's licence (a picture) and letter of authority, a fair's two plans (PDF)."""

from pathlib import Path
from typing import Literal

from app.core import places, storage
from app.core.typesetting import NoChineseFont, typeset
from app.events.models import Event
from app.organizations.models import Organization

_LAYOUT = Path(__file__).with_name("layout") / "paper.typ"
_LATIN = ("Libertinus Serif",)  # comes with typst
MARK = "演示样张，不是真的证照"
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


def give_plans(event: Event) -> None:
    """Add the plans that the law asks for to *event*, in the open transaction."""
    rows = [("活动", event.title), ("场地", event.place), ("主办", "清流县委人才办")]
    duties = {
        "安全工作方案": [
            ("人数", f"最多{event.capacity}人，满员停止入场"),
            ("安保", "两个门各两人，巡查两人"),
        ],
        "应急预案": [("疏散", "东门、西门，通道不放东西"), ("急救", "服务台备药箱，县医院十分钟内到")],
    }
    try:
        files = [_paper(title, MARK, rows + more, "pdf") for title, more in duties.items()]
    except NoChineseFont:
        english = [("Sample", "for demonstration")]
        files = [
            _paper(title, "Sample", english, "pdf", fonts=_LATIN)
            for title in ("Safety plan", "Emergency plan")
        ]
    event.safety_plan, event.emergency_plan = (
        storage.keep(file, f"{title}.pdf") for file, title in zip(files, duties, strict=True)
    )


def _paper(title: str, mark: str, rows: Rows, kind: Literal["pdf", "png"], **more: tuple[str, ...]) -> bytes:
    given = {"title": title, "mark": mark, "rows": rows}
    return typeset(_LAYOUT, {"given": given}, kind=kind, ppi=110.0, **more)


def _chinese(organization: Organization) -> tuple[bytes, bytes]:
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
    return _paper("营业执照", MARK, licence, "png"), _paper("授权书", MARK, letter, "pdf")


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
