"""Postings from Excel or CSV: template, upload, result with each refused row and its reason."""

from flask import Response as Plain
from flask import abort, flash, redirect, render_template, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from app.core.db import db, paginate, transaction
from app.core.errors import authorize
from app.core.guard import Role, only
from app.core.limits import limiter
from app.core.tables import write_xlsx
from app.organizations.models import Organization
from app.postings import checking, policy, queries, services, spreadsheet
from app.postings.columns import COLUMNS
from app.postings.filling import of_employer, typed_from
from app.postings.forms import ImportForm, row_form_for
from app.postings.kinds import KINDS, Kind
from app.postings.models import PostingImport
from app.postings.routes.access import me, my_membership
from app.postings.routes.blueprint import bp
from app.postings.services.importing import CheckedRow

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHOWN = 100  # rows of each sort on the result page; the download has all


def _attached(data: bytes, name: str) -> Plain:
    response = Plain(data, mimetype=XLSX)
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response


@bp.get("/postings/import/template.xlsx")
@only(Role.ENTERPRISE)
def import_template() -> Plain:
    return _attached(spreadsheet.template(queries.today()), "postings.xlsx")


def _checked(row: spreadsheet.Row, kind: Kind, employer: Organization) -> CheckedRow:
    """One row after the editor's own rules: refused, good, or to be finished in the editor."""
    if row.problems:
        return CheckedRow(row.number, kind.key, row.raw, problems=row.problems)
    typed = typed_from(row.values, kind, of_employer(employer))
    form = row_form_for(kind.key)(formdata=MultiDict(typed), meta={"csrf": False})
    is_complete = form.validate()
    refused = [each for each in form.findings if each.severity is checking.Severity.REFUSE]
    problems = [(checking.fields.LABELS[each.field], f"「{each.words}」{each.message}") for each in refused]
    if not problems and form.too_much_for_a_draft():
        problems = [(form[name].label.text, form[name].errors[0]) for name in form.errors if name in form][:3]
    return CheckedRow(
        row.number, kind.key, row.raw, form.values(), tuple(problems), None if is_complete else typed
    )


@bp.route("/postings/import", methods=["GET", "POST"])
@only(Role.ENTERPRISE)
@limiter.limit("30/hour", methods=["POST"])
def import_rows() -> str | Response | tuple[str, int]:
    membership, form = my_membership(), ImportForm()
    if form.validate_on_submit():
        try:
            sheet = spreadsheet.read_table(
                form.file.data.read(), form.file.data.filename or "", queries.today()
            )
        except spreadsheet.TableRefused as refused:
            form.file.errors = [refused.message]
        else:
            kind = KINDS[form.kind.data]
            rows = [_checked(row, kind, membership.organization) for row in sheet.rows]
            return _kept(rows, form.file.data.filename or "")
    earlier = paginate(queries.imports_of(membership.organization_id), size=5)
    page = render_template("postings/import.html", form=form, earlier=earlier, columns=COLUMNS)
    return page, 422 if request.method == "POST" else 200


def _kept(rows: list[CheckedRow], filename: str) -> Response:
    with transaction():
        membership = my_membership()
        result = services.import_rows(membership.organization, me(), filename[:120], rows)
    return redirect(url_for("postings.import_result", import_id=result.id), 303)


def _own_import(import_id: int) -> PostingImport:
    result = db.session.get(PostingImport, import_id)
    if result is None or result.organization_id != my_membership().organization_id:
        abort(404)
    return result


@bp.get("/postings/imports/<int:import_id>")
@only(Role.ENTERPRISE)
def import_result(import_id: int) -> str:
    result = _own_import(import_id)
    waiting = queries.waiting_drafts([posting_id for _, posting_id, *_ in result.kept])
    return render_template(
        "postings/imported.html",
        result=result,
        kept=result.kept[:SHOWN],
        repeated=result.repeated[:SHOWN],
        rejected=result.rejected[:SHOWN],
        ready=waiting[0],
        unfinished=waiting[1],
        may_publish=policy.can_publish(my_membership().organization, queries.today()),
    )


@bp.get("/postings/imports/<int:import_id>/rejected.xlsx")
@only(Role.ENTERPRISE)
def import_rejected(import_id: int) -> Plain:
    """The refused rows with their reasons, ready to be mended and uploaded again."""
    result = _own_import(import_id)
    header = [*(column.label for column in COLUMNS), "原来的行", "为什么不收"]
    rows = [
        [
            *(row["fields"].get(column.field, "") for column in COLUMNS),
            row["row"],
            "；".join(f"{column}：{reason}" for column, reason in row["problems"]),
        ]
        for row in result.rejected
    ]
    return _attached(write_xlsx(header, rows, "不收的行"), f"rejected-{result.id}.xlsx")


@bp.post("/postings/imports/<int:import_id>/submit")
@only(Role.ENTERPRISE)
def import_submit(import_id: int) -> Response:
    result = _own_import(import_id)
    with transaction():
        authorize(result.organization_id == my_membership().organization_id)
        submitted, refused = services.submit_imported(result, me())
    flash(f"提交了{submitted}个职位", "success" if submitted else "warning")
    for title, reason in refused[:5]:
        flash(f"「{title}」没有提交：{reason}", "warning")
    return redirect(url_for("postings.import_result", import_id=import_id), 303)
