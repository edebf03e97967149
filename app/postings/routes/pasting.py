"""A whole post pasted as text: its fields are filled in, the author checks them."""

from typing import Any

from flask import render_template, request
from werkzeug.datastructures import MultiDict

from app.core.guard import Role, only
from app.core.limits import limiter
from app.postings import queries
from app.postings.fields import LABELS
from app.postings.filling import filled_for, of_employer, says_something, typed_from
from app.postings.forms import PasteForm, form_for
from app.postings.kinds import KINDS
from app.postings.reading import Draft, read_posts
from app.postings.routes.access import my_membership
from app.postings.routes.blueprint import bp
from app.postings.routes.editor import Answer, editor_page
from app.postings.wording import Finding, Severity, check_text


@bp.route("/postings/paste", methods=["GET", "POST"])
@only(Role.ENTERPRISE)
@limiter.limit("120/hour", methods=["POST"])
def paste() -> Answer:
    my_membership()
    form = PasteForm()
    if not form.validate_on_submit():
        page = render_template("postings/paste.html", form=form)
        return page, 422 if form.errors else 200
    text = form.text.data
    drafts = read_posts(text, queries.today())
    if "as_duties" in request.form:
        return _filled(drafts[0], form.kind.data, text, {"duties": text})
    if not any(says_something(_values(draft)) for draft in drafts):
        form.text.errors = ["没读出职位名称、薪资或要求。看看是不是贴错了，或者贴得不全"]
        return render_template("postings/paste.html", form=form, is_unread=True), 422
    if len(drafts) > 1 and "is_one" not in request.form:
        found = [(_title(each, text), _pay(each), text[each.start : each.end].strip()) for each in drafts]
        return render_template("postings/choose.html", found=found, kind=form.kind.data), 200
    return _filled(drafts[0], form.kind.data, text, _values(drafts[0]))


def _values(draft: Draft) -> dict[str, Any]:
    return {name: each.value for name, each in draft.fields.items()}


def _title(draft: Draft, text: str) -> str:
    found = draft.fields.get("title")
    return str(found.value) if found else text[draft.start : draft.end].strip()[:20]


def _pay(draft: Draft) -> str:
    found = draft.fields.get("salary_words")
    return str(found.value) if found else ""


def _filled(draft: Draft, kind_key: str, text: str, values: dict[str, Any]) -> Answer:
    """The editor with what was read; nothing is saved before the author has looked."""
    kind, employer = KINDS[kind_key], my_membership().organization
    form = form_for(kind_key)(formdata=MultiDict(typed_from(values, kind, of_employer(employer, values))))
    form.validate()
    progress = form.progress()
    form.hush()
    rest = [piece for start, end in draft.rest if (piece := text[start:end].strip()) not in ("", text)]
    return editor_page(
        form,
        progress=progress,
        original=text,
        read_by_us=[label for name, label in LABELS.items() if name in values],
        from_employer=filled_for(values, employer),
        rest=rest,
        left_out=_left_out(text, values),
    )


def _left_out(text: str, values: dict[str, Any]) -> list[Finding]:
    """What the law forbids in a post and the reading did not take over, each wording once."""
    taken = str(values)
    found = {each.words: each for each in check_text(text) if each.severity is Severity.REFUSE}
    return [each for words, each in found.items() if words not in taken]
