"""All posts of a fair as one PDF in booth order."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from app.core.degrees import Degree
from app.core.presentation import clock, day, pay
from app.core.typesetting import typeset
from app.events.models import Event, Exhibitor
from app.postings.models import Posting

_LAYOUT = Path(__file__).with_name("layout") / "posts.typ"
LONGEST_NEED = 120


def contents(
    event: Event, exhibitors: Sequence[Exhibitor], posts: Mapping[int, Sequence[Posting]]
) -> dict[str, Any]:
    """What the sheet says; *exhibitors* in booth order."""
    where = "线上" if event.is_online else f"{event.place} {event.address}".strip()
    many = sum(len(posts.get(each.id, ())) for each in exhibitors)
    heads = sum(post.headcount for each in exhibitors for post in posts.get(each.id, ()))
    return {
        "title": f"{event.title} 岗位汇总",
        "under": f"{day(event.starts_at)} {clock(event.starts_at)}　{where}　{len(exhibitors)}家企业，{many}个职位，招{heads}人",
        "stands": [
            {
                "number": each.booth.number if each.booth else "",
                "name": each.organization.name,
                "card": each.card,
                "posts": [_post(post) for post in posts.get(each.id, ())],
            }
            for each in exhibitors
            if posts.get(each.id)
        ],
    }


def _post(post: Posting) -> dict[str, str]:
    needs = " ".join(post.requirements.split())
    return {
        "title": post.title,
        "headcount": f"{post.headcount}人",
        "pay": pay(post.salary_min, post.salary_max, post.salary_months),
        "degree": Degree(post.degree).label,
        "needs": needs if len(needs) <= LONGEST_NEED else needs[:LONGEST_NEED] + "…",
    }


def write(event: Event, exhibitors: Sequence[Exhibitor], posts: Mapping[int, Sequence[Posting]]) -> bytes:
    return typeset(_LAYOUT, {"sheet": contents(event, exhibitors, posts)})
