"""The editor: new postings, edits with conflict detection, preview, duplicates, pasted text."""

import secrets
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.core.db import db, transaction
from app.core.errors import EditConflict, authorize
from app.core.guard import Role, only
from app.organizations.models import Organization
from app.postings import policy, queries, salary, services
from app.postings.fields import worded
from app.postings.forms import SECTIONS, PostingForm, form_for, typed_form, typed_in
from app.postings.kinds import KINDS, Kind
from app.postings.models import Posting, PostingState
from app.postings.routes.access import me, my_membership, own_posting
from app.postings.routes.blueprint import bp
from app.postings.routes.public import shown
from app.postings.services.writing import MAY_BE_UNFINISHED, blank

Answer = str | Response | tuple[str, int]


def _asked_kind() -> Kind:
    return KINDS.get(request.values.get("kind", ""), KINDS["job"])


def _marked_words(form: PostingForm) -> dict[str, list[str]]:
    """Words to mark, by field: what is refused and what goes to the reviewer."""
    words: dict[str, list[str]] = {}
    for each in form.findings:
        words.setdefault(each.field, []).append(each.words)
    return words


def editor_page(
    form: PostingForm, posting: Posting | None = None, *, status: int = 200, **more: Any
) -> Answer:
    membership = my_membership()
    page = render_template(
        "postings/editor.html",
        **{
            "form": form,
            "posting": posting,
            "kind": form.kind,
            "kinds": KINDS.values(),
            "progress": form.progress(),
            "marked_words": _marked_words(form),
            "worded": worded(form.data),
            "organization": membership.organization,
            "may_publish": policy.can_publish(membership.organization, queries.today()),
            "may_be_unfinished": posting is None or posting.state in MAY_BE_UNFINISHED,
            "nonce": request.form.get("nonce") or secrets.token_hex(8),
            "original": request.form.get("original", ""),
        }
        | more,
    )
    return page, status


@bp.route("/postings/new", methods=["GET", "POST"])
@only(Role.ENTERPRISE)
def new() -> Answer:
    kind, membership = _asked_kind(), my_membership()
    form = form_for(kind.key)()
    if request.method == "GET":
        _suggest(form, membership.organization)
        return editor_page(form)
    is_complete = form.validate()
    wants_review = request.form.get("action") == "submit"
    if (wants_review and not is_complete) or form.too_much_for_a_draft():
        return editor_page(form, status=422)
    return _begun(form, is_complete=is_complete, wants_review=wants_review)


def _suggest(form: PostingForm, employer: Organization) -> None:
    """What most postings of this employer have in common, to be changed where it does not fit."""
    form.employment.data = form.kind.employments[0]
    form.headcount.data = 1
    form.contact_name.data, form.contact_phone.data = employer.handler_name, employer.handler_phone
    form.place.data, form.address.data = employer.place, employer.address
    form.valid_until.data = blank(form.kind.key)["valid_until"]


def _begun(form: PostingForm, *, is_complete: bool, wants_review: bool) -> Response:
    """Keep a new posting; the same page sent twice leads to the same posting."""
    key = f"form:{request.form.get('nonce') or secrets.token_hex(8)}"[:60]
    with transaction():
        membership = my_membership()
        known = queries.imported_before(membership.organization_id, [key]).get(key)
        if known is not None:
            return redirect(url_for("postings.manage", posting_id=known[0]), 303)
        typed = None if is_complete else typed_in(request.form)
        posting = services.draft(
            membership.organization, me(), form.kind.key, form.values(), typed=typed, import_key=key
        )
        if wants_review and policy.can_publish(membership.organization, queries.today()):
            services.submit(posting, me())
    return _after_saving(posting, wants_review=wants_review)


def _after_saving(posting: Posting, *, wants_review: bool) -> Response:
    target = url_for("postings.manage", posting_id=posting.id)
    if wants_review and posting.state is PostingState.SUBMITTED:
        flash("已提交，人才办审核后发布", "success")
    elif wants_review:
        flash("已存成草稿。单位通过核验后再提交审核", "warning")
    elif posting.typed is not None:
        flash("草稿存好了，还有没填好的，接着写", "success")
        target = url_for("postings.edit", posting_id=posting.id)
    elif posting.state is PostingState.SUBMITTED:
        flash("存好了，人才办会审核新的内容", "success")
    else:
        flash("存好了", "success")
    return redirect(target, 303)


