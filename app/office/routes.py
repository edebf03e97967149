"""The office's desk and the audit log."""

from flask import Blueprint, render_template, request, url_for
from flask_login import current_user

from app.core.db import now, paginate
from app.core.guard import Role, only
from app.core.presentation import count, due
from app.office import queries

bp = Blueprint("office", __name__, url_prefix="/office", template_folder="templates")


def _todo(waiting: queries.Waiting) -> list[dict[str, object]]:
    """What to do first: only what is there, what waits longest first."""

    def since(day: object) -> str:
        return f"最早的{day.month}月{day.day}日提交" if day else ""  # type: ignore[attr-defined]  # a date

    lines = [
        (waiting.postings, "职位等审核", since(waiting.oldest_posting), "postings.review", "去审核", "soon"),
        (
            waiting.organizations,
            "企业等核验",
            since(waiting.oldest_organization),
            "organizations.review",
            "去核验",
            "soon",
        ),
        (waiting.reports, "举报没处理", "收费、押证件、虚假内容要先看", "postings.reports", "去处理", "loss"),
        (waiting.renewals, "企业申请复核", "每半年复核一次", "organizations.review", "去复核", "soon"),
        (waiting.overdue, "企业复核过期", "过期后不能发布职位", "organizations.review", "去看", "loss"),
        (
            waiting.due_soon,
            "企业30天内要复核",
            "系统已提醒，可以打电话催",
            "organizations.review",
            "去看",
            "",
        ),
    ]
    return [
        {"n": n, "title": title, "text": text, "url": url_for(endpoint), "action": action, "tone": tone}
        for n, title, text, endpoint, action, tone in lines
        if n
    ]


@bp.get("/")
@only(Role.OFFICE, Role.ADMIN)
def home() -> str:
    today = now().date()
    return render_template(
        "office/home.html",
        todo=_todo(queries.waiting(today)),
        figures=queries.figures(today),
        links=queries.demand_by_link(today),
        new_seekers=queries.signed_up_since(7),
        who=current_user.name,
        count=count,
        due=due,
    )


@bp.get("/audit")
@only(Role.OFFICE, Role.ADMIN)
def audit() -> str:
    record = request.args.get("record", "").strip()[:60]
    action = request.args.get("action", "").strip()[:60]
    actor_id = request.args.get("actor", type=int)
    page = paginate(
        queries.audit_entries(record=record, action=action, actor_id=actor_id),
        number=request.args.get("page", 1, type=int),
        size=50,
    )
    names = queries.names_of([entry.actor_id for entry in page if entry.actor_id])
    return render_template(
        "office/audit.html",
        page=page,
        names=names,
        record=record,
        action=action,
        actor_id=actor_id,
        page_url=lambda n: url_for(
            "office.audit", page=n, record=record or None, action=action or None, actor=actor_id
        ),
    )
