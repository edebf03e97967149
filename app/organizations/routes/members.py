"""Members of an organization, and the page that an invitation link opens."""

from flask import abort, current_app, flash, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from app.accounts.routes.sign_in import home_of
from app.core.db import get_or_404, transaction
from app.core.errors import DomainError, authorize
from app.core.guard import Role, only, public, signed_in
from app.core.limits import limiter
from app.organizations import policy, queries
from app.organizations.forms import InvitationForm
from app.organizations.kinds import KINDS, MEMBER_LABELS, MEMBER_NOTES
from app.organizations.models import Invitation, MemberRole, Membership
from app.organizations.routes.blueprint import bp, me, my_membership
from app.organizations.services import members as services

View = str | Response | tuple[str, int]


def _page(form: InvitationForm, link: str = "", status: int = 200) -> View:
    membership = my_membership()
    organization = membership.organization
    page = render_template(
        "organizations/members.html",
        form=form,
        link=link,
        membership=membership,
        organization=organization,
        members=queries.members_of(organization),
        invitations=queries.open_invitations(organization),
        labels=MEMBER_LABELS,
        notes=MEMBER_NOTES,
        can_manage=policy.can_manage_members(membership),
    )
    return page, status


@bp.get("/organization/members")
@only(Role.ENTERPRISE, Role.ORGANIZER)
def members() -> View:
    return _page(InvitationForm())


@bp.post("/organization/members")
@only(Role.ENTERPRISE, Role.ORGANIZER)
@limiter.limit("30/hour")
def invite() -> View:
    """Make an invitation link; it is shown on this page and never again."""
    membership = my_membership()
    authorize(policy.can_manage_members(membership))
    form = InvitationForm()
    if not form.validate_on_submit():
        return _page(form, status=422)
    with transaction():
        token = services.invite(
            membership.organization, by=me(), role=MemberRole(form.role.data), note=form.note.data
        )
    link = current_app.config["SERVER_URL"].rstrip("/") + url_for("organizations.join", token=token)
    return _page(InvitationForm(formdata=None), link=link)


def _colleague(membership_id: int) -> Membership:
    mine = my_membership()
    authorize(policy.can_manage_members(mine))
    found = get_or_404(Membership, membership_id)
    if found.organization_id != mine.organization_id or found.ended_at is not None:
        abort(404)
    return found


@bp.post("/organization/members/<int:membership_id>/role")
@only(Role.ENTERPRISE, Role.ORGANIZER)
def change_role(membership_id: int) -> Response:
    colleague, asked = _colleague(membership_id), request.form.get("role", "")
    if asked not in set(MemberRole):
        abort(400)
    with transaction():
        services.change_role(colleague, MemberRole(asked))
    flash("身份已改好", "success")
    return redirect(url_for("organizations.members"), 303)


@bp.route("/organization/members/<int:membership_id>/remove", methods=["GET", "POST"])
@only(Role.ENTERPRISE, Role.ORGANIZER)
def remove_member(membership_id: int) -> View:
    """Ask once, then remove."""
    colleague = _colleague(membership_id)
    is_self = colleague.user_id == current_user.id
    if request.method == "POST":
        with transaction():
            services.remove(colleague)
        flash("你已离开单位" if is_self else "已移出单位", "success")
        return redirect(url_for("organizations.mine" if is_self else "organizations.members"), 303)
    if is_self:
        return render_template(
            "confirm.html",
            title="离开这个单位？",
            text="离开后，你马上看不到单位的职位和投递。之前做的事都留着，以后可以请同事再邀请你。",
            action=request.path,
            yes="离开单位",
            back=url_for("organizations.members"),
        )
    return render_template(
        "confirm.html",
        title=f"把{colleague.user.name}移出单位？",
        text="移出后，对方马上看不到单位的职位和投递。之前做的事都留着，以后可以再邀请。",
        action=request.path,
        yes="移出",
        back=url_for("organizations.members"),
    )


@bp.post("/organization/invitations/<int:invitation_id>/withdraw")
@only(Role.ENTERPRISE, Role.ORGANIZER)
def withdraw_invitation(invitation_id: int) -> Response:
    membership = my_membership()
    authorize(policy.can_manage_members(membership))
    invitation = get_or_404(Invitation, invitation_id)
    if invitation.organization_id != membership.organization_id:
        abort(404)
    with transaction():
        services.withdraw(invitation)
    flash("邀请已撤回，链接不能再用", "success")
    return redirect(url_for("organizations.members"), 303)


@bp.get("/join/<token>")
@public
@limiter.limit("60/hour")
def join(token: str) -> View:
    invitation = queries.invitation(token)
    if invitation is None or not services.is_open(invitation):
        raise services.InvitationSpent
    problem = ""
    if current_user.is_authenticated:
        try:
            services.check_account(me(), invitation.organization)
        except DomainError as error:
            problem = str(error)
        if not problem and queries.membership_of(current_user) is not None:
            problem = services.AlreadyMember.message
    return render_template(
        "organizations/join.html",
        invitation=invitation,
        token=token,
        problem=problem,
        role_label=MEMBER_LABELS[invitation.role],
        role_note=MEMBER_NOTES[invitation.role],
        account_role=KINDS[invitation.organization.kind].role,
    )


@bp.post("/join/<token>")
@signed_in
@limiter.limit("30/hour")
def accept_invitation(token: str) -> Response:
    with transaction():
        membership = services.accept(queries.invitation(token), me())
        name = membership.organization.name
    flash(f"你已加入{name}", "success")
    return redirect(home_of(me()), 303)