@bp.route("/postings/<int:posting_id>/edit", methods=["GET", "POST"])
@only(Role.ENTERPRISE)
def edit(posting_id: int) -> Answer:
    posting = own_posting(posting_id)
    if posting.state is PostingState.CLOSED:
        raise services.PostingClosed
    if request.method == "GET":
        return _begin_again(posting)
    form = form_for(posting.kind)()
    is_complete = form.validate()
    action = request.form.get("action", "save")
    if action == "reopen":  # from the conflict page: my words, on top of the newest version
        form.hush()
        form.version.data = str(posting.version)
        return editor_page(form, posting)
    must_be_complete = action == "submit" or posting.state not in MAY_BE_UNFINISHED
    if (must_be_complete and not is_complete) or form.too_much_for_a_draft():
        return editor_page(form, posting, status=422)
    try:
        return _saved(posting, form, is_complete=is_complete, wants_review=action == "submit")
    except EditConflict as conflict:
        return _conflict_page(posting, conflict)


def _begin_again(posting: Posting) -> Answer:
    form = typed_form(posting)
    if posting.typed is None:
        return editor_page(form, posting, progress=[(key, label, True) for key, label, _ in SECTIONS])
    form.validate()
    progress = form.progress()
    form.hush()
    return editor_page(form, posting, progress=progress)


def _saved(posting: Posting, form: PostingForm, *, is_complete: bool, wants_review: bool) -> Response:
    values = form.values() if is_complete else {**blank(posting.kind), **form.values()}
    typed = None if is_complete else typed_in(request.form)
    with transaction():
        authorize(policy.can_write(my_membership(), posting))
        services.edit(posting, me(), values, seen_version=form.seen_version, typed=typed)
        can_submit = policy.can_publish(posting.organization, queries.today())
        if wants_review and can_submit and posting.state in MAY_BE_UNFINISHED:
            services.submit(posting, me())
    return _after_saving(posting, wants_review=wants_review)


def _conflict_page(posting: Posting, conflict: EditConflict) -> Answer:
    """Both versions side by side; what I typed travels along in hidden fields, so nothing is lost."""
    last = next(iter(db.session.scalars(queries.revisions(posting).limit(1))), None)
    mine = [(name, value) for name, values in typed_in(request.form).items() for value in values]
    page = render_template(
        "postings/conflict.html", posting=posting, rows=conflict.rows, mine=mine, last=last, error=conflict
    )
    return page, conflict.status


@bp.post("/postings/preview")
@only(Role.ENTERPRISE)
def preview() -> str:
    """The public look of what stands in the editor, saved or not; opens beside the editor."""
    kind, membership = _asked_kind(), my_membership()
    form = form_for(kind.key)()
    form.validate()
    values = {**blank(kind.key), **form.values()}
    values["title"] = values["title"] or form.title.data or "还没写职位名称"
    return shown(
        Posting(kind=kind.key, organization=membership.organization, warnings=[], **values), is_preview=True
    )


@bp.get("/postings/pay")
@only(Role.ENTERPRISE)
def understood_pay() -> str:
    """How the words of the pay field are understood, while the author is still typing."""
    words = request.args.get("salary_words", "").strip()[:100]
    found, refused = None, ""
    try:
        found = salary.read(words) if words else None
    except salary.PayRefused as problem:
        refused = problem.message
    return render_template("postings/_pay.html", pay=found, refused=refused)


@bp.route("/postings/<int:posting_id>/duplicate", methods=["POST"])
@only(Role.ENTERPRISE)
def duplicate(posting_id: int) -> Response:
    posting = own_posting(posting_id)
    with transaction():
        authorize(policy.can_write(my_membership(), posting))
        copy = services.duplicate(posting, me())
    flash("复制好了，改完再提交", "success")
    return redirect(url_for("postings.edit", posting_id=copy.id), 303)
