"""A whole post pasted as text: its fields are filled in, the author checks them."""

from flask import render_template
from werkzeug.datastructures import MultiDict

from app.core.guard import Role, only
from app.postings import reading
from app.postings.fields import LABELS
from app.postings.forms import PasteForm, form_for
from app.postings.pasting import typed_from
from app.postings.routes.access import my_membership
from app.postings.routes.blueprint import bp
from app.postings.routes.editor import Answer, editor_page


@bp.route("/postings/paste", methods=["GET", "POST"])
@only(Role.ENTERPRISE)
def paste() -> Answer:
    my_membership()
    form = PasteForm()
    if not form.validate_on_submit():
        return render_template("postings/paste.html", form=form), 422 if form.errors else 200
    drafts = reading.read_posts(form.text.data)
    pieces = [form.text.data[each.start : each.end].strip() for each in drafts]
    if len(drafts) > 1:
        found = [(typed_from(each, form.kind.data), text) for each, text in zip(drafts, pieces, strict=True)]
        return render_template("postings/choose.html", found=found, kind=form.kind.data), 200
    typed = typed_from(drafts[0], form.kind.data) if drafts else {"duties": [form.text.data]}
    filled = form_for(form.kind.data)(formdata=MultiDict(typed))
    filled.validate()
    progress = filled.progress()
    read_by_us = [label for name, label in LABELS.items() if name in typed]
    filled.hush()
    return editor_page(filled, progress=progress, original=form.text.data, read_by_us=read_by_us)
