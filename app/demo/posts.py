"""The demonstration's posts: the written ones first, then variations of them."""

import json
import random
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from app.core import trades
from app.core.degrees import Degree
from app.core.degrees import read as read_degree
from app.demo.organizations import place_code
from app.postings.models import PostingState
from app.postings.wording import Finding, Severity, check

DATA = Path(__file__).with_name("data")
HOME_ZONE = ZoneInfo("Asia/Shanghai")
LAST_WRITTEN = date(2026, 11, 22)  # the youngest date in posts.jsonl: dates are moved so that it is yesterday


@cache
def written() -> list[dict[str, Any]]:
    with (DATA / "posts.jsonl").open(encoding="utf-8") as file:
        posts = [json.loads(line) for line in file]
    return [post for post in posts if not refusals(post)]


def refusals(post: dict[str, Any]) -> list[Finding]:
    """Wording that the site would refuse: such posts are not shown as if they had passed a review."""
    texts = {"title": post["title"], "duties": post["description"], "requirements": post["requirements"]}
    return [found for found in check(texts) if found.severity is Severity.REFUSE]


def endless(rng: random.Random) -> Iterator[dict[str, Any]]:
    """Written posts, then variations with other pay, head counts, shifts, benefits and dates, without end."""
    base = written()
    yield from base
    while True:
        post = dict(rng.choice(base))
        factor = rng.uniform(0.88, 1.15)
        post["salary_min"] = round(post["salary_min"] * factor, -2)
        post["salary_max"] = max(post["salary_min"] + 500, round(post["salary_max"] * factor, -2))
        post["headcount"] = rng.randint(1, 8)
        post["years_min"] = max(0, post["years_min"] + rng.choice((-1, 0, 0, 1)))
        post["benefits"] = (
            rng.sample(post["benefits"], k=max(1, len(post["benefits"]) - rng.randint(0, 1)))
            if post["benefits"]
            else []
        )
        post["posted_on"] = (LAST_WRITTEN - timedelta(days=rng.randint(0, 90))).isoformat()
        post["title"] = rng.choice(("{}", "{}", "{}（急招）", "{}（可带薪学）", "{} 储备")).format(
            post["title"]
        )
        yield post


def columns(
    post: dict[str, Any], organization_id: int, author_id: int, today: date, rng: random.Random
) -> dict[str, Any]:
    """A published posting's columns from one line of the data."""
    posted_on = date.fromisoformat(post["posted_on"]) + (today - timedelta(days=1) - LAST_WRITTEN)
    published_at = datetime.combine(posted_on, time(rng.randint(8, 17), rng.randint(0, 59)), tzinfo=HOME_ZONE)
    benefits = [name for benefit in post["benefits"] if (name := trades.BENEFITS.read(benefit))]
    shift = next((name for name, _, _ in trades.SHIFTS.find_all(post["shift"])), "")
    low, high = int(post["salary_min"]), int(post["salary_max"])
    return {
        "kind": "internship" if "实习" in post["title"] else "job",
        "organization_id": organization_id,
        "created_by_id": author_id,
        "title": post["title"],
        "family": trades.FAMILIES.read(post["job_family"]) or trades.OTHER_FAMILY,
        "chain_link": trades.LINKS.read(post["chain_link"]) or trades.OUTSIDE_CHAIN,
        "employment": "实习" if "实习" in post["title"] else "全职",
        "headcount": post["headcount"],
        "place": place_code(post["city"], post["town"]),
        "address": f"{rng.choice(('工业集中区', '园区大道', '创业路'))}{rng.randint(1, 99)}号",
        "duties": post["description"],
        "requirements": post["requirements"],
        "degree": int(read_degree(post["degree_min"]) or Degree.ANY),
        "majors": [],
        "years": post["years_min"],
        "required_certificates": list(post["certificates"]),
        "preferred_certificates": [],
        "skills": [],
        "salary_min": low,
        "salary_max": high,
        "salary_months": 12,
        "salary_words": f"{low / 1000:g}-{high / 1000:g}K",
        "benefits": list(dict.fromkeys(benefits)),
        "shift": shift,
        "contact_name": "人事部",
        "contact_phone": f"1700100{organization_id:04d}"[:11],
        "valid_until": max(today + timedelta(days=rng.randint(4, 80)), posted_on + timedelta(days=60)),
        "is_urgent": "急招" in post["title"],
        "questions": [],
        "warnings": [],
        "state": PostingState.PUBLISHED,
        "submitted_at": published_at - timedelta(hours=5),
        "published_at": published_at,
        "created_at": published_at - timedelta(hours=6),
        "updated_at": published_at,
        "is_demo": True,
    }
