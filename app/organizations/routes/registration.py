"""An organization's own pages: standing, registration, editing, renewal, its papers."""

from flask import abort, flash, redirect, render_template, url_for
from flask_login import current_user
from werkzeug.wrappers import Response
from wtforms.fields import SelectChoice

from app.core import county_time, storage
from app.core.db import transaction
from app.core.errors import authorize
from app.core.guard import Role, only
from app.organizations import policy, queries
from app.organizations.forms import OrganizationForm, RenewalForm
from app.organizations.kinds import KINDS, STANDING_LABELS, STANDING_TONES
from app.organizations.models import Organization, OrganizationKind
from app.organizations.routes import papers
from app.organizations.routes.blueprint import bp, me, my_membership
from app.organizations.services import registration
from app.organizations.services.registration import CreditCodeTaken, Details

View = str | Response | tuple[str, int]
TEXTS = (
    "name",
    "credit_code",
    "place",
    "address",
    "size",
    "introduction",
    "handler_name",
    "handler_phone",
    "chain_links",
    "is_matching_on",
)


@bp.get("/organization")
@only(Role.ENTERPRISE, Role.ORGANIZER)
def mine() -> str:
    """Where my organization stands and what to do next."""
    membership = queries.membership_of(current_user)
    if membership is None:
        return render_template("organizations/none.html")
    organization, today = membership.organization, county_time.today()
    return render_template(
        "organizations/mine.html",
        membership=membership,
        organization=organization,
        kind=KINDS[organization.kind],
        label=STANDING_LABELS[organization.standing],
        tone=STANDING_TONES[organization.standing],
        may_publish=organization.may_publish(today),
        is_overdue=organization.verified_until is not None and organization.verified_until < today,
        renewal_opens_on=registration.renewal_opens_on(organization),
        today=today,
        can_edit=policy.can_edit(membership),
        members=queries.members_of(organization),
    )


def _form(organization: Organization | None = None) -> OrganizationForm:
    form = OrganizationForm(obj=organization)
    kinds = [each for each in KINDS.values() if each.role is current_user.role]
    form.kind.choices = [SelectChoice(each.kind.value, each.label) for each in kinds]
    if organization is not None and not form.is_submitted():
        form.kind.data = organization.kind.value
    elif form.kind.data is None:
        form.kind.data = kinds[0].kind.value
    return form


def _details(form: OrganizationForm, organization: Organization | None = None) -> Details | None:
    """What the form says, when all of it is right; received files are kept either way."""
    is_valid = form.validate()
    papers.receive(form.licence, form.licence_kept)
    papers.receive(form.authority, form.authority_kept)
    licence = papers.received(form.licence_kept, organization and organization.licence_file)
    authority = papers.received(form.authority_kept, organization and organization.authority_file)
    paper = (
        KINDS[OrganizationKind(form.kind.data)].paper if form.kind.data in set(OrganizationKind) else "证照"
    )
    has_licence = papers.require(form.licence, licence, f"请上传{paper}")
    has_authority = papers.require(form.authority, authority, "请上传盖章的授权书")
    if not (is_valid and has_licence and has_authority) or licence is None or authority is None:
        return None
    texts = {name: form[name].data for name in TEXTS}
    return Details(
        **texts,
        website=form.website.data or None,
        licence_file_id=licence.id,
        authority_file_id=authority.id,
    )


def _show(form: OrganizationForm, template: str, organization: Organization | None, status: int) -> View:
    kept = {
        name: papers.received(form[f"{name}_kept"], getattr(organization, f"{name}_file", None))
        for name in ("licence", "authority")
    }
    return render_template(template, form=form, organization=organization, kept=kept, kinds=KINDS), status


@bp.route("/organization/register", methods=["GET", "POST"])
@only(Role.ENTERPRISE, Role.ORGANIZER)
def register() -> View:
    if queries.membership_of(current_user) is not None:
        return redirect(url_for("organizations.mine"), 303)
    form = _form()
    if not form.is_submitted():
        return _show(form, "organizations/register.html", None, 200)
    if (details := _details(form)) is not None:
        try:
            with transaction():
                registration.register(me(), OrganizationKind(form.kind.data), details)
        except CreditCodeTaken as error:
            form.credit_code.errors = [str(error)]
        else:
            flash("资料已提交，人才办核验后会通知你", "success")
            return redirect(url_for("organizations.mine"), 303)
    return _show(form, "organizations/register.html", None, 422)


@bp.route("/organization/edit", methods=["GET", "POST"])
@only(Role.ENTERPRISE, Role.ORGANIZER)
def edit() -> View:
    membership = my_membership()
    authorize(policy.can_edit(membership))
    organization = membership.organization
    form = _form(organization)
    if not form.is_submitted():
        return _show(form, "organizations/edit.html", organization, 200)
    if (details := _details(form, organization)) is not None:
        try:
            with transaction():
                is_anew = registration.edit(organization, details, seen_version=form.seen_version)
        except CreditCodeTaken as error:
            form.credit_code.errors = [str(error)]
        else:
            words = "已提交，人才办核验后会通知你" if is_anew else "单位资料已保存"
            flash(words, "success")
            return redirect(url_for("organizations.mine"), 303)
    return _show(form, "organizations/edit.html", organization, 422)


@bp.route("/organization/renew", methods=["GET", "POST"])
@only(Role.ENTERPRISE, Role.ORGANIZER)
def renew() -> View:
    """Hand in the half-yearly re-verification."""
    membership = my_membership()
    authorize(policy.can_edit(membership))
    organization = membership.organization
    form = RenewalForm()
    if form.is_submitted():
        is_valid = form.validate()
        papers.receive(form.authority, form.authority_kept)
        authority = papers.received(form.authority_kept)
        has_authority = papers.require(form.authority, authority, "请上传近期盖章的授权书")
        if is_valid and has_authority and authority is not None:
            with transaction():
                registration.submit_renewal(
                    organization, authority_file_id=authority.id, today=county_time.today()
                )
            flash("复核已提交，人才办处理后会通知你", "success")
            return redirect(url_for("organizations.mine"), 303)
    page = render_template(
        "organizations/renew.html",
        form=form,
        organization=organization,
        kept=papers.received(form.authority_kept),
        opens_on=registration.renewal_opens_on(organization),
        today=county_time.today(),
    )
    return page, 422 if form.is_submitted() else 200


@bp.get("/organization/papers/<which>")
@only(Role.ENTERPRISE, Role.ORGANIZER)
def own_paper(which: str) -> Response:
    membership = my_membership()
    authorize(policy.can_see_papers(me(), membership, membership.organization))
    return paper(membership.organization, which)


def paper(organization: Organization, which: str) -> Response:
    """The licence or the letter of authority as a response, or 404."""
    files = {"licence": organization.licence_file, "authority": organization.authority_file}
    stored = files.get(which)
    if stored is None:
        abort(404)
    return storage.respond(stored)
