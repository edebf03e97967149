"""先做这几件: what an employer should do first, each with where to do it."""

from typing import Any

from flask import url_for

from app.applications.queries import todo as reads
from app.core.county_time import today
from app.core.db import now
from app.core.presentation import _, day, own
from app.core.translation import translate

NAMED = 2  # postings named in one line


def first_things(organization_id: int) -> list[dict[str, Any]]:
    """For the todo macro; what runs out first stands first, and what is done is not shown."""
    at, on = now(), today()
    found = [
        _people(
            reads.expiring_invitations(organization_id, at),
            "面试邀约一天内到期",
            url_for("applications.interviews", show="confirm"),
            "去确认",
        ),
        _people(
            reads.offers_due(organization_id, on),
            "录用通知等着收尾",
            url_for("applications.pipeline", stage="offer"),
            "去看看",
        ),
        _people(
            reads.unanswered(organization_id, at),
            "投递超过3天没回应",
            url_for("applications.pipeline", stage="new", sort="oldest"),
            "去处理",
        ),
        _people(
            reads.without_result(organization_id, at),
            "面试完没填结果",
            url_for("applications.interviews", show="held"),
            "去填",
        ),
        _ending(reads.postings_ending(organization_id, on)),
        _returned(reads.postings_returned(organization_id)),
    ]
    return [item for item in found if item]


def _people(rows: list[tuple[str, int]], title: str, url: str, action: str) -> dict[str, Any] | None:
    total = sum(count for _title, count in rows)
    if not total:
        return None
    named = [_("%(title)s%(n)s人", title=title_, n=count) for title_, count in rows[:NAMED]]
    text = translate("，").join(named) + ("…" if len(rows) > NAMED else "")
    return {"n": total, "title": title, "text": text, "url": url, "action": action, "tone": "soon"}


def _ending(rows: list) -> dict[str, Any] | None:
    if not rows:
        return None
    text = translate("，").join(f"{title} {day(on)}" for _id, title, on in rows[:NAMED])
    url = url_for("postings.index", state="published")
    if len(rows) == 1:
        url = url_for("postings.manage", posting_id=rows[0][0])
    return {
        "n": len(rows),
        "title": "职位一周内到期",
        "text": text,
        "url": url,
        "action": "去延期",
        "tone": "soon",
    }


def _returned(rows: list) -> dict[str, Any] | None:
    if not rows:
        return None
    text = own("；".join(f"{title}：{reason}" for _id, title, reason in rows[:NAMED]))
    url = url_for("postings.edit", posting_id=rows[0][0])
    if len(rows) > 1:
        url = url_for("postings.index", state="returned")
    return {"n": len(rows), "title": "职位被退回", "text": text, "url": url, "action": "去修改", "tone": ""}
