"""A ticket as a picture that says what it is for: it is kept among a hundred others in a phone."""

import io
from pathlib import Path

import segno

from app.core.presentation import clock, day
from app.core.typesetting import typeset
from app.events.models import Registration

_LAYOUT = Path(__file__).with_name("layout") / "ticket.typ"


def picture_of(registration: Registration, qr: segno.QRCode) -> bytes:
    """PNG: gathering, day, place, code, short code and name."""
    event, file = registration.event, io.BytesIO()
    qr.save(file, kind="svg", border=2)
    said = {
        "title": event.title,
        "when": f"{day(event.starts_at)} {clock(event.starts_at)}–{clock(event.ends_at)}",
        "where": "线上" if event.is_online else f"{event.place} {event.address}".strip(),
        "qr": file.getvalue().decode(),
        "code": f"{registration.code[:3]} {registration.code[3:]}",
        "name": registration.name,
        "note": "凭二维码或号码进场" if not event.is_online else "",
    }
    return typeset(_LAYOUT, {"ticket": said}, kind="png", ppi=216)
