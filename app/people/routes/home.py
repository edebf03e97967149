"""我的: what is there, what is missing, what to do next."""

from flask import render_template, url_for

from app.core.guard import Role, only
from app.people import queries
from app.people.content import Completeness, Content, completeness
from app.people.models import ContactAnswer, Person, Resume, Visibility
from app.people.routes.blueprint import bp, me

SEEN_BY = {
    Visibility.ENTERPRISES: "所有已核验的企业能找到你",
    Visibility.APPLIED: "只有你投递过的企业能看到你",
    Visibility.HIDDEN: "你隐藏着，企业找不到你",
}


@bp.get("/")
@only(Role.SEEKER)
def home() -> str:
    person = queries.person_of(me())
    resume = queries.main_resume(person) if person else None
    found = completeness(Content.from_dict(resume.content)) if resume else None
    return render_template(
        "people/home.html",
        person=person,
        resume=resume,
        found=found,
        seen_by=SEEN_BY[person.visibility] if person else "",
        counts=queries.counts_of(person) if person else None,
        todo=_todo(person, resume, found),
        user=me(),
    )


def _todo(
    person: Person | None, resume: Resume | None, found: Completeness | None
) -> list[dict[str, object]]:
    if person is None or resume is None or found is None:
        return []
    lines: list[dict[str, object]] = []
    asked = queries.count_requests(person, ContactAnswer.ASKED)
    if asked:
        lines.append(
            {
                "n": asked,
                "title": "家企业想看你的联系方式",
                "text": "同意了他们才能打电话给你",
                "url": url_for("people.contact_requests"),
                "action": "去答复",
                "tone": "soon",
            }
        )
    if found.missing:
        lines.append(
            {
                "n": len(found.missing),
                "title": "处简历可以补",
                "text": "、".join(found.missing[:3]),
                "url": url_for("people.resume_edit", resume_id=resume.id),
                "action": "去补",
                "tone": "",
            }
        )
    return lines
