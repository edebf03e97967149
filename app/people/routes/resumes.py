"""Résumés: the list, the editor, how an employer sees one, export."""

import io
import json

from flask import Response, abort, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from app.core import county_time, passes
from app.core.db import transaction
from app.core.errors import EditConflict
from app.core.guard import Role, only
from app.core.presentation import masked_email, masked_phone, phone
from app.people import documents_out, jsonresume, queries, services
from app.people.contact import Contact
from app.people.content import Content, completeness
from app.people.content_rules import LABELS
from app.people.forms import ResumeForm
from app.people.models import Resume
from app.people.routes.blueprint import bp, me, own_person, own_resume

MEDIA = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "json": "application/json",
}


@bp.get("/resumes")
@only(Role.SEEKER)
def resumes() -> str:
    found = queries.resumes_of(own_person())
    return render_template(
        "people/resumes.html",
        resumes=[(resume, completeness(Content.from_dict(resume.content))) for resume in found],
        most=services.MOST_RESUMES,
    )


@bp.route("/resumes/new", methods=["GET", "POST"])
@only(Role.SEEKER)
def resume_new() -> ResponseReturnValue:
    form = ResumeForm() if request.method == "POST" else ResumeForm.of(Content(), title="我的简历", version=0)
    if request.method == "GET":
        for name in ("education", "work"):
            form.change_rows(f"add:{name}")
    return _edit(form, None)


@bp.route("/resumes/<int:resume_id>", methods=["GET", "POST"])
@only(Role.SEEKER)
def resume_edit(resume_id: int) -> ResponseReturnValue:
    resume = own_resume(resume_id)
    if request.method == "POST":
        return _edit(ResumeForm(), resume)
    content = Content.from_dict(resume.content)
    return _edit(ResumeForm.of(content, title=resume.title, version=resume.version), resume)


def _edit(form: ResumeForm, resume: Resume | None) -> ResponseReturnValue:
    status = 200
    if request.method == "POST":
        action = request.form.get("rows", "")
        if action:
            form.change_rows(action)
        elif form.validate():
            try:
                return _save(form, resume)
            except services.ContentRefused as refused:
                form.show(refused.problems)
                status = 422
        else:
            status = 422
    return render_template("people/edit.html", form=form, resume=resume), status


def _save(form: ResumeForm, resume: Resume | None) -> ResponseReturnValue:
    today, content = county_time.today(), form.content()
    person = own_person()
    try:
        with transaction():
            if resume is None:
                resume = services.create_resume(person, title=form.title.data, content=content, today=today)
            else:
                services.save_resume(
                    resume,
                    title=form.title.data,
                    content=content,
                    seen_version=form.seen_version,
                    today=today,
                )
    except EditConflict as conflict:
        rows = [
            (LABELS.get(name, name), _shown(mine), _shown(theirs)) for name, mine, theirs in conflict.rows
        ]
        raise EditConflict(
            rows, back=url_for("people.resume_edit", resume_id=resume.id if resume else 0)
        ) from None
    flash("已保存", "success")
    return redirect(url_for("people.resume_show", resume_id=resume.id), 303)


def _shown(value: object) -> str:
    """A value of the content as two versions can be compared: words, not brackets."""
    if isinstance(value, list | tuple):
        return "\n".join(_shown(each) for each in value)
    if isinstance(value, dict):
        return " ".join(_shown(each) for each in value.values() if each)
    return "" if value is None else str(value)


@bp.get("/resumes/<int:resume_id>/view")
@only(Role.SEEKER)
def resume_show(resume_id: int) -> str:
    resume = own_resume(resume_id)
    has_applied = request.args.get("as") == "applied"
    user = me()
    contact = Contact(resume.person.name, phone(user.phone), user.email or "")
    if not has_applied:
        contact = Contact(f"{resume.person.name[:1]}＊＊", masked_phone(user.phone), masked_email(user.email))
    return render_template(
        "people/resume.html",
        resume=resume,
        content=Content.from_dict(resume.content),
        contact=contact,
        has_applied=has_applied,
        found=completeness(Content.from_dict(resume.content)),
        ticket=passes.next_of(resume.person_id),
    )


@bp.post("/resumes/<int:resume_id>/main")
@only(Role.SEEKER)
def resume_main(resume_id: int) -> ResponseReturnValue:
    resume = own_resume(resume_id)
    with transaction():
        services.make_main(resume)
    flash("这份简历现在是主简历，推荐和匹配按它来", "success")
    return redirect(url_for("people.resumes"), 303)


@bp.route("/resumes/<int:resume_id>/delete", methods=["GET", "POST"])
@only(Role.SEEKER)
def resume_delete(resume_id: int) -> ResponseReturnValue:
    resume = own_resume(resume_id)
    if request.method == "POST":
        with transaction():
            services.delete_resume(resume)
        flash("简历已删除；投递时交给公司的那一版，公司在保存期内还能看到", "success")
        return redirect(url_for("people.resumes"), 303)
    return render_template(
        "confirm.html",
        title=f"删除「{resume.title}」？",
        text="投递时交给公司的那一版，公司在保存期内还能看到。删除后不能恢复。",
        action=url_for("people.resume_delete", resume_id=resume_id),
        yes="删除",
        back=url_for("people.resumes"),
    )


@bp.get("/resumes/<int:resume_id>/export.<format>")
@only(Role.SEEKER)
def export(resume_id: int, format: str) -> Response:  # noqa: A002 - the address names it so  # noqa: A002 - the word of the address
    """The résumé as PDF, Word or JSON Resume, with its owner's contact data."""
    if format not in MEDIA:
        abort(404)
    resume, user = own_resume(resume_id), me()
    content = Content.from_dict(resume.content)
    contact = Contact(resume.person.name, user.phone or "", user.email or "")
    today = county_time.today()
    data = {
        "pdf": lambda: documents_out.to_pdf(content, contact, today, passes.next_of(resume.person_id)),
        "docx": lambda: documents_out.to_docx(content, contact, today),
        "json": lambda: json.dumps(
            jsonresume.to_json_resume(content, contact), ensure_ascii=False, indent=2
        ).encode(),
    }[format]()
    name = documents_out.file_name(contact, format)
    return send_file(io.BytesIO(data), mimetype=MEDIA[format], as_attachment=True, download_name=name)
