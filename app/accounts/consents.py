"""The texts a person agrees to (用户协议, 隐私政策), by version. A new version asks everybody again."""

from dataclasses import dataclass
from datetime import date

from app.accounts.models import ConsentDocument


@dataclass(frozen=True)
class Text:
    """One version of one document; its words are the template `accounts/texts/<document>.html`."""

    document: ConsentDocument
    title: str
    version: str
    dated: date


CURRENT = {
    text.document: text
    for text in (
        Text(ConsentDocument.TERMS, "用户协议", "1.0", date(2026, 11, 1)),
        Text(ConsentDocument.PRIVACY, "隐私政策", "1.0", date(2026, 11, 1)),
    )
}


def current_versions() -> str:
    """What a session that agreed to everything carries: `terms 1.0, privacy 1.0`."""
    return ", ".join(f"{text.document} {text.version}" for text in CURRENT.values())
