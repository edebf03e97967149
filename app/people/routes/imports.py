"""A PDF or Word résumé becomes a draft beside its text; only what its person saves counts."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup, escape

from app.core import county_time, storage
from app.core.db import transaction
from app.core.guard import Role, only
from app.core.limits import limiter
from app.people import documents_in, queries, services
from app.people.forms import ImportForm, ResumeForm
from app.people.models import ResumeImport
from app.people.reading import Draft, read, redact
from app.people.routes.blueprint import bp, own_person

ACCEPTED = frozenset(
    {"application/pdf", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"}
)


@bp.route("/import", methods=["GET", "POST"])
@only(Role.SEEKER)
@limiter.limit("20/hour", methods=["POST"])
def import_file() -> ResponseReturnValue:
    form = ImportForm()
    if request.method == "GET" or not form.validate():
        return render_template("people/import.html", form=form), 200 if request.method == "GET" else 422
    upload = request.files.get("file")
    content = upload.read() if upload else b""
    try:
        extracted = documents_in.extract(content, upload.filename if upload and upload.filename else "")
    except documents_in.UnreadableDocument as problem:
        form.file.errors = [problem.message]
        return render_template("people/import.html", form=form), problem.status
    draft = read(extracted.text, county_time.today())
    text = redact(extracted.text, draft.not_kept)
    person = own_person()
    with transaction():
        file = storage.keep(content, upload.filename or "resume", ACCEPTED)
        row = services.keep_import(person, file, text, draft.to_dict())
    return redirect(url_for("people.import_review", import_id=row.id), 303)


@bp.route("/import/<int:import_id>", methods=["GET", "POST"])
@only(Role.SEEKER)
def import_review(import_id: int) -> ResponseReturnValue:
    """The draft as a form, the text that it was read from beside it."""
    row = queries.import_of(own_person(), import_id) or abort(404)
    if row.resume_id is not None:
        return redirect(url_for("people.resume_edit", resume_id=row.resume_id))
    draft = Draft.from_dict(row.draft)
    form = (
        ResumeForm()
        if request.method == "POST"
        else ResumeForm.of(draft.content, title="导入的简历", version=0)
    )
    status = 200
    if request.method == "POST":
        action = request.form.get("rows", "")
        if action:
            form.change_rows(action)
        elif form.validate():
            try:
                return _keep(form, row)
            except services.ContentRefused as refused:
                form.show(refused.problems)
                status = 422
        else:
            status = 422
    return render_template(
        "people/import_review.html",
        form=form,
        row=row,
        text=_marked(row, draft),
        kinds=list(dict.fromkeys(each.kind for each in draft.not_kept)),
    ), status


def _keep(form: ResumeForm, row: ResumeImport) -> ResponseReturnValue:
    with transaction():
        resume = services.accept_import(
            row, title=form.title.data, content=form.content(), today=county_time.today()
        )
    flash("简历做好了", "success")
    return redirect(url_for("people.resume_show", resume_id=resume.id), 303)


def _marked(row: ResumeImport, draft: Draft) -> Markup:
    """The text with the places marked that something was read from."""
    spans = sorted({(source.start, source.end) for source in draft.sources if source.end > source.start})
    pieces, position = [], 0
    for start, end in spans:
        if start < position:
            continue
        pieces += [
            escape(row.text[position:start]),
            Markup("<mark>"),
            escape(row.text[start:end]),
            Markup("</mark>"),
        ]
        position = end
    pieces.append(escape(row.text[position:]))
    return Markup("").join(pieces)
