"""The demonstration's posts: the written ones first, then variations of them."""

import json
import random
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import cache
from itertools import zip_longest
from pathlib import Path
from typing import Any

from app.core import places, trades
from app.core.county_time import COUNTY_TIME
from app.core.degrees import Degree
from app.core.degrees import read as read_degree
from app.core.vocabulary import fold
from app.demo.hours import by_day
from app.demo.organizations import place_code
from app.postings.models import PostingState
from app.postings.wording import Finding, Severity, check

DATA = Path(__file__).with_name("data")
GENERAL = frozenset({"行政财务", "仓储物流", "电气", "设备", "安全环保", "仪表自动化", "采购销售"})
MANY = 8  # written posts of an employer that is large enough to seek others
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


@cache
def _homes() -> dict[str, tuple[str, str, str]]:
    """Employer → (city, town, chain link) that most of its posts show."""
    by_name: dict[str, list[tuple[str, str, str]]] = {}
    for post in written():
        by_name.setdefault(post["enterprise"], []).append((post["city"], post["town"], post["chain_link"]))
    return {name: Counter(shown).most_common(1)[0][0] for name, shown in by_name.items()}


@cache
def _elsewhere() -> list[tuple[dict[str, Any], str]]:
    """(post, another employer that could have written it): of its own link, or trades that each plant needs."""
    posts_of = Counter(post["enterprise"] for post in written())
    plants = {
        name: link
        for name, (_, _, shown) in _homes().items()
        if posts_of[name] >= MANY and (link := _link_of(shown))
    }
    found = []
    for post in written():
        own = _link_of(post["chain_link"])
        is_general = post["job_family"] in GENERAL and not _names_a_link(post)
        found += [
            (post, name)
            for name, link in plants.items()
            if own and name != post["enterprise"] and (link == own or is_general)
        ]
    return found


def _names_a_link(post: dict[str, Any]) -> bool:
    text = fold(post["title"] + post["description"])
    return any(word in text for word in trades.chain_words())


def _link_of(words: str) -> str | None:
    """The link of the chain that makes something; None for services and what is outside."""
    link = trades.LINKS.read(words)
    return None if link in {trades.OUTSIDE_CHAIN, "配套服务"} else link


def _without_places(text: str) -> str:
    """The text without its clauses about where the factory is: another employer is elsewhere."""
    clauses = re.findall(r"[^，。；]+[，。；]?", text)
    kept = "".join(each for each in clauses if not places.find_all(each) and "厂区" not in each)
    return kept.rstrip("，；") + ("" if kept.endswith("。") else "。")


def _in_turn() -> Iterator[dict[str, Any]]:
    """One post of each employer, then the next of each: the first sixty already show the whole chain."""
    by_name: dict[str, list[dict[str, Any]]] = {}
    for post in written():
        by_name.setdefault(post["enterprise"], []).append(post)
    for row in zip_longest(*by_name.values()):
        yield from (post for post in row if post)


def endless(rng: random.Random) -> Iterator[dict[str, Any]]:
    """Written posts, then the like of them at other employers, with other pay, dates and benefits, without end."""
    for n, post in enumerate(_in_turn()):
        yield {**post, "is_urgent": n % 15 == 0}
    while True:
        for base, employer in rng.sample(_elsewhere(), k=len(_elsewhere())):
            yield _varied(base, employer, rng)


def _varied(base: dict[str, Any], employer: str, rng: random.Random) -> dict[str, Any]:
    city, town, link = _homes()[employer]
    factor = rng.uniform(0.88, 1.15)
    low = round(base["salary_min"] * factor, -2)
    benefits = base["benefits"]
    return base | {
        "enterprise": employer,
        "city": city,
        "town": town,
        "chain_link": link,
        "description": _without_places(base["description"]),
        "salary_min": low,
        "salary_max": max(low + 500, round(base["salary_max"] * factor, -2)),
        "headcount": rng.randint(1, 8),
        "years_min": max(0, base["years_min"] + rng.choice((-1, 0, 0, 1))),
        "benefits": rng.sample(benefits, k=max(1, len(benefits) - rng.randint(0, 1))) if benefits else [],
        "posted_on": (LAST_WRITTEN - timedelta(days=rng.randint(0, 90))).isoformat(),
        "is_urgent": rng.random() < 0.06,
    }


def columns(
    post: dict[str, Any], organization_id: int, author_id: int, today: date, rng: random.Random
) -> dict[str, Any]:
    """A published posting's columns from one line of the data."""
    posted_on = date.fromisoformat(post["posted_on"]) + (today - timedelta(days=1) - LAST_WRITTEN)
    published_at = datetime.combine(
        posted_on, time(rng.randint(8, 17), rng.randint(0, 59)), tzinfo=COUNTY_TIME
    )
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
        "is_urgent": post["is_urgent"],
        "questions": [],
        "warnings": [],
        "state": PostingState.PUBLISHED,
        "submitted_at": by_day(published_at - timedelta(hours=20)),
        "published_at": published_at,
        "created_at": by_day(published_at - timedelta(hours=21)),
        "updated_at": published_at,
        "is_demo": True,
    }
