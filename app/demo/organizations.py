"""The enterprises behind the demonstration's posts."""

import random
from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from stdnum.cn import uscc

from app.core import places, trades
from app.core.db import now
from app.organizations.models import OrganizationKind, Standing

SIZES = trades.COMPANY_SIZES.names


def credit_code(number: int) -> str:
    """An invented unified credit code of the county with the right check character."""
    body = f"91350423MA{number:07d}"
    return body + uscc.calc_check_digit(body)


def from_posts(posts: Iterable[dict[str, Any]], rng: random.Random, today: date) -> list[dict[str, Any]]:
    """One verified enterprise for each employer named in *posts*, with the place and links that its posts show."""
    by_name: dict[str, list[dict[str, Any]]] = {}
    for post in posts:
        by_name.setdefault(post["enterprise"], []).append(post)
    return [
        _enterprise(n, name, of_it, rng, today) for n, (name, of_it) in enumerate(by_name.items(), start=1)
    ]


def _enterprise(
    number: int, name: str, posts: list[dict[str, Any]], rng: random.Random, today: date
) -> dict[str, Any]:
    town = Counter((p["city"], p["town"]) for p in posts).most_common(1)[0][0]
    links = [
        link for link, _ in Counter(trades.LINKS.read(p["chain_link"]) for p in posts).most_common(2) if link
    ]
    verified_on = today - timedelta(days=rng.randint(5, 150))
    size = SIZES[min(len(SIZES) - 2, len(posts) // 8 + rng.randint(0, 1))]
    trade = "、".join(links) or trades.OUTSIDE_CHAIN
    return {
        "kind": OrganizationKind.ENTERPRISE,
        "name": name,
        "credit_code": credit_code(number),
        "place": place_code(*town),
        "address": f"{town[1]}{rng.choice(('工业集中区', '园区大道', '创业路'))}{rng.randint(1, 99)}号",
        "size": size,
        "chain_links": links,
        "introduction": f"{name}主要做{trade}，在{town[1]}设厂，现招{len(posts)}类岗位。厂区有食堂和宿舍，新人有师傅带。",
        "handler_name": "人事部",
        "handler_phone": f"1700100{number:04d}",
        "standing": Standing.VERIFIED,
        "verified_at": now() - timedelta(days=(today - verified_on).days),
        "verified_until": verified_on + timedelta(days=182),
        "submitted_at": now() - timedelta(days=(today - verified_on).days + 3),
        "is_demo": True,
    }


def place_code(city: str, town: str) -> str:
    """The finest division code that the words name; the county itself if none."""
    return places.read(f"{city}{town}") or places.read(city) or places.HOME
