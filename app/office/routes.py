"""The office's desk and the audit log."""

from flask import Blueprint, render_template, request, url_for
from flask_login import current_user

from app.core import county_time
from app.core.db import paginate
from app.core.guard import Role, only
from app.core.presentation import count, due
from app.office import audit_words, queries
from app.office.audit_lines import lines
from app.office.audit_values import split

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
    today = county_time.today()
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


AREAS = {  # which actions a reader may ask for together
    "": "全部",
    "accounts.": "账号",
    "organizations.": "单位",
    "postings.": "职位",
    "applications.": "投递",
    "people.": "简历",
    "events.": "活动",
    "job:": "系统定时",
    "command:": "命令",
}


@bp.get("/audit")
@only(Role.OFFICE, Role.ADMIN)
def audit() -> str:
    record = request.args.get("record", "").strip()[:60]
    area = request.args.get("action", "").strip()[:60]
    actor_id = request.args.get("actor", type=int)
    page = paginate(
        queries.audit_entries(record=record, action=area, actor_id=actor_id),
        number=request.args.get("page", 1, type=int),
        size=50,
    )

    def address(**other: object) -> str:
        kept = {"record": record or None, "action": area or None, "actor": actor_id}
        return url_for("office.audit", **{**kept, **other})  # type: ignore[arg-type]  # parts of an address

    names = queries.names_of_rows({split(record), ("users", actor_id or 0)})
    asked = []
    if record:
        title = names.get(split(record)) or f"{split(record)[1]}号"
        asked.append(
            {"label": audit_words.table(split(record)[0]), "value": title, "href": address(record=None)}
        )
    if actor_id:
        who = names.get(("users", actor_id), f"{actor_id}号")
        asked.append({"label": "谁", "value": who, "href": address(actor=None)})
    tabs = [
        {"label": label, "href": address(action=key or None), "current": key == area}
        for key, label in AREAS.items()
    ]
    return render_template(
        "office/audit.html",
        page=page,
        lines=lines(page.rows, current_user.role),
        asked=asked,
        tabs=tabs,
        page_url=lambda n: address(page=n),
        about=lambda code: url_for("office.audit", record=code),
        by=lambda user_id: url_for("office.audit", actor=user_id),
    )
