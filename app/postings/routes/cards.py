"""What lists show of companies: plain values for the card macro."""

from typing import Any

from flask import url_for

from app.core import places
from app.core.trades import COMPANY_SIZES, LINKS
from app.organizations.models import Organization


def company_card(company: Organization, openings: int) -> dict[str, Any]:
    return {
        "name": company.name,
        "url": url_for("postings.company", organization_id=company.id),
        "facts": [places.label(company.place), COMPANY_SIZES.label(company.size)],
        "intro": company.introduction,
        "tags": [LINKS.label(link) for link in company.chain_links[:3]],
        "openings": openings,
        "is_verified": True,
    }
