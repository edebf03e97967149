"""Applications as a table that leaves the site."""

from typing import Any

from sqlalchemy.orm import contains_eager

from app.applications import policy
from app.applications.kinds import STAGES
from app.applications.models import Application, Stage
from app.applications.queries import desk as reads
from app.core.county_time import today
from app.core.db import db
from app.core.degrees import Degree
from app.core.presentation import local
from app.core.tables import write_csv, write_xlsx
from app.people.content import Content, highest_degree, years_of_experience
from app.people.models import Person

HEADER = (
    "姓名",
    "职位",
    "进展",
    "不合适的原因",
    "投递时间",
    "最近变化",
    "手机号",
    "邮箱",
    "学历",
    "经验（年）",
    "一句话介绍",
    "筛选题回答",
)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def table_of(scope: reads.Scope, kind: str) -> tuple[bytes, str, int]:
    """(file, its type, how many rows). At most 5,000 rows, the latest first."""
    query = reads.listing(scope, list(Stage)).options(
        contains_eager(Application.person).joinedload(Person.user)
    )
    found = db.session.scalars(query.limit(reads.MOST_EXPORTED)).unique().all()
    rows = [_row(application) for application in found]
    if kind == "xlsx":
        return write_xlsx(HEADER, rows, "应聘者"), XLSX, len(rows)
    return write_csv(HEADER, rows), "text/csv; charset=utf-8", len(rows)


def _row(application: Application) -> list[Any]:
    sees = policy.can_see_resume(application)
    content = Content.from_dict(application.snapshot.content if sees else {})
    user, degree = application.person.user, highest_degree(content)
    answers = [f"{row.get('question')}：{row.get('answer')}" for row in application.answers] if sees else []
    return [
        application.person.name,
        application.posting.title,
        STAGES[application.stage].label,
        application.rejection_reason or "",
        f"{local(application.submitted_at):%Y-%m-%d %H:%M}",
        f"{local(application.moved_at):%Y-%m-%d %H:%M}",
        (user.phone or "") if sees else "",
        (user.email or "") if sees else "",
        Degree(degree).label if degree else "",
        years_of_experience(content, today()) or "",
        content.headline,
        "；".join(answers),
    ]
