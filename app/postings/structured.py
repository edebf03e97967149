"""A posting as schema.org JobPosting, for search engines. Pure: no request, no database."""

import json
from datetime import datetime, time
from typing import Any

from markupsafe import Markup, escape

from app.core import places
from app.core.county_time import COUNTY_TIME
from app.core.degrees import Degree
from app.core.presentation import iso
from app.postings.kinds import kind_of
from app.postings.models import Posting

EMPLOYMENT_TYPES = {"兼职": "PART_TIME", "临时用工": "TEMPORARY", "劳务派遣": "CONTRACTOR", "实习": "INTERN"}
CREDENTIALS = {
    Degree.SECONDARY: "high school",
    Degree.COLLEGE: "associate degree",
    Degree.BACHELOR: "bachelor degree",
    Degree.MASTER: "postgraduate degree",
    Degree.DOCTOR: "postgraduate degree",
}


def _html(posting: Posting) -> str:
    """The description is HTML by the standard, so what people typed is escaped into it."""
    parts = []
    for title, text in (("工作内容", posting.duties), ("任职要求", posting.requirements)):
        lines = "".join(f"<p>{escape(line)}</p>" for line in text.splitlines() if line.strip())
        parts.append(f"<p><strong>{title}</strong></p>{lines}")
    return "".join(parts)


def _place(posting: Posting) -> dict[str, Any]:
    above = places.parents(posting.place)
    region = next((places.name(code) for code in above if code.endswith("0000")), places.name(posting.place))
    locality = next(
        (places.name(code) for code in (posting.place[:6], posting.place) if places.name(code)), ""
    )
    town = places.name(posting.place) if "-" in posting.place else ""
    return {
        "@type": "Place",
        "address": {
            "@type": "PostalAddress",
            "streetAddress": f"{town}{posting.address}",
            "addressLocality": locality,
            "addressRegion": region,
            "addressCountry": "CN",
        },
    }


def _pay(posting: Posting) -> dict[str, Any]:
    return {
        "@type": "MonetaryAmount",
        "currency": "CNY",
        "value": {
            "@type": "QuantitativeValue",
            "minValue": posting.salary_min,
            "maxValue": posting.salary_max,
            "unitText": "MONTH",
        },
    }


def job_posting(posting: Posting, url: str, company_url: str) -> dict[str, Any]:
    last_moment = datetime.combine(posting.valid_until, time(23, 59, 59), COUNTY_TIME)
    told: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "JobPosting",
        "title": posting.title,
        "description": _html(posting),
        "identifier": {"@type": "PropertyValue", "name": posting.organization.name, "value": str(posting.id)},
        "url": url,
        "datePosted": iso(posting.published_at),
        "validThrough": last_moment.isoformat(),
        "employmentType": EMPLOYMENT_TYPES.get(posting.employment, kind_of(posting.kind).schema_type),
        "hiringOrganization": {
            "@type": "Organization",
            "name": posting.organization.name,
            "sameAs": posting.organization.website or company_url,
        },
        "jobLocation": _place(posting),
        "baseSalary": _pay(posting),
        "totalJobOpenings": posting.headcount,
        "directApply": True,
        "industry": posting.chain_link,
        "occupationalCategory": posting.family,
        "jobBenefits": "、".join(posting.benefits),
        "workHours": posting.shift,
        "skills": "、".join([*posting.skills, *posting.required_certificates]),
    }
    if (credential := CREDENTIALS.get(Degree(posting.degree))) is not None:
        told["educationRequirements"] = {
            "@type": "EducationalOccupationalCredential",
            "credentialCategory": credential,
        }
    if posting.years:
        told["experienceRequirements"] = {
            "@type": "OccupationalExperienceRequirements",
            "monthsOfExperience": 12 * posting.years,
        }
    return {name: value for name, value in told.items() if value not in ("", None)}


def as_script(data: dict[str, Any]) -> Markup:
    """JSON for a data block in a page: nothing in it can end the element or begin another."""
    text = json.dumps(data, ensure_ascii=False)
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return Markup(text)  # noqa: S704 - every sign that HTML reads is escaped above
